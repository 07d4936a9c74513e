#include "client/cli/paper.h"

#include "client/lib/recovery.h"
#include "client/lib/word_lists.h"
#include "crypto/key_file.h"

namespace meldpunt::client {

Outcome<crypto::SigningKey<crypto::role::Root>> unlock_root(const Path& path,
                                                            crypto::Bytes passphrase) {
  const auto file = read_file(path, 4096);
  if (!file) return pass_on(file.error());
  const auto seed = crypto::unlock_with_passphrase(*file, passphrase);
  if (!seed) return problem(EX_NOPERM, path.string(), seed.error());
  if (seed->size() != crypto::signing_seed_size) {
    return problem(EX_DATAERR, path.string() + " holds no root key");
  }
  return crypto::SigningKey<crypto::role::Root>::from_seed(
      seed->view().first<crypto::signing_seed_size>());
}

Outcome<crypto::SigningKey<crypto::role::Root>> root_of(Call& call) {
  if (!call.options.has("root-key")) {
    return problem(EX_USAGE, "Bring the root key file, and name it with --root-key FILE.");
  }
  const auto passphrase = call.terminal.secret(call.options.text("root-passphrase-file"),
                                               "Passphrase of the root key: ");
  if (!passphrase) return pass_on(passphrase.error());
  return unlock_root(call.options.path("root-key"), passphrase->view());
}

Outcome<bool> make_and_show_paper(Call& call, const Home& home,
                                  const crypto::SigningKey<crypto::role::Root>& root) {
  const bool to_file = call.options.has("recovery-file");
  if (!to_file && call.terminal.json()) {
    call.terminal.complain(
        "No recovery code was made: name a file for it with --recovery-file, or make one later "
        "with 'steward paper'. Without it, losing every coordinator's device loses every case.");
    return false;
  }
  const auto serial = paper_serial(home);
  if (!serial) return pass_on(serial.error());
  const auto paper = make_paper(root, home.pin().region, *serial + 1);
  if (!paper) return pass_on(paper.error());
  const auto words = paper->code.words(english_words());
  if (to_file) {
    const auto done = write_new_file(call.options.path("recovery-file"), words.view());
    if (!done) return pass_on(done.error());
  }
  // Nobody seals to a paper that nobody was shown.
  if (const auto kept = keep_certificate(home, paper->certificate); !kept) {
    return pass_on(kept.error());
  }
  if (!to_file) {
    call.terminal.say("The recovery code. Write these eleven words on paper, twice, and keep the " +
                      std::string("two apart from each other and from the root keys; they are "
                                  "shown this once:\n  ") +
                      std::string(crypto::as_text(words.view())));
  }
  return true;
}

}  // namespace meldpunt::client
