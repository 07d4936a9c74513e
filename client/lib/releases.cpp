#include "client/lib/releases.h"

#include <algorithm>

#include "client/lib/countersigning.h"
#include "client/lib/frozen_codes.h"
#include "client/lib/second_release.h"
#include "client/trends/json_stat.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;

Outcome<void> check_codes(const trends::Codes& codes) {
  for (const auto& [name, code] : codes) {
    const trends::Dimension* dimension = trends::find_dimension(name);
    if (dimension == nullptr) {
      std::string known;
      for (const auto& other : trends::dimensions()) known.append(" ").append(other.name);
      std::string sentence("there is no dimension \"");
      sentence.append(name).append("\"; there are:").append(known);
      return problem(EX_DATAERR, std::move(sentence));
    }
    if (!dimension->index_of(code)) {
      std::string known;
      for (const auto& other : dimension->codes) known.append(" ").append(other.name);
      std::string sentence(name);
      sentence.append(" has no code \"").append(code).append("\"; it has:").append(known);
      return problem(EX_DATAERR, std::move(sentence));
    }
  }
  return {};
}

}  // namespace

Outcome<bool> Releases::code(const crypto::CaseId& subject, const CodingChange& change) {
  if (const auto known = check_codes(change.codes); !known) return pass_on(known.error());
  const auto appended =
      casework_.append(crypto::EventKind::coding, subject,
                       [&]() -> Outcome<std::optional<crypto::Result<crypto::SecretBuffer>>> {
                         const Case* entry = casework_.index().find(subject);
                         if (entry == nullptr)
                           return problem(EX_NOINPUT, "there is no such case: see 'cases'");
                         if (!entry->readable)
                           return problem(EX_UNAVAILABLE, "this case has been erased");
                         const crypto::Coding coding = changed(entry->coding, change);
                         if (entry->coding.newest == coding) return std::nullopt;
                         return crypto::encode(coding);
                       });
  if (!appended) return pass_on(appended.error());
  return is_counted(casework_, crypto::Series::inflow, subject);
}

ReleaseLedger Releases::ledger() const {
  ReleaseLedger ledger = casework_.releases();
  for (const ReceivedObject& object :
       casework_.received().of(crypto::ObjectKind::release_receipt)) {
    for (const crypto::Roster& roster : casework_.rosters().all()) {
      for (const crypto::Device& device : roster.devices) {
        if (device.role != crypto::DeviceRole::receiver) continue;
        auto receipt = crypto::verify_receipt(object.content, region(), device.signing);
        if (receipt) ledger.take(Acknowledged{std::move(*receipt), device.name});
      }
    }
  }
  return ledger;
}

// ---- proposing

Outcome<Releases::Planned> Releases::plan(const ReleaseWish& wish) const {
  const ReleaseLedger known = ledger();
  auto plan = plan_for(known, wish);
  if (!plan) return pass_on(plan.error());
  const auto free = may_release(known, wish, *plan, hour_of(clock_.now()));
  if (!free) return pass_on(free.error());
  CountedCases cases = counted_cases(casework_, known, wish.series, wish.period);
  if (const auto paid = can_pay(cases, wish, *plan); !paid) return pass_on(paid.error());
  return Planned{std::move(*plan), std::move(cases)};
}

Outcome<ReleasePreview> Releases::preview(const ReleaseWish& wish) const {
  auto planned = plan(wish);
  if (!planned) return pass_on(planned.error());
  const auto& [plan, cases] = *planned;
  const trends::Charge charge = plan.of(*trends::cadence_of(wish.period))->charge;
  return ReleasePreview{plan,
                        charge,
                        trends::epsilon_at_delta(wish.budget.life),
                        cases.most_paid_with(charge),
                        cases.coded.size(),
                        cases.left_out,
                        cases.not_coded};
}

bool Releases::is_signed(const ProposedRelease& proposed) const {
  return second_of(casework_, proposed) != nullptr;
}

Outcome<std::size_t> Releases::propose(const ReleaseWish& wish) {
  const auto planned = plan(wish);
  if (!planned) return pass_on(planned.error());
  const crypto::ReleaseProposal proposal{wish.series,           wish.period.first,
                                         wish.period.last,      home_.keys().id,
                                         hour_of(clock_.now()), terms_of(wish, planned->plan)};
  const auto& known = casework_.releases();
  const auto done = casework_.append(crypto::EventKind::release, {}, [&]() -> Outcome<Content> {
    if (known.overlapping(wish.series, wish.period) != nullptr) return Content{};
    const auto* there = known.proposed(wish.series, wish.period);
    const bool stands =
        there != nullptr && !there->refused && there->proposal.terms == proposal.terms;
    return stands ? Content{} : Content{crypto::encode(proposal)};
  });
  if (!done) return pass_on(done.error());
  // Released by a colleague meanwhile, or signed: nobody is to be asked.
  const auto* stands = known.proposed(wish.series, wish.period);
  if (stands == nullptr || is_signed(*stands)) return 0;
  return ask_approvers(casework_, line_, stands->proposal, hour_of(clock_.now()));
}

