#include "pkpd/random.hpp"

#include <Random123/philox.h>

#include <Random123/uniform.hpp>

#include "pkpd/normal.hpp"

namespace evenkeel::pkpd {
namespace {

std::uint32_t low(std::uint64_t bits) {
  return static_cast<std::uint32_t>(bits);
}
std::uint32_t high(std::uint64_t bits) {
  return static_cast<std::uint32_t>(bits >> 32);
}

}  // namespace

double uniform(const Variable& variable, const Draw& draw) {
  const r123::Philox4x32::ctr_type counter{
      {draw.subject, draw.index, low(variable.code()), high(variable.code())}};
  const r123::Philox4x32::key_type key{{low(draw.seed), high(draw.seed)}};
  const auto bits = r123::Philox4x32{}(counter, key);
  return r123::u01fixedpt<double>(std::uint64_t{bits[1]} << 32 | bits[0]);
}

double standard_normal(const Variable& variable, const Draw& draw) {
  return normal_quantile(uniform(variable, draw));
}

}  // namespace evenkeel::pkpd
