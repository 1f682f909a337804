#include "clinic/read_back.hpp"

#include <gtest/gtest.h>

namespace evenkeel::clinic {
namespace {

Decimal number(const char* text) {
  return *Decimal::parse(text);
}

// 36.7 mg at 3 mg/mL over 40 min: 12.233 mL at 18.349 mL/h.
DrawnUp drawn() {
  care::Ready state;
  state.drawn_up.dose_mg = number("36.7");
  state.drawn_up.mg_per_mL = number("3");
  state.drawn_up.length = 40.0 * units::min;
  return drawn_up(state, {});
}

bool takes(const char* dose, const char* volume, const char* rate) {
  return differences({number(dose), number(volume), number(rate)}, drawn()).empty();
}

TEST(ReadBack, TheNumbersAreThoseOfTheSyringe) {
  EXPECT_EQ(*drawn().volume_mL, number("12.233"));
  EXPECT_EQ(*drawn().rate_mL_per_h, number("18.349"));
}

TEST(ReadBack, TakesWhatADeviceShowsOfThem) {
  EXPECT_TRUE(takes("36.7", "12.233", "18.349"));
  EXPECT_TRUE(takes("36.7", "12.2", "18.3")) << "with one decimal";
  EXPECT_TRUE(takes("36.70", "12.23", "18.34")) << "cut";
  EXPECT_TRUE(takes("36.7", "12.23", "18.35")) << "rounded";
}

TEST(ReadBack, TakesNothingElse) {
  EXPECT_FALSE(takes("36.7", "12", "18.3")) << "a whole number shows no decimal";
  EXPECT_FALSE(takes("36.7", "12.3", "18.3"));
  EXPECT_FALSE(takes("36.7", "12.2", "18.4"));
  EXPECT_FALSE(takes("36.7", "12.2", "1.83"));
  EXPECT_FALSE(takes("36.7", "12.24", "18.3"));
  EXPECT_FALSE(takes("37", "12.2", "18.3")) << "the dose is said whole";
}

TEST(ReadBack, WithoutAPlanNothingIsPlanned) {
  EXPECT_FALSE(planned_dose({}, Instant{}));
}

}  // namespace
}  // namespace evenkeel::clinic
