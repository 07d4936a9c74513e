// One report and its answer, from founding a region to burning the reply: the people and programs
// of the worked example, and what each of them holds. Its chapters are in example_*.cpp.
#pragma once

#include <optional>

#include "crypto/case_events.h"
#include "crypto/code.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"
#include "tests/vectors/hpke_by_hand.h"
#include "tests/vectors/walk.h"

namespace meldpunt::crypto::example {

inline constexpr Day today = 20'800;  // 2026-12-13
inline constexpr Hour now = today * 24 + 9;

class Example {
 public:
  Walk run() {
    walk_.say(introduction);
    found();
    give_the_day();
    make_the_code();
    write_the_report();
    solve_the_puzzle();
    send_the_request();
    answer_the_request();
    take_it_in();
    write_the_reply();
    fetch_the_reply();
    burn_the_reply();
    enrol_another();
    return std::move(walk_);
  }

 private:
  static constexpr std::string_view introduction =
      R"(# Worked example

This page is printed by `tests/vectors/worked_example.cpp`; a test compares them. Numbers are decimal, everything in
quotation marks is UTF-8, everything else is bytes in hexadecimal. Of a value longer than 64 bytes the first and last
32 stand here; all of it stands in `tests/vectors/worked_example.values` under the same name. Names and notation are
those of [protocol.md](protocol.md). Secrets and random values were chosen beforehand; everything else follows from
them, so that a second implementation can be checked step by step.)";

  void found();
  void give_the_day();
  void make_the_code();
  void write_the_report();
  void solve_the_puzzle();
  void send_the_request();
  void answer_the_request();
  void take_it_in();
  void write_the_reply();
  void fetch_the_reply();
  void burn_the_reply();
  void enrol_another();

  void show(const Taken& taken, std::string_view of);
  void show_stretching(const RegionId& region);
  void exchange(std::string_view name, const Request& request, const Response& response);
  void exchange_inside(std::string_view name, const Request& request, const Response& response);

  Walk walk_;
  SigningKey<role::Root> root_ = signing<role::Root>("root key");
  SigningKey<role::Root> next_root_ = signing<role::Root>("next root key");
  SigningKey<role::Operations> operations_ = signing<role::Operations>("operations key");
  SigningKey<role::Daemon> daemon_ = signing<role::Daemon>("daemon key");
  CurveSecret curve_ = CurveSecret::from_secret(chosen<32>("daemon connection key"));
  OpeningKey<role::Epoch> epoch_ = opening<role::Epoch>("epoch secret");
  OpeningKey<role::Request> request_key_ = opening<role::Request>("request key");
  SigningKey<role::Device> device_key_ = signing<role::Device>("device signing key");
  DeviceId device_ = chosen_id<DeviceId>("device id");
  Pin pin_;
  Buffer certificate_;
  Digest digest_;
  std::optional<Code> code_;
  std::optional<ThreadKeys> thread_;
  SealedReport report_{};
  ReportId report_id_ = chosen_id<ReportId>("report id");
  PuzzleAnswer answer_;
  VaultSecret vault_{1, secret("vault key"), secret("journal key")};
  SymmetricKey case_key_ = secret("case key");
  CaseId case_;
  Hash head_;
  SealedReply reply_{};
  BurnToken token_ = chosen_id<BurnToken>("burn token");
};

}  // namespace meldpunt::crypto::example
