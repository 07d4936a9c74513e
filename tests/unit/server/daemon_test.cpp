// The daemon with its sockets, threads and disk, and a client made of bare ZeroMQ.
#include "server/daemon.h"

#include <gtest/gtest.h>

#include <thread>
#include <zmq.hpp>

#include "crypto/reply.h"
#include "server/founding.h"
#include "tests/support/in_process_daemon.h"
#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

using namespace std::chrono_literals;
using crypto::Status;
using crypto::test::filled;

// Runs on, but on the day that the fixed region is made for.
class DayOfTheRegion : public Clock {
 public:
  [[nodiscard]] Moment steady() const override { return std::chrono::steady_clock::now(); }
  [[nodiscard]] std::uint64_t unix_seconds() const override {
    const auto since = std::chrono::steady_clock::now() - start_;
    return test::noon + days_ * 86400 +
           static_cast<std::uint64_t>(
               std::chrono::duration_cast<std::chrono::seconds>(since).count());
  }
  void next_day() { ++days_; }

 private:
  const Moment start_ = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> days_ = 0;
};

class Client {
 public:
  Client(const std::string& endpoint, const crypto::Pin& pin, const crypto::CurveSecret& own)
      : pin_(pin), socket_(context_, zmq::socket_type::dealer) {
    const auto set = [&](int option, crypto::Bytes key) {
      zmq_setsockopt(socket_.handle(), option, key.data(), key.size());
    };
    set(ZMQ_CURVE_SERVERKEY, pin.server.view());
    set(ZMQ_CURVE_PUBLICKEY, own.public_key().view());
    set(ZMQ_CURVE_SECRETKEY, own.secret());
    socket_.set(zmq::sockopt::linger, 0);
    socket_.connect(endpoint);
  }

  void send(crypto::Bytes bytes, bool more = false) {
    socket_.send(zmq::buffer(bytes.data(), bytes.size()),
                 more ? zmq::send_flags::sndmore : zmq::send_flags::none);
  }
  std::optional<crypto::Frame> receive(std::chrono::milliseconds patience = 10s) {
    socket_.set(zmq::sockopt::rcvtimeo, static_cast<int>(patience.count()));
    crypto::Frame frame{};
    const auto size = socket_.recv(zmq::buffer(frame));
    if (!size) return std::nullopt;
    EXPECT_EQ(size->untruncated_size, crypto::frame_size);
    return frame;
  }
  void fetch_notice() {
    crypto::Frame question{};
    crypto::ask_for_notice(question);
    send(question);
    const auto answer = receive();
    ASSERT_TRUE(answer);
    const auto notice = crypto::verify_notice(*answer, pin_);
    ASSERT_TRUE(notice);
    digest_ = notice->digest;
  }
  crypto::ResponseKey send(const crypto::Request& request) {
    crypto::SecretBytes<crypto::request_plaintext_size> plaintext;
    EXPECT_TRUE(crypto::encode_request(plaintext.fill(), request));
    crypto::Frame frame{};
    auto key = crypto::seal_request(frame, plaintext.view(), digest_.request_key_id,
                                    digest_.request_key, pin_.region);
    send(frame);
    return std::move(*key);
  }
  std::optional<crypto::Response> receive(const crypto::ResponseKey& key) {
    const auto frame = receive();
    crypto::SecretBytes<crypto::response_plaintext_size> plaintext;
    if (!frame || !key.open(plaintext.fill(), *frame)) return std::nullopt;
    auto response = crypto::decode_response(plaintext.view());
    if (!response) return std::nullopt;
    return *response;
  }
  Status ask(const crypto::Request& request) {
    const auto key = send(request);
    const auto response = receive(key);
    return response ? response->status : Status::malformed;
  }
  [[nodiscard]] const crypto::Digest& digest() const { return digest_; }

 private:
  const crypto::Pin& pin_;
  zmq::context_t context_{1};
  zmq::socket_t socket_;
  crypto::Digest digest_;
};

class RunningDaemon : public testing::Test {
 protected:
  RunningDaemon() { start(); }
  ~RunningDaemon() override { stop(); }

