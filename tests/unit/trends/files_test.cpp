// Figures as files: what is written can be read again, and nothing else can.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "client/trends/combination.h"
#include "client/trends/csv.h"
#include "client/trends/json_stat.h"
#include "tests/unit/trends/a_year_of_cases.h"

namespace meldpunt::trends::test {
namespace {

class AReleaseFile : public testing::Test {
 protected:
  [[nodiscard]] nlohmann::json document(std::size_t release = 0) const {
    return nlohmann::json::parse(json_stat(releases_[release]));
  }
  // The reason why a document that was changed is refused.
  template <class Change>
  [[nodiscard]] std::string refused(Change change) const {
    auto changed = document();
    change(changed);
    const auto read = read_json_stat(changed.dump());
    EXPECT_FALSE(read.publication);
    return read.reason;
  }

  const AYearOfCases cases_;
  const Plan plan_ = plan_of(inflow(), usual_schedule);
  const std::vector<Publication> releases_ = cases_.releases(plan_, 1);
};

TEST_F(AReleaseFile, IsJsonStatWithItsNotes) {
  const auto file = document();

  EXPECT_EQ(json_stat(releases_[0]).find('\n'), std::string::npos);
  EXPECT_EQ(file.at("version"), "2.0");
  EXPECT_EQ(file.at("class"), "collection");
  EXPECT_EQ(file.at("extension").at("rho"), decimal(plan_.of(Cadence::quarter)->charge.rho));
  EXPECT_EQ(file.at("extension").at("epsilon_of_series"), decimal(plan_.charge().epsilon()));
  EXPECT_EQ(file.at("extension").at("delta"), "0.000001");
  EXPECT_EQ(file.at("extension").at("sequence"), 1);
  EXPECT_EQ(file.at("note").size(), 3U);
  const auto& items = file.at("link").at("item");
  ASSERT_EQ(items.size(), 9U);
  for (const auto& item : items) {
    std::size_t size = 1;
    for (const auto& side : item.at("size")) size *= side.get<std::size_t>();
    EXPECT_EQ(item.at("value").size(), size);
    EXPECT_EQ(item.at("extension").at("status"), "provisional");
  }
}

TEST_F(AReleaseFile, OfAYearFitsInAReleaseWhateverTheSchedule) {
  for (const Schedule& schedule : schedules_of(inflow())) {
    const Plan plan = make_plan(inflow(), schedule, {});
    SeededRandom bytes(2);
    UniformFromBytes uniform(bytes);
    std::vector<MeasuredPeriod> earlier;
    std::size_t largest = 0;
    for (const Period& quarter : parts_of(*read_period("2026"))) {
      std::vector<Period> periods = parts_of(quarter);
      periods.push_back(quarter);
      if (quarter.last == read_period("2026")->last) periods.push_back(*read_period("2026"));
      for (const Period& period : periods) {
        if (plan.of(*cadence_of(period)) == nullptr) continue;
        const auto made = publish(plan, {"IJsselland", 1, period}, cases_.all(), earlier, uniform);
        if (!made.measured.empty()) earlier.push_back({period, made.measured});
        largest = std::max(largest, json_stat(made).size());
      }
    }
    EXPECT_GT(largest, 0U) << schedule.name;
    EXPECT_LT(largest, crypto::release_document_max) << schedule.name;
  }
}

TEST_F(AReleaseFile, IsReadAsItWasWritten) {
  for (const Publication& release : releases_) {
    const auto read = read_json_stat(json_stat(release));
    ASSERT_TRUE(read.publication) << read.reason;
    EXPECT_EQ(read.publication->tables, release.tables);
    EXPECT_EQ(read.publication->measured, release.measured);
    EXPECT_EQ(read.publication->charge, release.charge);
    EXPECT_EQ(read.publication->whole, release.whole);
    EXPECT_EQ(read.publication->schedule, release.schedule);
    EXPECT_EQ(json_stat(*read.publication), json_stat(release));
  }
}

TEST_F(AReleaseFile, IsRefusedWithOtherCodeLists) {
  EXPECT_NE(refused([](auto& file) { file["extension"]["code_lists"] = "9.9"; }).find("9.9"),
            std::string::npos);
  EXPECT_NE(refused([](auto& file) {
              auto& item = file["link"]["item"][1];
              item["dimension"]["form"]["category"]["index"][0] = "LAB";
            }).find("form"),
            std::string::npos);
  EXPECT_NE(refused([](auto& file) { file["link"]["item"][1]["id"][1] = "colour"; }), "");
  EXPECT_NE(refused([](auto& file) { file["extension"]["series"] = "weather"; }), "");
}

// The reason is listed and shown: nothing that whoever wrote the file chose may stand in it.
TEST_F(AReleaseFile, IsRefusedWithoutRepeatingWhatItSays) {
  for (const std::string& version :
       {std::string("\x1b[2J"), std::string(100'000, '9'), std::string("1.0 <b>"), std::string()}) {
    const auto reason = refused([&](auto& file) { file["extension"]["code_lists"] = version; });
    EXPECT_EQ(reason, "its code lists are of another version, ours of version 0.2.0");
  }
}

TEST_F(AReleaseFile, IsRefusedWhenATableIsNotWhole) {
  const auto cell = [](auto& file) -> auto& { return file["link"]["item"][0]["value"]; };
  EXPECT_NE(refused([&](auto& file) { cell(file).erase(0); }), "");
  EXPECT_NE(refused([&](auto& file) { cell(file)[0] = "many"; }), "");
  EXPECT_NE(refused([&](auto& file) { cell(file)[0] = 1e300; }), "");
  EXPECT_NE(refused([&](auto& file) { cell(file)[1] = 1e6; }), "") << "lower above the estimate";
  EXPECT_NE(refused([](auto& file) { file["link"]["item"] = nlohmann::json::array(); }), "");
  EXPECT_NE(refused([](auto& file) { file["link"]["item"][0]["extension"]["variance"] = 0; }), "");
  EXPECT_NE(refused([](auto& file) {
              auto& index = file["link"]["item"][0]["dimension"]["period"]["category"]["index"];
              index[0] = "2025-Q1";
            }),
            "");
  EXPECT_NE(refused([](auto& file) { file["extension"]["measured"][0]["values"].clear(); }), "");
  EXPECT_NE(refused([](auto& file) { file["extension"]["rho"] = "much"; }), "");
  EXPECT_NE(refused([](auto& file) { file["extension"]["sequence"] = -1; }), "");
}

TEST_F(AReleaseFile, IsRefusedWhenItIsSomethingElse) {
  for (const char* other : {"", "[]", "{}", "null", "{\"extension\":7}", "\xff"}) {
    EXPECT_FALSE(read_json_stat(other).publication) << other;
    EXPECT_NE(read_json_stat(other).reason, "") << other;
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    EXPECT_TRUE(line.ends_with('\r'));
    line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

TEST_F(AReleaseFile, IsSdmxCsvWithARowForEachCell) {
  const auto lines = lines_of(sdmx_csv(releases_[0]));

  ASSERT_EQ(lines.size(), 1U + 1 + 33);
  EXPECT_EQ(lines[0],
            "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,FORM,AGE,GENDER,NATIONALITY_GROUP,"
            "REPORTER_GROUP,SUBREGION,STATUS,SHELTER_ASKED,TIME_PERIOD,OBS_VALUE,LOWER,UPPER,"
            "OBS_STATUS,EPSILON,DELTA,CODE_LISTS");
  EXPECT_EQ(lines[1].find("dataflow,MELDPUNT:TRENDS_inflow(1.0.0),I,IJsselland,"
                          "_T,_T,_T,_T,_T,_T,_T,_T,2026-Q1,"),
            0U);
  EXPECT_NE(lines[2].find(",SEX,_T,"), std::string::npos);
  for (const std::string& line : lines) {
    EXPECT_EQ(std::ranges::count(line, ','), std::ranges::count(lines[0], ',')) << line;
  }
}

TEST_F(AReleaseFile, IsPlainCsvForASpreadsheet) {
  auto release = releases_[4];
  release.region = "=cmd(\"x\"), Zwolle";
  const auto lines = lines_of(plain_csv(release));

  EXPECT_EQ(lines[0].find("region,table,period,status,Form of exploitation,Age"), 0U);
  EXPECT_EQ(lines[1].find("\"'=cmd(\"\"x\"\"), Zwolle\",total,2026,final,"), 0U) << lines[1];
  EXPECT_NE(lines.back().find("2026-Q4,final"), std::string::npos);
}

// ---- several regions

TEST_F(AReleaseFile, OfSeveralRegionsAddsUpWithItsVariance) {
  const auto ours = newest_tables({releases_[0]});
  const auto sum = combine({{"IJsselland", ours}, {"Twente", ours}, {"Veluwe", ours}});

  ASSERT_EQ(sum.size(), ours.size());
  for (std::size_t t = 0; t < sum.size(); ++t) {
    EXPECT_DOUBLE_EQ(sum[t].table.variance, 3 * ours[t].variance);
    EXPECT_EQ(sum[t].regions.size(), 3U);
    EXPECT_FALSE(sum[t].table.final);
    for (std::size_t i = 0; i < ours[t].cells.size(); ++i) {
      EXPECT_NEAR(sum[t].table.cells[i].estimate, 3 * ours[t].cells[i].estimate, 0.011);
      const double width = ours[t].cells[i].upper - ours[t].cells[i].lower;
      EXPECT_NEAR(sum[t].table.cells[i].upper - sum[t].table.cells[i].lower, std::sqrt(3.0) * width,
                  0.05);
    }
  }
}

TEST_F(AReleaseFile, OfOneRegionKeepsItsOwnIntervals) {
  const auto ours = newest_tables({releases_[0]});
  const auto alone = combine({{"IJsselland", ours}});
  for (std::size_t t = 0; t < ours.size(); ++t) EXPECT_EQ(alone[t].table, ours[t]);
}

TEST_F(AReleaseFile, IsReplacedByTheFinalWord) {
  const auto newest = newest_tables({releases_[4], releases_[0], releases_[1]});
  for (const Table& table : newest) EXPECT_TRUE(table.final) << name_of(table.period);
  EXPECT_EQ(newest.size(), releases_[4].tables.size());
}

}  // namespace
}  // namespace meldpunt::trends::test
