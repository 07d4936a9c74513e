// Any sequence of writes, in any batches: both stores answer as a plain model of the rules does,
// and hold what it holds, also after the SQLite store was closed, opened and checkpointed in
// between.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "server/storage/memory_store.h"
#include "server/storage/sqlite_store.h"
#include "tests/unit/storage/a_store.h"

namespace meldpunt::server {
namespace {

constexpr auto kinds = std::to_array<MailboxKind>(
    {MailboxKind::intake, MailboxKind::address, MailboxKind::box, MailboxKind::journal,
     MailboxKind::slot, MailboxKind::notice, MailboxKind::roster});
constexpr std::uint8_t names = 3;

bool queue(MailboxKind kind) { return kind == MailboxKind::intake || kind == MailboxKind::box; }

// Written for this test from the comments of store.h, with none of the stores' code.
class Model {
 public:
  struct Row {
    ItemId id = 0;
    Item item;
  };

  Written apply(const Write& write) {
    const auto& item = write.item;
    const auto box = std::pair(item.kind, item.name);
    const bool erased = erased_.contains(box);
    switch (write.rule) {
      case Rule::add:
        return insert(item);
      case Rule::put_once:
        if (erased) return {Outcome::erased, 0};
        return at(item) ? retry(item) : insert(item);
      case Rule::append:
        if (erased) return {Outcome::erased, 0};
        return item.position == head(item) + 1 ? insert(item) : retry(item);
      case Rule::replace:
        if (erased) return {Outcome::erased, 0};
        if (item.position != head(item) + 1) return retry(item);
        std::erase_if(rows, [&](const Row& row) { return same_box(row.item, item); });
        return insert(item);
      case Rule::supersede:
        if (erased) return {Outcome::erased, 0};
        std::erase_if(rows, [&](const Row& row) {
          return same_box(row.item, item) && row.item.position == item.position;
        });
        return insert(item);
      case Rule::erase:
        if (erased) return {Outcome::same, 0};
        if (std::erase_if(rows, [&](const Row& r) { return same_box(r.item, item); }) == 0) {
          return {Outcome::missing, 0};
        }
        erased_.insert(box);
        ++last_id_;  // the tombstone takes one
        return {Outcome::done, 0};
      case Rule::remove:
        return gone(std::erase_if(rows, [&](const Row& row) {
          return row.id == write.target && row.item.kind == item.kind;
        }));
      case Rule::burn:
        return gone(std::erase_if(rows, [&](const Row& row) {
          return same_box(row.item, item) && row.item.position == head(item) &&
                 row.item.guard == item.guard;
        }));
      case Rule::expire:
        std::erase_if(rows, [&](const Row& row) {
          return row.item.kind == item.kind && row.item.expires > 0 &&
                 row.item.expires <= item.expires;
        });
        return {Outcome::done, 0};
    }
    return {};
  }

  bool erased(MailboxKind kind, const MailboxName& name) const {
    return erased_.contains({kind, name});
  }

  std::vector<Row> rows;

 private:
  static bool same_box(const Item& a, const Item& b) {
    return a.kind == b.kind && a.name == b.name;
  }
  static Written gone(std::size_t rows) { return {rows > 0 ? Outcome::done : Outcome::missing, 0}; }
  Written insert(const Item& item) {
    rows.push_back({++last_id_, item});
    return {Outcome::done, last_id_};
  }
  const Row* at(const Item& item) const {
    const auto row = std::ranges::find_if(rows, [&](const Row& r) {
      return same_box(r.item, item) && r.item.position == item.position;
    });
    return row == rows.end() ? nullptr : &*row;
  }
  Written retry(const Item& item) const {
    const auto* row = at(item);
    const bool same = row && row->item.bytes == item.bytes && row->item.guard == item.guard;
    return same ? Written{Outcome::same, row->id} : Written{Outcome::conflict, 0};
  }
  std::uint64_t head(const Item& item) const {
    std::uint64_t head = 0;
    for (const auto& row : rows) {
      if (same_box(row.item, item)) head = std::max(head, row.item.position);
    }
    return head;
  }

