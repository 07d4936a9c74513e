// Damage to the database file: refused at the start, or found by the check; never served.
#include <map>
#include <random>
#include <set>

#include "server/storage/checksum.h"
#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

class SqliteDamage : public testing::Test {
 protected:
  void SetUp() override {
    auto store = open_sqlite_store(directory_);
    std::vector<Write> writes;
    for (std::uint64_t i = 0; i < 40; ++i) {
      auto report = report_of("report " + std::to_string(i), i % 4 == 0 ? 40'000 : 15'232);
      report.position = i;
      writes.push_back({Rule::add, report, 0});
      writes.push_back({Rule::append, item_of(MailboxKind::journal, 0, i + 1, "event"), 0});
    }
    const auto written = store->writer().apply(writes);
    // Leaves free pages behind, which nothing refers to.
    for (std::size_t i = 0; i < 12; i += 2) {
      write_one(*store, Rule::remove, report_of(""), written[i].id);
    }
    auto reader = store->reader();
    for (ItemId id = 1; id <= last_id; ++id) {
      if (const auto stored = reader->read(id)) contents_[id] = stored->item;
    }
    reader.reset();
    store.reset();
    intact_ = file_bytes(database_);
  }

  // Damages one byte behind the back of a running store, lets it read everything, and tells whether
  // the damage was noticed; whatever it served must be what was put.
  bool is_found_while_running(std::uintmax_t at) {
    overwrite(database_, intact_);
    auto store = open_sqlite_store(directory_);
    auto reader = store->reader();
    flip_byte(database_, at);
    for (const auto& [id, item] : contents_) {
      try {
        const auto stored = reader->read(id);
        const bool as_put = stored && stored->item.bytes == item.bytes &&
                            stored->item.position == item.position &&
                            stored->item.kind == item.kind;
        EXPECT_TRUE(as_put) << "row " << id << ", byte " << at;
      } catch (const StoreFailure& failure) {
        EXPECT_NE(std::string(failure.what()).find("--restore"), std::string::npos);
      }
    }
    return !store->check(always).empty();
  }

  bool is_found_at_start_or_by_check(std::uintmax_t at) {
    overwrite(database_, intact_);
    flip_byte(database_, at);
    try {
      return !open_sqlite_store(directory_)->check(always).empty();
    } catch (const StoreFailure& failure) {
      EXPECT_NE(std::string(failure.what()).find("--restore"), std::string::npos) << failure.what();
      return true;
    }
  }

  static constexpr ItemId last_id = 80;
  TemporaryDirectory temporary_;
  const std::filesystem::path directory_ = temporary_ / "data";
  const std::filesystem::path database_ = directory_ / "meldpunt.sqlite";
  std::map<ItemId, Item> contents_;
  std::string intact_;
};

TEST_F(SqliteDamage, OneFlippedByteInAnyPageIsFound) {
  ASSERT_EQ(intact_.size() % page_size, 0U);
  const auto pages = intact_.size() / page_size;
  ASSERT_GT(pages, 60U);
  std::minstd_rand random(20'260);
  for (std::size_t page = 0; page < pages; ++page) {
    // The page's head, its cell pointers, anywhere, the end of its content, its checksum.
    for (const std::size_t within :
         {std::size_t{0}, std::size_t{9}, std::size_t{random() % page_size},
          page_size - page_checksum_size - 1, page_size - 1}) {
      ASSERT_TRUE(is_found_at_start_or_by_check(page * page_size + within))
          << "page " << page + 1 << ", byte " << within;
    }
  }
}

TEST_F(SqliteDamage, OneFlippedByteUnderARunningStoreIsFoundAndNeverServed) {
  std::minstd_rand random(7);
  for (std::size_t page = 0; page < intact_.size() / page_size; ++page) {
    const auto at = page * page_size + random() % page_size;
    ASSERT_TRUE(is_found_while_running(at)) << "byte " << at;
  }
}

TEST_F(SqliteDamage, EveryByteOfTheHeaderMatters) {
  for (std::uintmax_t at = 0; at < 100; ++at) {
    overwrite(database_, intact_);
    flip_byte(database_, at);
    EXPECT_NE(refusal(directory_).find("meldpuntd --restore FILE"), std::string::npos) << at;
  }
}

TEST_F(SqliteDamage, TwoPagesThatChangedPlacesAreFound) {
  auto swapped = intact_;
  std::swap_ranges(swapped.begin() + 20 * page_size, swapped.begin() + 21 * page_size,
                   swapped.begin() + 30 * page_size);
  overwrite(database_, swapped);
  EXPECT_FALSE(open_sqlite_store(directory_)->check(always).empty());
}

TEST_F(SqliteDamage, ACutFileIsRefused) {
  for (const auto size : std::set<std::size_t>{0, 99, page_size - 1, page_size, intact_.size() / 2,
                                               intact_.size() - page_size, intact_.size() - 1}) {
    overwrite(database_, intact_.substr(0, size));
    EXPECT_NE(refusal(directory_).find("meldpuntd --restore FILE"), std::string::npos) << size;
  }
}

TEST_F(SqliteDamage, TheNewestRowIsReadAtTheStart) {
  // Report 39 is the newest; its text stands in the file in the clear.
  const auto at = intact_.find("report 39");
  ASSERT_NE(at, std::string::npos);
  flip_byte(database_, at);
  EXPECT_NE(refusal(directory_).find("meldpuntd --restore FILE"), std::string::npos);
}

TEST_F(SqliteDamage, AnAlteredRowOnAGoodPageIsNotServed) {
  const auto at = intact_.find("report 21");
  ASSERT_NE(at, std::string::npos);
  auto bytes = intact_;
  bytes[at] = 'R';
  const auto page = at / page_size;
  auto* start = reinterpret_cast<std::uint8_t*>(bytes.data()) + page * page_size;
  seal_page(std::span<std::uint8_t, page_size>(start, page_size),
            static_cast<std::uint32_t>(page + 1));
  overwrite(database_, bytes);

  auto store = open_sqlite_store(directory_);
  auto reader = store->reader();
  int refused = 0;
  for (const auto& [id, item] : contents_) {
    try {
      EXPECT_EQ(reader->read(id)->item.bytes, item.bytes);
    } catch (const StoreFailure& failure) {
      ++refused;
      EXPECT_NE(std::string(failure.what()).find("Row"), std::string::npos) << failure.what();
    }
  }
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(store->check(always).size(), 1U);
}

TEST_F(SqliteDamage, AnotherSchemaIsRefused) {
  auto bytes = intact_;
  const auto at = bytes.find("effort DESC");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'E';
  seal_page(
      std::span<std::uint8_t, page_size>(reinterpret_cast<std::uint8_t*>(bytes.data()), page_size),
      1);
  overwrite(database_, bytes);
  EXPECT_NE(refusal(directory_).find("schema that is not ours"), std::string::npos)
      << refusal(directory_);
}

TEST_F(SqliteDamage, TheCheckEndsWhenAsked) {
  auto store = open_sqlite_store(directory_);
  flip_byte(database_, intact_.size() - 100);
  int asked = 0;
  const auto findings = store->check([&] { return ++asked < 1; });
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(asked, 1);
  for (int limit = 1; limit < 200; limit += 7) {
    asked = 0;
    store->check([&] { return ++asked < limit; });
    EXPECT_LE(asked, limit);
  }
}

}  // namespace
}  // namespace meldpunt::server
