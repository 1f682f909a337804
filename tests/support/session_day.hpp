// A day on which a patient may start a session, for tests of its gates.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "care/gates.hpp"
#include "support/session_protocol.hpp"
#include "support/visit_events.hpp"

namespace evenkeel::test {

// A patient for whom every gate passes at `zero`. A test changes one thing.
struct Day {
  care::Protocol protocol = session_protocol();
  std::vector<care::Instrument> instruments = session_instruments();
  std::vector<care::Event> events;
  int named = 0;

  Day() {
    put(day(-10), plan());
    put(day(-10), consent());
    for (const char* criterion : {"aneurysm", "psychosis", "history"}) put(day(-10), screened(criterion));
    put(day(-10), looked(care::LookedIn::dispensing_history));
    put(day(-10), symptom(care::Symptom::urinary_frequency, care::Severity::none));
    put(minute(-60), weighed(70));
    put(minute(-60), screen(0, 0));
    put(minute(-30), checked_in("s1"));
    put(minute(-25), checked("s1", care::Check::identity_first), "nurse-1");
    put(minute(-24), checked("s1", care::Check::identity_second), "nurse-2");
    for (const care::Check check : {care::Check::fasting, care::Check::escort, care::Check::equipment,
                                    care::Check::no_change, care::Check::pregnancy})
      put(minute(-20), checked("s1", check));
    put(minute(-10), pressure("s1", 125));
  }

  std::string put(Instant at, care::Body body, std::string who = "nurse") {
    events.push_back(by(std::move(who), event("g" + std::to_string(++named), at, std::move(body))));
    return events.back().id;
  }
  template <class T>
  void drop(auto&& wanted) {
    std::erase_if(events, [&](const care::Event& each) {
      const auto* body = std::get_if<T>(&each.body);
      return body != nullptr && wanted(*body);
    });
  }
  template <class T>
  void drop() {
    drop<T>([](const T&) { return true; });
  }
  void drop_check(care::Check check) {
    drop<care::PreCheck>([&](const care::PreCheck& done) { return done.check == check; });
  }
  [[nodiscard]] std::vector<care::GateResult> ask(Instant when = zero) const {
    return care::gates({events, protocol, instruments, "s1", when});
  }
  [[nodiscard]] care::GateResult of(std::string_view id, Instant when = zero) const {
    const auto results = ask(when);
    const auto found = std::ranges::find(results, id, &care::GateResult::id);
    return found == results.end() ? GateResult{} : *found;
  }
  [[nodiscard]] care::GateOutcome outcome(std::string_view id, Instant when = zero) const {
    return of(id, when).outcome;
  }
  [[nodiscard]] care::StartAnswer::Kind may(Instant when = zero) const {
    return care::may_start(ask(when)).kind;
  }
};

}  // namespace evenkeel::test
