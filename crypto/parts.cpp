#include "crypto/parts.h"

#include <algorithm>

#include "crypto/label.h"

namespace meldpunt::crypto {

namespace {

Hash hash_of_part(std::uint16_t index, Bytes bytes) {
  Block<2> number{};
  Writer(number).u16(index);
  return hash("part", {number, bytes});
}

Bytes slice(Bytes whole, std::size_t part_size, std::size_t index) {
  const std::size_t from = index * part_size;
  return whole.subspan(from, std::min(part_size, whole.size() - from));
}

}  // namespace

void write_manifest(Writer& writer, const Manifest& manifest) {
  writer.u8(static_cast<std::uint8_t>(manifest.kind))
      .u32(manifest.size)
      .u16(static_cast<std::uint16_t>(manifest.parts.size()));
  for (const Hash& part : manifest.parts) writer.bytes(part.view());
}

Manifest read_manifest(Reader& reader) {
  Manifest manifest;
  const std::uint8_t kind = reader.u8();
  if (kind < 1 || kind > 5) reader.reject();
  manifest.kind = static_cast<PartsKind>(kind);
  manifest.size = reader.u32();
  const std::size_t count = reader.u16();
  if (count == 0 || count > parts_max || count > reader.remaining() / Hash::size) reader.reject();
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    manifest.parts.push_back(reader.id<Hash>());
  }
  return manifest;
}

Hash hash_of_manifest(const Manifest& manifest) {
  Buffer bytes(1 + 4 + 2 + manifest.parts.size() * Hash::size);
  Writer writer(bytes);
  write_manifest(writer, manifest);
  return hash("manifest", {writer.written()});
}

void write_part(Writer& writer, const Part& part) {
  writer.bytes(part.manifest.view()).u16(part.index).field(part.bytes);
}

Part read_part(Reader& reader) {
  Part part;
  part.manifest = reader.id<Hash>();
  part.index = reader.u16();
  const Bytes bytes = reader.field();
  if (bytes.empty()) reader.reject();
  part.bytes.assign(bytes.begin(), bytes.end());
  return part;
}

Result<Manifest> make_manifest(PartsKind kind, Bytes whole, std::size_t part_size) {
  if (whole.empty()) return fail(Error::incomplete);
  const std::size_t count = (whole.size() + part_size - 1) / part_size;
  if (count > parts_max || whole.size() > 0xffffffffU) return fail(Error::too_many);
  Manifest manifest{kind, static_cast<std::uint32_t>(whole.size()), {}};
  for (std::size_t i = 0; i < count; ++i) {
    manifest.parts.push_back(
        hash_of_part(static_cast<std::uint16_t>(i), slice(whole, part_size, i)));
  }
  return manifest;
}

Part make_part(const Manifest& manifest, Bytes whole, std::size_t part_size, std::uint16_t index) {
  const Bytes bytes = slice(whole, part_size, index);
  return {hash_of_manifest(manifest), index, Buffer(bytes.begin(), bytes.end())};
}

Assembly::Assembly(Manifest manifest)
    : manifest_(std::move(manifest)),
      id_(hash_of_manifest(manifest_)),
      parts_(manifest_.parts.size()),
      present_(manifest_.parts.size(), false),
      missing_(manifest_.parts.size()) {}

Result<void> Assembly::add(const Part& part) {
  if (part.manifest != id_ || part.index >= parts_.size() ||
      hash_of_part(part.index, part.bytes) != manifest_.parts[part.index]) {
    return fail(Error::malformed);
  }
  if (present_[part.index]) return {};
  parts_[part.index] = SecretBuffer::of(part.bytes);
  present_[part.index] = true;
  --missing_;
  return {};
}

Result<SecretBuffer> Assembly::whole() const {
  if (!complete()) return fail(Error::incomplete);
  std::size_t size = 0;
  for (const SecretBuffer& part : parts_) size += part.size();
  if (size != manifest_.size) return fail(Error::malformed);
  SecretBuffer whole(size);
  MutableBytes rest = whole.fill();
  for (const SecretBuffer& part : parts_) {
    copy_bytes(part.view(), rest);
    rest = rest.subspan(part.size());
  }
  return whole;
}

}  // namespace meldpunt::crypto
