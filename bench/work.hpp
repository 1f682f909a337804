// The work that is measured: regimens, grids and subjects, fixed to the last number, and the plain way
// to do it, one sum of exponentials for each dose.
//
// The three-compartment work: 35 mg over 40 min on days 0, 2, 4, 7, 9 and 11; read every 5 min on those
// days, hourly otherwise, to day 14: 1,921 times. V1 4.41 L, CL 1.93158, Q2 2.61072, Q3 2.6019 L/min,
// V2 10.5697166, V3 178.212329 L (Domino 1982 at 70 kg, as the field's open programs carry it); CL and
// V1 log-normal with standard deviation 0.3.
// The eleven-compartment work: S-ketamine with nor- and hydroxynorketamine as Simons 2022 describes
// them, intravenous, with the published log-normal variances; three read-outs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pkpd/batch.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::bench {

struct Infusion {
  double at_h = 0.0;
  double hours = 0.0;
  double rate_mg_h = 0.0;
};

std::vector<Infusion> six_infusions();
pkpd::Timeline timeline_of(const std::vector<Infusion>& infusions);
std::vector<double> fortnight_grid_h();  // 1,921 times
std::vector<double> irregular_grid_h();  // 1,921 times, no two steps equal
// `count` regimens that differ in every dose and in the days it is given on.
std::vector<std::vector<Infusion>> different_regimens(std::size_t count);

pkpd::Model three_compartments();
pkpd::Model simons_intravenous();

// Subjects of a model: typical values and, for each named parameter, the standard deviation of the
// logarithm. Drawn once, from a fixed seed.
class Cohort {
 public:
  struct Spread {
    std::string parameter;
    double sd = 0.0;
  };
  Cohort(pkpd::Model model, const std::vector<Spread>& spreads, std::size_t subjects);
  Cohort(const Cohort&) = delete;
  Cohort& operator=(const Cohort&) = delete;

  [[nodiscard]] pkpd::Batch batch(std::vector<pkpd::BatchPlan> plans) const;
  [[nodiscard]] pkpd::Values values(std::size_t subject) const;
  [[nodiscard]] const pkpd::Structure& structure() const { return structure_; }
  [[nodiscard]] std::size_t subjects() const { return factors_.size() / spread_.size(); }

 private:
  pkpd::Structure structure_;
  pkpd::Values typical_;
  std::vector<std::size_t> spread_;  // parameters
  std::vector<double> factors_;      // [subject][spread]
};

Cohort three_compartment_cohort(std::size_t subjects);
Cohort simons_cohort(std::size_t subjects);

// Concentrations of one subject by the textbook: at every time, over every dose given by then, a sum of
// three exponentials. In long double when `Real` is.
template <class Real>
std::vector<Real> dose_by_dose(const pkpd::LinearSystem& system, const std::vector<Infusion>& infusions,
                               const std::vector<double>& times_h);

}  // namespace evenkeel::bench
