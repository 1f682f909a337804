// R17: units, rounding and weight, with the bounds of a protocol drawn at random.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "plan/candidates.hpp"
#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using nlohmann::json;
using test::dec;

constexpr std::uint64_t seed = 20261128;

class Draw {
 public:
  explicit Draw(std::uint64_t from) : rng_(from) {}
  std::int64_t whole(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>{low, high}(rng_);
  }
  Decimal decimal(std::int64_t low, std::int64_t high, int places) {
    return *Decimal{whole(low, high)}.shifted(places);
  }

 private:
  std::mt19937_64 rng_;
};

json shipped() {
  return json::parse(*content::read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} /
                                         "content/protocols/iv-ket-trd-0.5x40.json"));
}

void put(json& tree, const char* place, double value, const char* unit) {
  json& number = tree[json::json_pointer{place}];
  number.erase("adjustable");  // whose bounds are in the old unit
  number["value"] = value;
  number["unit"] = unit;
}

// The shipped protocol with one draw of bounds, written in the one units or in the other.
struct Bounds {
  std::int64_t highest_ug_kg;
  std::int64_t rate_ug_kg_min;
  std::int64_t interval_min;
};

json protocol_in(const Bounds& b, bool small_units) {
  json tree = shipped();
  const auto d = [](std::int64_t n) { return static_cast<double>(n); };
  put(tree, "/dosing/bounds/highest", small_units ? d(b.highest_ug_kg) : d(b.highest_ug_kg) / 1000.0,
      small_units ? "ug/kg" : "mg/kg");
  put(tree, "/dosing/bounds/highest_rate", small_units ? d(b.rate_ug_kg_min) : d(b.rate_ug_kg_min) * 0.06,
      small_units ? "ug/kg/min" : "mg/kg/h");
  put(tree, "/dosing/bounds/least_interval", small_units ? d(b.interval_min) : d(b.interval_min) / 60.0,
      small_units ? "min" : "h");
  return tree;
}

std::vector<Limit> limits_from(const json& tree) {
  const auto protocol = content::read_protocol(tree.dump());
  if (!protocol) {
    for (const Error& fault : protocol.error()) ADD_FAILURE() << to_string(fault);
    return {};
  }
  return limits_of(*protocol, care::Phase::induction);
}

Bounds bounds_of(Draw& draw) {
  return {draw.whole(1000, 3000), draw.whole(17, 33), draw.whole(20, 100) * 60};
}

// R17
TEST(DoseUnits, AChangeOfUnitNeverAltersALimit) {
  Draw draw{seed};
  for (int run = 0; run < 60; ++run) {
    const Bounds bounds = bounds_of(draw);
    const auto large = limits_from(protocol_in(bounds, false));
    const auto small = limits_from(protocol_in(bounds, true));
    ASSERT_EQ(large.size(), small.size());
    ASSERT_EQ(large.size(), 5U);
    for (std::size_t i = 0; i < large.size(); ++i) {
      EXPECT_EQ(large[i].kind, small[i].kind);
      EXPECT_EQ(large[i].value, small[i].value)
          << "seed " << seed << ", run " << run << ": " << large[i].value.to_string() << " and "
          << small[i].value.to_string() << ' ' << limit_unit(large[i].kind);
    }
    EXPECT_EQ(large[0].value, *Decimal{bounds.highest_ug_kg}.shifted(3)) << "and it is what was written";
  }
}

LimitSet limits_in(const care::Protocol& protocol) {
  auto all = compiled_in();
  const auto own = limits_of(protocol, care::Phase::induction);
  all.insert(all.end(), own.begin(), own.end());
  return *LimitSet::make(std::move(all));
}

DoseQuestion question_of(Draw& draw, const care::Protocol& protocol) {
  DoseQuestion q;
  q.now = q.start = test::at("2026-03-16T10:00:00Z");
  q.protocol = protocol;
  q.patient.weight = {draw.decimal(350, 1800, 1), q.now, care::WeightBasis::actual};
  for (std::int64_t i = draw.whole(0, 2); i > 0; --i)
    q.patient.history.push_back({q.start - static_cast<double>(40 + 24 * i) * units::h,
                                 draw.decimal(1, 800, 1), q.patient.weight->kg, draw.decimal(1, 900, 1),
                                 true});
  q.site = test::plain_site();
  q.site.syringe.mg_per_mL = draw.decimal(1, 500, 1);
  q.site.syringe.step_mL = draw.decimal(1, 100, 2);
  q.site.pump.step_mL_h = draw.decimal(1, 200, 2);
  return q;
}

// R17: by multiplication in decimals, not by the road of the check.
TEST(DoseUnits, RoundingNeverCarriesADoseAboveTheProtocolsCap) {
  const auto protocol = test::shipped_protocol();
  const auto set = limits_in(protocol);
  const Decimal per_kg = set.binding(LimitKind::dose_per_kg)->value;
  Draw draw{seed};
  int passed = 0;
  for (int run = 0; run < 3000; ++run) {
    const auto q = question_of(draw, protocol);
    const Decimal cap = *multiply(per_kg, q.patient.weight->kg);
    // Within a tenth of a milligram of the cap, on either side.
    const auto wanted = add(cap, draw.decimal(-10, 10, 2));
    const auto one = sift_one(q, set, {*wanted, draw.decimal(600, 1200, 1), {}}, false);
    ASSERT_TRUE(one) << "seed " << seed << ", run " << run;
    const auto* candidate = std::get_if<Candidate>(&*one);
    if (candidate == nullptr) continue;
    ++passed;
    EXPECT_LE(*wanted, cap) << "seed " << seed << ", run " << run;
    EXPECT_LE(candidate->delivered.mg, cap) << "seed " << seed << ", run " << run;
  }
  EXPECT_GT(passed, 300);
}

// R17
TEST(DoseUnits, MoreWeightNeverLowersTheCapInMilligrams) {
  Draw draw{seed};
  for (const char* id : {"iv-ket-trd-0.5x40", "iv-ket-chronic-pain"}) {
    const auto protocol = test::shipped_protocol(id);
    const auto set = limits_in(protocol);
    for (int run = 0; run < 2000; ++run) {
      auto q = question_of(draw, protocol);
      const Decimal minutes = draw.decimal(20, 2400, 1);
      const auto lighter = set.dose_caps(minutes, context_of(q));
      q.patient.weight->kg = *add(q.patient.weight->kg, draw.decimal(0, 400, 1));
      const auto heavier = set.dose_caps(minutes, context_of(q));
      ASSERT_TRUE(lighter && heavier);
      EXPECT_TRUE(at_most(lighter->front().mg, heavier->front().mg))
          << id << ", seed " << seed << ", run " << run << ": " << lighter->front().mg.to_double() << " and "
          << heavier->front().mg.to_double();
    }
  }
}

}  // namespace
}  // namespace evenkeel::plan
