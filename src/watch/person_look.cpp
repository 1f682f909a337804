#include "watch/person_look.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::watch {
namespace {

constexpr Duration between_visits = 12.0 * units::h;  // a calendar day would depend on the time zone

const care::Instrument* instrument_of(const Chart& chart, std::string_view id) {
  const auto found = std::ranges::find(chart.instruments, id, &care::Instrument::id);
  return found == chart.instruments.end() ? nullptr : &*found;
}

const Reading* last_until(std::span<const Reading> readings, Instant at) {
  const Reading* last = nullptr;
  for (const Reading& reading : readings) {
    if (reading.at <= at) last = &reading;
  }
  return last;
}

std::string valued(const Reading& reading) {
  return std::to_string(reading.score) + " (" + on_day(reading.at) + ")";
}

}  // namespace

std::string instrument_name(const Chart& chart, std::string_view id) {
  const care::Instrument* known = instrument_of(chart, id);
  return known == nullptr ? std::string(id) : known->short_title;
}

bool has_instrument(const Chart& chart, std::string_view id) {
  return instrument_of(chart, id) != nullptr;
}

std::vector<Reading> away_from_dose(std::vector<Reading> readings) {
  std::erase_if(readings, [](const Reading& reading) {
    return reading.moment == care::Moment::during_dose || reading.moment == care::Moment::after_dose;
  });
  return readings;
}

std::vector<Reading> separate(std::span<const Reading> readings) {
  std::vector<Reading> apart;
  for (const Reading& reading : readings) {
    if (apart.empty() || reading.at - apart.back().at >= between_visits) apart.push_back(reading);
  }
  return apart;
}

std::string listed(std::span<const Reading> readings) {
  constexpr std::size_t most = 4;
  std::string text;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (readings.size() > most && i > 0 && i + 3 < readings.size()) {
      if (i == 1) text += ", ..";
      continue;
    }
    text += (text.empty() ? "" : ", ") + valued(readings[i]);
  }
  return text;
}

std::vector<Support> support_of(std::span<const Reading> readings) {
  std::vector<Support> events;
  for (const Reading& reading : readings) events.push_back({reading.event, reading.at});
  return events;
}

std::optional<Instant> treatment_began(const Chart& chart) {
  std::optional<Instant> began;
  if (!chart.sessions.empty()) began = chart.sessions.front().start;
  const auto plans = all<care::PlanApproved>(chart);
  if (!plans.empty()) began = std::min(began.value_or(plans.front().at()), plans.front().at());
  return began;
}

std::optional<Moved> moved(std::span<const Reading> readings, Instant from, Instant to) {
  if (readings.empty()) return std::nullopt;
  const Reading* before = last_until(readings, from);
  if (before == nullptr) before = &readings.front();
  const Reading* after = last_until(readings, to);
  if (after == nullptr || after->at <= before->at) return std::nullopt;
  return Moved{*before, *after};
}

std::string Mood::words(Instant from, Instant to) const {
  const auto by = moved(totals, from, to);
  if (!by) return fmt::format("; whether the illness got worse is not known: no two {} over that time", name);
  return fmt::format("; the {} went from {} to {}", name, valued(by->before), valued(by->after));
}

Mood mood_of(const Chart& chart, std::string_view instrument) {
  const care::Instrument* known = instrument_of(chart, instrument);
  Mood mood{instrument_name(chart, instrument), away_from_dose(totals(chart, instrument)), 1};
  if (known != nullptr && known->important_change) mood.important = known->important_change->value;
  return mood;
}

double lowest(std::span<const Reading> readings) {
  return std::ranges::min_element(readings, {}, &Reading::score)->score;
}

double median(std::span<const Reading> readings) {
  std::vector<int> scores;
  for (const Reading& reading : readings) scores.push_back(reading.score);
  std::ranges::sort(scores);
  const std::size_t half = scores.size() / 2;
  return scores.size() % 2 == 1 ? scores[half] : (scores[half - 1] + scores[half]) / 2.0;
}

std::optional<Stretch> worse_stretch(std::span<const Reading> readings, Instant oldest, double by,
                                     Usual usual) {
  if (readings.empty() || readings.back().at < oldest) return std::nullopt;
  if (readings.back().score - (usual == nullptr ? 0.0 : lowest(readings)) < by) return std::nullopt;
  for (std::size_t first = usual == nullptr ? 0 : 1; first < readings.size(); ++first) {
    const double before = usual == nullptr ? 0.0 : usual(readings.first(first));
    const auto worse = [&](const Reading& reading) { return reading.score - before >= by; };
    if (std::ranges::all_of(readings.subspan(first), worse)) return Stretch{first, before};
  }
  return std::nullopt;
}

}  // namespace evenkeel::watch
