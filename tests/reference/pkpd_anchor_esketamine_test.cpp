// The esketamine models with routes and metabolites against what was published, and against an
// independent program's run of the same published numbers.
//
// Simons et al., Front Pain Res 2022;3:946486. Perez-Ruixo et al., Clin Pharmacokinet 2021;60:501-516.
#include <gtest/gtest.h>

#include "shipped_models.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::min;

double ng_h_mL(ConcentrationTime area) {
  return area.in(units::ng / units::mL * units::h);
}

// ------------------------------------------------------------------------------ Simons 2022

enum Simons : std::size_t { ketamine = 0, norketamine = 1, hydroxynorketamine = 2 };

Trajectory simons(const std::vector<Given>& doses) {
  return course_of("simons-2022", of_weight(70.0), doses);
}

// Anchor 5.2: 35 mg over 40 min by vein, re-run by an independent program.
TEST(Anchor, SimonsReferenceProfileWithItsMetabolites) {
  const Trajectory course = simons({{"intravenous", 0.0, 35.0, 40.0 / 60.0}});
  const std::vector<double> times_min{10, 20, 30, 40, 60, 80, 110, 230, 360};
  const std::vector<double> printed_ng_mL{195, 234, 265, 288, 91, 63, 42, 21, 13};
  for (std::size_t i = 0; i < times_min.size(); ++i)
    EXPECT_NEAR(ng_mL(course.concentration(times_min[i] * min)), printed_ng_mL[i], 1.0)
        << times_min[i] << " min";
  EXPECT_NEAR(ng_mL(course.concentration(40.0 * min)), 288.7, 0.06);
  EXPECT_NEAR(ng_mL(course.concentration(40.0 * min, norketamine)), 68.9, 0.06);
  const Peak second = course.peak(0.0 * h, 12.0 * h, norketamine);
  EXPECT_NEAR(ng_mL(second.value), 80.8, 0.06);
  EXPECT_NEAR(second.at.in(min), 51.0, 0.6);
  const Peak third = course.peak(0.0 * h, 12.0 * h, hydroxynorketamine);
  EXPECT_NEAR(ng_mL(third.value), 29.6, 0.06);
  EXPECT_NEAR(third.at.in(min), 61.5, 0.6);
}

struct FilmRow {
  std::size_t output;
  double peak_ng_mL;      // re-run by an independent program
  double peak_at_min;     // on its grid of half minutes
  double area_ng_min_mL;  // 0 to 360 min, the same
  double published_area;  // Table 2, mean over subjects
};

void expect_film(double dose_mg, const std::vector<FilmRow>& rows) {
  const Trajectory course = simons({{"film", 0.0, dose_mg}});
  for (const FilmRow& row : rows) {
    SCOPED_TRACE(testing::Message() << dose_mg << " mg, output " << row.output);
    const Peak peak = course.peak(0.0 * h, 6.0 * h, row.output);
    EXPECT_NEAR(ng_mL(peak.value), row.peak_ng_mL, 0.06);
    EXPECT_NEAR(peak.at.in(min), row.peak_at_min, 0.6);
    const double area = 60.0 * ng_h_mL(course.area(0.0 * h, 6.0 * h, row.output));
    EXPECT_NEAR(area, row.area_ng_min_mL, 1e-4 * area + 0.5);
    EXPECT_NEAR(area / row.published_area, 1.0, 0.15);
  }
}

// The typical film against Table 2: every area within 15 % of the published mean.
TEST(Anchor, SimonsFilmOfFiftyMilligrams) {
  expect_film(50.0, {{ketamine, 85.9, 17.5, 7466, 8363},
                     {norketamine, 251.0, 61.5, 36287, 38497},
                     {hydroxynorketamine, 95.4, 76.0, 23367, 24087}});
}
TEST(Anchor, SimonsFilmOfAHundredMilligrams) {
  expect_film(100.0, {{ketamine, 171.8, 17.5, 14932, 13347},
                      {norketamine, 502.0, 61.5, 72575, 67959},
                      {hydroxynorketamine, 190.7, 76.0, 46735, 44972}});
}

