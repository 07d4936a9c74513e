#include "client/lib/reporter_incoming.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>

#include "tests/unit/client/a_daemon.h"

namespace meldpunt::client {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

class Checking : public ::testing::Test {
 protected:
  // Posts replies that follow each other, and returns what burns them.
  void post_chain(std::uint16_t count) {
    crypto::Hash previous;
    for (std::uint16_t index = 0; index < count; ++index) {
      auto reply = a_reply(index);
      reply.previous = previous;
      const auto sealed = crypto::seal_reply(reply, thread_.shared, region_.pin.region).value();
      previous = crypto::hash_of_reply(sealed);
      stage_.daemon.lay(address(index), crypto::Buffer(sealed.begin(), sealed.end()),
                        crypto::guard_of(reply.burn));
    }
  }
  crypto::Address address(std::uint16_t index) const {
    return crypto::address_of(thread_.shared, region_.pin.region, index);
  }
  std::vector<ChainLink> links() const {
    std::vector<ChainLink> found;
    for (const auto& received : read_.replies()) found.push_back(received.link);
    return found;
  }

  // Which of these addresses it asked for, in that order.
  [[nodiscard]] std::vector<crypto::MailboxName> asked_of(
      const std::vector<std::uint16_t>& indices) const {
    std::set<crypto::MailboxName> wanted;
    for (const std::uint16_t index : indices) wanted.insert(address(index).bytes);
    std::vector<crypto::MailboxName> found;
    std::ranges::copy_if(stage_.daemon.asked, std::back_inserter(found),
                         [&](const auto& name) { return wanted.contains(name); });
    return found;
  }

  Region region_;
  crypto::ThreadKeys thread_ = a_thread();
  Stage stage_{region_};
  ReadReplies read_{thread_, region_.pin.region};
};

TEST_F(Checking, ReadsWhatLivesNewestFirst) {
  post_chain(3);

  stage_.run({&read_});

  ASSERT_EQ(read_.replies().size(), 3U);
  EXPECT_EQ(read_.replies()[0].reply.text, "answer 2");
  EXPECT_EQ(asked_of({2, 1, 0}),
            (std::vector{address(2).bytes, address(1).bytes, address(0).bytes}));
  EXPECT_THAT(links(), ElementsAre(ChainLink::follows, ChainLink::follows, ChainLink::first));
}

// Once in six thousand visits, the tag of another address is that of one that holds nothing.
TEST_F(Checking, AsksForNoAddressThatHoldsNothingUnlessATagMisleads) {
  post_chain(2);

  stage_.run({&read_});

  std::vector<std::uint16_t> empty(crypto::reply_indices - 2);
  std::iota(empty.begin(), empty.end(), std::uint16_t{2});
  EXPECT_LE(asked_of(empty).size(), 1U);
}

TEST_F(Checking, FindsTheLastOf256Replies) {
  stage_.daemon.post(thread_.shared, a_reply(255));

  stage_.run({&read_});

  ASSERT_EQ(read_.replies().size(), 1U);
  EXPECT_THAT(links(), ElementsAre(ChainLink::unknown));
}

TEST_F(Checking, AlarmsWhenAReplyDoesNotFollowTheOneBefore) {
  post_chain(1);
  auto forged = a_reply(1);
  forged.previous = crypto::random_id<crypto::Hash>();
  stage_.daemon.post(thread_.shared, forged);

  stage_.run({&read_});

  EXPECT_THAT(links(), ElementsAre(ChainLink::broken, ChainLink::first));
}

TEST_F(Checking, CountsWhatLiesThereAndIsNoReply) {
  stage_.daemon.lay(address(0), crypto::Buffer(crypto::sealed_reply_size, 7));
  stage_.daemon.lay(address(1), {});

  EXPECT_EQ(stage_.run({&read_}), SessionEnd::done);

  EXPECT_EQ(read_.unreadable(), 2U);
  EXPECT_TRUE(read_.replies().empty());
}

TEST_F(Checking, DoesNotOpenARepliesOfAnotherThread) {
  const auto other = a_thread();
  const auto sealed = crypto::seal_reply(a_reply(0), other.shared, region_.pin.region).value();
  stage_.daemon.lay(address(0), crypto::Buffer(sealed.begin(), sealed.end()));

  stage_.run({&read_});

  EXPECT_EQ(read_.unreadable(), 1U);
}

TEST_F(Checking, BurnsAllThatItRead) {
  post_chain(3);
  BurnReplies burn(read_, thread_, region_.pin.region);

  EXPECT_EQ(stage_.run({&read_, &burn}), SessionEnd::done);

  EXPECT_THAT(burn.burned(), ElementsAre(2, 1, 0));
  EXPECT_EQ(stage_.daemon.living(), 0U);
}

TEST_F(Checking, BurnsOneWhenOneIsMeant) {
  post_chain(3);
  BurnReplies burn(read_, thread_, region_.pin.region, 1);

  stage_.run({&read_, &burn});

  EXPECT_THAT(burn.burned(), ElementsAre(1));
  EXPECT_EQ(stage_.daemon.living(), 2U);
}

TEST_F(Checking, HasNothingToBurnWhereNothingLives) {
  BurnReplies burn(read_, thread_, region_.pin.region);

  EXPECT_EQ(stage_.run({&read_, &burn}), SessionEnd::done);

  EXPECT_TRUE(burn.burned().empty());
}

TEST_F(Checking, LooksAgainOnlyForWhatItHasNotRead) {
  post_chain(1);
  stage_.run({&read_});
  ASSERT_EQ(read_.replies().size(), 1U);
  stage_.daemon.asked.clear();
  stage_.daemon.post(thread_.shared, a_reply(1));

  read_.look_again();
  stage_.run({&read_});

  EXPECT_EQ(read_.replies().size(), 2U);
  EXPECT_THAT(stage_.daemon.asked, Contains(address(1).bytes));
  EXPECT_THAT(stage_.daemon.asked, Not(Contains(address(0).bytes)));
}

TEST_F(Checking, KeepsThePlaceInTheChainOfATextThatIsForgotten) {
  post_chain(2);
  stage_.run({&read_});

  read_.forget_text(0);

  const auto replies = read_.replies();
  ASSERT_EQ(replies.size(), 2U);
  EXPECT_EQ(replies[1].reply.text, "");
  EXPECT_EQ(replies[0].link, ChainLink::follows);
}

}  // namespace
}  // namespace meldpunt::client
