// The patient's days: duties left undone, company given up. An illness of mind or body does the same: each
// finding says how the mood moved beside it and yields to the illness coming back, and what the record knows
// of the body is asked first.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/person_checks.hpp"
#include "watch/person_look.hpp"

namespace evenkeel::watch {
namespace {

using std::string_view;
using units::day;

// One thing asked again and again, where more is worse.
struct Series {
  std::string words;
  std::string scale;  // "PHQ-9, 0 to 3"
  std::vector<Reading> readings;
  Usual usual =
      nullptr;  // none: the question itself names ketamine, and neither mood nor body explains the answer
  bool turned = false;  // of what is good: shown with its sign changed
  bool looks = true;    // answered, it says that somebody looked

  [[nodiscard]] bool blames() const { return usual == nullptr; }
};

std::vector<Reading> shown(const Series& series, std::span<const Reading> readings) {
  std::vector<Reading> as_written{readings.begin(), readings.end()};
  for (Reading& reading : as_written) reading.score = series.turned ? -reading.score : reading.score;
  return as_written;
}

std::vector<Reading> in_turn(std::vector<Reading> readings) {
  for (Reading& reading : readings) reading.score = -reading.score;
  return readings;
}

// What explains a stretch, from what the clinic wrote down and what the patient answered, around the time
// from its first check to the one that sufficed: what comes later explains no beginning.
std::string circumstance_of(const Rule& rule, const Chart& chart, std::span<const care::Circumstance> kinds,
                            Instant from, Instant to) {
  const Duration margin = rule.threshold("near") * day;
  std::string noted = circumstance_near(chart, kinds, from, to, margin);
  if (!noted.empty()) return noted;
  for (const Reading& ill : answers(chart, rule.instrument("daily"), "body")) {
    if (ill.score < 1 || ill.at + margin < from || ill.at > to + margin) continue;
    return fmt::format("an illness of the body, by the patient's answer of {}", on_day(ill.at));
  }
  return {};
}

struct Terms {
  double by = 1.0;
  std::size_t checks = 1;
  std::vector<string_view> thresholds;
  std::span<const care::Circumstance> circumstances;
  double firm = 0.0;  // steps of all checks together; with fewer a finding is slight
};

// When the checks were more than slight for the first time. The best of many answers is low by chance alone,
// so this is measured from the median of those before.
std::optional<Instant> firm_since(std::span<const Reading> before, std::span<const Reading> checks,
                                  const Terms& terms) {
  const double usual = median(before);
  double steps = 0.0;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    steps += std::max(0.0, checks[i].score - usual);
    if (i + 1 >= terms.checks && steps >= terms.firm) return checks[i].at;
  }
  return std::nullopt;
}

std::string course_words(const Series& series, const Stretch& stretch) {
  const std::span<const Reading> readings = series.readings;
  const std::string after = listed(shown(series, readings.subspan(stretch.first)));
  if (series.blames()) return fmt::format("{} ({}): {}", series.words, series.scale, after);
  return fmt::format("{} ({}): {} {} until {}, then {}", series.words, series.scale,
                     series.usual == &median ? "usually" : "at best",
                     series.turned ? -stretch.usual : stretch.usual, on_day(readings[stretch.first - 1].at),
                     after);
}

// The events a finding rests on: the stretch, what it is measured from, and the totals of the illness beside
// it.
std::vector<Support> rests_on(const Series& series, const Stretch& stretch, std::span<const Moved> mood) {
  const std::span<const Reading> readings = series.readings;
  std::vector<Reading> rests;
  const auto add = [&](const Reading& reading) {
    if (std::ranges::find(rests, reading.event, &Reading::event) == rests.end()) rests.push_back(reading);
  };
  for (const Reading& reading : readings.first(stretch.first)) {
    if (series.usual == &median || reading.score == stretch.usual) add(reading);
  }
  for (const Reading& reading : readings.subspan(stretch.first > 0 ? stretch.first - 1 : 0)) add(reading);
  for (const Moved& moved : mood) {
    add(moved.before);
    add(moved.after);
  }
  std::ranges::stable_sort(rests, {}, &Reading::at);
  return support_of(rests);
}

std::optional<Finding> worse_in(const Rule& rule, const Chart& chart, const Series& series,
                                const Terms& terms) {
  const std::span<const Reading> readings = series.readings;
  const Instant oldest = chart.now - rule.threshold("window") * day;
  const auto stretch = worse_stretch(readings, oldest, terms.by, series.usual);
  if (!stretch) return std::nullopt;
  const auto after = readings.subspan(stretch->first);
  const Instant was = readings[stretch->first > 0 ? stretch->first - 1 : 0].at;  // the last answer before it
  const Mood mood = mood_of(chart, rule.instrument("illness"));
  const auto checks = separate(after);
  const auto recent = std::ranges::count_if(checks, [&](const Reading& check) { return check.at >= oldest; });
  if (static_cast<std::size_t>(recent) < terms.checks) return std::nullopt;
  std::vector<Moved> beside;
  for (const Reading& reading : after) {
    const auto by = moved(mood.totals, was, reading.at);
    if (!series.blames() && by) beside.push_back(*by);
  }
  Finding found = finding(rule, 1, course_words(series, *stretch) + mood.words(was, after.back().at),
                          rests_on(series, *stretch, beside), terms.thresholds);
  const Instant sufficed = checks[terms.checks - 1].at;
  found.since = sufficed;
  if (series.blames()) return found;
  const auto firm = firm_since(readings.first(stretch->first), checks, terms);
  found.slight = !firm;
  found.since = firm.value_or(sufficed);
  found.yields_to_illness = true;
  found.explained_by = circumstance_of(rule, chart, terms.circumstances, after.front().at, sufficed);
  return found;
}

// Whether answers that show no sign say anything: one that is at its best does, or enough to compare.
bool judged(const Series& series, Instant oldest, std::size_t checks) {
  if (!series.looks || series.readings.empty() || series.readings.back().at < oldest) return false;
  const bool at_best = !series.turned && series.readings.back().score == 0;
  return series.blames() || at_best || series.readings.size() > checks;
}
std::string state_of(const Series& series, Instant oldest, std::size_t checks) {
  if (series.readings.empty()) return "not asked";
  const Reading last = shown(series, series.readings).back();
  std::string text = fmt::format("{} on {}", last.score, on_day(last.at));
  if (last.at < oldest) return text + ", too long ago";
  if (series.looks && !judged(series, oldest, checks)) return text + ", asked too seldom to compare";
  return text;
}

RuleOutcome outcome_of_series(const Rule& rule, const Chart& chart, std::span<const Series> all_series,
                              std::vector<Finding> findings, const std::string& beside) {
  const Instant oldest = chart.now - rule.threshold("window") * day;
  const auto checks =
      static_cast<std::size_t>(rule.threshold(rule.check == "neglect" ? "reviews" : "checks"));
  std::string why;
  bool any = false;
  for (const Series& series : all_series) {
    any = any || judged(series, oldest, checks);
    why += fmt::format("{}{}: {}", why.empty() ? "" : "; ", series.words, state_of(series, oldest, checks));
  }
  why += beside;
  if (findings.empty() && !any) return not_judged(rule, why);
  return outcome_of(rule, std::move(findings), why);
}

struct Missed {
  std::vector<Reading> no_word;
  std::size_t with_reason = 0;
  std::size_t unescorted = 0;
};

Missed missed_in(const Chart& chart, Instant oldest) {
  Missed missed;
  for (const auto& each : all<care::AppointmentMissed>(chart)) {
    if (each.at() < oldest) continue;
    if (each.body->reason == care::MissedBecause::no_word)
      missed.no_word.push_back({each.event->id, each.at(), 1, care::Moment::between_doses});
    else
      ++missed.with_reason;
  }
  for (const auto& each : all<care::SessionDischarged>(chart)) {
    if (each.at() >= oldest && !each.body->escort) ++missed.unescorted;
  }
  return missed;
}

std::string beside_missed(const Missed& missed) {
  std::string text;
  if (missed.with_reason > 0)
    text += fmt::format("; {} missed for a reason given", counted(missed.with_reason, "appointment"));
  if (missed.unescorted > 0)
    text += fmt::format("; left without an escort {}", counted(missed.unescorted, "time"));
  return text;
}

constexpr care::Circumstance of_duties[] = {
    care::Circumstance::physical_illness, care::Circumstance::job_loss, care::Circumstance::carer_duty,
    care::Circumstance::bereavement,      care::Circumstance::pain,     care::Circumstance::travel};
constexpr care::Circumstance of_company[] = {care::Circumstance::physical_illness,
                                             care::Circumstance::bereavement, care::Circumstance::carer_duty,
                                             care::Circumstance::travel, care::Circumstance::pain};

std::optional<Finding> appointments(const Rule& rule, const Chart& chart, const Missed& missed) {
  const auto needed = static_cast<std::size_t>(rule.threshold("missed"));
  if (missed.no_word.size() < needed) return std::nullopt;
  std::string days;
  for (const Reading& each : missed.no_word) days += (days.empty() ? "" : ", ") + on_day(each.at);
  Finding found = finding(
      rule, 1,
      fmt::format("{} missed without a word in {} days: {}{}", counted(missed.no_word.size(), "appointment"),
                  rule.threshold("window"), days, beside_missed(missed)),
      support_of(missed.no_word), std::array{string_view{"missed"}, string_view{"window"}});
  found.since = missed.no_word[needed - 1].at;
  found.yields_to_illness = true;
  found.explained_by = circumstance_of(rule, chart, of_duties, missed.no_word.front().at, found.since);
  return found;
}

}  // namespace

