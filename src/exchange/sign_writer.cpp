#include "exchange/sign_writer.hpp"

#include "exchange/quantity_writer.hpp"
#include "exchange/sign_words.hpp"

namespace evenkeel::exchange {
namespace {

using json::Node;
namespace w = words;
using Members = std::vector<std::pair<std::string, Node>>;

void note(Members& members, const std::string& text) {
  if (!text.empty()) members.emplace_back("note", json::text(text));
}

Node result(const care::Toxicology::Result& each) {
  Members m{{"substance", json::text(w::word_for(w::substances, each.substance))},
            {"found", json::boolean(each.found)}};
  if (each.limit) m.emplace_back("limit", quantity(*each.limit));
  note(m, each.note);
  return json::object(std::move(m));
}

}  // namespace

Node write(const care::Toxicology& body) {
  return json::object({{"specimen", json::text(w::word_for(w::specimens, body.specimen))},
                       {"confirmed", json::boolean(body.confirmed)},
                       {"results", json::list_of(body.results, result)}});
}

Node write(const care::MedicineChanged& body) {
  Members m{{"substance", json::text(w::word_for(w::substances, body.substance))},
            {"name", json::text(body.name)},
            {"change", json::text(w::word_for(w::medicine_changes, body.taken))},
            {"prescribed", json::text(w::word_for(w::prescribed, body.prescribed))}};
  note(m, body.note);
  return json::object(std::move(m));
}

Node write(const care::LabResult& body) {
  return json::object({{"test", json::text(w::word_for(w::labs, body.test))},
                       {"value", json::number(body.value)},
                       {"upper_limit", json::number(body.upper_limit)},
                       {"unit", json::text(body.unit)}});
}

Node write(const care::UrineTest& body) {
  return json::object({{"infection", json::boolean(body.infection)}, {"blood", json::boolean(body.blood)}});
}

Node write(const care::AppointmentMissed& body) {
  Members m{{"reason", json::text(w::word_for(w::missed_reasons, body.reason))}};
  note(m, body.note);
  return json::object(std::move(m));
}

Node write(const care::CircumstanceNoted& body) {
  Members m{{"circumstance", json::text(w::word_for(w::circumstances, body.circumstance))}};
  note(m, body.note);
  return json::object(std::move(m));
}

Node write(const care::HarmSeen& body) {
  Members m{{"harm", json::text(w::word_for(w::harms, body.harm))}};
  note(m, body.note);
  return json::object(std::move(m));
}

}  // namespace evenkeel::exchange
