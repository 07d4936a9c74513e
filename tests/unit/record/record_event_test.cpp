#include "client/record/record_event.h"

#include <gtest/gtest.h>

#include "tests/unit/record/changes.h"

namespace meldpunt::record::test {
namespace {

using crypto::Error;

// A vocabulary in which every scheme has the codes A and B.
bool in_vocabulary(std::string_view scheme, std::string_view code) {
  return !scheme.empty() && (code == "A" || code == "B");
}

std::string fault(const RecordEvent& event) { return fault_of(event, in_vocabulary); }

RecordEvent need() {
  return change("need", {{"need", "A"}, {"state", "ASKED"}, {"remark", "Morgen bellen"}}, 7,
                item(1));
}

TEST(RecordEvent, ComesBackAsItWasWritten) {
  RecordEvent event = need();
  event.fields["open"] = std::vector<std::string>{"A", "B"};
  event.fields["done"] = true;

  const auto again = decode(encode(event));

  ASSERT_TRUE(again);
  EXPECT_EQ(again->kind, event.kind);
  EXPECT_EQ(again->change, event.change);
  EXPECT_EQ(again->item, event.item);
  EXPECT_EQ(again->seen, 7U);
  EXPECT_EQ(again->fields, event.fields);
  EXPECT_FALSE(again->removed);
  EXPECT_EQ(encode(*again), encode(event));
}

TEST(RecordEvent, OfAKindOfTomorrowIsKept) {
  const auto event =
      decode(R"({"kind":"horoscope","version":3,"change":"01000000000000000000000000000000",)"
             R"("fields":{"sign":"Leo"},"mood":1})");

  ASSERT_TRUE(event);
  EXPECT_EQ(text_in(event->fields, "sign"), "Leo");
  EXPECT_NE(fault(*event), "") << "this program does not write what it does not know";
}

TEST(RecordEvent, RefusesWhatIsNoChange) {
  const std::string_view rows[] = {
      "",
      "[]",
      R"({"version":1,"change":"01000000000000000000000000000000","fields":{}})",
      R"({"kind":"need","change":"01000000000000000000000000000000","fields":{}})",
      R"({"kind":"need","version":1,"fields":{}})",
      R"({"kind":"need","version":1,"change":"01","fields":{}})",
      R"({"kind":"need","version":1,"change":"01000000000000000000000000000000"})",
      R"({"kind":"need","version":1,"change":"01000000000000000000000000000000","fields":{"a":1}})",
      R"({"kind":"need","version":1,"change":"01000000000000000000000000000000","fields":{"a":[1]}})",
      R"({"kind":"need","version":1,"change":"01000000000000000000000000000000","seen":-1,"fields":{}})",
  };
  for (const auto row : rows) {
    SCOPED_TRACE(row);
    const auto event = decode(row);
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error(), Error::malformed);
  }
}

TEST(RecordEvent, IsHeldAgainstItsTable) {
  EXPECT_EQ(fault(need()), "");
  const struct {
    const char* field;
    Value value;
  } rows[] = {
      {"need", "C"},                            // no such code
      {"need", ""},                             // has to be filled in
      {"need", std::vector<std::string>{"A"}},  // one, not several
      {"state", "DREAMT"},                      // no such choice
      {"remark", std::string("\x1b[2J")},       // no text
      {"remark", true},
      {"colour", "red"},  // no such field
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.field + text_of(row.value));
    RecordEvent event = need();
    event.fields[row.field] = row.value;
    EXPECT_NE(fault(event), "");
  }
}

TEST(RecordEvent, HasDatesLinesFlagsAndCases) {
  const Fields good{{"text", "Bellen"}, {"due", "2026-02-28"}, {"done", false}};
  EXPECT_EQ(fault(change("task", good, 0, item(1))), "");
  const std::pair<const char*, Value> rows[] = {
      {"due", "28-02-2026"}, {"due", "2026-13-01"}, {"text", "two\nlines"}, {"done", "yes"}};
  for (const auto& [name, value] : rows) {
    SCOPED_TRACE(name);
    Fields fields = good;
    fields[name] = value;
    EXPECT_NE(fault(change("task", fields, 0, item(1))), "");
  }
  EXPECT_EQ(fault(change("membership", {{"of", "01000000000000000000000000000000"}})), "");
  EXPECT_NE(fault(change("membership", {{"of", "0100"}})), "");
}

TEST(RecordEvent, NamesAnItemWhereThereMayBeSeveral) {
  EXPECT_NE(fault(change("need", need().fields)), "");
  EXPECT_NE(fault(change("membership", {}, 0, item(1))), "");
  EXPECT_EQ(fault(removal("need", 7, item(1))), "");
}

TEST(RecordKinds, AreNamedInBothLanguagesAndHaveFields) {
  for (const Kind& kind : all_kinds()) {
    SCOPED_TRACE(kind.name);
    EXPECT_EQ(find_kind(kind.name), &kind) << "two kinds of one name";
    EXPECT_FALSE(kind.label.dutch.empty() || kind.label.english.empty());
    EXPECT_FALSE(kind.fields.empty());
    for (const Field& field : kind.fields) {
      SCOPED_TRACE(field.name);
      EXPECT_EQ(find_field(kind, field.name), &field) << "two fields of one name";
      EXPECT_FALSE(field.label.dutch.empty() || field.label.english.empty());
      const bool coded = field.type == FieldType::code || field.type == FieldType::codes;
      EXPECT_EQ(coded, field.scheme.empty() == !field.choices.empty());
    }
  }
}

}  // namespace
}  // namespace meldpunt::record::test