// Anchor A1: 20 mg over 20 min, six hours after a film, peaked at 273 (259 to 287) and 260 (251 to
// 269) ng/mL on the visits with 50 and 100 mg (thesis of Simons, p. 33); within 10 %.
TEST(Anchor, SimonsInfusionAfterAFilm) {
  struct Visit {
    double film_mg;
    double computed_ng_mL;
    double published_ng_mL;
  };
  for (const Visit& visit : {Visit{50.0, 272.7, 273.0}, Visit{100.0, 277.4, 260.0}}) {
    const Trajectory course = simons({{"film", 0.0, visit.film_mg}, {"intravenous", 6.0, 20.0, 20.0 / 60.0}});
    const Peak peak = course.peak(6.0 * h, 8.0 * h);
    EXPECT_NEAR(ng_mL(peak.value), visit.computed_ng_mL, 0.06);
    EXPECT_NEAR(peak.at.in(min), 380.0, 1e-9);
    EXPECT_NEAR(ng_mL(peak.value) / visit.published_ng_mL, 1.0, 0.10);
  }
  const Trajectory alone = simons({{"intravenous", 0.0, 20.0, 20.0 / 60.0}});
  EXPECT_NEAR(ng_mL(alone.concentration(20.0 * min)), 268.0, 0.06);
  EXPECT_NEAR(ng_mL(alone.peak(0.0 * h, 6.0 * h, norketamine).value), 50.7, 0.06);
  EXPECT_NEAR(ng_mL(alone.peak(0.0 * h, 6.0 * h, hydroxynorketamine).value), 17.3, 0.06);
}

// Exact: what is cleared is what came in. 80 % of the moles of ketamine become norketamine and 70 % of
// these hydroxynorketamine (molar masses 237.73, 223.70 and 239.70 g/mol); a swallowed film adds F2.
TEST(Anchor, SimonsKeepsCountOfTheMoles) {
  const double mmol = 20.0 / 237.73;
  const auto areas = [](const Trajectory& course) {
    std::vector<double> found;
    for (const std::size_t output : {0U, 1U, 2U})
      found.push_back(course.area(0.0 * h, 3000.0 * h, output).in(units::mg / units::L * h));
    return found;
  };
  const auto vein = areas(simons({{"intravenous", 0.0, 20.0, 1.0 / 3.0}}));
  EXPECT_NEAR(vein[0], 20.0 / (1.48 * 60.0), 1e-9);
  EXPECT_NEAR(vein[1], 0.80 * mmol * 223.70 / (1.00 * 60.0), 1e-6 * vein[1]);
  EXPECT_NEAR(vein[2], 0.70 * 0.80 * mmol * 239.70 / (0.933 * 60.0), 1e-6 * vein[2]);
  const auto film = areas(simons({{"film", 0.0, 20.0}}));
  EXPECT_NEAR(film[0], 0.263 * vein[0], 1e-9);
  EXPECT_NEAR(film[1], (0.263 + 1.16) * vein[1], 1e-9);
  EXPECT_NEAR(film[2], (0.263 + 1.16) * vein[2], 1e-9);
}

// ------------------------------------------------------------------------------ Perez-Ruixo 2021

const Patient caucasian_45{70.0 * units::kg, 45.0, false, false};

// `devices` of 28 mg at once, as the published table was computed.
Trajectory nasal(const Patient& patient, int devices) {
  std::vector<Given> doses{{"nasal-first-device", 0.0, 28.0}};
  for (int i = 1; i < devices; ++i) doses.push_back({"nasal-further-device", 0.0, 28.0});
  return course_of("perez-ruixo-2021", patient, doses);
}

struct NasalRow {
  std::string who;
  Patient patient;
  int devices;
  std::vector<double> published;  // Cmax and AUC0-24 of esketamine, Cmax and AUC0-24 of norketamine
};

