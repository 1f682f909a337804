#include "content/behaviour_reader.hpp"

#include "content/assumed_reader.hpp"
#include "content/library_loader.hpp"

namespace evenkeel::content {
namespace {

using cohort::Behaviour;
using cohort::Supply;
using cohort::Truth;
using json::Reader;

constexpr std::pair<std::string_view, Truth> truths[] = {
    {"steady", Truth::steady}, {"rival", Truth::rival}, {"sign", Truth::sign}};
constexpr std::pair<std::string_view, Supply> supplies[] = {{"none", Supply::none},
                                                            {"street", Supply::street},
                                                            {"prescriber", Supply::prescriber},
                                                            {"home", Supply::home}};

// What is asked of the numbers together.
void check_whole(const Reader& top, const Behaviour& behaviour) {
  Reader expected = top["expected"];
  const bool sign = behaviour.truth == Truth::sign;
  if (sign && behaviour.expected.empty()) expected.fault("a sign names the rules that ought to notice it");
  if (!sign && !behaviour.expected.empty()) expected.fault("what is no sign expects no rule to notice it");
  const cohort::Drives& drives = behaviour.drives;
  Reader onset = top["drives"]["onset_to"];
  if (drives.onset_to.value < drives.onset_from.value)
    onset.fault(fmt::format("{} is before onset_from, {}", drives.onset_to.value, drives.onset_from.value));
  Reader days = top["drives"]["outside_days"];
  if (behaviour.supply == Supply::none && drives.outside_days.value > 0.0)
    days.fault("use from elsewhere, and 'supply' is none");
}

void read_expected(Reader place, Behaviour& behaviour) {
  for (Reader rule : place.items()) {
    std::string id = rule.name();
    if (std::ranges::find(behaviour.expected, id) != behaviour.expected.end())
      rule.fault(fmt::format("'{}' is named twice", id));
    behaviour.expected.push_back(std::move(id));
  }
}

}  // namespace

Result<Behaviour, Errors> read_behaviour(std::string_view text) {
  return read_file<Behaviour>(text, [](Reader& top) {
    Behaviour behaviour;
    const auto before = top.faults();
    if (!top_keys(top, {"truth", "supply", "story", "expected", "drives"})) return behaviour;
    const Header header = read_header(top, "behaviour");
    behaviour.id = header.id;
    behaviour.version = header.version;
    behaviour.status = header.status;
    behaviour.title = header.title;
    behaviour.sources = header.sources;
    behaviour.story = top["story"].text(1000);
    behaviour.truth = top["truth"].one_of(truths);
    behaviour.supply = top["supply"].one_of(supplies);
    read_expected(top["expected"], behaviour);
    behaviour.drives = read_all_assumed(top["drives"], header, cohort::drive_fields());
    if (top.faults() == before) check_whole(top, behaviour);
    return behaviour;
  });
}

Errors check_expected(std::span<const Behaviour> behaviours, std::span<const watch::Rule> rules) {
  Errors faults;
  for (const Behaviour& behaviour : behaviours) {
    for (const std::string& id : behaviour.expected) {
      if (std::ranges::find(rules, id, &watch::Rule::id) != rules.end()) continue;
      faults.push_back({ErrorCode::not_found, "behaviours/" + behaviour.id + ".json: expected",
                        fmt::format("there is no rule '{}'", id)});
    }
  }
  return faults;
}

}  // namespace evenkeel::content
