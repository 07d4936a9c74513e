// The journal as an access log, and as a file that anybody can check.
#include "client/lib/audit_file.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "client/lib/recording.h"
#include "client/lib/taking_out.h"
#include "crypto/hexadecimal.h"
#include "crypto/label.h"
#include "tests/support/two_desks.h"
#include "tests/unit/client/a_full_file.h"

namespace meldpunt::client::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditFileTest : public TwoDesks {
 protected:
  AuditFileTest() : TwoDesks(2), seat_(must(synced("steward"))), subject_(case_of(*seat_, 1)) {}

  Casework& casework() { return *seat_->casework; }
  Position write(record::RecordEvent change) {
    return must(write_record(casework(), subject_, std::move(change)));
  }
  std::string whole() { return must(audit_file(casework(), std::nullopt)); }
  static std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  static std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }
  static json event_at(const std::string& text, Position position) {
    for (const std::string& line : lines_of(text)) {
      json event = json::parse(line);
      if (event["line"] == "event" && event["position"] == position) return event;
    }
    return {};
  }

  std::unique_ptr<Seat> seat_;
  crypto::CaseId subject_;
};

TEST_F(AuditFileTest, SaysWhoDidWhatWithWhoseDataAndWhyAndNeverWhatItSays) {
  auto need = new_item("need", {{"need", "P1.SHELTER"}, {"state", "ASKED"}, {"remark", "MARK"}});
  const Position asked = write(need);
  need.fields["state"] = "ARRANGED";
  need.seen = asked;
  need.change = {};
  const Position arranged = write(need);
  need.removed = true;
  need.seen = arranged;
  need.change = {};
  need.fields.clear();
  const Position gone = write(need);
  write(instead_of({}, "identity", {{"name", "MARK"}}));
  must(open_identity(casework(), subject_, "call her back"));
  const Position opened = casework().journal().size();

  const std::string text = whole();

  EXPECT_THAT(text, Not(HasSubstr("MARK")));
  EXPECT_EQ(event_at(text, asked)["object"], "need");
  EXPECT_EQ(event_at(text, gone)["action"], "D");
  const json read = event_at(text, opened);
  EXPECT_EQ(read["action"], "R");
  EXPECT_EQ(read["object"], "identity_opened");
  EXPECT_EQ(read["reason"], "call her back");
  EXPECT_EQ(read["user"], "steward");
  EXPECT_EQ(read["role"], "coordinator");
  EXPECT_EQ(read["case"], crypto::hexadecimal(subject_.view()));
  EXPECT_EQ(read["source"], "IJsselland");
  EXPECT_EQ(read["outcome"], "done");
  EXPECT_THAT(read["time"].get<std::string>(), ::testing::MatchesRegex("....-..-..T..:00Z"));
}

TEST_F(AuditFileTest, HasNoWordsOfACaseButTheReasonsThatWereAskedFor) {
  fill_file(casework(), subject_);
  must(casework().note(subject_, std::string(mark) + "note"));
  must(casework().reply(subject_, {crypto::ReplyStatus::answer, false, "", "MARK-reply"}));
  EXPECT_EQ(marks_in(whole()), (std::set<std::string>{"identity_opened.reason", "membership.reason",
                                                      "paper_taken.reason"}));
}

TEST_F(AuditFileTest, FirstWritingIsCreatedTheNextChanged) {
  const Position first = write(instead_of({}, "risk", {{"urgency", "HIGH"}}));
  const Position second =
      write(instead_of(casework().files().of(subject_), "risk", {{"urgency", "ACUTE"}}));
  const std::string text = whole();
  EXPECT_EQ(event_at(text, first)["action"], "C");
  EXPECT_EQ(event_at(text, second)["action"], "U");
}

TEST_F(AuditFileTest, ThatItWasTakenOutStandsInIt) {
  must(take_out_audit(casework(), subject_, "yearly control"));
  const json taken = event_at(whole(), casework().journal().size());
  EXPECT_EQ(taken["object"], "paper_taken");
  EXPECT_EQ(taken["action"], "R");
  EXPECT_EQ(taken["detail"], "AUDIT CONTROL");
  EXPECT_EQ(taken["reason"], "yearly control");
  must(take_out_audit(casework(), {}, "of the region"));
  EXPECT_EQ(casework().files().of({}).several("paper_taken").size(), 1U);
}

TEST_F(AuditFileTest, OfOneCaseHasThatCaseAlone) {
  const auto verified = must(verify_audit_file(must(audit_file(casework(), case_of(*seat_, 2)))));
  EXPECT_GE(verified.events, 1U);
  EXPECT_LT(verified.events, must(verify_audit_file(whole())).events);
}

TEST_F(AuditFileTest, IsCheckedWithoutKeysAndItsDeviceByTheRosters) {
  const auto file = must(verify_audit_file(whole()));
  EXPECT_EQ(file.events, casework().journal().size());
  EXPECT_EQ(file.region, "IJsselland");
  EXPECT_TRUE(is_of_region(file, casework().rosters()));
  AuditFile strange = file;
  strange.key = crypto::SigningKey<crypto::role::Device>::generate().public_key();
  EXPECT_FALSE(is_of_region(strange, casework().rosters()));
}

TEST_F(AuditFileTest, EveryLineThatIsChangedDroppedAddedOrMovedIsNoticed) {
  write(new_item("need", {{"need", "P1.SHELTER"}, {"state", "ASKED"}}));
  const auto lines = lines_of(whole());
  ASSERT_GE(lines.size(), 5U);
  ASSERT_TRUE(verify_audit_file(joined(lines)));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    SCOPED_TRACE("line " + std::to_string(i + 1));
    for (const std::size_t at : {std::size_t{1}, lines[i].size() / 2, lines[i].size() - 2}) {
      auto changed = lines;
      changed[i][at] = changed[i][at] == '0' ? '1' : '0';
      EXPECT_FALSE(verify_audit_file(joined(changed))) << "byte " << at;
    }
    auto dropped = lines;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(verify_audit_file(joined(dropped)));
    auto twice = lines;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    EXPECT_FALSE(verify_audit_file(joined(twice)));
    if (i + 1 == lines.size()) continue;
    auto moved = lines;
    std::swap(moved[i], moved[i + 1]);
    EXPECT_FALSE(verify_audit_file(joined(moved)));
    // The end of all of it, too early.
    const std::vector<std::string> early(lines.begin(),
                                         lines.begin() + static_cast<std::ptrdiff_t>(i + 1));
    const bool is_all = i + 2 == lines.size();
    EXPECT_EQ(verify_audit_file(joined(early) + lines.back() + "\n").has_value(), is_all);
  }
}

TEST_F(AuditFileTest, OneThatSomebodyWroteAnewIsNotTheDevicesFile) {
  auto lines = lines_of(whole());
  // Everything is chained again, but nobody else has the device's key.
  lines.erase(lines.begin() + 2);
  std::string previous(64, '0');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    json line = json::parse(lines[i]);
    line["previous"] = previous;
    if (line["line"] == "end") line["events"] = lines.size() - 2;
    lines[i] = line.dump();
    previous = crypto::hexadecimal(crypto::hash("audit line", {crypto::as_bytes(lines[i])}).view());
  }
  const auto refused = verify_audit_file(joined(lines));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().sentence, HasSubstr("signature"));
}

TEST(AuditFiles, SayThatSomethingElseIsNone) {
  for (const char* text : {"", "\n", "{}\n{}\n", "nothing", "[]\n[]\n[]\n"}) {
    const auto refused = verify_audit_file(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().exit_code, EX_DATAERR);
  }
}

}  // namespace
}  // namespace meldpunt::client::test
