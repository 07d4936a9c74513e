#include "client/trends/plan.h"

#include <gtest/gtest.h>

#include <cmath>

namespace meldpunt::trends::test {
namespace {

Plan plan_of(const Counted& series, std::string_view schedule, const Budget& budget = {}) {
  return make_plan(series, *find_schedule(series, schedule), budget);
}

// What a coordinator may choose, at every budget that is not refused: nothing costs more than it.
TEST(APlan, NeverCostsMoreThanTheLife) {
  for (const Billionths life :
       {Billionths{5'000'000}, Billionths{24'400'000}, Billionths{88'000'000}, life_budget_max}) {
    const Budget budget{life};
    for (const Schedule& opened : schedules_of(inflow())) {
      const Plan inflows = make_plan(inflow(), opened, budget);
      ASSERT_FALSE(inflows.cadences.empty()) << opened.name;
      for (const Schedule& closed : schedules_of(closures())) {
        const Plan closing = make_plan_beside(inflows, closed, budget);
        ASSERT_FALSE(closing.cadences.empty());
        Charge whole = inflows.charge();
        whole += closing.charge();
        EXPECT_LE(whole.epsilon(), epsilon_at_delta(life)) << opened.name << ' ' << life;
        EXPECT_TRUE(whole.rho == 0 || whole.pure == 0) << "one account";
      }
    }
  }
}

TEST(APlan, TakesTheNoiseThatErrsLeast) {
  const Budget small{24'400'000};  // ε = 1
  for (const std::string_view name : {"quarter", "year"}) {
    const Schedule& schedule = *find_schedule(inflow(), name);
    const Plan best = make_plan(inflow(), schedule, small);
    for (const Noise noise : {Noise::laplace, Noise::gaussian, Noise::effects}) {
      const Plan other = make_plan(inflow(), schedule, small, noise);
      if (other.cadences.empty()) continue;
      EXPECT_LE(best.predicted_error(), other.predicted_error()) << name;
    }
  }
  // One-way tables alone: geometric noise beats any Gaussian at this δ. Pairs: it is out of the
  // question.
  EXPECT_EQ(plan_of(inflow(), "quarter", small).noise, Noise::laplace);
  EXPECT_EQ(plan_of(inflow(), "month-form", small).noise, Noise::laplace);
  EXPECT_EQ(plan_of(inflow(), "quarter-year", small).noise, Noise::effects);
}

TEST(APlan, PublishesEveryTableOfItsSchedule) {
  const Plan plan = plan_of(inflow(), usual_schedule);

  ASSERT_EQ(plan.cadences.size(), 2U);
  EXPECT_EQ(plan.of(Cadence::quarter)->tables.size(), 9U);
  EXPECT_EQ(plan.of(Cadence::year)->tables.size(), 37U);
  EXPECT_EQ(plan.of(Cadence::month), nullptr);
  for (const PlannedCadence& cadence : plan.cadences) {
    for (const PlannedTable& table : cadence.tables) {
      EXPECT_GT(table.half_width, 0);
      EXPECT_LT(table.half_width, 100);
      EXPECT_LE(table.in_the_end, table.half_width);
    }
  }
}

TEST(APlan, OfClosuresPaysForEachOfACasesNeeds) {
  const Schedule& schedule = *find_schedule(closures(), "quarter");
  const Plan plan = make_plan(closures(), schedule, {}, Noise::gaussian);
  // Five cells of a case change: ρ = 5 / 2σ².
  EXPECT_NEAR(5 / (2 * plan.variance.value()), static_cast<double>(plan.charge().rho) / 1e9, 1e-9);
  EXPECT_LE(plan.charge().rho, 26'400'000U);

  const Plan pure = make_plan(closures(), schedule, {}, Noise::laplace);
  EXPECT_EQ(pure.charge().pure, Billionths{pure.epsilon.numerator} * 5 * 1'000'000);
}

TEST(APlan, WithoutAScheduleOrABudgetIsEmpty) {
  EXPECT_EQ(find_schedule(inflow(), "weekly"), nullptr);
  EXPECT_TRUE(plan_of(inflow(), "quarter", {1}).cadences.empty());
  EXPECT_TRUE(make_plan(closures(), *find_schedule(closures(), "year"), {}, Noise::effects)
                  .cadences.empty());
}

TEST(ACharge, OfBothKindsIsTheSumOfWhatTheyImply) {
  EXPECT_EQ((Charge{0, 500'000'000}).epsilon(), 500'000'000U);
  EXPECT_EQ((Charge{24'400'000, 500'000'000}).epsilon(),
            500'000'000U + epsilon_at_delta(24'400'000));
  EXPECT_EQ(Charge{}.epsilon(), 0U);
}

TEST(APlan, SaysInASentenceHowItIsDone) {
  EXPECT_NE(plan_of(inflow(), usual_schedule).method().find("effects"), std::string::npos);
  EXPECT_NE(plan_of(inflow(), "month-form").method().find("Laplace"), std::string::npos);
  const Schedule& closed = *find_schedule(closures(), "year");
  EXPECT_NE(make_plan(closures(), closed, {}, Noise::gaussian).method().find("Gaussian"),
            std::string::npos);
}

}  // namespace
}  // namespace meldpunt::trends::test
