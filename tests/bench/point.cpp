#include "tests/bench/point.h"

#include <chrono>
#include <fstream>
#include <stdexcept>

#include "crypto/parts.h"

namespace meldpunt::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
namespace fixed = crypto::test;

crypto::Day today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<crypto::Day>(std::chrono::duration_cast<std::chrono::hours>(now).count() / 24);
}

void write_file(const std::filesystem::path& path, crypto::Bytes bytes) {
  std::ofstream(path, std::ios::binary)
      .write(crypto::as_text(bytes).data(), static_cast<std::streamsize>(bytes.size()));
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
}

crypto::Buffer daemon_keys() {
  crypto::Buffer file(200);
  crypto::Writer writer(file);
  writer.field(crypto::as_bytes("meldpunt/1 daemon keys"));
  writer.bytes(fixed::filled<32>(0x04)).bytes(fixed::filled<32>(0x44));
  file.resize(writer.size());
  return file;
}

template <class Write>
void add_record(crypto::Writer& file, crypto::MailboxKind kind, std::uint64_t position,
                Write write) {
  crypto::Buffer record(crypto::put_bytes_max);
  crypto::Writer writer(record);
  write(writer);
  file.u8(static_cast<std::uint8_t>(kind)).u64(position);
  file.u32(static_cast<std::uint32_t>(writer.size())).bytes(writer.written());
}

void set_key(zmq::socket_t& socket, int option, crypto::Bytes key) {
  zmq_setsockopt(socket.handle(), option, key.data(), key.size());
}

}  // namespace

RegionOfToday::RegionOfToday() {
  const crypto::Day day = today();
  certificate.from = day - 14;
  certificate.until = day + 14;
  bundle.day = day;
  roster.issued = day * 24;
  for (crypto::Device& device : roster.devices) {
    device.from = day - 7;
    device.until = day + 28;
  }
}

