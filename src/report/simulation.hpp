// A simulation as a value, and as a text, JSON and a page.
//
// Plain numbers and words: whoever ran it (apps/) fills it, this layer only shows. Concentrations are in
// the output's own unit, times in hours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace evenkeel::report {

struct SimulatedDose {
  double at_h = 0.0;
  std::string words;  // "35 mg over 40 min, intravenous"
};

// One output over time: a band for each percentile, rising, or one typical curve.
struct SimulatedCurve {
  std::string name;                         // "ketamine-arterial"
  std::string unit;                         // "ng/mL"
  std::vector<double> percentiles;          // empty: one curve, the typical one
  std::vector<std::vector<double>> values;  // [percentile][time]
};

// What is read off the curves: of each subject, then percentiles over them (or the one value).
struct SimulatedQuantity {
  std::string output;
  std::string name;  // "peak", "time of the peak", "area", "time above 100 ng/mL (dissociation)"
  std::string unit;
  std::vector<double> values;  // as the percentiles of the curve; one where there are none
};

struct SimulatedModel {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string dosed;        // "racemic ketamine"
  std::string variability;  // what was drawn, or that nothing was
  std::vector<std::string> caveats;
  std::vector<SimulatedCurve> curves;
  std::vector<SimulatedQuantity> quantities;
};

struct Simulation {
  std::string program;   // "evenkeel 0.1.0"
  std::string title;     // of the regimen; may be empty
  std::string subjects;  // "one patient of 70 kg", "1000 simulated subjects, seed 1"
  std::optional<std::uint64_t> seed;
  std::size_t count = 1;
  std::vector<SimulatedDose> doses;
  std::vector<double> times_h;
  std::vector<SimulatedModel> models;
};

// Within 80 columns: what was simulated, then a table for each model and output.
[[nodiscard]] std::string simulation_text(const Simulation& simulation, bool colour);

// schema/simulation-1.schema.json
[[nodiscard]] std::string simulation_json(const Simulation& simulation);

// One HTML file with plots, no script, nothing fetched.
[[nodiscard]] std::string simulation_page(const Simulation& simulation);

}  // namespace evenkeel::report
