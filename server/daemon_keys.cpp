#include "server/daemon_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::server {

namespace {

constexpr std::string_view magic = "meldpunt/1 daemon keys";
constexpr std::size_t keys_file_size =
    2 + magic.size() + crypto::signing_seed_size + crypto::curve_key_size;

class File {
 public:
  File(const std::filesystem::path& path, int flags, mode_t mode)
      : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (descriptor_ < 0) throw failure("cannot be opened");
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] std::runtime_error failure(const std::string& what) const {
    return std::runtime_error(path_.string() + " " + what);
  }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  std::filesystem::path path_;
  int descriptor_;
};

void write_new(const std::filesystem::path& path, mode_t mode, crypto::Bytes bytes) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL, mode);
  const bool written =
      ::write(file.descriptor(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  if (!written || ::fsync(file.descriptor()) != 0) throw file.failure("could not be written");
}

}  // namespace

void make_daemon_keys(const std::filesystem::path& directory) {
  std::filesystem::create_directories(directory);
  const auto signing = crypto::SigningKey<crypto::role::Daemon>::generate();
  const auto curve = crypto::CurveSecret::generate();
  crypto::SecretBytes<keys_file_size> secret;
  crypto::Writer(secret.fill())
      .field(crypto::as_bytes(magic))
      .bytes(signing.seed())
      .bytes(curve.secret());
  crypto::Block<crypto::verify_key_size + crypto::curve_key_size> published{};
  crypto::Writer(published).bytes(signing.public_key().view()).bytes(curve.public_key().view());
  write_new(directory / "daemon.keys", S_IRUSR | S_IWUSR, secret.view());
  write_new(directory / "daemon.public", S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH, published);
}

DaemonKeys read_daemon_keys(const std::filesystem::path& path) {
  const File file(path, O_RDONLY, 0);
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw file.failure("can be read by others; run chmod 600 on it");
  }
  crypto::SecretBytes<keys_file_size> bytes;
  if (::read(file.descriptor(), bytes.fill().data(), keys_file_size) !=
      static_cast<ssize_t>(keys_file_size)) {
    throw file.failure("is cut short; take it from the backup of the keys");
  }
  crypto::Reader reader(bytes.view());
  const bool known = crypto::as_text(reader.field()) == magic;
  crypto::Transient<crypto::signing_seed_size> seed;
  crypto::Transient<crypto::curve_key_size> curve;
  reader.copy(seed.fill());
  reader.copy(curve.fill());
  if (!known || !reader.finished()) throw file.failure("is no key file of meldpuntd");
  return {crypto::SigningKey<crypto::role::Daemon>::from_seed(seed.view()),
          crypto::CurveSecret::from_secret(curve.view())};
}

}  // namespace meldpunt::server
