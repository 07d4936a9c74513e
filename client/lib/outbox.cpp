#include "client/lib/outbox.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "client/lib/recording.h"
#include "client/lib/second_closing.h"
#include "crypto/hexadecimal.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

template <class... Each>
struct EachOf : Each... {
  using Each::operator()...;
};

json json_of_unsent(const Unsent& unsent) {
  json entry{{"id", crypto::hexadecimal(unsent.id.view())},
             {"case", crypto::hexadecimal(unsent.subject.view())},
             {"since", unsent.since}};
  std::visit(
      EachOf{[&](const record::RecordEvent& change) { entry["change"] = record::encode(change); },
             [&](const UnsentReply& reply) {
               entry["reply"] = {{"status", static_cast<unsigned>(reply.draft.status)},
                                 {"urgent", reply.draft.urgent},
                                 {"module", reply.draft.text_module},
                                 {"text", reply.draft.text}};
             },
             [&](const UnsentNote& note) { entry["note"] = note.text; }},
      unsent.what);
  return entry;
}

UnsentReply read_unsent_reply(const json& entry) {
  ReplyDraft draft;
  draft.status = static_cast<crypto::ReplyStatus>(entry.value("status", 0U));
  draft.urgent = entry.value("urgent", false);
  draft.text_module = entry.value("module", "");
  draft.text = entry.value("text", "");
  return {std::move(draft)};
}

// Sealed by this device, but perhaps by another version of this program: what has other types
// throws.
std::optional<Unsent> read_unsent(const json& entry) {
  Unsent unsent;
  if (!crypto::from_hexadecimal(entry.value("case", ""), unsent.subject.fill())) {
    return std::nullopt;
  }
  unsent.since = entry.value("since", Position{0});
  if (entry.contains("change")) {
    auto change = record::decode(entry.value("change", ""));
    if (!change) return std::nullopt;
    unsent.id = change->change;
    unsent.what = std::move(*change);
    return unsent;
  }
  if (!crypto::from_hexadecimal(entry.value("id", ""), unsent.id.fill())) return std::nullopt;
  if (entry.contains("reply") && entry.at("reply").is_object()) {
    unsent.what = read_unsent_reply(entry.at("reply"));
  } else if (entry.contains("note")) {
    unsent.what = UnsentNote{entry.value("note", "")};
  } else {
    return std::nullopt;
  }
  return unsent;
}

// Something may have been struck from its case since.
crypto::CaseId case_by_now(const Unsent& unsent, const Casework& casework) {
  return casework.files().by_now(unsent.subject);
}

// And not the line, or this device.
bool concerns_this_one(int exit_code) {
  return exit_code == EX_UNAVAILABLE || exit_code == EX_DATAERR || exit_code == EX_NOINPUT;
}

// Killed after it was journaled it is delivered again: the approvers are asked then.
Outcome<void> deliver_change(Casework& casework, StaffLine& line, const crypto::CaseId& subject,
                             const record::RecordEvent& change) {
  const auto written = write_record(casework, subject, change);
  if (!written) return pass_on(written.error());
  if (change.kind != "closing") return {};
  const auto asked = ask_to_countersign_closing(casework, line, subject, casework.hour());
  if (!asked) return pass_on(asked.error());
  return {};
}

Outcome<void> deliver(Casework& casework, StaffLine& line, const Unsent& unsent) {
  const crypto::CaseId subject = case_by_now(unsent, casework);
  const auto outcome_of = [](const auto& done) -> Outcome<void> {
    if (!done) return pass_on(done.error());
    return {};
  };
  return std::visit(
      EachOf{[&](const record::RecordEvent& change) {
               return deliver_change(casework, line, subject, change);
             },
             [&](const UnsentReply& reply) {
               return outcome_of(casework.reply_once(subject, reply.draft, unsent.since));
             },
             [&](const UnsentNote& note) {
               return outcome_of(casework.note_once(subject, note.text, unsent.since));
             }},
      unsent.what);
}

std::string name_of_unsent(const Unsent& unsent) {
  return std::visit(EachOf{[](const record::RecordEvent& change) { return change.kind; },
                           [](const UnsentReply&) { return std::string("reply"); },
                           [](const UnsentNote&) { return std::string("note"); }},
                    unsent.what);
}

// One that is held because of itself: it was sent, and the answer was lost.
Outcome<bool> was_sent(Casework& casework, const Unsent& unsent) {
  const auto* reply = std::get_if<UnsentReply>(&unsent.what);
  if (reply == nullptr) return false;
  return casework.has_replied(case_by_now(unsent, casework), reply->draft, unsent.since);
}

bool is_of_id(const Unsent& unsent, const UnsentId& id) { return unsent.id == id; }

tl::unexpected<Problem> gone_from_outbox() {
  return problem(EX_NOINPUT, "this waits no longer: it was sent, or taken back");
}

}  // namespace

