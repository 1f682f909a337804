#include "individual/small_form.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace evenkeel::individual {
namespace {

using Flow = pkpd::Structure::FlowIndex;

// The parameters by place: CL, V1, Q2, V2, Q3, V3, the first 2 * compartments of them.
struct Layout {
  int compartments = 0;
  std::array<std::size_t, 6> parameter{};
};

bool is_plain(const Flow& flow) {
  return flow.form == Flow::Form::clearance && flow.fraction.empty();
}

// The clearance from `from` to `to`, where it is the only flow between them and a plain one.
std::optional<std::size_t> clearance_between(const pkpd::Structure& structure, std::size_t from,
                                             std::size_t to) {
  std::optional<std::size_t> found;
  for (const Flow& flow : structure.flows()) {
    if (flow.from != from || flow.to != std::optional{to}) continue;
    if (found || !is_plain(flow) || !flow.yield.empty()) return std::nullopt;
    found = flow.rate;
  }
  return found;
}

// Everything that feeds `central`, itself first; none where something else feeds those.
std::optional<std::vector<std::size_t>> around(const pkpd::Structure& structure, std::size_t central) {
  std::vector<std::size_t> members{central};
  for (const Flow& flow : structure.flows()) {
    const bool known = std::ranges::find(members, flow.from) != members.end();
    if (flow.to == std::optional{central} && !known) members.push_back(flow.from);
  }
  for (const Flow& flow : structure.flows()) {
    const bool into = flow.to && *flow.to != central && std::ranges::find(members, *flow.to) != members.end();
    const bool out_of = flow.from != central && std::ranges::find(members, flow.from) != members.end();
    if (into && flow.from != central) return std::nullopt;
    if (out_of && flow.to != std::optional{central}) return std::nullopt;
  }
  return members.size() <= 3 ? std::optional{members} : std::nullopt;
}

std::optional<Layout> layout_of(const pkpd::Structure& structure, std::size_t central) {
  const auto members = around(structure, central);
  if (!members) return std::nullopt;
  Layout layout{static_cast<int>(members->size()), {}};
  std::optional<std::size_t> elimination;
  for (const Flow& flow : structure.flows()) {
    const bool stays = flow.to && std::ranges::find(*members, *flow.to) != members->end();
    if (flow.from != central || stays) continue;
    if (elimination || !is_plain(flow)) return std::nullopt;
    elimination = flow.rate;
  }
  if (!elimination || !structure.volume_of(central)) return std::nullopt;
  layout.parameter[0] = *elimination;
  layout.parameter[1] = *structure.volume_of(central);
  for (std::size_t i = 1; i < members->size(); ++i) {
    const auto out = clearance_between(structure, central, (*members)[i]);
    const auto back = clearance_between(structure, (*members)[i], central);
    const auto volume = structure.volume_of((*members)[i]);
    if (!out || out != back || !volume) return std::nullopt;
    layout.parameter[2 * i] = *out;
    layout.parameter[2 * i + 1] = *volume;
  }
  return layout;
}

// Doses enter `central` whole, at once or over their length.
bool takes_doses(const Question& q, std::size_t central) {
  return std::ranges::all_of(q.given, [&](const Given& dose) {
    const auto paths = q.structure->paths(dose.route);
    return paths.size() == 1 && paths[0].compartment == central && paths[0].fraction.empty() &&
           !paths[0].lag && !paths[0].over;
  });
}

// The effects of whole blocks of the patient, in order of the coordinates.
bool take_effects(const Problem& problem, const Layout& layout, SmallProblem& into) {
  const auto n = static_cast<Eigen::Index>(problem.dimensions());
  if (n > most_small_effects) return false;
  into.root = SmallMatrix::Zero(n, n);
  for (Eigen::Index j = 0; j < n;) {
    const Coordinate& first = problem.coordinates()[static_cast<std::size_t>(j)];
    const auto& block = problem.effects().blocks()[first.block];
    const auto rows = std::ssize(block.places);
    if (first.level != pkpd::Level::subject || first.row != 0 || j + rows > n) return false;
    for (Eigen::Index row = 0; row < rows; ++row) {
      const Coordinate& each = problem.coordinates()[static_cast<std::size_t>(j + row)];
      if (each.block != first.block || std::cmp_not_equal(each.row, row)) return false;
      const auto& effect = problem.effects().effects()[block.places[static_cast<std::size_t>(row)]];
      const auto used = layout.parameter.begin() + 2 * layout.compartments;
      const auto place = std::find(layout.parameter.begin(), used, effect.parameter);
      if (place == used || effect.distribution != pkpd::Distribution::log_normal) return false;
      into.effects.push_back(static_cast<int>(place - layout.parameter.begin()));
      for (Eigen::Index column = 0; column <= row; ++column)
        into.root(j + row, j + column) = block.lower[static_cast<std::size_t>(row * (row + 1) / 2 + column)];
    }
    j += rows;
  }
  return true;
}

bool take_readings(const Problem& problem, SmallProblem& into) {
  const auto& measured = problem.question().measured;
  const Scatter& first = problem.scatter().front();
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const Scatter& scatter = problem.scatter()[i];
    const bool same = measured[i].output == measured.front().output && scatter == first;
    if (!same || std::holds_alternative<EffectSeen>(measured[i].what)) return false;
    const auto* below = std::get_if<Below>(&measured[i].what);
    const Concentration value = below ? below->limit : std::get<Assayed>(measured[i].what).value;
    into.readings.push_back({measured[i].at.canonical(), value.canonical(), below != nullptr});
  }
  into.proportional_sd = first.proportional_sd;
  into.additive_sd_mg_L = first.additive_sd_mg_L;
  into.log_sd = first.log_sd;
  return true;
}

}  // namespace

std::optional<SmallProblem> small_form(const Problem& problem) {
  const Question& q = problem.question();
  if (q.measured.empty() || problem.dimensions() == 0) return std::nullopt;
  const std::size_t central = q.structure->output_compartment(q.measured.front().output);
  const auto layout = layout_of(*q.structure, central);
  SmallProblem small;
  if (!layout || !takes_doses(q, central) || !take_readings(problem, small) ||
      !take_effects(problem, *layout, small))
    return std::nullopt;
  small.compartments = layout->compartments;
  for (std::size_t i = 0; i < q.spans.size(); ++i) {
    SmallProblem::Span span{q.spans[i].from.canonical(), {}};
    for (std::size_t p = 0; p < 2 * static_cast<std::size_t>(layout->compartments); ++p)
      span.typical[p] = problem.typical()[i][layout->parameter[p]];
    small.spans.push_back(span);
  }
  for (const Given& dose : q.given)
    small.doses.push_back({dose.at.canonical(), dose.length.canonical(), dose.amount.canonical()});
  return small;
}

}  // namespace evenkeel::individual
