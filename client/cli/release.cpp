#include <nlohmann/json.hpp>

#include "client/cli/received.h"
#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/releases.h"
#include "client/trends/one_way_geometric.h"

namespace meldpunt::client {

namespace {

constexpr std::array release_own_options{
    config::Option{"period", config::Type::text, "",
                   "Which period: a month, 2026-11, or a quarter, 2026-Q3; it must be over."},
    config::Option{"dry-run", config::Type::flag, "",
                   "Show intervals, cost and what is left of the budget; draw nothing."},
    config::Option{"budget", config::Type::text, "0.088",
                   "What one case may cost in all its life, as rho; at most 0.3112."},
    config::Option{"receiver", config::Type::text, "",
                   "Send it to the receiver of this name, where more than one is enrolled."},
    config::Option{"list", config::Type::flag, "", "List every release, and what came of it."},
};

std::string what_it_says(const Acknowledged& said) {
  std::string sentence = "  " + said.receiver + ": ";
  switch (said.receipt.outcome) {
    case crypto::ReceiptOutcome::kept:
      sentence += "received and kept";
      break;
    case crypto::ReceiptOutcome::kept_with_gap:
      sentence += "received and kept; a release before it never came there";
      break;
    case crypto::ReceiptOutcome::conflict:
      sentence += "REFUSED: it has other figures of this period, or under this number";
      break;
    case crypto::ReceiptOutcome::unreadable:
      sentence += "could not read it";
      break;
  }
  if (!said.receipt.remark.empty()) sentence += " (\"" + printable(said.receipt.remark) + "\")";
  return sentence;
}

void show_release(Call& call, const ReleaseLedger& ledger, const JournaledRelease& release) {
  const auto receipts = ledger.receipts_of(release.hash);
  call.terminal.say("Release " + std::to_string(release.head.sequence) + ", " +
                    trends::name_of(release.period()) + ", rho " + trends::decimal(release.rho) +
                    (receipts.empty() ? ": no receipt yet" : ""));
  nlohmann::json said = nlohmann::json::array();
  for (const Acknowledged& one : receipts) {
    call.terminal.say(what_it_says(one));
    said.push_back({{"receiver", one.receiver},
                    {"outcome", name_of(one.receipt.outcome)},
                    {"remark", one.receipt.remark}});
  }
  call.terminal.print({{"event", "release"},
                       {"sequence", release.head.sequence},
                       {"period", trends::name_of(release.period())},
                       {"rho", trends::decimal(release.rho)},
                       {"hash", hexadecimal(release.hash.view())},
                       {"receipts", said}});
}

void list(Call& call, const ReleaseLedger& ledger) {
  for (const JournaledRelease& release : ledger.all()) show_release(call, ledger, release);
  for (const auto& lost : ledger.all_lost()) {
    const std::string period = trends::name_of({lost.head.first, lost.head.last});
    call.terminal.say("LOST: number " + std::to_string(lost.head.sequence) + ", " + period +
                      ": the receiver has it, this journal does not; it is never drawn again");
    call.terminal.print({{"event", "lost"}, {"sequence", lost.head.sequence}, {"period", period}});
  }
  if (ledger.all().empty()) call.terminal.say("Nothing has been released.");
}

void show_preview(Call& call, const ReleasePreview& preview, const trends::Period& period) {
  const trends::Plan& plan = preview.plan;
  call.terminal.say("What releasing " + trends::name_of(period) + " would give and cost:");
  nlohmann::json tables = nlohmann::json::array();
  for (const trends::PlannedTable& table : plan.tables) {
    call.terminal.say("  " + std::string(table.dimension->label) + ": " +
                      std::to_string(table.dimension->codes.size()) + " figures, each within " +
                      std::to_string(table.half_width) + " of the truth in 95 of 100");
    tables.push_back({{"dimension", table.dimension->name},
                      {"cells", table.dimension->codes.size()},
                      {"half_width", table.half_width}});
  }
  call.terminal.say("Each case that is counted pays rho " + trends::decimal(plan.rho) +
                    ": epsilon " + trends::decimal(plan.pure) + " pure, " +
                    trends::decimal(plan.epsilon_at_delta) + " at delta " +
                    std::string(trends::delta_text) + ". Of its life's budget " +
                    trends::decimal(preview.remaining) + " is left.");
  call.terminal.say("Cases to be counted: " + std::to_string(preview.cases) + ", of which " +
                    std::to_string(preview.not_coded) +
                    " not coded by anybody; left out because "
                    "the client refused statistics: " +
                    std::to_string(preview.left_out) + ". Nothing was drawn.");
  call.terminal.print({{"event", "preview"},
                       {"period", trends::name_of(period)},
                       {"tables", tables},
                       {"rho", trends::decimal(plan.rho)},
                       {"epsilon_pure", trends::decimal(plan.pure)},
                       {"epsilon", trends::decimal(plan.epsilon_at_delta)},
                       {"delta", trends::delta_text},
                       {"remaining", trends::decimal(preview.remaining)},
                       {"cases", preview.cases},
                       {"not_coded", preview.not_coded},
                       {"left_out", preview.left_out}});
}

// What was read back from the journal, and nothing else.
void show_figures(Call& call, const JournaledRelease& release) {
  const auto decoded = crypto::decode_release(release.bytes);
  if (!decoded) return;
  const auto document = nlohmann::json::parse(decoded->document, nullptr, false);
  if (!document.is_object()) return;
  for (const auto& item : document.at("link").at("item")) {
    const std::string dimension = item.at("id").at(1);
    call.terminal.say(item.at("label").get<std::string>());
    std::size_t at = 0;
    const auto& category = item.at("dimension").at(dimension).at("category");
    for (const std::string code : category.at("index")) {
      const auto& value = item.at("value");
      call.terminal.say("  " + category.at("label").at(code).get<std::string>() + ": " +
                        value.at(at).dump() + "  (" + value.at(at + 1).dump() + " to " +
                        value.at(at + 2).dump() + ")");
      at += 3;
    }
  }
  call.terminal.print({{"event", "figures"}, {"document", document}});
}

Outcome<ReleaseWish> wish_of(Call& call) {
  const auto period = trends::read_period(call.options.text("period"));
  if (!period) {
    return problem(EX_USAGE,
                   "Which period? Name it with --period: a month, 2026-11, or a quarter, 2026-Q3.");
  }
  const auto life = trends::read_decimal(call.options.text("budget"));
  if (life == 0) return problem(EX_USAGE, "--budget is a number like 0.088.");
  return ReleaseWish{*period, {life}};
}

Outcome<void> send(Call& call, Releases& releases, const JournaledRelease& release) {
  const ReleaseLedger ledger = releases.ledger();
  if (!ledger.arrived(release.hash)) {
    const auto sent = releases.send(release, call.options.text("receiver"));
    if (!sent) return pass_on(sent.error());
    call.terminal.say("It is on its way to " + sent->receiver + ".");
    call.terminal.print(
        {{"event", "sent"}, {"receiver", sent->receiver}, {"objects", sent->objects}});
  }
  show_release(call, ledger, release);
  return {};
}

}  // namespace

config::Table release_options() {
  static constexpr auto all = config::join(staff_options, release_own_options);
  return all;
}

Outcome<void> release(Call& call) {
  const bool listing = call.options.flag("list");
  const auto wish = listing ? Outcome<ReleaseWish>(ReleaseWish{}) : wish_of(call);
  if (!wish) return pass_on(wish.error());
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Releases releases((*staff)->home, *(*staff)->casework, (*staff)->line, call.clock);
  if (listing) {
    list(call, releases.ledger());
    return {};
  }
  const trends::OneWayGeometric mechanism;
  const auto* there = (*staff)->casework->releases().of(crypto::Series::inflow, wish->period);
  if (call.options.flag("dry-run") && there == nullptr) {
    const auto preview = releases.preview(*wish, mechanism);
    if (!preview) return pass_on(preview.error());
    show_preview(call, *preview, wish->period);
    return {};
  }
  trends::SystemRandom bytes;
  trends::UniformFromBytes uniform(bytes);
  const auto released = releases.release(*wish, mechanism, uniform);
  if (!released) return pass_on(released.error());
  show_figures(call, *released);
  if (call.options.flag("dry-run")) return {};
  return send(call, releases, *released);
}

}  // namespace meldpunt::client
