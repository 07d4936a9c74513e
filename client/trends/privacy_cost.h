// What figures cost those who are in them, in whole numbers, rounded up.
//
// The unit of privacy is one case with its whole life. A case changes one cell of each one-way
// table by one, so k tables with ε of noise each are kε-differentially private (pure). Each table
// is also ε²/2-zCDP, and zCDP adds up: ρ = k ε²/2. A case is counted in one release of a series,
// so what a release costs is what each case in it pays in its life, and nobody else pays.
#pragma once

#include <string>

#include "client/trends/discrete_laplace.h"

namespace meldpunt::trends {

// Billionths: of ρ, and of ε at δ.
using Billionths = std::uint64_t;

// δ, fixed in advance and never a function of the data.
inline constexpr double delta = 1e-6;
inline constexpr std::string_view delta_text = "0.000001";

// ρ of that many tables, rounded up.
[[nodiscard]] Billionths rho_of(std::uint32_t tables, Ratio epsilon);

// The ε of (ε, δ) that ρ-zCDP implies, rounded up: the least over α > 1 of
//   αρ + (ln(1/δ) + α ln(1 − 1/α) − ln(α − 1)) / (α − 1)        (Canonne–Kamath–Steinke, 2020)
// Every α gives a true bound, so that searching for the best one needs no exactness.
[[nodiscard]] Billionths epsilon_at_delta(Billionths rho);

// Of one life.
struct Budget {
  Billionths life = 88'000'000;  // ρ = 0.088: ε = 2 at δ

  // 70 of 100 for the inflow; the rest is kept for a series of closures.
  [[nodiscard]] Billionths inflow() const { return life / 100 * 70; }
};
// ρ = 0.3112: ε = 4 at δ. Above it a person could be guessed from figures: refused.
inline constexpr Billionths life_budget_max = 311'200'000;

// The largest ε in thousandths that the share pays for; zero when it pays for none.
[[nodiscard]] Ratio largest_epsilon(std::uint32_t tables, Billionths share);

// "0.061504": decimals without trailing zeros.
[[nodiscard]] std::string decimal(Billionths value);
// Reads what decimal() writes; zero when it is no such number.
[[nodiscard]] Billionths read_decimal(std::string_view text);

}  // namespace meldpunt::trends
