// Stories of whoever checks the page that is served: the real build of it behind the real gateway,
// and somebody in between.
#include <gtest/gtest.h>
#include <sysexits.h>

#include "tests/integration/a_region.h"

namespace meldpunt::tests {
namespace {

class TheServedPage : public testing::Test {
 protected:
  TheServedPage() {
    write_text(folder_ / "region.json",
               R"({"exitUrl": "https://neutral.example/", "telephones": [
                  {"label": "Coordinator", "number": "0000 000 000"}]})");
    const Finished built = run({"node", "client/page/build.mjs", "--entry",
                                std::filesystem::absolute("client/page/test/main_in_memory.ts"),
                                "--packages", MELDPUNT_PAGE_PACKAGES "/node_modules", "--region",
                                folder_ / "region.json", "--out", folder_ / "page"});
    EXPECT_EQ(built.status, 0) << built.output;
    const auto start = built.output.find('{');
    const auto end = built.output.find('\n', start);
    hash_ = Json::parse(built.output.substr(start, end - start)).at("page_hash");
  }

  static Finished doctor(const std::string& url, const std::vector<std::string>& more = {}) {
    Command command{MELDPUNT_CLIENT_PROGRAM, "doctor", "--page", url};
    command.insert(command.end(), more.begin(), more.end());
    return run(command);
  }

  const Folder folder_;
  std::string hash_;
};

TEST_F(TheServedPage, HoldsAndItsEmptyFieldsAreNamed) {
  const ARegion region({.web = true, .page = folder_ / "page"});

  const Finished checked = doctor(region.web_address(), {"--hash", hash_});

  EXPECT_EQ(checked.status, 0) << checked.output;
  for (const char* line : {"good   hash: ", "good   published: ", "good   headers: ",
                           "note   region: addresses is empty", "\"Coordinator\" has no hours"}) {
    EXPECT_NE(checked.output.find(line), std::string::npos) << line << '\n' << checked.output;
  }
  EXPECT_EQ(checked.output.find("WRONG"), std::string::npos) << checked.output;
  EXPECT_EQ(checked.output.find("exitUrl"), std::string::npos) << checked.output;
}

TEST_F(TheServedPage, IsCaughtWhenSomebodyPutsAScriptIntoIt) {
  std::string page = read_text(folder_ / "page/page.html");
  const std::string before = "</body>";
  page.replace(page.rfind(before), before.size(), "<script>steal()</script></body>");
  write_text(folder_ / "page/page.html", page);
  write_text(folder_ / "page/page.headers", "Cache-Control: no-store\n");
  const ARegion region({.web = true, .page = folder_ / "page"});

  const Finished checked = doctor(region.web_address(), {"--hash", hash_});

  EXPECT_EQ(checked.status, EX_DATAERR) << checked.output;
  for (const char* line : {"WRONG  hash: ", "WRONG  published: ",
                           "WRONG  headers: Content-Security-Policy is missing"}) {
    EXPECT_NE(checked.output.find(line), std::string::npos) << line << '\n' << checked.output;
  }
}

TEST_F(TheServedPage, IsCheckedOverTlsOnlyWithACertificateThatHolds) {
  const Finished made =
      run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
           "-nodes", "-days", "1", "-subj", "/CN=localhost", "-keyout", folder_ / "key", "-out",
           folder_ / "certificate"});
  ASSERT_EQ(made.status, 0) << made.output;
  std::string headers = read_text(folder_ / "page/page.headers");
  for (auto at = headers.find('\n'); at != std::string::npos; at = headers.find('\n', at + 2)) {
    headers.insert(at, "\r");
  }
  write_text(folder_ / "answer",
             "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + read_text(folder_ / "page/page.html"));
  const int port = a_free_port();
  const auto server = folder_ / "tls.sh";
  write_text(server, "cd " + folder_.path().string() + " && exec openssl s_server -quiet -HTTP " +
                         "-accept " + std::to_string(port) + " -cert certificate -key key\n");
  const Child tls({"sh", server}, folder_ / "tls.log");
  await("the server", [&] { return listens(port); });
  const std::string place = ":" + std::to_string(port) + "/answer";
  const auto trusting = [&](const std::string& host) {
    return run({"env", "SSL_CERT_FILE=" + (folder_ / "certificate").string(),
                MELDPUNT_CLIENT_PROGRAM, "doctor", "--page", "https://" + host + place, "--hash",
                hash_});
  };

  const Finished known = trusting("localhost");
  const Finished other_name = trusting("127.0.0.1");
  const Finished unknown = doctor("https://localhost" + place);

  EXPECT_EQ(known.status, 0) << known.output;
  EXPECT_NE(known.output.find("good   published: "), std::string::npos) << known.output;
  for (const Finished& refused : {other_name, unknown}) {
    EXPECT_EQ(refused.status, EX_PROTOCOL) << refused.output;
    EXPECT_NE(refused.output.find("does not hold"), std::string::npos) << refused.output;
  }
}

}  // namespace
}  // namespace meldpunt::tests
