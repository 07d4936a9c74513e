#include "client/cli/served_page.h"

#include <gmock/gmock.h>
#include <sodium.h>

#include <array>

#include "crypto/secret.h"
#include "tests/unit/client/a_region.h"

namespace meldpunt::client {
namespace {

using namespace ::testing;
using testing::Region;

const std::string zeros(64, '0');

std::string sha256(const std::string& text) {
  std::array<std::uint8_t, 32> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  std::array<char, 65> digits{};
  sodium_bin2hex(digits.data(), digits.size(), hash.data(), hash.size());
  return digits.data();
}

// The page with this region file, without its hash.
std::string page_of(const std::string& region) {
  return "<!doctype html>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
         "&#39;none&#39;\">\n<meta name=\"page-hash\" content=\"" +
         zeros + "\">\n<script type=\"application/json\" id=\"page-built\">{\"region\":" + region +
         "}</script>\n";
}

std::string with_hash(std::string page) {
  return page.replace(page.find(zeros), zeros.size(), sha256(page));
}

std::string full_region() {
  return R"({"name":"R","exitUrl":"https://weather.example","publicUrl":"https://r.example",)"
         R"("onionUrl":"http://r.onion","clientUrl":"https://r.example/c","readers":"two",)"
         R"("answerTime":"soon","telephones":[{"label":"desk","number":"0","hours":"9-17"}],)"
         R"("addresses":[{"label":{"nl":"balie"},"lines":["hall"],"hours":"9-17"}]})";
}

class ServedPage : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<Finding> found(const std::string& published = "",
                                           const crypto::Pin* pin = nullptr) const {
    return examine_page(answer_, published, pin);
  }
  // The sentences of this verdict, each after what it is about.
  [[nodiscard]] static std::vector<std::string> said(const std::vector<Finding>& findings,
                                                     Verdict verdict) {
    std::vector<std::string> sentences;
    for (const Finding& each : findings) {
      if (each.verdict == verdict) sentences.push_back(each.what + ": " + each.sentence);
    }
    return sentences;
  }
  [[nodiscard]] std::vector<std::string> wrongs(const std::string& published = "") const {
    return said(found(published), Verdict::wrong);
  }

