#include <fmt/format.h>

#include <fstream>

#include "content/library_loader.hpp"

namespace evenkeel::content {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 4 << 20;

}  // namespace

Result<std::string> read_text(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) return Error{ErrorCode::storage, file.string(), "cannot be read: " + error.message()};
  if (size > largest_file) {
    return Error{ErrorCode::invalid_input, file.string(),
                 fmt::format("{} bytes long; at most {} are read", size, largest_file)};
  }
  std::ifstream in{file, std::ios::binary};
  std::string text(size, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(size))) {
    return Error{ErrorCode::storage, file.string(), "cannot be read"};
  }
  return text;
}

}  // namespace evenkeel::content
