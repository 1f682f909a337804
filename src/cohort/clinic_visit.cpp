// The day of an infusion.

#include <cmath>

#include "base/expects.hpp"
#include "cohort/clinic.hpp"
#include "cohort/life_parts.hpp"

namespace evenkeel::cohort {
namespace {

using care::Moment;
using units::min;

constexpr double ill_stays_away = 0.3;  // chance of missing an appointment while ill
constexpr int rebooked_after = 2;       // days
constexpr int dose_step_hundredths = 10;
constexpr int not_in_remission = 5;   // PHQ-9
constexpr double arrival_days = 7.0;  // on arrival the outcome is asked no more often
constexpr int renew_before = 35;      // days
constexpr double weight_spread = 0.005;
constexpr int spaced_from = 3;  // days that a gap is longer than the one before to be called spaced

constexpr pkpd::Variable show_luck = luck("no show");
constexpr pkpd::Variable word_luck = luck("no word");
constexpr pkpd::Variable push_luck = luck("dose push");
constexpr pkpd::Variable weight_luck = luck("weight");

}  // namespace

// The patient does not come: who is ill says so; of the others every second.
bool Clinic::missed(int today) {
  const double usual = condition_.driven() ? behaviour_.drives.no_show.value : 0.0;
  const bool ill = condition_.ill_in_body();
  if (!draws_.happens(show_luck, today, usual + (ill ? ill_stays_away : 0.0))) return false;
  const auto reason = ill                                   ? care::MissedBecause::illness
                      : draws_.even(word_luck, today) < 0.5 ? care::MissedBecause::no_word
                                                            : care::MissedBecause::travel;
  write(today, start_minute_, care::AppointmentMissed{reason, ""});
  schedule_.next = workday_from(today + rebooked_after);
  if (schedule_.gap_from == never) schedule_.gap_from = today;
  condition_.put_off(schedule_.gap_from);
  return true;
}

// Before the infusion: a dose that is agreed on anew, a plan that ends, and the interval from here on. The
// dose rises by a tenth of a mg/kg, while the last PHQ-9 is not in remission, up to what one clinician signs.
void Clinic::change_plan(int today) {
  const double minute = start_minute_ - 50.0;
  const bool ends = today - schedule_.planned_on >= 7 * 52 - renew_before;
  if (ends && schedule_.taper_left == never) approve(today, minute - 5.0);
  const care::Dosing& dosing = *protocol_.dosing;
  const double most = std::min(dosing.second_signature_above.value.in(units::mg / units::kg),
                               dosing.bounds.highest.value.in(units::mg / units::kg));
  const auto scores = chronicle_.totals(protocol_.course.outcome_instrument);
  const int raised = schedule_.dose_hundredths + dose_step_hundredths;
  const bool wanted = condition_.driven() && scores.size() >= 2 && scores.back() >= not_in_remission &&
                      raised <= 100.0 * most + 1e-6 && schedule_.taper_left == never;
  if (wanted && draws_.happens(push_luck, today, behaviour_.drives.dose_push.value)) {
    care::PlanChanged change;
    change.reason = care::ChangeReason::insufficient_response;
    change.note = "not in remission; a higher dose is tried";
    change.dose_mg_per_kg = Decimal{raised}.shifted(2).value();
    schedule_.dose_hundredths = raised;
    write(today, minute, std::move(change));
  }
  const int hours = 24 * gap_after(schedule_.done + 1);
  if (schedule_.done + 1 < protocol_.course.induction_sessions.value || hours == schedule_.interval_written)
    return;
  care::PlanChanged change;
  change.reason = care::ChangeReason::spacing;
  change.note = "the interval that follows in the protocol";
  change.interval = hours * units::h;
  schedule_.interval_written = hours;
  write(today, minute + 5.0, std::move(change));
}

void Clinic::add_readings(int today, double end, double discharge, std::vector<Entry>& entries) const {
  const std::string name = "s" + std::to_string(schedule_.done + 1);
  int reading = 0;
  const auto add = [&](double minute, const std::string& session) {
    const bool began = minute >= start_minute_;
    const double ng_mL = began ? body_.concentration_ng_mL(24.0 * today + minute / 60.0) : 0.0;
    care::VitalSigns signs = vital_signs(asked(today), ng_mL, reading++);
    signs.session = session;
    entries.push_back({minute, std::move(signs)});
  };
  add(start_minute_ - 10.0, "");
  const double every = protocol_.session.vitals_every.value.in(min);
  for (double minute = start_minute_ + every; minute < end - 0.5; minute += every) add(minute, name);
  for (const auto& after : protocol_.session.vitals_after_end) {
    if (end + after.value.in(min) <= discharge) add(end + after.value.in(min), name);
  }
}

void Clinic::infuse(int today) {
  const std::string name = "s" + std::to_string(schedule_.done + 1);
  const int weight_tenths = static_cast<int>(
      std::floor(10.0 * out_.weight_kg * (1.0 + weight_spread * draws_.normal(weight_luck, today)) + 0.5));
  // Tenths of a mg: hundredths of a mg/kg times tenths of a kg.
  const int mg_tenths = (schedule_.dose_hundredths * weight_tenths + 50) / 100;
  const care::DoseMg dose{*Decimal{mg_tenths}.shifted(1)};
  const Duration length = protocol_.dosing->infusion_length.value;
  const double end = start_minute_ + length.in(min);
  const double discharge = end + protocol_.session.discharge.after_end.value.in(min);

  const double kept = condition_.driven() ? 1.0 - behaviour_.drives.diverted.value : 1.0;
  const double start_h = 24.0 * today + start_minute_ / 60.0;
  const double given = kept * 0.1 * mg_tenths;
  const Exposed seen = body_.take(start_h, length.in(units::h), given);
  add_exposure(seen, out_);
  out_.clinic_mg += given;
  last_exposure_h_ = start_h;

  std::vector<Entry> entries;
  const auto add = [&](double minute, care::Body body) { entries.push_back({minute, std::move(body)}); };
  const std::string& outcome = protocol_.course.outcome_instrument;
  if (does(outcome) && today - schedule_.arrival_asked >= arrival_days * arm_.evaluation_every - 0.5) {
    schedule_.arrival_asked = today;
    if (!draws_.happens(luck("missed on arrival"), today, arm_.missed_evaluations))
      add(start_minute_ - 30.0, answered(asked(today), outcome, Moment::before_dose));
  }
  if (does("asq")) add(start_minute_ - 20.0, answered(asked(today), "asq", Moment::before_dose));
  add(start_minute_, care::SessionStarted{name, protocol_.drug, protocol_.route, dose, length,
                                          0.1 * weight_tenths * units::kg});
  add(end, care::SessionEnded{name, dose, care::Completion::completed, ""});
  add_readings(today, end, discharge, entries);
  if (does("dissociation-0-10")) add(end + 20.0, dissociation(asked(today), seen.peak_ng_mL));
  if (does("asq")) add(discharge - 4.0, answered(asked(today), "asq", Moment::after_dose));
  if (chronicle_.knows("discharge-readiness"))
    add(discharge - 2.0, answered(asked(today), "discharge-readiness", Moment::after_dose));
  add(discharge, care::SessionDischarged{name, true, 5, {}});
  std::ranges::stable_sort(entries, {}, &Entry::minute);
  chronicle_.begin_visit();
  for (Entry& entry : entries) write(today, entry.minute, std::move(entry.body));
  condition_.treated(given, kept);
}

void Clinic::schedule_next(int today) {
  const int before = schedule_.last == never ? 0 : gap_after(schedule_.done);
  ++schedule_.done;
  ++out_.sessions;
  const int gap = gap_after(schedule_.done);
  schedule_.last = today;
  schedule_.ended_gap = schedule_.gap_from != never;
  schedule_.gap_from = never;
  // What the gap before it would have been, where this one is spaced.
  schedule_.due_after = before > 0 && gap >= before + spaced_from ? before : 10'000;
  schedule_.next = workday_from(today + gap);
  if (schedule_.taper_left != never && --schedule_.taper_left <= 0) {
    schedule_.next = never;
    out_.stopped = true;
  }
}

void Clinic::visit(int today) {
  change_plan(today);
  infuse(today);
  schedule_next(today);
  const double out = start_minute_ + protocol_.dosing->infusion_length.value.in(min) +
                     protocol_.session.discharge.after_end.value.in(min);
  const auto& reviews = protocol_.course.review_after_sessions;
  if (std::ranges::find(reviews, schedule_.done, [](const auto& after) { return after.value; }) !=
      reviews.end()) {
    plan_review(today, out + 5.0);
  }
  look(today, out + 10.0);
}

}  // namespace evenkeel::cohort
