#include "care/instrument.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::care {
namespace {

bool is_allowed(const Item& item, int answer) {
  if (item.options.empty()) return item.low <= answer && answer <= item.high;
  return std::ranges::find(item.options, answer, &AnswerOption::value) != item.options.end();
}

// Sets the total, or says why there is none.
void add_up(const Instrument& instrument, const Evaluation& evaluation, Score& result) {
  int sum = 0;
  for (const auto& [id, answer] : evaluation.answers) {
    const auto item = std::ranges::find(instrument.items, id, &Item::id);
    if (item == instrument.items.end()) {
      result.no_total_because = fmt::format("{} has no item '{}'", instrument.short_title, id);
      return;
    }
    if (!is_allowed(*item, answer)) {
      result.no_total_because =
          fmt::format("{} is no answer to item {} of {}", answer, id, instrument.short_title);
      return;
    }
    if (item->scored) sum += answer;
  }
  for (const Item& item : instrument.items) {
    if (!item.scored || evaluation.answers.contains(item.id)) continue;
    result.no_total_because = fmt::format("item {} of {} is not answered", item.id, instrument.short_title);
    return;
  }
  result.total = sum;
}

}  // namespace

Score score(const Instrument& instrument, const Evaluation& evaluation) {
  Score result;
  if (evaluation.total) {
    const bool possible = instrument.low <= *evaluation.total && *evaluation.total <= instrument.high;
    if (possible) result.total = evaluation.total;
    if (!possible) {
      result.no_total_because = fmt::format("a total of {} is outside {} to {} of {}", *evaluation.total,
                                            instrument.low, instrument.high, instrument.short_title);
    }
  } else {
    add_up(instrument, evaluation, result);
  }
  if (result.total) {
    const auto band = std::ranges::find_if(
        instrument.bands, [&](const Band& b) { return b.from <= *result.total && *result.total <= b.to; });
    if (band != instrument.bands.end()) result.band = band->name;
  }
  for (const UrgentItem& urgent : instrument.urgent) {
    const auto answer = evaluation.answers.find(urgent.item);
    if (answer == evaluation.answers.end()) {
      result.not_judged.push_back(
          fmt::format("item {} of {} has no answer", urgent.item, instrument.short_title));
    } else if (answer->second >= urgent.at_least) {
      result.urgent_actions.push_back(urgent.action);
    }
  }
  return result;
}

}  // namespace evenkeel::care
