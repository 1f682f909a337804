// A subject told in a line for each record, and what a record reads: for the tests of schedules.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>

#include "pkpd/schedule.hpp"
#include "pkpd/solve.hpp"
#include "support/plain_model.hpp"

namespace evenkeel::pkpd {

constexpr std::size_t into_depot = 0;
constexpr std::size_t into_central = 1;
constexpr std::size_t by_film = 2;

inline DoseSpec bolus(double amount_mg, std::size_t route = into_central) {
  return {.route = route, .amount = amount_mg * units::mg};
}
inline DoseSpec infusion(double amount_mg, double rate_mg_h, std::size_t route = into_central) {
  return {.route = route,
          .amount = amount_mg * units::mg,
          .form = DoseForm::at_rate,
          .rate = rate_mg_h * (units::mg / units::h)};
}
inline DoseSpec repeated(DoseSpec dose, int additional, double interval_h,
                         SteadyState steady = SteadyState::none) {
  dose.additional = additional;
  dose.interval = interval_h * units::h;
  dose.steady = steady;
  return dose;
}

// One compartment of 10 L behind a depot; CL 1 L/h, KA 2/h unless `with` says otherwise.
class PlainCourse {
 public:
  using Named = std::initializer_list<std::pair<const char*, double>>;

  PlainCourse& with(Named named) {
    for (const auto& [name, value] : named) values_.set(name, value);
    return *this;
  }
  PlainCourse& dose(double at_h, const DoseSpec& dose, RecordKind kind = RecordKind::dose) {
    add(at_h, kind).dose = dose;
    return *this;
  }
  PlainCourse& see(std::initializer_list<double> times_h) {
    for (const double at_h : times_h) add(at_h, RecordKind::observation);
    return *this;
  }
  PlainCourse& reset(double at_h) {
    add(at_h, RecordKind::reset);
    return *this;
  }
  Record& add(double at_h, RecordKind kind) { return subject_.add(at_h, kind, subject_.with(values_)); }

  [[nodiscard]] Result<Timeline, RecordError> scheduled(
      AfterLastRecord after = AfterLastRecord::nothing) const {
    return schedule(structure_, subject_.subject(), after);
  }
  // mg in the central compartment at the records, from the first.
  [[nodiscard]] std::vector<double> central_mg() const { return amounts_mg(1); }
  [[nodiscard]] std::vector<double> amounts_mg(Eigen::Index compartment) const {
    const auto timeline = scheduled();
    EXPECT_TRUE(timeline.has_value()) << (timeline ? "" : to_string(timeline.error().error));
    if (!timeline) return {};
    const Eigen::VectorXd read = read_outs(*timeline, rows()).amounts.col(compartment);
    return {read.begin(), read.end()};
  }
  [[nodiscard]] std::size_t rows() const { return subject_.subject().records.size(); }
  [[nodiscard]] PlainSubject& subject() { return subject_; }
  [[nodiscard]] PlainValues& values() { return values_; }

 private:
  static PlainValues first_values(const Structure& structure) {
    PlainValues values{structure};
    values.set("CL", 1.0).set("V", 10.0).set("KA", 2.0);
    values.set("FILM", 0.6).set("OVER", 0.5).set("LATE", 0.0);
    return values;
  }

  Structure structure_{plain_model()};
  PlainSubject subject_{structure_};
  PlainValues values_ = first_values(structure_);
};

inline void expect_all_near(const std::vector<double>& found, const std::vector<double>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_NEAR(found[i], expected[i], 1e-12 * std::abs(expected[i]) + 1e-12) << "record " << i;
}

}  // namespace evenkeel::pkpd
