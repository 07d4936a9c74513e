#include "client/lib/tasks.h"

#include <algorithm>
#include <tuple>

#include "client/lib/escalating.h"
#include "client/lib/escalation_words.h"
#include "client/lib/own_box.h"
#include "client/lib/recording.h"
#include "client/lib/requests.h"
#include "client/lib/second_refusals.h"

namespace meldpunt::client {

namespace {

class Finder {
 public:
  Finder(const Casework& casework, const Terms& terms, crypto::Hour now)
      : casework_(casework), terms_(terms), now_(now) {}

  void look_at(const EscalationEntry& entry) {
    if (entry.withdrawn != 0) return;
    if (entry.waits_for_second()) second_person(entry);
    if (entry.sent == 0) return;
    if (!entry.has_carried(crypto::Carried::escalation)) {
      not_sent(entry);
    } else if (entry.lapsed(now_)) {
      add(TaskKind::lapsed, entry, entry.answer_by,
          entry.recipient +
              " has not answered, and it has lapsed: call them, and send it again or "
              "to somebody else");
    } else if (refused_and_left(entry)) {
      add(TaskKind::partner_refused, entry, std::nullopt,
          entry.recipient + " has refused: read why, and find somebody else; 'withdraw' ends it");
    } else if (!entry.answered() && now_ > entry.answer_by) {
      add(TaskKind::answer_overdue, entry, entry.answer_by,
          entry.recipient + " has not answered: call them");
    }
    if (entry.has_carried(crypto::Carried::escalation) && no_longer_consented(entry)) {
      add(TaskKind::consent_withdrawn, entry, std::nullopt,
          "the consent under which " + entry.recipient +
              " was told has been taken back: 'withdraw' says so to them");
    }
  }
  void look_at(const ErasureEntry& entry) {
    tasks_.push_back({TaskKind::erasure_proposed, entry.subject, std::nullopt, std::nullopt,
                      entry.strikes
                          ? "it was proposed to strike something from this case: a second "
                            "person signs with 'countersign'"
                          : "it was proposed to erase this case: a second person signs "
                            "with 'countersign'"});
  }
  void look_at(const Case& entry) {
    if (!entry.readable) return;
    second_person_said_no(entry);
    for (const OpenRequest& request : open_requests(casework_, terms_, entry.id)) {
      asked(entry.id, request);
    }
    for (const record::Item* need : casework_.files().of(entry.id).several("need")) {
      reflection(entry.id, *need);
    }
  }
  void look_at(const crypto::CaseId& erased) {
    const auto state = erasure_state(erased, casework_.vault_history(), casework_.rosters(), now_);
    if (!state.erased || state.complete) return;
    tasks_.push_back(
        {TaskKind::erasure_unfinished, erased, std::nullopt, std::nullopt, describe(state)});
  }
  [[nodiscard]] std::vector<Task> take() { return std::move(tasks_); }