  ItemId last_id_ = 0;
  std::set<std::pair<MailboxKind, MailboxName>> erased_;
};

rc::Gen<Write> any_write() {
  return rc::gen::exec([] {
    Write write;
    auto& item = write.item;
    item.kind = *rc::gen::elementOf(kinds);
    write.rule =
        queue(item.kind)
            ? *rc::gen::element(Rule::add, Rule::add, Rule::remove, Rule::expire)
            : *rc::gen::element(Rule::put_once, Rule::append, Rule::replace, Rule::supersede,
                                Rule::erase, Rule::remove, Rule::burn, Rule::expire);
    // Few names, positions and texts, so that writes meet each other.
    item.name = name_of(*rc::gen::inRange<std::uint8_t>(0, names));
    item.position = *rc::gen::inRange<std::uint64_t>(0, 5);
    item.hour = *rc::gen::inRange<Hours>(1, 9);
    item.expires = *rc::gen::inRange<Hours>(0, 5);
    item.effort = *rc::gen::inRange<std::uint8_t>(0, 4);
    item.guard.fill(*rc::gen::inRange<std::uint8_t>(0, 2));
    item.bytes.assign(*rc::gen::element<std::size_t>(0, 1, 40, 15'232, 40'000),
                      *rc::gen::inRange<std::uint8_t>(0, 2));
    write.target = *rc::gen::inRange<ItemId>(1, 30);
    return write;
  });
}

void expect_same_items(Store& store, const Model& model) {
  auto reader = store.reader();
  for (ItemId id = 0; id < 80; ++id) {
    const auto row = std::ranges::find(model.rows, id, &Model::Row::id);
    const auto stored = reader->read(id);
    RC_ASSERT(stored.has_value() == (row != model.rows.end()));
    if (!stored) continue;
    RC_ASSERT(stored->item.bytes == row->item.bytes);
    RC_ASSERT(stored->item.name == row->item.name);
    RC_ASSERT(stored->item.position == row->item.position);
    RC_ASSERT(stored->item.guard == row->item.guard);
    RC_ASSERT(stored->item.hour == row->item.hour);
  }
}

void expect_same_views(Store& store, const Model& model) {
  auto reader = store.reader();
  for (const auto kind : kinds) {
    const auto of_kind = [&](const Model::Row& row) { return row.item.kind == kind; };
    RC_ASSERT(reader->count(kind) ==
              static_cast<std::uint64_t>(std::ranges::count_if(model.rows, of_kind)));
    for (std::uint8_t byte = 0; byte < names; ++byte) {
      const auto name = name_of(byte);
      std::uint64_t head = 0;
      std::vector<std::pair<int, ItemId>> waiting;
      for (const auto& row : model.rows) {
        if (!of_kind(row) || row.item.name != name) continue;
        head = std::max(head, row.item.position);
        waiting.emplace_back(-row.item.effort, row.id);
      }
      std::ranges::sort(waiting);
      std::vector<ItemId> ids;
      for (const auto& [effort, id] : waiting) ids.push_back(id);
      RC_ASSERT(reader->head(kind, name) == (queue(kind) ? 0 : head));
      RC_ASSERT(reader->waiting(kind, name, 99) == (queue(kind) ? ids : std::vector<ItemId>{}));
      RC_ASSERT(reader->erased(kind, name) == model.erased(kind, name));
    }
    for (std::uint64_t position = 0; position < 6; ++position) {
      RC_ASSERT(reader->count_at(kind, position) ==
                static_cast<std::uint64_t>(std::ranges::count_if(model.rows, [&](const auto& row) {
                  return of_kind(row) && row.item.position == position;
                })));
    }
  }
}

RC_GTEST_PROP(StoreProperty, BothStoresDoWhatTheModelDoes, ()) {
  const auto batches =
      *rc::gen::resize(8, rc::gen::container<std::vector<std::vector<Write>>>(rc::gen::resize(
                              8, rc::gen::container<std::vector<Write>>(any_write()))));
  TemporaryDirectory directory;
  auto in_memory = make_memory_store();
  auto in_sqlite = open_sqlite_store(directory.path());
  Model model;
  for (const auto& batch : batches) {
    const auto from_memory = in_memory->writer().apply(batch);
    const auto from_sqlite = in_sqlite->writer().apply(batch);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto expected = model.apply(batch[i]);
      RC_ASSERT(from_memory[i].outcome == expected.outcome);
      RC_ASSERT(from_sqlite[i].outcome == expected.outcome);
      RC_ASSERT(from_memory[i].id == expected.id);
      RC_ASSERT(from_sqlite[i].id == expected.id);
    }
    const auto between = *rc::gen::inRange(0, 4);
    if (between == 0) in_sqlite->checkpoint();
    if (between == 1) {
      in_sqlite.reset();
      in_sqlite = open_sqlite_store(directory.path());
    }
  }
  for (auto* store : {in_memory.get(), in_sqlite.get()}) {
    expect_same_items(*store, model);
    expect_same_views(*store, model);
    RC_ASSERT(store->check(always).empty());
  }
}

}  // namespace
}  // namespace meldpunt::server
