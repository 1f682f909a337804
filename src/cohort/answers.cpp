#include "cohort/answers.hpp"

#include <string>

namespace evenkeel::cohort {
namespace {

using care::Evaluation;
using care::Symptom;

// How an answer hangs on the condition: suppositions of this software, like for all behaviours. In points of
// the item for each point of the PHQ-9, day or step.
constexpr double difficulty_per_point = 0.1;
constexpr double anxiety_per_point = 0.7;
constexpr double work_per_point = 0.06;
constexpr double work_ill = 1.5;
constexpr double usual_contacts = 5.5;  // days of a week
constexpr double contacts_per_point = 0.1;
constexpr double contacts_ill = 3.0;
constexpr double sleep_per_point = 0.08;
constexpr double item_noise = 0.25;
constexpr double contacts_noise = 0.6;
constexpr double sign_noise = 0.3;

constexpr double dissociation_from = 50.0;  // ng/mL
constexpr double per_100 = 0.01;

constexpr pkpd::Variable score_luck = luck("phq-9");
constexpr pkpd::Variable anxiety_luck = luck("gad-7");
constexpr pkpd::Variable craving_luck = luck("craving");
constexpr pkpd::Variable difficulty_luck = luck("difficulty");
constexpr pkpd::Variable admits_luck = luck("admits another source");
constexpr pkpd::Variable dissociation_luck = luck("dissociation");
constexpr pkpd::Variable contacts_luck = luck("contacts");
constexpr pkpd::Variable systolic_luck = luck("systolic");
constexpr pkpd::Variable usual_systolic_luck = luck("usual systolic");
constexpr pkpd::Variable heart_luck = luck("heart rate");

constexpr std::array<std::string_view, 9> withdrawal_items = {"craving",      "low-mood", "anxiety",
                                                              "irritability", "tremor",   "sweating",
                                                              "fatigue",      "appetite", "insomnia"};

// An item with noise of its own.
int item(const Asked& asked, std::string_view name, double value, int most = 3) {
  return answer_of(value + item_noise * asked.draws.normal(luck(name), asked.day), 0, most);
}

// `total` over the first items, as evenly as it goes and from another one on for each patient; what they
// cannot hold comes last, so that the answer on wishing to be dead is given only by the most severely ill.
void spread(int total, int items, int last, int first, Evaluation& into) {
  for (int i = 0; i < items; ++i) {
    const int place = (i + items - first) % items;
    const int points = std::min(3, total / items + (place < total % items ? 1 : 0));
    into.answers[std::to_string(i + 1)] = points;
  }
  if (last > 0) into.answers[std::to_string(last)] = std::max(0, total - 3 * items);
}

void phq9(const Asked& asked, Evaluation& into) {
  const double truth = asked.condition.phq9();
  const int total =
      answer_of(truth + asked.nature.score_noise.value * asked.draws.normal(score_luck, asked.day), 0, 27);
  spread(total, 8, 9, static_cast<int>(8.0 * asked.draws.even(score_luck)), into);
  const double difficulty =
      difficulty_per_point * truth + asked.condition.neglect() + (asked.condition.ill_in_body() ? 1.0 : 0.0);
  into.answers["difficulty"] =
      answer_of(difficulty + item_noise * asked.draws.normal(difficulty_luck, asked.day), 0, 3);
}

void gad7(const Asked& asked, Evaluation& into) {
  const double truth = anxiety_per_point * asked.condition.phq9();
  const double noise = asked.nature.score_noise.value * asked.draws.normal(anxiety_luck, asked.day);
  spread(answer_of(truth + noise, 0, 21), 7, 0, static_cast<int>(7.0 * asked.draws.even(anxiety_luck)), into);
}

double told_craving(const Asked& asked) {
  return asked.behaviour.drives.honesty.value * asked.condition.craving();
}

void craving(const Asked& asked, Evaluation& into) {
  const double noise = asked.nature.craving_noise.value * asked.draws.normal(craving_luck, asked.day);
  into.answers["1"] = answer_of(told_craving(asked) + noise, 0, 10);
}

void dependence_check(const Asked& asked, Evaluation& into) {
  const Condition& now = asked.condition;
  const double honesty = asked.behaviour.drives.honesty.value;
  const double state = std::min(1.0, now.dependence() / asked.dependence_harm);
  into.answers["preoccupation"] = item(asked, "preoccupation", 0.3 * told_craving(asked));
  into.answers["cutting-down"] = item(asked, "cutting-down", 3.0 * honesty * state);
  into.answers["neglect"] = item(asked, "neglect", now.neglect());
  into.answers["withdrawn"] = item(asked, "withdrawn", now.lost_contact() * 3.0 / 7.0);
  into.answers["without"] = item(asked, "without", honesty * now.withdrawal());
  const bool using_now = now.driven() && asked.behaviour.supply != Supply::none &&
                         now.left() * asked.behaviour.drives.outside_days.value > 0.0;
  into.answers["other-source"] =
      using_now && asked.draws.happens(admits_luck, asked.day, honesty * now.left()) ? 1 : 0;
}

void daily_life(const Asked& asked, Evaluation& into) {
  const Condition& now = asked.condition;
  const bool ill = now.ill_in_body();
  into.answers["work"] =
      item(asked, "work", work_per_point * now.phq9() + now.neglect() + (ill ? work_ill : 0.0));
  const double contacts =
      usual_contacts - contacts_per_point * now.phq9() - now.lost_contact() - (ill ? contacts_ill : 0.0);
  into.answers["contacts"] =
      answer_of(contacts + contacts_noise * asked.draws.normal(contacts_luck, asked.day), 0, 7);
  into.answers["sleep"] = item(asked, "sleep", sleep_per_point * now.phq9());
  into.answers["concentration"] = item(asked, "concentration", sleep_per_point * now.phq9());
  into.answers["body"] = ill ? 1 : 0;
}

void withdrawal_check(const Asked& asked, Evaluation& into) {
  const double signs = asked.condition.withdrawal();
  for (const std::string_view name : withdrawal_items) {
    double value = signs;
    if (name == "craving") value = std::max(value, 0.3 * told_craving(asked));
    if (name == "low-mood" || name == "fatigue") value = std::max(value, 0.06 * asked.condition.phq9());
    const double noise = sign_noise * asked.draws.normal(luck(name), asked.day);
    into.answers[std::string(name)] = answer_of(value + noise, 0, 3);
  }
}

void suicide_screen(const Asked&, Evaluation& into) {
  for (const char* question : {"1", "2", "3", "4"}) into.answers[question] = 0;
}

void discharge_readiness(const Asked&, Evaluation& into) {
  for (const char* each : {"circulation", "orientation-gait", "nausea", "bleeding", "drinking"})
    into.answers[each] = 2;
}

struct Known {
  std::string_view instrument;
  void (*answer)(const Asked&, Evaluation&);
};
constexpr Known known[] = {{"phq-9", &phq9},
                           {"gad-7", &gad7},
                           {"craving-0-10", &craving},
                           {"dependence-check", &dependence_check},
                           {"daily-life", &daily_life},
                           {"withdrawal-check", &withdrawal_check},
                           {"asq", &suicide_screen},
                           {"discharge-readiness", &discharge_readiness}};

}  // namespace

Evaluation answered(const Asked& asked, std::string_view instrument, care::Moment moment) {
  Evaluation made{std::string(instrument), moment, {}, {}};
  const auto found = std::ranges::find(known, instrument, &Known::instrument);
  if (found != std::ranges::end(known)) found->answer(asked, made);
  return made;
}

Evaluation dissociation(const Asked& asked, double peak_ng_mL) {
  const double above = per_100 * std::max(0.0, peak_ng_mL - dissociation_from);
  const double felt = asked.nature.dissociation_per_100.value * above * (1.0 - asked.condition.tolerance()) *
                      (1.0 - asked.condition.habit());
  const double noise =
      asked.nature.dissociation_noise.value * asked.draws.normal(dissociation_luck, asked.day);
  Evaluation made{"dissociation-0-10", care::Moment::after_dose, {}, {}};
  made.answers["1"] = answer_of(felt + noise, 0, 10);
  return made;
}

std::array<care::SymptomReport, 6> bladder_report(const Condition& condition) {
  using care::Severity;
  std::array<care::SymptomReport, 6> told{{{Symptom::urinary_frequency, Severity::none, ""},
                                           {Symptom::urinary_urgency, Severity::none, ""},
                                           {Symptom::nocturia, Severity::none, ""},
                                           {Symptom::painful_urination, Severity::none, ""},
                                           {Symptom::bladder_pain, Severity::none, ""},
                                           {Symptom::blood_in_urine, Severity::none, ""}}};
  if (condition.bladder() == Bladder::well) return told;
  told[0].severity = Severity::moderate;
  if (condition.bladder() == Bladder::infection) {
    told[3].severity = Severity::moderate;
  } else {
    told[1].severity = Severity::moderate;
    told[4].severity = condition.bladder() == Bladder::harmed ? Severity::moderate : Severity::mild;
  }
  return told;
}

care::VitalSigns vital_signs(const Asked& asked, double ng_mL, int reading) {
  constexpr int readings_a_day = 32;
  const int place = asked.day * readings_a_day + reading;
  const double usual = 122.0 + 9.0 * asked.draws.normal(usual_systolic_luck);
  const double rise = asked.nature.pressure_rise.value * per_100 * ng_mL;
  care::VitalSigns signs;
  signs.systolic_mmHg = answer_of(usual + rise + 5.0 * asked.draws.normal(systolic_luck, place), 95, 178);
  signs.diastolic_mmHg = *signs.systolic_mmHg * 5 / 8;
  signs.heart_rate_per_min =
      answer_of(72.0 + 0.3 * rise + 5.0 * asked.draws.normal(heart_luck, place), 52, 118);
  signs.spo2_percent = 98;
  signs.respiratory_rate_per_min = 15;
  signs.moaas = ng_mL >= 50.0 ? 4 : 5;
  return signs;
}

}  // namespace evenkeel::cohort
