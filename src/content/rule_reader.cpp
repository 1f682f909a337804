// content/rules/: see schema.json in that folder for the form.

#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using watch::Rule;

void read_thresholds(Reader place, const Header& header, Rule& rule) {
  for (auto& [name, threshold] : place.members()) {
    if (!threshold.object({"value", "unit", "source", "label"}, {"note", "low", "high"})) continue;
    rule.thresholds.push_back({name, threshold["value"].number(-1e6, 1e6), threshold["unit"].text(20),
                               read_provenance(threshold, header)});
    check_bounds(threshold);
  }
}

// The instruments are those that the check asks for, by role.
void check_instruments(Reader& top, const Rule& rule, const watch::Check& check) {
  for (const std::string_view role : check.instruments) {
    const bool named =
        std::ranges::any_of(rule.instruments, [&](const auto& row) { return row.first == role; });
    if (!named) top.fault(fmt::format("'instruments.{}' is missing: check '{}' reads it", role, check.name));
  }
  for (const auto& [role, id] : rule.instruments) {
    if (std::ranges::find(check.instruments, role) != check.instruments.end()) continue;
    top["instruments"][role].fault(fmt::format("check '{}' reads no such instrument", check.name));
  }
}

// The thresholds are those that the check asks for, each in its unit.
void check_thresholds(Reader& top, const Rule& rule) {
  const auto check = std::ranges::find(watch::checks(), rule.check, &watch::Check::name);
  if (check == watch::checks().end()) {
    std::string known;
    for (const auto& each : watch::checks()) known += (known.empty() ? "" : ", ") + std::string(each.name);
    top["check"].fault(fmt::format("'{}' is no check of this program; there are {}", rule.check, known));
    return;
  }
  for (const watch::Needed& needed : check->thresholds) {
    const auto found = std::ranges::find(rule.thresholds, needed.name, &watch::Threshold::name);
    if (found == rule.thresholds.end()) {
      top["thresholds"].fault(fmt::format("'{}' is missing", needed.name));
      continue;
    }
    Reader place = top["thresholds"][needed.name];
    if (found->unit != needed.unit) {
      place["unit"].fault(fmt::format("'{}' where '{}' is expected", found->unit, needed.unit));
    }
    if (needed.count)
      static_cast<void>(place["value"].integer(1, 1000));
    else if (!(found->value > 0.0))
      place["value"].fault("a threshold is above zero");
  }
  check_instruments(top, rule, *check);
  for (const auto& threshold : rule.thresholds) {
    const auto wanted = [&](const watch::Needed& needed) { return needed.name == threshold.name; };
    if (std::ranges::none_of(check->thresholds, wanted)) {
      top["thresholds"][threshold.name].fault(fmt::format("check '{}' has no such threshold", rule.check));
    }
  }
}

}  // namespace

Result<Rule, Errors> read_rule(std::string_view text) {
  return read_file<Rule>(text, [](Reader& top) {
    Rule rule;
    const bool whole =
        top_keys(top, {"domain", "check", "basis", "thresholds", "rival", "next_step", "evidence"},
                 {"instruments", "site_instrument"});
    const Header header = read_header(top, "rule");
    rule.id = header.id;
    rule.version = header.version;
    rule.status = header.status;
    rule.title = header.title;
    rule.sources = header.sources;
    rule.domain = top["domain"].name();
    rule.check = top["check"].name();
    auto basis = top["basis"];
    if (basis.object({"source", "label"}, {"note"})) rule.basis = read_provenance(basis, header);
    read_thresholds(top["thresholds"], header, rule);
    if (top.has("instruments")) {
      for (auto& [role, id] : top["instruments"].members()) rule.instruments.emplace_back(role, id.name());
    }
    if (top.has("site_instrument")) rule.site_instrument = top["site_instrument"].boolean();
    if (rule.site_instrument && rule.instruments.empty())
      top["site_instrument"].fault("stands only beside 'instruments'");
    rule.rival = top["rival"].text(400);
    rule.next_step = top["next_step"].text(400);
    for (Reader place : top["evidence"].items(1)) rule.evidence.push_back(place.name());
    if (whole) check_thresholds(top, rule);
    return rule;
  });
}

}  // namespace evenkeel::content
