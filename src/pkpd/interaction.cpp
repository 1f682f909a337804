#include "pkpd/interaction.hpp"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <set>

namespace evenkeel::pkpd {
namespace {

constexpr std::string_view intravenous = "intravenous";

bool is_route(std::string_view id, std::string_view seen) {
  return id == seen || (id.starts_with(seen) && id[seen.size()] == '-');
}

const Observed* seen_with(const Interaction& interaction, std::string_view route, Moiety dosed) {
  for (const Observed& each : interaction.observed) {
    if (each.dosed == dosed && is_route(route, each.route)) return &each;
  }
  return nullptr;
}

Error refused(const Interaction& interaction, std::string what) {
  return {ErrorCode::outside_domain, interaction.id, std::move(what)};
}

Error never_seen(const Interaction& interaction, std::string_view route, Moiety dosed) {
  std::string seen;
  for (const Observed& each : interaction.observed)
    seen += fmt::format("{}{} {}", seen.empty() ? "" : ", ", each.route, moiety_text(each.dosed));
  if (seen.empty()) return refused(interaction, "changes no concentration that was seen");
  return refused(interaction, fmt::format("seen only with {}; nothing is known for {} {}", seen, route,
                                          moiety_text(dosed)));
}

// What an interaction can act on, by the indices of parameters.
struct Handles {
  std::set<std::size_t> elimination;
  std::set<std::size_t> bioavailability;
  bool liver = false;  // what eliminates is not what is sampled
};

std::set<std::string> reached(const std::vector<Flow>& flows, const std::string& from, bool backwards) {
  std::set<std::string> found{from};
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    for (const Flow& flow : flows) {
      if (flow.to.empty()) continue;
      if (found.contains(backwards ? flow.to : flow.from)) found.insert(backwards ? flow.from : flow.to);
    }
  }
  return found;
}

void find_elimination(const Structure& structure, Handles& handles) {
  const Model& model = structure.model();
  const std::string& sampled = model.outputs.front().compartment;
  const auto onwards = reached(model.flows, sampled, false);
  const auto towards = reached(model.flows, sampled, true);
  const auto exchanges = [&](const std::string& id) { return onwards.contains(id) && towards.contains(id); };
  handles.liver = true;
  for (const Flow& flow : model.flows) {
    if (!exchanges(flow.from) || exchanges(flow.to)) continue;
    const std::string& name = flow.clearance.empty() ? flow.rate : flow.clearance;
    if (const auto parameter = structure.parameter(name)) handles.elimination.insert(*parameter);
    if (flow.from == sampled) handles.liver = false;
  }
}

void find_bioavailability(const Structure& structure, std::size_t route, Handles& handles) {
  std::set<std::size_t> splits;
  for (const Path& path : structure.model().routes[route].paths) {
    for (const Factor& factor : path.fraction) {
      for (const auto& name : factor.product)
        (factor.complement ? splits : handles.bioavailability).insert(*structure.parameter(name));
    }
  }
  for (const std::size_t split : splits) handles.bioavailability.erase(split);
}

Handles handles_of(const Structure& structure, std::size_t route) {
  Handles handles;
  find_elimination(structure, handles);
  find_bioavailability(structure, route, handles);
  return handles;
}

Values scaled(Values values, const std::set<std::size_t>& parameters, double factor) {
  for (const std::size_t each : parameters) values[each] *= factor;
  return values;
}

// The factor on elimination that brings the area to `wanted`: it falls as elimination rises, down to
// what the blood flow to the liver allows.
Result<std::optional<double>> elimination_factor(const Structure& structure, const Values& values,
                                                 const Handles& handles, std::size_t route, double wanted) {
  double low = std::log(1e-4);
  double high = std::log(1e4);
  std::optional<Error> failed;
  const auto above = [&](double log_factor) {
    const auto area =
        area_per_mg(structure, scaled(values, handles.elimination, std::exp(log_factor)), route);
    if (!area) failed = area.error();
    return area && *area > wanted;
  };
  const bool reachable = above(low) && !above(high);
  if (failed) return *failed;
  if (!reachable) return std::optional<double>{};
  for (int i = 0; i < 100 && high - low > 1e-14; ++i) {
    const double middle = (low + high) / 2.0;
    (above(middle) ? low : high) = middle;
  }
  return std::optional{std::exp((low + high) / 2.0)};
}

// The factor on bioavailability: the area is a straight line in it.
Result<double> bioavailability_factor(const Structure& structure, const Values& values,
                                      const Handles& handles, std::size_t route, double wanted) {
  const auto whole = area_per_mg(structure, values, route);
  if (!whole) return whole.error();
  const auto without = area_per_mg(structure, scaled(values, handles.bioavailability, 0.0), route);
  if (!without) return without.error();
  return (wanted - *without) / (*whole - *without);
}

double largest(const Values& values, const std::set<std::size_t>& parameters) {
  double most = 0.0;
  for (const std::size_t each : parameters) most = std::max(most, values[each]);
  return most;
}

// One interaction on one model: the steps of apply().
class Application {
 public:
  Application(const Interaction& interaction, const Structure& structure, std::size_t route, Bound bound)
      : interaction_(interaction),
        structure_(structure),
        route_(route),
        bound_(bound),
        handles_(handles_of(structure, route)) {}

