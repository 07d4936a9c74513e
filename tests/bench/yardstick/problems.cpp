#include "tests/bench/yardstick/problems.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace meldpunt::bench {

namespace {

using trends::Axes;
using trends::Records;
using trends::Shape;

// Commas within quotes do not part; nobody here has quotes within quotes.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char letter : line) {
    if (letter == '"') {
      quoted = !quoted;
    } else if (letter == ',' && !quoted) {
      fields.emplace_back();
    } else if (letter != '\r') {
      fields.back() += letter;
    }
  }
  return fields;
}

std::vector<std::vector<std::string>> read_csv(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) rows.push_back(fields_of(line));
  if (rows.size() < 2) throw std::runtime_error(path + ": no rows");
  return rows;
}

// The least ε of (ε, δ) that ρ-zCDP implies (Canonne, Kamath and Steinke), as client/trends has it
// for its own δ.
double epsilon_of(double rho, double delta) {
  double best = INFINITY;
  const double middle = std::sqrt(-std::log(delta) / rho);
  for (int step = -2000; step <= 2000; ++step) {
    const double alpha = 1 + middle * std::exp(step / 1000.0);
    const double epsilon =
        alpha * rho +
        (-std::log(delta) + alpha * std::log1p(-1 / alpha) - std::log(alpha - 1)) / (alpha - 1);
    best = std::min(best, epsilon);
  }
  return best;
}

// The commonest values get numbers from 0, commonest first; all others are one more category, or
// count as the commonest.
enum class Others { a_category, as_the_commonest };
class Commonest {
 public:
  Commonest(const std::map<std::string, int>& seen, std::size_t most, Others others) {
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [value, times] : seen) order.emplace_back(-times, value);
    std::ranges::sort(order);
    if (order.size() > most) order.resize(most);
    others_ = others == Others::a_category && seen.size() > order.size();
    for (const auto& [times, value] : order) numbers_.emplace(value, numbers_.size());
  }
  [[nodiscard]] std::uint32_t number(const std::string& value) const {
    const auto found = numbers_.find(value);
    if (found != numbers_.end()) return static_cast<std::uint32_t>(found->second);
    return others_ ? static_cast<std::uint32_t>(numbers_.size()) : 0;
  }
  [[nodiscard]] std::uint32_t size() const {
    return static_cast<std::uint32_t>(numbers_.size()) + (others_ ? 1U : 0U);
  }

 private:
  std::map<std::string, std::size_t> numbers_;
  bool others_ = false;
};

}  // namespace

std::vector<Axes> Problem::tables() const {
  std::vector<Axes> tables;
  const Axes all = (Axes{1} << records.shape().size()) - 1;
  for (int attributes = 1; attributes <= order; ++attributes) {
    for (Axes axes = 1; axes <= all; ++axes) {
      if (std::popcount(axes) == attributes) tables.push_back(axes);
    }
  }
  return tables;
}

std::vector<bool> Problem::counted(Axes axes) const {
  std::vector<bool> counted(trends::cell_count(records.shape(), axes), true);
  for (std::size_t axis = 0; axis < records.shape().size(); ++axis) {
    if (!trends::holds_axis(axes, axis) || uncounted[axis] == none) continue;
    trends::along(records.shape(), axes, axis,
                  [&](std::size_t first, std::size_t stride, std::size_t) {
                    counted[first + uncounted[axis] * stride] = false;
                  });
  }
  return counted;
}

double Problem::rho() const {
  double low = 0;
  double high = epsilon;
  for (int step = 0; step < 40; ++step) {
    const double middle = (low + high) / 2;
    (epsilon_of(middle, delta) <= epsilon ? low : high) = middle;
  }
  return low;
}

