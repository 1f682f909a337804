// Text of a diagram: broken into lines, and about how wide it is drawn. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace evenkeel::report {

inline constexpr double line_height_px = 15.0;  // of text of 12 px

// Lines of at most `most` characters where the words allow it; broken at spaces only.
[[nodiscard]] std::vector<std::string> broken(std::string_view text, std::size_t most);
// Likewise for a box's name; the long name of a molecule is broken at its seam.
[[nodiscard]] std::vector<std::string> name_lines(const std::string& name, std::size_t most);
// px, about as a common sans serif draws the widest of the lines: the reader's own font is not known.
[[nodiscard]] double widest(const std::vector<std::string>& lines);

}  // namespace evenkeel::report