  void start() {
    Settings settings{region_.pin,
                      {crypto::test::signing_key<crypto::role::Daemon>(0x04),
                       crypto::CurveSecret::from_secret(filled<32>(0x44))},
                      founding(),
                      directory_ / "data",
                      "ipc://" + (directory_ / "reporters.sock").string(),
                      "ipc://" + (directory_ / "staff.sock").string()};
    settings.tick_seconds = 1;
    settings.hold = 20ms;
    settings.workers = 2;
    daemon_ = std::make_unique<Daemon>(std::move(settings), clock_);
    thread_ = std::thread([this] { daemon_->run(); });
  }
  void stop() {
    if (!daemon_) return;
    daemon_->stop();
    thread_.join();
    daemon_.reset();
  }
  crypto::Buffer founding() {
    crypto::Buffer file(60'000);
    crypto::Writer writer(file);
    const auto record = [&](MailboxKind kind, std::uint64_t position, crypto::Bytes bytes) {
      writer.u8(static_cast<std::uint8_t>(kind)).u64(position);
      writer.u32(static_cast<std::uint32_t>(bytes.size())).bytes(bytes);
    };
    record(MailboxKind::notice, region_.bundle.day, region_.signed_bundle());
    auto tomorrow = region_;
    ++tomorrow.bundle.day;
    record(MailboxKind::notice, tomorrow.bundle.day, tomorrow.signed_bundle());
    for (const Write& row : test::roster_rows(region_.signed_roster(), 1)) {
      record(MailboxKind::roster, row.item.position, row.item.bytes);
    }
    file.resize(writer.size());
    return file;
  }
  std::unique_ptr<Client> reporter() {
    return std::make_unique<Client>("ipc://" + (directory_ / "reporters.sock").string(),
                                    region_.pin, stranger_);
  }
  std::unique_ptr<Client> staff(const crypto::CurveSecret& key) {
    return std::make_unique<Client>("ipc://" + (directory_ / "staff.sock").string(), region_.pin,
                                    key);
  }
  crypto::PutReport report(const Client& client, std::uint8_t fill) {
    crypto::PutReport put;
    put.tick = client.digest().tick;
    put.sealed.fill(fill);
    crypto::copy_bytes(region_.bundle.epoch.view(), put.sealed);
    return put;
  }

  struct Region : crypto::test::FixedRegion {
    Region() = default;
    Region(const Region& other) : FixedRegion() { bundle = other.bundle; }
  };
  Region region_;
  DayOfTheRegion clock_;
  TemporaryDirectory directory_;
  const crypto::CurveSecret stranger_ = crypto::CurveSecret::generate();
  std::unique_ptr<Daemon> daemon_;
  std::thread thread_;
};

TEST_F(RunningDaemon, TakesAReportFromAStrangerAndHandsItToACoordinator) {
  const auto client = reporter();
  client->fetch_notice();
  const auto put = report(*client, 3);
  ASSERT_EQ(client->ask(put), Status::ok);

  const auto coordinator = staff(region_.deputy.curve);
  coordinator->fetch_notice();
  const auto key = coordinator->send(crypto::Take{MailboxKind::intake, {}});
  const auto taken = coordinator->receive(key);

  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->status, Status::ok);
  EXPECT_TRUE(crypto::equal_bytes(taken->payload, put.sealed));
}

TEST_F(RunningDaemon, KeepsAnAcknowledgedReportOverARestartAndHasANewRequestKey) {
  {
    const auto client = reporter();
    client->fetch_notice();
    ASSERT_EQ(client->ask(report(*client, 3)), Status::ok);
    stop();
    start();
  }
  const auto client = reporter();
  client->fetch_notice();
  const auto coordinator = staff(region_.deputy.curve);
  coordinator->fetch_notice();

  EXPECT_EQ(coordinator->ask(crypto::Take{MailboxKind::intake, {}}), Status::ok);
}

TEST_F(RunningDaemon, RefusesStaffDeedsAtTheReportersDoor) {
  const auto client = std::make_unique<Client>("ipc://" + (directory_ / "reporters.sock").string(),
                                               region_.pin, region_.deputy.curve);
  client->fetch_notice();

  EXPECT_EQ(client->ask(crypto::Take{MailboxKind::intake, {}}), Status::refused);
}

