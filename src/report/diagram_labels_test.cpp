#include "report/diagram_labels.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::report {
namespace {

TEST(DiagramLabels, OverlapIsTheCommonSurface) {
  const Rectangle a{{0.0, 0.0}, 10.0, 10.0};
  EXPECT_DOUBLE_EQ(overlap(a, {{5.0, 8.0}, 10.0, 10.0}), 10.0);
  EXPECT_DOUBLE_EQ(overlap(a, {{10.0, 0.0}, 5.0, 5.0}), 0.0);
  EXPECT_DOUBLE_EQ(overlap(a, {{-20.0, -20.0}, 5.0, 5.0}), 0.0);
}

TEST(DiagramLabels, ALabelStandsAboveWhatRunsAcrossAndRightOfWhatRunsDown) {
  LabelPlaces places{{}, {}, 400.0, 400.0};
  const Rectangle across = places.place({{100.0, 100.0}, {200.0, 100.0}}, 40.0, 14.0, 5.0);
  EXPECT_LE(across.corner.y + across.height, 95.0 + 1e-9);
  EXPECT_NEAR(across.corner.x + across.width / 2.0, 150.0, 1e-9);
  const Rectangle down = places.place({{300.0, 200.0}, {300.0, 300.0}}, 40.0, 14.0, 5.0);
  EXPECT_GE(down.corner.x, 305.0 - 1e-9);
}

TEST(DiagramLabels, ALabelAvoidsBoxesAndTheLabelsBeforeIt) {
  const Rectangle above{{100.0, 70.0}, 200.0, 28.0};
  LabelPlaces places{{above}, {}, 400.0, 400.0};
  const Line arrow{{100.0, 100.0}, {300.0, 100.0}};
  const Rectangle first = places.place(arrow, 40.0, 14.0, 5.0);
  EXPECT_DOUBLE_EQ(overlap(first, above), 0.0);
  EXPECT_GT(first.corner.y, 100.0);
  const Rectangle second = places.place(arrow, 40.0, 14.0, 5.0);
  EXPECT_DOUBLE_EQ(overlap(second, first), 0.0);
}

TEST(DiagramLabels, ALabelStaysOnThePage) {
  LabelPlaces places{{}, {}, 200.0, 200.0};
  const Rectangle at = places.place({{195.0, 50.0}, {195.0, 150.0}}, 40.0, 14.0, 5.0);
  EXPECT_LE(at.corner.x + at.width, 200.0);
}

TEST(DiagramLabels, ALabelAvoidsOtherArrowsWhereThereIsRoom) {
  const Line own{{100.0, 100.0}, {200.0, 100.0}};
  const Line other{{100.0, 88.0}, {200.0, 88.0}};
  LabelPlaces places{{}, {own, other}, 400.0, 400.0};
  const Rectangle at = places.place(own, 40.0, 14.0, 5.0);
  EXPECT_GT(at.corner.y, 100.0);
}

}  // namespace
}  // namespace evenkeel::report
