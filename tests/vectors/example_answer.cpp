// The case: taken in, answered, read, burned.
#include "crypto/label.h"
#include "crypto/puzzle.h"
#include "tests/vectors/example.h"

namespace meldpunt::crypto::example {

void Example::take_it_in() {
  case_ = case_of(thread_->shared.id, vault_, pin_.region);
  const SlotId slot = slot_of(case_, pin_.region);
  const SlotValue wrapped = wrap_case_key(case_key_, slot, vault_, pin_.region);
  need(unwrap_case_key(wrapped, slot, vault_, pin_.region), "slot");
  auto opened = need(open_report(report_, epoch_, pin_.region), "report");
  const bool continues = continues_thread(opened, thread_->shared.up_key);
  const auto content = need(encode(TakenIn{std::move(opened), continues}), "taken in");
  const EventHead head{{}, case_, EventKind::taken_in, now, device_};
  const Buffer event = need(
      seal_event(head, content.view(), case_key_, vault_, device_key_, pin_.region, true), "event");
  head_ = hash_of_event(event, pin_.region);

  walk_.chapter("7. A coordinator's device takes the report in");
  walk_.number("vault version", vault_.version);
  walk_.value("vault key", vault_.vault_key->view());
  walk_.value("journal key", vault_.journal_key.view());
  walk_.value("case id", case_.view());
  walk_.value("slot", slot.view());
  walk_.value("case key", case_key_.view());
  walk_.value("slot value, version 1", wrapped);
  walk_.value("device signing seed", device_key_.seed());
  walk_.value("device signing key", device_key_.public_key().view());
  walk_.value("taken in, content", content.view());
  walk_.value("journal event 1, taken in", event);
  walk_.value("journal event 1, hash", head_.view());
}

void Example::write_the_reply() {
  Reply reply;
  reply.last_seen = report_id_;
  reply.burn = token_;
  reply.expires = now + 30 * 24;
  reply.text = "Dank u wel. U bent niet strafbaar. Wilt u dat wij een veilige plek zoeken?";
  const auto seed = chosen<64>("reply encapsulation");
  const EncapsulationSeed as_seed(seed);
  reply_ = need(seal_reply(reply, thread_->shared, pin_.region, &as_seed), "reply");

  const Address address = address_of(thread_->shared, pin_.region, 0);
  const Buffer info = bind("reply", {pin_.region.view(), address.view()});
  const Taken taken = take_apart(reply_, thread_->reply.secret(), info);
  const Buffer plaintext = open_by_hand(taken, Bytes(reply_).subspan(hpke_enc_size));
  Block<32> exported{};
  taken.exported(exported, "meldpunt/1 reply mac");

  ReplyWritten written;
  written.guard = guard_of(token_);
  written.sealed = reply_;
  written.last_seen = reply.last_seen;
  written.expires = reply.expires;
  written.text = reply.text;
  const auto content = need(encode(written), "reply event");
  const EventHead head{head_, case_, EventKind::reply, now, device_};
  const Buffer event = need(
      seal_event(head, content.view(), case_key_, vault_, device_key_, pin_.region, true), "event");

  walk_.chapter("8. The coordinator answers");
  walk_.text("reply text", reply.text);
  walk_.value("burn token", token_.view());
  walk_.value("guard", written.guard.view());
  walk_.number("expires", reply.expires);
  walk_.value("reply encapsulation seed", seed);
  walk_.value("bind(\"reply\", region id, address 0)", info);
  show(taken, "reply");
  walk_.value("reply, Export(\"meldpunt/1 reply mac\", 32)", exported);
  walk_.value("reply, MAC", Bytes(plaintext).last(mac_size));
  walk_.value("reply plaintext", plaintext);
  walk_.value("sealed reply", reply_);
  walk_.value("journal event 2, reply", event);
  walk_.value("journal event 2, hash", hash_of_event(event, pin_.region).view());

  walk_.say("At the next tick the device that holds the duty puts the reply at its address.");
  exchange_inside("put reply",
                  Put{MailboxKind::address, address.bytes, 0, reply.expires, written.guard,
                      Buffer(reply_.begin(), reply_.end())},
                  Response{Status::ok, 0, 0, 0, 0, {}});
}

void Example::fetch_the_reply() {
  const Address address = address_of(thread_->shared, pin_.region, 0);
  walk_.chapter("9. The reporter comes back");
  walk_.say(
      "From the seven words follow thread keys and addresses as in chapter 3. The new notice has a "
      "salt of its own; its tags hold the tag of address 0.");
  digest_.salt = chosen_id<Salt>("salt of the next tick");
  const Address living[] = {address};
  digest_.tags = need(make_tags(digest_.salt, living), "tags");
  must(digest_.may_hold(address), "tag");
  Block<4> tag{};
  Writer(tag).u32(tag_of(digest_.salt, address));
  walk_.value("salt of the next tick", digest_.salt.view());
  walk_.value("tag of address 0", tag);
  exchange_inside(
      "get reply", Get{MailboxKind::address, address.bytes, 0},
      Response{Status::ok, 0, 0, 0, now + 30 * 24, Buffer(reply_.begin(), reply_.end())});
  const auto reply = need(open_reply(reply_, *thread_, 0, pin_.region), "reply");
  walk_.text("the reporter reads", reply.text);
}

void Example::burn_the_reply() {
  walk_.chapter("10. The reporter burns the reply");
  exchange_inside(
      "burn", Burn{MailboxKind::address, address_of(thread_->shared, pin_.region, 0).bytes, token_},
      Response{Status::ok, 0, 0, 0, 0, {}});
}

}  // namespace meldpunt::crypto::example
