#include "exchange/ledger_reader.hpp"

#include <fmt/format.h>

#include <istream>

#include "exchange/json_lines.hpp"
#include "exchange/ledger_words.hpp"
#include "json/reader.hpp"
#include "json/write.hpp"

namespace evenkeel::exchange {
namespace {

using json::Reader;
namespace books = care::ledger;
namespace w = words;

constexpr int most_vials = 100'000;

// {"value": 2.5, "unit": "mL"}, digit for digit. What amounts are possible is for the ledger to say.
Decimal volume(Reader place) {
  if (!place.object({"value", "unit"})) return {};
  const Decimal value = place["value"].decimal();
  Reader unit = place["unit"];
  if (const std::string seen = unit.text(20); !seen.empty() && seen != "mL")
    unit.fault(fmt::format("'{}' is not a unit allowed here; a volume is written in mL", seen));
  return value;
}

// {"value": 50, "unit": "mg/mL", "as": "hydrochloride"}: as the label states it.
care::Strength strength(Reader place) {
  care::Strength made;
  if (!place.object({"value", "unit", "as"})) return made;
  made.mg_per_mL = place["value"].decimal();
  Reader unit = place["unit"];
  if (const std::string seen = unit.text(20); !seen.empty() && seen != "mg/mL")
    unit.fault(fmt::format("'{}' is not a unit allowed here; a label's strength is written in mg/mL", seen));
  made.form = place["as"].one_of(w::forms);
  return made;
}

books::Body received(Reader p) {
  books::Received b;
  if (!p.object({"lot", "drug", "strength", "vial_volume", "vials", "expires", "supplier", "document", "by",
                 "witness"}))
    return b;
  b.lot = p["lot"].name();
  b.drug = p["drug"].one_of(w::drugs);
  b.strength = strength(p["strength"]);
  b.vial_mL = volume(p["vial_volume"]);
  b.vials = p["vials"].integer(1, most_vials);
  b.expires = p["expires"].date();
  b.supplier = p["supplier"].text(200);
  b.document = p["document"].text(100);
  b.by = p["by"].name();
  b.witness = p["witness"].name();
  return b;
}

books::Body vial_taken(Reader p) {
  if (!p.object({"vial", "lot", "by"})) return books::VialTaken{};
  return books::VialTaken{p["vial"].name(), p["lot"].name(), p["by"].name()};
}

books::Body drawn_up(Reader p) {
  books::DrawnUp b;
  if (!p.object({"draw", "vial", "volume", "session", "patient", "by", "checker"})) return b;
  b.draw = p["draw"].name();
  b.vial = p["vial"].name();
  b.volume_mL = volume(p["volume"]);
  b.session = p["session"].name();
  b.patient = p["patient"].name();
  b.by = p["by"].name();
  b.checker = p["checker"].name();
  return b;
}

books::Body given(Reader p) {
  if (!p.object({"draw", "volume", "by"})) return books::Given{};
  return books::Given{p["draw"].name(), volume(p["volume"]), p["by"].name()};
}

books::Body wasted(Reader p) {
  books::Wasted b;
  if (!p.object({"volume", "reason", "by", "witness"}, {"draw", "vial"})) return b;
  if (p.has("draw") == p.has("vial"))
    p.fault("what is wasted comes from a syringe ('draw') or from a vial ('vial'): one of them is named");
  if (p.has("draw")) b.draw = p["draw"].name();
  if (p.has("vial")) b.vial = p["vial"].name();
  b.volume_mL = volume(p["volume"]);
  b.reason = p["reason"].text(400);
  b.by = p["by"].name();
  b.witness = p["witness"].name();
  return b;
}

books::Body vial_returned(Reader p) {
  if (!p.object({"vial", "by", "witness"})) return books::VialReturned{};
  return books::VialReturned{p["vial"].name(), p["by"].name(), p["witness"].name()};
}

books::Body returned_to_supplier(Reader p) {
  books::ReturnedToSupplier b;
  if (!p.object({"lot", "vials", "supplier", "document", "by", "witness"})) return b;
  b.lot = p["lot"].name();
  b.vials = p["vials"].integer(1, most_vials);
  b.supplier = p["supplier"].text(200);
  b.document = p["document"].text(100);
  b.by = p["by"].name();
  b.witness = p["witness"].name();
  return b;
}

books::Body destroyed(Reader p) {
  books::Destroyed b;
  if (!p.object({"lot", "vials", "reason", "by", "witness"}, {"document"})) return b;
  b.lot = p["lot"].name();
  b.vials = p["vials"].integer(1, most_vials);
  b.reason = p["reason"].text(400);
  if (p.has("document")) b.document = p["document"].text(100);
  b.by = p["by"].name();
  b.witness = p["witness"].name();
  return b;
}

books::Body counted(Reader p) {
  books::Counted b;
  if (!p.object({"lot", "vials", "part_vials", "by", "witness"})) return b;
  b.lot = p["lot"].name();
  b.vials = p["vials"].integer(0, most_vials);
  for (Reader each : p["part_vials"].items()) {
    if (!each.object({"vial", "volume"})) continue;
    b.part_vials.push_back({each["vial"].name(), volume(each["volume"])});
  }
  b.by = p["by"].name();
  b.witness = p["witness"].name();
  return b;
}

books::Body discrepancy_reviewed(Reader p) {
  books::DiscrepancyReviewed b;
  if (!p.object({"count", "volume", "reason", "by", "witness"})) return b;
  b.count = p["count"].name();
  b.volume_mL = volume(p["volume"]);
  b.reason = p["reason"].text();
  b.by = p["by"].name();
  b.witness = p["witness"].name();
  return b;
}

books::Body entered_in_error(Reader p) {
  books::EnteredInError b;
  if (!p.object({"event", "reason"}, {"witness"})) return b;
  b.event = p["event"].name();
  b.reason = p["reason"].text();
  if (p.has("witness")) b.witness = p["witness"].name();
  return b;
}

using ReadBody = books::Body (*)(Reader);
constexpr std::pair<std::string_view, ReadBody> kinds[] = {{"received", &received},
                                                           {"vial_taken", &vial_taken},
                                                           {"drawn_up", &drawn_up},
                                                           {"given", &given},
                                                           {"wasted", &wasted},
                                                           {"vial_returned", &vial_returned},
                                                           {"returned_to_supplier", &returned_to_supplier},
                                                           {"destroyed", &destroyed},
                                                           {"counted", &counted},
                                                           {"discrepancy_reviewed", &discrepancy_reviewed},
                                                           {"entered_in_error", &entered_in_error}};

void take_line(const Line& line, LedgerReading& reading) {
  const auto set_aside = [&](Error error) {
    reading.set_aside.push_back(
        {line.number, line.too_long ? "" : id_in(line.text), at_line(line.number, std::move(error))});
  };
  if (line.too_long) {
    set_aside({ErrorCode::invalid_input, "", fmt::format("longer than {} bytes", longest_line)});
    return;
  }
  auto event = read_ledger_event(line.text);
  if (!event) {
    for (Error& error : event.error()) set_aside(std::move(error));
    return;
  }
  if (auto added = reading.ledger.add(*std::move(event)); !added) set_aside(std::move(added.error()));
}

}  // namespace

Result<books::Event, Errors> read_ledger_event(std::string_view line) {
  const auto tree = json::parse(line, {.bytes = longest_line, .depth = 16});
  if (!tree) return tree.error();
  Errors faults;
  Reader top{*tree, faults};
  books::Event event;
  if (top.object({"id", "site", "at", "recorded_at", "recorded_by", "kind", "body"})) {
    event.id = top["id"].name();
    event.site = top["site"].name();
    event.at = top["at"].instant();
    event.recorded_at = top["recorded_at"].instant();
    event.recorded_by = top["recorded_by"].text(100);
    const ReadBody read = top["kind"].one_of(kinds);
    if (read != nullptr) event.body = read(top["body"]);
  }
  if (!faults.empty()) return faults;
  if (auto alone = books::check_alone(event); !alone) return Errors{std::move(alone.error())};
  return event;
}

Result<books::Body, Errors> read_ledger_body_text(std::string_view kind, std::string_view body) {
  auto tree = json::parse(body, {.bytes = longest_line, .depth = 16});
  if (!tree) return tree.error();
  const auto event = json::object({{"kind", json::text(kind)}, {"body", *std::move(tree)}});
  Errors faults;
  const json::Reader top{event, faults};
  const ReadBody read = top["kind"].one_of(kinds);
  books::Body found = read == nullptr ? books::Body{} : read(top["body"]);
  if (!faults.empty()) return faults;
  return found;
}

Result<LedgerReading> read_ledger(std::istream& in) {
  auto first = next_line(in, 1);
  if (!first || is_blank(first->text)) {
    return Error{ErrorCode::invalid_input, "line 1",
                 R"(empty; a ledger begins with {"format": "evenkeel.ledger", "version": 1, "site": "..."})"};
  }
  auto site = read_heading(*first, "evenkeel.ledger", "site");
  if (!site) return site.error();
  LedgerReading reading{books::Ledger{*std::move(site)}, {}};
  for (std::size_t number = 2; auto line = next_line(in, number); ++number) {
    if (number > most_lines) {
      reading.set_aside.push_back({number,
                                   "",
                                   {ErrorCode::invalid_input, fmt::format("line {}", number),
                                    fmt::format("more than {} lines; the rest was not read", most_lines)}});
      break;
    }
    if (!is_blank(line->text) || line->too_long) take_line(*line, reading);
  }
  return reading;
}

}  // namespace evenkeel::exchange
