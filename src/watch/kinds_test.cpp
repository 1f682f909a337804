// The events by kind, as they come and as a stable sort of each kind has them.

#include "watch/kinds.hpp"

#include <gtest/gtest.h>

#include <random>

#include "support/events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;

// Written down in any order of happening, many at the same moment.
std::vector<care::Event> in_any_order(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<care::Event> events;
  for (int i = 0; i < 60; ++i) {
    const double when = static_cast<double>(random() % 12);
    care::Body body = random() % 3 == 0   ? care::Body{symptom(care::Symptom::nocturia)}
                      : random() % 2 == 0 ? care::Body{craving(static_cast<int>(random() % 11))}
                                          : care::Body{phq9("000000000")};
    events.push_back(event("e" + std::to_string(i), day(when), std::move(body)));
  }
  return events;
}

// The second road: ids of those that `wanted` picks, by a stable sort.
template <class Wanted>
std::vector<std::string> sorted(std::vector<care::Event> events, Wanted wanted) {
  std::erase_if(events, [&](const care::Event& each) { return !wanted(each.body); });
  std::ranges::stable_sort(events, {}, &care::Event::at);
  std::vector<std::string> ids;
  for (const care::Event& each : events) ids.push_back(each.id);
  return ids;
}

template <class Body>
std::vector<std::string> ids_of(std::span<const Timed<Body>> list) {
  std::vector<std::string> ids;
  for (const auto& each : list) ids.push_back(each.event->id);
  return ids;
}

TEST(Kinds, AreByTimeAndAmongEqualsAsWritten) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const auto events = in_any_order(seed);
    const Kinds kinds(events);
    EXPECT_EQ(
        ids_of(kinds.of<care::SymptomReport>()),
        sorted(events,
               [](const care::Body& body) { return std::holds_alternative<care::SymptomReport>(body); }))
        << "seed " << seed;
    EXPECT_EQ(
        ids_of(kinds.of<care::Evaluation>()),
        sorted(events, [](const care::Body& body) { return std::holds_alternative<care::Evaluation>(body); }))
        << "seed " << seed;
  }
}

TEST(Kinds, OfAnInstrumentAreItsEvaluationsAlone) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const auto events = in_any_order(seed);
    const Kinds kinds(events);
    for (const std::string name : {"phq-9", "craving-0-10"}) {
      EXPECT_EQ(ids_of(kinds.of_instrument(name)),
                sorted(events,
                       [&](const care::Body& body) {
                         const auto* evaluation = std::get_if<care::Evaluation>(&body);
                         return evaluation != nullptr && evaluation->instrument == name;
                       }))
          << "seed " << seed;
    }
    EXPECT_TRUE(kinds.of_instrument("nobody-asked").empty());
  }
}

}  // namespace
}  // namespace evenkeel::watch
