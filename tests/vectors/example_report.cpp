// The report: the code, the sealed bytes, the puzzle.
#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/puzzle.h"
#include "tests/vectors/example.h"

namespace meldpunt::crypto::example {

void Example::show_stretching(const RegionId& region) {
  const Hash salt = hash("code", {region.view()});
  Block<32> stretched{};
  const auto canonical = code_->canonical();
  must(crypto_pwhash_argon2id(stretched.data(), stretched.size(),
                              reinterpret_cast<const char*>(canonical.data()), canonical.size(),
                              salt.bytes.data(), 3, std::size_t{64} << 20,
                              crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0,
       "Argon2id");
  Block<32> prk{};
  hkdf_extract(prk, region.view(), {stretched});
  walk_.value("Argon2id salt", salt.view().first(crypto_pwhash_argon2id_SALTBYTES));
  walk_.value("S", stretched);
  walk_.value("prk", prk);
  Block<32> up_key{};
  hkdf_expand(up_key, prk, {as_bytes("meldpunt/1 up key")});
  must(same_secret(up_key, thread_->shared.up_key.view()), "up key");
}

void Example::make_the_code() {
  // r is chosen; the only four bits that check it are found by trying all sixteen.
  auto canonical = chosen<code_size>("code");
  canonical[0] &= 0x03;
  for (unsigned c = 0; c < 16 && !code_; ++c) {
    canonical[code_size - 1] = static_cast<std::uint8_t>((canonical[code_size - 1] & 0xf0) | c);
    if (auto found = Code::from_canonical(canonical)) code_ = std::move(*found);
  }
  must(code_.has_value(), "code");
  const auto english = need(WordList::parse(contents("config/words/en.txt")), "en.txt");
  const auto dutch = need(WordList::parse(contents("config/words/nl.txt")), "nl.txt");
  thread_ = need(derive_thread(*code_, pin_.region), "thread");
  const ThreadSecrets& shared = thread_->shared;

  walk_.chapter("3. The reporter's code and what it stands for");
  walk_.value("canonical code", code_->canonical());
  walk_.text("code in English words", code_->words(english));
  walk_.text("code in Dutch words", code_->words(dutch));
  walk_.text("code in digits", code_->digits());
  show_stretching(pin_.region);
  walk_.value("thread id", shared.id.view());
  walk_.value("address key", shared.address_key.view());
  walk_.value("up key", shared.up_key.view());
  walk_.value("down key", shared.down_key.view());
  walk_.value("reply secret", thread_->reply.secret());
  walk_.value("reply key", shared.reply_key.view());
  for (std::uint16_t index = 0; index < 2; ++index) {
    walk_.value("address " + std::to_string(index), address_of(shared, pin_.region, index).view());
  }
}

void Example::write_the_report() {
  Report report;
  report.id = report_id_;
  report.thread = thread_->shared.clone();
  report.visit = chosen_id<VisitId>("visit id");
  report.part = 1;
  report.hour = now;
  report.body = Statement{"nl",
                          {{"who", {"SELF"}}, {"exploitation_form", {"LAB.UNPAID", "LAB.HOURS"}}},
                          "Ik werk zes dagen en krijg geen loon.",
                          {}};
  const auto seed = chosen<64>("report encapsulation");
  const EncapsulationSeed as_seed(seed);
  report_ = need(seal_report(report, epoch_.public_key(), pin_.region, &as_seed), "report");

  const Buffer info = bind("report", {pin_.region.view(), epoch_of(report_).view()});
  const Bytes sealed = Bytes(report_).subspan(epoch_id_size);
  const Taken taken = take_apart(sealed, epoch_.secret(), info);
  const Buffer plaintext = open_by_hand(taken, sealed.subspan(hpke_enc_size));
  const auto opened = need(open_report(report_, epoch_, pin_.region), "report");
  must(equal_bytes(plaintext, opened.plaintext.view()), "report plaintext");
  must(continues_thread(opened, thread_->shared.up_key), "report MAC");
  Block<32> exported{};
  taken.exported(exported, "meldpunt/1 report mac");
  must(equal_bytes(exported, opened.exported), "report export");

  walk_.chapter("4. The report");
  walk_.value("report id", report.id.view());
  walk_.value("visit id", report.visit.view());
  walk_.number("hour", report.hour);
  walk_.text("text", std::get<Statement>(report.body).text);
  walk_.value("report encapsulation seed", seed);
  walk_.value("bind(\"report\", region id, epoch id)", info);
  show(taken, "report");
  walk_.value("report, Export(\"meldpunt/1 report mac\", 32)", exported);
  walk_.value("report, MAC", Bytes(plaintext).last(mac_size));
  walk_.value("report plaintext", plaintext);
  walk_.value("sealed report", report_);
}

void Example::solve_the_puzzle() {
  const Hash envelope = hash_of_envelope(report_);
  const auto solved = solve(digest_.effort, digest_.challenge, pin_.region, envelope, 0, 4096);
  must(solved.has_value(), "puzzle");
  answer_ = *solved;
  must(solves(answer_, digest_.effort, digest_.challenge, pin_.region, envelope), "puzzle");
  const Hash salt = hash("puzzle", {digest_.challenge.view(), pin_.region.view(), envelope.view()});
  Block<32> out{};
  must(crypto_pwhash_argon2id(out.data(), out.size(),
                              reinterpret_cast<const char*>(answer_.bytes.data()),
                              answer_.bytes.size(), salt.bytes.data(), 1, std::size_t{1} << 20,
                              crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0,
       "Argon2id");

  walk_.chapter("5. The puzzle");
  walk_.value("envelope hash", envelope.view());
  walk_.value("puzzle salt", salt.view().first(crypto_pwhash_argon2id_SALTBYTES));
  walk_.value("answer, the first that fits from 0 on", answer_.view());
  walk_.value("Argon2id of the answer, its first four bits zero", out);
}

}  // namespace meldpunt::crypto::example
