#include "crypto/hpke.h"
#include "crypto/label.h"
#include "crypto/recovery.h"
#include "crypto/wire/writer.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_region.h"
#include "tests/support/made_up_words.h"

namespace meldpunt::crypto::fuzz {

namespace {

const test::FixedRegion& region() {
  static const test::FixedRegion fixed;
  return fixed;
}

const RecoveryKey& paper() {
  static const RecoveryKey fixed = test::opening_key<role::Recovery>(0x51);
  return fixed;
}

// The plaintext, sealed and signed as the steward would.
Buffer object_of(Bytes plaintext) {
  const auto& from = region().steward;
  Buffer object(recovery_object_size);
  Writer(object)
      .bytes(sign_recovery_certificate({1, paper().public_key()}, region().id, region().root))
      .bytes(from.entry.id.view())
      .u32(test::this_hour);
  Buffer padded(recovery_plaintext_size);
  copy_bytes(plaintext.first(std::min(padded.size(), plaintext.size())), padded);
  const Bytes head = Bytes(object).first(recovery_head_size);
  must(hpke_seal(paper().public_key(), bind("recovery", {region().id.view(), head}),
                 MutableBytes(object).subspan(recovery_head_size,
                                              object.size() - recovery_head_size - signature_size),
                 [&](HpkeContext& context, MutableBytes out) { context.seal(out, padded); })
           .has_value());
  const Bytes body = Bytes(object).first(object.size() - signature_size);
  copy_bytes(from.signing.sign("recovery", region().id, body).view(),
             MutableBytes(object).last(signature_size));
  return object;
}

}  // namespace

void recovery(Bytes bytes) {
  const auto head = read_recovery_head(bytes);
  if (head) (void)verify_recovery_certificate(head->certificate, region().pin);
  (void)verify_recovery_certificate(bytes, region().pin);
  const auto& writer = region().steward.entry.signing;
  (void)open_recovery(bytes, paper(), writer, region().id);
  (void)open_recovery(object_of(bytes), paper(), writer, region().id);
}

void paper_code(Bytes bytes) {
  static const WordList first = *WordList::parse(test::made_up_words('w'));
  static const WordList second = *WordList::parse(test::made_up_words('d'));
  const std::array<const WordList*, 2> lists{&first, &second};
  const auto parsed = PaperCode::parse(as_text(bytes), lists);
  if (!parsed) return;
  for (const WordList* list : lists) {
    const auto again = PaperCode::parse(as_text(parsed->words(*list).view()), lists);
    must(again && equal_bytes(again->random(), parsed->random()));
  }
}

}  // namespace meldpunt::crypto::fuzz
