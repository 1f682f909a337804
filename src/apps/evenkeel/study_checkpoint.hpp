// What a study has done so far, in a folder: a file for each finished piece, which appears whole or not at
// all, and `checkpoint.json`, which says of what study. Several processes may write to one folder at once,
// each its own pieces.
//
//   DIR/checkpoint.json               form, program, study, content, as text and by SHA-256
//   DIR/patients/00000000.piece       bytes of one piece:
//     "evenkeel.piece/1\n", key (32), stage's name and number, length of the payload, payload, SHA-256 of all
//
// The key is the SHA-256 of checkpoint.json, so a piece of another study is never taken for one of this. A
// file that is torn, or not one of this study's, is no piece: it is done again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::app {

// What makes a study this one: names and values, in the words that a refusal shows.
using StudyMarks = std::vector<std::pair<std::string, std::string>>;

class Checkpoint {
 public:
  // Opens the folder or makes it. Errors: storage; not_permitted where it holds another study, or this one
  // and `go_on` is false; with `must_exist`, not_found where there is none.
  struct How {
    bool go_on = false;
    bool must_exist = false;
  };
  [[nodiscard]] static Result<Checkpoint> open(const std::filesystem::path& folder, const StudyMarks& marks,
                                               How how);

  // Thread-safe. None where there is no such piece, or its file is not whole.
  [[nodiscard]] std::optional<std::string> load(std::string_view stage, std::size_t piece) const;
  // Durable when it returns. Errors: storage.
  [[nodiscard]] Result<void> store(std::string_view stage, std::size_t piece, std::string_view payload) const;

 private:
  Checkpoint(std::filesystem::path folder, std::string key)
      : folder_(std::move(folder)), key_(std::move(key)) {}
  [[nodiscard]] std::filesystem::path file_of(std::string_view stage, std::size_t piece) const;
  [[nodiscard]] std::string head_of(std::string_view stage, std::size_t piece, std::size_t bytes) const;

  std::filesystem::path folder_;
  std::string key_;
};

}  // namespace evenkeel::app
