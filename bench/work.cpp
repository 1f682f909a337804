#include "work.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace evenkeel::bench {
namespace {

using pkpd::Dimension;
using pkpd::Flow;
using pkpd::Model;

bool is_infusion_day(int day) {
  return day == 0 || day == 2 || day == 4 || day == 7 || day == 9 || day == 11;
}

pkpd::Parameter parameter(std::string name, Dimension dimension, double canonical) {
  pkpd::Parameter made;
  made.name = std::move(name);
  made.dimension = dimension;
  made.value = canonical;
  return made;
}

// Per minute in, per hour kept.
pkpd::Parameter clearance(std::string name, double L_min) {
  return parameter(std::move(name), Dimension::clearance, L_min * 60.0);
}
pkpd::Parameter volume(std::string name, double litres) {
  return parameter(std::move(name), Dimension::volume, litres);
}
pkpd::Parameter minutes(std::string name, double value) {
  return parameter(std::move(name), Dimension::time, value / 60.0);
}

void exchange(Model& model, const std::string& one, const std::string& other, const std::string& by) {
  model.flows.push_back({.from = one, .to = other, .clearance = by});
  model.flows.push_back({.from = other, .to = one, .clearance = by});
}

// From `parent` through two delay cells of `transit` to `child`, where `fraction` of it arrives.
void metabolise(Model& model, const std::string& parent, const std::string& clearance,
                const std::string& transit, const std::string& child, const std::string& fraction) {
  const std::string first = parent + " delay 1";
  const std::string second = parent + " delay 2";
  model.compartments.push_back({first, ""});
  model.compartments.push_back({second, ""});
  model.flows.push_back({.from = parent, .to = first, .clearance = clearance});
  model.flows.push_back({.from = first, .to = second, .mean_time = transit, .stages = 2});
  model.flows.push_back(
      {.from = second, .to = child, .mean_time = transit, .stages = 2, .fraction = {{{fraction}, false}}});
  model.flows.push_back(
      {.from = second, .mean_time = transit, .stages = 2, .fraction = {{{fraction}, true}}});
}

}  // namespace

std::vector<Infusion> six_infusions() {
  std::vector<Infusion> doses;
  for (int day = 0; day < 14; ++day) {
    if (is_infusion_day(day)) doses.push_back({day * 24.0, 40.0 / 60.0, 0.875 * 60.0});
  }
  return doses;
}

pkpd::Timeline timeline_of(const std::vector<Infusion>& infusions) {
  pkpd::Timeline timeline;
  for (const Infusion& dose : infusions) {
    timeline.events.push_back({dose.at_h, pkpd::AddRate{0, dose.rate_mg_h}});
    timeline.events.push_back({dose.at_h + dose.hours, pkpd::AddRate{0, -dose.rate_mg_h}});
  }
  std::ranges::stable_sort(timeline.events, {}, &pkpd::TimedEvent::at_h);
  return timeline;
}

std::vector<double> fortnight_grid_h() {
  std::vector<double> times;
  for (int minute = 0; minute < 14 * 1440; minute += is_infusion_day(minute / 1440) ? 5 : 60)
    times.push_back(minute / 60.0);
  times.push_back(14 * 24.0);
  return times;
}

std::vector<double> irregular_grid_h() {
  auto times = fortnight_grid_h();
  std::mt19937_64 rng{2};
  std::uniform_real_distribution shift{-0.03, 0.03};
  for (std::size_t i = 1; i + 1 < times.size(); ++i) times[i] += shift(rng);
  return times;
}

std::vector<std::vector<Infusion>> different_regimens(std::size_t count) {
  std::vector<std::vector<Infusion>> regimens;
  for (std::size_t i = 0; i < count; ++i) {
    auto doses = six_infusions();
    for (Infusion& dose : doses) {
      dose.at_h += static_cast<double>(i % 10) * 5.0 / 60.0;
      dose.rate_mg_h *= 0.5 + 0.01 * static_cast<double>(i);
    }
    regimens.push_back(std::move(doses));
  }
  return regimens;
}

Model three_compartments() {
  Model model;
  model.id = "three compartments";
  model.compartments = {{"central", "V1"}, {"fast", "V2"}, {"slow", "V3"}};
  model.routes = {{"intravenous", {{.compartment = "central"}}}};
  model.parameters = {clearance("CL", 1.93158), volume("V1", 4.41),      clearance("Q2", 2.61072),
                      volume("V2", 10.5697166), clearance("Q3", 2.6019), volume("V3", 178.212329)};
  exchange(model, "central", "fast", "Q2");
  exchange(model, "central", "slow", "Q3");
  model.flows.push_back({.from = "central", .clearance = "CL"});
  model.outputs = {{"ketamine", "central"}};
  return model;
}

