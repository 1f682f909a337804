// One virtual patient through one arm: event by event an ordinary record, noticed at each visit by the code
// that serves real patients.
//
// Equations, day by day (dt = 1 d), the same for all; x' is the value after what is said:
//   tolerance T     T' = T + tolerance (1 - T) at each dose from onset on;  T 2^(-dt / half-life)
//   habit H         H' = H + dissociation_habit (1 - H) at each session, in anybody
//   dissociation    dissociation_per_100 (C - 50)/100 (1 - T)(1 - H), C the highest ng/mL; none below 50
//   benefit b       b' = b + share given / 2 (benefit (1 - T) - b) where that is more, at each session of a
//                   responder;  b 2^(-dt / half-life). Doses from elsewhere bring none.
//   illness         PHQ-9 = severity (1 - b) + relapse + 3 while ill in body. A relapse is full in 14 days;
//                   once treated it halves in as many.
//   craving c       dc/dt = rise / 7 until craving_top from onset on; it halves in 14 d above what drives it
//   withdrawal      severity x e^(1 - x), x = days since a dose was due and put off / withdrawal_after
//   neglect, lost company    their drive per quarter since onset
//   dependence s    s' = s + dependence_per_use at each use from elsewhere;  s 2^(-dt / half-life)
//   bladder harm    at a total of E / cystitis_per_100g times 100 g of base, E ~ Exp(1), from any source
//   use elsewhere   each day with chance left outside_days / 7, outside_mg (1 + growth)^weeks since onset, of
//                   which outside_share enters the blood evenly over half an hour
//   help            a review that finds a sign leaves 1 - help_works of what drives craving, use, neglect and
//                   requests (`left`); a rival that is found is treated and over
// Without a clinic onset is the first use, the pattern is the arm's, and nobody looks.
// All are hypotheses, labelled so: no published model of these in supervised patients was found. They are
// there to test the rules under stated assumptions, never to foretell a person. Pure: a function of the
// study, the library, the arm and the patient's number. Safe to use from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assess/library.hpp"
#include "assess/prediction.hpp"
#include "cohort/study.hpp"
#include "pkpd/population.hpp"

namespace evenkeel::cohort {

// What patients of one study share; made once, read by all.
class World {
 public:
  // Errors: invalid_input for a behaviour, protocol, instrument or model that the study names and is not
  // there, shares that do not add up to 1; those of pkpd::Population::make.
  [[nodiscard]] static Result<World> make(Study study, const assess::Library& library);

  [[nodiscard]] const Study& study() const { return study_; }
  [[nodiscard]] const assess::Library& library() const { return *library_; }
  [[nodiscard]] const assess::Predictor& predictor() const { return predictor_; }
  [[nodiscard]] const pkpd::Population& people() const { return people_; }
  [[nodiscard]] const Behaviour& behaviour_of(std::uint32_t patient) const;  // by the mix
  [[nodiscard]] std::size_t behaviour_index(std::uint32_t patient) const;
  [[nodiscard]] const care::Protocol& protocol(const Supervised& clinic) const;

 private:
  World(Study study, const assess::Library& library, assess::Predictor predictor, pkpd::Population people)
      : study_(std::move(study)),
        library_(&library),
        predictor_(std::move(predictor)),
        people_(std::move(people)) {}

  Study study_;
  const assess::Library* library_;
  assess::Predictor predictor_;
  pkpd::Population people_;
};

inline constexpr int levels = 5;
inline constexpr int alarm_level = 2;  // from which on a clinician is asked to look
inline constexpr std::int32_t never = -1;

// What became of one patient in one arm. Days count from the first session or use; `never` where it did not
// come to it. A row of the study's CSV.
struct Outcome {
  std::uint32_t arm = 0;
  std::uint32_t patient = 0;
  std::uint32_t behaviour = 0;  // index in the study
  double weight_kg = 0.0;
  double age_years = 0.0;
  std::uint32_t sessions = 0;  // in the clinic
  std::uint32_t uses = 0;      // elsewhere
  double clinic_mg = 0.0;
  double outside_mg = 0.0;
  double peak_ng_mL = 0.0;       // the highest of all exposures
  double area_mg_h_L = 0.0;      // of all exposures together
  double hours_above_100 = 0.0;  // ng/mL, the lower end of published dissociation
  double tolerance = 0.0;        // T at the end
  double phq9_start = 0.0;       // true, without noise
  double phq9_end = 0.0;
  std::uint32_t visits = 0;        // at which the rules looked
  std::uint32_t watched_days = 0;  // from the first look to the end
  // The first look of at least this level.
  std::array<std::int32_t, levels> first_at_level{never, never, never, never, never};
  std::vector<std::int32_t> first_of_rule;    // by rule of the library: the day a finding first counted
  std::vector<std::uint32_t> alarms_of_rule;  // how often one opened
  std::uint32_t alarms = 0;                   // how often level 2 or more was reached from below
  std::int32_t onset = never;                 // of a sign
  // The first look at or after onset of level 2 or more with a finding that counts, of a rule the behaviour
  // expects; one that was open before is noticed at the first look.
  std::int32_t noticed = never;
  std::int32_t harm = never;  // dependence state or bladder harm
  std::uint32_t reviews = 0;
  std::uint32_t spaced = 0;
  bool stopped = false;  // the course, after a taper
  bool referred = false;
};

[[nodiscard]] Outcome live(const World& world, std::uint32_t arm, std::uint32_t patient);

// The same life's record, as the clinic wrote it; empty where nobody did.
[[nodiscard]] std::vector<care::Event> record_of(const World& world, std::uint32_t arm,
                                                 std::uint32_t patient);

}  // namespace evenkeel::cohort
