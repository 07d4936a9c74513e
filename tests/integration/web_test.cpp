// Stories of the web, told with the programs that people run: reports come in by POST, strangers do
// their worst, and nginx stands before it.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <vector>

#include "crypto/secret.h"
#include "tests/integration/a_region.h"
#include "tests/integration/case_file.h"
#include "tests/integration/crowd.h"
#include "tests/support/http_line.h"

namespace meldpunt::tests {
namespace {

using namespace std::chrono_literals;

crypto::Pin pin_of(const ARegion& region) {
  return crypto::trust_pin(crypto::as_bytes(read_text(region.pin()))).value();
}

// Whether the address gives a notice of this region.
bool gives_the_notice(const std::string& address, const crypto::Pin& pin) {
  HttpLine line(address);
  const client::SystemClock clock;
  client::NoticeSource source(pin, clock);
  return client::fetch_notice(source, line, 20s).has_value();
}

// A page with the four files, each saying which it is.
void write_page(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  write_text(folder / "page.html", "<!doctype html><title>plain</title>\n");
  write_text(folder / "page.html.gz", "gzip");
  write_text(folder / "page.html.br", "brotli");
  write_text(folder / "page.headers", "Content-Security-Policy: default-src 'none'\n");
}

TEST(TheWeb, ReportsComeInByPostAndNoneIsLostWhenServerAndGatewayRestart) {
  ARegion region({.web = true});
  Crowd crowd(region.pin(), region.web_address());
  crowd.start(6, 1'000'000, "by post");
  const auto more_arrive = [&](const std::string& when) {
    const auto before = crowd.acknowledged().size();
    await(
        "reports " + when, [&] { return crowd.acknowledged().size() > before + 6; }, 60s);
  };
  more_arrive("at first");

  region.start_daemon();
  more_arrive("after the server's restart");
  region.kill_gateway();
  more_arrive("after the gateway's death");
  crowd.stop();

  await(
      "taking in", [&] { return region.staff("duty", {"--once"}).status == 0; }, 60s);
  const auto texts = case_file(region);
  for (const std::string& text : crowd.acknowledged()) {
    const auto found = texts.find(text);
    EXPECT_EQ(found == texts.end() ? 0 : found->second, 1) << text;
  }
}

TEST(TheWeb, TellsTheOperatorWhatIsWrongBeforeItStarts) {
  const Folder folder;
  const auto check = [](const std::vector<std::string>& options) {
    Command command{MELDPUNT_GATEWAY_PROGRAM, "--check-config", "--http-listen",
                    "tcp://127.0.0.1:7780"};
    command.insert(command.end(), options.begin(), options.end());
    return run(command);
  };
  write_text(folder / "pin", "no pin");

  const Finished without = check({});
  const Finished wrong = check({"--pin", folder / "pin"});

  EXPECT_EQ(without.status, 78) << without.output;
  EXPECT_NE(without.output.find("pin must name the region's pin file"), std::string::npos);
  EXPECT_EQ(wrong.status, 78) << wrong.output;
  EXPECT_NE(wrong.output.find("the steward gave you"), std::string::npos) << wrong.output;
}

// A stranger's connection, raw.
class Stranger {
 public:
  explicit Stranger(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Stranger() {
    if (socket_ >= 0) close(socket_);
  }
  Stranger(Stranger&& other) noexcept : socket_(other.socket_), connected_(other.connected_) {
    other.socket_ = -1;
  }
  Stranger& operator=(Stranger&&) = delete;

  // False once the other side has closed.
  bool send(const std::string& bytes) const {
    return connected_ && ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0;
  }
  // Whether the other side has closed; reads what is there.
  bool is_cut() const {
    char byte = 0;
    ssize_t size = 0;
    while ((size = recv(socket_, &byte, 1, MSG_DONTWAIT)) > 0) {
    }
    return size == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  }

 private:
  int socket_;
  bool connected_ = false;
};

class HostileWeb : public testing::Test {
 protected:
  HostileWeb() {
    write_page(folder_ / "page");
    write_text(folder_ / "page/page.html", std::string(1 << 20, 'p'));
    region_.emplace(
        ARegion::Options{.gateway = {"--http-head-ms", "1500", "--http-body-ms", "1500"},
                         .web = true,
                         .page = folder_ / "page"});
    pin_ = pin_of(*region_);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }

  std::vector<Stranger> strangers(int count) const {
    std::vector<Stranger> all;
    for (int i = 0; i < count; ++i) all.emplace_back(region_->web_port());
    return all;
  }
  // After an attack by so many: an honest visitor is served, and both programs are small.
  void expect_unharmed(std::size_t before, std::size_t connections) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_TRUE(gives_the_notice(region_->web_address(), pin_));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    EXPECT_LT(region_->gateway().memory_kib(), before + 4096 + connections * 32);
    EXPECT_TRUE(region_->gateway().alive());
    EXPECT_TRUE(region_->daemon().alive());
  }

  const Folder folder_;
  std::optional<ARegion> region_;
  crypto::Pin pin_;
};

TEST_F(HostileWeb, AThousandSilentConnectionsAreCutAndCostLittle) {
  const std::size_t before = region_->gateway().memory_kib();
  const auto silent = strangers(1000);
  expect_unharmed(before, 1000);

  await("the cut", [&] { return std::ranges::all_of(silent, &Stranger::is_cut); });
}

TEST_F(HostileWeb, SlowHeadsAreCutHoweverTheyTrickle) {
  const std::size_t before = region_->gateway().memory_kib();
  const auto slow = strangers(200);
  for (int line = 0; line < 20; ++line) {
    for (const auto& each : slow) each.send(line == 0 ? "GET / HTTP/1.1\r\n" : "X: y\r\n");
    std::this_thread::sleep_for(100ms);
  }

  EXPECT_TRUE(std::ranges::all_of(slow, &Stranger::is_cut));
  expect_unharmed(before, 200);
}

TEST_F(HostileWeb, SlowBodiesAreCut) {
  const std::size_t before = region_->gateway().memory_kib();
  const auto slow = strangers(200);
  const std::string head = "POST / HTTP/1.1\r\nContent-Length: 16384\r\n\r\n";
  for (int piece = 0; piece < 20; ++piece) {
    for (const auto& each : slow) each.send(piece == 0 ? head : "some bytes");
    std::this_thread::sleep_for(100ms);
  }

  EXPECT_TRUE(std::ranges::all_of(slow, &Stranger::is_cut));
  expect_unharmed(before, 200);
}

TEST_F(HostileWeb, EndlessHeadsAndBodiesAreCutEarly) {
  const std::size_t before = region_->gateway().memory_kib();
  const std::string chunk(64 * 1024, 'x');
  for (const char* start :
       {"GET / HTTP/1.1\r\nX: ", "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
    SCOPED_TRACE(start);
    const Stranger stranger(region_->web_port());
    stranger.send(start);
    std::size_t sent = 0;
    while (sent < 1024 * chunk.size() && stranger.send(chunk)) sent += chunk.size();
    EXPECT_LT(sent, 1024 * chunk.size());
  }

  expect_unharmed(before, 3);
}

TEST_F(HostileWeb, VisitorsWhoNeverReadHoldNoCopyOfThePage) {
  const std::size_t before = region_->gateway().memory_kib();
  const auto deaf = strangers(200);
  for (const auto& each : deaf) {
    for (int i = 0; i < 8; ++i) each.send("GET / HTTP/1.1\r\n\r\n");
  }
  std::this_thread::sleep_for(500ms);

  expect_unharmed(before, 200);
}

// Debian's nginx with one of our example files, its places put into a folder of the test.
class Nginx {
 public:
  Nginx(const Folder& folder, const std::string& text) : folder_(folder) {
    write_text(folder / "nginx.conf", text);
    nginx_ = std::make_unique<Child>(Command{"/usr/sbin/nginx", "-c", folder / "nginx.conf", "-e",
                                             folder / "error.log", "-g", "daemon off;"},
                                     folder / "nginx.log");
  }
  std::string said() const {
    return read_text(folder_ / "nginx.log") + read_text(folder_ / "error.log");
  }
  bool alive() { return nginx_->alive(); }

 private:
  const Folder& folder_;
  std::unique_ptr<Child> nginx_;
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  if (text.find(what) == std::string::npos) {
    throw std::logic_error("the example no longer holds: " + what);
  }
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

class BehindNginx : public testing::Test {
 protected:
  BehindNginx() {
    write_page(folder_ / "page");
    region_.emplace(ARegion::Options{.web = true, .page = folder_ / "page"});
    const Finished made =
        run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "1", "-subj", "/CN=localhost", "-keyout", folder_ / "key", "-out",
             folder_ / "certificate"});
    EXPECT_EQ(made.status, 0) << made.output;
  }

  // What curl gets; its body lies in `out`.
  Finished curl(const std::vector<std::string>& options) const {
    Command command{
        "curl",     "--silent",      "--show-error",  "--cacert", folder_ / "certificate",
        "--output", folder_ / "out", "--dump-header", "-"};
    command.insert(command.end(), options.begin(), options.end());
    return run(command);
  }

  void expect_page_and_frame(const std::string& path) {
    const std::string url = "https://localhost:" + std::to_string(port_) + path;
    await("nginx", [&] { return listens(port_); });
    const Finished page = curl({url, "--header", "Accept-Encoding: br"});
    EXPECT_NE(page.output.find(" 200"), std::string::npos) << page.output;
    EXPECT_NE(page.output.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
    EXPECT_NE(page.output.find("Cache-Control: no-store"), std::string::npos) << page.output;
    EXPECT_EQ(read_text(folder_ / "out"), "brotli");

    crypto::Frame question{};
    crypto::ask_for_notice(question);
    write_text(folder_ / "question", std::string(question.begin(), question.end()));
    const Finished exchanged = curl({url, "--data-binary", "@" + (folder_ / "question").string(),
                                     "--header", "Content-Type: application/octet-stream"});
    EXPECT_NE(exchanged.output.find(" 200"), std::string::npos) << exchanged.output;
    const std::string answer = read_text(folder_ / "out");
    ASSERT_EQ(answer.size(), crypto::frame_size);
    crypto::Frame notice{};
    std::copy(answer.begin(), answer.end(), notice.begin());
    EXPECT_TRUE(crypto::verify_notice(notice, pin_of(*region_)));
    EXPECT_EQ(read_text(folder_ / "error.log"), "");
  }

  static std::string example(const std::string& name) { return read_text("config/" + name); }

  const Folder folder_;
  const int port_ = a_free_port();
  std::optional<ARegion> region_;
};

TEST_F(BehindNginx, ThePageAndAFrameComeThroughTheStreamThatEndsTls) {
  std::string text = example("nginx.conf.example");
  text = replaced(text, "listen 443 ssl", "listen 127.0.0.1:" + std::to_string(port_) + " ssl");
  text = replaced(text, "        listen [::]:443 ssl;\n", "");
  text = replaced(text, "        listen [::]:80;\n", "");
  text = replaced(text, "listen 80;", "listen 127.0.0.1:" + std::to_string(a_free_port()) + ";");
  text = replaced(text, "/etc/nginx/meldpunt.crt", folder_ / "certificate");
  text = replaced(text, "/etc/nginx/meldpunt.key", folder_ / "key");
  text = replaced(text, "/run/nginx.pid", folder_ / "nginx.pid");
  text =
      replaced(text, "127.0.0.1:7781", "127.0.0.1:" + std::to_string(region_->proxied_web_port()));
  Nginx nginx(folder_, text);

  expect_page_and_frame("/");
  EXPECT_TRUE(nginx.alive()) << nginx.said();
}

TEST_F(BehindNginx, ThePageAndAFrameComeThroughALocationOfAnotherSite) {
  std::string location = example("nginx-site.conf.example");
  location = replaced(location, "location = /signal", "location = /");
  location =
      replaced(location, "127.0.0.1:7780", "127.0.0.1:" + std::to_string(region_->web_port()));
  Nginx nginx(folder_, "error_log " + (folder_ / "error.log").string() + " warn;\npid " +
                           (folder_ / "nginx.pid").string() +
                           ";\nevents {}\nhttp {\naccess_log off;\nserver {\nlisten 127.0.0.1:" +
                           std::to_string(port_) + " ssl;\nssl_certificate " +
                           (folder_ / "certificate").string() + ";\nssl_certificate_key " +
                           (folder_ / "key").string() + ";\n" + location + "}\n}\n");

  expect_page_and_frame("/");
  EXPECT_TRUE(nginx.alive()) << nginx.said();
}

TEST(AnOnionService, IsConfiguredAsTorUnderstandsIt) {
  const Folder folder;
  std::string text = read_text("config/torrc.example");
  text = replaced(text, "/var/lib/tor/meldpunt", folder / "service");
  write_text(folder / "torrc", text + "\nDataDirectory " + (folder / "data").string() + "\n");
  write_text(folder / "defaults", "");

  const Finished verified = run(
      {"tor", "--verify-config", "-f", folder / "torrc", "--defaults-torrc", folder / "defaults"});

  EXPECT_EQ(verified.status, 0) << verified.output;
}

}  // namespace
}  // namespace meldpunt::tests
