#include "individual/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/expects.hpp"
#include "base/overloaded.hpp"
#include "pkpd/effect_site.hpp"

namespace evenkeel::individual {
namespace {

constexpr double latest_h = 1e7;

// Times that arithmetic on decimal numbers of hours cannot tell apart are one moment (pkpd/schedule.hpp).
bool same_moment(double a, double b) {
  return std::abs(a - b) <= 1e-12 + 1e-14 * std::max(std::abs(a), std::abs(b));
}

Error refused(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

// An inflow with its times, hours.
struct TimedInflow {
  double from_h = 0.0;
  double until_h = 0.0;  // the same moment: at once
  Inflow inflow;
};

class Builder {
 public:
  Builder(const Question& question, std::span<const pkpd::Values> typical) : q_(question), typical_(typical) {
    made_.course.structure = q_.structure;
    for (std::size_t i = 0; i < q_.spans.size(); ++i) made_.course.like.push_back(i);
  }

  Result<CourseOf> build(std::span<const ReadAt> read_at) {
    if (auto error = check(read_at)) return *std::move(error);
    if (auto error = take_sites()) return *std::move(error);
    for (std::size_t i = 0; i < q_.given.size(); ++i) {
      if (auto error = take(i)) return *std::move(error);
    }
    take_pattern();
    settle(read_at);
    return std::move(made_);
  }

 private:
  [[nodiscard]] std::optional<Error> check(std::span<const ReadAt> read_at) const {
    if (q_.spans.empty()) return refused("spans", "the patient is described nowhere");
    const auto good = [](Duration time) { return std::abs(time.canonical()) <= latest_h; };
    for (std::size_t i = 0; i < q_.spans.size(); ++i) {
      const bool rises = i == 0 || q_.spans[i - 1].from < q_.spans[i].from;
      if (!(good(q_.spans[i].from) && rises))
        return refused(fmt::format("spans[{}]", i),
                       "begins at a time that cannot be, or not after the one before");
    }
    const auto after_start = [&](Duration at) { return good(at) && !(at < q_.spans.front().from); };
    for (std::size_t i = 0; i < q_.given.size(); ++i) {
      const Given& dose = q_.given[i];
      const bool amounts = dose.amount >= DrugMass{} && is_finite(dose.amount) && dose.length >= Duration{} &&
                           good(dose.length);
      if (!(after_start(dose.at) && amounts))
        return refused(
            fmt::format("given[{}]", i),
            "a dose needs a time from the first span on, an amount and a length that are not negative");
      expects(dose.route < q_.structure->model().routes.size(), "a route is one of the model's");
    }
    for (std::size_t i = 0; i < read_at.size(); ++i) {
      if (!after_start(read_at[i].at))
        return refused(fmt::format("read[{}]", i),
                       "is to be read before the first span, or at no time that can be");
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t span_at(double time_h) const {
    const auto begun = [&](const Span& span) {
      const double from_h = span.from.canonical();
      return from_h <= time_h || same_moment(from_h, time_h);
    };
    const auto after = std::ranges::partition_point(q_.spans, begun);
    return static_cast<std::size_t>(after - q_.spans.begin()) - (after == q_.spans.begin() ? 0 : 1);
  }

  [[nodiscard]] std::optional<Error> take_sites() {
    for (const EffectRead& read : q_.effects) {
      const std::size_t followed = q_.structure->output_compartment(read.output);
      const auto add = [&](double ke0_per_h) {
        site_of_.push_back(q_.structure->model().compartments.size() + made_.course.sites.size());
        made_.course.sites.push_back({followed, ke0_per_h});
      };
      std::optional<Error> failed;
      std::visit(Overloaded{[&](const pkpd::DelayHalfLife& delay) {
                              add(std::numbers::ln2 / delay.half_life.value.canonical());
                            },
                            [&](const pkpd::DelayToPeak& delay) {
                              const auto system = q_.structure->system(typical_.front());
                              if (!system) failed = system.error();
                              if (system)
                                add(pkpd::ke0_per_h(*system, read.output, delay.time_to_peak.value));
                            },
                            [&](const pkpd::NoDelay&) { site_of_.push_back(followed); },
                            [&](const pkpd::DelayNotSeen&) { site_of_.push_back(followed); }},
                 read.effect.delay);
      if (failed) return failed;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Error> take(std::size_t i) {
    const Given& dose = q_.given[i];
    const std::size_t span = span_at(dose.at.canonical());
    const auto entries = q_.structure->entries(dose.route, typical_[span]);
    if (!entries) return entries.error();
    for (std::size_t path = 0; path < entries->size(); ++path) {
      const pkpd::Entry& entry = (*entries)[path];
      const double from_h = (dose.at + entry.lag).canonical();
      const Duration length = dose.length > Duration{} ? dose.length : entry.over.value_or(Duration{});
      inflows_.push_back(
          {from_h,
           from_h + length.canonical(),
           {span_at(from_h), dose.route, path, entry.compartment, 0, dose.amount.canonical()}});
    }
    return std::nullopt;
  }

  void take_pattern() {
    const std::size_t model = q_.structure->model().compartments.size();
    std::vector<std::uint64_t> direct(model + made_.course.sites.size(), 0);
    const auto feeds = [&](std::size_t from, std::size_t to) { direct[to] |= std::uint64_t{1} << from; };
    for (const auto& flow : q_.structure->flows()) {
      if (flow.to) feeds(flow.from, *flow.to);
    }
    for (std::size_t s = 0; s < made_.course.sites.size(); ++s)
      feeds(made_.course.sites[s].compartment, model + s);
    made_.course.pattern = pkpd::ZeroPattern{std::move(direct)};
    auto& fed = made_.course.fed;
    for (TimedInflow& timed : inflows_) {
      if (timed.from_h == timed.until_h) continue;
      const auto known = std::ranges::find(fed, timed.inflow.compartment);
      timed.inflow.fed = static_cast<std::size_t>(known - fed.begin());
      if (known == fed.end()) fed.push_back(timed.inflow.compartment);
    }
  }

  // The moments at which something changes or is read, each once.
  [[nodiscard]] std::vector<double> moments(std::span<const ReadAt> read_at) const {
    std::vector<double> all;
    for (const Span& span : q_.spans) all.push_back(span.from.canonical());
    for (const TimedInflow& timed : inflows_) {
      all.push_back(timed.from_h);
      all.push_back(timed.until_h);
    }
    for (const ReadAt& read : read_at) all.push_back(read.at.canonical());
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end(), same_moment), all.end());
    return all;
  }

  void settle(std::span<const ReadAt> read_at) {
    const std::vector<double> at = moments(read_at);
    const auto place_of = [&](double time_h) {
      return static_cast<std::size_t>(std::ranges::upper_bound(at, time_h) - at.begin()) - 1;
    };
    auto& stretches = made_.course.stretches;
    for (std::size_t k = 0; k < at.size(); ++k)
      stretches.push_back({k == 0 ? 0.0 : at[k] - at[k - 1], span_at(at[k == 0 ? 0 : k - 1]), {}, {}, {}});
    for (std::size_t i = 0; i < inflows_.size(); ++i) {
      const std::size_t first = place_of(inflows_[i].from_h);
      const std::size_t last = place_of(inflows_[i].until_h);
      if (first == last) stretches[first].arriving.push_back(i);
      if (first < last) inflows_[i].inflow.amount /= at[last] - at[first];
      for (std::size_t k = first + 1; k <= last; ++k) stretches[k].running.push_back(i);
      made_.course.inflows.push_back(inflows_[i].inflow);
    }
    std::vector<std::size_t> order(read_at.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return place_of(read_at[i].at.canonical()); });
    made_.place.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const ReadAt& read = read_at[order[i]];
      const double time_h = read.at.canonical();
      const std::size_t output = read.effect ? q_.effects[*read.effect].output : read.output;
      const std::size_t followed = q_.structure->output_compartment(output);
      made_.place[order[i]] = i;
      stretches[place_of(time_h)].readings.push_back({span_at(time_h),
                                                      read.effect ? site_of_[*read.effect] : followed,
                                                      *q_.structure->volume_of(followed)});
    }
    made_.course.readings = order.size();
  }

  const Question& q_;
  std::span<const pkpd::Values> typical_;
  std::vector<TimedInflow> inflows_;
  std::vector<std::size_t> site_of_;  // of each effect: the compartment it is read from
  CourseOf made_;
};

}  // namespace

Result<CourseOf> make_course(const Question& question, std::span<const pkpd::Values> typical,
                             std::span<const ReadAt> read_at) {
  return Builder{question, typical}.build(read_at);
}

}  // namespace evenkeel::individual
