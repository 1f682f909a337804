// A clinic and one of its patients, day by day: what the protocol asks, as far as the arm's clinic does it,
// is done and written down; at each visit and contact the rules look; what they say is acted on. One object
// lives one life. Not for other layers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cohort/answers.hpp"
#include "cohort/body.hpp"
#include "cohort/chronicle.hpp"
#include "cohort/noting.hpp"

namespace evenkeel::cohort {

// Days of the week are those of day 0, a Monday.
[[nodiscard]] bool is_weekend(int day);
[[nodiscard]] int workday_from(int day);  // that day, or the Monday after it

// Where a session's doses and intervals stand.
struct Schedule {
  int next = 0;              // day of the next session; `never` once the course has ended
  int last = never;          // day of the last one
  int done = 0;              // sessions given
  int due_after = 0;         // days after the last one, by the gap before it
  double stretch = 1.0;      // of the protocol's intervals, by what was decided
  int dose_hundredths = 0;   // mg/kg
  int interval_written = 0;  // hours, of the plan in force
  int planned_on = 0;        // day of the plan's approval
  int taper_left = never;    // sessions; `never` where there is no taper
  int gap_from = never;      // a dose was due on this day and put off
  bool ended_gap = false;    // the last session ended such a gap
  int arrival_asked = -100;  // day of the last evaluation on arrival
};

class Clinic {
 public:
  Clinic(const World& world, std::uint32_t arm, std::uint32_t patient);
  void live();
  [[nodiscard]] Outcome outcome() const { return out_; }
  [[nodiscard]] std::vector<care::Event> record() && { return std::move(chronicle_).take(); }

 private:
  // Something done again and again between sessions.
  struct Task {
    enum class Kind { instrument, bladder, other_source, toxicology, liver, consent, plan_review };
    Kind kind = Kind::instrument;
    std::string id;            // of the instrument; and what the arm calls it in left_out
    double induction = 0.0;    // days; 0: never in this phase
    double maintenance = 0.0;  // and after it
    int last = 0;              // day when it was done, or would have been
  };
  struct Entry {
    double minute = 0.0;
    care::Body body;
  };

  // clinic.cpp
  [[nodiscard]] Instant moment(int day, double minutes) const;
  void pass(int day);
  void evening(int day);
  void use_outside(int day, double mg);
  void note_harm(int day);
  void look(int day, double minute);
  void request(int day);
  [[nodiscard]] bool induction() const;
  [[nodiscard]] int gap_after(int sessions) const;
  [[nodiscard]] Asked asked(int day) const;
  [[nodiscard]] bool does(std::string_view what) const;  // is not among what the arm leaves out
  void write(int day, double minute, care::Body body);
  void ask(int day, double minute, std::string_view instrument, care::Moment at);

  // clinic_intake.cpp
  void intake(int day);
  void make_tasks(int day);
  void approve(int day, double minute);
  [[nodiscard]] care::PlanApproved plan(int day) const;

  // clinic_visit.cpp
  void visit(int day);
  bool missed(int day);
  void change_plan(int day);
  void schedule_next(int day);
  void infuse(int day);
  void add_readings(int day, double end, double discharge, std::vector<Entry>& entries) const;

  // clinic_contact.cpp
  void contact(int day);
  void withdrawal_contact(int day);
  [[nodiscard]] bool due(const Task& task, int day) const;
  void perform(Task& task, int day, double minute);
  void ask_bladder(int day, double minute);
  void look_for_sources(int day, double minute);
  void test_urine(int day, double minute);

  // clinic_review.cpp
  void plan_review(int day, double minute);
  void expect_review(int day);
  void review(int day);
  void act(int day);
  void clear(int day, bool found);

  const World& world_;
  const Supervised& arm_;
  const care::Protocol& protocol_;
  const Behaviour& behaviour_;
  Draws draws_;
  Outcome out_;
  int onset_;
  Condition condition_;
  Body body_;
  Chronicle chronicle_;
  Noting noting_;
  Schedule schedule_;
  std::vector<Task> tasks_;
  double start_minute_ = 0.0;  // of this patient's sessions
  int review_on_ = never;
  int reviewed_on_ = never;
  int reviewed_level_ = 0;
  int illness_noted_ = never;
  double last_exposure_h_ = -1e6;
  int next_dispensing_ = never;
  std::vector<int> dispensed_;  // days, not yet found
};

}  // namespace evenkeel::cohort
