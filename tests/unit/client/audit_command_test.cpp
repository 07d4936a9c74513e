// `meldpunt audit --verify FILE`: by somebody without the server, and without a home.
#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "client/cli/command.h"
#include "client/lib/audit_file.h"
#include "tests/support/two_desks.h"

namespace meldpunt::client::test {
namespace {

using ::testing::HasSubstr;

class AuditCommand : public TwoDesks {
 protected:
  AuditCommand() : TwoDesks(1), seat_(must(synced("steward"))) {
    const std::string text = must(audit_file(*seat_->casework, std::nullopt));
    must(write_new_file(path(), crypto::as_bytes(text)));
    must(write_new_file(office_.path_of("passphrase"), crypto::as_bytes(passphrase)));
  }

  [[nodiscard]] Path path() const { return office_.path_of("audit.jsonl"); }
  int verify(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"audit", "--json", "--verify", path().string()};
    words.insert(words.end(), more.begin(), more.end());
    std::vector<const char*> arguments;
    for (const std::string& word : words) arguments.push_back(word.c_str());
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream complaints;
    Terminal terminal(in, out, complaints);
    SystemClock clock;
    Network network;
    const int code = run_command(arguments, terminal, clock, network);
    out_ = out.str();
    complaints_ = complaints.str();
    return code;
  }

  std::unique_ptr<Seat> seat_;
  std::string out_;
  std::string complaints_;
};

TEST_F(AuditCommand, ChecksAFileWithoutKeysAndServer) {
  EXPECT_EQ(verify(), EX_OK) << complaints_;
  const auto said = nlohmann::json::parse(out_);
  EXPECT_EQ(said["event"], "audit_verified");
  EXPECT_EQ(said["events"], seat_->casework->journal().size());
}

TEST_F(AuditCommand, KnowsACoordinatorsDeviceByItsHome) {
  EXPECT_EQ(verify({"--home", office_.path_of("deputy").string(), "--passphrase-file",
                    office_.path_of("passphrase").string()}),
            EX_OK)
      << complaints_;
  const Office other;
  EXPECT_EQ(verify({"--home", other.path_of("steward").string(), "--passphrase-file",
                    office_.path_of("passphrase").string()}),
            EX_DATAERR)
      << "another region";
}

TEST_F(AuditCommand, NamesTheLineThatWasChanged) {
  std::string text = must(audit_file(*seat_->casework, std::nullopt));
  const std::size_t second = text.find('\n') + 1;
  text.replace(text.find("steward", second), 7, "nobody!");
  std::ofstream(path(), std::ios::binary) << text;
  EXPECT_EQ(verify(), EX_DATAERR);
  EXPECT_THAT(complaints_, HasSubstr("line 3"));
}

}  // namespace
}  // namespace meldpunt::client::test
