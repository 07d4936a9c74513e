#include "client/lib/pieces.h"

namespace meldpunt::client {

namespace {

constexpr std::size_t part_size = crypto::object_content_max - crypto::Hash::size - 2 - 2;

template <class Value>
Piece piece_of(crypto::ObjectKind kind, const Value& value,
               void (*write)(crypto::Writer&, const Value&)) {
  crypto::SecretBuffer content(crypto::object_content_max);
  crypto::Writer writer(content.fill());
  write(writer, value);
  content.shrink(writer.size());
  return {kind, std::move(content)};
}

}  // namespace

Outcome<std::vector<Piece>> pieces_of(crypto::ObjectKind kind, crypto::PartsKind parts,
                                      crypto::Bytes content, std::size_t in_one) {
  std::vector<Piece> pieces;
  if (content.size() <= in_one) {
    pieces.push_back({kind, crypto::SecretBuffer::of(content)});
    return pieces;
  }
  const auto manifest = crypto::make_manifest(parts, content, part_size);
  if (!manifest) return problem(EX_SOFTWARE, "what was to be sent", manifest.error());
  pieces.push_back(piece_of(crypto::ObjectKind::manifest, *manifest, crypto::write_manifest));
  for (std::size_t i = 0; i < manifest->parts.size(); ++i) {
    const auto part =
        crypto::make_part(*manifest, content, part_size, static_cast<std::uint16_t>(i));
    pieces.push_back(piece_of(crypto::ObjectKind::part, part, crypto::write_part));
  }
  return pieces;
}

std::optional<ArrivedPiece> read_piece(crypto::ObjectKind kind, crypto::Bytes content,
                                       crypto::PartsKind parts) {
  crypto::Reader reader(content);
  if (kind == crypto::ObjectKind::manifest) {
    auto manifest = crypto::read_manifest(reader);
    if (!reader.finished() || manifest.kind != parts) return std::nullopt;
    const auto id = crypto::hash_of_manifest(manifest);
    return ArrivedPiece{id, std::move(manifest)};
  }
  if (kind != crypto::ObjectKind::part) return std::nullopt;
  auto part = crypto::read_part(reader);
  if (!reader.finished()) return std::nullopt;
  const auto id = part.manifest;
  return ArrivedPiece{id, std::move(part)};
}

}  // namespace meldpunt::client
