// The parts of a model's page, in the order in which they are read. Not for other layers.
#pragma once

#include "pkpd/model.hpp"
#include "report/html_text.hpp"

namespace evenkeel::report {

[[nodiscard]] Html model_facts(const pkpd::Model& model);         // model_page.cpp
[[nodiscard]] Html parameters_section(const pkpd::Model& model);  // model_parameters.cpp
[[nodiscard]] Html variability_section(const pkpd::Model& model);
[[nodiscard]] Html curves_section(const pkpd::Model& model);  // model_curves.cpp

// "racemic ketamine, arterial plasma"; each once.
[[nodiscard]] std::string output_words(const pkpd::Output& output);  // "esketamine, venous plasma"
[[nodiscard]] std::string predicted_words(const pkpd::Model& model);
[[nodiscard]] std::string weights_words(const pkpd::Model& model);  // "40 to 160 kg", "any"
[[nodiscard]] std::string ages_words(const pkpd::Model& model);     // "18 to 100 years", "any"
[[nodiscard]] std::string use_words(const pkpd::Model& model);

}  // namespace evenkeel::report
