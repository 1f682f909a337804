// What the entries of content_text.cpp share: how a number stands with its source, the beginning and
// the end. Within this layer.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/provenance.hpp"
#include "base/unit_text.hpp"
#include "care/instrument.hpp"
#include "care/protocol.hpp"
#include "cohort/behaviour.hpp"
#include "pkpd/effect.hpp"
#include "pkpd/interaction.hpp"
#include "report/page.hpp"
#include "watch/dependence_review.hpp"
#include "watch/evidence.hpp"
#include "watch/help.hpp"
#include "watch/patient_page.hpp"

namespace evenkeel::report {

// "[V2, otto-2021] its note"
[[nodiscard]] std::string tagged(const Provenance& from);

// In the unit that takes the fewest digits; of two that take as many, the first of the list.
template <class Q>
std::string in_best_unit(Q value) {
  std::string digits;
  std::string_view unit;
  for (const auto& name : unit_names<Q>()) {
    std::string text = fmt::format("{:.6g}", value.in(name.unit));
    if (!digits.empty() && text.size() >= digits.size()) continue;
    digits = std::move(text);
    unit = name.text;
  }
  return digits + " " + std::string(unit);
}

template <class Q>
std::string number(const Sourced<Q>& value) {
  return in_best_unit(value.value) + " " + tagged(value.from);
}

[[nodiscard]] std::string number(const Sourced<int>& value, std::string_view unit);

template <class T>
void heading(const T& entry, std::string_view kind, Page& page) {
  page.item("", fmt::format("{} {} {} ({})", kind, entry.id, entry.version, entry.status), 2, Tone::strong);
}

void sources(const std::vector<std::pair<std::string, std::string>>& all, Page& page);

void row(Page& page, std::string_view name, std::string_view text);

// One entry whole; the others are in content_text.cpp.
[[nodiscard]] std::string show(const care::Protocol& protocol, Page page);
[[nodiscard]] std::string show(const pkpd::Effect& effect, Page page);
[[nodiscard]] std::string show(const pkpd::Interaction& interaction, Page page);
[[nodiscard]] std::string show(const care::Instrument& instrument, Page page);
[[nodiscard]] std::string show(const cohort::Behaviour& behaviour, Page page);
[[nodiscard]] std::string show(const watch::Evidence& evidence, Page page);
[[nodiscard]] std::string show(const watch::DependenceCriteria& criteria, Page page);
[[nodiscard]] std::string show(const watch::Pathway& pathway, Page page);
[[nodiscard]] std::string show(const watch::HelpLines& lines, Page page);
[[nodiscard]] std::string show(const watch::PatientPage& patient_page, Page page);

// "large cohort, survey or systematic review"
[[nodiscard]] std::string_view grade_words(char grade);

}  // namespace evenkeel::report
