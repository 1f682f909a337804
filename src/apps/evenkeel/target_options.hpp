// What `evenkeel target` was asked, as the words of the command line and as values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "plan/target.hpp"

namespace evenkeel::app {

struct TargetOptions {
  std::string model;
  std::string patient;
  std::string parameters;
  std::vector<std::string> targets;  // "150ng/mL@20min"
  std::string until;
  std::string effect_site;  // an effect's id, or a half-life
  std::string plasma_max;
  std::string strength;
  std::string pump_max;
  std::string rate_step;
  std::string syringe;
  std::string every = "10s";
  std::string by_hand;
  std::string within = "5%";
  std::vector<std::string> beside;  // other models
  std::size_t subjects = 0;
  std::optional<std::uint64_t> seed;
  std::string format = "text";
  std::string output;
  std::string content;
};

// The part of the question that the options alone decide: all but the site and the amounts. Errors name the
// option: what cannot be read, or options that contradict each other.
[[nodiscard]] Result<plan::TargetQuestion> question_of(const TargetOptions& options);

// The half-life, where that is what --effect-site gives.
[[nodiscard]] std::optional<Duration> half_life_of(const TargetOptions& options);

// An error of plan_target with the option that the field came from.
[[nodiscard]] Error with_option(Error error);

}  // namespace evenkeel::app
