// What is too long for one object of a box: a manifest, and then parts (crypto/parts.h), each an
// object.
#pragma once

#include <optional>
#include <variant>

#include "client/lib/problem.h"
#include "crypto/boxed.h"
#include "crypto/parts.h"

namespace meldpunt::client {

// One object to be put into a box.
struct Piece {
  crypto::ObjectKind kind{};
  crypto::SecretBuffer content;
};

// One object of this kind when it is no longer than `in_one`; otherwise the manifest, then all
// parts.
Outcome<std::vector<Piece>> pieces_of(crypto::ObjectKind kind, crypto::PartsKind parts,
                                      crypto::Bytes content,
                                      std::size_t in_one = crypto::object_content_max);

// A manifest or a part that came, and the manifest that it belongs to.
struct ArrivedPiece {
  crypto::Hash manifest;
  std::variant<crypto::Manifest, crypto::Part> what;
};
// nullopt for anything else, and for a manifest of another kind.
std::optional<ArrivedPiece> read_piece(crypto::ObjectKind kind, crypto::Bytes content,
                                       crypto::PartsKind parts);

}  // namespace meldpunt::client
