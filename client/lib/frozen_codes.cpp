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

// "dimension=code" in lines; of several codes each has a line.
std::string lines_of(const CodeSets& codes) {
  std::string lines;
  for (const auto& [dimension, of_case] : codes) {
    for (const std::string& code : of_case) {
      if (!lines.empty()) lines += '\n';
      lines.append(dimension).append("=").append(code);
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

// An empty set of codes has no line.
CodeSets without_empty(CodeSets codes) {
  std::erase_if(codes, [](const auto& each) { return each.second.empty(); });
  return codes;
}

bool stands(const Casework& casework, crypto::Series series, const crypto::CaseId& thread,
            const Frozen& wanted) {
  return frozen_in(casework.files().of(thread), series) == wanted;
}

record::RecordEvent line_for(const record::CaseRecord& file, crypto::Series series,
                             const Frozen& wanted) {
  record::RecordEvent change;
  change.kind = kind;
  change.change = crypto::random_id<record::ChangeId>();
  change.item = item_of(series);
  change.seen = file.newest(kind, change.item);
  change.fields = {{"series", std::string(trends::find_series(series)->name)},
                   {"period", trends::name_of(wanted.period)},
                   {"codes", lines_of(wanted.codes)}};
  return change;
}

Outcome<bool> write_down(Casework& casework, crypto::Series series, const crypto::CaseId& thread,
                         const Frozen& wanted) {
  return casework.append(crypto::EventKind::casework, thread, [&]() -> Outcome<Content> {
    // Out meanwhile, as what somebody else has written.
    if (counted_ever(casework, casework.releases(), series).contains(thread)) return Content{};
    if (stands(casework, series, thread, wanted)) return Content{};
    const auto change = line_for(casework.files().of(thread), series, wanted);
    if (const std::string fault = fault_of_change(change); !fault.empty()) {
      return problem(EX_SOFTWARE, fault);
    }
    const std::string content = record::encode(change);
    return Content{crypto::SecretBuffer::of(crypto::as_bytes(content))};
  });
}

// In each thread of a case.
template <class Deed>
void for_each_thread(const trends::Period& period, const CountedCases& cases, Deed deed) {
  for (const CountedCase& each : cases.each) {
    const Frozen wanted{period, without_empty(each.codes)};
    for (const crypto::CaseId& thread : each.threads) {
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
  for_each_thread(period, cases, [&](const crypto::CaseId& thread, const Frozen& wanted) {
    auto done = write_down(casework, series, thread, wanted);
    if (!done || *done) wrote = std::move(done);
    return wrote.has_value();
  });
  return wrote;
}

bool are_frozen(const Casework& casework, crypto::Series series, const trends::Period& period,
                const CountedCases& cases) {
  const auto out = counted_ever(casework, casework.releases(), series);
  bool all = true;
  for_each_thread(period, cases, [&](const crypto::CaseId& thread, const Frozen& wanted) {
    all = out.contains(thread) || stands(casework, series, thread, wanted);
    return all;
  });
  return all;
}

}  // namespace meldpunt::client
