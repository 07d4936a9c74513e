#include "client/cli/web_fetch.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <charconv>
#include <optional>

namespace meldpunt::client {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Plain = beast::tcp_stream;
using Sealed = beast::ssl_stream<beast::tcp_stream>;

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return small;
}

tl::unexpected<Problem> no_address(std::string_view url) {
  return problem(EX_USAGE, std::string(url) + " is no address such as https://region.example/.");
}

std::optional<std::uint16_t> port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

// "host", "host:port" or "[::1]:port"; nothing when it is none.
bool read_place(std::string_view place, std::string& host, std::uint16_t& port) {
  const bool bracketed = place.starts_with('[');
  const auto end = bracketed ? place.find(']') : place.find(':');
  host = place.substr(bracketed ? 1 : 0, end == std::string_view::npos ? end : end - bracketed);
  if (host.empty() || (bracketed && end == std::string_view::npos)) return false;
  std::string_view rest = end == std::string_view::npos ? "" : place.substr(end + bracketed);
  if (rest.empty()) return true;
  if (!rest.starts_with(':')) return false;
  const auto read = port_of(rest.substr(1));
  port = read.value_or(0);
  return read.has_value();
}

// One connection, one step after the other; the stream's deadline ends each of them.
class Fetching {
 public:
  Fetching(const WebAddress& address, const std::string& proxy, const WebLimits& limits)
      : address_(address), proxy_(proxy), limits_(limits) {}

  Outcome<WebAnswer> run() {
    Plain plain(io_);
    plain.expires_after(limits_.patience);
    if (auto connected = connect(plain); !connected) return pass_on(connected.error());
    if (!address_.tls) return ask(plain);
    tls_.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    tls_.set_verify_mode(asio::ssl::verify_peer);
    error_code unread;
    tls_.set_default_verify_paths(unread);
    Sealed sealed(std::move(plain), tls_);
    if (auto held = shake_hands(sealed); !held) return pass_on(held.error());
    return ask(sealed);
  }

 private:
  template <class Start>
  error_code wait(Start start) {
    error_code ended;
    start([&](error_code error, const auto&...) { ended = error; });
    io_.restart();
    io_.run();
    return ended;
  }

  [[nodiscard]] tl::unexpected<Problem> unreachable(const std::string& where,
                                                    error_code why) const {
    const std::string reason =
        why == beast::error::timeout ? "it did not answer in time" : why.message();
    return problem(EX_UNAVAILABLE, where + " cannot be reached: " + reason +
                                       ". Check the address and your connection.");
  }

  Outcome<void> connect(Plain& stream) {
    std::string host = address_.host;
    std::uint16_t port = address_.port;
    if (!proxy_.empty() && !read_place(proxy_, host, port = 1080)) {
      return problem(EX_USAGE, "--proxy is an address and port such as 127.0.0.1:9050.");
    }
    if (proxy_.empty() && address_.is_onion()) {
      return problem(EX_USAGE, "An onion address needs --proxy with Tor's, as in 127.0.0.1:9050.");
    }
    error_code error;
    asio::ip::tcp::resolver resolver(io_);
    const auto found = resolver.resolve(host, std::to_string(port), error);
    if (error) return unreachable(host, error);
    error = wait([&](auto done) { stream.async_connect(found, done); });
    if (error) return unreachable(host, error);
    return proxy_.empty() ? Outcome<void>{} : through_proxy(stream);
  }

  // SOCKS 5 without a password, RFC 1928; the proxy looks the name up.
  Outcome<void> through_proxy(Plain& stream) {
    const auto refused = [&] {
      return problem(EX_UNAVAILABLE,
                     "The proxy " + proxy_ + " does not connect to " + address_.host + ".");
    };
    if (address_.host.size() > 255) return refused();
    std::string hello{'\x05', '\x01', '\x00'};
    std::string request{'\x05', '\x01', '\x00', '\x03'};
    request += static_cast<char>(address_.host.size());
    request += address_.host;
    request += static_cast<char>(address_.port >> 8U);
    request += static_cast<char>(address_.port & 0xffU);
    std::string answer(2, '\0');
    if (!trade(stream, hello, answer) || answer[1] != '\0') return refused();
    answer.resize(5);  // version, outcome, reserved, kind of address, its first byte
    if (!trade(stream, request, answer) || answer[1] != '\0') return refused();
    const auto first = static_cast<std::uint8_t>(answer[4]);
    const std::size_t rest = answer[3] == '\x01' ? 3U : answer[3] == '\x04' ? 15U : first;
    answer.resize(rest + 2);
    return trade(stream, "", answer) ? Outcome<void>{} : refused();
  }

