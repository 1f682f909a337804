// The shipped effects and interactions against what was published. Each test names its anchor.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "pkpd/effect_site.hpp"
#include "pkpd/interaction.hpp"
#include "pkpd/read_out.hpp"
#include "shipped_models.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::L;
using units::mg;

constexpr auto ng_per_mL = units::ng / units::mL;

template <class T>
T shipped(const std::string& folder, const std::string& id, Result<T, Errors> (*read)(std::string_view)) {
  std::ifstream stream{models_folder().parent_path() / folder / (id + ".json")};
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  auto entry = read(text);
  EXPECT_TRUE(entry.has_value()) << id;
  return entry ? *std::move(entry) : T{};
}

Effect effect(const std::string& id) {
  return shipped("effects", id, &content::read_effect);
}

Interaction interaction(const std::string& id) {
  return shipped("interactions", id, &content::read_interaction);
}

// Paired with its own model and site, or with some where the source states none.
PairedEffect paired(const std::string& id) {
  const Effect e = effect(id);
  const Predicted predicted{e.pairing.models.empty() ? "any" : e.pairing.models.front(), e.pairing.moiety,
                            e.pairing.site.value_or(SamplingSite::arterial)};
  auto made = PairedEffect::make(e, predicted);
  EXPECT_TRUE(made.has_value()) << id << ": " << (made ? "" : made.error().what);
  return *std::move(made);
}

double typical(const PairedEffect& effect, double ng) {
  const auto value = effect.at(ng * ng_per_mL);
  EXPECT_TRUE(value.has_value()) << effect.effect().id << " at " << ng << " ng/mL";
  return value ? value->typical : std::nan("");
}

// A20: Herd et al., Paediatr Anaesth 2008;18:36.
TEST(EffectAnchor, A20SedationOfChildren) {
  const PairedEffect score = paired("sedation-herd-2008");
  EXPECT_NEAR(typical(score, 560.0), 5.0 * (1.0 - 0.939 / 2.0), 1e-12);
  for (const auto& [ng, points] :
       {std::pair{200.0, 4.90}, std::pair{750.0, 1.49}, std::pair{1000.0, 0.79}, std::pair{2000.0, 0.35}})
    EXPECT_NEAR(typical(score, ng), points, 0.01) << ng;
}

// A21: Schuttler et al. 1987: S slows the EEG most, R least; half of it at the IC50.
TEST(EffectAnchor, A21EegByEnantiomer) {
  double before_Hz = 1e9;
  for (const auto& [id, ic50_ng_mL] : {std::pair{"eeg-median-frequency-esketamine", 800.0},
                                       std::pair{"eeg-median-frequency-racemic", 2000.0},
                                       std::pair{"eeg-median-frequency-arketamine", 1800.0}}) {
    const PairedEffect eeg = paired(id);
    const auto& form = std::get<HalfMaximal>(eeg.effect().form);
    ASSERT_TRUE(form.largest.has_value());
    EXPECT_LT(form.largest->value, before_Hz) << id;
    EXPECT_EQ(form.largest_unit, "Hz");
    before_Hz = form.largest->value;
    const auto half = eeg.at(ic50_ng_mL * ng_per_mL);
    EXPECT_NEAR(half->typical, 1.0, 1e-12);
    EXPECT_EQ(half->share_of_largest, *Interval<double>::make(0.5, 0.5)) << id;
  }
}

// A22: Bowdle et al. 1998: linear from 50 to 200 ng/mL, R 0.93 or more, so R^2 above 0.86.
TEST(EffectAnchor, A22PsychedelicScalesAreLinearAndRefusedOutside) {
  const PairedEffect scales = paired("psychedelic-scales-bowdle-1998");
  std::vector<double> shares;
  for (const double ng : {50.0, 100.0, 150.0, 200.0}) shares.push_back(typical(scales, ng));
  // The correlation of four evenly spaced levels with the values.
  double mean = 0.0;
  for (const double share : shares) mean += share / 4.0;
  double with_level = 0.0;
  double spread = 0.0;
  for (int i = 0; i < 4; ++i) {
    with_level += (i - 1.5) * (shares[static_cast<std::size_t>(i)] - mean);
    spread += std::pow(shares[static_cast<std::size_t>(i)] - mean, 2);
  }
  EXPECT_GT(with_level * with_level / (5.0 * spread), 0.86);
  EXPECT_FALSE(scales.at(49.0 * ng_per_mL).has_value());
  EXPECT_FALSE(scales.at(201.0 * ng_per_mL).has_value());
}

