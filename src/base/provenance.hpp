// Where a number comes from, and how far that can be trusted. Travels with every number in content.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evenkeel {

// The words of a label are shown wherever the number is. There is no label for a number that was
// only recalled: the readers refuse it.
enum class Label : std::uint8_t {
  seen = 1,               // "V"     seen verbatim in the primary source
  secondary = 2,          // "V2"    seen verbatim in a secondary source that names its place
  secondary_unnamed = 3,  // "V2-"   seen in a secondary source that does not
  calculated = 4,         // "CALC"  computed by re-simulating the stated parameters
  derived = 5,            // "D"     arithmetic on numbers that were seen
  proposal = 6,           // "P"     a proposal for the software, not a finding
  conflicting = 7,        // "C"     sources disagree: always shown as unverified
};

[[nodiscard]] std::optional<Label> label_from_text(std::string_view text);
[[nodiscard]] std::string_view label_text(Label label);   // "V2"
[[nodiscard]] std::string_view label_words(Label label);  // "seen in a secondary source"

// False for what no page may show without saying that it is unverified.
[[nodiscard]] bool is_verified(Label label);

struct Provenance {
  std::string source;  // a key of the file's `sources`
  Label label = Label::proposal;
  std::string note;  // empty, or what a reader must know about this number
};

template <class T>
struct Sourced {
  T value{};
  Provenance from;
};

}  // namespace evenkeel
