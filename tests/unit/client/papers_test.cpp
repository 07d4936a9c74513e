// Papers that leave a case: what stands on them, and what never does.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "client/lib/recording.h"
#include "client/lib/registration_form.h"
#include "client/lib/taking_out.h"
#include "crypto/hexadecimal.h"
#include "tests/support/partner_desk.h"
#include "tests/unit/client/a_full_file.h"

namespace meldpunt::client::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Papers : public testing::Test {
 protected:
  Papers() : seat_(office_.seat("steward")) { must(seat_->casework->sync()); }

  Casework& casework() { return *seat_->casework; }
  PaperWish wish() {
    PaperWish made;
    made.person = office_.subject;
    made.reporter_is_client = true;
    return made;
  }
  std::string client_file(const PaperWish& of) {
    const CasePaper paper = must(client_paper(casework(), of));
    return text_of(paper) + html_of(paper) + json_of(paper).dump();
  }
  void write(const std::string& kind, record::Fields fields) {
    must(write_record(casework(), office_.subject, new_item(kind, std::move(fields))));
  }
  void write_one(const std::string& kind, record::Fields fields) {
    must(write_record(casework(), office_.subject,
                      instead_of(casework().files().of(office_.subject), kind, std::move(fields))));
  }
  void identify() { write_one("classification", {{"status", "CONFIRMED"}}); }
  Outcome<crypto::ConsentId> agree(crypto::ConsentChoice choice, crypto::ConsentHow how,
                                   std::vector<std::string> fields = {"name",
                                                                      "exploitation_form"}) {
    crypto::ConsentRecorded recorded;
    recorded.question = {{}, "COMENSHA", "COMENSHA.ID", std::move(fields)};
    recorded.choice = choice;
    recorded.how = how;
    recorded.hour = office_.now();
    return record_consent(casework(), office_.subject, recorded);
  }

  PartnerOffice office_;
  std::unique_ptr<Seat> seat_;
};

TEST_F(Papers, ClientsOwnFileHoldsNoWordsButThoseThatWereMeantForHer) {
  fill_file(casework(), office_.subject);
  must(casework().note(office_.subject, std::string(mark) + "note"));

  const std::set<std::string> for_her{"right.told", "right.language", "shared_note.text"};
  EXPECT_EQ(marks_in(client_file(wish())), for_her);

  PaperWish with_identity = wish();
  with_identity.with_identity = true;
  std::set<std::string> and_who_she_is = for_her;
  and_who_she_is.insert({"identity.name", "identity.contact", "identity.documents"});
  EXPECT_EQ(marks_in(client_file(with_identity)), and_who_she_is);
  EXPECT_EQ(casework().files().of(office_.subject).several("identity_opened").size(), 2U)
      << "the one of above, and the opening";
}

TEST_F(Papers, EveryFieldThatGoesIsOneOfItsKind) {
  for (const record::Kind& kind : record::all_kinds()) {
    for (const std::string_view field : fields_for_client(kind.name)) {
      EXPECT_NE(record::find_field(kind, field), nullptr) << kind.name << "." << field;
    }
  }
}

TEST_F(Papers, ClientsOwnFileSaysWhatSheSaidWhatWasArrangedAndWhoWasTold) {
  write("need", {{"need", "P1.SHELTER"}, {"state", "ARRANGED"}, {"provider", "KADERA"}});
  must(casework().reply(office_.subject, {crypto::ReplyStatus::answer, false, "", "Call us."}));
  office_.consented();
  office_.escalate();
  must(casework().sync());

  const std::string text = text_of(must(client_paper(casework(), wish())));

  EXPECT_THAT(text, HasSubstr("report 1"));
  EXPECT_THAT(text, HasSubstr("Call us."));
  EXPECT_THAT(text, HasSubstr(label_of("need", "P1.SHELTER", LabelLanguage::dutch)));
  EXPECT_THAT(text, HasSubstr("Geregeld"));
  EXPECT_THAT(text, HasSubstr("Aan wie wij iets over u vertelden"));
  EXPECT_THAT(text, Not(HasSubstr("steward"))) << "a colleague's device";
  EXPECT_THAT(text, Not(HasSubstr("KADERA desk"))) << "a partner's";
}

