#include "care/instrument.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/expects.hpp"

namespace evenkeel::care {
namespace {

const Item& item_of(const Instrument& instrument, const std::string& id) {
  const auto item = std::ranges::find(instrument.items, id, &Item::id);
  expects(item != instrument.items.end(), "scoring names items that exist");
  return *item;
}

// Why the answers as a whole cannot be taken, or nothing.
std::string fault_of(const Instrument& instrument, const Answers& answers) {
  for (const auto& [id, answer] : answers) {
    const auto item = std::ranges::find(instrument.items, id, &Item::id);
    if (item == instrument.items.end()) return fmt::format("{} has no item '{}'", instrument.short_title, id);
    if (!is_allowed(*item, answer))
      return fmt::format("{} is no answer to item {} of {}", answer, id, instrument.short_title);
  }
  return {};
}

int points(const Item& item, const ScaleItem& of, int answer) {
  const auto [low, high] = answer_range(item);
  return of.weight * (of.reversed ? low + high - answer : answer);
}

// sum * items / answered, a whole number by the rule's rounding. `answered` is above 0.
int prorated(int sum, int items, int answered, MissingRule::Rounding rounding) {
  const int scaled = sum * items;
  const int down = scaled / answered - (scaled % answered < 0 ? 1 : 0);
  const int rest = scaled - down * answered;  // 0 to answered - 1
  switch (rounding) {
    case MissingRule::Rounding::half_up:
      return down + (2 * rest >= answered ? 1 : 0);
    case MissingRule::Rounding::up:
      return down + (rest > 0 ? 1 : 0);
    case MissingRule::Rounding::down:
      return down;
  }
  return down;
}

struct Sum {
  int points = 0;
  int answered = 0;
  std::vector<std::string> missing;
  std::string contradiction;  // an item that is answered and by the other answers was not asked
};

// An item that the answers say is not asked adds nothing and is not missing.
Sum add_up(const Instrument& instrument, const Scale& scale, const Answers& answers) {
  Sum sum;
  for (const ScaleItem& each : scale.items) {
    const Item& item = item_of(instrument, each.item);
    const auto answer = answers.find(each.item);
    if (answer != answers.end() && !is_asked(item, answers)) {
      sum.contradiction = each.item;
    } else if (answer != answers.end()) {
      sum.points += points(item, each, answer->second);
      ++sum.answered;
    } else if (is_asked(item, answers)) {
      sum.missing.push_back(each.item);
    }
  }
  return sum;
}

// The points of the items that are missing, by count_as.
int counted_points(const Instrument& instrument, const Scale& scale, const Sum& sum) {
  return std::accumulate(scale.items.begin(), scale.items.end(), 0, [&](int so_far, const ScaleItem& each) {
    if (std::ranges::find(sum.missing, each.item) == sum.missing.end()) return so_far;
    return so_far + points(item_of(instrument, each.item), each, scale.missing.value);
  });
}

std::string missing_words(const Instrument& instrument, const Scale& scale, const Sum& sum) {
  if (scale.missing.kind == MissingRule::Kind::none_allowed || sum.answered == 0)
    return fmt::format("item {} of {} is not answered", sum.missing.front(), instrument.short_title);
  return fmt::format("{} items of {} are not answered, at most {} may be", sum.missing.size(),
                     instrument.short_title, scale.missing.at_most);
}

// Bands that depend on an item hold only when it is answered; a total from elsewhere has no answers.
std::string band_of(const Scale& scale, int total, const Answers& answers) {
  const auto by = answers.find(scale.bands_by);
  for (const Band& band : scale.bands) {
    if (band.when && (by == answers.end() || by->second != *band.when)) continue;
    if (band.from <= total && total <= band.to) return band.name;
  }
  return {};
}

PartScore score_scale(const Instrument& instrument, const Scale& scale, const Answers& answers) {
  PartScore result{scale.name, {}, fault_of(instrument, answers), {}};
  if (!result.no_total_because.empty()) return result;
  const Sum sum = add_up(instrument, scale, answers);
  if (!sum.contradiction.empty()) {
    result.no_total_because =
        fmt::format("item {} of {} is answered, but by the other answers it is not asked", sum.contradiction,
                    instrument.short_title);
    return result;
  }
  const int missing = static_cast<int>(sum.missing.size());
  const bool too_many = missing > scale.missing.at_most || sum.answered == 0;
  if (missing > 0 && (too_many || scale.missing.kind == MissingRule::Kind::none_allowed)) {
    result.no_total_because = missing_words(instrument, scale, sum);
    return result;
  }
  int total = sum.points;
  if (missing > 0 && scale.missing.kind == MissingRule::Kind::prorate)
    total = prorated(sum.points, sum.answered + missing, sum.answered, scale.missing.rounding);
  if (missing > 0 && scale.missing.kind == MissingRule::Kind::count_as)
    total += counted_points(instrument, scale, sum);
  result.total = total;
  result.band = band_of(scale, total, answers);
  return result;
}

PartScore from_elsewhere(const Instrument& instrument, int total) {
  const Scale& scale = instrument.total;
  if (scale.low <= total && total <= scale.high) return {scale.name, total, {}, band_of(scale, total, {})};
  return {scale.name,
          {},
          fmt::format("a total of {} is outside {} to {} of {}", total, scale.low, scale.high,
                      instrument.short_title),
          {}};
}

void judge_urgent(const Instrument& instrument, const Answers& answers, Score& result) {
  for (const UrgentItem& urgent : instrument.urgent) {
    const auto answer = answers.find(urgent.item);
    if (answer == answers.end()) {
      if (!is_asked(item_of(instrument, urgent.item), answers)) continue;
      result.not_judged.push_back(
          fmt::format("item {} of {} has no answer", urgent.item, instrument.short_title));
    } else if (answer->second >= urgent.at_least) {
      auto& told = result.urgent_actions;
      if (std::ranges::find(told, urgent.action) == told.end()) told.push_back(urgent.action);
    }
  }
}

bool is_positive(const Screen& screen, const Answers& answers) {
  const auto reached = std::ranges::count_if(screen.items, [&](const std::string& id) {
    const auto answer = answers.find(id);
    return answer != answers.end() && answer->second >= screen.at_least;
  });
  return reached >= screen.count;
}

}  // namespace

Score score(const Instrument& instrument, const Evaluation& evaluation) {
  Score result;
  PartScore whole = evaluation.total ? from_elsewhere(instrument, *evaluation.total)
                                     : score_scale(instrument, instrument.total, evaluation.answers);
  result.total = whole.total;
  result.no_total_because = std::move(whole.no_total_because);
  result.band = std::move(whole.band);
  judge_urgent(instrument, evaluation.answers, result);
  if (evaluation.total) return result;
  for (const Scale& part : instrument.parts)
    result.parts.push_back(score_scale(instrument, part, evaluation.answers));
  for (const Screen& screen : instrument.screens) {
    if (is_positive(screen, evaluation.answers)) result.positive.push_back(screen.name);
  }
  return result;
}

}  // namespace evenkeel::care
