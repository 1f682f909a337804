#include "content/population_reader.hpp"

#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using pkpd::Shape;

constexpr std::pair<std::string_view, Shape> shapes[] = {
    {"normal", Shape::normal}, {"log-normal", Shape::log_normal}, {"uniform", Shape::uniform}};

// What a human can be; MemberSampler and the model are stricter.
constexpr double most_kg = 650.0;
constexpr double most_years = 130.0;

struct Names {
  std::string_view centre;
  std::string_view width;
};

Names names_of(Shape shape) {
  if (shape == Shape::normal) return {"mean", "sd"};
  return {"median", "log_sd"};
}

// The keys differ with the distribution: a mean given for a median would be taken for one.
bool check_spread_keys(Reader& place, Shape shape) {
  std::vector<std::string_view> keys{"distribution", "unit", "low", "high", "source", "label"};
  if (shape != Shape::uniform) {
    keys.push_back(names_of(shape).centre);
    keys.push_back(names_of(shape).width);
  }
  constexpr std::string_view also[] = {"note"};
  return place.check_keys(keys, also);
}

pkpd::Spread read_spread(Reader place, const Header& header, std::string_view unit, double most) {
  pkpd::Spread spread;
  const auto before = place.faults();
  if (place.node()->kind == json::Kind::object && place.has("distribution"))
    spread.shape = place["distribution"].one_of(shapes);
  if (place.faults() != before || !check_spread_keys(place, spread.shape)) return spread;
  auto written = place["unit"];
  const std::string text = written.text(20);
  if (!text.empty() && text != unit) written.fault(fmt::format("'{}' where '{}' is expected", text, unit));
  if (spread.shape != Shape::uniform) {
    const Names names = names_of(spread.shape);
    spread.centre = place[names.centre].number(0.0, most);
    spread.width = place[names.width].number(0.0, most);
  }
  const double low = place["low"].number(0.0, most);
  const double high = place["high"].number(0.0, most);
  if (const auto within = Interval<double>::make(low, high)) {
    spread.within = *within;
  } else {
    place["low"].fault(fmt::format("{:g} is above the high end {:g}", low, high));
  }
  spread.from = read_provenance(place, header);
  return spread;
}

Sourced<double> read_ratio(Reader place, const Header& header, double low) {
  Sourced<double> ratio;
  if (!place.object({"value", "source", "label"}, {"note"})) return ratio;
  ratio.value = place["value"].number(low, 1.0);
  ratio.from = read_provenance(place, header);
  return ratio;
}

pkpd::Demographics read(Reader& top) {
  pkpd::Demographics read;
  if (!top_keys(top, {}, {"weight", "age", "weight_age_correlation", "groups", "caveats"})) return read;
  const Header header = read_header(top, "population");
  read.id = header.id;
  read.version = header.version;
  read.status = header.status;
  read.title = header.title;
  read.sources = header.sources;
  if (top.has("weight")) read.weight = read_spread(top["weight"], header, "kg", most_kg);
  if (top.has("age")) read.age = read_spread(top["age"], header, "years", most_years);
  if (top.has("weight_age_correlation"))
    read.weight_age_correlation = read_ratio(top["weight_age_correlation"], header, -1.0);
  if (auto groups = top["groups"]; top.has("groups") && groups.object({}, {"asian", "japanese"})) {
    if (groups.has("asian")) read.asian = read_ratio(groups["asian"], header, 0.0);
    if (groups.has("japanese")) read.japanese = read_ratio(groups["japanese"], header, 0.0);
  }
  if (top.has("caveats")) {
    for (Reader caveat : top["caveats"].items()) read.caveats.push_back(caveat.text(600));
  }
  return read;
}

}  // namespace

pkpd::Demographics read_population(Reader& top) {
  const auto before = top.faults();
  pkpd::Demographics population = read(top);
  if (top.faults() != before) return population;
  if (const auto sampler = pkpd::MemberSampler::make(population); !sampler) {
    const std::string& where = sampler.error().where;
    (top.has(where) ? top[where] : top["groups"][where]).fault(sampler.error().what);
  }
  return population;
}

Result<pkpd::Demographics, Errors> read_population(std::string_view text) {
  return read_file<pkpd::Demographics>(text, [](Reader& top) { return read_population(top); });
}

}  // namespace evenkeel::content
