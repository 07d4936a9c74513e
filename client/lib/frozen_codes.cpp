#include "client/lib/frozen_codes.h"

#include <algorithm>

#include "client/lib/recording.h"

namespace meldpunt::client {

namespace {

using Content = std::optional<crypto::Result<crypto::SecretBuffer>>;
using trends::CodeSets;

constexpr const char* kind = "counted";

// One item for each series.
record::ItemId item_of(crypto::Series series) {
  record::ItemId item;
  item.bytes.back() = static_cast<std::uint8_t>(series);
  return item;
}

// "dimension=code" in lines; of several codes each has a line. Only what the lists have, so that
// what is read back counts as the same.
std::string lines_of(const trends::Counted& series, const trends::CodedCase& coded) {
  std::string lines;
  for (std::size_t i = 0; i < coded.size(); ++i) {
    const trends::Dimension& dimension = series.dimensions[i];
    for (const std::uint32_t code : coded[i]) {
      if (!lines.empty()) lines += '\n';
      lines.append(dimension.name).append("=").append(dimension.codes[code].name);
    }
  }
  return lines;
}

CodeSets codes_in_lines(std::string_view lines) {
  CodeSets codes;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    const auto middle = line.find('=');
    if (middle != std::string_view::npos) {
      codes[std::string(line.substr(0, middle))].emplace_back(line.substr(middle + 1));
    }
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return codes;
}

// What is to be written of a case.
struct Wanted {
  const trends::Counted& series;
  const trends::Period& period;
  const trends::CodedCase& coded;
};

bool stands(const record::CaseRecord& file, const Wanted& wanted) {
  const auto frozen = frozen_in(file, wanted.series.id);
  return frozen && frozen->period == wanted.period &&
         trends::coded(wanted.series, frozen->codes) == wanted.coded;
}

record::RecordEvent line_for(const record::CaseRecord& file, const Wanted& wanted) {
  record::RecordEvent change;
  change.kind = kind;
  change.change = crypto::random_id<record::ChangeId>();
  change.item = item_of(wanted.series.id);
  change.seen = file.newest(kind, change.item);
  change.fields = {{"series", std::string(wanted.series.name)},
                   {"period", trends::name_of(wanted.period)},
                   {"codes", lines_of(wanted.series, wanted.coded)}};
  return change;
}

Outcome<bool> write_down(Casework& casework, const crypto::CaseId& thread, const Wanted& wanted) {
  return casework.append(crypto::EventKind::casework, thread, [&]() -> Outcome<Content> {
    // Out meanwhile, as what somebody else has written.
    if (is_counted(casework, wanted.series.id, thread)) return Content{};
    const record::CaseRecord& file = casework.files().of(thread);
    if (stands(file, wanted)) return Content{};
    const auto change = line_for(file, wanted);
    if (const std::string fault = fault_of_change(change); !fault.empty()) {
      return problem(EX_SOFTWARE, fault);
    }
    const std::string content = record::encode(change);
    return Content{crypto::SecretBuffer::of(crypto::as_bytes(content))};
  });
}

// In each thread of a case, until the deed says no.
template <class Deed>
void for_each_thread(crypto::Series series, const trends::Period& period, const CountedCases& cases,
                     Deed deed) {
  for (std::size_t i = 0; i < cases.threads.size(); ++i) {
    const Wanted wanted{*trends::find_series(series), period, cases.coded[i]};
    for (const crypto::CaseId& thread : cases.threads[i]) {
      if (!deed(thread, wanted)) return;
    }
  }
}

}  // namespace

std::optional<Frozen> frozen_in(const record::CaseRecord& file, crypto::Series series) {
  const record::Item* item = file.find(kind, item_of(series));
  if (item == nullptr) return std::nullopt;
  const auto period = trends::read_period(record::text_in(item->fields(), "period"));
  if (!period) return std::nullopt;
  return Frozen{*period, codes_in_lines(record::text_in(item->fields(), "codes"))};
}

Outcome<bool> freeze(Casework& casework, crypto::Series series, const trends::Period& period,
                     const CountedCases& cases) {
  Outcome<bool> wrote = false;
  for_each_thread(series, period, cases, [&](const crypto::CaseId& thread, const Wanted& wanted) {
    auto done = write_down(casework, thread, wanted);
    if (!done || *done) wrote = std::move(done);
    return wrote.has_value();
  });
  return wrote;
}

bool are_frozen(const Casework& casework, crypto::Series series, const trends::Period& period,
                const CountedCases& cases) {
  const auto out = counted_ever(casework, casework.releases(), series);
  bool all = true;
  for_each_thread(series, period, cases, [&](const crypto::CaseId& thread, const Wanted& wanted) {
    all = out.contains(thread) || stands(casework.files().of(thread), wanted);
    return all;
  });
  return all;
}

}  // namespace meldpunt::client