  WebAnswer answer_{
      .status = 200,
      .headers = {{"content-security-policy", "default-src 'none'; frame-ancestors 'none'"},
                  {"cache-control", "no-store"},
                  {"referrer-policy", "no-referrer"},
                  {"x-content-type-options", "nosniff"},
                  {"x-frame-options", "DENY"},
                  {"cross-origin-opener-policy", "same-origin"},
                  {"cross-origin-resource-policy", "same-origin"},
                  {"permissions-policy", "camera=(), microphone=()"}},
      .body = with_hash(page_of(full_region()))};
};

TEST_F(ServedPage, HoldsWhenItIsWhatWasBuiltAndPublished) {
  const auto findings = found(sha256(page_of(full_region())));

  EXPECT_THAT(said(findings, Verdict::wrong), IsEmpty());
  EXPECT_THAT(said(findings, Verdict::note), IsEmpty());
  EXPECT_THAT(said(findings, Verdict::good), Contains(HasSubstr("published")));
}

TEST_F(ServedPage, IsCaughtWhenOneByteWasChanged) {
  answer_.body.replace(answer_.body.find("weather"), 1, "W");

  EXPECT_THAT(wrongs(), ElementsAre(HasSubstr("it was changed")));
}

TEST_F(ServedPage, IsCaughtByThePublishedHashWhenItLiesAboutItself) {
  answer_.body = with_hash(page_of(R"({"readers":"a thief"})"));

  EXPECT_THAT(wrongs(), IsEmpty());
  EXPECT_THAT(wrongs(sha256(page_of(full_region()))),
              ElementsAre(HasSubstr("not the page that was published")));
}

TEST_F(ServedPage, WithoutAPublishedHashTellsWhatToCompare) {
  EXPECT_THAT(said(found(), Verdict::note), ElementsAre(HasSubstr(sha256(page_of(full_region())))));
}

TEST_F(ServedPage, NamesEachHeaderThatIsMissing) {
  for (const auto& [name, value] : std::multimap(answer_.headers)) {
    SCOPED_TRACE(name);
    const auto whole = answer_.headers;
    answer_.headers.erase(name);
    const auto findings = found();
    answer_.headers = whole;

    const std::string named = name == "content-security-policy" ? "Content-Security-Policy" : name;
    EXPECT_THAT(said(findings, Verdict::wrong),
                ElementsAre(AllOf(HasSubstr(named), HasSubstr("missing"))));
  }
}

TEST_F(ServedPage, RefusesAPolicyThatIsNotItsOwnAndACookie) {
  answer_.headers.erase("content-security-policy");
  answer_.headers.emplace("content-security-policy", "default-src *");
  answer_.headers.emplace("set-cookie", "visitor=1");

  EXPECT_THAT(wrongs(), ElementsAre(HasSubstr("not that of this page"), HasSubstr("Set-Cookie")));
}

TEST_F(ServedPage, NamesWhatTheRegionFileLeavesEmpty) {
  answer_.body = with_hash(page_of(R"({"telephones":[{"label":{"nl":"balie"},"number":"0"}]})"));

  const auto notes = said(found(), Verdict::note);

  for (const char* name : {"name", "exitUrl", "publicUrl", "onionUrl", "clientUrl", "readers",
                           "answerTime", "addresses"}) {
    EXPECT_THAT(notes, Contains(HasSubstr(std::string(name) + " is empty")));
  }
  EXPECT_THAT(notes, Not(Contains(HasSubstr("telephones is empty"))));
  EXPECT_THAT(notes, Contains(HasSubstr("telephones: \"balie\" has no hours")));
}

TEST_F(ServedPage, RefusesWhatIsStillToBeFilledIn) {
  answer_.body = with_hash(page_of(R"({"readers":{"nl":"[FILL IN: who reads]"}})"));

  EXPECT_THAT(wrongs(), ElementsAre(HasSubstr("[FILL IN]")));
}

TEST_F(ServedPage, IsJudgedWhateverSomebodyPutIntoItsRegionFile) {
  for (const char* region : {"7", "[]", "null", R"({"telephones":7})", R"({"telephones":{"a":1}})",
                             R"({"telephones":[7,null,[],{}]})", R"({"telephones":[{"label":7}]})",
                             R"({"telephones":[{"label":{"nl":7,"en":[]}}],"addresses":"hall"})"}) {
    SCOPED_TRACE(region);
    answer_.body = with_hash(page_of(region));

    EXPECT_THAT(said(found(), Verdict::good), Contains(HasSubstr("hash: ")));
    EXPECT_THAT(found(), Contains(::testing::Field(&Finding::what, "region")));
  }
}

TEST_F(ServedPage, IsNotJudgedWhenItIsNone) {
  const struct {
    const char* why;
    WebAnswer answer;
  } rows[] = {
      {"404", {.status = 404, .headers = {}, .body = ""}},
      {"leads to https://elsewhere.example",
       {.status = 301, .headers = {{"location", "https://elsewhere.example"}}, .body = ""}},
      {"no page of Meldpunt", {.status = 200, .headers = {}, .body = "<title>Weather</title>"}},
      {"compresses (br)",
       {.status = 200, .headers = {{"content-encoding", "br"}}, .body = answer_.body}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.why);
    const auto findings = examine_page(row.answer, "", nullptr);

    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].verdict, Verdict::wrong);
    EXPECT_THAT(findings[0].sentence, HasSubstr(row.why));
  }
}

TEST_F(ServedPage, IsOfTheRegionOfThePin) {
  const Region region;
  const auto block = [](const Region& of) {
    const auto pin = crypto::sign_pin(of.pin, of.root);
    std::string text(sodium_base64_encoded_len(pin.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), pin.data(), pin.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return "<script id=\"page-pin\">" + text + "</script>";
  };

  answer_.body = with_hash(page_of(full_region()) + block(region));
  EXPECT_THAT(said(found("", &region.pin), Verdict::wrong), IsEmpty());

  answer_.body = with_hash(page_of(full_region()) + block(Region()));
  EXPECT_THAT(said(found("", &region.pin), Verdict::wrong),
              ElementsAre(HasSubstr("does not go to the region of your pin")));
}

TEST(SecurityText, IsServedFilledInAndNotExpired) {
  constexpr std::chrono::seconds in_2026{1'790'000'000};
  const struct {
    const char* text;
    Verdict verdict;
  } rows[] = {
      {"Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\n", Verdict::good},
      {"Contact: mailto:a@b.example\nExpires: 2026-01-01T00:00:00Z\n", Verdict::wrong},
      {"Contact: mailto:a@b.example\n", Verdict::wrong},
      {"Contact: [FILL IN: mailto:]\nExpires: 2027-01-01T00:00:00Z\n", Verdict::wrong},
      {"<title>Not found</title>", Verdict::note},
  };
  for (const auto& row : rows) {
    const WebAnswer answer{.status = 200, .headers = {}, .body = row.text};
    EXPECT_EQ(examine_security_text(answer, in_2026).verdict, row.verdict) << row.text;
  }
}

}  // namespace
}  // namespace meldpunt::client
