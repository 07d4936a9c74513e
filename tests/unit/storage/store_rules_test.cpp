// Every rule with each of its outcomes, the same for every kind of store.
#include <stdexcept>

#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

struct InMemory {
  std::unique_ptr<Store> store = make_memory_store();
};

struct InSqlite {
  TemporaryDirectory directory;
  std::unique_ptr<Store> store = open_sqlite_store(directory.path());
};

template <typename Kind>
class StoreRules : public testing::Test {
 protected:
  Written write(Rule rule, const Item& item, ItemId target = 0) {
    return write_one(*kind_.store, rule, item, target);
  }
  Outcome outcome(Rule rule, const Item& item, ItemId target = 0) {
    return write(rule, item, target).outcome;
  }
  std::string text(const std::optional<StoredItem>& stored) {
    return stored ? std::string(stored->item.bytes.begin(), stored->item.bytes.end()) : "(nothing)";
  }

  Kind kind_;
  std::unique_ptr<StoreReader> reader_ = kind_.store->reader();
};

using Kinds = testing::Types<InMemory, InSqlite>;
TYPED_TEST_SUITE(StoreRules, Kinds);

TYPED_TEST(StoreRules, GivesBackEveryFieldOfWhatWasPut) {
  Item item = item_of(MailboxKind::address, 3, 5, "sealed");
  item.expires = 490'100;
  item.guard.fill(0x77);
  item.hour = 0xffffffff;

  const auto written = this->write(Rule::put_once, item);

  const auto read = this->reader_->read(written.id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, written.id);
  EXPECT_EQ(read->item.kind, item.kind);
  EXPECT_EQ(read->item.name, item.name);
  EXPECT_EQ(read->item.position, item.position);
  EXPECT_EQ(read->item.hour, item.hour);
  EXPECT_EQ(read->item.expires, item.expires);
  EXPECT_EQ(read->item.guard, item.guard);
  EXPECT_EQ(read->item.bytes, item.bytes);
}

TYPED_TEST(StoreRules, KeepsAnItemWithoutBytes) {
  const auto written = this->write(Rule::put_once, item_of(MailboxKind::slot, 1, 1, ""));
  const auto read = this->reader_->read(written.id);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->item.bytes.empty());
}

TYPED_TEST(StoreRules, AddsTheSameBytesAsOftenAsTheyCome) {
  const auto first = this->write(Rule::add, report_of("a"));
  const auto second = this->write(Rule::add, report_of("a"));

  EXPECT_EQ(first.outcome, Outcome::done);
  EXPECT_EQ(second.outcome, Outcome::done);
  EXPECT_LT(first.id, second.id);
  EXPECT_EQ(this->reader_->count(MailboxKind::intake), 2U);
}

TYPED_TEST(StoreRules, PutsOnceAtAPlace) {
  auto item = item_of(MailboxKind::address, 1, 0, "reply");
  const auto first = this->write(Rule::put_once, item);
  EXPECT_EQ(first.outcome, Outcome::done);

  const auto again = this->write(Rule::put_once, item);
  EXPECT_EQ(again.outcome, Outcome::same);
  EXPECT_EQ(again.id, first.id);

  auto other_guard = item;
  other_guard.guard.fill(1);
  EXPECT_EQ(this->outcome(Rule::put_once, other_guard), Outcome::conflict);
  item.bytes.push_back(0);
  EXPECT_EQ(this->outcome(Rule::put_once, item), Outcome::conflict);
  EXPECT_EQ(this->text(this->reader_->find(MailboxKind::address, name_of(1))), "reply");
}

TYPED_TEST(StoreRules, AppendsOnlyAtTheNextPosition) {
  const auto event = [](std::uint64_t position, const std::string& text) {
    return item_of(MailboxKind::journal, 0, position, text);
  };
  EXPECT_EQ(this->outcome(Rule::append, event(2, "early")), Outcome::conflict);
  EXPECT_EQ(this->outcome(Rule::append, event(0, "zero")), Outcome::conflict);
  EXPECT_EQ(this->outcome(Rule::append, event(1, "one")), Outcome::done);
  EXPECT_EQ(this->outcome(Rule::append, event(1, "one")), Outcome::same);
  EXPECT_EQ(this->outcome(Rule::append, event(1, "other")), Outcome::conflict);
  EXPECT_EQ(this->outcome(Rule::append, event(2, "two")), Outcome::done);
  EXPECT_EQ(this->outcome(Rule::append, event(1, "one")), Outcome::same);

  EXPECT_EQ(this->reader_->head(MailboxKind::journal, MailboxName{}), 2U);
  EXPECT_EQ(this->text(this->reader_->at(MailboxKind::journal, MailboxName{}, 1)), "one");
  EXPECT_EQ(this->text(this->reader_->at(MailboxKind::journal, MailboxName{}, 3)), "(nothing)");
}

