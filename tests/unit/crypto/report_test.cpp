#include "crypto/report.h"

#include "tests/support/fixed_thread.h"
#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using namespace test;

class Reports : public testing::Test {
 protected:
  Result<SealedReport> seal(const Report& report) const {
    return seal_report(report, region_.team.public_key(), region_.id);
  }
  Result<Report> there_and_back(const Report& report) const {
    const auto sealed = seal(report);
    if (!sealed) return fail(sealed.error());
    const auto opened = open_report(*sealed, region_.team, region_.id);
    if (!opened) return fail(opened.error());
    return decode_report(opened->plaintext.view());
  }
  void expect_same_body(ReportKind kind, const ReportBody& body) const {
    const auto back = there_and_back(a_report(kind, body));
    ASSERT_THAT(back, Succeeds());
    EXPECT_EQ(back->kind, kind);
    EXPECT_EQ(back->body, body);
  }

  const FixedRegion region_;
};

TEST_F(Reports, ArriveWhole) {
  const Report report = a_report();
  const auto back = there_and_back(report);
  ASSERT_THAT(back, Succeeds());
  EXPECT_EQ(back->id, report.id);
  EXPECT_EQ(back->thread.id, report.thread.id);
  EXPECT_TRUE(same_secret(back->thread.address_key.view(), report.thread.address_key.view()));
  EXPECT_TRUE(same_secret(back->thread.up_key.view(), report.thread.up_key.view()));
  EXPECT_TRUE(same_secret(back->thread.down_key.view(), report.thread.down_key.view()));
  EXPECT_EQ(back->thread.reply_key, report.thread.reply_key);
  EXPECT_EQ(back->visit, report.visit);
  EXPECT_EQ(back->part, 1);
  EXPECT_EQ(back->last_reply_read, no_reply_read);
  EXPECT_EQ(back->hour, this_hour);
  EXPECT_EQ(back->body, report.body);
}

TEST_F(Reports, CarryEveryKind) {
  for (const auto kind : {ReportKind::report, ReportKind::message, ReportKind::advice}) {
    expect_same_body(kind, a_statement());
  }
  for (const auto choice : {ConsentChoice::given, ConsentChoice::refused, ConsentChoice::later,
                            ConsentChoice::withdrawn}) {
    expect_same_body(ReportKind::consent_answer,
                     ConsentAnswer{id_of<ConsentId>(1), choice, "ja, maar niet mijn naam"});
  }
  expect_same_body(ReportKind::erase, EraseRequest{"wis alles"});
  expect_same_body(ReportKind::part, Part{id_of<Hash>(1), 2, {1, 2, 3}});
}

TEST_F(Reports, NameWhatFollowsInParts) {
  Statement statement = a_statement();
  statement.enclosed.push_back(*make_manifest(PartsKind::image, Buffer(30000, 1), 12000));
  statement.enclosed.push_back(*make_manifest(PartsKind::text, Buffer(9, 1), 12000));
  expect_same_body(ReportKind::report, statement);
}

TEST_F(Reports, HoldTwelveThousandSixHundredBytesAndSayWhenItIsMore) {
  const std::size_t overhead = 2 + 2 + 1 + 2 + 1;
  Statement statement{"nl", {}, std::string(report_body_max - overhead, 'x'), {}};
  expect_same_body(ReportKind::report, statement);
  statement.text += 'x';
  EXPECT_THAT(seal(a_report(ReportKind::report, statement)), FailsWith(Error::too_long));
  expect_same_body(ReportKind::part, Part{id_of<Hash>(1), 0, Buffer(report_part_max, 1)});
  EXPECT_THAT(
      seal(a_report(ReportKind::part, Part{id_of<Hash>(1), 0, Buffer(report_part_max + 1, 1)})),
      FailsWith(Error::too_long));
}

TEST_F(Reports, CountNoMoreThanAByteCounts) {
  Statement statement = a_statement();
  statement.answers.assign(255, Answer{"q", {}});
  expect_same_body(ReportKind::report, statement);
  statement.answers.assign(256, Answer{"q", {}});
  EXPECT_THAT(seal(a_report(ReportKind::report, statement)), FailsWith(Error::too_many));
  statement.answers.assign(1, Answer{"q", std::vector<std::string>(256, "c")});
  EXPECT_THAT(seal(a_report(ReportKind::report, statement)), FailsWith(Error::too_many));
  statement = a_statement();
  statement.enclosed.assign(256, Manifest{});
  EXPECT_THAT(seal(a_report(ReportKind::report, statement)), FailsWith(Error::too_many));
}

TEST_F(Reports, AreNotSealedWithFieldsThatCouldNotBeRead) {
  const auto refused = [&](ReportKind kind, const ReportBody& body) {
    EXPECT_THAT(seal(a_report(kind, body)), FailsWith(Error::malformed));
  };
  const auto statement_with = [](auto change) {
    Statement statement = a_statement();
    change(statement);
    return statement;
  };
  refused(ReportKind::report, statement_with([](Statement& s) { s.text = "a\x07"; }));
  refused(ReportKind::report, statement_with([](Statement& s) { s.language = ""; }));
  refused(ReportKind::report, statement_with([](Statement& s) { s.answers[0].question = "a b"; }));
  refused(ReportKind::report, statement_with([](Statement& s) { s.answers[0].codes[0] = ""; }));
  refused(ReportKind::report, statement_with([](Statement& s) { s.enclosed.emplace_back(); }));
  refused(ReportKind::consent_answer, ConsentAnswer{{}, ConsentChoice{5}, ""});
  refused(ReportKind::consent_answer, ConsentAnswer{{}, ConsentChoice{0}, ""});
  refused(ReportKind::consent_answer, ConsentAnswer{{}, ConsentChoice::given, "\xff"});
  refused(ReportKind::erase, EraseRequest{"\x1b"});
  refused(ReportKind::part, Part{});
}

