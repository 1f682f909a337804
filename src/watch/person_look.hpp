// What the checks of this folder on a person's answers share: the mood beside a sign, and a stretch of
// answers worse than before. Not for other layers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "watch/look.hpp"
#include "watch/outcome.hpp"

namespace evenkeel::watch {

// "PHQ-9": an instrument's short title, or its id where the library has none.
[[nodiscard]] std::string instrument_name(const Chart& chart, std::string_view id);
[[nodiscard]] bool has_instrument(const Chart& chart, std::string_view id);

// Answers outside the hours of a dose: during it and just after they tell of the drug.
[[nodiscard]] std::vector<Reading> away_from_dose(std::vector<Reading> readings);
// Those that are visits of their own, half a day or more apart: a form filled in twice at a visit is one
// check.
[[nodiscard]] std::vector<Reading> separate(std::span<const Reading> readings);

// "4 (2026-03-02), 5 (2026-03-09)"; of many, the first and the last three.
[[nodiscard]] std::string listed(std::span<const Reading> readings);
[[nodiscard]] std::vector<Support> support_of(std::span<const Reading> readings);

// When the first plan or infusion stands in the record.
[[nodiscard]] std::optional<Instant> treatment_began(const Chart& chart);

// How a score moved between two moments, from two readings of its own; absent where there are not two.
struct Moved {
  Reading before;
  Reading after;
  [[nodiscard]] int by() const { return after.score - before.score; }
};
[[nodiscard]] std::optional<Moved> moved(std::span<const Reading> readings, Instant from, Instant to);

// The illness beside a sign.
struct Mood {
  std::string name;
  std::vector<Reading> totals;
  int important = 1;  // points that matter, as the instrument says

  // "; the PHQ-9 went from 6 (2026-03-02) to 15 (2026-04-06)", or that it is not known.
  [[nodiscard]] std::string words(Instant from, Instant to) const;
};
[[nodiscard]] Mood mood_of(const Chart& chart, std::string_view instrument);

// The longest stretch of last answers, the newest since `oldest`, that are each at least `by` above what was
// usual in the answers before it: however long it lasts, it does not become what is usual. Without a `usual`
// they are measured from 0, and none need stand before.
struct Stretch {
  std::size_t first = 0;  // of it among the readings
  double usual = 0.0;
};
using Usual = double (*)(std::span<const Reading>);  // of one reading or more
[[nodiscard]] double lowest(std::span<const Reading> readings);
[[nodiscard]] double median(std::span<const Reading> readings);
[[nodiscard]] std::optional<Stretch> worse_stretch(std::span<const Reading> readings, Instant oldest,
                                                   double by, Usual usual);

}  // namespace evenkeel::watch
