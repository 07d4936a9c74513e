#include <nlohmann/json.hpp>

#include "client/cli/received.h"
#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/releases.h"
#include "client/trends/json_stat.h"

namespace meldpunt::client {

namespace {

constexpr std::array release_own_options{
    config::Option{"series", config::Type::text, "inflow",
                   "What is counted: inflow, cases by when they were opened, or closures, by when "
                   "they were closed."},
    config::Option{
        "period", config::Type::text, "",
        "Which period: a month, 2026-11, a quarter, 2026-Q3, or a year, 2026; it must be "
        "over."},
    config::Option{"schedule", config::Type::text, "",
                   "How often which tables come; that of the year's first release, and before it "
                   "quarter-year (closures: quarter)."},
    config::Option{"budget", config::Type::text, "",
                   "What one case may cost in all its life, as rho; at most 0.3112; that of the "
                   "year's first release, and before it 0.088."},
    config::Option{"dry-run", config::Type::flag, "",
                   "Show intervals, cost and what is left of the budget; draw nothing."},
    config::Option{"propose", config::Type::flag, "",
                   "Propose it: a second person signs with 'countersign', and then it can be "
                   "released."},
    config::Option{"receiver", config::Type::text, "",
                   "Send it to the receiver of this name, where more than one is enrolled."},
    config::Option{"list", config::Type::flag, "",
                   "List every release, what came of it, and the proposals that wait."},
};

std::string series_name(crypto::Series series) {
  return std::string(trends::find_series(series)->name);
}

std::string figures_of(crypto::Series series, const trends::Period& period) {
  return series_name(series) + " of " + trends::name_of(period);
}

std::string cost_of(const trends::Charge& charge) {
  const std::string account = charge.pure != 0 ? "epsilon " + trends::decimal(charge.pure) + " pure"
                                               : "rho " + trends::decimal(charge.rho);
  return account + " (epsilon " + trends::decimal(charge.epsilon()) + " at delta " +
         std::string(trends::delta_text) + ")";
}

// ---- what there is

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
                    figures_of(release.head.series, release.period()) + ", " +
                    cost_of(release.charge) + (receipts.empty() ? ": no receipt yet" : ""));
  nlohmann::json said = nlohmann::json::array();
  for (const Acknowledged& one : receipts) {
    call.terminal.say(what_it_says(one));
    said.push_back({{"receiver", one.receiver},
                    {"outcome", name_of(one.receipt.outcome)},
                    {"remark", one.receipt.remark}});
  }
  call.terminal.print({{"event", "release"},
                       {"sequence", release.head.sequence},
                       {"series", series_name(release.head.series)},
                       {"period", trends::name_of(release.period())},
                       {"rho", trends::decimal(release.charge.rho)},
                       {"epsilon_pure", trends::decimal(release.charge.pure)},
                       {"hash", hexadecimal(release.hash.view())},
                       {"receipts", said}});
}

void show_proposed(Call& call, const Releases& releases, const ProposedRelease& proposed,
                   const RosterHistory& rosters) {
  const bool is_signed = releases.is_signed(proposed);
  call.terminal.say("PROPOSED: " + figures_of(proposed.proposal.series, proposed.period()) +
                    ", by " + rosters.name_of(proposed.proposal.device) +
                    (is_signed ? "; signed: it can be released"
                               : "; it waits for a second person, who signs with 'countersign'"));
  auto object = json_of(proposed.proposal);
  object["event"] = "proposed";
  object["proposed_by"] = rosters.name_of(proposed.proposal.device);
  object["signed"] = is_signed;
  call.terminal.print(object);
}

void list(Call& call, const Releases& releases, const RosterHistory& rosters) {
  const ReleaseLedger ledger = releases.ledger();
  for (const JournaledRelease& release : ledger.all()) show_release(call, ledger, release);
  for (const auto& lost : ledger.all_lost()) {
    const trends::Period period{lost.head.first, lost.head.last};
    call.terminal.say("LOST: number " + std::to_string(lost.head.sequence) + ", " +
                      figures_of(lost.head.series, period) +
                      ": the receiver has it, this journal does not; it is never drawn again");
    call.terminal.print({{"event", "lost"},
                         {"sequence", lost.head.sequence},
                         {"series", series_name(lost.head.series)},
                         {"period", trends::name_of(period)}});
  }
  for (const ProposedRelease* each : ledger.all_proposed()) {
    show_proposed(call, releases, *each, rosters);
  }
  if (ledger.all().empty()) call.terminal.say("Nothing has been released.");
}

