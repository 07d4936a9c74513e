#include "client/console/visitor.h"

#include <sodium.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <exception>
#include <utility>  // before Boost 1.74's Asio, which forgets it

#include "client/console/guard.h"

namespace meldpunt::console {

namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::chrono::milliseconds leaving_time{1000};
constexpr std::size_t leaving_most = std::size_t{1} << 20U;

std::string text_of(beast::string_view view) { return {view.data(), view.size()}; }

Method method_of(http::verb verb) {
  if (verb == http::verb::get) return Method::get;
  return verb == http::verb::post ? Method::post : Method::other;
}

template <class Fields>
Head head_of(const Fields& request) {
  Head head;
  const auto field = [&](beast::string_view name, std::optional<std::string>& into) {
    const auto count = request.count(name);
    if (count > 1) head.doubled = true;
    if (count > 0) into = text_of(request[name]);
  };
  head.method = method_of(request.method());
  const std::string target = text_of(request.target());
  const auto question = target.find('?');
  head.path = target.substr(0, question);
  if (question != std::string::npos) head.query = target.substr(question + 1);
  field("Host", head.host);
  field("Origin", head.origin);
  field("Sec-Fetch-Site", head.fetch_site);
  field("Content-Type", head.content_type);
  field("Authorization", head.authorization);
  return head;
}

struct Header {
  const char* name;
  const char* value;
};
// On every answer, whatever it is.
constexpr std::array headers{
    Header{"Cache-Control", "no-store"},
    Header{"Referrer-Policy", "no-referrer"},
    Header{"X-Content-Type-Options", "nosniff"},
    Header{"X-Frame-Options", "DENY"},
    Header{"Cross-Origin-Opener-Policy", "same-origin"},
    Header{"Cross-Origin-Resource-Policy", "same-origin"},
};
constexpr const char* policy_of_data = "default-src 'none'; frame-ancestors 'none'";

}  // namespace

void Visitor::end() {
  Error ignored;
  stream_.socket().close(ignored);
}

void Visitor::read_head() {
  wipe();
  head_.reset();
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(room_.limits.head));
  parser_->body_limit(room_.limits.body);
  if (buffer_.size() == 0) quiet_since_ = std::chrono::steady_clock::now();
  stream_.expires_after(room_.limits.head_time);
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](const Error& error, std::size_t) { self->head_read(error); });
}

// What came may be a passphrase. What was sent behind it stays.
void Visitor::wipe() {
  if (buffer_.size() > 0) return;
  buffer_.clear();
  const auto all = buffer_.prepare(buffer_.max_size());
  sodium_memzero(all.data(), all.size());
}

void Visitor::head_read(const Error& error) {
  quiet_since_.reset();
  if (error) return failed(error);
  last_ = !parser_->get().keep_alive() || parser_->get().version() != 11;
  head_ = head_of(parser_->get());
  const auto refused = refuse(*head_, room_.port);
  if (!refused) return read_body();
  last_ = true;
  answer(refusal(refused->status, refused->sentence));
}

void Visitor::read_body() {
  stream_.expires_after(room_.limits.body_time);
  http::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](const Error& error, std::size_t) { self->body_read(error); });
}

void Visitor::body_read(const Error& error) {
  if (error) return failed(error);
  serve();
}

void Visitor::serve() {
  stream_.expires_never();
  Request request{std::move(*head_), std::move(parser_->get().body())};
  const Answer answer_later = [self = shared_from_this()](Response response) {
    boost::asio::post(
        self->stream_.get_executor(),
        [self, response = std::move(response)]() mutable { self->answer(std::move(response)); });
  };
  try {
    room_.service(std::move(request), answer_later);
  } catch (const std::exception&) {
    last_ = true;
    answer(refusal(500, "Something went wrong inside the console. Start it again."));
  }
}

// A connection that was ended, or whose time is over, is told nothing.
void Visitor::failed(const Error& error) {
  last_ = true;
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return answer(refusal(431, "The request's head is too long."));
  }
  if (error == http::error::body_limit) {
    return answer(refusal(413, "This is too long: at most 256 KiB at a time."));
  }
  if (error.category() == make_error_code(http::error::bad_value).category() &&
      error != http::error::end_of_stream && error != http::error::partial_message) {
    return answer(refusal(400, "This is no request that the console understands."));
  }
  end();
}

void Visitor::answer(Response response) {
  response_ = {};
  response_.version(11);
  response_.result(response.status);
  for (const Header& header : headers) response_.set(header.name, header.value);
  const bool document = !response.document_policy.empty();
  response_.set("Content-Security-Policy",
                document ? response.document_policy : std::string(policy_of_data));
  response_.set("Content-Type",
                document ? "text/html; charset=utf-8" : "application/json; charset=utf-8");
  response_.body() = std::move(response.body);
  response_.keep_alive(!last_);
  response_.prepare_payload();
  stream_.expires_after(room_.limits.write_time);
  http::async_write(
      stream_, response_,
      [self = shared_from_this()](const Error& error, std::size_t) { self->written(error); });
}

void Visitor::written(const Error& error) {
  // Plain text of a case may have been in it.
  sodium_memzero(response_.body().data(), response_.body().size());
  response_ = {};
  if (error) return end();
  last_ ? leave() : read_head();
}

// Closing with bytes unread would reset the connection, and the answer could be lost with it.
void Visitor::leave() {
  Error ignored;
  stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
  parser_.reset();
  stream_.expires_after(leaving_time);
  throw_away();
}

void Visitor::throw_away() {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(buffer_.max_size()),
                          [self = shared_from_this()](const Error& error, std::size_t size) {
                            self->thrown_away_ += size;
                            if (error || self->thrown_away_ > leaving_most) return self->end();
                            self->throw_away();
                          });
}

}  // namespace meldpunt::console
