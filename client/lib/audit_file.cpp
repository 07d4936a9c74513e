#include "client/lib/audit_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"
#include "crypto/label.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

constexpr int audit_file_version = 1;
constexpr std::string_view line_label = "audit line";
constexpr std::string_view signature_label = "audit file";

crypto::Hash hash_of_line(std::string_view line) {
  return crypto::hash(line_label, {crypto::as_bytes(line)});
}

// Writes lines, each naming the one before.
class ChainedLines {
 public:
  void add(json object) {
    object["previous"] = hexadecimal(previous_.view());
    const std::string line = object.dump();
    previous_ = hash_of_line(line);
    text_ += line + "\n";
  }
  [[nodiscard]] const crypto::Hash& previous() const { return previous_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  crypto::Hash previous_;
  std::string text_;
};

json audit_header(const Casework& casework, const std::optional<crypto::CaseId>& subject) {
  const Home& home = casework.home();
  const Journal& journal = casework.journal();
  return {{"line", "header"},
          {"version", audit_file_version},
          {"region", home.pin().name},
          {"region_id", hexadecimal(home.pin().region.view())},
          {"case", subject ? json(hexadecimal(subject->view())) : json()},
          {"made", hour_in_words(casework.hour())},
          {"hour", casework.hour()},
          {"user", casework.rosters().name_of(home.keys().id)},
          {"device", hexadecimal(home.keys().id.view())},
          {"key", hexadecimal(home.keys().signing.public_key().view())},
          {"journal", {{"events", journal.size()}, {"head", hexadecimal(journal.head().view())}}}};
}

json audit_end(std::size_t events, const crypto::Signature& signature) {
  return {{"line", "end"}, {"events", events}, {"signature", hexadecimal(signature.view())}};
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

tl::unexpected<Problem> wrong_line(std::size_t number, const std::string& what) {
  return problem(EX_DATAERR, "line " + std::to_string(number) + " " + what +
                                 ": the file is not as it was written. Ask for it again");
}

template <class Id>
bool read_id(const json& object, const char* name, Id& id) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() &&
         from_hexadecimal(found->template get_ref<const std::string&>(), id.fill());
}

Outcome<AuditFile> read_header(std::string_view line) {
  const json header = json::parse(line, nullptr, false);
  AuditFile file;
  const bool whole =
      header.is_object() && header.value("line", json()) == "header" &&
      header.value("version", json()) == audit_file_version &&
      read_id(header, "region_id", file.region_id) && read_id(header, "device", file.device) &&
      read_id(header, "key", file.key) && header.value("hour", json()).is_number_unsigned() &&
      header.value("region", json()).is_string() && header.value("made", json()).is_string();
  if (!whole) return problem(EX_DATAERR, "this is no journal that 'audit' wrote");
  file.region = header["region"];
  file.made = header["made"];
  file.hour = header["hour"];
  return file;
}

// Whether the line is the one that follows.
bool follows(std::string_view line, std::string_view kind, const crypto::Hash& previous) {
  const json object = json::parse(line, nullptr, false);
  crypto::Hash named;
  return object.is_object() && object.value("line", json()) == kind &&
         read_id(object, "previous", named) && named == previous;
}

}  // namespace

Outcome<std::string> audit_file(Casework& casework, const std::optional<crypto::CaseId>& subject) {
  const auto cases = subject ? threads_of(casework, *subject) : std::set<crypto::CaseId>{};
  const auto heads = journaled_heads(casework, cases);
  if (!heads) return pass_on(heads.error());
  const AccessLog log(casework);
  ChainedLines lines;
  lines.add(audit_header(casework, subject));
  for (const JournaledHead& head : *heads) {
    json event = log.json_of(log.of(head));
    event["line"] = "event";
    lines.add(std::move(event));
  }
  const Home& home = casework.home();
  lines.add(audit_end(heads->size(), home.keys().signing.sign(signature_label, home.pin().region,
                                                              lines.previous().view())));
  return lines.take();
}

Outcome<AuditFile> verify_audit_file(std::string_view text) {
  const auto lines = split_lines(text);
  constexpr std::size_t fewest = 2;  // header and end
  if (lines.size() < fewest) return problem(EX_DATAERR, "this is no journal that 'audit' wrote");
  auto file = read_header(lines.front());
  if (!file) return file;
  crypto::Hash previous;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!follows(lines[i], i == 0 ? "header" : "event", previous)) {
      return wrong_line(i + 1, "does not follow the one before");
    }
    previous = hash_of_line(lines[i]);
  }
  file->events = lines.size() - fewest;
  file->chain = previous;
  if (!follows(lines.back(), "end", previous)) {
    return wrong_line(lines.size(), "is not the end that belongs to the lines before");
  }
  crypto::Signature signature;
  const json end = json::parse(lines.back(), nullptr, false);
  const bool is_signed =
      read_id(end, "signature", signature) &&
      crypto::verify(file->key, signature_label, file->region_id, previous.view(), signature);
  if (!is_signed) return wrong_line(lines.size(), "has not the signature of the device");
  // The end is under no hash: it says what it must, and nothing else.
  json expected = audit_end(file->events, signature);
  expected["previous"] = hexadecimal(previous.view());
  if (expected.dump() != lines.back() || !text.ends_with('\n')) {
    return wrong_line(lines.size(), "is not the end that belongs to the lines before");
  }
  return file;
}

bool is_of_region(const AuditFile& file, const RosterHistory& rosters) {
  const auto keys = rosters.writers(file.device, file.hour);
  return std::ranges::find(keys, file.key) != keys.end();
}

}  // namespace meldpunt::client
