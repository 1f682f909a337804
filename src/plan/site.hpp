// What a clinic sets for itself: limits of its own (never looser than those compiled in: the most restrictive
// wins), its syringe and pump, how old what is known may be, and its hours.
// Files: docs/site-format.md describes them; content/site_reader.hpp reads them. Values; safe to use from any
// thread.
#pragma once

#include <string>
#include <vector>

#include "base/provenance.hpp"
#include "base/quantity.hpp"
#include "plan/limit.hpp"
#include "plan/profile.hpp"

namespace evenkeel::plan {

// How old each may be when a dose is planned or given.
struct Freshness {
  Sourced<Duration> weight;
  Sourced<Duration> pressure_planning;
  Sourced<Duration> pressure_giving;
  Sourced<Duration> suicide_item;
};
// Proposals, each labelled so: 7 d, 7 d, 12 h, 7 d.
[[nodiscard]] Freshness proposed_freshness();

// When sessions may start, minutes after midnight UTC, on weekdays 1 (Monday) to 7; until is exclusive.
struct OpenHours {
  int weekday = 1;
  int from_min = 0;
  int until_min = 0;
};

struct Site {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::vector<Limit> limits;  // of Origin::site
  Syringe syringe;
  Pump pump;
  Freshness freshness = proposed_freshness();
  std::vector<OpenHours> hours;  // empty: not stated
  std::vector<std::pair<std::string, std::string>> sources;
};

// Whether a session may start at `start`; true where no hours are stated.
[[nodiscard]] bool is_open(const Site& site, Instant start);

}  // namespace evenkeel::plan
