// A model of the library as one HTML page: what it is for, its compartments, every number with its
// source, how persons vary, what it predicts for a typical person, and what is wrong with it. The page
// for clinicians and pharmacometricians alike; static as all pages (document.hpp). Pure: the same model
// gives the same bytes.
#pragma once

#include <span>
#include <string>

#include "pkpd/model.hpp"

namespace evenkeel::report {

// `model` is one that its reader accepted.
[[nodiscard]] std::string model_page(const pkpd::Model& model);

// Links to each model's page as "<id>.html", beside what tells the models apart.
[[nodiscard]] std::string model_index(std::span<const pkpd::Model> models);

}  // namespace evenkeel::report
