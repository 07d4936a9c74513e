#include "server/gateway/request_head.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <limits>
#include <string_view>

namespace meldpunt::gateway {
namespace {

namespace http = boost::beast::http;

RequestHead::Method method_of(http::verb verb) {
  if (verb == http::verb::get) return RequestHead::Method::get;
  if (verb == http::verb::head) return RequestHead::Method::head;
  if (verb == http::verb::post) return RequestHead::Method::post;
  return RequestHead::Method::other;
}

std::string_view view_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

RequestHead read_head(std::span<const std::uint8_t> bytes) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(head_max);
  // The length is judged by whoever asked. Not boost::none, which Boost 1.74 compares as the
  // smallest limit of all.
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  boost::beast::error_code error;
  RequestHead head;
  head.size = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  if (error == http::error::need_more) return {};
  if (error || !parser.is_header_done()) {
    head.outcome = RequestHead::Outcome::malformed;
    return head;
  }
  const auto& request = parser.get();
  const std::string_view target = view_of(request.target());
  head.outcome = RequestHead::Outcome::complete;
  head.method = method_of(request.method());
  head.path = target.substr(0, target.find('?'));
  if (const auto length = parser.content_length()) head.length = *length;
  head.chunked = request.count(http::field::transfer_encoding) > 0;
  // Of HTTP/1.0 nobody needs a second request.
  head.keep_alive = request.version() == 11 && request.keep_alive();
  head.coding = accepted_coding(view_of(request[http::field::accept_encoding]));
  return head;
}

}  // namespace meldpunt::gateway
