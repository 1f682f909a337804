#include "plan/profile.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::plan {
namespace {

Error refuse(std::string what, ErrorCode code = ErrorCode::outside_domain) {
  return {code, "", std::move(what)};
}

bool is_steeper(const ProfilePart& a, const ProfilePart& b) {
  return a.percent_of_dose * b.percent_of_time > b.percent_of_dose * a.percent_of_time;
}

// What one part of the profile takes of the pump.
struct PartRun {
  Decimal rate_mL_h;
  Decimal minutes;
};

Result<PartRun> run_part(const ProfilePart& part, const Decimal& mL, const Prescription& wanted,
                         const Pump& pump) {
  const auto share = multiply(mL, Decimal{part.percent_of_dose});               // of 100
  const auto length = multiply(wanted.minutes, Decimal{part.percent_of_time});  // of 100
  if (!share || !length) return refuse("more digits than can be compared", ErrorCode::invalid_input);
  if (*share == Decimal{}) return PartRun{Decimal{}, *length->shifted(2)};
  const auto per_hour = multiply(*share, Decimal{60});
  if (!per_hour) return per_hour.error();
  const auto steps = whole_steps_within({*per_hour, *length}, pump.step_mL_h);
  if (!steps) return steps.error();
  const auto rate = multiply(*steps, pump.step_mL_h);
  if (!rate) return rate.error();
  if (!(*rate > Decimal{}))
    return refuse(fmt::format("{:.4g} mL/h is less than the pump's smallest step, {} mL/h",
                              Ratio{*per_hour, *length}.to_double(), short_text(pump.step_mL_h)));
  if (!(*rate <= pump.most_mL_h)) {
    return refuse(fmt::format("{} mL/h is faster than the pump runs, {} mL/h", short_text(*rate),
                              short_text(pump.most_mL_h)));
  }
  const auto hundredfold = multiply(*rate, Decimal{100});
  if (!hundredfold) return hundredfold.error();
  const Decimal thousandth = *Decimal{1}.shifted(3);
  const auto ticks = whole_steps_reaching({*per_hour, *hundredfold}, thousandth);
  if (!ticks) return ticks.error();
  const auto minutes = multiply(*ticks, thousandth);
  if (!minutes) return minutes.error();
  return PartRun{*rate, *minutes};
}

Result<Decimal> drawn_mL(const Prescription& wanted, const Syringe& syringe) {
  const auto steps = whole_steps_within({wanted.mg, syringe.mg_per_mL}, syringe.step_mL);
  if (!steps) return steps.error();
  const auto mL = multiply(*steps, syringe.step_mL);
  if (!mL) return mL;
  if (!(*mL > Decimal{})) {
    return refuse(fmt::format("{} mg is less than the syringe's smallest step, {} mL of {} mg/mL",
                              short_text(wanted.mg), short_text(syringe.step_mL),
                              short_text(syringe.mg_per_mL)));
  }
  if (!(*mL <= syringe.volume_mL)) {
    return refuse(fmt::format("{} mg are {} mL of {} mg/mL; the syringe holds {} mL", short_text(wanted.mg),
                              short_text(*mL), short_text(syringe.mg_per_mL), short_text(syringe.volume_mL)));
  }
  return mL;
}

}  // namespace

Result<Profile> checked_profile(Profile profile) {
  int time = 0;
  int dose = 0;
  for (const ProfilePart& part : profile.parts) {
    if (!(part.percent_of_time > 0 && part.percent_of_time <= 100 && part.percent_of_time % 10 == 0 &&
          part.percent_of_dose >= 0 && part.percent_of_dose <= 100)) {
      return refuse(fmt::format("profile {}: a part of {} % of the time with {} % of the dose; time comes in "
                                "whole tens above zero, dose from 0 to 100",
                                profile.name, part.percent_of_time, part.percent_of_dose),
                    ErrorCode::invalid_input);
    }
    time += part.percent_of_time;
    dose += part.percent_of_dose;
  }
  if (time != 100 || dose != 100) {
    return refuse(fmt::format("profile {}: shares of time add up to {} %, of dose to {} %; each is 100",
                              profile.name, time, dose),
                  ErrorCode::invalid_input);
  }
  return profile;
}

Result<TestedDose> as_wanted(const Prescription& wanted) {
  if (!(wanted.mg > Decimal{} && wanted.minutes > Decimal{} && !wanted.profile.parts.empty()))
    return refuse(fmt::format("{} mg over {} min; both are above zero, in at least one part",
                              wanted.mg.to_string(), wanted.minutes.to_string()),
                  ErrorCode::invalid_input);
  const auto steepest = std::ranges::max_element(
      wanted.profile.parts, [](const auto& a, const auto& b) { return is_steeper(b, a); });
  const auto over = product(wanted.mg, Decimal{60}, Decimal{steepest->percent_of_dose});
  const auto under = multiply(wanted.minutes, Decimal{steepest->percent_of_time});
  if (!over || !under) return refuse("more digits than can be compared", ErrorCode::invalid_input);
  return TestedDose{wanted.mg, wanted.minutes, Ratio{*over, *under}};
}

Result<Delivered> deliverable(const Prescription& wanted, const Syringe& syringe, const Pump& pump) {
  if (const auto fits = as_wanted(wanted); !fits) return fits.error();
  const auto mL = drawn_mL(wanted, syringe);
  if (!mL) return mL.error();
  const auto mg = multiply(*mL, syringe.mg_per_mL);
  if (!mg) return mg.error();
  Delivered delivered{*mg, *mL, {}, Decimal{}, Decimal{}};
  Decimal fastest;
  for (const ProfilePart& part : wanted.profile.parts) {
    const auto run = run_part(part, *mL, wanted, pump);
    if (!run) return run.error();
    const auto minutes = add(delivered.minutes, run->minutes);
    if (!minutes) return minutes.error();
    delivered.minutes = *minutes;
    delivered.rates_mL_h.push_back(run->rate_mL_h);
    fastest = std::max(fastest, run->rate_mL_h);
  }
  const auto highest = multiply(fastest, syringe.mg_per_mL);
  if (!highest) return highest.error();
  delivered.highest_mg_h = *highest;
  return delivered;
}

}  // namespace evenkeel::plan
