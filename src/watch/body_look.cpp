#include "watch/body_look.hpp"

#include <utility>

namespace evenkeel::watch {
namespace {

using care::Severity;
using care::Symptom;

constexpr std::pair<std::string_view, Symptom> items[] = {{"frequency", Symptom::urinary_frequency},
                                                          {"urgency", Symptom::urinary_urgency},
                                                          {"nocturia", Symptom::nocturia},
                                                          {"pain-passing", Symptom::painful_urination},
                                                          {"pain-lower-belly", Symptom::bladder_pain},
                                                          {"blood", Symptom::blood_in_urine}};

std::optional<int> answer(const care::Evaluation& evaluation, std::string_view item) {
  const auto found = evaluation.answers.find(std::string(item));
  return found == evaluation.answers.end() ? std::nullopt : std::optional{found->second};
}

// A yes is as bad as the answer about all of them says, and mild at least; another number is no answer.
void add_answers(const Timed<care::Evaluation>& evaluation, std::vector<BladderReading>& found) {
  const int severity = answer(*evaluation.body, "severity").value_or(1);
  const bool known = severity >= 1 && severity <= static_cast<int>(Severity::severe);
  const Severity of_a_yes = known ? static_cast<Severity>(severity) : Severity::mild;
  for (const auto& [item, symptom] : items) {
    const auto given = answer(*evaluation.body, item);
    if (!given || (*given != 0 && *given != 1)) continue;
    found.push_back(
        {evaluation.event->id, evaluation.at(), symptom, *given == 1 ? of_a_yes : Severity::none});
  }
}

}  // namespace

std::vector<BladderReading> bladder_readings(const Chart& chart, std::string_view instrument) {
  std::vector<BladderReading> found;
  const auto reports = all<care::SymptomReport>(chart);
  const auto asked = evaluations(chart, instrument);
  found.reserve(reports.size() + std::size(items) * asked.size());
  for (const auto& report : reports) {
    if (!care::is_bladder(report.body->symptom)) continue;
    found.push_back({report.event->id, report.at(), report.body->symptom, report.body->severity});
  }
  for (const auto& evaluation : asked) add_answers(evaluation, found);
  std::ranges::stable_sort(found, {}, &BladderReading::at);
  return found;
}

std::vector<Medicine> medicines(const Chart& chart) {
  std::vector<Medicine> found;
  for (const auto& change : all<care::MedicineChanged>(chart)) {
    const care::MedicineChanged& body = *change.body;
    if (body.taken) {
      found.push_back({change.event->id, body.substance, body.name, body.prescribed, change.at(), {}});
      continue;
    }
    for (Medicine& medicine : found) {
      const bool same = medicine.substance == body.substance && medicine.name == body.name;
      if (same && !medicine.stopped) medicine.stopped = change.at();
    }
  }
  return found;
}

bool in_window(const Rule& rule, const Chart& chart, Instant at) {
  return chart.now - at <= rule.threshold("window") * units::day;
}

bool near(Instant one, Instant other, Duration margin) {
  return one <= other + margin && other <= one + margin;
}

}  // namespace evenkeel::watch
