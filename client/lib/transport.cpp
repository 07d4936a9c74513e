#include "client/lib/transport.h"

namespace meldpunt::client {

std::string_view describe(Delivery delivery) {
  switch (delivery) {
    case Delivery::answered:
      return "The server answered.";
    case Delivery::unreachable:
      return "No connection. Nothing was sent. Check the network, and the endpoint in the pin.";
    case Delivery::no_answer:
      return "No answer in time. It may or may not have arrived; trying again does no harm.";
    case Delivery::not_a_frame:
      return "What came back is not of this protocol. Check the endpoint in the pin.";
  }
  return {};
}

}  // namespace meldpunt::client