TEST_F(Reports, AreNotSealedWithTheBodyOfAnotherKind) {
  for (std::uint8_t kind = 0; kind <= 7; ++kind) {
    int accepted = 0;
    for (const ReportBody& body : {ReportBody(a_statement()), ReportBody(ConsentAnswer{}),
                                   ReportBody(EraseRequest{}), ReportBody(Part{{}, 0, {1}})}) {
      if (seal(a_report(ReportKind{kind}, body))) ++accepted;
    }
    EXPECT_EQ(accepted, kind >= 1 && kind <= 6 ? 1 : 0) << int{kind};
  }
}

class SealedReports : public Reports {
 protected:
  const SealedReport sealed_ = *seal(a_report());
};

TEST_F(SealedReports, NameTheirEpochAndNothingElse) {
  EXPECT_EQ(epoch_of(sealed_), epoch_of(region_.team.public_key()));
  EXPECT_NE(*seal(a_report()), sealed_);
}

TEST_F(SealedReports, RefuseOneTurnedBitInAnyField) {
  const struct {
    const char* field;
    std::size_t at;
  } rows[] = {
      {"epoch id", 0},
      {"enc", epoch_id_size},
      {"first byte of ciphertext", epoch_id_size + hpke_enc_size},
      {"last byte of tag", sealed_report_size - 1},
  };
  for (const auto& row : rows) {
    SealedReport damaged = sealed_;
    damaged[row.at] ^= 1;
    EXPECT_THAT(open_report(damaged, region_.team, region_.id), FailsWith(Error::cannot_open))
        << row.field;
  }
}

TEST_F(SealedReports, RefuseAnotherKeyOrRegion) {
  EXPECT_THAT(open_report(sealed_, opening_key<role::Epoch>(0x55), region_.id),
              FailsWith(Error::cannot_open));
  EXPECT_THAT(open_report(sealed_, region_.team, id_of<RegionId>(1)),
              FailsWith(Error::cannot_open));
}

TEST_F(SealedReports, AreNotMadeForWhatIsNoKey) {
  SealingKey<role::Epoch> no_key;
  no_key.bytes.fill(0xff);
  EXPECT_THAT(seal_report(a_report(), no_key, region_.id), FailsWith(Error::malformed));
}

TEST_F(SealedReports, ContinueTheThreadOfWhoKnowsTheUpKey) {
  const auto opened = open_report(sealed_, region_.team, region_.id);
  ASSERT_THAT(opened, Succeeds());
  EXPECT_TRUE(continues_thread(*opened, fixed_thread().shared.up_key));
  EXPECT_FALSE(continues_thread(*opened, secret_of(1)));
}

// The same plaintext under another seal, as one who opened it might send on: not continued.
TEST_F(SealedReports, DoNotContinueWhenSealedAgainBySomeoneElse) {
  auto opened = open_report(sealed_, region_.team, region_.id);
  ASSERT_THAT(opened, Succeeds());
  opened->exported[0] ^= 1;
  EXPECT_FALSE(continues_thread(*opened, fixed_thread().shared.up_key));
  opened->exported[0] ^= 1;
  opened->plaintext.fill()[20] ^= 1;
  EXPECT_FALSE(continues_thread(*opened, fixed_thread().shared.up_key));
}

class ReportPlaintexts : public SealedReports {
 protected:
  static constexpr std::size_t kind_at = report_head_size - 1;
  Result<Report> decoded_with(std::size_t at, std::uint8_t value) const {
    auto plaintext = opened_.plaintext.clone();
    plaintext.fill()[at] = value;
    return decode_report(plaintext.view());
  }
  const OpenedReport opened_ = *open_report(sealed_, region_.team, region_.id);
};

TEST_F(ReportPlaintexts, AreMalformedWithAnUnknownKindPaddingOrTrailingBytes) {
  EXPECT_THAT(decoded_with(kind_at, 2), Succeeds());
  for (const std::uint8_t kind : Buffer{0, 7, 255}) {
    EXPECT_THAT(decoded_with(kind_at, kind), FailsWith(Error::malformed));
  }
  EXPECT_THAT(decoded_with(kind_at, 5), FailsWith(Error::malformed));  // another kind's body
  EXPECT_THAT(decoded_with(report_plaintext_size - mac_size - 1, 1), FailsWith(Error::malformed));
  const std::uint8_t length = opened_.plaintext.view()[kind_at + 2];
  const auto one_more = static_cast<std::uint8_t>(length + 1);
  EXPECT_THAT(decoded_with(kind_at + 2, one_more), FailsWith(Error::malformed));
  EXPECT_THAT(decoded_with(kind_at + 1, 0xff), FailsWith(Error::malformed));
}

}  // namespace
}  // namespace meldpunt::crypto
