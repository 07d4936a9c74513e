#include "client/cli/web_fetch.h"

#include <gmock/gmock.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

namespace meldpunt::client {
namespace {

namespace asio = boost::asio;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

// Takes one connection. In turns: reads so many bytes (0: up to an empty line), writes this.
class Scripted {
 public:
  struct Turn {
    std::size_t read = 0;
    std::string write;
  };
  explicit Scripted(std::vector<Turn> turns)
      : thread_([this, turns = std::move(turns)] { play(turns); }) {}

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url(const std::string& target = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + target;
  }
  // All that was read, once it is over.
  [[nodiscard]] std::string read() {
    thread_.join();
    return read_;
  }

 private:
  void play(const std::vector<Turn>& turns) {
    asio::ip::tcp::socket socket(io_);
    acceptor_.accept(socket);
    boost::system::error_code error;
    for (const Turn& turn : turns) {
      const auto start = read_.size();
      while (turn.read > 0 ? read_.size() < start + turn.read : !read_.ends_with("\r\n\r\n")) {
        char byte = 0;
        if (asio::read(socket, asio::buffer(&byte, 1), error); error) return;
        read_ += byte;
      }
      asio::write(socket, asio::buffer(turn.write), error);
    }
    if (turns.back().write.empty()) std::this_thread::sleep_for(1500ms);
  }

  asio::io_context io_;
  asio::ip::tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
  std::uint16_t port_ = acceptor_.local_endpoint().port();
  std::string read_;
  std::jthread thread_;
};

Outcome<WebAnswer> fetched(const std::string& url, const WebLimits& limits = {},
                           const std::string& proxy = "") {
  return fetch_web(parse_web_address(url).value(), proxy, limits);
}

TEST(WebAddress, IsReadAsItIsWritten) {
  const struct {
    const char* url;
    bool tls;
    const char* host;
    int port;
    const char* target;
  } rows[] = {
      {"https://Region.Example", true, "region.example", 443, "/"},
      {"http://region.example:8080/a?b#c", false, "region.example", 8080, "/a?b"},
      {"https://[::1]:444/", true, "::1", 444, "/"},
      {"http://r.onion?x", false, "r.onion", 80, "/?x"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.url);
    const auto address = parse_web_address(row.url);
    ASSERT_TRUE(address);
    EXPECT_EQ(address->tls, row.tls);
    EXPECT_EQ(address->host, row.host);
    EXPECT_EQ(address->port, row.port);
    EXPECT_EQ(address->target, row.target);
  }
}

TEST(WebAddress, RefusesWhatIsNone) {
  for (const char* url :
       {"region.example", "ftp://region.example/", "https://", "https:///x", "https://a:b/",
        "https://a:0/", "https://a:99999/", "https://user@a/", "https://a/ b", "https://[::1"}) {
    EXPECT_EQ(parse_web_address(url).error().exit_code, EX_USAGE) << url;
  }
}

TEST(WebFetch, AsksForOneDocumentUncompressed) {
  Scripted server({{.write = "HTTP/1.1 200 OK\r\nX-Name: a\r\nContent-Length: 4\r\n\r\npage"}});

  const auto answer = fetched(server.url("/path"));

  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "page");
  EXPECT_EQ(answer->header("x-name"), "a");
  EXPECT_THAT(server.read(), AllOf(HasSubstr("GET /path HTTP/1.1\r\n"),
                                   HasSubstr("Accept-Encoding: identity\r\n")));
}

TEST(WebFetch, EndsWithinItsLimits) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const struct {
    const char* what;
    std::string answer;
    int exit_code;
  } rows[] = {
      {"said to be too long", head + "Content-Length: 1001\r\n\r\n", EX_DATAERR},
      {"is too long", head + "Connection: close\r\n\r\n" + std::string(1100, 'x'), EX_DATAERR},
      {"no HTTP", "220 mail ready\r\n\r\n", EX_PROTOCOL},
      {"broken off", head + "Content-Length: 9\r\n\r\nhalf", EX_PROTOCOL},
      {"silent", "", EX_UNAVAILABLE},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    Scripted server({{.write = row.answer}});

    const auto answer = fetched(server.url(), {.longest = 1000, .patience = 1s});

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().exit_code, row.exit_code) << answer.error().sentence;
  }
}

TEST(WebFetch, SaysThatNobodyIsThereOrThatItIsNoTls) {
  EXPECT_EQ(fetched("http://127.0.0.1:1/").error().exit_code, EX_UNAVAILABLE);
  EXPECT_EQ(fetched("http://region.invalid/").error().exit_code, EX_UNAVAILABLE);
  EXPECT_EQ(fetched("http://region.onion/").error().exit_code, EX_USAGE);

  Scripted plain({{.read = 100, .write = "HTTP/1.1 400 Bad Request\r\n\r\n"}});
  const auto answer = fetched("https://127.0.0.1:" + std::to_string(plain.port()) + "/");
  EXPECT_EQ(answer.error().exit_code, EX_PROTOCOL) << answer.error().sentence;
}

TEST(WebFetch, LetsTheProxyLookTheNameUp) {
  const std::string asked =
      std::string("\x05\x01\x00\x03\x0c", 5) + "region.onion" + std::string("\x00\x50", 2);
  Scripted proxy(
      {{.read = 3, .write = std::string("\x05\x00", 2)},
       {.read = asked.size(), .write = std::string("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10)},
       {.write = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage"}});

  const auto answer =
      fetched("http://region.onion/", {}, "127.0.0.1:" + std::to_string(proxy.port()));

  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_EQ(answer->body, "page");
  EXPECT_THAT(proxy.read(), HasSubstr(asked));
}

TEST(WebFetch, SaysThatTheProxyRefuses) {
  Scripted proxy({{.read = 3, .write = std::string("\x05\x00", 2)},
                  {.read = 7, .write = std::string("\x05\x04\x00\x01\x00\x00", 6)}});

  const auto answer =
      fetched("http://region.onion/", {}, "127.0.0.1:" + std::to_string(proxy.port()));

  EXPECT_EQ(answer.error().exit_code, EX_UNAVAILABLE);
  EXPECT_THAT(answer.error().sentence, HasSubstr("proxy"));
}

}  // namespace
}  // namespace meldpunt::client
