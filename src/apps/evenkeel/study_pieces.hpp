// The work of a study in pieces: made on several threads, in several processes or at different times, kept in
// a checkpoint, and taken over in order by one. What is taken is the same however it was made.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "apps/evenkeel/crew.hpp"
#include "apps/evenkeel/study_checkpoint.hpp"

namespace evenkeel::app {

struct Pieces {
  std::string stage;  // a folder of the checkpoint
  std::string words;  // "blocks of patients"
  std::size_t count = 0;
  std::function<std::string(std::size_t)> make;               // from any thread
  std::function<bool(std::size_t, const std::string&)> take;  // in order, by rank 0; false: cannot be used
};

// Whose hands do what.
struct Hands {
  Crew* crew = nullptr;
  const Checkpoint* checkpoint = nullptr;  // none: nothing is kept
  int threads = 0;
  std::size_t share = 0;   // this run does every piece whose number leaves `share` ...
  std::size_t shares = 1;  // ... divided by this; of more than one, nothing is taken
  bool merge = false;      // makes nothing: all pieces are in the checkpoint
  bool progress = true;

  [[nodiscard]] bool takes() const { return shares == 1; }
};

// done; interrupted, with what had begun in the checkpoint; storage_failed; bad_input where pieces to merge
// are missing. Complains.
[[nodiscard]] Status do_pieces(const Pieces& pieces, const Hands& hands);

}  // namespace evenkeel::app
