// Case files: reading one, changing it, merging, closing.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "client/cli/staff.h"
#include "client/cli/staff_deeds.h"
#include "client/lib/case_words.h"
#include "client/lib/escalation_words.h"
#include "client/lib/record_views.h"
#include "client/lib/recording.h"
#include "client/lib/second_closing.h"
#include "client/lib/vocabulary.h"
#include "client/record/record_json.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t longest_fields = std::size_t{64} * 1024;

constexpr std::array record_own_options{
    config::Option{"fields-file", config::Type::path, "",
                   "Read the fields from this file, or - for standard input: a JSON object. Text "
                   "is given this way only."},
    config::Option{"item", config::Type::text, "",
                   "Which of several, by the first digits of its id; without it a new one."},
    config::Option{"remove", config::Type::flag, "", "Take it away. Its history stays."},
};
constexpr std::array reason_options{
    config::Option{"reason", config::Type::text, "", "Why, in a few words without names."},
};
constexpr std::array second_options{
    config::Option{"second", config::Type::flag, "",
                   "Confirm, as the second person, that the case of a minor is closed."},
};

std::vector<std::string> split_codes(const std::string& list) {
  std::vector<std::string> codes;
  std::size_t begin = 0;
  while (begin <= list.size()) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    if (end > begin) codes.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return codes;
}

// Words of the command line can be read by others on this machine, and stay in the shell's history.
Outcome<record::Value> value_of_word(const record::Field& field, const std::string& value) {
  switch (field.type) {
    case record::FieldType::codes:
      return record::Value{split_codes(value)};
    case record::FieldType::flag:
      if (value == "yes" || value == "no") return record::Value{value == "yes"};
      return problem(EX_USAGE, "'" + std::string(field.name) + "' is yes or no.");
    case record::FieldType::code:
    case record::FieldType::date:
    case record::FieldType::subject:
      return record::Value{value};
    case record::FieldType::text:
    case record::FieldType::line:
      break;
  }
  return problem(EX_USAGE, "'" + std::string(field.name) +
                               "' is text: give it in --fields-file, not on the command line.");
}

Outcome<void> add_word(record::Fields& fields, const record::Kind& kind, const std::string& word) {
  const auto equals = word.find('=');
  const record::Field* field = find_field(kind, word.substr(0, equals));
  if (equals == std::string::npos || field == nullptr) {
    std::string names;
    for (const record::Field& known : kind.fields) names += " " + std::string(known.name);
    return problem(EX_USAGE, "\"" + word + "\" is not FIELD=VALUE; '" + std::string(kind.name) +
                                 "' has:" + names + ".");
  }
  auto value = value_of_word(*field, word.substr(equals + 1));
  if (!value) return pass_on(value.error());
  fields[std::string(field->name)] = std::move(*value);
  return {};
}

Outcome<record::Fields> read_fields_file(Call& call) {
  if (!call.options.has("fields-file")) return record::Fields{};
  const auto text = call.terminal.read_input(call.options.text("fields-file"), longest_fields);
  if (!text) return pass_on(text.error());
  const auto object = nlohmann::json::parse(*text, nullptr, false);
  auto fields = record::fields_of(object);
  if (!fields) {
    return problem(EX_DATAERR,
                   "The fields are a JSON object of texts, lists of codes, true and false.");
  }
  return std::move(*fields);
}

Outcome<const record::Kind*> kind_called(Call& call) {
  const auto& words = call.options.positional();
  const record::Kind* kind = words.size() < 2 ? nullptr : record::find_kind(words[1]);
  if (kind != nullptr) return kind;
  std::string names;
  for (const record::Kind& known : record::all_kinds()) names += " " + std::string(known.name);
  return problem(EX_USAGE, "Which case, and what of it? A case file has:" + names + ".");
}

// The item whose id begins so.
Outcome<const record::Item*> item_called(const std::vector<const record::Item*>& items,
                                         const std::string& beginning) {
  const record::Item* found = nullptr;
  for (const record::Item* item : items) {
    if (!crypto::hexadecimal(item->id.view()).starts_with(beginning)) continue;
    if (found != nullptr) return problem(EX_USAGE, "More than one begins so: give more digits.");
    found = item;
  }
  if (found == nullptr) return problem(EX_NOINPUT, "There is none of that id: see 'file'.");
  return found;
}

// What the file says by now is what this person has seen: it was read a moment ago.
Outcome<record::RecordEvent> change_of(Call& call, const record::Kind& kind,
                                       const record::CaseRecord& file, record::Fields fields) {
  const bool removes = call.options.flag("remove");
  if (removes && kind.holds == record::Holds::several && !call.options.has("item")) {
    return problem(EX_USAGE, "Which one is taken away? Name it with --item: see 'file'.");
  }
  if (removes && kind.holds == record::Holds::one && file.one(kind.name) == nullptr) {
    return problem(EX_NOINPUT, "Nothing of that kind is in this case file.");
  }
  if (kind.holds == record::Holds::one) {
    return instead_of(file, std::string(kind.name), std::move(fields));
  }
  if (!call.options.has("item")) return new_item(std::string(kind.name), std::move(fields));
  const auto item = item_called(file.several(kind.name), call.options.text("item"));
  if (!item) return pass_on(item.error());
  auto change = instead_of(file, std::string(kind.name), std::move(fields));
  change.item = (*item)->id;
  change.seen = file.newest(kind.name, change.item);
  return change;
}

Outcome<record::Fields> fields_given(Call& call, const record::Kind& kind) {
  auto fields = read_fields_file(call);
  if (!fields) return fields;
  const auto& words = call.options.positional();
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (const auto added = add_word(*fields, kind, words[i]); !added) return pass_on(added.error());
  }
  return fields;
}