Problem generated_example(Random& random) {
  constexpr int rows = 6000;
  const auto upto = [&](std::uint32_t most) {
    return std::uniform_int_distribution<std::uint32_t>(0, most)(random);
  };
  Problem problem{"D1",
                  Records({3, 7, 11, 2, 2, 2, 2, 2, 2, 2}),
                  std::vector<std::uint32_t>(10, 0),
                  4,
                  4,
                  1 / (rows * std::log(static_cast<double>(rows))),
                  100};
  for (int row = 0; row < rows; ++row) {
    const bool second = upto(1) == 1;
    // 0 is empty; the halves have different values.
    const auto half = [&](std::uint32_t size) {
      const std::uint32_t value = upto(size);
      return value == 0 ? 0 : value + (second ? size : 0);
    };
    std::vector<std::uint32_t> values{upto(2), half(3), half(5)};
    for (int column = 3; column < 10; ++column) values.push_back(upto(1));
    problem.records.add(values);
  }
  return problem;
}

Problem lists_of_the_netherlands(const std::string& csv) {
  Problem problem{"D2", Records(Shape(6, 2)), std::vector<std::uint32_t>(6, 0), 3};
  auto rows = read_csv(csv);
  rows.erase(rows.begin());
  for (const auto& row : rows) {
    if (row.size() != 7) throw std::runtime_error(csv + ": a row without seven fields");
    std::vector<std::uint32_t> values;
    for (std::size_t i = 0; i < 6; ++i) values.push_back(row[i] == "1" ? 1 : 0);
    for (int count = std::stoi(row[6]); count > 0; --count) problem.records.add(values);
  }
  return problem;
}

Problem bird_strikes(const std::string& csv, int year) {
  const auto rows = read_csv(csv);
  // By the names that the file's columns have.
  // Fifteen rows have a letter where the damage should be.
  struct Wanted {
    const char* name;
    std::size_t most;
    Others others = Others::a_category;
  };
  constexpr std::array<Wanted, 7> wanted{{{"Effect Amount of damage", 4, Others::as_the_commonest},
                                          {"Phase of flight", 6},
                                          {"Wildlife Size", 3},
                                          {"Time of day", 4},
                                          {"Origin State", 10},
                                          {"Aircraft Airline Operator", 8},
                                          {"Wildlife Species", 6}}};
  const auto column = [&](const std::string& name) {
    const auto found = std::ranges::find(rows[0], name);
    if (found == rows[0].end()) throw std::runtime_error(csv + ": no column " + name);
    return static_cast<std::size_t>(found - rows[0].begin());
  };
  const std::size_t date = column("Flight Date");
  Shape shape;
  std::vector<std::pair<std::size_t, Commonest>> codings;
  for (const auto& [name, most, others] : wanted) {
    const std::size_t at = column(name);
    std::map<std::string, int> seen;
    for (std::size_t row = 1; row < rows.size(); ++row) ++seen[rows[row].at(at)];
    codings.emplace_back(at, Commonest(seen, most, others));
    shape.push_back(codings.back().second.size());
  }
  Problem problem{"D3-" + std::to_string(year), Records(shape),
                  std::vector<std::uint32_t>(shape.size(), none)};
  for (std::size_t row = 1; row < rows.size(); ++row) {
    if (rows[row].at(date).find(std::to_string(year)) == std::string::npos) continue;
    std::vector<std::uint32_t> values;
    for (const auto& [at, coding] : codings) values.push_back(coding.number(rows[row].at(at)));
    problem.records.add(values);
  }
  return problem;
}

Problem coarse_dimensions(const std::string& csv, int cases) {
  const auto rows = read_csv(csv);
  const auto numbers = [&](const std::vector<std::string>& row) {
    std::vector<std::uint32_t> values;
    for (const std::string& field : row) {
      values.push_back(static_cast<std::uint32_t>(std::stoul(field)));
    }
    return values;
  };
  Problem problem{"D4-" + std::to_string(cases), Records(numbers(rows[0])),
                  std::vector<std::uint32_t>(rows[0].size(), none)};
  for (std::size_t row = 1; row < rows.size(); ++row) problem.records.add(numbers(rows[row]));
  return problem;
}

}  // namespace meldpunt::bench
