// A target schedule (plan/target.hpp) as text, JSON and a page that people set a pump by. It says first that
// no pump is controlled, and beside the typical curve what other persons, delays and models would have.
//
// Whoever planned it (apps/) fills the value; this layer only shows. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/quantity.hpp"
#include "plan/target.hpp"
#include "plan/target_course.hpp"

namespace evenkeel::report {

// The same schedule under something else: other persons, another delay, another model.
struct TargetRange {
  std::string what;               // "1000 simulated subjects, seed 1", "kamp-2020"
  bool effect_site = false;       // of the effect site, else of plasma
  std::vector<double> low_ng_mL;  // 5 %, at the times of the course; empty: `middle` is one curve
  std::vector<double> middle_ng_mL;
  std::vector<double> high_ng_mL;  // 95 %
};

struct TargetLevel {  // published, of plasma
  std::string name;
  double from_ng_mL = 0.0;
  double to_ng_mL = 0.0;
};

struct TargetReport {
  std::string program;  // "evenkeel 0.1.0"
  std::string model;    // id
  std::string version;
  std::string status;
  std::string title;
  std::string drug;         // "racemic-ketamine"
  std::string output;       // "ketamine-arterial"
  std::string patient;      // "70 kg, 40 years"
  std::string effect_site;  // where its delay comes from; empty where plasma is steered
  BodyMass weight;          // > 0
  plan::TargetQuestion question;
  plan::TargetAnswer answer;
  std::vector<plan::Stopped> stopped;  // each with a time for each of `levels`
  std::vector<TargetLevel> levels;
  std::vector<TargetRange> ranges;
  std::vector<std::string> caveats;
};

// Within 80 columns.
[[nodiscard]] std::string target_text(const TargetReport& report, bool colour);

// schema/target-1.schema.json; the fields of each object by name.
[[nodiscard]] std::string target_json(const TargetReport& report);

// One HTML file with plots, no script, nothing fetched.
[[nodiscard]] std::string target_page(const TargetReport& report);

}  // namespace evenkeel::report