// Work and duties worse than at their best at `reviews` checks running, or `missed` appointments without a
// word. Fewer than `firm` steps above the median, of all those checks together, are slight.
RuleOutcome neglect(const Rule& rule, const Chart& chart) {
  const std::string illness = instrument_name(chart, rule.instrument("illness"));
  const std::string daily = instrument_name(chart, rule.instrument("daily"));
  const std::string dependence = instrument_name(chart, rule.instrument("dependence"));
  const std::array series{
      Series{"difficulty at work, at home and with people", illness + ", 0 to 3",
             away_from_dose(answers(chart, rule.instrument("illness"), "difficulty")), &lowest},
      Series{"work or duties left undone", daily + ", 0 to 3",
             answers(chart, rule.instrument("daily"), "work"), &lowest},
      Series{"work, home or people left waiting because of ketamine", dependence + ", 0 to 3",
             answers(chart, rule.instrument("dependence"), "neglect")}};
  const Terms terms{rule.threshold("rise"),
                    static_cast<std::size_t>(rule.threshold("reviews")),
                    {"reviews", "rise", "firm", "window"},
                    of_duties,
                    rule.threshold("firm")};
  std::vector<Finding> findings;
  for (const Series& each : series) {
    if (auto found = worse_in(rule, chart, each, terms)) findings.push_back(*std::move(found));
  }
  const Missed missed = missed_in(chart, chart.now - rule.threshold("window") * day);
  if (auto found = appointments(rule, chart, missed)) findings.push_back(*std::move(found));
  std::string beside = beside_missed(missed);
  if (!missed.no_word.empty())
    beside += fmt::format("; {} missed without a word", counted(missed.no_word.size(), "appointment"));
  return outcome_of_series(rule, chart, series, std::move(findings), beside);
}

