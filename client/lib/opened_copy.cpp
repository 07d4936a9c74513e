#include "client/lib/opened_copy.h"

#include <algorithm>

#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t entries_max = std::size_t{256} * 1024;
constexpr std::size_t chunk_head_size = 8 + 4 + crypto::Hash::size;
constexpr std::size_t longest_chunk = chunk_head_size + entries_max + crypto::xaead_overhead;
constexpr std::size_t entry_head_size =
    1 + crypto::CaseId::size + 1 + 4 + crypto::DeviceId::size + 2;
constexpr std::size_t longest_entry = entry_head_size + crypto::event_content_max;
// Each command leaves a chunk of the few events that came since the last: so many are put together.
constexpr std::size_t small_chunks_max = 200;

tl::unexpected<Problem> damaged() {
  return problem(EX_DATAERR, "the copy of what was read is damaged: it is made anew");
}

std::optional<OpenedCopy::Entry> read_entry(crypto::Reader& reader) {
  OpenedCopy::Entry entry;
  const std::uint8_t here = reader.u8();
  if (reader.failed() || here > 1) return std::nullopt;
  if (here == 0) return entry;
  crypto::EventHead head;
  head.subject = reader.id<crypto::CaseId>();
  head.kind = static_cast<crypto::EventKind>(reader.u8());
  head.hour = reader.u32();
  head.device = reader.id<crypto::DeviceId>();
  entry.content = reader.field();
  if (reader.failed()) return std::nullopt;
  entry.head = head;
  return entry;
}

std::size_t write_entry(crypto::MutableBytes out, const OpenedCopy::Entry& entry) {
  crypto::Writer writer(out);
  writer.u8(entry.head ? 1 : 0);
  if (entry.head) {
    writer.bytes(entry.head->subject.view())
        .u8(static_cast<std::uint8_t>(entry.head->kind))
        .u32(entry.head->hour)
        .bytes(entry.head->device.view())
        .field(entry.content);
  }
  return writer.size();
}

// Held by whoever writes.
Outcome<OpenFile> lock(const Home& home) { return lock_file(home.path() / "opened.lock"); }

}  // namespace

// ---- what waits

void OpenedCopy::Waiting::begin() {
  if (entries.size() == 0) entries = crypto::SecretBuffer(entries_max);
}

void OpenedCopy::Waiting::add(const Entry& entry) {
  begin();
  ends.push_back(used() + write_entry(entries.fill().subspan(used()), entry));
}

void OpenedCopy::Waiting::drop_first(std::size_t count) {
  if (count >= ends.size()) {
    ends.clear();
    entries = {};
    return;
  }
  if (count == 0) return;
  const std::size_t gone = ends[count - 1];
  std::copy(entries.view().begin() + static_cast<std::ptrdiff_t>(gone), entries.view().end(),
            entries.fill().begin());
  ends.erase(ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t& end : ends) end -= gone;
}

// ---- chunks

crypto::Buffer OpenedCopy::context(const Known& known) const {
  crypto::Block<8> number{};
  crypto::Writer(number).u64(known.chunks);
  return crypto::bind("opened copy", {home_->pin().region.view(), home_->keys().id.view(), number,
                                      known.last.view()});
}

Outcome<RecordFile> OpenedCopy::open_file() const {
  return RecordFile::open(path(), longest_chunk);
}

Outcome<crypto::SecretBuffer> OpenedCopy::open_chunk(crypto::Bytes sealed,
                                                     const Known& known) const {
  if (sealed.size() < crypto::xaead_overhead + chunk_head_size) return damaged();
  crypto::SecretBuffer chunk(sealed.size() - crypto::xaead_overhead);
  if (!crypto::xaead_open(chunk.fill(), sealed, context(known), home_->keys().master)) {
    return damaged();
  }
  return chunk;
}