// A23: cardiac output +40 to 50 % at 320 ng/mL (Sigtermans 2009); heart rate +43.5 % and mean arterial
// pressure +27 % at 1959 ng/mL (Langsjo 2005). Within 10 points, and rising.
TEST(EffectAnchor, A23Circulation) {
  for (const auto& [id, ng, percent] : {std::tuple{"cardiac-output-sigtermans-2009", 320.0, 45.0},
                                        std::tuple{"heart-rate-langsjo-2005", 1959.0, 43.5},
                                        std::tuple{"mean-arterial-pressure-langsjo-2005", 1959.0, 27.0}}) {
    const PairedEffect rise = paired(id);
    EXPECT_NEAR(typical(rise, ng), percent, 1e-9) << id;
    EXPECT_EQ(typical(rise, 0.0), 0.0);
    double before = -1.0;
    for (int i = 0; i <= 20; ++i) {
      const double now = typical(rise, ng * i / 20.0);
      EXPECT_GT(now, before) << id;
      before = now;
    }
    EXPECT_FALSE(rise.at(1.001 * ng * ng_per_mL).has_value()) << id;
  }
  const auto output = paired("cardiac-output-sigtermans-2009").at(320.0 * ng_per_mL);
  EXPECT_EQ(output->interval, *Interval<double>::make(40.0, 50.0));
}

// A24: Jonkman et al. 2018: the C50 of remifentanil doubles at 127 ng/mL.
TEST(EffectAnchor, A24RemifentanilNeedsTwice) {
  EXPECT_NEAR(typical(paired("remifentanil-potency-jonkman-2018"), 127.0), 2.0, 0.1);
}

// When the effect site peaks after a bolus, from the exact derivative.
double peak_min(const LinearSystem& system) {
  const Dose bolus{Duration{}, Duration{}, 7.0 * mg};
  const Trajectory course = *Trajectory::make({{Duration{}, system}}, {&bolus, 1});
  return course.peak(Duration{}, 1.0 * h, system.outputs.size() - 1).at.in(units::min);
}

// A25: Navarrete et al. 2025: the peak after 1.83 +- 0.74 min. Its ke0 of 0.238/min, with the model of
// Domino, peaks at 1.61 min as computed elsewhere; with another model it peaks elsewhere.
TEST(EffectAnchor, A25TimeToPeakCarriesOverAndKe0DoesNot) {
  const LinearSystem domino = shipped_system("domino-1982", 70.0);
  EXPECT_NEAR(peak_min(with_effect_site(domino, 0, 0.238 * 60.0)), 1.61, 0.006);
  const LinearSystem kamp = shipped_system("kamp-2020", 70.0);
  EXPECT_NEAR(peak_min(with_effect_site(kamp, 0, 0.238 * 60.0)), 4.66, 0.006);
  const Effect index = effect("antinociception-index-navarrete-2025");
  for (const LinearSystem& system : {domino, kamp}) {
    EXPECT_NEAR(peak_min(with_delay(index, system, 0).system), 1.83, 1e-4);
    EXPECT_NEAR(peak_min(with_delay(index, system, 0, Bound::high).system), 2.57, 1e-4);
  }
}

// Occupancy as worked out elsewhere, in whole percent (22.5 as 22).
TEST(EffectAnchor, OccupancyOfReceptors) {
  const PairedEffect occupied = paired("nmda-occupancy-ketamine");
  for (const auto& [ng, percent] : {std::pair{100.0, 14.0}, std::pair{185.0, 22.0}, std::pair{250.0, 28.0},
                                    std::pair{500.0, 44.0}, std::pair{1000.0, 61.0}, std::pair{2000.0, 76.0}})
    EXPECT_NEAR(typical(occupied, ng) * 100.0, percent, 0.6) << ng;
  EXPECT_TRUE(std::ranges::any_of(occupied.caveats(), [](const std::string& caveat) {
    return caveat.find("not validated in man") != std::string::npos;
  }));
}

TEST(EffectAnchor, EveryShippedEffectIsMonotoneAndRefusesNotANumber) {
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator{models_folder().parent_path() / "effects"}) {
    const std::string id = entry.path().stem();
    if (id == "schema" || std::holds_alternative<Described>(effect(id).form)) continue;
    const PairedEffect each = paired(id);
    const auto* sigmoid = std::get_if<SigmoidEmax>(&each.effect().form);
    const double direction = sigmoid != nullptr && sigmoid->falls ? -1.0 : 1.0;
    std::optional<double> before;
    for (double ng = 1.0; ng < 5000.0; ng *= 1.1) {
      const auto value = each.at(ng * ng_per_mL);
      if (!value) continue;
      ++read;
      EXPECT_GE(direction * (value->typical - before.value_or(-direction * 1e9)), 0.0) << id << " " << ng;
      EXPECT_TRUE(!value->interval || value->interval->contains(value->typical)) << id << " " << ng;
      before = value->typical;
    }
    EXPECT_FALSE(each.at(std::nan("") * ng_per_mL).has_value()) << id;
  }
  EXPECT_GT(read, 500);
}