  // Elimination by the ratio `seen` after an intravenous dose.
  Result<Values> eliminate(const Observed& seen, const Values& values) const {
    const auto route = structure_.route(intravenous);
    if (!route) return refused(interaction_, "the model has no intravenous route to fit its elimination by");
    return eliminate(values, *route, area_per_mg(structure_, values, *route), seen);
  }

  // The rest of the ratio `seen` with this route, where `values` are those before the other drug and
  // `now` those with elimination changed already (`settled`), or the same.
  Result<Values> first_pass(const Observed& seen, const Values& values, const Values& now,
                            bool settled) const {
    const auto before = area_per_mg(structure_, values, route_);
    if (!before) return before.error();
    if (handles_.liver && !settled && interaction_.acts_on.value == ActsOn::liver)
      return eliminate(now, route_, before, seen);
    if (handles_.bioavailability.empty())
      return refused(interaction_, "the model has no bioavailability for this route to act on");
    const double wanted = *before * seen.auc_ratio->of(bound_);
    const auto factor = bioavailability_factor(structure_, now, handles_, route_, wanted);
    if (!factor) return factor.error();
    if (!(*factor >= 0.0)) return cannot_show(seen);
    const double room = 1.0 / largest(now, handles_.bioavailability);
    if (*factor <= room) return scaled(now, handles_.bioavailability, *factor);
    if (settled || !handles_.liver) return cannot_show(seen);
    return eliminate(scaled(now, handles_.bioavailability, room), route_, before, seen);
  }

 private:
  Result<Values> eliminate(const Values& values, std::size_t route, const Result<double>& before,
                           const Observed& seen) const {
    if (!before) return before.error();
    const double wanted = *before * seen.auc_ratio->of(bound_);
    const auto factor = elimination_factor(structure_, values, handles_, route, wanted);
    if (!factor) return factor.error();
    if (!*factor) return cannot_show(seen);
    return scaled(values, handles_.elimination, **factor);
  }

  [[nodiscard]] Error cannot_show(const Observed& seen) const {
    return refused(interaction_, fmt::format("model {} cannot show an AUC ratio of {:g} for {}",
                                             structure_.model().id, seen.auc_ratio->of(bound_), seen.route));
  }

  const Interaction& interaction_;
  const Structure& structure_;
  std::size_t route_;
  Bound bound_;
  Handles handles_;
};

std::vector<std::string> caveats_of(const Interaction& interaction, const Observed& seen, bool settled) {
  const bool by_vein = is_route(intravenous, seen.route);
  std::vector<std::string> caveats{
      fmt::format("With {}: the AUC is {:g} times that without, as seen after {} {} ({}; {}).",
                  interaction.with, seen.auc_ratio->value, seen.route, moiety_text(seen.dosed),
                  seen.auc_ratio->from.source, label_words(seen.auc_ratio->from.label))};
  if (!by_vein && !settled)
    caveats.emplace_back(
        "How much of it is first pass and how much clearance was not seen; the split is a proposal.");
  if (seen.cmax_ratio)
    caveats.push_back(
        fmt::format("Cmax is not fitted; {:g} times that without was seen.", seen.cmax_ratio->value));
  caveats.emplace_back("Metabolites are not adjusted beyond what follows from the parent.");
  return caveats;
}

}  // namespace

Result<double> area_per_mg(const Structure& structure, const Values& values, std::size_t route) {
  const auto system = structure.system(values);
  if (!system) return system.error();
  const auto entries = structure.entries(route, values);
  if (!entries) return entries.error();
  const auto& output = system->outputs.front();
  const auto n = system->rates.rows();
  // x K = -e: x_j is the time that 1 mg in j will spend in the output's compartment.
  const Eigen::VectorXd hours = system->rates.transpose().partialPivLu().solve(
      -Eigen::VectorXd::Unit(n, static_cast<Eigen::Index>(output.compartment)));
  double area = 0.0;
  for (const Entry& entry : *entries)
    area += entry.fraction * hours[static_cast<Eigen::Index>(entry.compartment)] / output.volume.in(units::L);
  if (!(area >= 0.0 && std::isfinite(area)))
    return Error{ErrorCode::invalid_input, structure.model().id, "the area under the curve is not finite"};
  return area;
}

Result<Applied> apply(const Interaction& interaction, const Structure& structure, const Values& values,
                      std::size_t route, Moiety dosed, Bound bound) {
  const std::string& id = structure.model().routes[route].id;
  const Observed* seen = seen_with(interaction, id, dosed);
  if (seen == nullptr) return never_seen(interaction, id, dosed);
  if (!seen->auc_ratio) return refused(interaction, fmt::format("seen with {}, but no size of it", id));
  const Application application{interaction, structure, route, bound};
  const Observed* by_vein = seen_with(interaction, intravenous, dosed);
  const bool settled = by_vein != nullptr && by_vein->auc_ratio.has_value();
  Result<Values> changed = settled ? application.eliminate(*by_vein, values) : Result<Values>{values};
  if (changed && seen != by_vein) changed = application.first_pass(*seen, values, *changed, settled);
  if (!changed) return changed.error();
  return Applied{*std::move(changed), caveats_of(interaction, *seen, settled)};
}

}  // namespace evenkeel::pkpd
