#include "apps/evenkeel/command.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "report/page.hpp"

namespace evenkeel::app {
namespace fs = std::filesystem;

Status status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
    case ErrorCode::not_found:
    case ErrorCode::stale:
    case ErrorCode::not_permitted:
      return bad_input;
    case ErrorCode::outside_domain:
      return outside_domain;
    case ErrorCode::storage:
      return storage_failed;
  }
  return bad_input;
}

void complain(const Error& error) {
  std::cerr << "evenkeel: " << report::shown(to_string(error)) << '\n';
}

fs::path content_folder(const std::string& named) {
  if (!named.empty()) return named;
  if (const char* set = std::getenv("EVENKEEL_CONTENT"); set != nullptr && *set != '\0') return set;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path installed = program.parent_path().parent_path() / "share/evenkeel/content";
  if (!program.empty() && fs::is_directory(installed, ignored)) return installed;
  return EVENKEEL_CONTENT_SOURCE;
}

fs::path instruments_folder(const std::string& named) {
  const char* set = std::getenv("EVENKEEL_INSTRUMENTS");
  if (!named.empty() || set == nullptr) return named;
  return set;
}

Status write_out(const std::string& text, const std::string& file) {
  if (file.empty()) {
    std::cout << text << std::flush;
    if (std::cout) return done;
    complain({ErrorCode::storage, "standard output", "could not be written"});
    return storage_failed;
  }
  std::ofstream out{file, std::ios::binary | std::ios::trunc};
  out << text;
  out.close();
  if (out) return done;
  complain({ErrorCode::storage, file, "could not be written"});
  return storage_failed;
}

}  // namespace evenkeel::app
