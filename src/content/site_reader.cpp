#include "content/site_reader.hpp"

#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using plan::Limit;
using plan::LimitKind;

constexpr std::int64_t most = 100'000;  // of any number here: beyond it a slip
constexpr int most_places = 6;          // so that products with weights and times stay exact
constexpr Duration oldest = 400.0 * units::day;

void check_decimal(Reader place, const Decimal& value) {
  if (!(value > Decimal{} && value <= Decimal{most}) || value.places() > most_places) {
    place.fault(fmt::format("{} where a number above 0, at most {} and with at most {} places is expected",
                            value.to_string(), most, most_places));
  }
}

void check_unit(Reader place, std::string_view unit) {
  const std::string text = place.text(20);
  if (!text.empty() && text != unit) place.fault(fmt::format("'{}' where '{}' is expected", text, unit));
}

// {"value": 10, "unit": "mg/mL"}
Decimal read_amount(Reader place, std::string_view unit) {
  if (!place.object({"value", "unit"})) return {};
  const Decimal value = place["value"].decimal();
  check_decimal(place["value"], value);
  check_unit(place["unit"], unit);
  return value;
}

LimitKind read_kind(Reader place) {
  const std::string text = place.text(60);
  std::string allowed;
  for (const LimitKind kind : plan::all_limit_kinds()) {
    if (plan::limit_name(kind) == text) return kind;
    allowed += (allowed.empty() ? "" : ", ") + std::string(plan::limit_name(kind));
  }
  if (!text.empty()) place.fault(fmt::format("'{}' is not known here; allowed: {}", text, allowed));
  return LimitKind::dose;
}

std::string citation_of(const Header& header, const std::string& key) {
  const auto found = std::ranges::find(header.sources, key, &std::pair<std::string, std::string>::first);
  return found == header.sources.end() ? "" : found->second;
}

std::vector<Limit> read_limits(Reader list, const Header& header) {
  std::vector<Limit> limits;
  for (Reader place : list.items()) {
    if (!place.object({"kind", "value", "unit", "source", "label"}, {"note"})) continue;
    const auto before = place.faults();
    Limit limit;
    limit.kind = read_kind(place["kind"]);
    limit.origin = plan::Origin::site;
    limit.value = place["value"].decimal();
    check_decimal(place["value"], limit.value);
    limit.from = read_provenance(place, header);
    limit.source = citation_of(header, limit.from.source);
    if (place.faults() != before) continue;
    check_unit(place["unit"], plan::limit_unit(limit.kind));
    if (const auto set = plan::LimitSet::make({limit}); !set) place["value"].fault(set.error().what);
    if (std::ranges::find(limits, limit.kind, &Limit::kind) != limits.end())
      place["kind"].fault("a second limit of this kind");
    limits.push_back(std::move(limit));
  }
  return limits;
}

void read_syringe(Reader place, plan::Site& site) {
  if (!place.object({"concentration", "volume", "step"})) return;
  site.syringe = {read_amount(place["concentration"], "mg/mL"), read_amount(place["volume"], "mL"),
                  read_amount(place["step"], "mL")};
  if (!(site.syringe.step_mL <= site.syringe.volume_mL)) place["step"].fault("a step above the volume");
}

void read_pump(Reader place, plan::Site& site) {
  if (!place.object({"rate_step", "largest_rate"})) return;
  site.pump = {read_amount(place["rate_step"], "mL/h"), read_amount(place["largest_rate"], "mL/h")};
  if (!(site.pump.step_mL_h <= site.pump.most_mL_h))
    place["rate_step"].fault("a step above the largest rate");
}

Sourced<Duration> read_window(Reader place, const Header& header) {
  auto window = read_sourced<Duration>(place, header);
  if (!(window.value > Duration{} && window.value <= oldest))
    place["value"].fault("how old something may be lies above 0 and is at most 400 d");
  return window;
}

void read_freshness(Reader place, const Header& header, plan::Site& site) {
  if (!place.object({"weight", "blood_pressure_planning", "blood_pressure_giving", "suicide_item"})) return;
  site.freshness = {
      read_window(place["weight"], header), read_window(place["blood_pressure_planning"], header),
      read_window(place["blood_pressure_giving"], header), read_window(place["suicide_item"], header)};
}

// "08:30" in minutes after midnight; "24:00" ends a day.
int read_time_of_day(Reader place) {
  const std::string text = place.text(5);
  const auto digit = [&](std::size_t i) { return text[i] - '0'; };
  const auto is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() == 5 && text[2] == ':' && is_digit(0) && is_digit(1) && is_digit(3) && is_digit(4)) {
    const int hours = 10 * digit(0) + digit(1);
    const int minutes = 10 * digit(3) + digit(4);
    if (minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0))) return 60 * hours + minutes;
  }
  if (!text.empty()) place.fault(fmt::format("'{}' is not a time of day such as 08:30", text));
  return 0;
}

std::vector<plan::OpenHours> read_hours(Reader list) {
  std::vector<plan::OpenHours> hours;
  for (Reader place : list.items(1)) {
    if (!place.object({"weekday", "from", "until"})) continue;
    const plan::OpenHours open{place["weekday"].integer(1, 7), read_time_of_day(place["from"]),
                               read_time_of_day(place["until"])};
    if (!(open.from_min < open.until_min)) place["until"].fault("it ends before it begins");
    hours.push_back(open);
  }
  return hours;
}

}  // namespace

Result<plan::Site, Errors> read_site(std::string_view text) {
  return read_file<plan::Site>(text, [](Reader& top) {
    plan::Site site;
    if (!top_keys(top, {"limits", "syringe", "pump", "freshness"}, {"hours"})) return site;
    const Header header = read_header(top, "site");
    site.id = header.id;
    site.version = header.version;
    site.status = header.status;
    site.title = header.title;
    site.sources = header.sources;
    site.limits = read_limits(top["limits"], header);
    read_syringe(top["syringe"], site);
    read_pump(top["pump"], site);
    read_freshness(top["freshness"], header, site);
    if (top.has("hours")) site.hours = read_hours(top["hours"]);
    return site;
  });
}

}  // namespace evenkeel::content