TEST_F(Papers, WhoeverIsNotTheClientIsNotInIt) {
  auto by_neighbour = office_.report(0x20, 9, {{"reporter", {"CITIZEN"}}});
  by_neighbour.body = crypto::Statement{"nl", {{"reporter", {"CITIZEN"}}}, "MARK-neighbour", {}};
  office_.send(by_neighbour);
  office_.round("steward");
  must(casework().sync());
  crypto::CaseId neighbour;
  for (const auto& [id, entry] : casework().index().cases()) {
    if (id != office_.subject) neighbour = id;
  }
  must(casework().reply(neighbour, {crypto::ReplyStatus::answer, false, "", "MARK-reply"}));
  must(merge_cases(casework(), neighbour, office_.subject, "MARK-reason"));
  must(write_record(casework(), neighbour,
                    new_item("shared_note", {{"text", "MARK-for-somebody-else"}})));

  EXPECT_THAT(client_file(wish()), Not(HasSubstr(std::string(mark))));
  PaperWish of_thread;
  of_thread.person = neighbour;
  const std::string without_reports = client_file(of_thread);
  EXPECT_THAT(without_reports, Not(HasSubstr("MARK-neighbour")));
  EXPECT_THAT(without_reports, Not(HasSubstr("MARK-reply")));
  EXPECT_FALSE(client_reports(casework(), neighbour));
}

TEST_F(Papers, ALineThatIsAboutSomebodyElseTooCanBeLeftOut) {
  write("shared_note", {{"text", "MARK-one"}});
  write("shared_note", {{"text", "MARK-two"}});
  PaperWish without = wish();
  for (const PaperPart& part : must(client_paper(casework(), wish())).parts) {
    for (const PaperItem& item : part.items) {
      if (item.position != 0) without.left_out.insert(item.position);
    }
  }
  ASSERT_GE(without.left_out.size(), 3U);

  EXPECT_THAT(client_file(without), Not(HasSubstr(std::string(mark))));
  EXPECT_THAT(client_file(without), Not(HasSubstr("report 1")));
  without.left_out.erase(*without.left_out.rbegin());
  EXPECT_THAT(client_file(without), HasSubstr("MARK-two"));
}

TEST_F(Papers, AreTheSameWhetherSomebodyElseReportedOrNot) {
  const auto left_out = [&] {
    return json_of(must(client_paper(casework(), wish())))["parts"].back();
  };
  const auto before = left_out();
  must(casework().note(office_.subject, "a note"));
  write("task", {{"text", "call"}});
  EXPECT_EQ(left_out(), before);
}

TEST_F(Papers, WhatOthersWroteIsNoMarkup) {
  write("shared_note", {{"text", "<script>alert('1')</script>\nUw eigen dossier\n==="}});
  const CasePaper paper = must(client_paper(casework(), wish()));
  EXPECT_THAT(html_of(paper), Not(HasSubstr("<script")));
  EXPECT_THAT(html_of(paper), HasSubstr("&lt;script&gt;alert(&#39;1&#39;)"));
  EXPECT_THAT(text_of(paper), HasSubstr("\n  Uw eigen dossier\n  ===")) << "set in";
}

TEST_F(Papers, NobodyIsRegisteredByNameUnlessIdentifiedAndAgreedOnPaper) {
  const auto refusal = [&] {
    const auto form = registration_form(casework(), wish());
    return form ? std::string() : form.error().sentence;
  };
  EXPECT_THAT(refusal(), HasSubstr("not an identified victim"));
  write_one("classification", {{"status", "POSSIBLE"}});
  EXPECT_THAT(refusal(), HasSubstr("not an identified victim"));
  identify();
  EXPECT_THAT(refusal(), HasSubstr("no consent in writing"));
  must(agree(crypto::ConsentChoice::given, crypto::ConsentHow::spoken));
  EXPECT_THAT(refusal(), HasSubstr("not in writing"));
  must(agree(crypto::ConsentChoice::given, crypto::ConsentHow::written));
  EXPECT_EQ(refusal(), "");
  office_.clock.pass(std::chrono::hours(1));
  must(agree(crypto::ConsentChoice::withdrawn, crypto::ConsentHow::telephone, {"name"}));
  EXPECT_THAT(refusal(), HasSubstr("no consent in writing"));
}

TEST_F(Papers, TheRegistrationHasWhatSheAgreedToAndNothingElse) {
  identify();
  write_one("identity", {{"name", "N.N."}, {"contact", "MARK-contact"}, {"safety", "MARK-safe"}});
  write_one("classification", {{"status", "CONFIRMED"},
                               {"forms", std::vector<std::string>{"LAB"}},
                               {"remark", "MARK-remark"}});
  must(agree(crypto::ConsentChoice::given, crypto::ConsentHow::written,
             {"name", "exploitation_form", "whereabouts"}));

  const CasePaper form = must(registration_form(casework(), wish()));

  const std::vector<PaperLine>& lines = form.parts.at(0).items.at(0).lines;
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].text, "N.N.");
  EXPECT_EQ(lines[1].text, label_of("exploitation_form", "LAB", LabelLanguage::dutch));
  EXPECT_EQ(lines[2].text, "") << "a blank, to fill in by hand";
  EXPECT_THAT(text_of(form) + html_of(form), Not(HasSubstr(std::string(mark))));
  EXPECT_EQ(casework().files().of(office_.subject).several("identity_opened").size(), 1U);
}