crypto::Buffer OpenedCopy::seal_chunk(const Waiting& waiting, const Known& known) const {
  crypto::SecretBuffer chunk(chunk_head_size + waiting.used());
  crypto::Writer(chunk.fill())
      .u64(waiting.before())
      .u32(static_cast<std::uint32_t>(waiting.ends.size()))
      .bytes(waiting.reach.head.view())
      .bytes(waiting.entries.view().first(waiting.used()));
  crypto::Buffer sealed(chunk.size() + crypto::xaead_overhead);
  crypto::xaead_seal(sealed, chunk.view(), context(known), home_->keys().master);
  return sealed;
}

// From where `known` ends to the end of the file.
Outcome<void> OpenedCopy::read_chunks(const RecordFile& file, Known& known, const Reader& reader) {
  while (known.chunks < file.size()) {
    const auto sealed = file.read(known.chunks);
    if (!sealed) return pass_on(sealed.error());
    const auto chunk = open_chunk(*sealed, known);
    if (!chunk) return pass_on(chunk.error());
    crypto::Reader bytes(chunk->view());
    if (bytes.u64() != known.reach.position) return damaged();
    const std::uint32_t count = bytes.u32();
    const auto head = bytes.id<crypto::Hash>();
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto entry = read_entry(bytes);
      if (!entry) return damaged();
      if (const auto told = reader(++known.reach.position, *entry); !told) return told;
    }
    if (!bytes.finished()) return damaged();
    known.reach.head = head;
    known.last = crypto::hash("opened chunk", {*sealed});
    ++known.chunks;
    if (chunk->size() < entries_max / 2) ++small_chunks_;
  }
  return {};
}

// Before anything is believed: the last chunk names an event that the journal has.
Outcome<void> OpenedCopy::check_end(const Journal& journal, const RecordFile& file) const {
  Known before;
  before.chunks = file.size() - 1;
  if (before.chunks > 0) {
    const auto sealed = file.read(before.chunks - 1);
    if (!sealed) return pass_on(sealed.error());
    before.last = crypto::hash("opened chunk", {*sealed});
  }
  const auto sealed = file.read(before.chunks);
  if (!sealed) return pass_on(sealed.error());
  const auto chunk = open_chunk(*sealed, before);
  if (!chunk) return pass_on(chunk.error());
  crypto::Reader bytes(chunk->view());
  const Position first = bytes.u64();
  const Position last = first + bytes.u32();
  const auto same = journal.has(last, bytes.id<crypto::Hash>());
  if (!same) return pass_on(same.error());
  return *same ? Outcome<void>{} : damaged();
}

Outcome<OpenedCopy::Reach> OpenedCopy::read(const Journal& journal, const Reader& reader) {
  const auto locked = lock(*home_);
  if (!locked) return pass_on(locked.error());
  const auto file = open_file();
  if (!file) return pass_on(file.error());
  known_ = {};
  held_.clear();
  small_chunks_ = 0;
  waiting_.drop_first(waiting_.ends.size());
  if (file->size() == 0) return Reach{};
  if (const auto fits = check_end(journal, *file); !fits) return pass_on(fits.error());
  const auto read = read_chunks(*file, known_, [&](Position position, const Entry& entry) {
    if (entry.head) note(entry.head->subject);
    return reader(position, entry);
  });
  if (!read) return pass_on(read.error());
  return known_.reach;
}

Outcome<void> OpenedCopy::drop() {
  const auto locked = lock(*home_);
  if (!locked) return pass_on(locked.error());
  known_ = {};
  held_.clear();
  leaving_.clear();
  small_chunks_ = 0;
  waiting_.drop_first(waiting_.ends.size());
  return remove_secret_file(path());
}

// ---- writing

Outcome<void> OpenedCopy::add(const Reach& reach, const crypto::EventHead& event,
                              const crypto::SecretBuffer* content) {
  if (waiting_.used() + longest_entry > entries_max) {
    if (const auto written = settle(); !written) return written;
  }
  Entry entry;
  if (content != nullptr) {
    entry = {event, content->view()};
    note(event.subject);
  }
  waiting_.add(entry);
  waiting_.reach = reach;
  return {};
}

