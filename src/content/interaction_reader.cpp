// content/interactions/: see schema.json in that folder for the form.

#include "content/estimated_reader.hpp"
#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using pkpd::ActsOn;
using pkpd::Interaction;

std::vector<pkpd::Remark> read_remarks(Reader list, const Header& header) {
  std::vector<pkpd::Remark> remarks;
  for (Reader place : list.items()) {
    if (!place.object({"text", "source", "label"}, {"note"})) continue;
    remarks.push_back({place["text"].text(600), read_provenance(place, header)});
  }
  return remarks;
}

pkpd::Observed read_observed(Reader place, const Header& header) {
  pkpd::Observed observed;
  if (!place.object({"route", "dosed", "study", "source", "label"},
                    {"note", "auc_ratio", "cmax_ratio", "also"}))
    return observed;
  observed.route = place["route"].name();
  auto dosed = place["dosed"];
  const std::string moiety = dosed.text(60);
  const auto known = pkpd::moiety_from_text(moiety);
  if (known && *known != pkpd::Moiety::unspecified)
    observed.dosed = *known;
  else if (!moiety.empty())
    dosed.fault(fmt::format("'{}' is not a moiety that is given", moiety));
  observed.study = place["study"].text(300);
  if (place.has("auc_ratio")) observed.auc_ratio = read_estimate(place["auc_ratio"], header, "1");
  if (place.has("cmax_ratio")) observed.cmax_ratio = read_estimate(place["cmax_ratio"], header, "1");
  if (place.has("also")) observed.also = read_remarks(place["also"], header);
  observed.from = read_provenance(place, header);
  return observed;
}

Sourced<ActsOn> read_acts_on(Reader place, const Header& header) {
  constexpr std::pair<std::string_view, ActsOn> sites[] = {
      {"gut_and_liver", ActsOn::gut_and_liver}, {"liver", ActsOn::liver}, {"effect", ActsOn::effect}};
  Sourced<ActsOn> acts_on{ActsOn::effect, {}};
  if (!place.object({"value", "source", "label"}, {"note"})) return acts_on;
  acts_on.value = place["value"].one_of(sites);
  acts_on.from = read_provenance(place, header);
  return acts_on;
}

}  // namespace

Result<Interaction, Errors> read_interaction(std::string_view text) {
  return read_file<Interaction>(text, [](Reader& top) {
    Interaction interaction;
    static_cast<void>(top_keys(top, {"with", "mechanism", "acts_on", "observed", "remarks"}));
    const Header header = read_header(top, "interaction");
    interaction.id = header.id;
    interaction.version = header.version;
    interaction.status = header.status;
    interaction.title = header.title;
    interaction.sources = header.sources;
    interaction.with = top["with"].text(100);
    interaction.mechanism = top["mechanism"].text(300);
    interaction.acts_on = read_acts_on(top["acts_on"], header);
    for (Reader place : top["observed"].items()) interaction.observed.push_back(read_observed(place, header));
    interaction.remarks = read_remarks(top["remarks"], header);
    if (interaction.acts_on.value == ActsOn::effect && !interaction.observed.empty())
      top["observed"].fault("what acts on the effect alone changes no concentration");
    if (interaction.observed.empty() && interaction.remarks.empty())
      top.fault("an interaction has something observed or a remark");
    return interaction;
  });
}

}  // namespace evenkeel::content