TEST_F(Papers, AConsentThatWasWithdrawnWhileSomebodyLookedStopsTheForm) {
  identify();
  must(agree(crypto::ConsentChoice::given, crypto::ConsentHow::written));
  const auto form = must(prepare_paper(casework(), PaperKind::registration, wish(), {}));
  office_.clock.pass(std::chrono::hours(1));
  must(agree(crypto::ConsentChoice::withdrawn, crypto::ConsentHow::spoken));

  const auto taken = take_out(casework(), form, "COMENSHA", "registration");

  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().exit_code, EX_NOPERM);
  EXPECT_TRUE(casework().files().of(office_.subject).several("paper_taken").empty());
}

const ZaakSettings a_municipality{"123456782", "111222333", "https://zgw.example/zaaktypen/1"};

TEST_F(Papers, AZaakSaysWhereItBelongsAndNothingOfWhatItIsAbout) {
  write("shared_note", {{"text", "MARK-note"}});
  const auto zaak = must(zaak_of(casework(), office_.subject, a_municipality));

  std::set<std::string> names;
  for (const auto& [name, value] : zaak.items()) names.insert(name);
  EXPECT_EQ(names, (std::set<std::string>{"identificatie", "bronorganisatie", "registratiedatum",
                                          "verantwoordelijkeOrganisatie", "startdatum", "zaaktype",
                                          "vertrouwelijkheidaanduiding"}));
  EXPECT_EQ(zaak["vertrouwelijkheidaanduiding"], "zeer_geheim");
  EXPECT_EQ(zaak["bronorganisatie"], "123456782");
  EXPECT_EQ(zaak["startdatum"].get<std::string>().size(), 10U);
  const std::string name = zaak["identificatie"];
  EXPECT_EQ(name.size(), 32U);
  EXPECT_NE(name, crypto::hexadecimal(office_.subject.view()));
  EXPECT_EQ(must(zaak_of(casework(), office_.subject, a_municipality)), zaak) << "the same again";
}

TEST(Zaak, NamesWhatIsMissing) {
  EXPECT_EQ(fault_of(a_municipality), "");
  ZaakSettings settings;
  EXPECT_THAT(fault_of(settings), HasSubstr("--zgw-source"));
  settings.source = "123456789";
  EXPECT_THAT(fault_of(settings), HasSubstr("test of eleven"));
  settings.source = a_municipality.source;
  EXPECT_THAT(fault_of(settings), HasSubstr("--zgw-responsible"));
  settings.responsible = a_municipality.responsible;
  EXPECT_THAT(fault_of(settings), HasSubstr("--zgw-zaaktype"));
  settings.zaaktype = "zaaktype";
  EXPECT_THAT(fault_of(settings), HasSubstr("https://"));
}

TEST(Zaak, KnowsAnRsinFromNineDigits) {
  for (const char* good : {"123456782", "111222333"}) EXPECT_TRUE(is_rsin(good)) << good;
  for (const char* bad : {"", "123456789", "12345678", "1234567820", "000000000", "12345678x"}) {
    EXPECT_FALSE(is_rsin(bad)) << bad;
  }
}

TEST_F(Papers, TakingOneOutIsJournaledWithoutItsContent) {
  write("shared_note", {{"text", "MARK-note"}});
  const auto paper = must(prepare_paper(casework(), PaperKind::client_file, wish(), {}));
  EXPECT_TRUE(casework().files().of(office_.subject).several("paper_taken").empty());
  EXPECT_EQ(take_out(casework(), paper, "CLIENT", "").error().exit_code, EX_USAGE);
  EXPECT_EQ(take_out(casework(), paper, "COMENSHA", "asked").error().exit_code, EX_USAGE);

  must(take_out(casework(), paper, "", "she asked for it"));

  const auto taken = casework().files().of(office_.subject).several("paper_taken");
  ASSERT_EQ(taken.size(), 1U);
  const record::Fields& fields = taken.front()->fields();
  EXPECT_EQ(record::text_in(fields, "paper"), "CLIENT_FILE");
  EXPECT_EQ(record::text_in(fields, "recipient"), "CLIENT");
  EXPECT_EQ(record::text_in(fields, "reason"), "she asked for it");
  EXPECT_EQ(fields.size(), 3U);
  ASSERT_EQ(paper.files.size(), 2U);
  EXPECT_THAT(paper.files[0].content, HasSubstr("MARK-note"));
}

}  // namespace
}  // namespace meldpunt::client::test
