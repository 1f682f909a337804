// content/models/: what the parts of a model promise each other.
#include <set>

#include "content/model_reader.hpp"

namespace evenkeel::content {
namespace {

using pkpd::Dimension;
using pkpd::Model;
using pkpd::Parameter;

class Check {
 public:
  Check(json::Reader& top, const Model& model) : top_(top), model_(model) {}

  void run() {
    unique("aliases", model_.aliases, [](const auto& alias) { return alias; });
    unique("compartments", model_.compartments, [](const auto& each) { return each.id; });
    unique("routes", model_.routes, [](const auto& each) { return each.id; });
    unique("outputs", model_.outputs, [](const auto& each) { return each.id; });
    unique("dosed", model_.dosed, [](pkpd::Moiety moiety) { return std::string(pkpd::moiety_text(moiety)); });
    for (const auto& each : model_.compartments) {
      if (!each.volume.empty()) above_zero(each.volume, Dimension::volume, "compartments");
    }
    for (const auto& route : model_.routes) {
      for (const auto& path : route.paths) check(path);
    }
    check_flows();
    for (const auto& output : model_.outputs) with_volume(output.compartment, "outputs");
    check_variability();
    check_use();
  }

 private:
  void check(const pkpd::Path& path) {
    compartment(path.compartment, "routes");
    if (!path.lag.empty()) parameter(path.lag, Dimension::time, "routes");
    if (!path.over.empty()) above_zero(path.over, Dimension::time, "routes");
    if (!path.modelled_duration.empty()) above_zero(path.modelled_duration, Dimension::time, "routes");
    if (!path.modelled_rate.empty()) above_zero(path.modelled_rate, Dimension::input_rate, "routes");
    for (const auto& factor : path.fraction) {
      for (const auto& name : factor.product) {
        const Parameter* found = parameter(name, Dimension::fraction, "routes");
        if (found == nullptr || !(found->value > 1.0)) continue;
        if (factor.complement) fault_of(name, "one minus this would be negative: it is at most 1");
        if (found->from.note.empty())
          fault_of(name, "a fraction of a dose above 1 needs a note that says why");
      }
    }
  }

  void check_flows() {
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& flow : model_.flows) {
      const std::string to = flow.to.empty() ? "out" : flow.to;
      compartment(flow.from, "flows");
      if (!flow.to.empty()) compartment(flow.to, "flows");
      if (flow.from == flow.to) fault("flows", fmt::format("a flow from '{}' to itself", flow.from));
      // They would add up unseen.
      if (!seen.emplace(flow.from, flow.to).second)
        fault("flows", fmt::format("two flows from '{}' to '{}'", flow.from, to));
      if (!flow.rate.empty()) parameter(flow.rate, Dimension::rate_constant, "flows");
      if (!flow.mean_time.empty()) above_zero(flow.mean_time, Dimension::time, "flows");
      if (!flow.clearance.empty()) {
        parameter(flow.clearance, Dimension::clearance, "flows");
        with_volume(flow.from, "flows");
      }
      shares(flow.fraction);
      yields(flow.yield);
    }
  }

  void shares(const std::vector<pkpd::Factor>& factors) {
    for (const auto& factor : factors) {
      for (const auto& name : factor.product) {
        const Parameter* found = parameter(name, Dimension::fraction, "flows");
        if (found != nullptr && found->value > 1.0) fault_of(name, "a fraction of a flow is at most 1");
      }
    }
  }

  void yields(const std::vector<pkpd::Factor>& factors) {
    double product = 1.0;
    for (const auto& factor : factors) {
      if (factor.complement) fault("flows", "a yield is a product of parameters, not one minus them");
      for (const auto& name : factor.product) {
        const Parameter* found = parameter(name, Dimension::fraction, "flows");
        if (found != nullptr) product *= found->value.value_or(1.0);
      }
    }
    if (!(product <= 2.0))
      fault("flows", fmt::format("a yield of {}; at most 2 is allowed, for no molecule here doubles its mass",
                                 product));
  }

  void check_variability() {
    std::set<std::pair<pkpd::Level, std::string>> drawn;
    for (const auto& block : model_.variability.blocks) {
      for (std::size_t i = 0; i < block.parameters.size() && i < block.distributions.size(); ++i) {
        const std::string& name = block.parameters[i];
        if (!drawn.emplace(block.level, name).second)
          fault("variability", fmt::format("parameter '{}' is drawn twice at one level", name));
        fits(name, block.distributions[i]);
      }
    }
    std::set<std::string> read;
    for (const auto& residual : model_.variability.residuals) {
      const auto& id = residual.output;
      if (std::ranges::find(model_.outputs, id, &pkpd::Output::id) == model_.outputs.end())
        fault("variability", fmt::format("there is no output '{}'", id));
      if (!read.insert(id).second)
        fault("variability", fmt::format("output '{}' has two residual errors", id));
    }
  }

