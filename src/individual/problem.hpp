// A question about one patient, made ready: every time settled, every name resolved, and the joint density of
// the measurements and the patient's effects as a function of z.
//
//   F(z) = z'z / 2 + n ln(2 pi) / 2 + sum of the terms of likelihood.hpp        minus the log density
//
// z are standard normal, one for each random effect that what was measured can tell of: those of the patient,
// and those of the occasions that a prediction depends on, by more than a millionth of it. All others keep
// what the model says of them.
// Derivatives are those of the exact solution (dual.hpp). Immutable; safe to use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "individual/course.hpp"
#include "individual/likelihood.hpp"
#include "individual/question.hpp"
#include "pkpd/random_effects.hpp"

namespace evenkeel::individual {

// One component of the vector z of one block, on one occasion or for good.
struct Coordinate {
  std::size_t block = 0;  // of RandomEffects::blocks()
  std::size_t row = 0;    // in it
  pkpd::Level level = pkpd::Level::subject;
  int occasion = 0;  // for Level::occasion
};

struct Evaluation {
  double objective = 0.0;     // F; infinite where z makes a measurement impossible
  Eigen::VectorXd gradient;   // dF/dz
  Eigen::MatrixXd curvature;  // expected, positive definite: J' W J + I
  Eigen::VectorXd predicted;  // f, mg/L, as Question::measured
  Eigen::MatrixXd jacobian;   // df/dz
};

class Problem {
 public:
  // Errors (invalid_input): nothing to go by, times or amounts that cannot be, a measurement before the first
  // span, an output whose scatter nobody states. outside_domain: an effect that cannot be read; a dose
  // whose time of arrival itself varies between patients. Those of Structure::typical and system, and of
  // RandomEffects::make.
  [[nodiscard]] static Result<Problem> make(Question question);

  [[nodiscard]] const Question& question() const { return question_; }
  [[nodiscard]] const pkpd::RandomEffects& effects() const { return effects_; }
  [[nodiscard]] std::span<const Coordinate> coordinates() const { return coordinates_; }
  [[nodiscard]] std::size_t dimensions() const { return coordinates_.size(); }
  [[nodiscard]] std::span<const pkpd::Values> typical() const { return typical_; }  // in each span
  [[nodiscard]] std::span<const Scatter> scatter() const { return scatter_; }       // as measured

  [[nodiscard]] Evaluation evaluate(const Eigen::VectorXd& z) const;
  // F alone, in less time.
  [[nodiscard]] double objective(const Eigen::VectorXd& z) const;

  // Sum of the etas in force on `occasion`, as effects().effects(): from z, and for what z does not hold,
  // zero or, with a draw, what pkpd::RandomEffects draws for it.
  struct Draw {
    std::uint64_t seed = 0;
    std::uint32_t number = 0;
  };
  [[nodiscard]] std::vector<double> etas(const Eigen::VectorXd& z, int occasion,
                                         std::optional<Draw> draw = {}) const;
  // The parameters in a span of the question, or of another patient state. Errors: those of
  // RandomEffects::individual.
  [[nodiscard]] Result<pkpd::Values> values(const Eigen::VectorXd& z, std::size_t span,
                                            std::optional<Draw> draw = {}) const;

  // The same course read elsewhere, to be solved with what values() gives for every span, in order.
  // Errors: those of make_course.
  [[nodiscard]] Result<CourseOf> read_at(std::span<const ReadAt> read_at) const;

 private:
  Problem() = default;
  [[nodiscard]] std::optional<Error> take_scatter();
  [[nodiscard]] std::optional<Error> take_course();
  [[nodiscard]] std::vector<int> occasions_seen() const;
  void take_coordinates();
  void take_likeness(Course& course, bool drawn) const;
  template <std::size_t N>
  void differentiate(const Eigen::VectorXd& z, std::size_t from, Evaluation& into) const;
  template <class T>
  [[nodiscard]] std::optional<std::vector<std::vector<T>>> values_of(const std::vector<T>& z) const;
  void add_terms(Evaluation& into) const;
  [[nodiscard]] Term term_of(std::size_t i, double f_mg_L) const;

  Question question_;
  pkpd::RandomEffects effects_;
  std::vector<pkpd::Values> typical_;
  std::vector<Coordinate> coordinates_;
  std::vector<Scatter> scatter_;
  CourseOf course_;
};

}  // namespace evenkeel::individual
