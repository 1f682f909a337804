// A number that a study supposes: what it takes it to be, the lowest and highest that are thought possible,
// and where it comes from. The same table of fields reads it, names it and moves it in the sensitivity
// analysis. Values.
#pragma once

#include <span>
#include <string_view>

#include "base/provenance.hpp"

namespace evenkeel::cohort {

struct Assumed {
  double value = 0.0;
  double low = 0.0;   // <= value
  double high = 0.0;  // >= value
  Provenance from;
};

// One number of a group of them, in the unit that its words say; `least` and `most` are what can be meant.
template <class Group>
struct AssumedField {
  std::string_view name;
  std::string_view unit;
  std::string_view words;  // "share of the effect lost with each session"
  double least = 0.0;
  double most = 0.0;
  Assumed Group::*field = nullptr;
};

}  // namespace evenkeel::cohort
