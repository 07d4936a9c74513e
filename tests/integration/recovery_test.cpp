// What a region survives with the real programs: its only laptop lost, its root key stolen.
#include <gtest/gtest.h>

#include "tests/integration/a_region.h"
#include "tests/integration/case_file.h"

namespace meldpunt::tests {
namespace {

class Recovery : public testing::Test {
 protected:
  ARegion::Answer must(const std::string& command, const std::vector<std::string>& more = {},
                       const std::string& home = "steward") {
    auto answer = region_.staff(command, more, home);
    EXPECT_EQ(answer.status, 0) << command << ": " << answer.output;
    return answer;
  }
  [[nodiscard]] std::vector<std::string> with_root(const std::string& key,
                                                   std::vector<std::string> more) const {
    more.insert(more.end(), {"--root-key", folder() / "region" / key, "--root-passphrase-file",
                             folder() / "passphrase"});
    return more;
  }
  // The operator starts the daemon with a file that a steward brought.
  void start_with(const std::filesystem::path& file) {
    std::filesystem::copy_file(file, folder() / "region/founding",
                               std::filesystem::copy_options::overwrite_existing);
    region_.start_daemon();
    region_.start_gateways();
  }
  [[nodiscard]] const Folder& folder() const { return region_.folder(); }

  ARegion region_;
};

TEST_F(Recovery, OfALostLaptopFromPaperAndServer) {
  const auto words = region_.report("before the loss");
  region_.duty_once();
  must("steward paper", with_root("root.key", {"--recovery-file", folder() / "paper"}));
  region_.report("waits for whoever comes");
  std::filesystem::remove_all(folder() / "steward");
  region_.stop_daemon();
  Command authority = region_.daemon_command();
  authority.insert(authority.end(), {"--write-authority", folder() / "authority"});
  ASSERT_EQ(run(authority).status, 0);

  // The new laptop has the old one's name among the folders, because the stories' helpers use it.
  must("steward recover",
       with_root("root.key", {"--pin", region_.pin(), "--authority", folder() / "authority",
                              "--name", "laptop 2", "--out", folder() / "recovered"}));
  start_with(folder() / "recovered/recovery");
  const auto recovered = must("steward recover", {"--recovery-file", folder() / "paper"});

  EXPECT_EQ(recovered.event("recovered").value("cases", 0), 1) << recovered.output;
  EXPECT_GE(recovered.event("recovered").value("bundles", 0), 35) << recovered.output;
  region_.duty_once();
  region_.report("after the recovery");
  region_.duty_once();
  EXPECT_EQ(case_file(region_).size(), 3U);
  must("steward renew");
}

TEST_F(Recovery, OfAStolenRootByTheNextOne) {
  region_.enrol("deputy");
  must("cases", {}, "deputy");
  region_.report("before the theft");
  region_.duty_once();
  const auto old_pin = folder() / "old-pin";
  std::filesystem::copy_file(region_.pin(), old_pin);

  must("steward renew",
       with_root("next-root.key",
                 {"--replace-root", "--next-root-out", folder() / "region/third-root.key",
                  "--next-pin", folder() / "pin-2", "--out", folder() / "renewal"}));
  std::filesystem::copy_file(folder() / "pin-2", region_.pin(),
                             std::filesystem::copy_options::overwrite_existing);
  start_with(folder() / "renewal");
  must("steward renew");

  const auto late = region_.staff("cases", {"--timeout", "5"}, "deputy");
  EXPECT_NE(late.status, 0);
  EXPECT_NE(late.output.find("new pin"), std::string::npos) << late.output;
  must("device renew", {"--next-pin", folder() / "pin-2"}, "deputy");
  region_.report("after the theft");
  region_.duty_once("deputy");
  EXPECT_EQ(case_file(region_).size(), 2U);
  const auto stolen = region_.staff("steward renew", with_root("root.key", {}));
  EXPECT_NE(stolen.status, 0);
  must("steward renew", with_root("next-root.key", {}));
}

}  // namespace
}  // namespace meldpunt::tests
