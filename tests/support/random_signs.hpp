// Random bodies of the kinds that warning signs are read from (care/sign_event.hpp), and every field of each
// for a comparison.
#pragma once

#include <tuple>

#include "support/random_events.hpp"

namespace evenkeel::test {

inline auto fields(const care::Toxicology& b) {
  std::vector<std::tuple<care::Substance, bool, std::optional<Concentration>, std::string>> results;
  for (const auto& each : b.results) results.emplace_back(each.substance, each.found, each.limit, each.note);
  return std::tuple{b.specimen, b.confirmed, results};
}
inline auto fields(const care::MedicineChanged& b) {
  return std::tuple{b.substance, b.name, b.taken, b.prescribed, b.note};
}
inline auto fields(const care::LabResult& b) {
  return std::tuple{b.test, b.value, b.upper_limit, b.unit};
}
inline auto fields(const care::UrineTest& b) {
  return std::tuple{b.infection, b.blood};
}
inline auto fields(const care::AppointmentMissed& b) {
  return std::tuple{b.reason, b.note};
}
inline auto fields(const care::CircumstanceNoted& b) {
  return std::tuple{b.circumstance, b.note};
}
inline auto fields(const care::HarmSeen& b) {
  return std::tuple{b.harm, b.note};
}

inline std::string maybe_text(RandomEvents& r) {
  return r.chance(2) ? "" : r.text();
}

// One result for each of some substances: a test says one thing about each.
inline care::Toxicology random_toxicology(RandomEvents& r) {
  care::Toxicology body{r.code<care::Specimen>(1, 4), r.chance(2), {}};
  for (int code = r.whole(1, 11); code <= 11; code += r.whole(1, 5)) {
    const auto substance = static_cast<care::Substance>(code);
    body.results.push_back({substance, r.chance(2),
                            r.maybe([&] { return r.number(10.0) * (units::mg / units::L); }),
                            substance == care::Substance::other ? r.text() : maybe_text(r)});
  }
  return body;
}

inline constexpr int sign_kinds = 7;

inline care::Body random_sign(RandomEvents& r, int kind) {
  switch (kind) {
    case 0:
      return random_toxicology(r);
    case 1:
      return care::MedicineChanged{r.code<care::Substance>(1, 11), r.text(), r.chance(2),
                                   r.code<care::Prescribed>(1, 4), maybe_text(r)};
    case 2:
      return care::LabResult{r.code<care::Lab>(1, 5), r.chance(9) ? 0.0 : r.number(5000.0), r.number(200.0),
                             "U/L"};
    case 3:
      return care::UrineTest{r.chance(2), r.chance(2)};
    case 4:
      return care::AppointmentMissed{r.code<care::MissedBecause>(1, 5), maybe_text(r)};
    case 5:
      return care::CircumstanceNoted{r.code<care::Circumstance>(1, 9), maybe_text(r)};
    default:
      return care::HarmSeen{r.code<care::Harm>(1, 6), maybe_text(r)};
  }
}

}  // namespace evenkeel::test