const std::vector<NasalRow> table_4 = [] {
  const auto person = [](double age, bool asian, bool japanese) {
    return Patient{70.0 * units::kg, age, asian, japanese};
  };
  return std::vector<NasalRow>{{"Caucasian, 45", person(45, false, false), 1, {43.8, 147.3, 59.1, 274.4}},
                               {"Caucasian, 45", person(45, false, false), 2, {72.5, 254.7, 119.7, 516.3}},
                               {"Caucasian, 45", person(45, false, false), 3, {101.0, 362.2, 180.0, 758.0}},
                               {"Asian, 45", person(45, true, false), 1, {44.1, 158.2, 73.4, 371.8}},
                               {"Asian, 45", person(45, true, false), 2, {73.2, 275.9, 148.5, 704.8}},
                               {"Asian, 45", person(45, true, false), 3, {102.4, 393.5, 223.5, 1037}},
                               {"Japanese, 45", person(45, true, true), 1, {57.5, 194.7, 72.1, 406.4}},
                               {"Japanese, 45", person(45, true, true), 2, {94.5, 335.1, 146.3, 760.8}},
                               {"Japanese, 45", person(45, true, true), 3, {131.3, 475.4, 220.4, 1114}},
                               {"Caucasian, 70", person(70, false, false), 1, {44.6, 160.4, 57.3, 277.9}},
                               {"Caucasian, 70", person(70, false, false), 2, {73.8, 275.8, 117.2, 522.0}},
                               {"Caucasian, 70", person(70, false, false), 3, {102.7, 391.2, 177.0, 765.9}},
                               {"Asian, 70", person(70, true, false), 1, {44.9, 171.0, 71.4, 373.9}},
                               {"Asian, 70", person(70, true, false), 2, {74.4, 296.3, 145.9, 708.0}},
                               {"Asian, 70", person(70, true, false), 3, {103.8, 421.5, 220.4, 1042}},
                               {"Japanese, 70", person(70, true, true), 1, {58.8, 212.2, 69.0, 409.2}},
                               {"Japanese, 70", person(70, true, true), 2, {96.5, 363.1, 141.7, 765.3}},
                               {"Japanese, 70", person(70, true, true), 3, {133.8, 513.9, 214.4, 1121}}};
}();

// Anchors A5, A6, A7: the paper's Table 4, 28, 56 and 84 mg by nose, by age and ethnicity. Within 3 %
// (seen: 1.5 %), but for the norketamine area.
TEST(Anchor, PerezRuixoPeaksAndAreasOfEveryGroup) {
  for (const NasalRow& row : table_4) {
    SCOPED_TRACE(testing::Message() << row.who << ", " << row.devices << " devices");
    const Trajectory course = nasal(row.patient, row.devices);
    EXPECT_NEAR(ng_mL(course.peak(0.0 * h, 24.0 * h).value) / row.published[0], 1.0, 0.03);
    EXPECT_NEAR(ng_h_mL(course.area(0.0 * h, 24.0 * h)) / row.published[1], 1.0, 0.03);
    EXPECT_NEAR(ng_mL(course.peak(0.0 * h, 24.0 * h, 1).value) / row.published[2], 1.0, 0.03);
  }
}

// Anchor A10, a documented failure: the model of the paper gives 1.38 to 1.56 times the norketamine
// areas of the paper's Table 4. This test stands so that nobody repairs it unnoticed.
TEST(Anchor, PerezRuixoNorketamineAreaIsNotThePublishedOne) {
  for (const NasalRow& row : table_4) {
    const double area = ng_h_mL(nasal(row.patient, row.devices).area(0.0 * h, 24.0 * h, 1));
    EXPECT_GT(area / row.published[3], 1.37) << row.who << ", " << row.devices << " devices";
    EXPECT_LT(area / row.published[3], 1.57) << row.who << ", " << row.devices << " devices";
  }
  EXPECT_NEAR(ng_h_mL(nasal(caucasian_45, 1).area(0.0 * h, 24.0 * h, 1)), 386.9, 0.06);
}

