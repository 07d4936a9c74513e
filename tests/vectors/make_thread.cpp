#include "crypto/label.h"
#include "tests/support/fixed_thread.h"
#include "tests/support/made_up_words.h"
#include "tests/vectors/vector_file.h"

namespace meldpunt::crypto::vectors {

namespace {

using namespace test;
using std::filesystem::path;

void describe_code(VectorFile& file, const Code& code, const WordList& list) {
  file.bytes("canonical", code.canonical())
      .text("digits", code.digits())
      .text("words", code.words(list));
}

// The first code from `number` upwards whose check fits.
Code code_from(Block<code_size> number) {
  for (std::uint8_t check = 0;; ++check) {
    number.back() = static_cast<std::uint8_t>((number.back() & 0xf0) | check);
    if (auto code = Code::from_canonical(number)) return std::move(*code);
  }
}

void make_refused_codes(const path& root, const std::string& words, const std::string& digits) {
  VectorFile bad(root, "code");
  const auto refused = [&](const char* name, const char* about, const std::string& typed,
                           Error error) { bad.text("typed", typed).refused(name, about, error); };
  const std::string six = words.substr(0, words.rfind(' '));
  refused("six_words", "the last word is missing", six, Error::incomplete);
  refused("eight_words", "a word too many", words + " waabola", Error::bad_checksum);
  refused("unknown_word", "a word of no list", six + " unknown", Error::unknown_word);
  refused("ambiguous_word", "a word cut where 26 begin so", six + " waa", Error::unknown_word);
  refused("wrong_word", "the last word is another", six + " waacola", Error::bad_checksum);
  refused("short_digits", "27 digits", digits.substr(0, digits.size() - 1), Error::incomplete);
  refused("long_digits", "29 digits", digits + "0", Error::bad_checksum);
  refused("too_large", "28 nines are more than seven words can say",
          "9999 9999 9999 9999 9999 9999 9999", Error::bad_checksum);
  refused("nothing", "nothing typed", "", Error::incomplete);
}

void make_code(const path& root) {
  const auto list = *WordList::parse(made_up_words('w'));
  const auto other = *WordList::parse(made_up_words('d'));
  const Code code = code_from(filled<code_size>(0x03));
  VectorFile file(root, "code");
  const auto typed = [&](const char* name, const char* about, const std::string& text) {
    file.text("typed", text);
    describe_code(file, code, list);
    file.opened(name, about);
  };
  const std::string words = code.words(list);
  typed("words", "seven words; the lists are made up, see tests/support/made_up_words.h", words);
  typed("digits", "28 digits", code.digits());
  typed("other_list", "the words of the other list", code.words(other));
  std::string shouted = words;
  for (char& c : shouted) c = c == ' ' ? '-' : static_cast<char>(c - 'a' + 'A');
  typed("capitals_and_dashes", "in capitals, with dashes", shouted);
  std::string brief;
  std::size_t letters = 0;
  for (const char c : words) {
    letters = c == ' ' ? 0 : letters + 1;
    if (letters <= 4 || words.find("both") != std::string::npos) brief += c;
  }
  typed("cut_short_words", "each word cut where only one begins so", brief);

  const struct {
    const char* name;
    const char* about;
    Block<code_size> from;
  } rows[] = {{"smallest", "r = 0", {}},
              {"largest",
               "the largest r, 7776^7 / 16 - 1",
               {0x05, 0x8d, 0xfb, 0x66, 0xc9, 0x84, 0xbc, 0xd7, 0xff, 0xff, 0xff, 0xf0}}};
  for (const auto& row : rows) {
    const Code edge = code_from(row.from);
    VectorFile extreme(root, "code");
    extreme.text("typed", edge.digits());
    describe_code(extreme, edge, list);
    extreme.opened(row.name, row.about);
  }
  make_refused_codes(root, words, code.digits());
}

void make_thread(const path& root) {
  for (const std::uint8_t byte : Buffer{0x21, 0x22}) {
    const Code code = code_from(filled<code_size>(0x03));
    const auto region = id_of<RegionId>(byte);
    const auto keys = *derive_thread(code, region);
    VectorFile file(root, "thread");
    file.bytes("code", code.canonical())
        .bytes("region", region.view())
        .bytes("salt", hash("code", {region.view()}).view().first(16))
        .bytes("thread id", keys.shared.id.view())
        .bytes("address key", keys.shared.address_key.view())
        .bytes("up key", keys.shared.up_key.view())
        .bytes("down key", keys.shared.down_key.view())
        .bytes("reply secret", keys.reply.secret())
        .bytes("reply key", keys.shared.reply_key.view())
        .bytes("address 0", address_of(keys.shared, region, 0).view())
        .bytes("address 255", address_of(keys.shared, region, 255).view());
    if (byte == 0x21) {
      file.opened("derived", "everything that one code stands for in one region");
    } else {
      file.opened("other_region", "the same code in another region");
    }
  }
  VectorFile bad(root, "thread");
  Block<code_size> wrong{};
  copy_bytes(code_from(filled<code_size>(0x03)).canonical(), wrong);
  wrong.back() ^= 1;
  bad.bytes("code", wrong)
      .bytes("region", id_of<RegionId>(0x21).view())
      .refused("wrong_checksum", "the last bit of the code is turned", Error::bad_checksum);
}

void make_report_plaintexts(const path& root, const FixedRegion& region) {
  const Statement statement = a_statement();
  Statement enclosing = statement;
  enclosing.enclosed.push_back(*make_manifest(PartsKind::image, Buffer(500, 1), 200));
  const struct {
    const char* name;
    Report report;
  } rows[] = {
      {"report", a_report(ReportKind::report, statement)},
      {"message", a_report(ReportKind::message, statement)},
      {"advice", a_report(ReportKind::advice, statement)},
      {"enclosing", a_report(ReportKind::report, enclosing)},
      {"consent_answer", a_report(ReportKind::consent_answer,
                                  ConsentAnswer{id_of<ConsentId>(1), ConsentChoice::given, "ja"})},
      {"erase", a_report(ReportKind::erase, EraseRequest{"wis alles"})},
      {"part", a_report(ReportKind::part, Part{id_of<Hash>(1), 2, {1, 2, 3}})},
  };
  VectorFile file(root, "report");
  for (const auto& row : rows) {
    const auto sealed = *seal_report(row.report, region.team.public_key(), region.id);
    const auto opened = *open_report(sealed, region.team, region.id);
    file.bytes("plaintext", opened.plaintext.view())
        .bytes("report id", row.report.id.view())
        .bytes("thread id", row.report.thread.id.view())
        .number("hour", row.report.hour, 4)
        .number("report kind", static_cast<std::uint8_t>(row.report.kind), 1);
    file.opened(row.name, "the plaintext of one kind");
  }
}

void make_refused_reports(const path& root, const OpenedReport& opened) {
  const auto malformed = [&](const char* name, const char* about, std::size_t at,
                             std::uint8_t bits) {
    VectorFile(root, "report")
        .bytes("plaintext", flipped(opened.plaintext.view(), at, bits))
        .refused(name, about, Error::malformed);
  };
  const std::size_t kind_at = report_head_size - 1;
  malformed("unknown_kind", "kind 9", kind_at, 8);
  malformed("other_kind", "the body of a report under the kind of a consent answer", kind_at, 5);
  malformed("nonzero_padding", "the byte before the MAC is not zero",
            report_plaintext_size - mac_size - 1, 1);
  malformed("length_past_end", "the length runs past the end", kind_at + 1, 0x80);
  malformed("control_character", "the text has a control character",
            report_head_size + 2 + (2 + 2) + 1 + (2 + 17) + 1 + (2 + 10) + (2 + 9) + (2 + 5) + 1 +
                (2 + 2) + 2,
            'I' ^ 0x07);
}

void make_report(const path& root) {
  const FixedRegion region;
  make_report_plaintexts(root, region);
  const auto seed = filled<64>(0xe3);
  const EncapsulationSeed view(seed);
  const Report report = a_report();
  const auto sealed = *seal_report(report, region.team.public_key(), region.id, &view);
  const auto opened = *open_report(sealed, region.team, region.id);
  make_refused_reports(root, opened);

  VectorFile file(root, "report");
  file.bytes("region", region.id.view())
      .bytes("secret", region.team.secret())
      .bytes("seed", seed)
      .bytes("up key", report.thread.up_key.view())
      .bytes("sealed", sealed)
      .bytes("plaintext", opened.plaintext.view())
      .bytes("exported", opened.exported)
      .bytes("report id", report.id.view())
      .bytes("thread id", report.thread.id.view())
      .number("hour", report.hour, 4)
      .number("report kind", 1, 1);
  file.opened("sealed", "sealed to the team with a fixed encapsulation seed");
  const VectorFile bad = file.without(
      {"seed", "plaintext", "exported", "report id", "thread id", "hour", "report kind"});
  const auto refused = [&](const char* name, const char* about, std::size_t at) {
    bad.with("sealed", flipped(sealed, at)).refused(name, about, Error::cannot_open);
  };
  refused("other_epoch_id", "the epoch id in clear is another than was bound", 0);
  refused("flipped_enc", "a bit of enc is turned", epoch_id_size);
  refused("wrong_tag", "the last bit is turned", sealed_report_size - 1);
  bad.with("region", id_of<RegionId>(1).view())
      .refused("wrong_region", "sealed for another region", Error::cannot_open);
  bad.with("up key", filled<32>(1))
      .refused("other_thread", "the MAC is not under this up key", Error::bad_signature);
}

VectorFile reply_file(const path& root, const Reply& reply, const RegionId& region,
                      const SealedReply& sealed) {
  const auto thread = fixed_thread();
  VectorFile file(root, "reply");
  file.bytes("region", region.view())
      .bytes("address key", thread.shared.address_key.view())
      .bytes("down key", thread.shared.down_key.view())
      .bytes("reply secret", thread.reply.secret())
      .number("index", reply.index, 2)
      .bytes("seed", filled<64>(0xe4))
      .bytes("sealed", sealed)
      .bytes("address", address_of(thread.shared, region, reply.index).view())
      .bytes("previous", reply.previous.view())
      .bytes("last seen", reply.last_seen.view())
      .number("status", static_cast<std::uint8_t>(reply.status), 1)
      .bytes("burn token", reply.burn.view())
      .bytes("guard", guard_of(reply.burn).view())
      .number("expires", reply.expires, 4)
      .text("text module", reply.text_module)
      .text("text", reply.text)
      .bytes("hash", hash_of_reply(sealed).view());
  if (reply.consent) file.text("recipient", reply.consent->recipient);
  return file;
}

void make_refused_replies(const VectorFile& good, const SealedReply& sealed,
                          const RegionId& region) {
  const VectorFile bad =
      good.without({"seed", "address", "previous", "last seen", "status", "burn token", "guard",
                    "expires", "text module", "text", "hash"});
  const auto refused = [&](const char* name, const char* about, const char* key, Bytes value) {
    bad.with(key, value).refused(name, about, Error::cannot_open);
  };
  refused("flipped_enc", "a bit of enc is turned", "sealed", flipped(sealed, 0));
  refused("wrong_tag", "the last bit is turned", "sealed", flipped(sealed, sealed_reply_size - 1));
  refused("wrong_region", "sealed for another region", "region", id_of<RegionId>(1).view());
  refused("wrong_index", "it lies at another address", "index", Buffer{0, 1});
  refused("wrong_key", "sealed to another reporter", "reply secret", filled<32>(1));
  auto forger = fixed_thread().shared.clone();
  forger.down_key = secret_of(1);
  refused("wrong_mac", "sealed by who does not know the down key", "sealed",
          *seal_reply(a_reply(), forger, region));
}

void make_reply(const path& root) {
  const auto region = id_of<RegionId>(0x21);
  const auto thread = fixed_thread();
  const auto seed = filled<64>(0xe4);
  const EncapsulationSeed view(seed);
  const auto first = *seal_reply(a_reply(), thread.shared, region, &view);
  const VectorFile good = reply_file(root, a_reply(), region, first);
  good.opened("first", "reply 0, sealed with a fixed encapsulation seed");
  make_refused_replies(good, first, region);

  Reply second = a_reply(1);
  second.previous = hash_of_reply(first);
  second.status = ReplyStatus::consent;
  second.consent = a_question();
  second.text_module = "module.consent";
  const auto sealed = *seal_reply(second, thread.shared, region, &view);
  reply_file(root, second, region, sealed)
      .opened("consent_question", "reply 1, which names the one before and asks for consent");
}

}  // namespace

void make_thread_vectors(const path& root) {
  make_code(root);
  make_thread(root);
  make_report(root);
  make_reply(root);
}

}  // namespace meldpunt::crypto::vectors
