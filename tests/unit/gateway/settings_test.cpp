#include "server/gateway/settings.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace meldpunt::gateway {
namespace {

using namespace std::chrono_literals;

TEST(GatewaySettings, OfReportersAreTheDefaults) {
  const auto settings = settings_from({});

  ASSERT_TRUE(settings) << settings.error();
  EXPECT_EQ(settings->limits.unanswered, 2);
  EXPECT_EQ(settings->limits.small_frames, 64);
  EXPECT_EQ(settings->limits.handshake, 10s);
  EXPECT_EQ(settings->limits.idle, 60s);
  EXPECT_EQ(settings->limits.socket_buffer, 32768U);
  EXPECT_FALSE(settings->listen_proxied);
}

TEST(GatewaySettings, OfStaffAllowAJournalToStream) {
  const auto reporters = settings_from({});
  const auto staff = settings_from({{"instance", "staff"}});

  ASSERT_TRUE(reporters && staff);
  EXPECT_GT(staff->limits.burst, reporters->limits.burst);
  EXPECT_LT(staff->limits.frame_interval, reporters->limits.frame_interval);
  EXPECT_NE(staff->listen, reporters->listen);
  EXPECT_NE(staff->daemon_path, reporters->daemon_path);
}

TEST(GatewaySettings, TakeWhatIsGiven) {
  const auto settings = settings_from({{"listen", "tcp://[::1]:81"},
                                       {"listen-proxied", "unix:///run/onion.sock"},
                                       {"daemon", "ipc:///run/d.sock"},
                                       {"idle-ms", "1500"}});

  ASSERT_TRUE(settings) << settings.error();
  EXPECT_EQ(settings->listen, Place(TcpPlace{"::1", 81}));
  EXPECT_EQ(settings->listen_proxied, Place(UnixPlace{"/run/onion.sock"}));
  EXPECT_EQ(settings->daemon_path, "/run/d.sock");
  EXPECT_EQ(settings->limits.idle, 1500ms);
}

TEST(GatewaySettings, RefuseWhatMakesNoSense) {
  const struct {
    const char* name;
    const char* value;
  } rows[] = {
      {"instance", "partners"},
      {"listen", "tcp://localhost:80"},
      {"listen", "tcp://127.0.0.1"},
      {"listen", "tcp://127.0.0.1:70000"},
      {"listen", "127.0.0.1:80"},
      {"listen-proxied", "unix://relative"},
      {"daemon", "tcp://127.0.0.1:1"},
      {"connections", "0"},
      {"unanswered", "two"},
      {"burst", "8x"},
      {"idle-ms", "-1"},
      {"metrics-port", "65536"},
      {"listen", "none"},
      {"page", "/somewhere"},
      {"http-listen", "localhost:80"},
      {"daemon-connections", "0"},
      {"path", "point"},
      {"path", "/a b"},
  };
  for (const auto& row : rows) {
    const auto settings = settings_from({{row.name, row.value}});

    ASSERT_FALSE(settings) << row.name << ' ' << row.value;
    EXPECT_TRUE(settings.error().starts_with(row.name)) << settings.error();
  }
}

TEST(GatewaySettings, OfTheWebNeedThePin) {
  const auto without = settings_from({{"http-listen", "tcp://127.0.0.1:80"}});
  const auto with = settings_from({{"http-listen", "tcp://127.0.0.1:80"}, {"pin", "/etc/pin"}});

  ASSERT_FALSE(without);
  EXPECT_TRUE(without.error().starts_with("pin must name")) << without.error();
  ASSERT_TRUE(with) << with.error();
  EXPECT_EQ(with->web->path, "/");
  EXPECT_EQ(with->web->daemon, "ipc:///run/meldpunt/reporters.sock");
  EXPECT_EQ(with->web->limits.daemon_connections, 48U);
  EXPECT_FALSE(settings_from({})->web);
}

TEST(GatewaySettings, OfAPureRelayMayReachTheDaemonOverTcp) {
  OptionValues values{{"http-listen", "tcp://127.0.0.1:80"},
                      {"pin", "/etc/pin"},
                      {"daemon", "tcp://127.0.0.1:7700"}};
  EXPECT_FALSE(settings_from(values));
  values["listen"] = "none";

  const auto settings = settings_from(values);

  ASSERT_TRUE(settings) << settings.error();
  EXPECT_EQ(settings->web->daemon, "tcp://127.0.0.1:7700");
  EXPECT_FALSE(settings->listen);
}

}  // namespace
}  // namespace meldpunt::gateway