// The same structure, run by an independent program.
TEST(Anchor, PerezRuixoMatchesAnIndependentRun) {
  struct Run {
    Patient patient;
    int devices;
    std::vector<double> computed;
  };
  const Patient japanese_70{70.0 * units::kg, 70.0, true, true};
  for (const Run& run :
       {Run{caucasian_45, 1, {43.93, 146.9, 59.19, 386.9}},
        Run{caucasian_45, 2, {73.03, 253.8, 120.0, 746.1}}, Run{caucasian_45, 3, {102.2, 360.8, 180.8, 1105}},
        Run{japanese_70, 3, {135.5, 512.4, 214.5, 1671}}}) {
    const Trajectory course = nasal(run.patient, run.devices);
    const std::vector<double> found{
        ng_mL(course.peak(0.0 * h, 24.0 * h).value), ng_h_mL(course.area(0.0 * h, 24.0 * h)),
        ng_mL(course.peak(0.0 * h, 24.0 * h, 1).value), ng_h_mL(course.area(0.0 * h, 24.0 * h, 1))};
    for (std::size_t i = 0; i < found.size(); ++i)
      EXPECT_NEAR(found[i], run.computed[i], 6e-4 * run.computed[i]) << run.devices << " devices, " << i;
  }
}

// Anchor A9: bioavailability 54 % of 56 mg and 51 % of 84 mg by nose, 18.6 % by mouth (abstract and
// label); within one point, by mouth 1.5.
TEST(Anchor, PerezRuixoBioavailability) {
  const auto share_percent = [](const Trajectory& course, double dose_mg) {
    const Trajectory vein = course_of("perez-ruixo-2021", caucasian_45, {{"intravenous", 0.0, dose_mg}});
    return 100.0 * course.area(0.0 * h, 2000.0 * h).canonical() / vein.area(0.0 * h, 2000.0 * h).canonical();
  };
  EXPECT_NEAR(share_percent(nasal(caucasian_45, 2), 56.0), 54.0, 1.0);
  EXPECT_NEAR(share_percent(nasal(caucasian_45, 3), 84.0), 51.0, 1.0);
  const double oral = share_percent(course_of("perez-ruixo-2021", caucasian_45, {{"oral", 0.0, 84.0}}), 84.0);
  EXPECT_NEAR(oral, 18.6, 1.5);
  // In closed form F_gut (1 - E), E = V_h (k_el + k_met) / (Q_h + V_h (k_el + k_met)).
  const double extracted = 101.0 * (1.11 + 2.77);
  EXPECT_NEAR(oral, 64.0 * (1.0 - extracted / (151.0 + extracted)), 1e-6);
}

// Anchor 5.2: 35 mg over 40 min by vein. And exactly: of a dose by vein k_met / (k_el + k_met) becomes
// norketamine, which is cleared at 38 L/h.
TEST(Anchor, PerezRuixoByVein) {
  const Trajectory course =
      course_of("perez-ruixo-2021", caucasian_45, {{"intravenous", 0.0, 35.0, 40.0 / 60.0}});
  EXPECT_NEAR(ng_mL(course.peak(0.0 * h, 24.0 * h).value), 125.0, 0.6);
  const Peak second = course.peak(0.0 * h, 24.0 * h, 1);
  EXPECT_NEAR(ng_mL(second.value), 72.6, 0.06);
  EXPECT_NEAR(second.at.in(min), 105.0, 0.6);
  const double formed_mg = 35.0 * 2.77 / (1.11 + 2.77);
  EXPECT_NEAR(course.area(0.0 * h, 2000.0 * h, 1).in(units::mg / units::L * h), formed_mg / 38.0, 1e-8);
}

}  // namespace
}  // namespace evenkeel::pkpd
