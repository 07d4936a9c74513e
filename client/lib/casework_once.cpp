// Replies and notes that waited for the server: written, and never twice.
//
// Neither has a number of its own in the journal, so what makes it once is what it says: this
// device, after what its writer had read, the same words. It is looked at again each time somebody
// else was first, because a try whose answer was lost may land late.
#include <algorithm>

#include "client/lib/casework.h"

namespace meldpunt::client {

Outcome<bool> Casework::has_replied(const crypto::CaseId& subject, const ReplyDraft& draft,
                                    Position since) {
  const auto entry = find(subject);
  if (!entry) return pass_on(entry.error());
  for (const ReplyEntry& reply : (*entry)->replies) {
    if (reply.position <= since || reply.status != draft.status) continue;
    crypto::EventHead head;
    const auto content = content_at(reply.position, subject, &head);
    if (!content) return pass_on(content.error());
    const auto said = crypto::decode_reply_written(content->view());
    if (!said) return problem(EX_DATAERR, "a reply of the journal", said.error());
    if (head.device == home_.keys().id && said->text == draft.text &&
        said->text_module == draft.text_module) {
      return true;
    }
  }
  return false;
}

Outcome<bool> Casework::has_noted(const Case& entry, const std::string& text, Position since) {
  for (const Position position : entry.notes) {
    if (position <= since) continue;
    crypto::EventHead head;
    const auto content = content_at(position, entry.id, &head);
    if (!content) return pass_on(content.error());
    const auto note = crypto::decode_note(content->view());
    if (!note) return problem(EX_DATAERR, "a note of the journal", note.error());
    if (head.device == home_.keys().id && note->text == text) return true;
  }
  return false;
}

Outcome<bool> Casework::reply_once(const crypto::CaseId& subject, const ReplyDraft& draft,
                                   Position since) {
  return journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    const auto there = has_replied(subject, draft, since);
    if (!there) return pass_on(there.error());
    if (*there) return std::nullopt;
    return draft_reply(subject, draft);
  });
}

Outcome<bool> Casework::note_once(const crypto::CaseId& subject, const std::string& text,
                                  Position since) {
  return journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    const auto entry = find(subject);
    if (!entry) return pass_on(entry.error());
    const auto there = has_noted(**entry, text, since);
    if (!there) return pass_on(there.error());
    if (*there) return std::nullopt;
    return draft_note(subject, text);
  });
}

}  // namespace meldpunt::client