// Days with other people fewer by `steps` than usual, or interest as much less, at `checks` checks running;
// or the patient's own answer that people were avoided because of ketamine.
RuleOutcome social_withdrawal(const Rule& rule, const Chart& chart) {
  const std::string illness = instrument_name(chart, rule.instrument("illness"));
  const std::string daily = instrument_name(chart, rule.instrument("daily"));
  const std::string dependence = instrument_name(chart, rule.instrument("dependence"));
  const auto checks = static_cast<std::size_t>(rule.threshold("checks"));
  const std::array series{
      Series{"days of the week with other people", daily + ", 0 to 7",
             in_turn(answers(chart, rule.instrument("daily"), "contacts")), &median, true},
      Series{"little interest in things", illness + " item 1, 0 to 3",
             away_from_dose(answers(chart, rule.instrument("illness"), "1")), &median, false, false},
      Series{"people avoided because of ketamine", dependence + ", 0 to 3",
             answers(chart, rule.instrument("dependence"), "withdrawn")}};
  const Terms fall{rule.threshold("steps"), checks, {"steps", "checks", "window"}, of_company};
  const Terms own{rule.threshold("answer"), checks, {"answer", "checks", "window"}, of_company};
  std::vector<Finding> findings;
  for (const Series& each : series) {
    if (auto found = worse_in(rule, chart, each, each.blames() ? own : fall))
      findings.push_back(*std::move(found));
  }
  return outcome_of_series(rule, chart, series, std::move(findings), "");
}

}  // namespace evenkeel::watch
