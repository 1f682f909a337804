#include "report/footnotes.hpp"

#include <gtest/gtest.h>

namespace evenkeel::report {
namespace {

TEST(Footnotes, TheSameRemarkHasTheSameLetter) {
  Footnotes notes;
  EXPECT_EQ(notes.mark("one"), "a");
  EXPECT_EQ(notes.mark("two"), "b");
  EXPECT_EQ(notes.marks({"two", "one", "three"}), "b, a, c");
  EXPECT_EQ(notes.marks({}), "none");
  EXPECT_NE(notes.finish().markup.find("<b>c</b> three"), std::string::npos);
}

TEST(Footnotes, AfterZComesANumber) {
  Footnotes notes;
  for (int i = 0; i < 26; ++i) notes.mark(std::to_string(i));
  EXPECT_EQ(notes.mark("more"), "a1");
}

TEST(Footnotes, WithoutRemarksThereIsNoList) {
  EXPECT_TRUE(Footnotes{}.finish().empty());
}

}  // namespace
}  // namespace evenkeel::report