// ---- drawing

Outcome<Releases::Agreed> Releases::agreed(crypto::Series series,
                                           const trends::Period& period) const {
  const auto* proposed = casework_.releases().proposed(series, period);
  if (proposed != nullptr && proposed->refused) {
    return problem(EX_NOPERM, "the second person did not sign: \"" + proposed->refused->reason +
                                  "\". Settle that, and propose it anew");
  }
  if (proposed == nullptr || !is_signed(*proposed)) {
    return problem(
        EX_NOPERM,
        "figures are released by two people: " +
            std::string(proposed == nullptr ? "propose it with --propose, and have a second person "
                                              "sign it with 'countersign'"
                                            : "it is proposed, and waits for a second person, who "
                                              "signs it with 'countersign'"));
  }
  auto wish = wish_of(proposed->proposal);
  if (!wish) return pass_on(wish.error());
  auto planned = plan(*wish);
  if (!planned) return pass_on(planned.error());
  if (terms_of(*wish, planned->plan) != proposed->proposal.terms) {
    return problem(EX_DATAERR,
                   "what was signed is not what would be drawn now: propose it anew, and have that "
                   "signed");
  }
  return Agreed{proposed->id, std::move(*wish), std::move(*planned)};
}

Outcome<Releases::Agreed> Releases::settled(crypto::Series series, const trends::Period& period) {
  for (;;) {
    auto on = agreed(series, period);
    if (!on) return pass_on(on.error());
    const auto wrote = freeze(casework_, series, period, on->planned.cases);
    if (!wrote) return pass_on(wrote.error());
    if (!*wrote) return on;
  }
}

// False when somebody was first: with this period, with this number, with another proposal, or with
// other codes.
Outcome<bool> Releases::append(const Agreed& on, std::uint32_t sequence,
                               crypto::SecretBuffer content) {
  return casework_.append(crypto::EventKind::release, {}, [&]() -> Outcome<Content> {
    const ReleaseLedger known = ledger();
    const auto* proposed = known.proposed(on.wish.series, on.wish.period);
    if (proposed == nullptr || proposed->id != on.proposal) return Content{};
    if (known.next_sequence() != sequence) return Content{};
    if (!are_frozen(casework_, on.wish.series, on.wish.period, on.planned.cases)) return Content{};
    return Content{crypto::SecretBuffer::of(content.view())};
  });
}

Outcome<bool> Releases::journal(const Agreed& on, std::uint32_t sequence,
                                const crypto::ReleaseRecord& record) {
  auto split = crypto::split_record(record, region());
  if (!split) return problem(EX_SOFTWARE, "the release", split.error());
  for (crypto::SecretBuffer& part : split->parts) {
    auto appended = append(on, sequence, std::move(part));
    if (!appended || !*appended) return appended;
  }
  return append(on, sequence, std::move(split->manifest));
}

Outcome<JournaledRelease> Releases::release(crypto::Series series, const trends::Period& period,
                                            trends::Uniform& uniform) {
  if (const auto* there = casework_.releases().of(series, period)) return *there;
  const auto on = settled(series, period);
  if (!on) return pass_on(on.error());
  const auto& [plan, cases] = on->planned;
  // The one draw. Below, only its number may change.
  trends::Publication drawn =
      trends::publish(plan, {home_.pin().name, 0, period}, cases.coded,
                      measured_in_year(casework_.releases(), series, period), uniform);
  for (;;) {
    drawn.sequence = ledger().next_sequence();
    const std::string document = trends::json_stat(drawn);
    const auto document_bytes = crypto::as_bytes(document);
    const auto bytes =
        crypto::encode(crypto::TrendRelease{{drawn.sequence, series, period.first, period.last},
                                            {document_bytes.begin(), document_bytes.end()}});
    if (!bytes) return problem(EX_SOFTWARE, "the release", bytes.error());
    const auto done =
        journal(*on, drawn.sequence,
                {*bytes, hour_of(clock_.now()), drawn.charge.rho, drawn.charge.pure, cases.ids});
    if (!done) return pass_on(done.error());
    if (const auto* there = casework_.releases().of(series, period)) return *there;
    // Somebody took the number meanwhile. That release may have counted cases of these.
    const auto still = agreed(series, period);
    if (!still) return pass_on(still.error());
    if (still->proposal != on->proposal || still->planned.cases.ids != cases.ids ||
        !are_frozen(casework_, series, period, cases)) {
      return problem(EX_TEMPFAIL,
                     "somebody else released or proposed figures meanwhile: what was drawn here is "
                     "thrown away; run the command again");
    }
  }
}

}  // namespace meldpunt::client