// ---- what there would be

void say_what_it_tells(Call& call) {
  call.terminal.say(
      "What this tells: how many cases of each kind the region had, each figure within its "
      "interval, the same for whoever reads it.");
  call.terminal.say(
      "What it does not tell: whether any one person is in it. Noise hides each case with its "
      "whole "
      "life, also from somebody who knows all others; small figures are therefore uncertain, and "
      "may be below zero.");
}

nlohmann::json show_tables(Call& call, const ReleasePreview& preview,
                           const trends::Period& period) {
  auto tables = json_of_tables(preview.plan, period);
  for (const auto& table : tables) {
    const std::string later = table["in_the_end"] < table["half_width"]
                                  ? ", and within " + table["in_the_end"].dump() +
                                        " once every coarser period is released"
                                  : "";
    call.terminal.say("  " + table["title"].get<std::string>() + ": " + table["cells"].dump() +
                      " figures, each within " + table["half_width"].dump() +
                      " of the truth in 95 of 100" + later);
  }
  return tables;
}

void show_preview(Call& call, const ReleasePreview& preview, const ReleaseWish& wish) {
  call.terminal.say("What releasing the " + figures_of(wish.series, wish.period) +
                    " would give and cost, with the schedule " + wish.schedule + ":");
  const auto tables = show_tables(call, preview, wish.period);
  call.terminal.say("Each case that is counted pays " + cost_of(preview.charge) +
                    ". The case that then has paid most has paid epsilon " +
                    trends::decimal(preview.paid_after) + " of the " +
                    trends::decimal(preview.life) + " that a case may pay in all its life.");
  call.terminal.say("Cases to be counted: " + std::to_string(preview.cases) + ", of which " +
                    std::to_string(preview.not_coded) +
                    " not coded by anybody; left out because the client refused statistics: " +
                    std::to_string(preview.left_out) + ". Nothing was drawn.");
  say_what_it_tells(call);
  call.terminal.print({{"event", "preview"},
                       {"series", series_name(wish.series)},
                       {"period", trends::name_of(wish.period)},
                       {"schedule", wish.schedule},
                       {"noise", trends::name_of(preview.plan.noise)},
                       {"tables", tables},
                       {"rho", trends::decimal(preview.charge.rho)},
                       {"epsilon_pure", trends::decimal(preview.charge.pure)},
                       {"epsilon", trends::decimal(preview.charge.epsilon())},
                       {"delta", trends::delta_text},
                       {"epsilon_of_life", trends::decimal(preview.life)},
                       {"paid_after", trends::decimal(preview.paid_after)},
                       {"cases", preview.cases},
                       {"not_coded", preview.not_coded},
                       {"left_out", preview.left_out}});
}

Outcome<void> show_preview(Call& call, const Releases& releases, const ReleaseWish& wish) {
  const auto preview = releases.preview(wish);
  if (!preview) return pass_on(preview.error());
  show_preview(call, *preview, wish);
  return {};
}

// ---- the deeds

Outcome<void> propose(Call& call, Releases& releases, const ReleaseWish& wish) {
  if (auto shown = show_preview(call, releases, wish); !shown) return shown;
  const auto asked = releases.propose(wish);
  if (!asked) return pass_on(asked.error());
  call.terminal.say(
      "It is proposed. When a second person has signed with 'countersign', run this "
      "command again without --propose.");
  call.terminal.print({{"event", "proposed"}, {"approvers_asked", *asked}});
  return {};
}

