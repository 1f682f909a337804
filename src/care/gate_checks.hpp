// The single gates, for gates.cpp. Internal to care.
#pragma once

#include <string>
#include <vector>

#include "care/gates.hpp"
#include "care/session.hpp"

namespace evenkeel::care {

// A gate, asked: what had happened by `now`, and what every gate needs of it.
struct GateAsk {
  const GateQuestion& question;       // its events lie at or before `now`
  std::span<const Session> others;    // sessions started by `now`, without this one
  std::optional<Instant> checked_in;  // this session's
  const Gate& gate;
};

using GateResults = std::vector<GateResult>;

[[nodiscard]] GateResults identity_gate(const GateAsk& ask);
[[nodiscard]] GateResults checked_gate(const GateAsk& ask, Check check);
[[nodiscard]] GateResults weight_gate(const GateAsk& ask);
[[nodiscard]] GateResults pressure_gate(const GateAsk& ask);
[[nodiscard]] GateResults suicide_gate(const GateAsk& ask);
[[nodiscard]] GateResults dispensing_gate(const GateAsk& ask);
[[nodiscard]] GateResults interval_gate(const GateAsk& ask);
[[nodiscard]] GateResults consent_gate(const GateAsk& ask);
[[nodiscard]] GateResults plan_gate(const GateAsk& ask);
[[nodiscard]] GateResults evaluations_gate(const GateAsk& ask);
[[nodiscard]] GateResults eligibility_gate(const GateAsk& ask);

// The gate's own result.
[[nodiscard]] GateResult gate_result(const GateAsk& ask, GateOutcome outcome, std::string text,
                                     std::vector<std::string> basis = {});
// The gate's own result of what was seen at `seen`: `fresh`, or stale when it is too old.
[[nodiscard]] GateResult aged_result(const GateAsk& ask, GateOutcome fresh, std::string text,
                                     const Event& seen);
[[nodiscard]] bool is_fresh(const GateAsk& ask, Instant seen);
[[nodiscard]] std::string age_words(const GateAsk& ask, Instant seen);  // "at 2026-03-02 08:30, 20 min ago"
[[nodiscard]] std::string wanted_words(const GateAsk& ask);             // "no older than 24 h is asked for"

// The latest event whose body satisfies `wanted`: by its time, then by the order of writing.
template <class Wanted>
[[nodiscard]] const Event* latest_event(std::span<const Event> events, Wanted&& wanted) {
  const Event* latest = nullptr;
  for (const Event& event : events) {
    if (wanted(event.body) && (latest == nullptr || event.at >= latest->at)) latest = &event;
  }
  return latest;
}

}  // namespace evenkeel::care
