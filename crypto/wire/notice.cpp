#include "crypto/wire/notice.h"

#include <algorithm>
#include <functional>
#include <set>

#include "crypto/label.h"
#include "crypto/wire/reader.h"
#include "crypto/wire/writer.h"

namespace meldpunt::crypto {

static_assert(bundle_area_size == 3769);

namespace {

constexpr std::uint64_t seconds_a_day = 86400;

void write_digest(Writer& writer, const Digest& digest) {
  writer.u64(digest.time)
      .u32(digest.tick)
      .u16(digest.tick_seconds)
      .u32(digest.generation)
      .bytes(digest.request_key_id.view())
      .bytes(digest.request_key.view())
      .bytes(digest.challenge.view())
      .u8(digest.effort)
      .bytes(digest.salt.view());
  for (const std::uint32_t tag : digest.tags) writer.u32(tag);
}

Digest read_digest(Reader& reader) {
  Digest digest;
  digest.time = reader.u64();
  digest.tick = reader.u32();
  digest.tick_seconds = reader.u16();
  digest.generation = reader.u32();
  digest.request_key_id = reader.id<KeyId>();
  reader.copy(digest.request_key.fill());
  digest.challenge = reader.id<Challenge>();
  digest.effort = reader.u8();
  digest.salt = reader.id<Salt>();
  for (std::uint32_t& tag : digest.tags) tag = reader.u32();
  const bool rising = std::adjacent_find(digest.tags.begin(), digest.tags.end(),
                                         std::greater_equal<>{}) == digest.tags.end();
  if (!rising || digest.tick_seconds == 0 || digest.request_key_id.is_zero()) reader.reject();
  return digest;
}

std::uint32_t random_tag() {
  Block<digest_tag_size> bytes{};
  fill_random(bytes);
  return Reader(bytes).u32();
}

}  // namespace

std::uint32_t tag_of(const Salt& salt, const Address& address) {
  return Reader(hash("tag", {salt.view(), address.view()}).view()).u32();
}

bool Digest::may_hold(const Address& address) const {
  return std::binary_search(tags.begin(), tags.end(), tag_of(salt, address));
}

Result<Tags> make_tags(const Salt& salt, std::span<const Address> living) {
  if (living.size() > digest_tags) return fail(Error::too_many);
  std::set<std::uint32_t> distinct;
  for (const Address& address : living) distinct.insert(tag_of(salt, address));
  while (distinct.size() < digest_tags) distinct.insert(random_tag());
  Tags tags{};
  std::copy(distinct.begin(), distinct.end(), tags.begin());
  return tags;
}

Result<Frame> sign_notice(Bytes bundle, const Digest& digest, const RegionId& region,
                          const SigningKey<role::Daemon>& daemon) {
  Frame frame{};
  Writer area(MutableBytes(frame).first(bundle_area_size));
  if (!area.field(bundle).fits()) return fail(Error::too_long);
  Writer writer(MutableBytes(frame).subspan(bundle_area_size));
  write_digest(writer, digest);
  const Bytes body = Bytes(frame).first(frame_size - signature_size);
  writer.bytes(daemon.sign("notice", region, body).view());
  return frame;
}

Result<Notice> verify_notice(FrameView frame, const Pin& pin) {
  Reader area(frame.first(bundle_area_size));
  const auto bundle = verify_bundle(area.field(), pin);
  if (!bundle) return fail(bundle.error());
  Reader reader(frame.subspan(bundle_area_size));
  Notice notice{*bundle, read_digest(reader)};
  const auto signature = reader.id<Signature>();
  if (!area.finished_with_padding() || !reader.finished()) return fail(Error::malformed);
  if (!verify(bundle->daemon, "notice", pin.region, frame.first(frame_size - signature_size),
              signature)) {
    return fail(Error::bad_signature);
  }
  const std::uint64_t day = notice.digest.time / seconds_a_day;
  if (bundle->day < day) return fail(Error::expired);
  if (bundle->day > day) return fail(Error::not_yet_valid);
  return notice;
}

}  // namespace meldpunt::crypto
