#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/reply.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_thread.h"
#include "tests/support/made_up_words.h"

namespace meldpunt::crypto::fuzz {

namespace {

constexpr std::string_view reply_label = "meldpunt/1 reply mac";

const RegionId& region() {
  static const auto id = test::id_of<RegionId>(0x21);
  return id;
}

const ThreadKeys& thread() {
  static const ThreadKeys keys = test::fixed_thread();
  return keys;
}

// Seals a plaintext with the MAC that it should have.
SealedReply seal_with_mac(Block<reply_plaintext_size>& plaintext, std::uint16_t index) {
  const Address address = address_of(thread().shared, region(), index);
  SealedReply sealed{};
  must(hpke_seal(thread().shared.reply_key, bind("reply", {region().view(), address.view()}),
                 sealed,
                 [&](HpkeContext& context, MutableBytes ciphertext) {
                   Block<32> exported{};
                   context.export_secret(exported, as_bytes(reply_label));
                   hmac(std::span(plaintext).last<mac_size>(), thread().shared.down_key.view(),
                        {as_bytes(reply_label), exported,
                         Bytes(plaintext).first(reply_plaintext_size - mac_size)});
                   context.seal(ciphertext, plaintext);
                 })
           .has_value());
  return sealed;
}

Buffer opened_plaintext(const SealedReply& sealed, std::uint16_t index) {
  const Address address = address_of(thread().shared, region(), index);
  Buffer plaintext(reply_plaintext_size);
  must(hpke_open(thread().reply, bind("reply", {region().view(), address.view()}), sealed,
                 [&](HpkeContext& context, Bytes ciphertext) {
                   return context.open(plaintext, ciphertext);
                 })
           .has_value());
  return plaintext;
}

}  // namespace

void report(Bytes bytes) {
  auto plaintext = sized<report_plaintext_size>(bytes);
  const auto decoded = decode_report(plaintext);
  if (!decoded) return;
  static const auto team = test::opening_key<role::Epoch>(0x05);
  const auto sealed = seal_report(*decoded, team.public_key(), region());
  must(sealed.has_value());
  const auto again = open_report(*sealed, team, region());
  must(again.has_value() && continues_thread(*again, decoded->thread.up_key));
  constexpr std::size_t without_mac = report_plaintext_size - mac_size;
  must(
      equal_bytes(again->plaintext.view().first(without_mac), Bytes(plaintext).first(without_mac)));
}

void reply(Bytes bytes) {
  auto plaintext = sized<reply_plaintext_size>(bytes);
  const auto index = static_cast<std::uint16_t>(plaintext[0] << 8 | plaintext[1]);
  const auto decoded = open_reply(seal_with_mac(plaintext, index), thread(), index, region());
  if (!decoded) return;
  const auto again = seal_reply(*decoded, thread().shared, region());
  must(again.has_value());
  constexpr std::size_t without_mac = reply_plaintext_size - mac_size;
  must(equal_bytes(Bytes(opened_plaintext(*again, index)).first(without_mac),
                   Bytes(plaintext).first(without_mac)));
}

void code(Bytes bytes) {
  static const WordList first = *WordList::parse(test::made_up_words('w'));
  static const WordList second = *WordList::parse(test::made_up_words('d'));
  const std::array<const WordList*, 2> lists{&first, &second};
  const auto parsed = Code::parse(as_text(bytes), lists);
  if (!parsed) return;
  for (const std::string& spelled :
       {parsed->words(first), parsed->words(second), parsed->digits()}) {
    const auto again = Code::parse(spelled, lists);
    must(again && equal_bytes(again->canonical(), parsed->canonical()));
  }
}

void word_list(Bytes bytes) {
  const auto list = WordList::parse(as_text(bytes));
  if (!list) return;
  std::string again;
  for (std::size_t i = 0; i < word_list_size; ++i) {
    again += list->word(i);
    again += '\n';
    must(list->index(list->word(i)) == i);
  }
  must(again == as_text(bytes));
}

}  // namespace meldpunt::crypto::fuzz
