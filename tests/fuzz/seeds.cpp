// seeds VECTORS FOLDER: makes one folder of seeds for each target out of the vectors. Fails when a
// target has none.
#include <sodium.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "crypto/label.h"
#include "crypto/reply.h"
#include "crypto/vault.h"
#include "tests/fuzz/targets.h"
#include "tests/support/fixed_thread.h"
#include "tests/support/made_up_words.h"
#include "tests/vectors/vector.h"

namespace meldpunt::crypto {
namespace {

namespace fs = std::filesystem;
using vectors::Vector;

// Which value of which kind of vector a target reads as it stands.
struct Source {
  const char* kind;
  const char* key;
  const char* target;
};

constexpr Source sources[] = {
    {"request", "sealed", "frame"},
    {"request", "plaintext", "request"},
    {"response", "sealed", "frame"},
    {"response", "plaintext", "response"},
    {"notice", "notice", "notice"},
    {"parts", "manifest", "parts"},
    {"parts", "part 0", "parts"},
    {"pin", "pin", "pin"},
    {"pin", "next pin", "pin"},
    {"bundle", "bundle", "bundle"},
    {"roster", "roster", "roster"},
    {"enrolment", "enrolment", "enrolment"},
    {"report", "plaintext", "report"},
    {"code", "typed", "code"},
    {"event", "event", "event"},
    {"slot", "value", "slot"},
    {"grant", "grant", "grant"},
    {"key_file", "file", "key_file"},
    {"successor", "successor", "successor"},
    {"escalation", "bytes", "escalation"},
    {"coding", "content", "coding"},
    {"release", "release", "release"},
    {"release_record", "record", "release_record"},
    {"release_event", "content", "release_event"},
    {"receipt", "receipt", "receipt"},
    {"delivery", "frame", "delivery"},
    {"recovery", "object", "recovery"},
    {"paper_code", "typed", "paper_code"},
};

class Seeds {
 public:
  explicit Seeds(fs::path folder) : folder_(std::move(folder)) { fs::remove_all(folder_); }

  void add(const std::string& target, const std::string& name, Bytes bytes) {
    fs::create_directories(folder_ / target);
    std::ofstream file(folder_ / target / name, std::ios::binary);
    file.write(as_text(bytes).data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file) ++count_[target];
  }
  [[nodiscard]] bool every_target_has_one() const {
    bool all = true;
    for (const auto& target : fuzz::targets) {
      if (count_.contains(std::string(target.name))) continue;
      std::cerr << "no seed for " << target.name << '\n';
      all = false;
    }
    return all;
  }

 private:
  fs::path folder_;
  std::map<std::string, int> count_;
};

// The plaintext of a sealed reply, which the target seals again.
void add_reply(Seeds& seeds, const std::string& name, const Vector& vector) {
  if (!vector.has("address")) return;
  const auto key = OpeningKey<role::Reply>::from_secret(vector.block<32>("reply secret"));
  Buffer plaintext(reply_plaintext_size);
  const auto opened = hpke_open(
      key, bind("reply", {vector.bytes("region"), vector.bytes("address")}), vector.bytes("sealed"),
      [&](HpkeContext& context, Bytes sealed) { return context.open(plaintext, sealed); });
  if (opened) seeds.add("reply", name, plaintext);
}

// The outer part of a small event, which the target seals again.
void add_outer_event(Seeds& seeds, const std::string& name, const Vector& vector) {
  const Bytes event = vector.bytes("event");
  if (event.size() != event_small_size || !vector.has("hash")) return;
  SymmetricKey key;
  copy_bytes(vector.block<32>("journal key"), key.fill());
  Buffer outer(event.size() - event_seal_overhead);
  if (xaead_open(outer, event.subspan(4),
                 bind("event", {vector.bytes("region"), vector.bytes("vault version")}), key)) {
    seeds.add("event", name + "-outer", outer);
  }
}

void add_case_event(Seeds& seeds, const std::string& name, const Vector& vector) {
  Buffer bytes(vector.bytes("event kind").begin(), vector.bytes("event kind").end());
  const Bytes content = vector.bytes("content");
  bytes.insert(bytes.end(), content.begin(), content.end());
  seeds.add("case_event", name, bytes);
}

// The format's number, then its bytes.
void add_handover(Seeds& seeds, const std::string& name, const Vector& vector) {
  Buffer bytes(vector.bytes("format").begin(), vector.bytes("format").end());
  const Bytes content = vector.bytes("bytes");
  bytes.insert(bytes.end(), content.begin(), content.end());
  seeds.add("handover", name, bytes);
}

void add_grant_plaintext(Seeds& seeds, const std::string& name, const Vector& vector) {
  Buffer plaintext(200);
  Writer writer(plaintext);
  if (vector.has("epoch secrets")) {
    const Bytes days = vector.bytes("epoch days");
    const Bytes secrets = vector.bytes("epoch secrets");
    const std::size_t count = days.size() / 4;
    writer.u8(1).u8(static_cast<std::uint8_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
      writer.bytes(days.subspan(i * 4, 4)).bytes(secrets.subspan(i * 32, 32));
    }
  } else if (vector.has("operations seed")) {
    writer.u8(3).bytes(vector.bytes("operations seed")).bytes(vector.bytes("certificate"));
  } else if (vector.has("vault key")) {
    writer.u8(2)
        .bytes(vector.bytes("vault version"))
        .bytes(vector.bytes("vault key"))
        .bytes(vector.bytes("journal key"));
  }
  if (writer.size() > 0) seeds.add("grant", name + "-plaintext", writer.written());
}

void add_vector(Seeds& seeds, const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto vector = Vector::parse(text);
  if (!vector) return;
  const std::string name = path.stem();
  for (const Source& source : sources) {
    if (vector->kind() == source.kind && vector->has(source.key)) {
      seeds.add(source.target, std::string(source.kind) + '-' + source.key + '-' + name,
                vector->bytes(source.key));
    }
  }
  if (vector->kind() == "reply") add_reply(seeds, name, *vector);
  if (vector->kind() == "event") add_outer_event(seeds, name, *vector);
  if (vector->kind() == "case_event") add_case_event(seeds, name, *vector);
  if (vector->kind() == "handover") add_handover(seeds, name, *vector);
  if (vector->kind() == "grant") add_grant_plaintext(seeds, name, *vector);
}

}  // namespace
}  // namespace meldpunt::crypto

int main(int count, char** words) {
  using namespace meldpunt::crypto;
  if (count != 3 || sodium_init() < 0) {
    std::cerr << "seeds VECTORS FOLDER\n";
    return 64;
  }
  Seeds seeds(words[2]);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(words[1])) {
    if (entry.path().extension() == ".txt") add_vector(seeds, entry.path());
  }
  seeds.add("word_list", "made-up", as_bytes(test::made_up_words('w')));
  return seeds.every_target_has_one() ? 0 : 1;
}