TEST_F(RunningDaemon, DoesNotLetStrangersThroughTheStaffDoor) {
  const auto client = staff(stranger_);
  crypto::Frame question{};
  crypto::ask_for_notice(question);
  client->send(question);

  EXPECT_FALSE(client->receive(500ms));
}

TEST_F(RunningDaemon, AnswersWhatItCannotOpenWithAFrameLikeAnyOther) {
  const auto client = reporter();
  client->fetch_notice();
  crypto::Frame noise{};
  crypto::fill_random(noise);
  client->send(noise);
  EXPECT_TRUE(client->receive());
  crypto::copy_bytes(client->digest().request_key_id.view(), noise);
  client->send(noise);
  EXPECT_TRUE(client->receive());
}

TEST_F(RunningDaemon, DropsWhatIsNotOneFrameAndServesOn) {
  const auto client = reporter();
  client->fetch_notice();
  client->send(crypto::Buffer(100));
  client->send(crypto::Buffer(10), true);
  client->send(crypto::Buffer(10));
  EXPECT_FALSE(client->receive(300ms));

  EXPECT_EQ(client->ask(report(*client, 4)), Status::ok);
}

TEST_F(RunningDaemon, SaysMalformedToAnOpenedRequestThatIsNone) {
  const auto client = reporter();
  client->fetch_notice();
  crypto::Burn burn;
  burn.kind = static_cast<MailboxKind>(99);
  const auto key = client->send(burn);
  const auto response = client->receive(key);

  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, Status::malformed);
}

TEST_F(RunningDaemon, ChangesTheNoticeAtATickAndAtMidnight) {
  const auto client = reporter();
  client->fetch_notice();
  const auto before = client->digest();
  std::this_thread::sleep_for(1500ms);
  client->fetch_notice();
  const auto after = client->digest();
  EXPECT_GT(after.tick, before.tick);
  EXPECT_NE(after.salt, before.salt);
  clock_.next_day();
  std::this_thread::sleep_for(600ms);
  client->fetch_notice();
  EXPECT_EQ(client->digest().time / 86400, after.time / 86400 + 1);
}

TEST_F(RunningDaemon, GivesNoNoticeWhenThereIsNoBundleForTheDay) {
  const auto client = reporter();
  clock_.next_day();
  clock_.next_day();
  std::this_thread::sleep_for(600ms);
  crypto::Frame question{};
  crypto::ask_for_notice(question);
  client->send(question);
  const auto answer = client->receive();

  ASSERT_TRUE(answer);
  EXPECT_FALSE(crypto::verify_notice(*answer, region_.pin));
}

TEST_F(RunningDaemon, AnnouncesAReplyInTheNextDigest) {
  const auto coordinator = staff(region_.deputy.curve);
  coordinator->fetch_notice();
  crypto::Put put;
  put.kind = MailboxKind::address;
  put.name = filled<32>(5);
  put.expires = clock_.hour() + 2;
  put.bytes.assign(crypto::sealed_reply_size, 1);
  ASSERT_EQ(coordinator->ask(put), Status::ok);
  std::this_thread::sleep_for(1500ms);

  const auto client = reporter();
  client->fetch_notice();

  EXPECT_TRUE(client->digest().may_hold(crypto::Address{filled<32>(5)}));
}

TEST(DaemonKeys, AreReadAsTheyWereMadeAndRefusedWhenOthersMayRead) {
  const TemporaryDirectory directory;
  make_daemon_keys(directory / "keys");
  const auto file = directory / "keys" / "daemon.keys";
  const auto keys = read_daemon_keys(file);
  EXPECT_EQ(std::filesystem::file_size(directory / "keys" / "daemon.public"), 64U);
  EXPECT_THROW(make_daemon_keys(directory / "keys"), std::runtime_error);

  std::filesystem::permissions(file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_THROW(read_daemon_keys(file), std::runtime_error);
  std::filesystem::permissions(file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::remove);
  std::filesystem::resize_file(file, 20);
  EXPECT_THROW(read_daemon_keys(file), std::runtime_error);
  EXPECT_THROW(read_daemon_keys(directory / "none"), std::runtime_error);
}

}  // namespace
}  // namespace meldpunt::server
