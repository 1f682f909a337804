// A fuzz target without its fuzzer: every seed, and simple changes of each, always the same ones. It needs no
// clang and no sanitizer, so it runs with every other test; the search for new inputs is the preset `fuzz`.
//
// usage: replay FOLDER...
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

constexpr int changes_of_each = 100;
constexpr std::size_t longest = 20'000;

std::vector<fs::path> files_in(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{folder}) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void try_one(const std::string& input) {
  std::vector<std::uint8_t> bytes(input.begin(), input.end());
  bytes.resize(std::min(bytes.size(), longest));
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

// One byte is another, is missing or comes twice, or the end is missing. A modulus is the same everywhere;
// the distributions of the standard library are not.
std::string changed(std::string input, std::mt19937_64& random) {
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
  for (std::size_t times = 1 + below(4); times > 0 && !input.empty(); --times) {
    const std::size_t at = below(input.size());
    switch (below(4)) {
      case 0:
        input[at] = static_cast<char>(below(256));
        break;
      case 1:
        input.erase(at, 1);
        break;
      case 2:
        input.insert(at, 1, input[at]);
        break;
      default:
        input.resize(at);
    }
  }
  return input;
}

}  // namespace

int main(int count, char** folders) {
  std::mt19937_64 random{1};
  std::size_t seeds = 0;
  for (int i = 1; i < count; ++i) {
    for (const fs::path& file : files_in(folders[i])) {
      const std::string seed = bytes_of(file);
      try_one(seed);
      for (int change = 0; change < changes_of_each; ++change) try_one(changed(seed, random));
      ++seeds;
    }
  }
  try_one("");
  std::printf("%zu seeds, %d changes of each\n", seeds, changes_of_each);
  return seeds > 0 ? 0 : 1;
}