 private:
  void second_person(const EscalationEntry& entry) {
    if (entry.review_by) {
      add(TaskKind::review, entry, entry.review_by,
          "sent by one person, in haste: a second person reviews it with 'countersign'");
      return;
    }
    add(TaskKind::to_countersign, entry, std::nullopt,
        "waits for a second person, who signs with 'countersign'");
  }
  void second_person_said_no(const Case& entry) {
    for (const auto& refusal : refusals_of(casework_, entry.id)) {
      tasks_.push_back(
          {TaskKind::second_refused, entry.id, std::nullopt, std::nullopt,
           refusal.by + " does not sign as the second person: " + refusal.refusal.reason});
    }
  }
  // Until the case is closed, or something else has been proposed or sent since.
  [[nodiscard]] bool refused_and_left(const EscalationEntry& entry) const {
    const AnswerEntry* last = entry.last_answer();
    if (last == nullptr || last->said != crypto::Said::refused) return false;
    if (state_of(casework_, entry.subject).closed) return false;
    return std::ranges::none_of(casework_.escalations().all(), [&](const auto& other) {
      return other.second.subject == entry.subject && other.second.written() > last->position;
    });
  }
  void asked(const crypto::CaseId& subject, const OpenRequest& request) {
    if (request.what != request_to_erase) {
      tasks_.push_back({TaskKind::request_open, subject, std::nullopt, request.due,
                        "a request is not answered yet: its outcome goes into the case file"});
    } else if (!casework_.escalations().erasures().contains(subject)) {
      tasks_.push_back({TaskKind::erasure_asked, subject, std::nullopt, request.due,
                        "somebody asks to have everything erased: 'erase' proposes it, or the "
                        "case file says why not"});
    }
  }
  // From the day on which it was written down as arranged.
  void reflection(const crypto::CaseId& subject, const record::Item& need) {
    const auto arranged = [](const record::Version& version) {
      return record::text_in(version.fields, "need") == "P2.REFLECT" &&
             record::text_in(version.fields, "state") == "ARRANGED";
    };
    if (!arranged(need.now())) return;
    const auto first = std::ranges::find_if(need.history, arranged);
    const auto ends = terms_.end_of("reflection", first->hour);
    if (!ends) return;
    tasks_.push_back({TaskKind::reflection_ends, subject, std::nullopt, ends,
                      "the reflection period ends: what does the client want next?"});
  }
  void not_sent(const EscalationEntry& entry) {
    if (!may_go(casework_, entry, now_)) {
      add(TaskKind::not_sent, entry, std::nullopt,
          "was stopped: the consent no longer stands, or it has become too old");
      tasks_.back().why = "stopped";
    } else if (devices_of(casework_.rosters(), entry.recipient, crypto::day_of(now_)).empty()) {
      add(TaskKind::not_sent, entry, std::nullopt,
          "cannot go: no device of " + entry.recipient + " is enrolled today");
      tasks_.back().why = "no_device";
    } else {
      add(TaskKind::not_sent, entry, std::nullopt,
          "goes to " + entry.recipient + " while somebody is on duty");
    }
  }
  [[nodiscard]] bool no_longer_consented(const EscalationEntry& entry) const {
    if (!entry.consent) return false;
    const auto* consent = casework_.consents().find(entry.subject, *entry.consent);
    return consent != nullptr && consent->stand &&
           consent->stand->choice != crypto::ConsentChoice::given;
  }
  void add(TaskKind kind, const EscalationEntry& entry, std::optional<crypto::Hour> due,
           std::string sentence) {
    tasks_.push_back({kind, entry.subject, entry.id, due, std::move(sentence)});
  }

  const Casework& casework_;
  const Terms& terms_;
  crypto::Hour now_;
  std::vector<Task> tasks_;
};

}  // namespace

std::string_view name_of(TaskKind kind) {
  static constexpr std::array<std::string_view, 13> names{
      "answer_overdue",    "to_countersign", "review",           "not_sent",
      "consent_withdrawn", "erasure_asked",  "erasure_proposed", "erasure_unfinished",
      "partner_refused",   "lapsed",         "second_refused",   "request_open",
      "reflection_ends"};
  return names.at(static_cast<std::size_t>(kind));
}

std::vector<Task> tasks_of(const Casework& casework, const Terms& terms, crypto::Hour now) {
  Finder finder(casework, terms, now);
  for (const auto& [id, entry] : casework.escalations().all()) finder.look_at(entry);
  for (const auto& [subject, entry] : casework.escalations().erasures()) finder.look_at(entry);
  for (const auto& [subject, entry] : casework.index().cases()) finder.look_at(entry);
  for (const auto& [subject, erasure] : casework.vault_history().erasures()) {
    finder.look_at(subject);
  }
  auto tasks = finder.take();
  std::ranges::stable_sort(tasks, {}, [&](const Task& task) {
    return std::tuple(!task.due || *task.due > now, task.due.value_or(0xffffffff));
  });
  return tasks;
}

}  // namespace meldpunt::client
