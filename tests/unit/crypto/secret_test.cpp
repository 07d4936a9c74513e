#include "crypto/secret.h"

#include <concepts>
#include <type_traits>

#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using test::buffer_of;

static_assert(!std::is_copy_constructible_v<SecretBytes<32>> &&
              std::is_nothrow_move_constructible_v<SecretBytes<32>>);
static_assert(!std::is_copy_constructible_v<SecretBuffer>);
static_assert(!std::is_copy_constructible_v<Transient<32>> &&
              !std::is_move_constructible_v<Transient<32>>);
static_assert(!std::equality_comparable<SecretBytes<32>> &&
              !std::equality_comparable<SecretBuffer>);

TEST(SecretMemory, StartsAsZerosAndKeepsWhatIsWritten) {
  SecretBytes<4> secret;
  EXPECT_THAT(secret.view(), testing::Each(0));
  secret.fill()[3] = 7;
  EXPECT_THAT(secret.view(), testing::ElementsAre(0, 0, 0, 7));
}

TEST(SecretMemory, IsClonedByNameOnly) {
  const auto secret = SecretBytes<32>::random();
  const auto copy = secret.clone();
  EXPECT_NE(secret.view().data(), copy.view().data());
  EXPECT_TRUE(same_secret(secret.view(), copy.view()));
}

TEST(SecretMemory, IsRandomWhenAsked) {
  EXPECT_FALSE(same_secret(SecretBytes<32>::random().view(), SecretBytes<32>::random().view()));
  EXPECT_NE(random_id<Hash>(), random_id<Hash>());
}

TEST(SecretMemory, EndsTheProgramWhenReadPastItsEnd) {
  const SecretBytes<4096> secret;
  const volatile std::uint8_t* end = secret.view().data() + 4096;
  EXPECT_DEATH({ [[maybe_unused]] const std::uint8_t byte = *end; }, "");
}

TEST(SecretMemory, IsWipedWhenItGoesAndItsPagesServeAgain) {
  const std::uint8_t* memory = nullptr;
  {
    const auto secret = SecretBytes<48>::random();
    memory = secret.view().data();
  }
  // Kept by this thread, so it can still be looked at.
  EXPECT_THAT(std::vector<std::uint8_t>(memory, memory + 48), testing::Each(0));

  const SecretBytes<48> next;
  const SecretBytes<48> another;

  EXPECT_EQ(next.view().data(), memory);
  EXPECT_NE(another.view().data(), memory);
}

TEST(SecretMemory, KeepsItsGuardsWhenItsPagesServeAgain) {
  const std::uint8_t* memory = nullptr;
  {
    const auto secret = SecretBytes<4096>::random();
    memory = secret.view().data();
  }
  const SecretBytes<4096> next;
  ASSERT_EQ(next.view().data(), memory);
  const volatile std::uint8_t* end = memory + 4096;
  EXPECT_DEATH({ [[maybe_unused]] const std::uint8_t byte = *end; }, "");
}

TEST(SecretMemory, MoreThanAThreadKeepsIsGivenBackAndMadeAnew) {
  std::vector<SecretBuffer> many;
  for (std::size_t size = 1; size <= 100; ++size) many.emplace_back(size);
  many.clear();

  const SecretBuffer again(100);
  EXPECT_THAT(buffer_of(again.view()), testing::Each(0));
}

TEST(SecretBuffer, CopiesWhatItIsMadeOf) {
  const Buffer bytes{1, 2, 3};
  const auto secret = SecretBuffer::of(bytes);
  EXPECT_EQ(buffer_of(secret.view()), bytes);
  EXPECT_EQ(secret.size(), 3U);
}

TEST(SecretBuffer, MovesAndLeavesAnEmptyOne) {
  auto first = SecretBuffer::of(Buffer{1, 2, 3});
  auto second = std::move(first);
  EXPECT_EQ(second.size(), 3U);
  EXPECT_EQ(first.size(), 0U);
  SecretBuffer third;
  third = std::move(second);
  EXPECT_EQ(buffer_of(third.view()), (Buffer{1, 2, 3}));
  EXPECT_EQ(second.size(), 0U);
}

TEST(SecretBuffer, WipesWhatItForgets) {
  auto secret = SecretBuffer::of(Buffer{1, 2, 3, 4});
  const std::uint8_t* memory = secret.view().data();
  secret.shrink(2);
  EXPECT_EQ(buffer_of(secret.view()), (Buffer{1, 2}));
  EXPECT_EQ(memory[2], 0);
  EXPECT_EQ(memory[3], 0);
  secret.shrink(9);
  EXPECT_EQ(secret.size(), 2U);
}

TEST(SecretBuffer, MayBeEmpty) {
  EXPECT_EQ(SecretBuffer().size(), 0U);
  EXPECT_EQ(SecretBuffer::of({}).size(), 0U);
}

TEST(SameSecret, ComparesLengthAndEveryByte) {
  const Buffer bytes{1, 2, 3};
  EXPECT_TRUE(same_secret(bytes, Buffer{1, 2, 3}));
  EXPECT_TRUE(same_secret({}, {}));
  EXPECT_FALSE(same_secret(bytes, Buffer{1, 2}));
  EXPECT_FALSE(same_secret(bytes, Buffer{0, 2, 3}));
  EXPECT_FALSE(same_secret(bytes, Buffer{1, 2, 0}));
}

}  // namespace
}  // namespace meldpunt::crypto
