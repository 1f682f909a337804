// Up to eight small problems as the kernels want them: what happens, in order, lane by lane.
//
// All lanes go the same way: span by span, in each from reading to reading, and to each by as many steps
// as the lane with the most needs. A lane that has fewer takes steps of no length, which change no bit.
// Internal to small_problem.cpp and its kernels; values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "individual/small_problem.hpp"

namespace evenkeel::individual {

inline constexpr std::size_t small_lanes = 8;

struct alignas(64) LaneNumber {
  std::array<double, small_lanes> of{};
  [[nodiscard]] bool any() const;
};

// `hours` with `rate` running, then `bolus` at once.
struct SmallStep {
  LaneNumber hours;
  LaneNumber rate_mg_h;
  LaneNumber bolus_mg;
  bool has_hours = false;  // in some lane
  bool has_rate = false;
  bool has_bolus = false;
};

// What is done once the steps before `steps_end` are taken.
struct SmallStage {
  enum class Then : std::uint8_t { read, next_span };
  Then then = Then::read;
  bool some_below = false;  // some lane's reading is below a limit
  std::size_t steps_end = 0;
  LaneNumber mg_L;      // a reading or its limit, of logarithmic error their logarithm
  LaneNumber observed;  // 1 for a reading, else 0
  LaneNumber below;     // 1 for one below a limit, else 0
};

struct SmallPlan {
  int compartments = 1;
  bool logarithmic = false;                      // log_sd is set, in every lane
  bool four_effects = false;                     // else at most three, in every lane
  std::size_t used = 0;                          // lanes; the others repeat the first
  std::vector<std::array<LaneNumber, 6>> spans;  // typical values
  std::vector<SmallStep> steps;
  std::vector<SmallStage> stages;
  std::array<std::array<LaneNumber, most_small_effects>, 6> direction;  // d eta_parameter / d z
  std::array<bool, 6> moves{};                                          // some lane's direction is not zero
  LaneNumber proportional_variance, additive_variance, log_sd;
  LaneNumber constant;  // of F
};

// What problems must share to be lanes of one plan, and what makes them go well together.
struct SmallShape {
  int compartments = 1;
  bool logarithmic = false;
  bool four_effects = false;  // else at most three
  std::size_t spans = 0, readings = 0, doses = 0;
  auto operator<=>(const SmallShape&) const = default;
};
[[nodiscard]] SmallShape shape_of(const SmallProblem& problem);

// Makes plans, keeping its memory from one to the next. Of problems that small_check.hpp accepted.
class SmallPlanner {
 public:
  // One to eight problems, alike in the first three numbers of their shape.
  const SmallPlan& of(std::span<const SmallProblem* const> problems);
  // One problem in all lanes; with `times_h` a stage for each of them, as they rise, instead of the readings.
  const SmallPlan& alone(const SmallProblem& problem, const std::vector<double>* times_h = nullptr);

 private:
  struct Moment {
    enum class Kind : std::uint8_t { span, infusion_end, infusion_start, bolus, reading };
    double at_h = 0.0;
    Kind kind = Kind::span;
    std::size_t index = 0;
    auto operator<=>(const Moment&) const = default;
  };
  struct Stretch {
    double hours = 0.0, rate_mg_h = 0.0, bolus_mg = 0.0;
  };
  struct Stop {
    SmallStage::Then then = SmallStage::Then::read;
    std::size_t steps_end = 0;
    const SmallProblem::Reading* reading = nullptr;  // none where only the concentration is asked
    const std::array<double, 6>* typical = nullptr;  // of the span that begins
  };
  struct Course {  // of one lane
    std::vector<Stretch> stretches;
    std::vector<Stop> stops;
    std::size_t next_stop = 0;
    std::size_t next_stretch = 0;
    [[nodiscard]] bool comes_to(SmallStage::Then then) const {
      return next_stop < stops.size() && stops[next_stop].then == then;
    }
  };

  void list_moments(const SmallProblem& problem, const std::vector<double>* times_h);
  void happens(const SmallProblem& problem, const Moment& moment, Course& course);
  void follow(const SmallProblem& problem, const std::vector<double>* times_h, Course& course);
  void set_lane(const SmallProblem& problem, std::size_t lane);
  void merge();
  bool add_stage(SmallStage::Then then);
  const SmallPlan& made_of(std::span<const SmallProblem* const> problems, const std::vector<double>* times_h);

  SmallPlan plan_;
  std::array<Course, small_lanes> courses_;
  std::vector<Moment> moments_;
  std::vector<std::size_t> running_;  // infusions
};

}  // namespace evenkeel::individual