// "Adult, Female: ", of the cell at that place in the dimensions' order.
std::string cell_name(const trends::Counted& series, trends::Axes axes, std::size_t cell) {
  std::string name;
  for (std::size_t i = series.dimensions.size(); i-- > 0;) {
    if (!trends::holds_axis(axes, i)) continue;
    const auto& codes = series.dimensions[i].codes;
    name = std::string(codes[cell % codes.size()].label) + (name.empty() ? "" : ", ") + name;
    cell /= codes.size();
  }
  return name.empty() ? "All" : name;
}

void show_table(Call& call, const trends::Counted& series, const trends::Table& table) {
  call.terminal.say(trends::name_of(table.period) + ", " + trends::title_of(series, table.axes) +
                    (table.final ? "" : " (provisional)"));
  const auto told = [](double value) { return nlohmann::json(value).dump(); };
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const trends::Cell& cell = table.cells[i];
    call.terminal.say("  " + cell_name(series, table.axes, i) + ": " + told(cell.estimate) + "  (" +
                      told(cell.lower) + " to " + told(cell.upper) + ")");
  }
}

// What was read back from the journal, and nothing else.
void show_figures(Call& call, const JournaledRelease& release) {
  const auto decoded = crypto::decode_release(release.bytes);
  if (!decoded) return;
  const auto text = crypto::as_text(decoded->document);
  const auto read = trends::read_json_stat(text);
  if (!read.publication) {
    call.terminal.complain("These figures cannot be shown: " + read.reason + ".");
  } else {
    for (const trends::Table& table : read.publication->tables) {
      show_table(call, *read.publication->series, table);
    }
  }
  call.terminal.print(
      {{"event", "figures"}, {"document", nlohmann::json::parse(text, nullptr, false)}});
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

// ---- what was asked for

struct Asked {
  crypto::Series series = crypto::Series::inflow;
  trends::Period period;
};

Outcome<Asked> asked_for(Call& call) {
  const auto* series = trends::find_series(call.options.text("series"));
  if (series == nullptr) return problem(EX_USAGE, "--series is inflow or closures.");
  const auto period = trends::read_period(call.options.text("period"));
  if (!period) {
    return problem(EX_USAGE,
                   "Which period? Name it with --period: a month, 2026-11, a quarter, 2026-Q3, or "
                   "a year, 2026.");
  }
  return Asked{series->id, *period};
}

Outcome<ReleaseWish> wish_for(Call& call, const Releases& releases, const Asked& asked) {
  ReleaseWish wish = usual_wish(releases.ledger(), asked.series, asked.period);
  if (call.options.has("schedule")) wish.schedule = call.options.text("schedule");
  if (call.options.has("budget")) {
    wish.budget.life = trends::read_decimal(call.options.text("budget"));
    if (wish.budget.life == 0) return problem(EX_USAGE, "--budget is a number like 0.088.");
  }
  return wish;
}

Outcome<void> draw(Call& call, Releases& releases, const Asked& asked) {
  trends::SystemRandom bytes;
  trends::UniformFromBytes uniform(bytes);
  const auto released = releases.release(asked.series, asked.period, uniform);
  if (!released) return pass_on(released.error());
  show_figures(call, *released);
  if (call.options.flag("dry-run")) return {};
  return send(call, releases, *released);
}

}  // namespace

config::Table release_options() {
  static constexpr auto all = config::join(staff_options, release_own_options);
  return all;
}

Outcome<void> release(Call& call) {
  const bool listing = call.options.flag("list");
  const auto asked = listing ? Outcome<Asked>(Asked{}) : asked_for(call);
  if (!asked) return pass_on(asked.error());
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  Releases releases((*staff)->home, casework, (*staff)->line, call.clock);
  if (listing) {
    list(call, releases, casework.rosters());
    return {};
  }
  // What is drawn is shown again, whatever was asked.
  const bool there = casework.releases().of(asked->series, asked->period) != nullptr;
  const bool proposing = call.options.flag("propose");
  if (there || (!proposing && !call.options.flag("dry-run"))) return draw(call, releases, *asked);
  const auto wish = wish_for(call, releases, *asked);
  if (!wish) return pass_on(wish.error());
  return proposing ? propose(call, releases, *wish) : show_preview(call, releases, *wish);
}

}  // namespace meldpunt::client
