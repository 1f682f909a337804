// What is done about what the rules see.

#include "cohort/clinic.hpp"

namespace evenkeel::cohort {
namespace {

constexpr double review_minute = 8.0 * 60;
constexpr int acting_level = 3;
constexpr int seen_again_after = 28;    // days, where nothing new came
constexpr double over_below = 0.2;      // share of the drives that is left
constexpr double spacing_factor = 1.5;  // of the interval
constexpr double sooner_factor = 0.75;

constexpr pkpd::Variable finds_luck = luck("review finds");

}  // namespace

void Clinic::plan_review(int today, double minute) {
  chronicle_.write(moment(today, minute), "dr-virtual",
                   care::Review{"dr-virtual", {}, care::Decision::plan_reviewed, "the plan goes on"});
}

// A level of 2 or more is looked at in the protocol's time, and before the next infusion; one that was acted
// on is looked at again when it rises, or after four weeks.
void Clinic::expect_review(int today) {
  if (noting_.level() < alarm_level) {
    review_on_ = never;
    reviewed_level_ = 0;
    return;
  }
  if (review_on_ != never) return;
  const bool known = reviewed_level_ >= noting_.level() && today - reviewed_on_ < seen_again_after;
  if (known) return;
  const auto response = std::ranges::find(protocol_.levels, noting_.level(), &care::LevelResponse::level);
  double days = arm_.days_to_review;
  if (response != protocol_.levels.end() && response->within) days = response->within->value.in(units::day);
  review_on_ = today + std::max(1, static_cast<int>(days));
  if (schedule_.next > today) review_on_ = std::min(review_on_, schedule_.next);
}

void Clinic::review(int today) {
  review_on_ = never;
  if (noting_.open_rules().empty()) return;
  ++out_.reviews;
  const bool there = condition_.something_there() && condition_.left() >= over_below;
  const bool found = there && draws_.happens(finds_luck, today, world_.study().nature.review_finds.value);
  reviewed_on_ = today;
  reviewed_level_ = noting_.level();
  if (found && behaviour_.truth == Truth::sign)
    act(today);
  else
    clear(today, found);
}

// A sign: help, and a longer interval at the same dose; once use from elsewhere is known, or the second time,
// a taper to the end of the course.
void Clinic::act(int today) {
  chronicle_.write(moment(today, review_minute), "dr-virtual",
                   care::Review{"dr-virtual", noting_.open_rules(), care::Decision::act,
                                "talked over with the patient; help offered, the course is changed"});
  condition_.helped(world_.study().nature.help_works.value);
  out_.referred = true;
  if (schedule_.next == never) return;
  const bool taper =
      schedule_.taper_left == never &&
      ((reviewed_level_ >= acting_level && behaviour_.supply != Supply::none) || out_.spaced > 0);
  schedule_.stretch *= spacing_factor;
  ++out_.spaced;
  const int gap = std::max(7, gap_after(schedule_.done));
  care::PlanChanged change;
  change.reason = taper ? care::ChangeReason::taper : care::ChangeReason::spacing;
  change.note = taper ? "the course ends with growing intervals" : "a longer interval at the same dose";
  change.interval = 24.0 * gap * units::h;
  schedule_.interval_written = 24 * gap;
  if (taper) schedule_.taper_left = protocol_.course.taper_sessions.value;
  chronicle_.write(moment(today, review_minute + 5.0), "dr-virtual", std::move(change));
  if (schedule_.last == never) return;
  const int later = workday_from(schedule_.last + gap);
  if (later > schedule_.next) {
    schedule_.due_after = schedule_.next - schedule_.last;
    schedule_.next = later;
  }
}

// No concern: what explains the findings is treated where it was found.
void Clinic::clear(int today, bool found) {
  const bool relapse = found && condition_.relapsed();
  chronicle_.write(moment(today, review_minute), "dr-virtual",
                   care::Review{"dr-virtual", noting_.open_rules(), care::Decision::no_concern,
                                relapse ? "the illness is returning; treated"
                                        : "asked and looked at: explained otherwise"});
  reviewed_level_ = 0;
  if (!found) return;
  condition_.helped(1.0);
  if (!relapse || induction() || schedule_.next == never) return;
  schedule_.stretch *= sooner_factor;
  const int gap = gap_after(schedule_.done);
  care::PlanChanged change;
  change.reason = care::ChangeReason::insufficient_response;
  change.note = "the benefit did not last to the next session";
  change.interval = 24.0 * gap * units::h;
  schedule_.interval_written = 24 * gap;
  chronicle_.write(moment(today, review_minute + 5.0), "dr-virtual", std::move(change));
  schedule_.next = std::max(workday_from(today + 1), workday_from(schedule_.last + gap));
}

}  // namespace evenkeel::cohort