std::string line_of(const std::string& kind, const nlohmann::json& item) {
  std::string line = kind;
  if (item.contains("item")) line += " " + item["item"].get<std::string>().substr(0, 8);
  line += ":";
  for (const auto& [name, value] : item["fields"].items()) {
    line += "  " + name + "=" + (value.is_string() ? value.get<std::string>() : value.dump());
  }
  if (!item["conflict"].empty()) line += "  CONTRADICTED: somebody else wrote otherwise";
  return line;
}

void show_file(Call& call, const Casework& casework, const crypto::CaseId& subject) {
  const nlohmann::json file = json_of_file(casework, subject);
  for (const auto& [kind, items] : file.items()) {
    for (const auto& item : items) call.terminal.say(set_off(line_of(kind, item)));
  }
  if (file.empty()) call.terminal.say("Nothing has been written in this case file yet.");
  call.terminal.print({{"event", "file"},
                       {"case", hexadecimal(subject.view())},
                       {"state", json_of_state(casework, subject)},
                       {"record", file}});
}

Outcome<crypto::CaseId> first_case(Call& call, const Casework& casework) {
  if (call.options.positional().empty()) {
    return problem(EX_USAGE, "Which case? Give its two words, or the first digits of its id.");
  }
  return case_called(call.options.positional().front(), casework);
}

// A deed on the case that the first operand names; then the file is shown.
template <class Deed>
Outcome<void> on_case(Call& call, Deed&& deed) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = first_case(call, casework);
  if (!subject) return pass_on(subject.error());
  const Outcome<void> done = deed(casework, *subject, (*staff)->line);
  if (!done) return pass_on(done.error());
  show_file(call, casework, *subject);
  return {};
}

}  // namespace

config::Table record_options() {
  static constexpr auto all = config::join(staff_options, record_own_options);
  return all;
}
config::Table reason_given_options() {
  static constexpr auto all = config::join(staff_options, reason_options);
  return all;
}
config::Table close_options() {
  static constexpr auto all = config::join(staff_options, second_options);
  return all;
}

Outcome<void> case_file(Call& call) {
  return on_case(call,
                 [](Casework&, const crypto::CaseId&, StaffLine&) -> Outcome<void> { return {}; });
}

Outcome<void> record_change(Call& call) {
  const auto kind = kind_called(call);
  if (!kind) return pass_on(kind.error());
  auto fields = fields_given(call, **kind);
  if (!fields) return pass_on(fields.error());
  return on_case(
      call,
      [&](Casework& casework, const crypto::CaseId& subject, StaffLine& /*line*/) -> Outcome<void> {
        auto change = change_of(call, **kind, casework.files().of(subject), std::move(*fields));
        if (!change) return pass_on(change.error());
        change->removed = call.options.flag("remove");
        const auto written = write_record(casework, subject, std::move(*change));
        if (!written) return pass_on(written.error());
        return {};
      });
}

Outcome<void> merge(Call& call) {
  return on_case(
      call,
      [&](Casework& casework, const crypto::CaseId& subject, StaffLine& /*line*/) -> Outcome<void> {
        if (call.options.positional().size() != 2) {
          return problem(EX_USAGE, "Into which case? Name two: the one that joins, and where to.");
        }
        const auto head = case_called(call.options.positional()[1], casework);
        if (!head) return pass_on(head.error());
        return merge_cases(casework, subject, *head, call.options.text("reason"));
      });
}

Outcome<void> split(Call& call) {
  return on_case(call, [](Casework& casework, const crypto::CaseId& subject, StaffLine& /*line*/) {
    return split_case(casework, subject);
  });
}

Outcome<void> close_a_case(Call& call) {
  const record::Kind& closing = *record::find_kind("closing");
  record::Fields fields;
  const auto& words = call.options.positional();
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (const auto added = add_word(fields, closing, words[i]); !added) return added;
  }
  return on_case(
      call,
      [&](Casework& casework, const crypto::CaseId& subject, StaffLine& line) -> Outcome<void> {
        if (call.options.flag("second")) return second_closing(casework, subject);
        if (auto closed = close_case(casework, subject, fields); !closed) return closed;
        const auto asked =
            ask_to_countersign_closing(casework, line, subject, hour_of(call.clock.now()));
        if (!asked) return pass_on(asked.error());
        return {};
      });
}

Outcome<void> reopen(Call& call) {
  return on_case(call, [](Casework& casework, const crypto::CaseId& subject, StaffLine& /*line*/) {
    return reopen_case(casework, subject);
  });
}

Outcome<void> identity(Call& call) {
  const auto staff = sync_staff(call);
  if (!staff) return pass_on(staff.error());
  Casework& casework = *(*staff)->casework;
  const auto subject = first_case(call, casework);
  if (!subject) return pass_on(subject.error());
  if (!call.options.has("reason")) {
    return problem(EX_USAGE, "Why is it opened? Say so with --reason: it is journaled.");
  }
  const auto fields = open_identity(casework, *subject, call.options.text("reason"));
  if (!fields) return pass_on(fields.error());
  for (const auto& [name, value] : *fields) {
    call.terminal.say(set_off(name + ": " + record::text_of(value)));
  }
  if (fields->empty()) call.terminal.say("No identity has been written down in this case.");
  call.terminal.print({{"event", "identity"},
                       {"case", hexadecimal(subject->view())},
                       {"fields", record::json_of(*fields)}});
  return {};
}

}  // namespace meldpunt::client
