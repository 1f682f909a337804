#include "exchange/ledger_writer.hpp"

#include "exchange/ledger_words.hpp"
#include "json/write.hpp"

namespace evenkeel::exchange {
namespace {

using json::Node;
namespace books = care::ledger;
namespace w = words;

Node volume(const Decimal& mL) {
  return json::object({{"value", json::number(mL)}, {"unit", json::text("mL")}});
}
Node whole(int value) {
  return json::number(static_cast<long long>(value));
}

Node write(const books::Received& b) {
  const Node strength = json::object({{"value", json::number(b.strength.mg_per_mL)},
                                      {"unit", json::text("mg/mL")},
                                      {"as", json::text(w::word_for(w::forms, b.strength.form))}});
  return json::object({{"lot", json::text(b.lot)},
                       {"drug", json::text(w::word_for(w::drugs, b.drug))},
                       {"strength", strength},
                       {"vial_volume", volume(b.vial_mL)},
                       {"vials", whole(b.vials)},
                       {"expires", json::text(b.expires.to_string())},
                       {"supplier", json::text(b.supplier)},
                       {"document", json::text(b.document)},
                       {"by", json::text(b.by)},
                       {"witness", json::text(b.witness)}});
}

Node write(const books::VialTaken& b) {
  return json::object({{"vial", json::text(b.vial)}, {"lot", json::text(b.lot)}, {"by", json::text(b.by)}});
}

Node write(const books::DrawnUp& b) {
  return json::object({{"draw", json::text(b.draw)},
                       {"vial", json::text(b.vial)},
                       {"volume", volume(b.volume_mL)},
                       {"session", json::text(b.session)},
                       {"patient", json::text(b.patient)},
                       {"by", json::text(b.by)},
                       {"checker", json::text(b.checker)}});
}

Node write(const books::Given& b) {
  return json::object(
      {{"draw", json::text(b.draw)}, {"volume", volume(b.volume_mL)}, {"by", json::text(b.by)}});
}

Node write(const books::Wasted& b) {
  const bool syringe = !b.draw.empty();
  return json::object({{syringe ? "draw" : "vial", json::text(syringe ? b.draw : b.vial)},
                       {"volume", volume(b.volume_mL)},
                       {"reason", json::text(b.reason)},
                       {"by", json::text(b.by)},
                       {"witness", json::text(b.witness)}});
}

Node write(const books::VialReturned& b) {
  return json::object(
      {{"vial", json::text(b.vial)}, {"by", json::text(b.by)}, {"witness", json::text(b.witness)}});
}

Node write(const books::ReturnedToSupplier& b) {
  return json::object({{"lot", json::text(b.lot)},
                       {"vials", whole(b.vials)},
                       {"supplier", json::text(b.supplier)},
                       {"document", json::text(b.document)},
                       {"by", json::text(b.by)},
                       {"witness", json::text(b.witness)}});
}

Node write(const books::Destroyed& b) {
  std::vector<std::pair<std::string, Node>> members{
      {"lot", json::text(b.lot)}, {"vials", whole(b.vials)}, {"reason", json::text(b.reason)}};
  if (!b.document.empty()) members.emplace_back("document", json::text(b.document));
  members.emplace_back("by", json::text(b.by));
  members.emplace_back("witness", json::text(b.witness));
  return json::object(std::move(members));
}

Node write(const books::Counted& b) {
  const auto parts = json::list_of(b.part_vials, [](const books::Counted::PartVial& each) {
    return json::object({{"vial", json::text(each.vial)}, {"volume", volume(each.volume_mL)}});
  });
  return json::object({{"lot", json::text(b.lot)},
                       {"vials", whole(b.vials)},
                       {"part_vials", parts},
                       {"by", json::text(b.by)},
                       {"witness", json::text(b.witness)}});
}

Node write(const books::DiscrepancyReviewed& b) {
  return json::object({{"count", json::text(b.count)},
                       {"volume", volume(b.volume_mL)},
                       {"reason", json::text(b.reason)},
                       {"by", json::text(b.by)},
                       {"witness", json::text(b.witness)}});
}

Node write(const books::EnteredInError& b) {
  std::vector<std::pair<std::string, Node>> members{{"event", json::text(b.event)},
                                                    {"reason", json::text(b.reason)}};
  if (!b.witness.empty()) members.emplace_back("witness", json::text(b.witness));
  return json::object(std::move(members));
}

}  // namespace

std::string write_ledger_heading(std::string_view site) {
  return json::dump(json::object({{"format", json::text("evenkeel.ledger")},
                                  {"version", json::number(1LL)},
                                  {"site", json::text(site)}}));
}

std::string write_ledger_event(const books::Event& event) {
  return json::dump(
      json::object({{"id", json::text(event.id)},
                    {"site", json::text(event.site)},
                    {"at", json::text(event.at.to_string())},
                    {"recorded_at", json::text(event.recorded_at.to_string())},
                    {"recorded_by", json::text(event.recorded_by)},
                    {"kind", json::text(books::kind_text(event.body))},
                    {"body", std::visit([](const auto& body) { return write(body); }, event.body)}}));
}

}  // namespace evenkeel::exchange
