// What is published about a question, claim by claim: what speaks for it and against it, what is not known,
// for whom it holds, how well it is known and what it must not be used for. Files: content/evidence/. Values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/provenance.hpp"

namespace evenkeel::watch {

enum class Supervised : std::uint8_t { yes = 1, no = 2, mixed = 3, not_applicable = 4 };

// One figure as published; low and high are an interval or a spread, as `name` says.
struct Figure {
  std::string name;
  double value = 0.0;
  std::optional<double> low;
  std::optional<double> high;
  std::string unit;
  Provenance from;
};

// One sentence for, against or on the limits of a claim; one with a number in it cites a source.
struct Point {
  std::string text;
  std::vector<std::string> sources;  // keys of the entry's sources
};

struct Evidence {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string statement;
  std::string population;
  Supervised supervised = Supervised::not_applicable;
  char grade = 'D';  // A long prospective or randomised .. D case or opinion
  Label label = Label::proposal;
  std::vector<Figure> figures;
  std::vector<Point> supports;  // what speaks for the statement
  std::vector<Point> against;   // what speaks against it
  std::vector<Point> unknown;   // what nobody has shown
  std::string limits;
  std::vector<std::pair<std::string, std::string>> sources;
};

}  // namespace evenkeel::watch
