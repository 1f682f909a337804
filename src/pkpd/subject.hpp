// From what the rows of a table, or a regimen, tell of one subject to a Subject that can be scheduled:
// the parameters and the system in force at each record and between records.
//
// What a row tells holds at its moment. Before it, back to the row before:
//   backward  what the later row tells (NONMEM's way)
//   forward   what the earlier row tells
//   linear    in a straight line between the two; the system then changes all the time (varying.hpp)
// Where a row tells nothing, the same rule fills it from the nearest rows that do; before the first and
// after the last of them, the nearest holds. The occasion is carried backward.
//
// What arrives by itself at the moment of a row still meets what held before that row.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "pkpd/record.hpp"
#include "pkpd/schedule.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

enum class Carried : std::uint8_t { backward = 0, forward = 1, linear = 2 };

// What a column tells: a covariate (kg, years, 1 or 0), or a parameter of the model by its index, in its
// canonical unit.
struct Signal {
  std::variant<Covariate, std::size_t> of;
  Carried carried = Carried::backward;  // not linear for belonging to a group (the reader checks)
};

struct Row {
  Duration at;
  RecordKind kind = RecordKind::observation;
  DoseSpec dose = {};  // for dose and reset_and_dose
  int occasion = 1;
  std::vector<std::optional<double>> told = {};  // as History::signals
};

struct History {
  std::vector<Signal> signals;
  std::vector<Row> rows;  // in order of time, but for resets that set the clock back
};

// From the typical values to those of this individual on one occasion.
using Individual = std::function<Result<Values>(const Values& typical, int occasion)>;

struct Person {
  Patient patient = {};                  // where no signal tells otherwise
  std::vector<Override> overrides = {};  // where no signal tells otherwise
  Individual individual = {};            // none: the typical values
};

// Errors, with the row: those of Structure::typical, Structure::system and `individual`; a signal carried
// linearly that would have to be filled across a clock set back, or that changes too fast to be followed
// (varying.hpp), or that changes the rate
// of an infusion given at the model's rate; with a linear signal, those of schedule().
[[nodiscard]] Result<Subject, RecordError> make_subject(const Structure& structure, const History& history,
                                                        const Person& person = {});

struct TimedDose {
  Duration at;
  DoseSpec dose;
};

// Rows in order of time, from doses and the moments to observe. At one moment doses stand first, in their
// order: an observation at the time of a dose is made after it.
[[nodiscard]] std::vector<Row> merged(std::span<const TimedDose> doses, std::span<const Duration> observed);

}  // namespace evenkeel::pkpd
