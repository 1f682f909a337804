#include "exchange/sign_reader.hpp"

#include <algorithm>

#include "exchange/sign_words.hpp"

namespace evenkeel::exchange {
namespace {

using json::Reader;
namespace w = words;

constexpr double most_lab_value = 1e6;

std::string note_of(Reader place) {
  return place.has("note") ? place["note"].text() : std::string{};
}

care::Toxicology::Result test_result(Reader p) {
  care::Toxicology::Result result;
  if (!p.object({"substance", "found"}, {"limit", "note"})) return result;
  result.substance = p["substance"].one_of(w::substances);
  result.found = p["found"].boolean();
  if (p.has("limit")) {
    result.limit = p["limit"].quantity<Concentration>();
    if (!(*result.limit > Concentration{})) p["limit"].fault("a limit of a test is above zero");
  }
  result.note = note_of(p);
  if (result.substance == care::Substance::other && result.note.empty())
    p.fault("'note' is missing: another substance is named there");
  return result;
}

}  // namespace

care::Body toxicology(Reader p) {
  care::Toxicology body;
  if (!p.object({"specimen", "confirmed", "results"})) return body;
  body.specimen = p["specimen"].one_of(w::specimens);
  body.confirmed = p["confirmed"].boolean();
  for (Reader each : p["results"].items(1)) {
    const auto result = test_result(each);
    // Two of one class are told apart by their notes.
    const bool again = std::ranges::any_of(body.results, [&](const auto& other) {
      return other.substance == result.substance && other.note == result.note;
    });
    if (again) each.fault("a second result for the same substance; say in 'note' which one each is of");
    body.results.push_back(result);
  }
  return body;
}

care::Body medicine_changed(Reader p) {
  care::MedicineChanged body;
  if (!p.object({"substance", "name", "change", "prescribed"}, {"note"})) return body;
  body.substance = p["substance"].one_of(w::substances);
  body.name = p["name"].text(100);
  body.taken = p["change"].one_of(w::medicine_changes);
  body.prescribed = p["prescribed"].one_of(w::prescribed);
  body.note = note_of(p);
  return body;
}

care::Body lab_result(Reader p) {
  care::LabResult body;
  if (!p.object({"test", "value", "upper_limit", "unit"})) return body;
  body.test = p["test"].one_of(w::labs);
  body.value = p["value"].number(0.0, most_lab_value);
  body.upper_limit = p["upper_limit"].number(0.0, most_lab_value);
  if (!(body.upper_limit > 0.0)) p["upper_limit"].fault("an upper limit of normal is above zero");
  body.unit = p["unit"].text(20);
  return body;
}

care::Body urine_test(Reader p) {
  care::UrineTest body;
  if (!p.object({"infection", "blood"})) return body;
  body.infection = p["infection"].boolean();
  body.blood = p["blood"].boolean();
  return body;
}

care::Body appointment_missed(Reader p) {
  care::AppointmentMissed body;
  if (!p.object({"reason"}, {"note"})) return body;
  body.reason = p["reason"].one_of(w::missed_reasons);
  body.note = note_of(p);
  return body;
}

care::Body circumstance(Reader p) {
  care::CircumstanceNoted body;
  if (!p.object({"circumstance"}, {"note"})) return body;
  body.circumstance = p["circumstance"].one_of(w::circumstances);
  body.note = note_of(p);
  return body;
}

care::Body harm(Reader p) {
  care::HarmSeen body;
  if (!p.object({"harm"}, {"note"})) return body;
  body.harm = p["harm"].one_of(w::harms);
  body.note = note_of(p);
  return body;
}

}  // namespace evenkeel::exchange
