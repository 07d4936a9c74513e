// Writes a vector: the keys of one case, of which a next case changes one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"

namespace meldpunt::crypto::vectors {

class VectorFile {
 public:
  VectorFile(std::filesystem::path root, std::string kind)
      : root_(std::move(root)), kind_(std::move(kind)) {}

  // Sets a key, in the place it has when it is there already.
  VectorFile& bytes(std::string_view key, Bytes value);
  VectorFile& text(std::string_view key, std::string_view value);
  VectorFile& number(std::string_view key, std::uint64_t value, std::size_t size);

  // The same case without or with another value: what a single cause changes.
  [[nodiscard]] VectorFile without(std::initializer_list<std::string_view> keys) const;
  [[nodiscard]] VectorFile with(std::string_view key, Bytes value) const;

  // Writes root/kind/name.txt. Exits the program when it cannot.
  void opened(std::string_view name, std::string_view about) const { save(name, about, {}); }
  void refused(std::string_view name, std::string_view about, Error error) const {
    save(name, about, error);
  }

 private:
  void set(std::string_view key, std::string value);
  void save(std::string_view name, std::string_view about, std::optional<Error> error) const;

  std::filesystem::path root_;
  std::string kind_;
  std::vector<std::pair<std::string, std::string>> lines_;
};

// make_*.cpp: each writes the folders of its kinds under `root`.
void make_wire_vectors(const std::filesystem::path& root);
void make_hierarchy_vectors(const std::filesystem::path& root);
void make_thread_vectors(const std::filesystem::path& root);
void make_vault_vectors(const std::filesystem::path& root);
void make_handover_vectors(const std::filesystem::path& root);
void make_release_vectors(const std::filesystem::path& root);
void make_recovery_vectors(const std::filesystem::path& root);

}  // namespace meldpunt::crypto::vectors
