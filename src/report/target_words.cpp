#include "report/target_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/html_text.hpp"
#include "report/page.hpp"

namespace evenkeel::report {
namespace {

constexpr plan::PumpRate mL_h = units::mL / units::h;
constexpr InfusionRate mg_h = units::mg / units::h;

// As many decimals as the pump's step has, at most six.
int places_of(plan::PumpRate step) {
  const double value = step.in(mL_h);
  for (int places = 0; places < 6; ++places) {
    const double scaled = value * std::pow(10.0, places);
    if (std::abs(scaled - std::round(scaled)) <= 1e-9 * scaled) return places;
  }
  return 6;
}

std::string fixed(double value, int places) {
  return fmt::format("{:.{}f}", value, places);
}

std::size_t index_at(const TargetReport& report, Duration time) {
  return static_cast<std::size_t>(std::llround(time / report.question.update));
}

std::string halved_text(const plan::Fading& fading) {
  if (fading.halved) return fixed(fading.halved->in(units::min), 1);
  return fading.at_stop > Concentration{} ? "over 10000 h" : "-";
}

std::string bound_words(plan::Binding by) {
  switch (by) {
    case plan::Binding::largest_rate:
      return "the pump's largest rate binds: the target is reached later than it might be";
    case plan::Binding::rate_step:
      return "the pump's step binds: less than its smallest rate is wanted, so nothing is given";
    case plan::Binding::plasma_at_most:
      return "the ceiling on plasma binds: the target is reached later than it might be";
  }
  return {};
}

// At the end of a stretch, and the highest in it.
std::string range_text(const TargetRange& range, std::size_t from, std::size_t to) {
  const bool band = !range.low_ng_mL.empty();
  const std::vector<double>& upper = band ? range.high_ng_mL : range.middle_ng_mL;
  const auto begin = upper.begin() + static_cast<std::ptrdiff_t>(from);
  const double highest = *std::max_element(begin, upper.begin() + static_cast<std::ptrdiff_t>(to) + 1);
  std::string text = three_digits(range.middle_ng_mL[to]);
  if (band) text += fmt::format(" ({} to {})", three_digits(range.low_ng_mL[to]), three_digits(upper[to]));
  return text + ", up to " + three_digits(highest);
}

}  // namespace

std::string target_clock(Duration time) {
  const auto seconds = static_cast<long long>(std::ceil(time.in(units::s)-1e-6));
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string target_minutes(std::optional<Duration> time) {
  return time ? fixed(time->in(units::min), 1) : "not reached";
}

std::string target_ng_mL(Concentration level) {
  const double value = level.in(units::ng / units::mL);
  return fixed(value, value >= 1000.0 ? 0 : value >= 10.0 ? 1 : 2);
}

std::string target_level(Concentration level) {
  return number_text(level.in(units::ng / units::mL), 2);
}

std::string target_pump(const TargetReport& report) {
  const plan::TargetPump& pump = report.question.pump;
  std::string words =
      fmt::format("{} mg/mL of {} (base); at most {} mL/h, in steps of {} mL/h; syringe {} mL.",
                  number_text(pump.strength.in(units::mg / units::mL), 6), report.drug,
                  number_text(pump.largest.in(mL_h), 6), number_text(pump.step.in(mL_h), 6),
                  number_text(pump.syringe.in(units::mL), 6));
  if (report.question.plasma_at_most)
    words += fmt::format(" Plasma at most {} ng/mL.", target_level(*report.question.plasma_at_most));
  return words;
}

std::string target_pace(const TargetReport& report) {
  const auto& question = report.question;
  const std::string band = number_text(100.0 * question.within, 2);
  if (question.by_hand)
    return fmt::format(
        "Set by hand: a change at most every {} min, and few of them, such that what is steered stays within "
        "{} % of its target once it is there.",
        number_text(question.by_hand->in(units::min), 2), band);
  return fmt::format(
      "A rate may change every {} s. Rates are rounded down to the pump's step: rounding never carries a "
      "concentration above its target. The band is {} % of the target.",
      number_text(question.update.in(units::s), 2), band);
}

std::string target_use(const TargetReport& report) {
  const auto& answer = report.answer;
  std::string words = fmt::format("In all {} mL, {} mg, {} mg/kg.", fixed(answer.volume.in(units::mL), 1),
                                  fixed(answer.dose.in(units::mg), 2),
                                  fixed((answer.dose / report.weight).in(units::mg / units::kg), 3));
  if (answer.syringe_empty.empty()) return words + " One syringe is enough.";
  words += " A new syringe is due at";
  const std::size_t shown = std::min<std::size_t>(answer.syringe_empty.size(), 6);
  for (std::size_t i = 0; i < shown; ++i)
    words += (i == 0 ? " " : ", ") + target_clock(answer.syringe_empty[i]);
  if (shown < answer.syringe_empty.size())
    words += fmt::format(" and {} times more", answer.syringe_empty.size() - shown);
  return words + "; while it is changed nothing is given, and the curve falls behind.";
}

std::vector<std::string> target_facts(const TargetReport& report) {
  std::vector<std::string> facts;
  for (const plan::BoundStretch& each : report.answer.bound) {
    facts.push_back(
        fmt::format("{} to {}: {}.", target_clock(each.from), target_clock(each.to), bound_words(each.by)));
  }
  for (const plan::TargetMet& met : report.answer.met) {
    const double within = report.question.within * (1.0 + 1e-9);
    const bool left =
        met.lowest < (1.0 - within) * met.target.level || met.highest > (1.0 + within) * met.target.level;
    if (met.reached && left)
      facts.push_back(
          fmt::format("{} ng/mL from {} on: the band is left again, down to {} or up to {} ng/mL; "
                      "allow changes more often.",
                      target_level(met.target.level), target_clock(met.target.from), target_ng_mL(met.lowest),
                      target_ng_mL(met.highest)));
    if (met.reached) continue;
    facts.push_back(
        fmt::format("{} ng/mL from {} on: not fallen to within its band when it ends; nothing "
                    "speeds the fall.",
                    target_level(met.target.level), target_clock(met.target.from)));
  }
  for (const TargetLevel& level : report.levels) {
    const auto highest = std::ranges::max_element(report.answer.met, {}, &plan::TargetMet::highest_plasma);
    const double most = highest->highest_plasma.in(units::ng / units::mL);
    if (most >= level.from_ng_mL)
      facts.push_back(fmt::format("Plasma comes to {} ng/mL: the published level for {} begins at {} ng/mL.",
                                  target_ng_mL(highest->highest_plasma), level.name,
                                  number_text(level.from_ng_mL, 1)));
  }
  return facts;
}

TargetTable target_rates(const TargetReport& report) {
  const int places = places_of(report.question.pump.step);
  const auto& answer = report.answer;
  TargetTable table{{"from", "to", "mL/h", "mg/h", "mg/kg/h", "mL so far"}, {}};
  const bool delayed = report.question.site.effect_site.has_value();
  table.columns.emplace_back(delayed ? "plasma" : "ng/mL");
  if (delayed) table.columns.emplace_back("effect site");
  Volume so_far{};
  for (const plan::RateSegment& each : answer.segments) {
    so_far += each.flow * (each.to - each.from);
    std::vector<std::string> row{target_clock(each.from),
                                 target_clock(each.to),
                                 fixed(each.flow.in(mL_h), places),
                                 fixed(each.rate.in(mg_h), 2),
                                 fixed((each.rate / report.weight).in(mg_h / units::kg), 3),
                                 fixed(so_far.in(units::mL), 2),
                                 target_ng_mL(answer.course.plasma[index_at(report, each.to)])};
    if (delayed) row.push_back(target_ng_mL(answer.course.effect_site[index_at(report, each.to)]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

TargetTable target_met(const TargetReport& report) {
  TargetTable table{{"from", "to", "target", "band", "in it after, min", "then between", "plasma up to"}, {}};
  for (const plan::TargetMet& met : report.answer.met) {
    const double within = report.question.within;
    const auto after = met.reached ? std::optional{*met.reached - met.target.from} : std::nullopt;
    const bool nearer_to_the_end = !(met.settled < met.until);
    table.rows.push_back(
        {target_clock(met.target.from), target_clock(met.until), target_level(met.target.level),
         fmt::format("{} to {}", target_level((1.0 - within) * met.target.level),
                     target_level((1.0 + within) * met.target.level)),
         target_minutes(after),
         nearer_to_the_end ? "ends at " + target_ng_mL(met.lowest)
                           : fmt::format("{} and {}", target_ng_mL(met.lowest), target_ng_mL(met.highest)),
         target_ng_mL(met.highest_plasma)});
  }
  return table;
}

TargetTable target_stops(const TargetReport& report) {
  TargetTable table{{"stopped at", "of", "ng/mL", "halved after"}, {}};
  for (const TargetLevel& level : report.levels)
    table.columns.push_back(fmt::format("below {}", number_text(level.from_ng_mL, 1)));
  for (const plan::Stopped& stop : report.stopped) {
    const auto add = [&](const char* of, const plan::Fading& fading) {
      std::vector<std::string> row{target_clock(stop.at), of, target_ng_mL(fading.at_stop),
                                   halved_text(fading)};
      for (const auto& time : fading.below)
        row.push_back(time ? (*time > Duration{} ? fixed(time->in(units::min), 1) : "is below")
                           : "over 10000 h");
      table.rows.push_back(std::move(row));
    };
    add("plasma", stop.plasma);
    if (stop.effect_site) add("effect site", *stop.effect_site);
  }
  return table;
}

TargetTable target_ranges(const TargetReport& report) {
  TargetTable table{{"under", "of"}, {}};
  for (const plan::TargetMet& met : report.answer.met)
    table.columns.push_back("at " + target_clock(met.until));
  for (const TargetRange& range : report.ranges) {
    std::vector<std::string> row{range.what, range.effect_site ? "effect site" : "plasma"};
    for (const plan::TargetMet& met : report.answer.met) {
      row.push_back(range_text(range, index_at(report, met.target.from), index_at(report, met.until)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace evenkeel::report
