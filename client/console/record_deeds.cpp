#include "client/console/record_deeds.h"

#include "client/lib/checklists.h"
#include "client/lib/recording.h"
#include "client/lib/second_closing.h"
#include "client/record/record_json.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

Outcome<record::ItemId> item_of(const record::Kind& kind, const Wish& wish) {
  if (kind.holds == record::Holds::one) return record::ItemId{};
  if (wish.text("item").empty()) return crypto::random_id<record::ItemId>();
  return wish.id<record::ItemId>("item");
}

Outcome<record::RecordEvent> change_of(const Wish& wish) {
  const record::Kind* kind = record::find_kind(wish.text("kind"));
  if (kind == nullptr) {
    return problem(EX_USAGE, "A case file has no such part. Load the page anew.");
  }
  const auto item = item_of(*kind, wish);
  if (!item) return pass_on(item.error());
  record::RecordEvent change;
  change.kind = std::string(kind->name);
  change.item = *item;
  change.seen = wish.number("seen");
  const json* fields = wish.object("fields");
  if (fields == nullptr) return problem(EX_USAGE, "There is nothing to write. Fill in a field.");
  change.removed = Wish(*fields).flag("removed");
  if (change.removed) return change;
  auto read = record::fields_of(*fields);
  if (!read) return problem(EX_USAGE, "A field is neither text nor codes. Load the page anew.");
  change.fields = std::move(*read);
  return change;
}

// Another coordinator finds it in the journal; an approver has to be asked.
Outcome<void> ask_approvers_to_close(Workplace& place, std::string_view kind,
                                     const crypto::CaseId& subject) {
  if (kind != "closing") return {};
  const auto asked = client::ask_to_countersign_closing(place.casework(), place.device.line,
                                                        subject, place.hour());
  if (asked) return {};
  return problem(asked.error().exit_code,
                 "The closing is written, and the approvers could not be "
                 "asked to confirm it. Save it again. " +
                     asked.error().sentence);
}

}  // namespace

Outcome<json> record_item(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  auto change = change_of(wish);
  if (!change) return pass_on(change.error());
  // Written once, even where it is not known whether it arrived.
  change->change = crypto::random_id<record::ChangeId>();
  const json item = client::hexadecimal(change->item.view());
  const auto position = client::write_record(place.casework(), *subject, *change);
  if (position) {
    const auto asked = ask_approvers_to_close(place, change->kind, *subject);
    if (!asked) return pass_on(asked.error());
    return json{{"position", *position}, {"item", item}};
  }
  if (position.error().exit_code != EX_TEMPFAIL) return pass_on(position.error());
  const auto kept = place.outbox->add(*subject, std::move(*change));
  if (!kept) return pass_on(kept.error());
  place.state.unsent = place.outbox->unsent().size();
  return json{{"waits", true}, {"item", item}};
}

Outcome<json> add_checklist(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const client::Checklist* list = client::find_checklist(wish.text("list"));
  if (list == nullptr) return problem(EX_USAGE, "There is no such checklist. Load the page anew.");
  const auto added =
      client::add_checklist(place.casework(), *subject, *list,
                            wish.text("language") == "en" ? client::LabelLanguage::english
                                                          : client::LabelLanguage::dutch);
  if (!added) return pass_on(added.error());
  return json{{"added", *added}};
}

Outcome<json> merge(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto into = wish.id<crypto::CaseId>("into");
  if (!into) return pass_on(into.error());
  const auto done = client::merge_cases(place.casework(), *subject, *into, wish.text("reason"));
  if (!done) return pass_on(done.error());
  return json::object();
}

Outcome<json> split(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto done = client::split_case(place.casework(), *subject);
  if (!done) return pass_on(done.error());
  return json::object();
}

Outcome<json> open_identity(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const std::string reason = wish.text("reason");
  const auto fields = client::open_identity(place.casework(), *subject,
                                            reason.empty() ? "opened in the console" : reason);
  if (!fields) return pass_on(fields.error());
  return json{{"fields", record::json_of(*fields)}};
}

Outcome<json> reopen(Workplace& place, const Wish& wish) {
  const auto subject = wish.id<crypto::CaseId>("case");
  if (!subject) return pass_on(subject.error());
  const auto done = client::reopen_case(place.casework(), *subject);
  if (!done) return pass_on(done.error());
  return json::object();
}

}  // namespace meldpunt::console
