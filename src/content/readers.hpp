// The strict readers of the kinds of content. Text in, value out; nothing is filled in.
//
// Each returns the value or every fault of the file at once (code invalid_input; `where` is the path
// inside the file, `what` says what was seen and what is allowed). Safe to use from any thread.
#pragma once

#include <string_view>

#include "assess/library.hpp"
#include "base/result.hpp"

namespace evenkeel::content {

[[nodiscard]] Result<pkpd::Model, Errors> read_model(std::string_view text);
[[nodiscard]] Result<pkpd::Effect, Errors> read_effect(std::string_view text);
[[nodiscard]] Result<pkpd::Interaction, Errors> read_interaction(std::string_view text);
[[nodiscard]] Result<care::Protocol, Errors> read_protocol(std::string_view text);
[[nodiscard]] Result<care::Instrument, Errors> read_instrument(std::string_view text);
[[nodiscard]] Result<watch::Rule, Errors> read_rule(std::string_view text);
[[nodiscard]] Result<watch::Evidence, Errors> read_evidence(std::string_view text);
[[nodiscard]] Result<watch::DependenceCriteria, Errors> read_criteria(std::string_view text);
[[nodiscard]] Result<watch::Pathway, Errors> read_pathway(std::string_view text);
[[nodiscard]] Result<watch::HelpLines, Errors> read_help_lines(std::string_view text);
[[nodiscard]] Result<watch::PatientPage, Errors> read_patient_page(std::string_view text);

}  // namespace evenkeel::content
