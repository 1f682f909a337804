#include "base/provenance.hpp"

#include <algorithm>
#include <array>

namespace evenkeel {
namespace {

struct LabelRow {
  Label label;
  std::string_view text;
  std::string_view words;
};

constexpr std::array rows{
    LabelRow{Label::seen, "V", "seen in the primary source"},
    LabelRow{Label::secondary, "V2", "seen in a secondary source"},
    LabelRow{Label::secondary_unnamed, "V2-", "seen in a secondary source that names no table"},
    LabelRow{Label::calculated, "CALC", "calculated from published parameters"},
    LabelRow{Label::derived, "D", "derived by arithmetic"},
    LabelRow{Label::proposal, "P", "a proposal of this software, not a finding"},
    LabelRow{Label::conflicting, "C", "unverified: the sources conflict"},
};

const LabelRow& row(Label label) {
  return *std::ranges::find(rows, label, &LabelRow::label);
}

}  // namespace

std::optional<Label> label_from_text(std::string_view text) {
  const auto* found = std::ranges::find(rows, text, &LabelRow::text);
  if (found == rows.end()) return std::nullopt;
  return found->label;
}

std::string_view label_text(Label label) {
  return row(label).text;
}
std::string_view label_words(Label label) {
  return row(label).words;
}
bool is_verified(Label label) {
  return label != Label::conflicting;
}

}  // namespace evenkeel