TYPED_TEST(StoreRules, ReplacesOnlyTheVersionThatWasRead) {
  const auto slot = [](std::uint64_t version, const std::string& text) {
    return item_of(MailboxKind::slot, 4, version, text);
  };
  EXPECT_EQ(this->outcome(Rule::replace, slot(2, "early")), Outcome::conflict);
  EXPECT_EQ(this->outcome(Rule::replace, slot(1, "one")), Outcome::done);
  EXPECT_EQ(this->outcome(Rule::replace, slot(1, "one")), Outcome::same);
  EXPECT_EQ(this->outcome(Rule::replace, slot(1, "other")), Outcome::conflict);
  EXPECT_EQ(this->outcome(Rule::replace, slot(2, "two")), Outcome::done);
  EXPECT_EQ(this->outcome(Rule::replace, slot(1, "one")), Outcome::conflict);

  EXPECT_EQ(this->text(this->reader_->find(MailboxKind::slot, name_of(4))), "two");
  EXPECT_EQ(this->reader_->count(MailboxKind::slot), 1U);
}

TYPED_TEST(StoreRules, AnErasedSlotStaysErased) {
  const auto slot = item_of(MailboxKind::slot, 4, 1, "one");
  EXPECT_EQ(this->outcome(Rule::erase, slot), Outcome::missing);
  const auto put = this->write(Rule::replace, slot);
  EXPECT_FALSE(this->reader_->erased(MailboxKind::slot, name_of(4)));

  EXPECT_EQ(this->outcome(Rule::erase, slot), Outcome::done);
  EXPECT_EQ(this->outcome(Rule::erase, slot), Outcome::same);
  EXPECT_EQ(this->outcome(Rule::replace, slot), Outcome::erased);
  EXPECT_EQ(this->outcome(Rule::put_once, slot), Outcome::erased);
  EXPECT_EQ(this->outcome(Rule::append, slot), Outcome::erased);
  EXPECT_EQ(this->outcome(Rule::supersede, slot), Outcome::erased);
  EXPECT_EQ(this->outcome(Rule::burn, slot), Outcome::missing);

  EXPECT_TRUE(this->reader_->erased(MailboxKind::slot, name_of(4)));
  EXPECT_EQ(this->text(this->reader_->find(MailboxKind::slot, name_of(4))), "(nothing)");
  EXPECT_EQ(this->text(this->reader_->read(put.id)), "(nothing)");
  EXPECT_EQ(this->text(this->reader_->read(put.id + 1)), "(nothing)") << "the tombstone is no item";
  EXPECT_EQ(this->reader_->count(MailboxKind::slot), 0U);
  EXPECT_EQ(this->reader_->head(MailboxKind::slot, name_of(4)), 0U);
  EXPECT_TRUE(this->reader_->names(MailboxKind::slot).empty());
  EXPECT_FALSE(this->reader_->oldest(MailboxKind::slot));
}

TYPED_TEST(StoreRules, ATombstoneCanBeNeitherRemovedNorExpired) {
  auto slot = item_of(MailboxKind::slot, 4, 1, "one");
  const auto put = this->write(Rule::replace, slot);
  this->write(Rule::erase, slot);

  EXPECT_EQ(this->outcome(Rule::remove, slot, put.id + 1), Outcome::missing);
  slot.expires = 0xffffffff;
  this->write(Rule::expire, slot);
  EXPECT_TRUE(this->reader_->erased(MailboxKind::slot, name_of(4)));
}

