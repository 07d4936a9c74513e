#include "client/lib/releases.h"

#include <algorithm>

#include "client/lib/pieces.h"
#include "client/trends/json_stat.h"

namespace meldpunt::client {

namespace {

constexpr crypto::Series series = crypto::Series::inflow;

std::string date_of(crypto::Day day) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(day)))};
  const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::to_string(static_cast<int>(date.year())) + '-' +
         two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day()));
}

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

// Why a period is not to be drawn: the journal or the receiver knows of its days.
Outcome<void> check_period(const ReleaseLedger& ledger, const trends::Period& period,
                           crypto::Hour now) {
  const std::string name = trends::name_of(period);
  if (!period.over(now)) {
    return problem(EX_TEMPFAIL, name + " is not over: it can be released from " +
                                    date_of(period.last + 1) + " on (UTC)");
  }
  if (const auto* other = ledger.overlapping(series, period)) {
    return problem(EX_DATAERR, "days of " + name + " were released in " +
                                   trends::name_of(other->period()) +
                                   ": each case is counted once, so that no two figures can be "
                                   "compared to find one person; release other periods");
  }
  if (const auto* lost = ledger.lost(series, period)) {
    return problem(
        EX_UNAVAILABLE,
        name + " is lost: the receiver has figures of it (number " +
            std::to_string(lost->head.sequence) +
            ") that this journal does not hold, because the server was set back. It is "
            "never drawn again: two draws of one period would say more than one may. Ask "
            "the receiver for a copy, and report the period as lost here");
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
  return casework_.releases().counted(series, subject);
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

Releases::Chosen Releases::choose(const trends::Period& period) const {
  Chosen chosen;
  for (const auto& [id, entry] : casework_.index().cases()) {
    if (!entry.readable || entry.reports.empty() || !period.holds(entry.oldest)) continue;
    if (entry.coding.statistics_refused()) {
      ++chosen.left_out;
      continue;
    }
    if (casework_.releases().counted(series, id)) continue;
    if (!entry.coding.newest) ++chosen.not_coded;
    chosen.ids.push_back(id);
    chosen.coded.push_back(trends::coded(entry.coding.codes()));
    chosen.most_spent = std::max(chosen.most_spent, casework_.releases().spent(id));
  }
  return chosen;
}

Outcome<trends::Plan> Releases::plan(const ReleaseWish& wish, const trends::Mechanism& mechanism,
                                     const Chosen& chosen) const {
  const auto now = hour_of(clock_.now());
  if (const auto free = check_period(ledger(), wish.period, now); !free) {
    return pass_on(free.error());
  }
  if (wish.budget.life > trends::life_budget_max) {
    return problem(EX_USAGE, "a life budget of " + trends::decimal(wish.budget.life) +
                                 " is more than " + trends::decimal(trends::life_budget_max) +
                                 ": figures so exact could point at one person; choose less");
  }
  trends::Plan plan = mechanism.plan(wish.budget.inflow());
  if (plan.tables.empty()) {
    return problem(EX_USAGE,
                   "this budget is too small for any figure: leave --budget out for the usual one");
  }
  if (chosen.most_spent + plan.rho > wish.budget.life) {
    return problem(
        EX_NOPERM,
        "a case of this period has been counted before, and has no budget left for these "
        "figures: nothing was drawn");
  }
  return plan;
}

Outcome<ReleasePreview> Releases::preview(const ReleaseWish& wish,
                                          const trends::Mechanism& mechanism) const {
  const Chosen chosen = choose(wish.period);
  const auto planned = plan(wish, mechanism, chosen);
  if (!planned) return pass_on(planned.error());
  return ReleasePreview{*planned, wish.budget.life - chosen.most_spent - planned->rho,
                        chosen.ids.size(), chosen.left_out, chosen.not_coded};
}

// False when somebody was first: with this period, or with this number.
Outcome<bool> Releases::append(crypto::SecretBuffer content, const trends::Period& period,
                               std::uint32_t sequence) {
  return casework_.append(
      crypto::EventKind::release, {},
      [&]() -> Outcome<std::optional<crypto::Result<crypto::SecretBuffer>>> {
        const ReleaseLedger known = ledger();
        if (known.overlapping(series, period) != nullptr) return std::nullopt;
        if (known.next_sequence() != sequence) return std::nullopt;
        return crypto::Result<crypto::SecretBuffer>(crypto::SecretBuffer::of(content.view()));
      });
}

Outcome<bool> Releases::journal(const crypto::ReleaseRecord& record, const trends::Period& period,
                                std::uint32_t sequence) {
  auto split = crypto::split_record(record, region());
  if (!split) return problem(EX_SOFTWARE, "the release", split.error());
  for (crypto::SecretBuffer& part : split->parts) {
    auto appended = append(std::move(part), period, sequence);
    if (!appended || !*appended) return appended;
  }
  return append(std::move(split->manifest), period, sequence);
}

Outcome<JournaledRelease> Releases::release(const ReleaseWish& wish,
                                            const trends::Mechanism& mechanism,
                                            trends::Uniform& uniform) {
  if (const auto* there = casework_.releases().of(series, wish.period)) return *there;
  const Chosen chosen = choose(wish.period);
  const auto planned = plan(wish, mechanism, chosen);
  if (!planned) return pass_on(planned.error());
  // The one draw. Below, only its number may change.
  const trends::Figures figures = mechanism.draw(*planned, chosen.coded, uniform);
  for (;;) {
    const std::uint32_t sequence = ledger().next_sequence();
    const std::string document =
        trends::json_stat(figures, *planned, {home_.pin().name, sequence, wish.period});
    const auto document_bytes = crypto::as_bytes(document);
    const auto bytes =
        crypto::encode(crypto::TrendRelease{{sequence, series, wish.period.first, wish.period.last},
                                            {document_bytes.begin(), document_bytes.end()}});
    if (!bytes) return problem(EX_SOFTWARE, "the release", bytes.error());
    const crypto::ReleaseRecord record{*bytes,
                                       hour_of(clock_.now()),
                                       static_cast<std::uint8_t>(planned->tables.size()),
                                       planned->epsilon.numerator,
                                       planned->epsilon.denominator,
                                       chosen.ids};
    const auto done = journal(record, wish.period, sequence);
    if (!done) return pass_on(done.error());
    if (const auto* there = casework_.releases().of(series, wish.period)) return *there;
    // Somebody released another part of these days meanwhile, or took the number.
    if (const auto free = check_period(ledger(), wish.period, hour_of(clock_.now())); !free) {
      return pass_on(free.error());
    }
  }
}

// ---- sending

Outcome<void> Releases::put(const crypto::Device& forwarder, const crypto::Device& receiver,
                            crypto::ObjectKind kind, crypto::Bytes content) {
  const DeviceKeys& keys = home_.keys();
  auto boxed = crypto::seal_to_device(kind, content, receiver, keys.id, keys.signing, region());
  if (!boxed) return problem(EX_SOFTWARE, "the release", boxed.error());
  const auto response = line_.ask(crypto::Put{
      crypto::MailboxKind::box, crypto::box_of(forwarder.id), 0, 0, {}, std::move(*boxed)});
  if (!response) return pass_on(response.error());
  if (response->status != crypto::Status::ok && response->status != crypto::Status::same) {
    return unexpected_status("put the release into the forwarder's box", response->status);
  }
  return {};
}

// One object, or a manifest and its parts; how many there were.
Outcome<std::size_t> Releases::put_all(const crypto::Device& forwarder,
                                       const crypto::Device& receiver, crypto::Bytes release) {
  const auto pieces = pieces_of(crypto::ObjectKind::release, crypto::PartsKind::release, release);
  if (!pieces) return pass_on(pieces.error());
  for (const Piece& piece : *pieces) {
    const auto done = put(forwarder, receiver, piece.kind, piece.content.view());
    if (!done) return pass_on(done.error());
  }
  return pieces->size();
}

Outcome<SentRelease> Releases::send(const JournaledRelease& release, const std::string& receiver) {
  const crypto::Day today = day_of(clock_.now());
  const auto find = [&](crypto::DeviceRole role, const std::string& name) -> const crypto::Device* {
    const auto& devices = casework_.rosters().newest().devices;
    const auto found = std::ranges::find_if(devices, [&](const crypto::Device& device) {
      return device.role == role && device.valid_on(today) && (name.empty() || device.name == name);
    });
    return found == devices.end() ? nullptr : &*found;
  };
  const auto* to = find(crypto::DeviceRole::receiver, receiver);
  const auto* through = find(crypto::DeviceRole::forwarder, {});
  if (to == nullptr || through == nullptr) {
    return problem(EX_CONFIG,
                   std::string("the release is in the journal and was not sent: no ") +
                       (to == nullptr ? "receiver of trends" : "forwarder") +
                       " is enrolled today. Have the steward enrol it, and run the command again");
  }
  const auto objects = put_all(*through, *to, release.bytes);
  if (!objects) return pass_on(objects.error());
  return SentRelease{to->name, *objects};
}

}  // namespace meldpunt::client
