// Who could be asked for help with a case: the vocabulary's routing rules, held against what is
// known of it. They only propose; each says on what it rests, and the coordinator decides.
#pragma once

#include "client/lib/case_facts.h"

namespace meldpunt::client {

struct RouteProposal {
  std::string rule;               // "R05"
  std::vector<std::string> to;    // codes of the scheme `partner`, or of the special targets
  std::vector<std::string> away;  // where it should not go
  std::string basis;
  std::string warning;
  std::string forum;  // a conference where such cases are discussed
  std::string task;
  std::vector<std::string> sources;
  bool proposed = false;  // no source yet: the coordinator reviews the rule itself
};

// Those whose conditions all hold, in the rules' order. A condition on something that is not coded
// (a context, a topic) never holds by itself.
[[nodiscard]] std::vector<RouteProposal> routes_for(const Facts& facts);

}  // namespace meldpunt::client
