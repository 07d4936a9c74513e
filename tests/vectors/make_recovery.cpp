#include "crypto/recovery.h"
#include "tests/support/fixed_thread.h"
#include "tests/support/made_up_words.h"
#include "tests/vectors/vector_file.h"

namespace meldpunt::crypto::vectors {

namespace {

using namespace test;
using std::filesystem::path;

std::string text_of(const SecretBuffer& words) { return std::string(as_text(words.view())); }

void make_paper_code(const path& root) {
  const auto region = id_of<RegionId>(0x21);
  const auto list = *WordList::parse(made_up_words('w'));
  const auto save = [&](const char* name, const char* about, Block<paper_code_size> random) {
    const auto code = PaperCode::from_random(random);
    const std::string words = text_of(code.words(list));
    VectorFile file(root, "paper_code");
    file.bytes("region", region.view())
        .text("typed", words)
        .bytes("random", random)
        .text("words", words)
        .bytes("recovery secret", recovery_key(code, region)->secret());
    file.opened(name, about);
    return file;
  };
  save("smallest", "all random bits are zero", filled<paper_code_size>(0));
  save("largest", "all random bits are one", filled<paper_code_size>(0xff));
  const auto file = save("usual", "eleven words", filled<paper_code_size>(0x5a))
                        .without({"random", "words", "recovery secret"});
  const std::string words =
      text_of(PaperCode::from_random(filled<paper_code_size>(0x5a)).words(list));
  const auto refused = [&](const char* name, const char* about, const std::string& typed,
                           Error error) {
    file.with("typed", as_bytes(typed)).refused(name, about, error);
  };
  refused("ten_words", "the last word is missing", words.substr(0, words.rfind(' ')),
          Error::incomplete);
  refused("twelve_words", "a word too many", words + " waabola", Error::bad_checksum);
  refused("another_word", "the last word is another",
          words.substr(0, words.rfind(' ')) + " waabola", Error::bad_checksum);
  refused("no_word", "a word that is in no list", "xyz" + words.substr(words.find(' ')),
          Error::unknown_word);
}

void make_object(const path& root) {
  const FixedRegion region;
  const auto code = PaperCode::from_random(filled<paper_code_size>(0x5a));
  const auto key = *recovery_key(code, region.id);
  RecoverySecrets secrets;
  secrets.vaults.push_back({4, secret_of(0x81), secret_of(0x82)});
  secrets.epochs.push_back({today, EpochSecret::from_secret(region.team.secret())});
  const auto certificate = sign_recovery_certificate({2, key.public_key()}, region.id, region.root);
  const auto& from = region.steward;
  const Buffer object =
      *seal_recovery(secrets, certificate, region.pin, from.entry.id, this_hour, from.signing);
  VectorFile file(root, "recovery");
  file.bytes("pin", region.signed_pin())
      .bytes("recovery secret", key.secret())
      .bytes("writer", from.entry.signing.view())
      .bytes("object", object)
      .number("serial", 2, 4)
      .bytes("device", from.entry.id.view())
      .number("hour", this_hour, 4)
      .number("vault version", 4, 4)
      .bytes("vault key", secret_of(0x81).view())
      .bytes("journal key", secret_of(0x82).view())
      .number("epoch day", today, 4)
      .bytes("epoch secret", region.team.secret());
  file.opened("opened", "a vault and an epoch, sealed to the paper");
  const VectorFile bad = file.without({"serial", "device", "hour", "vault version", "vault key",
                                       "journal key", "epoch day", "epoch secret"});
  const auto refused = [&](const char* name, const char* about, const char* field, Bytes value,
                           Error error) { bad.with(field, value).refused(name, about, error); };
  refused("other_paper", "opened with another paper's key", "recovery secret", filled<32>(1),
          Error::cannot_open);
  refused("other_writer", "signed by another device", "writer",
          signing_key<role::Device>(0x77).public_key().view(), Error::bad_signature);
  refused("altered", "a bit of the ciphertext is turned", "object", flipped(object, 3000),
          Error::bad_signature);
  refused("other_certificate", "a bit of the recovery key is turned", "object",
          flipped(object, 100), Error::bad_signature);
  refused("cut_short", "the last byte is missing", "object", Bytes(object).first(object.size() - 1),
          Error::malformed);
}

}  // namespace

void make_recovery_vectors(const path& root) {
  make_paper_code(root);
  make_object(root);
}

}  // namespace meldpunt::crypto::vectors
