#include "apps/evenkeel/demo_drug.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/evenkeel/demo.hpp"
#include "apps/evenkeel/demo_lines.hpp"
#include "clinic/chart.hpp"
#include "clinic/drug_book.hpp"
#include "exchange/ledger_reader.hpp"

namespace evenkeel::app {
namespace {

namespace books = care::ledger;

// From which the sessions of the last weeks were drawn up: 50 mg of base per mL, 10 mL a vial, one vial for
// each, for no vial is kept open.
constexpr const char* lot = "K-2602";
constexpr int delivered = 60;
constexpr Duration looked_back = 31.0 * units::day;

struct Dated {
  Instant at;
  std::string by;
  books::Body body;
};
using Entries = std::vector<Dated>;

// What was given of a session, on its way from the cupboard to the patient and to the waste.
Result<void> add_session(Entries& entries, const std::string& patient, const care::SessionEnded& end,
                         Instant at, Instant now) {
  const auto drawn = divide_down(end.given.mg, Decimal{50}, 4);
  if (!drawn) return drawn.error();
  const auto rest = subtract(Decimal{10}, *drawn);
  if (!rest) return rest.error();
  const std::string vial = fmt::format("v-{}-{}", patient, end.session);
  const std::string draw = fmt::format("{}-{}-1", patient, end.session);
  entries.push_back({at - 50.0 * units::min, "nurse-1", books::VialTaken{vial, lot, "nurse-1"}});
  entries.push_back({at - 45.0 * units::min, "nurse-1",
                     books::DrawnUp{draw, vial, *drawn, end.session, patient, "nurse-1", "nurse-2"}});
  entries.push_back({at, "nurse-1", books::Given{draw, *drawn, "nurse-1"}});
  entries.push_back({std::min(at + 5.0 * units::min, now), "nurse-1",
                     books::Wasted{"", vial, *rest, "not kept open", "nurse-1", "nurse-2"}});
  return {};
}

Result<Entries> sessions_so_far(store::EventLog& log, Instant now) {
  Entries entries;
  const clinic::Person nurse = demo_person("nurse-1", now);
  const auto records = log.streams(store::StreamKind::patient, nurse.request());
  if (!records) return records.error();
  for (const auto& [stream, version] : *records) {
    const auto chart = clinic::open_chart(log, stream.id, nurse);
    if (!chart) return chart.error();
    for (const care::Event& event : chart->record.valid()) {
      const auto* end = std::get_if<care::SessionEnded>(&event.body);
      if (end == nullptr || event.at < now - looked_back) continue;
      if (auto added = add_session(entries, stream.id, *end, event.at, now); !added) return added.error();
    }
  }
  return entries;
}

Result<void> add_lines(Entries& entries, const std::filesystem::path& file, Instant now) {
  const auto lines = demo_lines(file);
  if (!lines) return lines.error();
  for (const DemoLine& line : *lines) {
    auto body = exchange::read_ledger_body_text(line.kind, filled(line.body, now, ""));
    if (!body) return body.error().front();
    entries.push_back({now + static_cast<double>(line.minute) * units::min, line.by, *std::move(body)});
  }
  return {};
}

// Received before the first of them, and counted yesterday.
void add_lot(Entries& entries, Instant now) {
  books::Received received;
  received.lot = lot;
  received.strength = {Decimal{50}, care::DrugForm::base};
  received.vial_mL = Decimal{10};
  received.vials = delivered;
  received.expires = Date{Date::of(now).day() + std::chrono::days{200}};
  received.supplier = "wholesaler-1";
  received.document = "D-0987";
  received.by = "pharmacist-1";
  received.witness = "nurse-2";
  const Instant counted = now - 1.0 * units::day;
  const auto taken = std::ranges::count_if(entries, [&](const Dated& each) {
    return each.at <= counted && std::holds_alternative<books::VialTaken>(each.body);
  });
  entries.push_back({now - looked_back - 1.0 * units::day, "pharmacist-1", std::move(received)});
  entries.push_back(
      {counted, "pharmacist-1",
       books::Counted{lot, delivered - static_cast<int>(taken), {}, "pharmacist-1", "nurse-2"}});
}

}  // namespace

Result<void> add_demo_drug(store::EventLog& log, const DemoPlace& place, Instant now) {
  auto entries = sessions_so_far(log, now);
  if (!entries) return entries.error();
  add_lot(*entries, now);
  if (auto added = add_lines(*entries, place.examples / "demo/ledger.jsonl", now); !added) return added;
  std::ranges::stable_sort(*entries, {}, &Dated::at);
  for (Dated& each : *entries) {
    const auto written =
        clinic::write_drug(log, place.site, {std::move(each.body), each.at}, demo_person(each.by, each.at));
    if (!written) return written.error();
  }
  return {};
}

}  // namespace evenkeel::app