// A26: the ratios of facts, each with the model that has the route; the areas along the curve.
struct Ratio {
  std::string interaction;
  std::string model;
  std::string route;
  double low;
  double high;
};

const Patient adult{70.0 * units::kg, 40.0, false, false};

double area(const Structure& structure, const Values& values, const std::string& route) {
  return course_of(structure, values, {{route, 0.0, 28.0, 0.0}}).area(Duration{}, 2000.0 * h).canonical();
}

TEST(InteractionAnchor, A26RatiosOfExposure) {
  for (const Ratio& ratio : {Ratio{"clarithromycin", "perez-ruixo-2021", "oral", 2.6, 2.6},
                             Ratio{"ticlopidine", "perez-ruixo-2021", "oral", 2.4, 2.4},
                             Ratio{"ticlopidine", "perez-ruixo-2021", "nasal-first-device", 1.29, 1.29},
                             Ratio{"ticlopidine", "perez-ruixo-2021", "nasal-further-device", 1.29, 1.29},
                             Ratio{"itraconazole", "perez-ruixo-2021", "oral", 1.0, 1.0},
                             Ratio{"grapefruit-juice", "perez-ruixo-2021", "oral", 2.4, 3.6},
                             Ratio{"st-johns-wort", "perez-ruixo-2021", "oral", 0.42, 0.42},
                             Ratio{"rifampicin", "perez-ruixo-2021", "oral", 0.14, 0.14},
                             Ratio{"rifampicin", "perez-ruixo-2021", "intravenous", 0.86, 0.86},
                             Ratio{"rifampicin", "fanta-2015", "intravenous", 0.86, 0.86},
                             Ratio{"rifampicin", "otto-2021", "intravenous", 0.86, 0.86},
                             Ratio{"rifampicin", "simons-2022", "intravenous", 0.86, 0.86}}) {
    const Structure structure = shipped_structure(ratio.model);
    Patient patient = adult;
    patient.age_years = 24.0;
    const Values values = *structure.typical(patient);
    const auto applied = apply(interaction(ratio.interaction), structure, values,
                               *structure.route(ratio.route), Moiety::esketamine);
    ASSERT_TRUE(applied.has_value()) << ratio.interaction << " " << ratio.model << " " << ratio.route << ": "
                                     << applied.error().what;
    const double found = area(structure, applied->values, ratio.route) / area(structure, values, ratio.route);
    EXPECT_GE(found, ratio.low - 1e-6) << ratio.interaction << " " << ratio.model << " " << ratio.route;
    EXPECT_LE(found, ratio.high + 1e-6) << ratio.interaction << " " << ratio.model << " " << ratio.route;
  }
}

// Grapefruit juice: the Cmax ratio was not fitted, and comes out within its published 1.8 to 2.6.
TEST(InteractionAnchor, A26PeakWithGrapefruitJuiceIsWithinItsInterval) {
  const Structure structure = shipped_structure("perez-ruixo-2021");
  const Values values = *structure.typical(adult);
  const auto applied =
      apply(interaction("grapefruit-juice"), structure, values, *structure.route("oral"), Moiety::esketamine);
  const auto peak = [&](const Values& with) {
    return course_of(structure, with, {{"oral", 0.0, 28.0, 0.0}}).peak(Duration{}, 24.0 * h).value;
  };
  const double ratio = peak(applied->values) / peak(values);
  EXPECT_GE(ratio, 1.8);
  EXPECT_LE(ratio, 2.6);
}

TEST(InteractionAnchor, WhatWasNotSeenIsRefused) {
  const Structure structure = shipped_structure("perez-ruixo-2021");
  const Values values = *structure.typical(adult);
  for (const auto& [id, route] :
       {std::pair{"clarithromycin", "intravenous"}, std::pair{"clarithromycin", "nasal-first-device"},
        std::pair{"ticlopidine", "intravenous"}, std::pair{"rifampicin", "nasal-first-device"},
        std::pair{"barbiturates", "intravenous"}, std::pair{"hepatic-impairment", "nasal-first-device"},
        std::pair{"lorazepam", "oral"}}) {
    const auto refused =
        apply(interaction(id), structure, values, *structure.route(route), Moiety::esketamine);
    ASSERT_FALSE(refused.has_value()) << id << " " << route;
    EXPECT_EQ(refused.error().code, ErrorCode::outside_domain) << id;
  }
  const Structure kamp = shipped_structure("kamp-2020");
  EXPECT_FALSE(
      apply(interaction("rifampicin"), kamp, *kamp.typical(adult), 0, Moiety::racemic_ketamine).has_value());
}

}  // namespace
}  // namespace evenkeel::pkpd
