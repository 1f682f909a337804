#include "assess/matching.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "assess/library.hpp"

namespace evenkeel::assess {
namespace {

Error refuse(ErrorCode code, std::string where, std::string what) {
  return {code, std::move(where), std::move(what)};
}

// The recorded sessions are infusions by vein, and solve() gives them whole and at once to the first
// route's compartment.
bool takes_infusions(const pkpd::Model& model) {
  const pkpd::Route& first = model.routes.front();
  const pkpd::Path& path = first.paths.front();
  return first.id == "intravenous" && first.paths.size() == 1 && path.fraction.empty() && path.lag.empty() &&
         path.over.empty();
}

Result<const pkpd::Model*> named_model(const ExposureQuestion& q, pkpd::Moiety given) {
  const pkpd::Model* named = find_model(q.models, q.model);
  if (named == nullptr)
    return refuse(ErrorCode::not_found, "model", fmt::format("there is no model '{}'", q.model));
  if (std::ranges::find(named->dosed, given) == named->dosed.end()) {
    return refuse(ErrorCode::outside_domain, "model",
                  fmt::format("model {} is not for {}", named->id, pkpd::moiety_text(given)));
  }
  return named;
}

// The moieties an assay's analyte stands for when `dosed` was given.
std::optional<pkpd::Moiety> moiety_measured(care::Analyte analyte, pkpd::Moiety dosed) {
  const bool pure_s = dosed == pkpd::Moiety::esketamine;
  switch (analyte) {
    case care::Analyte::ketamine:
      return dosed;
    case care::Analyte::esketamine:
      return pure_s ? std::optional{pkpd::Moiety::esketamine} : std::nullopt;
    case care::Analyte::norketamine:
      return pure_s ? pkpd::Moiety::esnorketamine : pkpd::Moiety::norketamine;
    case care::Analyte::esnorketamine:
      return pure_s ? std::optional{pkpd::Moiety::esnorketamine} : std::nullopt;
  }
  return std::nullopt;
}

pkpd::SamplingSite site_of(care::Site site) {
  return site == care::Site::arterial ? pkpd::SamplingSite::arterial : pkpd::SamplingSite::venous;
}

// What an output stands for when `given` was dosed: the parent drug is then what was given.
pkpd::Moiety output_moiety(const pkpd::Model& model, const pkpd::Output& output, pkpd::Moiety given) {
  return output.moiety == model.dosed.front() ? given : output.moiety;
}

std::string why_no_output(const pkpd::Model& model, pkpd::Moiety given, const care::Assay& assay,
                          std::optional<pkpd::Moiety> moiety) {
  if (!moiety) {
    return fmt::format("{} alone is not predicted where the racemate was given",
                       care::analyte_text(assay.analyte));
  }
  const bool same_moiety = std::ranges::any_of(
      model.outputs, [&](const auto& o) { return output_moiety(model, o, given) == *moiety; });
  if (!same_moiety) return fmt::format("model {} does not predict {}", model.id, pkpd::moiety_text(*moiety));
  return fmt::format("drawn {}, but model {} predicts {} concentrations", care::site_text(assay.site),
                     model.id, pkpd::site_text(model.outputs.front().site));
}

}  // namespace

pkpd::Moiety moiety_of(care::Drug drug) {
  return drug == care::Drug::esketamine ? pkpd::Moiety::esketamine : pkpd::Moiety::racemic_ketamine;
}

Result<const pkpd::Model*> choose_model(const ExposureQuestion& q) {
  const auto other_drug =
      std::ranges::find_if(q.sessions, [&](const auto& s) { return s.drug != q.sessions.front().drug; });
  if (other_drug != q.sessions.end()) {
    return refuse(ErrorCode::outside_domain, "session " + other_drug->id,
                  "racemic ketamine and esketamine in one course: no model here predicts their sum");
  }
  const pkpd::Moiety given = moiety_of(q.sessions.front().drug);
  const auto preferred = std::ranges::find_if(
      q.models, [&](const pkpd::Model& m) { return m.preferred && m.dosed.front() == given; });
  if (q.model.empty() && preferred == q.models.end()) {
    return refuse(ErrorCode::not_found, "model",
                  fmt::format("no model in the library is preferred for {}", pkpd::moiety_text(given)));
  }
  auto chosen = q.model.empty() ? Result<const pkpd::Model*>{&*preferred} : named_model(q, given);
  if (chosen && !takes_infusions(**chosen)) {
    return refuse(ErrorCode::outside_domain, "model",
                  fmt::format("model {} takes no infusion by vein as its first route", (*chosen)->id));
  }
  return chosen;
}

std::vector<const pkpd::Model*> applicable_models(std::span<const pkpd::Model> models, pkpd::Moiety given) {
  std::vector<const pkpd::Model*> found;
  for (const pkpd::Model& model : models) {
    const bool dosed = std::ranges::find(model.dosed, given) != model.dosed.end();
    if (dosed && !model.on_request && takes_infusions(model)) found.push_back(&model);
  }
  return found;
}

ModelUsed describe(const pkpd::Model& model, pkpd::Moiety given) {
  ModelUsed used{model.id,     model.version, model.status, model.title, given, model.outputs.front().site,
                 model.caveats};
  if (given != model.dosed.front()) {
    used.caveats.push_back(fmt::format("estimated for {}, used here for {}",
                                       pkpd::moiety_text(model.dosed.front()), pkpd::moiety_text(given)));
  }
  return used;
}

pkpd::Patient patient_at(BodyMass weight, Instant when, const care::Facts& facts) {
  pkpd::Patient patient{weight, std::nullopt};
  if (facts.born) patient.age_years = years_between(*facts.born, Date::of(when));
  return patient;
}

Match match_assay(const pkpd::Model& model, pkpd::Moiety given, const care::Assay& assay) {
  const auto moiety = moiety_measured(assay.analyte, given);
  const auto output = std::ranges::find_if(model.outputs, [&](const pkpd::Output& o) {
    return moiety && output_moiety(model, o, given) == *moiety && o.site == site_of(assay.site);
  });
  if (output == model.outputs.end()) return {std::nullopt, why_no_output(model, given, assay, moiety)};
  return {static_cast<std::size_t>(output - model.outputs.begin()), {}};
}

}  // namespace evenkeel::assess