  bool trade(Plain& stream, const std::string& out, std::string& in) {
    return !wait([&](auto done) { asio::async_write(stream, asio::buffer(out), done); }) &&
           !wait([&](auto done) { asio::async_read(stream, asio::buffer(in), done); });
  }

  Outcome<void> shake_hands(Sealed& stream) {
    SSL* const native = stream.native_handle();
    // What SSL_set_tlsext_host_name does; the server needs the name to choose its certificate.
    SSL_ctrl(native, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(address_.host.c_str()));
    // Without it any certificate would do, whoever's it is.
    if (SSL_set1_host(native, address_.host.c_str()) != 1) {
      return problem(EX_SOFTWARE, "TLS cannot be told which name to expect.");
    }
    const error_code error =
        wait([&](auto done) { stream.async_handshake(asio::ssl::stream_base::client, done); });
    if (!error) return {};
    if (error == beast::error::timeout) return unreachable(address_.host, error);
    const long verdict = SSL_get_verify_result(native);
    const std::string why =
        verdict == X509_V_OK ? error.message() : X509_verify_cert_error_string(verdict);
    return problem(EX_PROTOCOL, "TLS with " + address_.host + " does not hold: " + why +
                                    ". Somebody may stand in between; tell the operator, and do "
                                    "not use the page before it is mended.");
  }

  template <class Stream>
  Outcome<WebAnswer> ask(Stream& stream) {
    http::request<http::empty_body> request(http::verb::get, address_.target, 11);
    const bool usual = address_.port == (address_.tls ? 443 : 80);
    const bool six = address_.host.find(':') != std::string::npos;
    const std::string host = six ? '[' + address_.host + ']' : address_.host;
    request.set(http::field::host, usual ? host : host + ':' + std::to_string(address_.port));
    // As little as can be of who asks: a server that changes pages should not see who checks them.
    request.set(http::field::user_agent, "Mozilla/5.0");
    request.set(http::field::accept, "text/html,*/*;q=0.8");
    request.set(http::field::accept_encoding, "identity");
    request.set(http::field::connection, "close");
    error_code error = wait([&](auto done) { http::async_write(stream, request, done); });
    if (error) return unreachable(address_.host, error);
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(limits_.longest);
    error = wait([&](auto done) { http::async_read(stream, buffer, parser, done); });
    if (error == http::error::body_limit) {
      return problem(EX_DATAERR, "The answer is longer than any page. Check the address.");
    }
    if (error == beast::error::timeout) return unreachable(address_.host, error);
    if (error) return problem(EX_PROTOCOL, "The answer is no whole HTTP: " + error.message() + ".");
    return answer_of(parser.get());
  }

  static WebAnswer answer_of(http::response<http::string_body>& response) {
    WebAnswer answer;
    answer.status = response.result_int();
    for (const auto& field : response.base()) {
      answer.headers.emplace(
          in_small_letters({field.name_string().data(), field.name_string().size()}),
          std::string(field.value()));
    }
    answer.body = std::move(response.body());
    return answer;
  }

  const WebAddress& address_;
  const std::string& proxy_;
  const WebLimits& limits_;
  asio::io_context io_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
};

}  // namespace

bool WebAddress::is_onion() const { return host.ends_with(".onion"); }

bool WebAddress::is_loopback() const {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

WebAddress WebAddress::at(std::string path) const {
  WebAddress other = *this;
  other.target = std::move(path);
  return other;
}

Outcome<WebAddress> parse_web_address(std::string_view url) {
  WebAddress address;
  std::string_view rest = url;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
    address.tls = false;
    address.port = 80;
  } else {
    return no_address(url);
  }
  const bool odd = std::ranges::any_of(url, [](char c) { return c <= ' ' || c > '~'; });
  const auto slash = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string_view place = rest.substr(0, slash);
  if (odd || place.find('@') != std::string_view::npos ||
      !read_place(place, address.host, address.port)) {
    return no_address(url);
  }
  address.host = in_small_letters(address.host);
  const std::string_view target = rest.substr(slash, rest.find('#') - slash);
  address.target = (target.starts_with('/') ? "" : "/") + std::string(target);
  return address;
}

std::string WebAnswer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

Outcome<WebAnswer> fetch_web(const WebAddress& address, const std::string& socks_proxy,
                             const WebLimits& limits) {
  return Fetching(address, socks_proxy, limits).run();
}

}  // namespace meldpunt::client
