#include "client/lib/reporter_outgoing.h"

#include <algorithm>
#include <string>
#include <utility>

#include "crypto/puzzle.h"

namespace meldpunt::client {

using namespace crypto;

namespace {

constexpr std::size_t manifest_head_size = 1 + 4 + 2;

// The size of a statement's body without its text (docs/protocol.md, "Report").
std::size_t size_without_text(const Statement& statement) {
  std::size_t size = 2 + statement.language.size() + 1 + 2 + 1;
  for (const Answer& answer : statement.answers) {
    size += 2 + answer.question.size() + 1;
    for (const std::string& code : answer.codes) size += 2 + code.size();
  }
  for (const Manifest& manifest : statement.enclosed) {
    size += manifest_head_size + manifest.parts.size() * Hash::size;
  }
  return size;
}

// Moves back to where a character begins.
std::size_t character_start(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<std::uint8_t>(text[at]) & 0xc0) == 0x80) --at;
  return at;
}

// How much of the text stays in the report when the rest travels in at most `parts_left` parts;
// nullopt: too long.
std::optional<std::size_t> beginning(std::string_view text, std::size_t room,
                                     std::size_t parts_left) {
  for (std::size_t parts = 1; parts <= parts_left; ++parts) {
    const std::size_t manifest = manifest_head_size + parts * Hash::size;
    if (room < manifest) return std::nullopt;
    const std::size_t kept = character_start(text, std::min(text.size() - 1, room - manifest));
    if (text.size() - kept <= parts * report_part_max) return kept;
  }
  return std::nullopt;
}

Report report_of(ReportKind kind, ReportBody body, const ThreadSecrets& thread,
                 const VisitId& visit, std::size_t part) {
  Report report;
  report.id = random_id<ReportId>();
  report.thread = thread.clone();
  report.visit = visit;
  report.part = static_cast<std::uint8_t>(part);
  report.kind = kind;
  report.body = std::move(body);
  return report;
}

Result<void> enclose(Statement& statement, std::vector<Part>& parts, PartsKind kind, Bytes whole) {
  const auto manifest = make_manifest(kind, whole, report_part_max);
  if (!manifest) return fail(manifest.error());
  for (std::size_t i = 0; i < manifest->parts.size(); ++i) {
    parts.push_back(make_part(*manifest, whole, report_part_max, static_cast<std::uint16_t>(i)));
  }
  statement.enclosed.push_back(*manifest);
  return {};
}

Result<void> enclose_images(Statement& statement, std::vector<Part>& parts,
                            const std::vector<Buffer>& images) {
  for (const Buffer& image : images) {
    // Before they are hashed and copied: a hundred of the largest would be.
    if (image.size() > visit_reports_max * report_part_max) return fail(Error::too_long);
    const auto enclosed = enclose(statement, parts, PartsKind::image, image);
    if (!enclosed) return enclosed;
    if (parts.size() >= visit_reports_max) return fail(Error::too_long);
  }
  return {};
}

// What of the text does not fit beside all else, as parts.
Result<std::vector<Part>> split_text(Statement& statement, std::size_t parts_left) {
  std::vector<Part> parts;
  const std::size_t taken = size_without_text(statement);
  if (taken > report_body_max) return fail(Error::too_long);
  const std::size_t room = report_body_max - taken;
  if (statement.text.size() <= room) return parts;
  const auto kept = beginning(statement.text, room, parts_left);
  if (!kept) return fail(Error::too_long);
  const Bytes rest = as_bytes(statement.text).subspan(*kept);
  const auto enclosed = enclose(statement, parts, PartsKind::text, rest);
  if (!enclosed) return fail(enclosed.error());
  statement.text.resize(*kept);
  return parts;
}

// The text's parts first: it is the first thing that a coordinator wants whole.
Result<std::vector<Part>> divide(Statement& statement, const std::vector<Buffer>& images) {
  std::vector<Part> of_images;
  const auto enclosed = enclose_images(statement, of_images, images);
  if (!enclosed) return fail(enclosed.error());
  auto parts = split_text(statement, visit_reports_max - 1 - of_images.size());
  if (!parts) return parts;
  for (Part& part : of_images) parts->push_back(std::move(part));
  return parts;
}

}  // namespace

Result<std::vector<Report>> compose(Outgoing outgoing, const ThreadSecrets& thread) {
  std::vector<Part> parts;
  if (auto* statement = std::get_if<Statement>(&outgoing.body)) {
    auto divided = divide(*statement, outgoing.images);
    if (!divided) return fail(divided.error());
    parts = std::move(*divided);
  } else if (!outgoing.images.empty()) {
    return fail(Error::malformed);
  }
  const auto visit = random_id<VisitId>();
  std::vector<Report> reports;
  reports.push_back(report_of(outgoing.kind, std::move(outgoing.body), thread, visit, 0));
  for (Part& part : parts) {
    reports.push_back(report_of(ReportKind::part, std::move(part), thread, visit, reports.size()));
  }
  for (Report& report : reports) report.last_reply_read = outgoing.last_reply_read;
  return reports;
}

PutReports::PutReports(std::vector<Report> reports, const RegionId& region, PuzzleSolver& solver)
    : reports_(std::move(reports)), region_(region), solver_(solver) {}

bool PutReports::done() const { return refused_.has_value() || arrived(); }

std::optional<Request> PutReports::prepare(const Notice& notice) {
  if (done() || !seal_current(notice)) return std::nullopt;
  solve_current(notice);
  PutReport put{tick_, effort_, {}, *sealed_};
  if (effort_ > 0) {
    const auto answer = solver_.answer();
    if (!answer) return std::nullopt;
    put.answer = *answer;
  }
  return put;
}

bool PutReports::seal_current(const Notice& notice) {
  if (sealed_ && epoch_of(*sealed_) == notice.bundle.epoch) return true;
  Report& report = reports_[acknowledged_];
  // The daemon's hour, as everybody's: this device's clock may be one that gives it away.
  if (report.hour == 0) report.hour = static_cast<Hour>(notice.digest.time / 3600);
  auto sealed = seal_report(report, notice.bundle.team, region_);
  if (!sealed) {
    refused_ = Status::malformed;
    return false;
  }
  sealed_ = std::make_unique<SealedReport>(*sealed);
  envelope_ = hash_of_envelope(*sealed_);
  stop_solving();
  return true;
}

void PutReports::solve_current(const Notice& notice) {
  const std::uint8_t effort = std::min(notice.digest.effort, effort_max);
  const bool same_challenge = tick_ == notice.digest.tick && effort_ == effort;
  tick_ = notice.digest.tick;
  effort_ = effort;
  if (effort == 0) {
    stop_solving();
  } else if (!started_ || !same_challenge) {
    solver_.start(effort, notice.digest.challenge, region_, envelope_);
    started_ = true;
  }
}

void PutReports::stop_solving() {
  if (std::exchange(started_, false)) solver_.stop();
}

void PutReports::answered(const Response& response) {
  if (response.status != Status::ok && response.status != Status::same) {
    refused_ = response.status;
    return;
  }
  reports_[acknowledged_].body = {};
  ++acknowledged_;
  sealed_.reset();
  stop_solving();
}

}  // namespace meldpunt::client
