// Sites: what is taken makes a set of limits, and no dose that syringe and pump deliver exceeds what was
// wanted.
#include "content/site_reader.hpp"
#include "fuzz_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evenkeel;
  const auto site = content::read_site(as_text(data, size));
  if (!site) {
    promise(!site.error().empty(), "a refusal has a reason");
    for (const Error& error : site.error()) promise(!error.what.empty(), "every reason has words");
    return 0;
  }
  const auto limits = plan::LimitSet::make(site->limits);
  promise(limits.has_value(), "the limits that are read make a set");
  for (const char* mg : {"0.5", "41", "119.9"}) {
    const plan::Prescription wanted{*Decimal::parse(mg), Decimal{40}, {}};
    const auto made = plan::deliverable(wanted, site->syringe, site->pump);
    if (!made) {
      promise(!made.error().what.empty(), "what cannot be delivered says why");
      continue;
    }
    promise(made->mg <= wanted.mg, "rounding never raises the dose");
    promise(made->minutes >= wanted.minutes, "rounding never raises the rate");
    promise(made->mL <= site->syringe.volume_mL, "the syringe holds it");
    for (const Decimal& rate : made->rates_mL_h) promise(rate <= site->pump.most_mL_h, "the pump runs it");
  }
  return 0;
}
