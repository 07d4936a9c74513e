#include "client/trends/tensor.h"

#include <stdexcept>

namespace meldpunt::trends {

std::uint64_t cell_count(const Shape& shape, Axes axes) {
  std::uint64_t cells = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (holds_axis(axes, i)) cells *= shape[i];
  }
  return cells;
}

double inverse_squares(const Shape& shape, Axes axes) {
  const auto cells = static_cast<double>(cell_count(shape, axes));
  return 1 / (cells * cells);
}

void Records::add(const std::vector<std::uint32_t>& row) {
  if (row.size() != shape_.size()) throw std::logic_error("a row of another shape");
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] >= shape_[i]) throw std::logic_error("a category that the attribute does not have");
  }
  values_.insert(values_.end(), row.begin(), row.end());
}

std::vector<std::size_t> Records::cells(Axes axes) const {
  std::vector<std::size_t> cells;
  cells.reserve(size());
  for (std::size_t row = 0; row < values_.size(); row += shape_.size()) {
    std::size_t cell = 0;
    for (std::size_t i = 0; i < shape_.size(); ++i) {
      if (holds_axis(axes, i)) cell = cell * shape_[i] + values_[row + i];
    }
    cells.push_back(cell);
  }
  return cells;
}

std::vector<std::int64_t> Records::count(Axes axes) const {
  std::vector<std::int64_t> counts(cell_count(shape_, axes));
  for (const std::size_t cell : cells(axes)) ++counts[cell];
  return counts;
}

std::vector<std::size_t> cells_within(const Shape& shape, Axes part, Axes whole) {
  std::vector<std::size_t> within{0};
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (!holds_axis(whole, i)) continue;
    std::vector<std::size_t> finer;
    finer.reserve(within.size() * shape[i]);
    for (const std::size_t cell : within) {
      for (std::size_t category = 0; category < shape[i]; ++category) {
        finer.push_back(holds_axis(part, i) ? cell * shape[i] + category : cell);
      }
    }
    within = std::move(finer);
  }
  return within;
}

void centre(const Shape& shape, Axes axes, std::vector<double>& cells) {
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (!holds_axis(axes, axis)) continue;
    along(shape, axes, axis, [&](std::size_t first, std::size_t stride, std::size_t length) {
      double sum = 0;
      for (std::size_t i = 0; i < length; ++i) sum += cells[first + i * stride];
      const double mean = sum / static_cast<double>(length);
      for (std::size_t i = 0; i < length; ++i) cells[first + i * stride] -= mean;
    });
  }
}

void centre_times_cells(const Shape& shape, Axes axes, std::vector<std::int64_t>& cells) {
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (!holds_axis(axes, axis)) continue;
    along(shape, axes, axis, [&](std::size_t first, std::size_t stride, std::size_t length) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < length; ++i) sum += cells[first + i * stride];
      for (std::size_t i = 0; i < length; ++i) {
        std::int64_t& cell = cells[first + i * stride];
        cell = static_cast<std::int64_t>(length) * cell - sum;
      }
    });
  }
}

std::vector<double> sum_to(const Shape& shape, Axes whole, const std::vector<double>& cells,
                           Axes part) {
  const auto within = cells_within(shape, part, whole);
  std::vector<double> sums(cell_count(shape, part));
  for (std::size_t i = 0; i < cells.size(); ++i) sums[within[i]] += cells[i];
  return sums;
}

}  // namespace meldpunt::trends