TYPED_TEST(StoreRules, SupersedesWhatIsThere) {
  EXPECT_EQ(this->outcome(Rule::supersede, item_of(MailboxKind::notice, 0, 20'000, "one")),
            Outcome::done);
  EXPECT_EQ(this->outcome(Rule::supersede, item_of(MailboxKind::notice, 0, 20'001, "tomorrow")),
            Outcome::done);
  EXPECT_EQ(this->outcome(Rule::supersede, item_of(MailboxKind::notice, 0, 20'000, "two")),
            Outcome::done);

  EXPECT_EQ(this->text(this->reader_->at(MailboxKind::notice, MailboxName{}, 20'000)), "two");
  EXPECT_EQ(this->text(this->reader_->at(MailboxKind::notice, MailboxName{}, 20'001)), "tomorrow");
  EXPECT_EQ(this->reader_->count(MailboxKind::notice), 2U);
}

TYPED_TEST(StoreRules, RemovesOneRowOfItsKind) {
  const auto put = this->write(Rule::add, report_of("a"));
  const auto kept = this->write(Rule::add, report_of("b"));

  EXPECT_EQ(this->outcome(Rule::remove, item_of(MailboxKind::box, 0, 0, ""), put.id),
            Outcome::missing);
  EXPECT_EQ(this->outcome(Rule::remove, report_of(""), put.id), Outcome::done);
  EXPECT_EQ(this->outcome(Rule::remove, report_of(""), put.id), Outcome::missing);

  EXPECT_FALSE(this->reader_->read(put.id));
  EXPECT_TRUE(this->reader_->read(kept.id));
}

TYPED_TEST(StoreRules, BurnsOnlyWithTheRightGuard) {
  auto reply = item_of(MailboxKind::address, 9, 0, "reply");
  reply.guard.fill(0x42);
  this->write(Rule::put_once, reply);

  auto wrong = reply;
  wrong.guard[31] = std::uint8_t(wrong.guard[31] ^ 1);
  EXPECT_EQ(this->outcome(Rule::burn, wrong), Outcome::missing);
  auto elsewhere = reply;
  elsewhere.name = name_of(8);
  EXPECT_EQ(this->outcome(Rule::burn, elsewhere), Outcome::missing);
  EXPECT_TRUE(this->reader_->find(MailboxKind::address, name_of(9)));

  EXPECT_EQ(this->outcome(Rule::burn, reply), Outcome::done);
  EXPECT_EQ(this->outcome(Rule::burn, reply), Outcome::missing);
  EXPECT_FALSE(this->reader_->find(MailboxKind::address, name_of(9)));
}

TYPED_TEST(StoreRules, ExpiresWhatIsDueAndNothingElse) {
  const auto reply = [&](std::uint8_t name, Hours expires) {
    auto item = item_of(MailboxKind::address, name, 0, "reply");
    item.expires = expires;
    this->write(Rule::put_once, item);
  };
  reply(1, 0);
  reply(2, 99);
  reply(3, 100);
  reply(4, 101);
  auto boxed = item_of(MailboxKind::box, 1, 0, "other kind");
  boxed.expires = 50;
  this->write(Rule::add, boxed);

  auto now = item_of(MailboxKind::address, 0, 0, "");
  now.expires = 100;
  EXPECT_EQ(this->outcome(Rule::expire, now), Outcome::done);

  const std::vector<MailboxName> left = {name_of(1), name_of(4)};
  EXPECT_EQ(this->reader_->names(MailboxKind::address), left);
  EXPECT_EQ(this->reader_->count(MailboxKind::box), 1U);
}

TYPED_TEST(StoreRules, AWriteSeesThoseBeforeItAndARefusedOneUndoesNothing) {
  const std::vector<Write> writes = {
      {Rule::append, item_of(MailboxKind::journal, 0, 1, "one"), 0},
      {Rule::append, item_of(MailboxKind::journal, 0, 1, "fork"), 0},
      {Rule::append, item_of(MailboxKind::journal, 0, 2, "two"), 0},
  };

  const auto written = this->kind_.store->writer().apply(writes);

  ASSERT_EQ(written.size(), 3U);
  EXPECT_EQ(written[0].outcome, Outcome::done);
  EXPECT_EQ(written[1].outcome, Outcome::conflict);
  EXPECT_EQ(written[1].id, 0);
  EXPECT_EQ(written[2].outcome, Outcome::done);
  EXPECT_EQ(this->reader_->head(MailboxKind::journal, MailboxName{}), 2U);
}

TYPED_TEST(StoreRules, AQueueGivesTheDearestFirstThenTheOldest) {
  std::vector<ItemId> ids;
  for (const auto effort : std::initializer_list<std::uint8_t>{0, 3, 0, 9, 3}) {
    auto report = report_of("r", 100);
    report.effort = effort;
    ids.push_back(this->write(Rule::add, report).id);
  }
  this->write(Rule::add, item_of(MailboxKind::box, 1, 0, "not intake"));

  const std::vector<ItemId> in_order = {ids[3], ids[1], ids[4], ids[0], ids[2]};
  EXPECT_EQ(this->reader_->waiting(MailboxKind::intake, MailboxName{}, 100), in_order);
  const std::vector<ItemId> two = {ids[3], ids[1]};
  EXPECT_EQ(this->reader_->waiting(MailboxKind::intake, MailboxName{}, 2), two);
  EXPECT_TRUE(this->reader_->waiting(MailboxKind::intake, MailboxName{}, 0).empty());
}

TYPED_TEST(StoreRules, EachBoxHasAQueueOfItsOwn) {
  const auto first = this->write(Rule::add, item_of(MailboxKind::box, 1, 0, "for one")).id;
  const auto second = this->write(Rule::add, item_of(MailboxKind::box, 2, 0, "for two")).id;

  EXPECT_EQ(this->reader_->waiting(MailboxKind::box, name_of(1), 9), std::vector<ItemId>{first});
  EXPECT_EQ(this->reader_->waiting(MailboxKind::box, name_of(2), 9), std::vector<ItemId>{second});
  EXPECT_FALSE(this->reader_->find(MailboxKind::box, name_of(1))) << "a queue has no places";
}

TYPED_TEST(StoreRules, CountsByEpochAndKnowsTheOldestHour) {
  EXPECT_FALSE(this->reader_->oldest(MailboxKind::intake));
  for (const auto epoch : std::initializer_list<std::uint64_t>{7, 7, 8}) {
    auto report = report_of("r", 100);
    report.position = epoch;
    report.hour = static_cast<Hours>(500'000 - epoch);
    this->write(Rule::add, report);
  }
  this->write(Rule::append, item_of(MailboxKind::journal, 0, 1, "event"));

  EXPECT_EQ(this->reader_->count_at(MailboxKind::intake, 7), 2U);
  EXPECT_EQ(this->reader_->count_at(MailboxKind::intake, 8), 1U);
  EXPECT_EQ(this->reader_->count_at(MailboxKind::intake, 9), 0U);
  EXPECT_EQ(this->reader_->count_at(MailboxKind::journal, 1), 1U);
  EXPECT_EQ(this->reader_->oldest(MailboxKind::intake), 499'992U);
  EXPECT_EQ(this->reader_->oldest(MailboxKind::journal), 490'000U);
}

TYPED_TEST(StoreRules, APositionBeyondTheRangeIsAConflict) {
  const auto far = std::uint64_t{1} << 63;
  EXPECT_EQ(this->outcome(Rule::put_once, item_of(MailboxKind::address, 1, far, "x")),
            Outcome::conflict);
  auto report = report_of("r", 10);
  report.position = far;
  EXPECT_EQ(this->outcome(Rule::add, report), Outcome::conflict);
  EXPECT_EQ(this->outcome(Rule::put_once, item_of(MailboxKind::address, 1, far - 1, "x")),
            Outcome::done);
  EXPECT_EQ(this->reader_->head(MailboxKind::address, name_of(1)), far - 1);
  EXPECT_FALSE(this->reader_->at(MailboxKind::address, name_of(1), far));
  EXPECT_EQ(this->reader_->count_at(MailboxKind::address, far), 0U);
}

TYPED_TEST(StoreRules, ARuleThatDoesNotFitTheKindIsAMistakeAndStoresNothing) {
  const std::vector<Write> writes = {
      {Rule::add, report_of("r", 10), 0},
      {Rule::put_once, item_of(MailboxKind::box, 1, 0, "x"), 0},
  };
  EXPECT_THROW(this->kind_.store->writer().apply(writes), std::logic_error);
  EXPECT_THROW(this->write(Rule::add, item_of(MailboxKind::address, 1, 0, "x")), std::logic_error);
  EXPECT_EQ(this->reader_->count(MailboxKind::intake), 0U);
}

TYPED_TEST(StoreRules, IdsAreNeverReused) {
  const auto first = this->write(Rule::add, report_of("a")).id;
  this->write(Rule::remove, report_of(""), first);
  EXPECT_GT(this->write(Rule::add, report_of("b")).id, first);
}

TYPED_TEST(StoreRules, ACheckOfAHealthyStoreFindsNothing) {
  for (int i = 0; i < 20; ++i) this->write(Rule::add, report_of("r"));
  EXPECT_TRUE(this->kind_.store->check(always).empty());
  this->kind_.store->checkpoint();
  EXPECT_TRUE(this->kind_.store->check(always).empty());
}

}  // namespace
}  // namespace meldpunt::server
