#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/releases.h"

namespace meldpunt::client {

namespace {

constexpr std::array code_own_options{
    config::Option{"statistics", config::Type::text, "",
                   "Whether the client may be counted: refused, or allowed after all."},
};

// DIMENSION=CODE, each once.
Outcome<CodingChange> change_of(Call& call) {
  CodingChange change;
  const auto& words = call.options.positional();
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    if (equals == std::string::npos ||
        !change.codes.emplace(words[i].substr(0, equals), words[i].substr(equals + 1)).second) {
      return problem(EX_USAGE, "\"" + words[i] +
                                   "\" is not DIMENSION=CODE, or was given before; for example: "
                                   "form=LAB age=ADULT.");
    }
  }
  if (call.options.has("statistics")) {
    const std::string said = call.options.text("statistics");
    if (said != "refused" && said != "allowed") {
      return problem(EX_USAGE, "--statistics is refused or allowed.");
    }
    change.statistics_refused = said == "refused";
  }
  return change;
}

void show(Call& call, const Casework& casework, const crypto::CaseId& subject, bool released) {
  const CaseCoding& coding = casework.index().find(subject)->coding;
  const auto known = inflow_codes(casework, subject);
  nlohmann::json codes = nlohmann::json::object();
  for (const trends::Dimension& dimension : trends::dimensions()) {
    const auto found = known.find(std::string(dimension.name));
    const std::string code = found == known.end() ? std::string(dimension.unknown) : found->second;
    codes[std::string(dimension.name)] = code;
    const auto at = dimension.index_of(code);
    call.terminal.say("  " + std::string(dimension.name) + " = " + code + "  (" +
                      std::string(at ? dimension.codes[*at].label : "of older lists") + ")");
  }
  if (coding.statistics_refused()) {
    call.terminal.say("  The client refused statistics: the case is in no figure.");
  }
  if (released) {
    call.terminal.say("  Its period's figures are out: what is coded now changes none of them.");
  }
  call.terminal.print({{"event", "coded"},
                       {"case", hexadecimal(subject.view())},
                       {"by", coding.newest ? "coordinator" : "answers"},
                       {"codes", codes},
                       {"statistics_refused", coding.statistics_refused()},
                       {"released", released}});
}

}  // namespace

config::Table code_options() {
  static constexpr auto all = config::join(staff_options, code_own_options);
  return all;
}

Outcome<void> code(Call& call) {
  const auto change = change_of(call);
  if (!change) return pass_on(change.error());
  if (call.options.positional().empty()) {
    return problem(EX_USAGE, "Which case? Give its two words, or the first digits of its id.");
  }
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = case_called(call.options.positional().front(), casework);
  if (!subject) return pass_on(subject.error());
  bool released = is_counted(casework, crypto::Series::inflow, *subject);
  if (!change->codes.empty() || change->statistics_refused) {
    Releases releases((*staff)->home, casework, (*staff)->line, call.clock);
    const auto coded = releases.code(*subject, *change);
    if (!coded) return pass_on(coded.error());
    released = *coded;
  }
  show(call, casework, *subject, released);
  return {};
}

}  // namespace meldpunt::client
