// What a reporter sends, from what was written to acknowledged puts.
//
// Text that does not fit one report continues in parts: the report's own text is its beginning, and
// the enclosed manifest (kind text) what follows it. Each image is enclosed by a manifest of its
// own (kind image) and travels in parts after the text's. All of it is one visit, counted from part
// 0.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "client/lib/beats.h"
#include "client/lib/puzzle_solver.h"
#include "crypto/report.h"

namespace meldpunt::client {

// A visit counts what it sends in one byte.
inline constexpr std::size_t visit_reports_max = 255;

struct Outgoing {
  crypto::ReportKind kind = crypto::ReportKind::report;
  crypto::ReportBody body;  // a statement's text may be longer than a report
  std::uint16_t last_reply_read = crypto::no_reply_read;
  // With a statement only: JPEG files that were made anew on this device, so that they hold pixels
  // and nothing about who, where and when.
  std::vector<crypto::Buffer> images{};
};

// Everything that carries it, in the order of sending. too_long for text and images that
// visit_reports_max reports cannot carry, or answers that leave no room for text; malformed for
// images with a body that encloses nothing.
[[nodiscard]] crypto::Result<std::vector<crypto::Report>> compose(
    Outgoing outgoing, const crypto::ThreadSecrets& thread);

// Puts reports into the intake, one after the other. Each is sealed once, when the first notice is
// there, and again only when its epoch is no longer taken; then it keeps its report id. What has
// arrived is forgotten.
class PutReports : public Errand {
 public:
  // `solver` must outlive it, and solves for nobody else meanwhile.
  PutReports(std::vector<crypto::Report> reports, const crypto::RegionId& region,
             PuzzleSolver& solver);
  PutReports(const PutReports&) = delete;
  PutReports& operator=(const PutReports&) = delete;
  ~PutReports() override { stop_solving(); }

  std::optional<crypto::Request> prepare(const crypto::Notice& notice) override;
  void answered(const crypto::Response& response) override;
  [[nodiscard]] bool done() const override;

  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }
  [[nodiscard]] std::size_t total() const { return reports_.size(); }
  // The server would not have it: none of its answers that ask to try again.
  [[nodiscard]] std::optional<crypto::Status> refused() const { return refused_; }
  [[nodiscard]] bool arrived() const { return acknowledged_ == reports_.size(); }
  // Its next put waits for the answer to a puzzle.
  [[nodiscard]] bool solving() const { return started_ && !solver_.answer(); }

 private:
  bool seal_current(const crypto::Notice& notice);
  void solve_current(const crypto::Notice& notice);
  void stop_solving();

  std::vector<crypto::Report> reports_;
  crypto::RegionId region_;
  std::size_t acknowledged_ = 0;
  std::optional<crypto::Status> refused_;
  std::unique_ptr<crypto::SealedReport> sealed_;  // of the current report
  crypto::Hash envelope_;
  std::uint32_t tick_ = 0;  // of the challenge that is being solved
  std::uint8_t effort_ = 0;
  PuzzleSolver& solver_;
  bool started_ = false;  // the solver is at the current report
};

}  // namespace meldpunt::client