  void fits(const std::string& name, pkpd::Distribution distribution) {
    const Parameter* found = find(name);
    if (found == nullptr) return fault("variability", fmt::format("there is no parameter '{}'", name));
    const bool logit_fits =
        found->dimension == Dimension::fraction && found->value > 0.0 && found->value < 1.0;
    if (distribution == pkpd::Distribution::logit_normal && !logit_fits)
      fault("variability", fmt::format("logit-normal is for a fraction between 0 and 1; '{}' is none", name));
    if (distribution == pkpd::Distribution::log_normal && found->value && !(*found->value > 0.0))
      fault("variability", fmt::format("log-normal is for what is above zero; '{}' is not", name));
  }

  void check_use() {
    if (model_.preferred && model_.on_request)
      fault("on_request", "what is used only on request is not preferred");
    const auto unspecified = [](const pkpd::Output& output) {
      return output.moiety == pkpd::Moiety::unspecified || output.site == pkpd::SamplingSite::unspecified;
    };
    const bool general = std::ranges::find(model_.dosed, pkpd::Moiety::unspecified) != model_.dosed.end() ||
                         std::ranges::any_of(model_.outputs, unspecified);
    const auto& domain = model_.domain;
    if (general && (domain.weight || domain.age_years))
      fault("domain", "a model of no drug in particular ('unspecified') has no domain");
    if (general && model_.preferred)
      fault("preferred", "a model of no drug in particular ('unspecified') is never preferred");
    if (!general && !(domain.weight && domain.age_years))
      fault("domain", "a model of a drug says for which weights and ages it may be used");
    if (model_.outputs.empty() || model_.dosed.empty()) return;  // told already: at least one of each
    if (model_.outputs.front().moiety != model_.dosed.front())
      fault("outputs", "the first output is the drug that the model was estimated for");
  }

  const Parameter* find(const std::string& name) const {
    const auto found = std::ranges::find(model_.parameters, name, &Parameter::name);
    return found == model_.parameters.end() ? nullptr : &*found;
  }

  // The parameter, if it is there and what its use asks for.
  const Parameter* parameter(const std::string& name, Dimension dimension, std::string_view where) {
    const Parameter* found = find(name);
    if (found == nullptr) {
      fault(where, fmt::format("there is no parameter '{}'", name));
    } else if (found->dimension != dimension) {
      fault(where,
            fmt::format("parameter '{}' has the unit {}, which does not fit its use", name, found->unit));
      return nullptr;
    }
    return found;
  }

  void above_zero(const std::string& name, Dimension dimension, std::string_view where) {
    const Parameter* found = parameter(name, dimension, where);
    if (found != nullptr && found->value && !(*found->value > 0.0))
      fault_of(name, "a volume, a duration or a rate of input is above zero");
  }

  void compartment(const std::string& id, std::string_view where) {
    if (std::ranges::find(model_.compartments, id, &pkpd::Compartment::id) == model_.compartments.end())
      fault(where, fmt::format("there is no compartment '{}'", id));
  }

  void with_volume(const std::string& id, std::string_view where) {
    const auto found = std::ranges::find(model_.compartments, id, &pkpd::Compartment::id);
    if (found == model_.compartments.end()) {
      fault(where, fmt::format("there is no compartment '{}'", id));
    } else if (found->volume.empty()) {
      fault(where, fmt::format("compartment '{}' has no volume", id));
    }
  }

  template <class List, class Name>
  void unique(std::string_view where, const List& list, Name&& name) {
    std::set<std::string> seen;
    for (const auto& each : list) {
      if (!seen.insert(name(each)).second) fault(where, fmt::format("'{}' appears twice", name(each)));
    }
  }

  void fault(std::string_view where, std::string what) { top_[where].fault(std::move(what)); }
  void fault_of(const std::string& parameter, std::string_view what) {
    top_["parameters"][parameter].fault(std::string(what));
  }

  json::Reader& top_;
  const Model& model_;
};

}  // namespace

void check_model(json::Reader& top, const Model& model) {
  Check{top, model}.run();
}

}  // namespace evenkeel::content
