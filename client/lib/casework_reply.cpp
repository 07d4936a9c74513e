// Writing replies: sealed when they are journaled, put at their address at a tick.
#include <sodium.h>

#include "client/lib/casework.h"

namespace meldpunt::client {

namespace {

constexpr crypto::Hour reply_hours = 30 * 24;
constexpr crypto::Hour fuzz_hours = 7 * 24;

}  // namespace

// When a reply goes tells little of when it was written.
crypto::Hour fuzzy_expiry(crypto::Hour now) {
  return now + reply_hours - fuzz_hours + randombytes_uniform(2 * fuzz_hours + 1);
}

Outcome<std::optional<Draft>> Casework::draft_reply(const crypto::CaseId& subject,
                                                    const ReplyDraft& draft_of) {
  const auto entry = find(subject);
  if (!entry) return pass_on(entry.error());
  const Case& known = **entry;
  if (known.replies.size() >= crypto::reply_indices) {
    return problem(EX_DATAERR,
                   "this thread has 256 replies, and no room for more: ask the reporter, in "
                   "the last one, to make a new report");
  }
  const auto first = first_report(known);
  if (!first) return pass_on(first.error());
  crypto::Reply reply;
  reply.index = static_cast<std::uint16_t>(known.replies.size());
  if (!known.replies.empty()) reply.previous = known.replies.back().hash;
  reply.last_seen = known.reports.back().id;
  reply.status = draft_of.status;
  reply.burn = crypto::random_id<crypto::BurnToken>();
  reply.expires = fuzzy_expiry(hour());
  reply.consent = draft_of.consent;
  reply.text_module = draft_of.text_module;
  reply.text = draft_of.text;
  const auto sealed = crypto::seal_reply(reply, first->thread, region());
  if (!sealed) {
    return problem(EX_DATAERR,
                   "this reply (at most " + std::to_string(crypto::reply_text_max) +
                       " bytes of text without control characters)",
                   sealed.error());
  }
  return draft(crypto::EventKind::reply, subject,
               crypto::encode(crypto::ReplyWritten{draft_of.urgent, crypto::guard_of(reply.burn),
                                                   *sealed, reply.index, reply.previous,
                                                   reply.last_seen, reply.status, reply.expires,
                                                   reply.consent, reply.text_module, reply.text}));
}

Outcome<crypto::Put> Casework::address_of(const WaitingReply& waiting) {
  const auto entry = find(waiting.subject);
  if (!entry) return pass_on(entry.error());
  const auto content = content_at(waiting.position, waiting.subject);
  if (!content) return pass_on(content.error());
  const auto reply = crypto::decode_reply_written(content->view());
  if (!reply) return problem(EX_DATAERR, "a reply of the journal", reply.error());
  const auto first = first_report(**entry);
  if (!first) return pass_on(first.error());
  const crypto::Address address = crypto::address_of(first->thread, region(), waiting.index);
  return crypto::Put{crypto::MailboxKind::address,
                     address.bytes,
                     0,
                     reply->expires,
                     reply->guard,
                     {reply->sealed.begin(), reply->sealed.end()}};
}

Outcome<void> Casework::mark_posted(const WaitingReply& waiting) {
  const auto done = journal_->append(hour(), [&]() -> Outcome<std::optional<Draft>> {
    const auto entry = find(waiting.subject);
    if (!entry) return pass_on(entry.error());
    if ((*entry)->replies.at(waiting.index).posted) return std::nullopt;
    return draft(crypto::EventKind::posted, waiting.subject,
                 crypto::encode(crypto::Posted{waiting.index}));
  });
  if (!done) return pass_on(done.error());
  return {};
}

}  // namespace meldpunt::client
