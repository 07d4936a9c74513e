#include "server/storage/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <optional>
#include <vector>

#include "server/storage/checksum.h"
#include "server/storage/data_directory.h"
#include "server/storage/log_file.h"

namespace meldpunt::server {
namespace {

// --- the page layer ---------------------------------------------------------------------------

// SQLite never uses the page that covers its lock bytes at 1 GiB: it is a hole of zeros.
constexpr std::uint32_t lock_page = 0x40000000 / page_size + 1;
constexpr int ask_before_reading_code = 0x6d70;  // our own sqlite3_file_control
constexpr auto all_committed = std::numeric_limits<std::uint32_t>::max();

enum class Part { database, log, other };

// The last frame found intact, so that the next in order needs no second look at this one.
struct VerifiedFrame {
  std::uint32_t number = 0;
  std::array<std::uint8_t, 8> salts{};  // of the log it stood in: they change when it begins anew
  LogChecksum checksum;
  bool big_endian = false;
};

// One open file of SQLite's. The real file lies directly behind it, in memory that SQLite owns.
struct PagedFile {
  sqlite3_file base{};
  Part part = Part::other;
  const std::function<bool()>* keep_going = nullptr;
  // Log. Frames from `uncommitted_from` on are this connection's own unfinished commit, whose
  // checksums SQLite may still rewrite; everybody else's frames are final.
  std::uint32_t uncommitted_from = all_committed;
  std::optional<LogMark> unsynced;
  VerifiedFrame verified;
  int mark = -1;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
static_assert(sizeof(PagedFile) % 8 == 0, "SQLite gives memory aligned to 8 bytes");

PagedFile& paged(sqlite3_file* file) { return *reinterpret_cast<PagedFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return paged(file).real(); }
sqlite3_vfs* system_files() {
  static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
  return vfs;
}

bool is_whole_page(int amount, sqlite3_int64 offset) {
  return amount == static_cast<int>(page_size) && offset % static_cast<int>(page_size) == 0;
}
std::uint32_t page_number(sqlite3_int64 offset) {
  return static_cast<std::uint32_t>(offset / static_cast<int>(page_size)) + 1;
}
bool is_at_frame(sqlite3_int64 offset, std::size_t within) {
  const auto frames = offset - static_cast<sqlite3_int64>(log_header_size + within);
  return frames >= 0 && frames % static_cast<sqlite3_int64>(log_frame_size) == 0;
}
std::uint32_t frame_number(sqlite3_int64 offset) {
  return static_cast<std::uint32_t>((offset - static_cast<sqlite3_int64>(log_header_size)) /
                                    static_cast<sqlite3_int64>(log_frame_size)) +
         1;
}

bool frame_is_intact(PagedFile& file, Page page, std::uint32_t frame) {
  const auto read = [&](std::span<std::uint8_t> to, std::uint64_t at) {
    return file.real()->pMethods->xRead(file.real(), to.data(), static_cast<int>(to.size()),
                                        static_cast<sqlite3_int64>(at)) == SQLITE_OK;
  };
  const std::uint64_t at = log_header_size + std::uint64_t{frame - 1} * log_frame_size;
  std::array<std::uint8_t, log_frame_header_size> header{};
  if (!read(header, at)) return false;
  VerifiedFrame now;
  now.number = frame;
  std::copy_n(header.begin() + 8, now.salts.size(), now.salts.begin());

  const auto& last = file.verified;
  if (last.number + 1 == frame && last.number != 0 && last.salts == now.salts) {
    now.checksum = last.checksum;
    now.big_endian = last.big_endian;
  } else {
    std::array<std::uint8_t, 4> magic{};
    std::array<std::uint8_t, 8> before{};
    const std::uint64_t before_at = frame == 1 ? 24 : at - log_frame_size + 16;
    if (!read(magic, 0) || !read(before, before_at)) return false;
    now.checksum = {big_endian_32(before, 0), big_endian_32(before, 4)};
    now.big_endian = (magic[3] & 1) != 0;
  }
  const auto after = follow_frame(header, page, now.checksum, now.big_endian);
  if (!after) return false;
  now.checksum = *after;
  file.verified = now;
  return true;
}

int read_file(sqlite3_file* base, void* to, int amount, sqlite3_int64 offset) {
  auto& file = paged(base);
  if (file.part == Part::database && file.keep_going && !(*file.keep_going)()) {
    return SQLITE_IOERR_READ;
  }
  const int result = file.real()->pMethods->xRead(file.real(), to, amount, offset);
  if (result != SQLITE_OK || amount != static_cast<int>(page_size)) return result;
  const Page page(static_cast<const std::uint8_t*>(to), page_size);
  if (file.part == Part::database && is_whole_page(amount, offset)) {
    const auto number = page_number(offset);
    if (number != lock_page && !page_is_intact(page, number)) return SQLITE_IOERR_DATA;
  }
  if (file.part == Part::log && is_at_frame(offset, log_frame_header_size)) {
    const auto frame = frame_number(offset);
    if (frame < file.uncommitted_from && !frame_is_intact(file, page, frame)) {
      return SQLITE_IOERR_DATA;
    }
  }
  return SQLITE_OK;
}

// Notes what a commit will have made durable once the log is synced.
void follow_log_write(PagedFile& file, const std::uint8_t* from, int amount, sqlite3_int64 offset) {
  if (amount != static_cast<int>(log_frame_header_size) || !is_at_frame(offset, 0)) return;
  const std::span<const std::uint8_t> header(from, log_frame_header_size);
  const auto frame = frame_number(offset);
  file.uncommitted_from = std::min(file.uncommitted_from, frame);
  if (big_endian_32(header, 4) != 0) {
    file.unsynced = LogMark{big_endian_32(header, 8), big_endian_32(header, 12), frame};
  }
}

int write_file(sqlite3_file* base, const void* from, int amount, sqlite3_int64 offset) {
  auto& file = paged(base);
  const auto* bytes = static_cast<const std::uint8_t*>(from);
  if (file.part == Part::log) follow_log_write(file, bytes, amount, offset);
  if (file.part == Part::database && is_whole_page(amount, offset)) {
    // SQLite leaves the reserved end of a page to the layer below and does not look at it, so the
    // checksum is put there in its own buffer: a copy of each page costs more than the checksum.
    auto* page = const_cast<std::uint8_t*>(bytes);
    seal_page(std::span<std::uint8_t, page_size>(page, page_size), page_number(offset));
  }
  return file.real()->pMethods->xWrite(file.real(), from, amount, offset);
}

int sync_log_or_database(sqlite3_file* base, int flags) {
  auto& file = paged(base);
  const int result = file.real()->pMethods->xSync(file.real(), flags);
  if (result == SQLITE_OK && file.unsynced) {
    // A mark that cannot be written stays behind the log, which is safe.
    if (file.mark >= 0) write_mark(file.mark, *file.unsynced);
    file.unsynced.reset();
    file.uncommitted_from = all_committed;
  }
  return result;
}

int truncate_file(sqlite3_file* base, sqlite3_int64 size) {
  auto& file = paged(base);
  // The mark must not outlive the log it speaks of.
  if (file.part == Part::log && file.mark >= 0 && !clear_mark(file.mark)) {
    return SQLITE_IOERR_TRUNCATE;
  }
  return file.real()->pMethods->xTruncate(file.real(), size);
}

int close_file(sqlite3_file* base) {
  auto& file = paged(base);
  const int result = file.real()->pMethods->xClose(file.real());
  if (file.mark >= 0) ::close(file.mark);
  file.~PagedFile();
  return result;
}

int control_file(sqlite3_file* base, int code, void* argument) {
  if (code == ask_before_reading_code) {
    paged(base).keep_going = static_cast<const std::function<bool()>*>(argument);
    return SQLITE_OK;
  }
  return real(base)->pMethods->xFileControl(real(base), code, argument);
}

// No xFetch: nothing may reach the pages past the checks above.
constexpr sqlite3_io_methods paged_methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_log_or_database,
    .xFileSize = [](auto* f, auto* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    .xLock = [](auto* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    .xUnlock = [](auto* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    .xCheckReservedLock =
        [](auto* f, int* held) { return real(f)->pMethods->xCheckReservedLock(real(f), held); },
    .xFileControl = control_file,
    .xSectorSize = [](auto* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    .xDeviceCharacteristics =
        [](auto* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    .xShmMap =
        [](auto* f, int region, int size, int extend, void volatile** memory) {
          return real(f)->pMethods->xShmMap(real(f), region, size, extend, memory);
        },
    .xShmLock =
        [](auto* f, int offset, int count, int flags) {
          return real(f)->pMethods->xShmLock(real(f), offset, count, flags);
        },
    .xShmBarrier = [](auto* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    .xShmUnmap = [](auto* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_mark(std::string_view log) {
  constexpr std::string_view ending = "-wal";
  if (!log.ends_with(ending)) return -1;
  const auto path = std::string(log.substr(0, log.size() - ending.size())) + "-mark";
  return ::open(path.c_str(), O_RDWR | O_CLOEXEC);  // the store has made it
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* base, int flags, int* out_flags) {
  auto* file = new (base) PagedFile;
  const int result = system_files()->xOpen(system_files(), name, file->real(), flags, out_flags);
  if (result != SQLITE_OK) {
    if (file->real()->pMethods) file->real()->pMethods->xClose(file->real());
    file->~PagedFile();
    base->pMethods = nullptr;
    return result;
  }
  if (flags & SQLITE_OPEN_MAIN_DB) file->part = Part::database;
  if (flags & SQLITE_OPEN_WAL) {
    file->part = Part::log;
    file->mark = open_mark(name);
  }
  file->base.pMethods = &paged_methods;
  return SQLITE_OK;
}

constexpr const char* vfs_name = "meldpunt-pages";

bool register_page_layer() {
  static sqlite3_vfs vfs = *system_files();
  vfs.pNext = nullptr;
  vfs.zName = vfs_name;
  vfs.szOsFile = static_cast<int>(sizeof(PagedFile)) + system_files()->szOsFile;
  vfs.xOpen = open_file;
  return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
}

// --- errors -----------------------------------------------------------------------------------

std::string sentence(int code, const std::string& path, const char* detail) {
  const std::string restore(how_to_restore);
  if (code == SQLITE_IOERR_DATA)
    return "A page of " + path + " or of its log is damaged. " + restore;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "The disk that holds " + path + " is full. Nothing was lost; free some space.";
    case SQLITE_READONLY:
      return path + " cannot be written. Nothing was lost; make its directory writable.";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return path + " is damaged. " + restore;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return path + " is locked by another program for too long.";
    default:
      return path + " failed: " + detail + ".";
  }
}

}  // namespace

// --- statements -------------------------------------------------------------------------------

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(const Database& database, std::string_view sql) : database_(database) {
  sqlite3_stmt* statement = nullptr;
  const int result =
      sqlite3_prepare_v3(database.connection_.get(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
  if (result != SQLITE_OK) database_.fail();
}

void Statement::bind(int at, std::int64_t value) {
  if (sqlite3_bind_int64(statement_.get(), at, value) != SQLITE_OK) database_.fail();
}

void Statement::bind(int at, std::span<const std::uint8_t> value) {
  static constexpr std::uint8_t nothing = 0;  // a null pointer would bind NULL
  const auto* from = value.empty() ? &nothing : value.data();
  if (sqlite3_bind_blob64(statement_.get(), at, from, value.size(), SQLITE_STATIC) != SQLITE_OK) {
    database_.fail();
  }
}

void Statement::bind(int at, std::string_view value) {
  if (sqlite3_bind_text64(statement_.get(), at, value.data(), value.size(), SQLITE_STATIC,
                          SQLITE_UTF8) != SQLITE_OK) {
    database_.fail();
  }
}

bool Statement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) database_.fail();
  return result == SQLITE_ROW;
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::span<const std::uint8_t> Statement::bytes(int column) const {
  const auto* bytes =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = sqlite3_column_bytes(statement_.get(), column);
  return {bytes, bytes ? static_cast<std::size_t>(size) : 0};
}

// --- connections ------------------------------------------------------------------------------

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Database::Database(std::filesystem::path path, int cache_kib) : path_(std::move(path)) {
  static const bool registered = register_page_layer();
  if (!registered) throw StoreFailure("SQLite does not accept the page layer.");
  sqlite3* connection = nullptr;
  const int result = sqlite3_open_v2(path_.c_str(), &connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, vfs_name);
  connection_.reset(connection);
  if (result != SQLITE_OK) fail();
  sqlite3_extended_result_codes(connection, 1);
  // The store empties the log itself, when nobody reads; closing must never do it half.
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  int reserved = page_checksum_size;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  set_patience(5'000);
  execute(
      "PRAGMA page_size = 16384; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
      "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
      "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -" +
      std::to_string(cache_kib));
}

Database::~Database() = default;

void Database::fail() const {
  auto* connection = connection_.get();
  if (!connection) throw StoreFailure("No memory is left for the database.");
  throw StoreFailure(
      sentence(sqlite3_extended_errcode(connection), path_.string(), sqlite3_errmsg(connection)));
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

std::int64_t Database::one_integer(std::string_view sql) const {
  auto statement = prepare(sql);
  auto rows = statement();
  return rows.next() ? rows.integer(0) : 0;
}

std::int64_t Database::changed_rows() const { return sqlite3_changes64(connection_.get()); }

void Database::roll_back() noexcept {
  if (sqlite3_get_autocommit(connection_.get()) == 0) {
    sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

bool Database::checkpoint(bool empty_the_log) {
  const int mode = empty_the_log ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  const int result = sqlite3_wal_checkpoint_v2(connection_.get(), "main", mode, nullptr, nullptr);
  if ((result & 0xff) == SQLITE_BUSY) return false;
  if (result != SQLITE_OK) fail();
  return true;
}

void Database::set_patience(int milliseconds) {
  sqlite3_busy_timeout(connection_.get(), milliseconds);
}

std::uint32_t Database::file_pages() const {
  sqlite3_file* file = nullptr;
  sqlite3_int64 size = 0;
  if (sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
          SQLITE_OK ||
      file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
    fail();
  }
  return static_cast<std::uint32_t>(size / static_cast<int>(page_size));
}

bool Database::page_is_readable(std::uint32_t number) const {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
      SQLITE_OK) {
    fail();
  }
  static thread_local std::array<std::uint8_t, page_size> page;
  const auto at = static_cast<sqlite3_int64>(number - 1) * static_cast<int>(page_size);
  if (file->pMethods->xRead(file, page.data(), page_size, at) != SQLITE_OK) return false;
  return number != lock_page || std::ranges::all_of(page, [](auto byte) { return byte == 0; });
}

void Database::ask_before_reading(const std::function<bool()>* keep_going) {
  sqlite3_file_control(connection_.get(), "main", ask_before_reading_code,
                       const_cast<std::function<bool()>*>(keep_going));
}

}  // namespace meldpunt::server
