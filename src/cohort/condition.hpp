// How a virtual patient is, day by day: the equations of life.hpp. What the patient tells of it is
// answers.hpp. A value; one thread at a time.
#pragma once

#include "cohort/behaviour.hpp"
#include "cohort/draws.hpp"
#include "cohort/study.hpp"

namespace evenkeel::cohort {

// Bladder symptoms of a moment, and what stands behind them.
enum class Bladder : std::uint8_t { well, infection, irritated, harmed };

class Condition {
 public:
  // `onset` is the day from which on the behaviour drives. All three outlive the condition.
  Condition(const Nature& nature, const Behaviour& behaviour, const Draws& draws, int onset);

  // From the evening of the day before to the morning of `day`; days follow each other.
  void pass_to(int day);
  // A dose in the clinic, of which the patient was given `share`; the benefit comes from these alone.
  void treated(double mg, double share);
  // A dose from elsewhere.
  void used(double mg);
  // What was found is treated or helped with: `works` of what drives from then on ends.
  void helped(double works);
  void cured();  // of an infection
  // A dose was due today by the gap before and is put off.
  void put_off(int day) { due_ = day; }

  [[nodiscard]] bool driven() const { return day_ >= onset_; }
  [[nodiscard]] double weeks_driven() const { return driven() ? (day_ - onset_) / 7.0 : 0.0; }
  [[nodiscard]] double left() const { return left_; }  // share of the drives that help has not ended
  // Amount that is used from elsewhere on a day; 0 on most.
  [[nodiscard]] double outside_mg(int day) const;

  [[nodiscard]] double phq9() const;
  [[nodiscard]] double start() const { return severity_; }  // PHQ-9 before treatment
  [[nodiscard]] double craving() const { return craving_; }
  [[nodiscard]] double tolerance() const { return tolerance_; }
  [[nodiscard]] double habit() const { return habit_; }
  [[nodiscard]] double dependence() const { return dependence_; }
  [[nodiscard]] double neglect() const;       // steps of 3
  [[nodiscard]] double lost_contact() const;  // days a week
  [[nodiscard]] bool ill_in_body() const { return day_ < ill_until_; }
  [[nodiscard]] bool relapsed() const { return relapsing_; }
  [[nodiscard]] Bladder bladder() const;
  [[nodiscard]] double withdrawal() const;  // severity of today, 0 to 3
  // Something that the rules are there to notice, or that looks like it, is at work now.
  [[nodiscard]] bool something_there() const;

 private:
  void pass_illness(int day);
  void pass_bladder(int day);
  void exposed(double mg);

  const Nature& nature_;
  const Behaviour& behaviour_;
  const Draws& draws_;
  int onset_;
  int day_ = -Draws::day_zero;
  double severity_ = 0.0;
  bool responds_ = false;
  double benefit_ = 0.0;
  double benefit_kept_ = 1.0;  // a day
  double tolerance_ = 0.0;
  double tolerance_kept_ = 1.0;
  double habit_ = 0.0;
  double craving_ = 0.0;
  double dependence_ = 0.0;
  double dependence_kept_ = 1.0;
  double left_ = 1.0;
  double relapse_ = 0.0;
  bool relapsing_ = false;
  int ill_until_ = -Draws::day_zero;
  Bladder symptoms_ = Bladder::well;
  int symptoms_until_ = -Draws::day_zero;
  double harm_hazard_ = 0.0;     // summed over all doses
  double harm_threshold_ = 0.0;  // at which it has come to it
  int due_ = 100'000;
};

}  // namespace evenkeel::cohort
