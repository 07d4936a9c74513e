#include "crypto/recovery.h"
#include "tests/support/made_up_words.h"
#include "tests/vectors/cases.h"

namespace meldpunt::crypto::vectors {

Outcome check_paper_code(const Vector& vector) {
  static const WordList list = *WordList::parse(test::made_up_words('w'));
  const std::array<const WordList*, 1> lists{&list};
  const auto code = PaperCode::parse(vector.text("typed"), lists);
  if (!code) return fail(code.error());
  const auto key = recovery_key(*code, vector.id<RegionId>("region"));
  if (!key) return fail(key.error());
  return Comparison(vector)
      .same("random", code->random())
      .same("words", std::string(as_text(code->words(list).view())))
      .same("recovery secret", key->secret())
      .outcome();
}

Outcome check_recovery(const Vector& vector) {
  const auto pin = trust_pin(vector.bytes("pin"));
  if (!pin) return fail(pin.error());
  const auto head = read_recovery_head(vector.bytes("object"));
  if (!head) return fail(head.error());
  const auto certificate = verify_recovery_certificate(head->certificate, *pin);
  if (!certificate) return fail(certificate.error());
  const auto key = RecoveryKey::from_secret(vector.block<32>("recovery secret"));
  const auto secrets = open_recovery(vector.bytes("object"), key,
                                     vector.id<VerifyKey<role::Device>>("writer"), pin->region);
  if (!secrets) return fail(secrets.error());
  if (secrets->vaults.size() != 1 || secrets->epochs.size() != 1) return fail(Error::malformed);
  return Comparison(vector)
      .number("serial", certificate->serial)
      .same("device", head->from.view())
      .number("hour", head->hour)
      .number("vault version", secrets->vaults[0].version)
      .same("vault key", secrets->vaults[0].vault_key->view())
      .same("journal key", secrets->vaults[0].journal_key.view())
      .number("epoch day", secrets->epochs[0].day)
      .same("epoch secret", secrets->epochs[0].secret.secret())
      .outcome();
}

}  // namespace meldpunt::crypto::vectors
