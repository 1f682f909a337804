#include "base/result.hpp"

namespace evenkeel {

std::string to_string(const Error& error) {
  return error.where.empty() ? error.what : error.where + ": " + error.what;
}

}  // namespace evenkeel
