// What figures cost those who are in them, in whole numbers, rounded up.
//
// The unit of privacy is one case with its whole life. What is drawn with Gaussian noise is charged
// in ρ (zCDP), what is drawn with Laplace noise in pure ε; each adds up, and a case is counted in
// one release of a series and cadence, so what it is charged is what it pays in its life.
#pragma once

#include <string>

#include "client/trends/discrete_laplace.h"

namespace meldpunt::trends {

// Billionths: of ρ, and of ε at δ.
using Billionths = std::uint64_t;

// δ, fixed in advance and never a function of the data.
inline constexpr double delta = 1e-6;
inline constexpr std::string_view delta_text = "0.000001";

// The ε of (ε, δ) that ρ-zCDP implies, rounded up: the least over α > 1 of
//   αρ + (ln(1/δ) + α ln(1 − 1/α) − ln(α − 1)) / (α − 1)        (Canonne–Kamath–Steinke, 2020)
// Every α gives a true bound, so that searching for the best one needs no exactness.
[[nodiscard]] Billionths epsilon_at_delta(Billionths rho);

// "0.061504": decimals without trailing zeros.
[[nodiscard]] std::string decimal(Billionths value);
// Reads what decimal() writes; zero when it is no such number.
[[nodiscard]] Billionths read_decimal(std::string_view text);

}  // namespace meldpunt::trends
