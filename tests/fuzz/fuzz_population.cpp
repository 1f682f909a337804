// Populations: what is taken can be drawn from, each member lies within what is stated, again and again the
// same.
#include <algorithm>

#include "content/population_reader.hpp"
#include "fuzz_target.hpp"

namespace {

using namespace evenkeel;

void check(const std::optional<pkpd::Spread>& spread, std::optional<double> drawn) {
  promise(spread.has_value() == drawn.has_value(), "what is stated is drawn, and nothing else");
  if (!spread) return;
  const double rounding = 1e-9 * std::max(1.0, spread->within.high());
  promise(spread->within.low() - rounding <= *drawn && *drawn <= spread->within.high() + rounding,
          "a member lies within the interval");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto population = content::read_population(as_text(data, size));
  if (!population) {
    promise(!population.error().empty(), "a refusal has a reason");
    for (const Error& error : population.error()) promise(!error.what.empty(), "every reason has words");
    return 0;
  }
  const auto sampler = pkpd::MemberSampler::make(*population);
  promise(sampler.has_value(), "what is read can be drawn from");
  for (std::uint32_t i = 0; i < 20; ++i) {
    const auto member = sampler->member(1, i);
    check(population->weight, member.weight ? std::optional{member.weight->in(units::kg)} : std::nullopt);
    check(population->age, member.age_years);
    promise(!member.japanese || !*member.japanese || *member.asian, "the Japanese are Asian");
    promise(sampler->member(1, i).age_years == member.age_years, "a member is the same again");
  }
  return 0;
}
