// The models as they are shipped, read one by one: a fault in other content does not stop these tests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "content/readers.hpp"
#include "pkpd/schedule.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {

inline std::filesystem::path models_folder() {
  return std::filesystem::path{EVENKEEL_SOURCE_DIR} / "content" / "models";
}

inline Model shipped_model(const std::filesystem::path& file) {
  std::ifstream stream{file};
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  auto model = content::read_model(text);
  EXPECT_TRUE(model.has_value()) << file << ": " << (model ? "" : to_string(model.error().front()));
  return model ? *std::move(model) : Model{};
}

inline Structure shipped_structure(const std::string& id) {
  return Structure{shipped_model(models_folder() / (id + ".json"))};
}

inline std::vector<Model> shipped_models() {
  std::vector<Model> models;
  for (const auto& entry : std::filesystem::directory_iterator{models_folder()}) {
    const auto& file = entry.path();
    if (file.extension() == ".json" && file.stem() != "schema") models.push_back(shipped_model(file));
  }
  return models;
}

inline Patient of_weight(double weight_kg) {
  return {weight_kg * units::kg, std::nullopt};
}

// The system of a shipped model for a patient of `weight_kg`.
inline LinearSystem shipped_system(const std::string& id, double weight_kg) {
  const auto structure = shipped_structure(id);
  const auto values = structure.typical(of_weight(weight_kg));
  EXPECT_TRUE(values.has_value()) << id;
  const auto system = structure.system(*values);
  EXPECT_TRUE(system.has_value()) << id;
  return *system;
}

// A dose by a named route; without a length of its own it takes the time that the route says.
struct Given {
  std::string route;
  double at_h = 0.0;
  double amount_mg = 0.0;
  double length_h = 0.0;
};

inline Record record_of(const Structure& structure, const Given& given) {
  const auto route = structure.route(given.route);
  EXPECT_TRUE(route.has_value()) << given.route;
  Record record;
  record.at = given.at_h * units::h;
  record.kind = RecordKind::dose;
  record.dose.route = route.value_or(0);
  record.dose.amount = given.amount_mg * units::mg;
  if (given.length_h > 0.0) {
    record.dose.form = DoseForm::over_duration;
    record.dose.duration = given.length_h * units::h;
  }
  return record;
}

// The exact course of `doses`, which stand in order of time, with parameters `values` throughout.
inline Trajectory course_of(const Structure& structure, const Values& values, const std::vector<Given>& doses,
                            Road road = Road::best) {
  const auto system = structure.system(values);
  EXPECT_TRUE(system.has_value()) << structure.model().id;
  Subject subject{{}, {*system}, {values}};
  for (const Given& given : doses) subject.records.push_back(record_of(structure, given));
  auto timeline = schedule(structure, subject, AfterLastRecord::all_that_is_due);
  EXPECT_TRUE(timeline.has_value()) << structure.model().id;
  return *Trajectory::make(*std::move(timeline), road);
}

inline Trajectory course_of(const std::string& id, const Patient& patient, const std::vector<Given>& doses) {
  const auto structure = shipped_structure(id);
  const auto values = structure.typical(patient);
  EXPECT_TRUE(values.has_value()) << id;
  return course_of(structure, *values, doses);
}

inline double ng_mL(Concentration level) {
  return level.in(units::ng / units::mL);
}

}  // namespace evenkeel::pkpd
