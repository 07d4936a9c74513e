// Counts over some of the attributes: one number for each combination of their categories, in
// row-major order, the attributes ascending. Which attributes: a bit for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace meldpunt::trends {

// How many categories each attribute has; public, fixed in advance, none of them zero.
using Shape = std::vector<std::uint32_t>;

// Bit i: attribute i.
using Axes = std::uint32_t;
inline constexpr std::size_t axes_most = 32;

[[nodiscard]] constexpr bool holds_axis(Axes axes, std::size_t axis) {
  return ((axes >> axis) & 1U) != 0;
}
[[nodiscard]] constexpr bool part_of(Axes part, Axes whole) { return (part & ~whole) == 0; }

// 1 for no attributes.
[[nodiscard]] std::uint64_t cell_count(const Shape& shape, Axes axes);
// Π 1/m² over the axes.
[[nodiscard]] double inverse_squares(const Shape& shape, Axes axes);

// One row for each case: a category of every attribute.
class Records {
 public:
  explicit Records(Shape shape) : shape_(std::move(shape)) {}

  // std::logic_error when it is no row of this shape.
  void add(const std::vector<std::uint32_t>& row);
  [[nodiscard]] const Shape& shape() const { return shape_; }
  [[nodiscard]] std::size_t size() const { return values_.size() / shape_.size(); }
  // Of each row, in order: its cell over the axes.
  [[nodiscard]] std::vector<std::size_t> cells(Axes axes) const;
  [[nodiscard]] std::vector<std::int64_t> count(Axes axes) const;

 private:
  Shape shape_;
  std::vector<std::uint32_t> values_;
};

// Calls `line(first, stride, length)` for each line of cells along the axis.
template <class Line>
void along(const Shape& shape, Axes axes, std::size_t axis, Line line) {
  const std::size_t length = shape[axis];
  const std::size_t stride = cell_count(shape, axes & ~((Axes{2} << axis) - 1));
  const std::size_t cells = cell_count(shape, axes);
  for (std::size_t block = 0; block < cells; block += length * stride) {
    for (std::size_t i = 0; i < stride; ++i) line(block + i, stride, length);
  }
}

// For each cell over `whole`, in order, its cell over `part`.
[[nodiscard]] std::vector<std::size_t> cells_within(const Shape& shape, Axes part, Axes whole);

// Subtracts the mean along every axis.
void centre(const Shape& shape, Axes axes, std::vector<double>& cells);
// The same times the number of cells, so that it stays whole.
void centre_times_cells(const Shape& shape, Axes axes, std::vector<std::int64_t>& cells);

// Adds up what `whole` has beyond `part`.
[[nodiscard]] std::vector<double> sum_to(const Shape& shape, Axes whole,
                                         const std::vector<double>& cells, Axes part);

}  // namespace meldpunt::trends
