#include "care/eligibility.hpp"

#include <fmt/format.h>

namespace evenkeel::care {
namespace {

CriterionState state_of(Screened outcome) {
  switch (outcome) {
    case Screened::clear:
      return CriterionState::clear;
    case Screened::concern:
      return CriterionState::concern;
    case Screened::not_applicable:
      return CriterionState::not_applicable;
  }
  return CriterionState::missing;
}

CriterionSeen look_at(std::span<const Event> valid, const Criterion& criterion) {
  CriterionSeen seen{
      &criterion, criterion.required ? CriterionState::missing : CriterionState::optional, {}, {}, {}};
  for (const Event& event : valid) {
    const auto* screening = std::get_if<Screening>(&event.body);
    if (screening == nullptr || screening->criterion != criterion.id) continue;
    if (seen.at && event.at < *seen.at) continue;
    seen.state = state_of(screening->outcome);
    seen.at = event.at;
    seen.event = event.id;
    seen.note = screening->note;
  }
  return seen;
}

std::string words_of(const Eligibility& all) {
  if (all.absolute > 0)
    return fmt::format("not eligible: {} absolute contraindication(s) present", all.absolute);
  std::string text;
  if (all.missing > 0)
    text = fmt::format("cannot be told: {} of {} not looked at", all.missing, all.criteria.size());
  if (all.relative > 0)
    text += fmt::format("{}{} concern(s) for a clinician to weigh", text.empty() ? "" : "; ", all.relative);
  return text.empty() ? "nothing stands against it" : text;
}

}  // namespace

std::string_view criterion_state_words(CriterionState state) {
  switch (state) {
    case CriterionState::clear:
      return "clear";
    case CriterionState::concern:
      return "concern";
    case CriterionState::not_applicable:
      return "not applicable";
    case CriterionState::missing:
      return "missing";
    case CriterionState::optional:
      return "not asked for";
  }
  return "";
}

Eligibility eligibility(std::span<const Event> valid, const Protocol& protocol) {
  Eligibility all;
  for (const Criterion& criterion : protocol.eligibility) {
    all.criteria.push_back(look_at(valid, criterion));
    const CriterionState state = all.criteria.back().state;
    if (state == CriterionState::missing) ++all.missing;
    if (state != CriterionState::concern) continue;
    if (criterion.kind == Criterion::Kind::absolute)
      ++all.absolute;
    else
      ++all.relative;
  }
  all.words = words_of(all);
  return all;
}

}  // namespace evenkeel::care
