#include "report/study_words.hpp"

#include <fmt/format.h>

#include <cmath>

#include "report/page.hpp"

namespace evenkeel::report::study {
namespace {

using cohort::Estimate;

std::string plus_sign(double value, int decimals) {
  std::string text = fmt::format("{:+.{}f}", value, decimals);
  if (text.find_first_not_of("+-0.") == std::string::npos) return "0";
  return text;
}

// As percent() without the sign: "12.3".
std::string percent_number(double share) {
  const double value = 100.0 * share;
  if (value == 0.0) return "0";
  if (value < 0.1) return "<0.1";
  if (value == 100.0) return "100";
  if (value > 99.9) return ">99.9";
  return fmt::format("{:.{}f}", value, value < 9.95 || value > 99.0 ? 1 : 0);
}

std::string harm_sentence(const cohort::StudyResult& result, std::size_t arm) {
  const cohort::Proportion& harm = result.arms[arm].all.harm;
  return fmt::format("Harm (by the study's definition) came to {} of {} simulated patients in \"{}\": {}.",
                     harm.count, harm.of, result.study.arms[arm].title, percent_range(harm.share));
}

std::string notice_sentence(const cohort::StudyResult& result, std::size_t arm) {
  const cohort::Noticing& noticing = result.arms[arm].all.noticing;
  std::string text =
      fmt::format("In \"{}\", {} of {} signs were noticed, {}", result.study.arms[arm].title,
                  noticing.noticed.count, noticing.noticed.of, percent_range(noticing.noticed.share));
  if (noticing.delay.spread)
    text += fmt::format(", half of them within {:.0f} days", noticing.delay.spread->median);
  return text + ".";
}

std::string alarm_sentence(const cohort::StudyResult& result, std::size_t arm) {
  const cohort::Rate& alarms = result.arms[arm].false_alarms;
  if (!alarms.a_year) return "There was no patient without a sign, so false alarms were not measured.";
  const double value = alarms.a_year->value;
  const std::string spoken = value > 0.0 && value < 0.5
                                 ? fmt::format(": about one in {:.2g} years with one patient", 1.0 / value)
                                 : std::string{};
  return fmt::format("The same rules gave {} false alarms a patient-year in patients without a sign{}.",
                     rate_range(alarms.a_year), spoken);
}

std::string difference_sentence(const cohort::StudyResult& result, const cohort::ArmDifference& each) {
  return fmt::format("\"{}\" against \"{}\": signs noticed {}; median delay {} days.",
                     result.study.arms[each.arm].title, result.study.arms[each.against].title,
                     points_range(each.noticed), signed_range(each.delay_days));
}

}  // namespace

std::string measured(const cohort::Study& study) {
  return fmt::format(
      "How often and how soon the rules notice signs that were put into {} simulated patients for {} weeks, "
      "how often they alarm without one, and what becomes of the patients in each arm. The rules are the "
      "same "
      "code that reads real records.",
      study.patients, study.weeks);
}

std::string assumed(const cohort::Study&) {
  return "Who the patients are, how they behave, how body and illness respond, and when harm begins. Each "
         "such "
         "number has a lowest and a highest value that are thought possible; many are hypotheses. No result "
         "here "
         "was measured in people.";
}

std::string_view not_said() {
  return "No percentage of addiction is predicted for any patient. A share of simulated patients is what the "
         "assumptions make it: it compares arms and rules, and says nothing about a person.";
}

std::string_view about_intervals() {
  return "In brackets: 95 % intervals for the number of simulated patients alone (Wilson's for shares, exact "
         "Poisson for rates, ranks for medians). They do not cover that an assumption may be wrong.";
}

std::string_view about_differences() {
  return "Both arms hold the same simulated people. The intervals treat them as unrelated, so the "
         "differences "
         "are surer than the intervals say (square-and-add; Newcombe's method 10 for shares).";
}

std::string_view about_verdicts() {
  return "A rule earns its place where at least one patient was noticed in time by it alone and it gave no "
         "more "
         "false alarms than it found patients. It alarms more often than it finds where false alarms are "
         "more. "
         "It adds nobody where others found the same patients in time. The verdict depends on how many "
         "simulated patients have a sign.";
}

std::string_view about_ranking() {
  return "Each assumption was moved alone to its lowest and its highest value. The swing of a result is the "
         "distance between the furthest of the three runs; it is ranked as a share of the largest of them.";
}

std::string_view truth_text(cohort::Truth truth) {
  switch (truth) {
    case cohort::Truth::steady:
      return "steady";
    case cohort::Truth::rival:
      return "rival";
    case cohort::Truth::sign:
      return "sign";
  }
  return "";
}

std::string_view truth_words(cohort::Truth truth) {
  switch (truth) {
    case cohort::Truth::steady:
      return "nothing to notice";
    case cohort::Truth::rival:
      return "looks like a sign, is none";
    case cohort::Truth::sign:
      return "a sign to notice";
  }
  return "";
}

std::string_view supply_text(cohort::Supply supply) {
  switch (supply) {
    case cohort::Supply::none:
      return "none";
    case cohort::Supply::street:
      return "street";
    case cohort::Supply::prescriber:
      return "prescriber";
    case cohort::Supply::home:
      return "home";
  }
  return "";
}

std::string percent(double share) {
  return percent_number(share) + " %";
}

std::string percent_range(const std::optional<Estimate>& share) {
  if (!share) return "none";
  return fmt::format("{} ({} to {})", percent(share->value), percent_number(share->low),
                     percent_number(share->high));
}

std::string rate_range(const std::optional<Estimate>& rate) {
  if (!rate) return "none";
  return fmt::format("{} ({} to {})", three_digits(rate->value), three_digits(rate->low),
                     three_digits(rate->high));
}

std::string points(double difference_of_shares) {
  return plus_sign(100.0 * difference_of_shares, 1) + " points";
}

std::string points_range(const std::optional<Estimate>& d) {
  if (!d) return "none";
  return fmt::format("{} ({} to {})", points(d->value), plus_sign(100.0 * d->low, 1),
                     plus_sign(100.0 * d->high, 1));
}

std::string signed_range(const std::optional<Estimate>& d) {
  if (!d) return "none";
  const int decimals = std::abs(d->value) < 1.0 && d->value != 0.0 ? 3 : 1;
  return fmt::format("{} ({} to {})", plus_sign(d->value, decimals), plus_sign(d->low, decimals),
                     plus_sign(d->high, decimals));
}

std::string in_unit(double value, std::string_view unit) {
  const std::string number = fmt::format("{:.3g}", value);
  return unit == "1" ? number : fmt::format("{} {}", number, unit);
}

std::string in_unit(double low, double high, std::string_view unit) {
  return fmt::format("{:.3g} to {}", low, in_unit(high, unit));
}

std::string headline_text(const std::optional<double>& value, std::string_view unit) {
  if (!value) return "none";
  if (unit == "1") return percent(*value);
  if (unit == "/a") return three_digits(*value);
  return in_unit(*value, unit);
}

std::string lead_words(double days) {
  if (days == 0.0) return "on the day of harm";
  const std::string count = fmt::format("{:.0f} {}", std::abs(days), std::abs(days) == 1.0 ? "day" : "days");
  return count + (days > 0.0 ? " before harm" : " after harm");
}

std::vector<std::string> in_short(const cohort::StudyResult& result) {
  std::vector<std::string> said;
  if (result.arms[result.reference].watched) {
    said.push_back(notice_sentence(result, result.reference));
    said.push_back(alarm_sentence(result, result.reference));
  }
  for (const cohort::ArmDifference& each : result.differences) {
    if (each.noticed) said.push_back(difference_sentence(result, each));
  }
  for (std::size_t arm = 0; arm < result.arms.size(); ++arm) said.push_back(harm_sentence(result, arm));
  return said;
}

}  // namespace evenkeel::report::study
