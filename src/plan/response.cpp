#include "plan/response.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "pkpd/parallel.hpp"
#include "plan/response_members.hpp"

namespace evenkeel::plan {
namespace {

constexpr auto mg_L = units::mg / units::L;

// Of values in rising order: between order statistics, h = (n - 1) p ("type 7"), as in pkpd/bands.hpp.
template <class Value>
double percentile_of(std::size_t count, double probability, const Value& value) {
  const double place = static_cast<double>(count - 1) * probability;
  const auto below = static_cast<std::size_t>(place);
  const double share = place - static_cast<double>(below);
  const double low = value(below);
  return share > 0.0 ? low + share * (value(below + 1) - low) : low;
}

template <class Q, class Value>
Spread<Q> spread_of(std::size_t count, Q unit, const Value& value) {
  return {percentile_of(count, 0.05, value) * unit, percentile_of(count, 0.5, value) * unit,
          percentile_of(count, 0.95, value) * unit};
}

template <class Q>
Spread<Q> spread_of(std::vector<double> values, Q unit) {
  std::ranges::sort(values);
  return spread_of(values.size(), unit, [&](std::size_t i) { return values[i]; });
}

struct Line {
  double left;
  double unit;
  double value;  // at the dose at hand
};

// By insertion: for lines that are nearly in order.
void sort_nearly_sorted(std::vector<Line>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i - 1].value <= lines[i].value) continue;
    const Line line = lines[i];
    std::size_t place = i;
    for (; place > 0 && lines[place - 1].value > line.value; --place) lines[place] = lines[place - 1];
    lines[place] = line;
  }
}

// The candidates of each shape, by rising dose.
std::vector<std::vector<std::size_t>> by_shape(std::span<const DoseOfShape> candidates, std::size_t shapes) {
  std::vector<std::vector<std::size_t>> groups(shapes);
  for (std::size_t c = 0; c < candidates.size(); ++c) groups[candidates[c].shape].push_back(c);
  for (auto& group : groups)
    std::ranges::stable_sort(group, {}, [&](std::size_t c) { return candidates[c].dose; });
  return groups;
}

void draw_bands(const MemberResponses& responses, std::span<const DoseOfShape> candidates, int threads,
                std::vector<Predicted>& out) {
  const auto groups = by_shape(candidates, responses.shapes);
  const auto draw = [&](std::size_t shape, std::size_t time) {
    const auto left = responses.left_at(0, shape, time);
    const auto unit = responses.unit_at(0, shape, time);
    std::vector<Line> lines;
    for (std::size_t m = 0; m < left.size(); ++m) lines.push_back({left[m], unit[m], 0.0});
    bool first = true;
    for (const std::size_t c : groups[shape]) {
      const double mg = candidates[c].dose.in(units::mg);
      for (Line& line : lines) line.value = line.left + mg * line.unit;
      if (first)
        std::ranges::sort(lines, {}, &Line::value);
      else
        sort_nearly_sorted(lines);
      first = false;
      out[c].band[time] = spread_of(lines.size(), mg_L, [&](std::size_t i) { return lines[i].value; });
    }
  };
  pkpd::in_parallel(threads, responses.shapes * times_of_a_band, 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) draw(i / times_of_a_band, i % times_of_a_band);
  });
}

std::vector<double> highest(const MemberResponses& responses, std::size_t output, const DoseOfShape& of) {
  const double mg = of.dose.in(units::mg);
  std::vector<double> peaks(responses.members, 0.0);
  for (std::size_t time = 0; time < times_of_a_band; ++time) {
    const auto left = responses.left_at(output, of.shape, time);
    const auto unit = responses.unit_at(output, of.shape, time);
    for (std::size_t m = 0; m < peaks.size(); ++m) peaks[m] = std::max(peaks[m], left[m] + mg * unit[m]);
  }
  return peaks;
}

void sum_up(const MemberResponses& responses, const DoseOfShape& of, Predicted& out) {
  out.peaks_mg_L = highest(responses, 0, of);
  out.peak = spread_of(out.peaks_mg_L, mg_L);
  const std::size_t row = of.shape * responses.members;
  for (std::size_t m = 0; m < responses.members; ++m)
    out.areas_mg_h_L.push_back(responses.area_left[row + m] +
                               of.dose.in(units::mg)*responses.area_unit[row + m]);
  out.area = spread_of(out.areas_mg_h_L, mg_L * units::h);
  for (std::size_t k = 1; k < responses.outputs; ++k) {
    out.sites_mg_L.push_back(highest(responses, k, of));
    out.sites.push_back(spread_of(out.sites_mg_L.back(), mg_L));
  }
}

}  // namespace

Result<std::vector<Predicted>> predict(const ModelForecast& model, Instant start,
                                       std::span<const Shape> shapes, std::span<const DoseOfShape> candidates,
                                       int threads) {
  const auto responses = member_responses(model, start, shapes, threads);
  if (!responses) return responses.error();
  const auto is_number = [](double value) { return std::isfinite(value); };
  if (!std::ranges::all_of(responses->left, is_number) || !std::ranges::all_of(responses->unit, is_number)) {
    return Error{ErrorCode::invalid_input, "models." + model.forecast.model,
                 "a predicted concentration that is not finite"};
  }
  std::vector<Predicted> out(candidates.size());
  for (Predicted& each : out) each.band.resize(times_of_a_band);
  draw_bands(*responses, candidates, threads, out);
  pkpd::in_parallel(threads, candidates.size(), 8, [&](std::size_t from, std::size_t to) {
    for (std::size_t c = from; c < to; ++c) sum_up(*responses, candidates[c], out[c]);
  });
  return out;
}

}  // namespace evenkeel::plan
