#include "crypto/parts.h"

#include "tests/unit/crypto/matchers.h"

namespace meldpunt::crypto {
namespace {

using test::buffer_of;
using test::FailsWith;
using test::Succeeds;

class Parts : public testing::Test {
 protected:
  static Buffer counted(std::size_t size) {
    Buffer bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    return bytes;
  }
  static constexpr std::size_t part_size = 400;

  const Buffer whole_ = counted(1000);
  const Manifest manifest_ = *make_manifest(PartsKind::image, whole_, part_size);
  Part part(std::uint16_t index) const { return make_part(manifest_, whole_, part_size, index); }
};

TEST_F(Parts, ComeTogetherInAnyOrder) {
  Assembly assembly(manifest_);
  EXPECT_EQ(assembly.missing(), 3U);
  for (const std::uint16_t index : std::array<std::uint16_t, 3>{2, 0, 1}) {
    EXPECT_THAT(assembly.whole(), FailsWith(Error::incomplete));
    EXPECT_THAT(assembly.add(part(index)), Succeeds());
  }
  EXPECT_TRUE(assembly.complete());
  const auto whole = assembly.whole();
  ASSERT_THAT(whole, Succeeds());
  EXPECT_EQ(buffer_of(whole->view()), whole_);
}

TEST_F(Parts, CountOnceWhenTheyComeTwice) {
  Assembly assembly(manifest_);
  EXPECT_THAT(assembly.add(part(1)), Succeeds());
  EXPECT_THAT(assembly.add(part(1)), Succeeds());
  EXPECT_EQ(assembly.missing(), 2U);
}

TEST_F(Parts, AreRefusedUnlessTheManifestNamesThem) {
  Assembly assembly(manifest_);
  Part wrong_bytes = part(0);
  wrong_bytes.bytes[0] ^= 1;
  Part wrong_place = part(0);
  wrong_place.index = 1;
  Part beyond = part(0);
  beyond.index = 3;
  Part stranger = part(0);
  stranger.manifest.bytes[0] ^= 1;
  for (const Part& bad : {wrong_bytes, wrong_place, beyond, stranger}) {
    EXPECT_THAT(assembly.add(bad), FailsWith(Error::malformed));
  }
  EXPECT_EQ(assembly.missing(), 3U);
}

TEST_F(Parts, AreMalformedWhenTheSizesDoNotAddUp) {
  Manifest lying = manifest_;
  lying.size += 1;
  Assembly assembly(lying);
  for (std::uint16_t i = 0; i < 3; ++i) {
    Part same = part(i);
    same.manifest = hash_of_manifest(lying);
    EXPECT_THAT(assembly.add(same), Succeeds());
  }
  EXPECT_THAT(assembly.whole(), FailsWith(Error::malformed));
}

TEST_F(Parts, HaveAManifestOnlyForSomethingThatFits) {
  EXPECT_THAT(make_manifest(PartsKind::text, {}, 10), FailsWith(Error::incomplete));
  EXPECT_THAT(make_manifest(PartsKind::text, Buffer(parts_max + 1), 1), FailsWith(Error::too_many));
  EXPECT_THAT(make_manifest(PartsKind::text, Buffer(parts_max), 1), Succeeds());
}

TEST_F(Parts, AreWrittenAndReadAlike) {
  Buffer bytes(2000);
  Writer writer(bytes);
  write_manifest(writer, manifest_);
  write_part(writer, part(2));
  Reader reader(writer.written());
  EXPECT_EQ(read_manifest(reader), manifest_);
  EXPECT_EQ(read_part(reader), part(2));
  EXPECT_TRUE(reader.finished());
}

TEST_F(Parts, AreRefusedWithAnUnknownKindNoHashesTooManyOrNoBytes) {
  const auto refused = [](Buffer bytes) {
    Reader reader(bytes);
    [[maybe_unused]] const Manifest manifest = read_manifest(reader);
    return reader.failed();
  };
  EXPECT_TRUE(refused({0, 0, 0, 0, 1, 0, 0}));
  Buffer one(7 + 32);
  one[0] = 1;
  one[6] = 1;
  EXPECT_FALSE(refused(one));
  one[0] = 0;
  EXPECT_TRUE(refused(one));
  one[0] = 6;
  EXPECT_TRUE(refused(one));
  one[0] = 1;
  one[6] = 2;
  EXPECT_TRUE(refused(one));
  Buffer many(7 + 32 * (parts_max + 1));
  many[0] = 1;
  many[5] = 4;
  EXPECT_FALSE(refused(many));
  many[6] = 1;
  EXPECT_TRUE(refused(many));

  const Buffer zeros(36);
  Reader empty_part(zeros);
  [[maybe_unused]] const Part part = read_part(empty_part);
  EXPECT_TRUE(empty_part.failed());
}

}  // namespace
}  // namespace meldpunt::crypto
