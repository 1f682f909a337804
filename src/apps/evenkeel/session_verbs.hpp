// What a nurse or prescriber says at the chair, one verb each, and the event that it becomes.
#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "care/event.hpp"

namespace evenkeel::app {

// Every value that some verb takes, as typed.
struct SessionWords {
  std::string session;
  std::string place;
  std::string what;  // a check, a rule, a sign, an instrument
  std::string concern;
  std::string not_applicable;
  bool go_on = false;
  std::string clinician;
  std::string reason;
  std::string note;
  std::string base_mg;
  bool more_than_drawn_up = false;
  std::string base_mg_per_mL;
  std::string base_mg_per_h;
  std::string over;
  std::string second;
  std::string pressure;  // "120/80"
  std::optional<int> heart_rate;
  std::optional<int> spo2;
  std::optional<int> respiratory_rate;
  std::optional<int> moaas;
  std::string moment;
  std::vector<std::string> answers;  // "1=0"
  std::optional<int> total;
  std::string departure;
  bool no_escort = false;
  std::string next_contact;
};

struct SessionVerb {
  std::string_view name;
  std::string_view help;
  void (*options)(CLI::App& command, SessionWords& words);
  // The event's body. Errors name the option.
  Result<care::Body> (*body)(const SessionWords& words);
};
[[nodiscard]] std::span<const SessionVerb> session_verbs();

}  // namespace evenkeel::app
