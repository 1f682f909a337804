// The density of one patient's measurements and effects written a second time, plainly, from pkpd and the
// textbook, with nothing of src/individual but the question.
//
//   z: the components of every block of the patient, in order, then those of every block of each occasion
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/patient_course.hpp"

namespace evenkeel::test {

class PlainPatient {
 public:
  // Measurements are assays or below the limit; doses enter whole where the first route leads.
  PlainPatient(individual::Question question, std::vector<int> occasions)
      : question_(std::move(question)), occasions_(std::move(occasions)) {
    add(pkpd::Level::subject, 0);
    for (const int occasion : occasions_) add(pkpd::Level::occasion, occasion);
  }

  // Where each component stands: its block in the model, its row, its occasion.
  struct Place {
    std::size_t block = 0;
    Eigen::Index row = 0;
    int occasion = 0;
  };
  [[nodiscard]] const std::vector<Place>& places() const { return places_; }

  [[nodiscard]] std::vector<pkpd::Values> values(const Eigen::VectorXd& z) const {
    const auto& model = question_.structure->model();
    std::vector<pkpd::Values> all;
    for (const individual::Span& span : question_.spans) {
      Eigen::VectorXd eta = Eigen::VectorXd::Zero(std::ssize(model.parameters));
      std::vector<std::optional<pkpd::Distribution>> scale(model.parameters.size());
      for (std::size_t j = 0; j < places_.size(); ++j) {
        const pkpd::RandomBlock& block = model.variability.blocks[places_[j].block];
        if (block.level == pkpd::Level::occasion && places_[j].occasion != span.occasion) continue;
        const Eigen::MatrixXd lower = block.covariance.llt().matrixL();
        for (std::size_t k = 0; k < block.parameters.size(); ++k) {
          const std::size_t parameter = *question_.structure->parameter(block.parameters[k]);
          eta[static_cast<Eigen::Index>(parameter)] +=
              lower(static_cast<Eigen::Index>(k), places_[j].row) * z[static_cast<Eigen::Index>(j)];
          scale[parameter] = block.distributions[k];
        }
      }
      pkpd::Values values = *question_.structure->typical(span.patient);
      for (std::size_t p = 0; p < values.size(); ++p) {
        const double e = eta[static_cast<Eigen::Index>(p)];
        if (scale[p] == pkpd::Distribution::log_normal) values[p] *= std::exp(e);
        if (scale[p] == pkpd::Distribution::normal) values[p] += e;
        if (scale[p] == pkpd::Distribution::logit_normal)
          values[p] = 1.0 / (1.0 + std::exp(-std::log(values[p] / (1.0 - values[p])) - e));
      }
      all.push_back(std::move(values));
    }
    return all;
  }

  // -ln of the joint density, with every constant.
  [[nodiscard]] double objective(const Eigen::VectorXd& z) const {
    const boost::math::normal standard;
    const auto all = values(z);
    for (const pkpd::Values& each : all) {
      if (!question_.structure->system(each)) return std::numeric_limits<double>::infinity();
    }
    const auto course = course_of(question_, all);
    double sum = 0.0;
    for (const double each : z) sum -= std::log(boost::math::pdf(standard, each));
    for (const individual::Measured& seen : question_.measured) {
      const double f = course.concentration(seen.at, seen.output).canonical();
      const pkpd::ResidualError& error = error_of(seen.output);
      const bool log = error.log_sd > 0.0;
      const double a = error.additive_sd.canonical();
      const double sd = log ? error.log_sd : std::sqrt(std::pow(error.proportional_sd * f, 2) + a * a);
      const auto off = [&](double y) { return log ? std::log(y / f) / sd : (y - f) / sd; };
      if (const auto* assay = std::get_if<individual::Assayed>(&seen.what)) {
        const double y = assay->value.canonical();
        sum += 0.5 * std::pow(off(y), 2) + std::log(sd * std::sqrt(2.0 * M_PI)) + (log ? std::log(y) : 0.0);
      } else {
        const double limit = std::get<individual::Below>(seen.what).limit.canonical();
        sum -= std::log(boost::math::cdf(standard, off(limit)));
      }
    }
    return sum;
  }

 private:
  void add(pkpd::Level level, int occasion) {
    const auto& blocks = question_.structure->model().variability.blocks;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      if (blocks[b].level != level) continue;
      for (Eigen::Index row = 0; row < blocks[b].covariance.rows(); ++row)
        places_.push_back({b, row, occasion});
    }
  }
  [[nodiscard]] const pkpd::ResidualError& error_of(std::size_t output) const {
    const auto& model = question_.structure->model();
    for (const auto* list : {&question_.assumed, &model.variability.residuals}) {
      for (const auto& each : *list) {
        if (each.output == model.outputs[output].id) return each;
      }
    }
    ADD_FAILURE() << "no residual error for output " << output;
    return model.variability.residuals.front();
  }

  individual::Question question_;
  std::vector<int> occasions_;
  std::vector<Place> places_;
};

}  // namespace evenkeel::test
