// A behaviour of virtual patients, with the source and label of each number.

#include "report/content_entry.hpp"

namespace evenkeel::report {
namespace {

constexpr std::string_view truth_words(cohort::Truth truth) {
  switch (truth) {
    case cohort::Truth::steady:
      return "steady: nothing to notice";
    case cohort::Truth::rival:
      return "rival: looks like a sign, and is none";
    case cohort::Truth::sign:
      return "sign: the rules ought to notice it";
  }
  return "";
}

constexpr std::string_view supply_words(cohort::Supply supply) {
  switch (supply) {
    case cohort::Supply::none:
      return "none beside the clinic";
    case cohort::Supply::street:
      return "bought where no pharmacy sees it";
    case cohort::Supply::prescriber:
      return "ordered by another prescriber";
    case cohort::Supply::home:
      return "dispensed for use at home";
  }
  return "";
}

}  // namespace

std::string show(const cohort::Behaviour& behaviour, Page page) {
  heading(behaviour, "behaviour", page);
  page.item("", behaviour.title, 0);
  page.heading("What happens");
  page.item("  ", behaviour.story, 2);
  page.heading("To the rules");
  row(page, "it is", truth_words(behaviour.truth));
  row(page, "ketamine from", supply_words(behaviour.supply));
  for (const std::string& rule : behaviour.expected) row(page, "expected of", rule);
  page.heading("Numbers");
  for (const auto& field : cohort::drive_fields()) {
    const cohort::Assumed& number = behaviour.drives.*field.field;
    row(page, field.name,
        fmt::format("{:g} {} ({:g} to {:g}): {} {}", number.value, field.unit, number.low, number.high,
                    field.words, tagged(number.from)));
  }
  sources(behaviour.sources, page);
  return page.take();
}

}  // namespace evenkeel::report