crypto::Buffer RegionOfToday::founding() const {
  constexpr std::size_t part_size = 12'000;
  crypto::Buffer file(100'000);
  crypto::Writer writer(file);
  for (crypto::Day ahead = 0; ahead < 3; ++ahead) {
    crypto::Bundle of_day = bundle;
    of_day.day += ahead;
    add_record(writer, crypto::MailboxKind::notice, of_day.day, [&](crypto::Writer& to) {
      to.bytes(crypto::sign_bundle(of_day, id, signed_certificate(), operations));
    });
  }
  const crypto::Buffer whole = signed_roster();
  const auto manifest = crypto::make_manifest(crypto::PartsKind::roster, whole, part_size).value();
  const std::uint64_t first = std::uint64_t{roster.number} << 16;
  add_record(writer, crypto::MailboxKind::roster, first,
             [&](crypto::Writer& to) { crypto::write_manifest(to, manifest); });
  for (std::uint16_t part = 0; part < manifest.parts.size(); ++part) {
    add_record(writer, crypto::MailboxKind::roster, first + 1 + part, [&](crypto::Writer& to) {
      crypto::write_part(to, crypto::make_part(manifest, whole, part_size, part));
    });
  }
  file.resize(writer.size());
  return file;
}

Point::Point(const std::filesystem::path& data, Gateway gateway)
    : folder_(std::filesystem::temp_directory_path()) {
  write_file(folder_.path() / "daemon.keys", daemon_keys());
  write_file(folder_.path() / "pin", region_.signed_pin());
  write_file(folder_.path() / "founding", region_.founding());
  start_daemon(data);
  if (gateway != Gateway::none) start_gateway(gateway);
}

// A process that is told to end empties its log; one that is killed leaves it.
Point::~Point() {
  gateway_.reset();
  if (daemon_) daemon_->ends_politely(10s);
}

void Point::start_daemon(const std::filesystem::path& data) {
  const auto file = [&](const char* name) { return (folder_.path() / name).string(); };
  const auto start = Clock::now();
  daemon_ = std::make_unique<tests::Child>(std::vector<std::string>{
      MELDPUNTD_PROGRAM, "--pin=" + file("pin"), "--keys=" + file("daemon.keys"),
      "--founding=" + file("founding"), "--data=" + data.string(), "--run=" + file("run"),
      "--metrics=0", "--hold-ms=0", "--quota=100000000", "--check-interval-hours=0",
      "--log-level=error"});
  zmq::context_t context(1);
  Reporter first(context, target());
  first.fetch_notice(region_.pin);
  started_in_ = Clock::now() - start;
}

void Point::start_gateway(Gateway kind) {
  port_ = tests::a_free_port();
  std::vector<std::string> command{
      MELDPUNT_GATEWAY_PROGRAM, "--listen=tcp://127.0.0.1:" + std::to_string(port_),
      "--daemon=ipc://" + (folder_.path() / "run" / "reporters.sock").string(), "--metrics-port=0"};
  if (kind == Gateway::web) {
    web_port_ = tests::a_free_port();
    command.insert(command.end(), {"--http-listen=tcp://127.0.0.1:" + std::to_string(web_port_),
                                   "--pin=" + (folder_.path() / "pin").string()});
  }
  if (kind == Gateway::without_bucket || kind == Gateway::web) {
    command.insert(command.end(), {"--burst=1000000", "--frame-interval-ms=1"});
  }
  gateway_ = std::make_unique<tests::Child>(command);
  zmq::context_t context(1);
  Reporter first(context, target());
  first.fetch_notice(region_.pin);
}

tests::Target Point::target(const std::string& from) const {
  tests::Target target;
  target.endpoint = gateway_ ? "tcp://127.0.0.1:" + std::to_string(port_)
                             : "ipc://" + (folder_.path() / "run" / "reporters.sock").string();
  target.server_key = region_.pin.server.bytes;
  target.from = from;
  return target;
}

std::string Point::web_address() const {
  return "http://127.0.0.1:" + std::to_string(web_port_) + "/";
}

std::size_t Point::memory_kib() const {
  return daemon_->memory_kib() + (gateway_ ? gateway_->memory_kib() : 0);
}

Reporter::Reporter(zmq::context_t& context, const tests::Target& target)
    : socket_(context, zmq::socket_type::dealer) {
  const auto own = crypto::CurveSecret::generate();
  set_key(socket_, ZMQ_CURVE_SERVERKEY, target.server_key);
  set_key(socket_, ZMQ_CURVE_PUBLICKEY, own.public_key().view());
  set_key(socket_, ZMQ_CURVE_SECRETKEY, own.secret());
  socket_.set(zmq::sockopt::immediate, true);
  socket_.set(zmq::sockopt::linger, 0);
  socket_.set(zmq::sockopt::reconnect_ivl, 2);
  socket_.set(zmq::sockopt::sndtimeo, 30'000);
  std::string endpoint = target.endpoint;
  // libzmq writes the address to come from before the one to go to.
  if (!target.from.empty()) endpoint.insert(std::string("tcp://").size(), target.from + ":0;");
  socket_.connect(endpoint);
}

crypto::Digest Reporter::fetch_notice(const crypto::Pin& pin) {
  crypto::Frame frame{};
  crypto::ask_for_notice(frame);
  send(frame);
  if (!receive(frame)) throw std::runtime_error("no notice came");
  const auto notice = crypto::verify_notice(frame, pin);
  if (!notice) throw std::runtime_error(std::string(crypto::describe(notice.error())));
  return notice->digest;
}

void Reporter::send(const crypto::Frame& frame) {
  if (!socket_.send(zmq::buffer(frame), zmq::send_flags::none)) {
    throw std::runtime_error("a frame could not be sent for half a minute");
  }
}

bool Reporter::receive(crypto::Frame& frame, std::chrono::milliseconds patience) {
  socket_.set(zmq::sockopt::rcvtimeo, static_cast<int>(patience.count()));
  const auto size = socket_.recv(zmq::buffer(frame));
  return size && size->untruncated_size == frame.size();
}

Prepared prepare(const crypto::Request& request, const crypto::Digest& digest,
                 const crypto::RegionId& region) {
  crypto::SecretBytes<crypto::request_plaintext_size> plaintext;
  crypto::Frame frame{};
  if (!crypto::encode_request(plaintext.fill(), request)) throw std::logic_error("does not fit");
  auto key = crypto::seal_request(frame, plaintext.view(), digest.request_key_id,
                                  digest.request_key, region);
  return {frame, std::move(key.value())};
}

crypto::PutReport random_report(const crypto::Digest& digest, const crypto::EpochId& epoch) {
  crypto::PutReport put;
  put.tick = digest.tick;
  crypto::fill_random(put.sealed);
  crypto::copy_bytes(epoch.view(), put.sealed);
  return put;
}

void expect_ok(const crypto::ResponseKey& key, const crypto::Frame& response) {
  crypto::SecretBytes<crypto::response_plaintext_size> plaintext;
  if (!key.open(plaintext.fill(), response)) throw std::runtime_error("an answer does not open");
  const auto answer = crypto::decode_response(plaintext.view());
  if (!answer || answer->status != crypto::Status::ok) {
    throw std::runtime_error("a request was answered with status " +
                             std::to_string(answer ? static_cast<int>(answer->status) : -1));
  }
}

}  // namespace meldpunt::bench
