// One report and its answer, from founding a region to burning the reply, with every value on the
// way.
//
//   worked_example check|write    run from the root of the tree
//
// Writes, or compares with what stands there, docs/protocol-example.md and
// tests/vectors/worked_example.values. Every secret and every random value is chosen here, so the
// result is the same on every machine; and where a function of crypto/ does several steps of the
// specification in one, the steps are done here once more by hand and must agree.
#include <sodium.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "crypto/case_events.h"
#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/puzzle.h"
#include "crypto/wire/frame.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"
#include "tests/vectors/walk.h"

namespace meldpunt::crypto {
namespace {

constexpr Day today = 20'800;  // 2026-12-13
constexpr Hour now = today * 24 + 9;

[[noreturn]] void stop(std::string_view what) {
  std::fprintf(stderr, "worked_example: %.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(1);
}

void must(bool holds, std::string_view what) {
  if (!holds) stop(what);
}

template <class Value>
Value need(Result<Value> result, std::string_view what) {
  if (!result) stop(std::string(what) + ": " + std::string(describe(result.error())));
  return std::move(*result);
}

void need(const Result<void>& result, std::string_view what) { must(result.has_value(), what); }

// Chosen bytes: ChaCha20 keyed by BLAKE2b-256 of the name. Any others would do as well.
void choose(MutableBytes out, std::string_view name) {
  Block<randombytes_SEEDBYTES> seed{};
  crypto_generichash(seed.data(), seed.size(), as_bytes(name).data(), name.size(), nullptr, 0);
  randombytes_buf_deterministic(out.data(), out.size(), seed.data());
}

template <std::size_t N>
Block<N> chosen(std::string_view name) {
  Block<N> out{};
  choose(out, name);
  return out;
}

template <class FixedId>
FixedId chosen_id(std::string_view name) {
  FixedId id;
  choose(id.fill(), name);
  return id;
}

template <class Role>
SigningKey<Role> signing(std::string_view name) {
  return SigningKey<Role>::from_seed(chosen<signing_seed_size>(name));
}

template <class Role>
OpeningKey<Role> opening(std::string_view name) {
  return OpeningKey<Role>::from_secret(chosen<kem_secret_key_size>(name));
}

SecretBytes<32> secret(std::string_view name) {
  SecretBytes<32> out;
  choose(out.fill(), name);
  return out;
}

// Stands in for the system's generator: each draw is chosen by its number.
struct Generator {
  static inline std::uint64_t draw = 0;

  static const char* name() { return "worked example"; }
  static std::uint32_t random() {
    Block<4> word{};
    buffer(word.data(), word.size());
    return static_cast<std::uint32_t>(word[0]) << 24 | static_cast<std::uint32_t>(word[1]) << 16 |
           static_cast<std::uint32_t>(word[2]) << 8 | word[3];
  }
  static void buffer(void* out, std::size_t size) {
    choose({static_cast<std::uint8_t*>(out), size}, "draw " + std::to_string(draw++));
  }
};

void replace_generator() {
  static randombytes_implementation chosen_generator{Generator::name, Generator::random, nullptr,
                                                     nullptr,         Generator::buffer, nullptr};
  randombytes_set_implementation(&chosen_generator);
}

// The parts of one HPKE message, taken apart by hand (RFC 9180, 5.1).
struct Taken {
  Block<32> shared{}, key{}, exporter{};
  Block<aead_nonce_size> nonce{};

  void exported(std::span<std::uint8_t, 32> out, std::string_view context) const {
    expand(out, exporter, "sec", as_bytes(context));
  }

  static void extract(std::span<std::uint8_t, 32> out, Bytes salt, std::string_view label,
                      Bytes material) {
    hkdf_extract(out, salt, {as_bytes("HPKE-v1"), suite, as_bytes(label), material});
  }
  static void expand(MutableBytes out, Prk prk, std::string_view label, Bytes info) {
    const Block<2> length{0, static_cast<std::uint8_t>(out.size())};
    hkdf_expand(out, prk, {length, as_bytes("HPKE-v1"), suite, as_bytes(label), info});
  }
  static constexpr Block<10> suite{'H', 'P', 'K', 'E', 0x64, 0x7a, 0x00, 0x01, 0x00, 0x03};
};

Taken take_apart(Bytes enc, Bytes secret_key, Bytes info) {
  Taken taken;
  must(crypto_kem_xwing_dec(taken.shared.data(), enc.data(), secret_key.data()) == 0, "X-Wing");
  Buffer context(65);
  const std::span<std::uint8_t, 65> fields(context);
  Taken::extract(fields.subspan<1, 32>(), {}, "psk_id_hash", {});
  Taken::extract(fields.subspan<33, 32>(), {}, "info_hash", info);
  Block<32> prk{};
  Taken::extract(prk, taken.shared, "secret", {});
  Taken::expand(taken.key, prk, "key", context);
  Taken::expand(taken.nonce, prk, "base_nonce", context);
  Taken::expand(taken.exporter, prk, "exp", context);
  return taken;
}

Buffer open_by_hand(const Taken& taken, Bytes ciphertext) {
  Buffer plaintext(ciphertext.size() - aead_tag_size);
  must(crypto_aead_chacha20poly1305_ietf_decrypt(plaintext.data(), nullptr, nullptr,
                                                 ciphertext.data(), ciphertext.size(), nullptr, 0,
                                                 taken.nonce.data(), taken.key.data()) == 0,
       "ChaCha20-Poly1305");
  return plaintext;
}

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The people and programs of the example, and what each of them holds.
class Example {
 public:
  Walk run() {
    walk_.say(introduction);
    found();
    give_the_day();
    make_the_code();
    write_the_report();
    solve_the_puzzle();
    send_the_request();
    answer_the_request();
    take_it_in();
    write_the_reply();
    fetch_the_reply();
    burn_the_reply();
    enrol_another();
    return std::move(walk_);
  }

 private:
  static constexpr std::string_view introduction =
      R"(# Worked example

This page is printed by `tests/vectors/worked_example.cpp`; a test compares them. Numbers are decimal, everything in
quotation marks is UTF-8, everything else is bytes in hexadecimal. Of a value longer than 64 bytes the first and last
32 stand here; all of it stands in `tests/vectors/worked_example.values` under the same name. Names and notation are
those of [protocol.md](protocol.md). Secrets and random values were chosen beforehand; everything else follows from
them, so that a second implementation can be checked step by step.)";

  void found();
  void give_the_day();
  void make_the_code();
  void write_the_report();
  void solve_the_puzzle();
  void send_the_request();
  void answer_the_request();
  void take_it_in();
  void write_the_reply();
  void fetch_the_reply();
  void burn_the_reply();
  void enrol_another();

  void show(const Taken& taken, std::string_view of);
  void show_stretching(const RegionId& region);
  void exchange(std::string_view name, const Request& request, const Response& response);
  void exchange_inside(std::string_view name, const Request& request, const Response& response);

  Walk walk_;
  SigningKey<role::Root> root_ = signing<role::Root>("root key");
  SigningKey<role::Root> next_root_ = signing<role::Root>("next root key");
  SigningKey<role::Operations> operations_ = signing<role::Operations>("operations key");
  SigningKey<role::Daemon> daemon_ = signing<role::Daemon>("daemon key");
  CurveSecret curve_ = CurveSecret::from_secret(chosen<32>("daemon connection key"));
  OpeningKey<role::Epoch> epoch_ = opening<role::Epoch>("epoch secret");
  OpeningKey<role::Request> request_key_ = opening<role::Request>("request key");
  SigningKey<role::Device> device_key_ = signing<role::Device>("device signing key");
  DeviceId device_ = chosen_id<DeviceId>("device id");
  Pin pin_;
  Buffer certificate_;
  Digest digest_;
  std::optional<Code> code_;
  std::optional<ThreadKeys> thread_;
  SealedReport report_{};
  ReportId report_id_ = chosen_id<ReportId>("report id");
  PuzzleAnswer answer_;
  VaultSecret vault_{1, secret("vault key"), secret("journal key")};
  SymmetricKey case_key_ = secret("case key");
  CaseId case_;
  Hash head_;
  SealedReply reply_{};
  BurnToken token_ = chosen_id<BurnToken>("burn token");
};

void Example::show(const Taken& taken, std::string_view of) {
  const std::string name(of);
  walk_.value(name + ", X-Wing shared secret", taken.shared);
  walk_.value(name + ", HPKE key", taken.key);
  walk_.value(name + ", HPKE base nonce", taken.nonce);
  walk_.value(name + ", HPKE exporter secret", taken.exporter);
}

void Example::found() {
  pin_.demonstration = true;
  pin_.name = "Example";
  pin_.first_root = pin_.root = root_.public_key();
  pin_.next_root = next_root_.public_key();
  pin_.founding_random = chosen_id<Hash>("founding random");
  pin_.endpoints = {"tcp://127.0.0.1:7700", "tcp://127.0.0.1:7701"};
  pin_.server = curve_.public_key();
  pin_.region = found_region(pin_);
  const Buffer bytes = sign_pin(pin_, root_);
  need(trust_pin(bytes), "pin");

  walk_.chapter("1. A region is founded");
  walk_.value("root seed", root_.seed());
  walk_.value("root key", root_.public_key().view());
  walk_.value("next root seed", next_root_.seed());
  walk_.value("next root key", next_root_.public_key().view());
  walk_.text("region name", pin_.name);
  walk_.value("founding random", pin_.founding_random.view());
  walk_.value(
      "bind(\"region\", name, root key, founding random)",
      bind("region", {as_bytes(pin_.name), pin_.first_root.view(), pin_.founding_random.view()}));
  walk_.value("region id", pin_.region.view());
  walk_.value("daemon connection secret", curve_.secret());
  walk_.value("daemon connection key", curve_.public_key().view());
  walk_.value(
      "hash(\"pin\", region id, body)",
      hash("pin", {pin_.region.view(), Bytes(bytes).first(bytes.size() - signature_size)}).view());
  walk_.value("pin", bytes);
}

void Example::give_the_day() {
  certificate_ = sign_certificate(
      {operations_.public_key(), device_, 1, today, today + operations_days}, pin_.region, root_);
  const Bundle bundle{today,
                      1,
                      epoch_of(epoch_.public_key()),
                      epoch_.public_key(),
                      daemon_.public_key(),
                      pin_.endpoints,
                      pin_.server};
  const Buffer signed_bundle = sign_bundle(bundle, pin_.region, certificate_, operations_);

  walk_.chapter("2. The day's bundle and the tick's notice");
  walk_.value("operations seed", operations_.seed());
  walk_.value("operations key", operations_.public_key().view());
  walk_.value("steward's device id", device_.view());
  walk_.value("operations certificate", certificate_);
  walk_.number("day", today);
  walk_.value("epoch secret", epoch_.secret());
  walk_.value("team key", epoch_.public_key().view());
  walk_.value("epoch id", bundle.epoch.view());
  walk_.value("daemon seed", daemon_.seed());
  walk_.value("daemon key", daemon_.public_key().view());
  walk_.value("signed bundle", signed_bundle);

  digest_.time = std::uint64_t{now} * 3600 + 120;
  digest_.tick = 1;
  digest_.generation = 1;
  digest_.request_key_id = chosen_id<KeyId>("request key id");
  digest_.request_key = request_key_.public_key();
  digest_.challenge = chosen_id<Challenge>("challenge");
  digest_.effort = 4;
  digest_.salt = chosen_id<Salt>("salt");
  digest_.tags = need(make_tags(digest_.salt, {}), "tags");
  const Frame notice = need(sign_notice(signed_bundle, digest_, pin_.region, daemon_), "notice");
  need(verify_notice(notice, pin_), "notice");

  walk_.number("time", digest_.time);
  walk_.value("request key id", digest_.request_key_id.view());
  walk_.value("request secret", request_key_.secret());
  walk_.value("request key", request_key_.public_key().view());
  walk_.value("challenge", digest_.challenge.view());
  walk_.number("effort", digest_.effort);
  walk_.value("salt", digest_.salt.view());
  walk_.value("notice", notice);
}

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

void Example::send_the_request() {
  walk_.chapter("6. The request that carries the report");
  exchange("put report", PutReport{digest_.tick, digest_.effort, answer_, report_},
           Response{Status::ok, 0, 0, 0, 0, {}});
}

// What travels inside the frames, which are made as those of the first exchange were.
void Example::exchange_inside(std::string_view of, const Request& request,
                              const Response& response) {
  const std::string name(of);
  Block<request_plaintext_size> asked{};
  need(encode_request(asked, request), name);
  walk_.padded(name + ", request plaintext", asked);
  Block<response_plaintext_size> answered{};
  need(encode_response(answered, response), name);
  walk_.padded(name + ", response plaintext", answered);
}

// One request and its response, both ways, with everything in between.
void Example::exchange(std::string_view of, const Request& request, const Response& response) {
  const std::string name(of);
  Block<request_plaintext_size> plaintext{};
  need(encode_request(plaintext, request), name);
  const auto seed = chosen<64>(name + " encapsulation");
  const EncapsulationSeed as_seed(seed);
  Frame frame{};
  const auto asked = need(seal_request(frame, plaintext, digest_.request_key_id,
                                       digest_.request_key, pin_.region, &as_seed),
                          name);
  const Buffer info = bind("request", {pin_.region.view(), digest_.request_key_id.view()});
  const Bytes sealed = Bytes(frame).subspan(key_id_size);
  const Taken taken = take_apart(sealed, request_key_.secret(), info);
  must(equal_bytes(open_by_hand(taken, sealed.subspan(hpke_enc_size)), plaintext), name);

  walk_.value(name + ", encapsulation seed", seed);
  walk_.value(name + ", bind(\"request\", region id, key id)", info);
  show(taken, name);
  walk_.padded(name + ", request plaintext", plaintext);
  walk_.value(name + ", request", frame);

  Block<request_plaintext_size> received{};
  const auto answering = need(open_request(received, frame, request_key_, pin_.region), name);
  Block<response_plaintext_size> answer{};
  need(encode_response(answer, response), name);
  Frame answered{};
  answering.seal(answered, answer);

  Block<32> exported{};
  taken.exported(exported, "meldpunt/1 response");
  Buffer salt(sealed.begin(), sealed.begin() + hpke_enc_size);
  salt.insert(salt.end(), answered.begin(), answered.begin() + response_nonce_size);
  Block<32> prk{};
  hkdf_extract(prk, salt, {exported});
  Taken keys;
  hkdf_expand(keys.key, prk, {as_bytes("key")});
  hkdf_expand(keys.nonce, prk, {as_bytes("nonce")});
  must(equal_bytes(open_by_hand(keys, Bytes(answered).subspan(response_nonce_size)), answer), name);

  walk_.value(name + ", response secret", exported);
  walk_.value(name + ", response nonce", Bytes(answered).first(response_nonce_size));
  walk_.value(name + ", response prk", prk);
  walk_.value(name + ", response key", keys.key);
  walk_.value(name + ", response AEAD nonce", keys.nonce);
  walk_.padded(name + ", response plaintext", answer);
  walk_.value(name + ", response", answered);

  Block<response_plaintext_size> read{};
  need(asked.open(read, answered), name);
  need(decode_response(read), name);
}

void Example::answer_the_request() {
  walk_.say(
      "The daemon holds the answer until a multiple of 250 ms after the request came. The reporter "
      "reads status 0: the report is on disk.");
}

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
  walk_.value("vault key", vault_.vault_key.view());
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

void Example::enrol_another() {
  const auto sealing = opening<role::Device>("second device sealing key");
  const auto signing_key = signing<role::Device>("second device signing key");
  Device second;
  second.id = chosen_id<DeviceId>("second device id");
  second.name = "Second laptop";
  second.signing = signing_key.public_key();
  second.sealing = sealing.public_key();
  second.curve = CurveSecret::from_secret(chosen<32>("second device connection key")).public_key();
  second.from = today;
  second.until = today + coordinator_days;
  Device first = second;
  first.id = device_;
  first.steward = true;
  first.name = "First laptop";
  first.signing = device_key_.public_key();
  first.sealing = opening<role::Device>("device sealing key").public_key();
  first.curve = CurveSecret::from_secret(chosen<32>("device connection key")).public_key();
  const Roster roster{1, now, {}, {first, second}};
  const Buffer signed_roster = sign_roster(roster, pin_.region, certificate_, operations_);
  need(verify_roster(signed_roster, pin_), "roster");
  const Buffer grant = need(seal_grant(vault_, second, device_, device_key_, pin_.region), "grant");
  need(open_grant(grant, sealing, second.id, roster, today, pin_.region), "grant");

  walk_.chapter("11. A second device gets the vault");
  walk_.value("second device id", second.id.view());
  walk_.value("second device signing seed", signing_key.seed());
  walk_.value("second device sealing secret", sealing.secret());
  walk_.value("enrolment", sign_enrolment(second, pin_.region, signing_key));
  walk_.value("roster 1", signed_roster);
  walk_.value("roster 1, hash", hash_of_roster(signed_roster).view());
  walk_.value("grant, bind(\"grant\", region id, device id)",
              bind("grant", {pin_.region.view(), second.id.view()}));
  walk_.value("grant, boxed", grant);
}

int finish(const std::string& deed, const Walk& walk) {
  const std::pair<const char*, std::string> files[] = {
      {"docs/protocol-example.md", walk.page()},
      {"tests/vectors/worked_example.values", walk.values()},
  };
  for (const auto& [path, text] : files) {
    if (deed == "write") {
      std::ofstream out(path, std::ios::binary | std::ios::trunc);
      out << text;
      out.close();
      must(!out.fail(), std::string(path) + " cannot be written");
    } else {
      must(contents(path) == text, std::string(path) + " is another; run worked_example write");
    }
  }
  return 0;
}

}  // namespace
}  // namespace meldpunt::crypto

int main(int count, char** words) {
  using namespace meldpunt::crypto;
  const std::string deed = count == 2 ? words[1] : "";
  if (deed != "check" && deed != "write") stop("usage: worked_example check|write");
  if (sodium_init() < 0) stop("libsodium does not start");
  replace_generator();
  return finish(deed, Example().run());
}
