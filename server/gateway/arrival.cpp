#include "server/gateway/arrival.h"

#include <algorithm>

#include "server/gateway/proxy_header.h"
#include "server/gateway/zmtp.h"

namespace meldpunt::gateway {

std::size_t Arrival::room() const {
  const std::size_t most = awaits_header_ ? proxy_header_max : greeting_size;
  // A load balancer may send the header together with what follows: then bytes_ can hold more.
  return most > bytes_.size() ? most - bytes_.size() : 0;
}

Arrival::Outcome Arrival::take(std::span<const std::uint8_t> bytes) {
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  if (!awaits_header_) return greet();
  const ProxyHeader header = read_proxy_header(bytes_);
  switch (header.outcome) {
    case ProxyHeader::Outcome::incomplete:
      return Outcome::more;
    case ProxyHeader::Outcome::malformed:
      return Outcome::bad_proxy_header;
    case ProxyHeader::Outcome::complete:
      break;
  }
  awaits_header_ = false;
  source_ = header.source;
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(header.size));
  return greet();
}

Arrival::Outcome Arrival::greet() const {
  if (expects_ == Expects::http) return Outcome::greeted;
  const std::size_t known = std::min(bytes_.size(), signature_size);
  for (std::size_t place = 0; place < known; ++place) {
    if (!greeting_allows(place, bytes_[place])) return Outcome::bad_greeting;
  }
  return known == signature_size ? Outcome::greeted : Outcome::more;
}

}  // namespace meldpunt::gateway