bool is_held(const Unsent& unsent, const Casework& casework) {
  if (!std::holds_alternative<UnsentReply>(unsent.what)) return false;
  const Case* entry = casework.index().find(case_by_now(unsent, casework));
  if (entry == nullptr) return false;
  const auto is_new = [&](const auto& each) { return each.position > unsent.since; };
  return std::ranges::any_of(entry->reports, is_new) ||
         std::ranges::any_of(entry->replies, [&](const ReplyEntry& reply) {
           return is_new(reply) && reply.status != crypto::ReplyStatus::read;
         });
}

Outbox::Outbox(const Home& home)
    : file_(home, "outbox", "what was written without the line cannot be read") {}

Outcome<Outbox> Outbox::open(const Home& home) {
  Outbox outbox(home);
  if (const auto read = outbox.read(); !read) return pass_on(read.error());
  return outbox;
}

Outcome<void> Outbox::read() {
  const auto list = file_.read();
  if (!list) return pass_on(list.error());
  return take(*list);
}

Outcome<void> Outbox::take(const json& list) {
  unsent_.clear();
  try {
    for (const json& entry : list) {
      auto unsent = entry.is_object() ? read_unsent(entry) : std::nullopt;
      if (!unsent) return file_.damaged();
      unsent_.push_back(std::move(*unsent));
    }
  } catch (const json::exception&) {
    return file_.damaged();
  }
  return {};
}

Outcome<void> Outbox::rewrite(const std::function<Outcome<void>(std::vector<Unsent>&)>& change) {
  return file_.rewrite([&](json& list) -> Outcome<void> {
    if (const auto taken = take(list); !taken) return pass_on(taken.error());
    if (const auto changed = change(unsent_); !changed) return pass_on(changed.error());
    list = json::array();
    for (const Unsent& unsent : unsent_) list.push_back(json_of_unsent(unsent));
    return {};
  });
}

Outcome<void> Outbox::keep(Unsent unsent) {
  return rewrite([&](std::vector<Unsent>& all) -> Outcome<void> {
    if (all.size() >= unsent_most) {
      return problem(EX_TEMPFAIL, std::to_string(unsent_most) +
                                      " changes wait for the server already, and this one was not "
                                      "kept: write on when it answers again");
    }
    all.push_back(std::move(unsent));
    return {};
  });
}

Outcome<void> Outbox::add(const crypto::CaseId& subject, record::RecordEvent change) {
  if (const std::string fault = fault_of_change(change); !fault.empty()) {
    return problem(EX_DATAERR, fault);
  }
  if (change.change.is_zero()) change.change = crypto::random_id<record::ChangeId>();
  const UnsentId id = change.change;
  return keep({id, subject, change.seen, std::move(change)});
}

Outcome<void> Outbox::add(const crypto::CaseId& subject, UnsentReply reply, Position since) {
  return keep({crypto::random_id<UnsentId>(), subject, since, std::move(reply)});
}

Outcome<void> Outbox::add(const crypto::CaseId& subject, UnsentNote note, Position since) {
  return keep({crypto::random_id<UnsentId>(), subject, since, std::move(note)});
}

Outcome<void> Outbox::let_go(const UnsentId& id, Position seen) {
  return rewrite([&](std::vector<Unsent>& all) -> Outcome<void> {
    const auto found =
        std::ranges::find_if(all, [&](const Unsent& each) { return is_of_id(each, id); });
    if (found == all.end()) return gone_from_outbox();
    found->since = seen;
    return {};
  });
}

Outcome<void> Outbox::drop(const UnsentId& id) {
  return rewrite([&](std::vector<Unsent>& all) -> Outcome<void> {
    if (std::erase_if(all, [&](const Unsent& each) { return is_of_id(each, id); }) == 0) {
      return gone_from_outbox();
    }
    return {};
  });
}

Outcome<Delivered> Outbox::send(Casework& casework, StaffLine& line) {
  if (const auto done = read(); !done) return pass_on(done.error());
  Delivered delivered;
  const auto waiting = unsent_;
  for (const Unsent& each : waiting) {
    if (is_held(each, casework)) {
      const auto there = was_sent(casework, each);
      if (!there || !*there) continue;
    }
    const auto written = deliver(casework, line, each);
    const int code = written ? EX_OK : written.error().exit_code;
    if (!written && !concerns_this_one(code)) return pass_on(written.error());
    if (written) {
      ++delivered.sent;
    } else {
      delivered.refused.push_back("what was written as '" + name_of_unsent(each) +
                                  "' cannot be sent: " + written.error().sentence);
    }
    if (!written && code != EX_UNAVAILABLE) continue;
    // Another process may have crossed it off.
    const auto crossed = drop(each.id);
    if (!crossed && crossed.error().exit_code != EX_NOINPUT) return pass_on(crossed.error());
  }
  return delivered;
}

}  // namespace meldpunt::client