Model simons_intravenous() {
  Model model;
  model.id = "S-ketamine and metabolites";
  model.compartments = {{"K", "VK1"},    {"K fast", "VK2"}, {"K slow", "VK3"}, {"NK", "VN1"},
                        {"NK 2", "VN2"}, {"HNK", "VH1"},    {"HNK 2", "VH2"}};
  model.routes = {{"intravenous", {{.compartment = "K"}}}};
  model.parameters = {volume("VK1", 11.6),
                      volume("VK2", 39.0),
                      volume("VK3", 174.0),
                      clearance("CLK1", 1.48),
                      clearance("CLK2", 2.43),
                      clearance("CLK3", 1.21),
                      minutes("MTTKN", 20.1),
                      volume("VN1", 11.6),
                      volume("VN2", 221.0),
                      clearance("CLN1", 1.0),
                      clearance("CLN2", 2.63),
                      minutes("MTTNH", 1.12),
                      volume("VH1", 4.4),
                      volume("VH2", 87.5),
                      clearance("CLH1", 0.933),
                      clearance("CLH2", 1.70),
                      parameter("fm1", Dimension::fraction, 0.80),
                      parameter("fm2", Dimension::fraction, 0.70)};
  exchange(model, "K", "K fast", "CLK2");
  exchange(model, "K", "K slow", "CLK3");
  metabolise(model, "K", "CLK1", "MTTKN", "NK", "fm1");
  exchange(model, "NK", "NK 2", "CLN2");
  metabolise(model, "NK", "CLN1", "MTTNH", "HNK", "fm2");
  exchange(model, "HNK", "HNK 2", "CLH2");
  model.flows.push_back({.from = "HNK", .clearance = "CLH1"});
  model.outputs = {{"ketamine", "K"}, {"norketamine", "NK"}, {"hydroxynorketamine", "HNK"}};
  return model;
}

Cohort::Cohort(Model model, const std::vector<Spread>& spreads, std::size_t subjects)
    : structure_(std::move(model)), typical_(*structure_.typical({})) {
  for (const Spread& spread : spreads) spread_.push_back(*structure_.parameter(spread.parameter));
  std::mt19937_64 rng{1};
  std::normal_distribution<double> standard;
  for (std::size_t subject = 0; subject < subjects; ++subject) {
    for (const Spread& spread : spreads) factors_.push_back(std::exp(spread.sd * standard(rng)));
  }
}

pkpd::Values Cohort::values(std::size_t subject) const {
  auto values = typical_;
  for (std::size_t i = 0; i < spread_.size(); ++i)
    values[spread_[i]] *= factors_[subject * spread_.size() + i];
  return values;
}

pkpd::Batch Cohort::batch(std::vector<pkpd::BatchPlan> plans) const {
  const auto fill = [this](std::size_t subject, pkpd::Values& values) -> std::optional<Error> {
    std::ranges::copy(typical_, values.begin());
    for (std::size_t i = 0; i < spread_.size(); ++i)
      values[spread_[i]] *= factors_[subject * spread_.size() + i];
    return std::nullopt;
  };
  return pkpd::batch_of(structure_, subjects(), fill, std::move(plans));
}

Cohort three_compartment_cohort(std::size_t subjects) {
  return {three_compartments(), {{"CL", 0.3}, {"V1", 0.3}}, subjects};
}

Cohort simons_cohort(std::size_t subjects) {
  const auto sd = [](double variance) { return std::sqrt(variance); };
  return {simons_intravenous(),
          {{"VK1", sd(0.057)},
           {"CLK1", sd(0.029)},
           {"CLK3", sd(0.026)},
           {"CLN1", sd(0.050)},
           {"MTTKN", sd(0.021)},
           {"VH1", sd(1.22)},
           {"CLH1", sd(0.103)},
           {"CLH2", sd(0.287)}},
          subjects};
}

template <class Real>
std::vector<Real> dose_by_dose(const pkpd::LinearSystem& system, const std::vector<Infusion>& infusions,
                               const std::vector<double>& times_h) {
  const pkpd::ModalForm& form = *system.modal;
  const auto modes = static_cast<std::size_t>(form.decay.size());
  std::vector<Real> rate(modes);
  std::vector<Real> gain(modes);  // mg/L for each mg/h, once steady
  for (std::size_t j = 0; j < modes; ++j) {
    const auto mode = static_cast<Eigen::Index>(j);
    rate[j] = form.decay[mode];
    gain[j] = static_cast<Real>(form.weights(mode, 0)) / rate[j] /
              static_cast<Real>(system.outputs.front().volume.in(units::L));
  }
  std::vector<Real> curve;
  for (const double time : times_h) {
    Real sum = 0;
    for (const Infusion& dose : infusions) {
      const Real since = static_cast<Real>(time) - static_cast<Real>(dose.at_h);
      if (!(since > 0)) continue;
      const Real ended = std::max(Real{0}, since - static_cast<Real>(dose.hours));
      for (std::size_t j = 0; j < modes; ++j) {
        sum += static_cast<Real>(dose.rate_mg_h) * gain[j] *
               (std::exp(-rate[j] * ended) - std::exp(-rate[j] * since));
      }
    }
    curve.push_back(sum);
  }
  return curve;
}
template std::vector<double> dose_by_dose(const pkpd::LinearSystem&, const std::vector<Infusion>&,
                                          const std::vector<double>&);
template std::vector<long double> dose_by_dose(const pkpd::LinearSystem&, const std::vector<Infusion>&,
                                               const std::vector<double>&);

}  // namespace evenkeel::bench
