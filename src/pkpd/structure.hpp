// A model with its names resolved: from a patient to parameter values, from values to the linear
// system and to how a dose enters it.
//
//   patient --typical--> values --(random effects, random_effects.hpp)--> values --system--> dA/dt = K A + r
//
// Immutable; safe to read from any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "pkpd/model.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

// One number for each parameter of the model, in its order and canonical unit (L/h, L, 1/h, 1, h,
// mg/h). Not a number where the model leaves it to its user and the user has not given it.
using Values = std::vector<double>;

// A parameter's number from the user instead of the model's, by index, in the canonical unit.
struct Override {
  std::size_t parameter = 0;
  double value = 0.0;
};

// How a dose enters by one path, with the parameters of the moment.
struct Entry {
  std::size_t compartment = 0;
  double fraction = 1.0;                      // of the dose, > 0
  Duration lag;                               // >= 0
  std::optional<Duration> over;               // set: evenly over this time unless the dose says otherwise
  std::optional<Duration> modelled_duration;  // > 0
  std::optional<InfusionRate> modelled_rate;  // > 0
};

class Structure {
 public:
  // Flows and paths with places for names: parameters by their place in Values.
  struct FactorIndex {
    std::vector<std::size_t> product;
    bool complement = false;
  };
  using Factors = std::vector<FactorIndex>;
  struct FlowIndex {
    std::size_t from = 0;
    std::optional<std::size_t> to;
    std::size_t rate = 0;  // the parameter that the rate comes from
    enum class Form { constant, clearance, transit } form = Form::constant;
    double stages = 1.0;
    Factors fraction;
    Factors yield;
  };
  struct PathIndex {
    std::size_t compartment = 0;
    Factors fraction;
    std::optional<std::size_t> lag, over, modelled_duration, modelled_rate;
  };

  // `model` is one that its reader accepted: every name it uses exists.
  explicit Structure(Model model);

  [[nodiscard]] const Model& model() const { return model_; }
  // By name, or by number of a route from 1; none when there is none.
  [[nodiscard]] std::optional<std::size_t> parameter(std::string_view name) const;
  [[nodiscard]] std::optional<std::size_t> route(std::string_view id) const;
  // One of the unit that the model gives this parameter in, in the canonical unit: 60 for L/min.
  [[nodiscard]] double unit_of(std::size_t parameter) const;

  // Typical values for `patient`. An override replaces the model's number before covariates act.
  // Errors: outside_domain for a patient the model does not cover; invalid_input where the model
  // needs a covariate that is not known, or a value turns out negative or not finite.
  [[nodiscard]] Result<Values> typical(const Patient& patient,
                                       std::span<const Override> overrides = {}) const;

  // Errors (invalid_input): a parameter that was not given, a negative or non-finite rate, a volume
  // that is not above zero.
  [[nodiscard]] Result<LinearSystem> system(const Values& values) const;
  // K (1/h) and the volumes of `outputs` alone, into memory of the right size: for many subjects.
  [[nodiscard]] std::optional<Error> fill(const Values& values, std::span<const std::size_t> outputs,
                                          Eigen::MatrixXd& rates, std::span<double> volumes_L) const;
  // The compartment that an output is read from.
  [[nodiscard]] std::size_t output_compartment(std::size_t output) const { return outputs_[output]; }

  // The parameters that decide when a dose by `route` enters: lags, zero-order times, modelled durations
  // and rates. Where they are the same for two subjects, so are the times of all that happens.
  [[nodiscard]] std::vector<std::size_t> timing_parameters(std::size_t route) const;

  // For those who compute with scalars of their own (scalar_rates.hpp).
  [[nodiscard]] std::span<const FlowIndex> flows() const { return flows_; }
  [[nodiscard]] std::span<const PathIndex> paths(std::size_t route) const { return routes_[route]; }
  [[nodiscard]] std::optional<std::size_t> volume_of(std::size_t compartment) const {
    return volumes_[compartment];
  }

  // How a dose by `route` enters, one entry for each of its paths.
  // Errors (invalid_input): a fraction, lag, duration or rate that cannot be.
  [[nodiscard]] Result<std::vector<Entry>> entries(std::size_t route, const Values& values) const;

 private:
  [[nodiscard]] std::size_t parameter_index(const std::string& name) const;
  [[nodiscard]] std::optional<std::size_t> optional_index(const std::string& name) const;
  [[nodiscard]] std::size_t compartment_index(const std::string& id) const;
  [[nodiscard]] Factors factors(const std::vector<Factor>& list) const;
  [[nodiscard]] FlowIndex resolved(const Flow& flow) const;
  [[nodiscard]] PathIndex resolved(const Path& path) const;
  [[nodiscard]] std::optional<Error> add_flows(const Values& values, Eigen::MatrixXd& rates) const;
  [[nodiscard]] Result<double> output_volume_L(std::size_t output, const Values& values) const;
  [[nodiscard]] Result<Entry> entry(const PathIndex& path, const Values& values) const;
  [[nodiscard]] Error not_given(std::size_t parameter) const;

  Model model_;
  std::vector<FlowIndex> flows_;
  std::vector<std::size_t> outputs_;                 // compartment of each output
  std::vector<std::optional<std::size_t>> volumes_;  // parameter of each compartment's volume
  std::vector<std::vector<PathIndex>> routes_;
};

}  // namespace evenkeel::pkpd