void OpenedCopy::forget(const crypto::CaseId& subject) {
  if (held_.erase(subject) > 0) leaving_.insert(subject);
}

Outcome<void> OpenedCopy::settle() {
  const bool crowded = small_chunks_ > small_chunks_max;
  if (leaving_.empty() && waiting_.ends.empty() && !crowded) return {};
  const auto locked = lock(*home_);
  if (!locked) return pass_on(locked.error());
  if (!leaving_.empty() || crowded) return write_anew();
  return write_waiting();
}

// What other processes have written since, or instead.
Outcome<void> OpenedCopy::catch_up(const RecordFile& file) {
  bool follows = known_.chunks <= file.size();
  if (follows && known_.chunks > 0) {
    const auto last = file.read(known_.chunks - 1);
    if (!last) return pass_on(last.error());
    follows = crypto::hash("opened chunk", {*last}) == known_.last;
  }
  if (!follows) known_ = {};
  const auto read = read_chunks(file, known_, [&](Position, const Entry& entry) -> Outcome<void> {
    if (entry.head) note(entry.head->subject);
    return {};
  });
  if (!read) return read;
  const Position first = waiting_.before();
  // A gap: it is filled from the journal at the next start.
  const bool gap = first > known_.reach.position;
  waiting_.drop_first(gap ? waiting_.ends.size()
                          : static_cast<std::size_t>(known_.reach.position - first));
  return {};
}

Outcome<void> OpenedCopy::write_waiting() {
  auto file = open_file();
  if (!file) return pass_on(file.error());
  if (const auto caught_up = catch_up(*file); !caught_up) {
    if (caught_up.error().exit_code != EX_DATAERR) return caught_up;
    return remove_secret_file(path());
  }
  if (waiting_.ends.empty()) return {};
  const crypto::Buffer sealed = seal_chunk(waiting_, known_);
  if (const auto added = file->add(sealed); !added) return added;
  known_.last = crypto::hash("opened chunk", {sealed});
  known_.reach = waiting_.reach;
  ++known_.chunks;
  if (sealed.size() < entries_max / 2) ++small_chunks_;
  waiting_.drop_first(waiting_.ends.size());
  return {};
}

// In full chunks, without the cases that leave: their events stay in the journal, which cannot be
// read.
Outcome<void> OpenedCopy::write_anew() {
  if (const auto written = write_waiting(); !written) return written;
  const auto old = open_file();
  if (!old) return pass_on(old.error());
  crypto::Buffer bytes;
  Known fresh;
  Waiting chunk;
  const auto seal = [&] {
    if (chunk.ends.empty()) return;
    const crypto::Buffer sealed = seal_chunk(chunk, fresh);
    const std::size_t at = bytes.size();
    bytes.resize(at + 4 + sealed.size());
    crypto::Writer(crypto::MutableBytes(bytes).subspan(at))
        .u32(static_cast<std::uint32_t>(sealed.size()))
        .bytes(sealed);
    fresh = {fresh.chunks + 1, crypto::hash("opened chunk", {sealed}), chunk.reach};
    chunk.drop_first(chunk.ends.size());
  };
  Known read;
  const auto copied = read_chunks(*old, read, [&](Position position, const Entry& entry) {
    if (chunk.used() + longest_entry > entries_max) seal();
    const bool leaves = entry.head && leaving_.contains(entry.head->subject);
    chunk.add(leaves ? Entry{} : entry);
    chunk.reach.position = position;
    return Outcome<void>{};
  });
  if (!copied) return remove_secret_file(path());
  // Of the chunks before it no head is known any more: a file that ends in one is made anew.
  chunk.reach.head = read.reach.head;
  seal();
  if (const auto done = replace_secret_file(path(), bytes); !done) return done;
  known_ = fresh;
  leaving_.clear();
  small_chunks_ = 0;
  return {};
}

}  // namespace meldpunt::client
