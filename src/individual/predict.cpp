#include "individual/predict.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "pkpd/ensemble.hpp"
#include "pkpd/parallel.hpp"

namespace evenkeel::individual {
namespace {

using SpanValues = std::vector<pkpd::Values>;

Result<SpanValues> values_of(const Problem& problem, const Eigen::VectorXd& z,
                             std::optional<Problem::Draw> draw) {
  SpanValues values;
  for (std::size_t span = 0; span < problem.question().spans.size(); ++span) {
    auto each = problem.values(z, span, draw);
    if (!each) return each.error();
    values.push_back(*std::move(each));
  }
  return values;
}

std::size_t members_of(const Problem& problem, std::size_t count) {
  return problem.effects().effects().empty() ? 1 : count;
}

// The z of member i, and the draw of what z does not hold.
struct MemberOf {
  Eigen::VectorXd z;
  Problem::Draw draw;
};
MemberOf member_of(const Posterior& posterior, std::span<const std::size_t> chosen, std::size_t i) {
  return {posterior.z.col(static_cast<Eigen::Index>(chosen[i])),
          {posterior.seed, static_cast<std::uint32_t>(i)}};
}

bool enters_whole(const pkpd::Path& path) {
  return path.lag.empty() && path.over.empty();
}

// The question with one span more, which ends the course.
Result<Question> continued(const Problem& problem, const Span& now) {
  Question question = problem.question();
  const auto later = [&](Duration time) { return time >= now.from; };
  const bool given =
      std::ranges::any_of(question.given, [&](const Given& g) { return later(g.at + g.length); });
  const bool measured =
      std::ranges::any_of(question.measured, [&](const Measured& m) { return later(m.at); });
  if (given || measured || !(question.spans.back().from < now.from))
    return Error{ErrorCode::invalid_input, "now",
                 "a forecast begins after everything that was given and measured; something comes later"};
  question.spans.push_back(now);
  return question;
}

// Whether something that was given before still enters at `now`: over time, or after a lag.
bool goes_on(const Course& course, const Question& question, const Span& now) {
  double last_h = question.spans.front().from.canonical();
  for (const Stretch& stretch : course.stretches) last_h += stretch.hours;
  return last_h > now.from.canonical() + 1e-9;
}

}  // namespace

Result<Eigen::MatrixXd> curves(const Problem& problem, const Posterior& posterior,
                               std::span<const ReadAt> read_at, std::size_t count, int threads) {
  const auto course = problem.read_at(read_at);
  if (!course) return course.error();
  const std::vector<std::size_t> chosen = equally_likely(posterior, members_of(problem, count));
  Eigen::MatrixXd found(std::ssize(read_at), std::ssize(chosen));
  std::vector<std::optional<Error>> failed(chosen.size());
  pkpd::in_parallel(threads, chosen.size(), 16, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const MemberOf member = member_of(posterior, chosen, i);
      const auto values = values_of(problem, member.z, member.draw);
      if (!values) {
        failed[i] = values.error();
        continue;
      }
      const std::vector<double> read = solve(course->course, *values);
      for (std::size_t row = 0; row < course->place.size(); ++row)
        found(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(i)) = read[course->place[row]];
    }
  });
  for (auto& error : failed) {
    if (error) return *std::move(error);
  }
  return found;
}

Result<std::vector<double>> curve(const Problem& problem, const Eigen::VectorXd& z,
                                  std::span<const ReadAt> read_at) {
  const auto course = problem.read_at(read_at);
  if (!course) return course.error();
  const auto values = values_of(problem, z, {});
  if (!values) return values.error();
  const std::vector<double> read = solve(course->course, *values);
  std::vector<double> found;
  for (const std::size_t place : course->place) found.push_back(read[place]);
  return found;
}

Eigen::MatrixXd bands(const Eigen::MatrixXd& curves, std::span<const double> probabilities) {
  Eigen::MatrixXd found(curves.rows(), std::ssize(probabilities));
  for (Eigen::Index row = 0; row < curves.rows(); ++row) {
    const Eigen::VectorXd values = curves.row(row);
    for (std::size_t p = 0; p < probabilities.size(); ++p)
      found(row, static_cast<Eigen::Index>(p)) =
          pkpd::percentile({values.begin(), values.end()}, probabilities[p]);
  }
  return found;
}

Result<Forecast> forecast(const Problem& problem, const Posterior& posterior, const Span& now,
                          std::size_t count, const ChangeOfValues& change) {
  const pkpd::Structure& structure = *problem.question().structure;
  const auto& route = structure.model().routes.front();
  if (route.paths.size() != 1 || !enters_whole(route.paths.front()))
    return Error{ErrorCode::outside_domain, structure.model().id,
                 "a dose by the first route does not enter whole and at once: no forecast is made"};
  auto question = continued(problem, now);
  if (!question) return question.error();
  auto typical = structure.typical(now.patient);
  if (!typical) return typical.error();
  std::vector<pkpd::Values> all{problem.typical().begin(), problem.typical().end()};
  all.push_back(*typical);
  const auto course = make_course(*question, all, {});
  if (!course) return course.error();
  if (goes_on(course->course, *question, now))
    return Error{ErrorCode::invalid_input, "now",
                 "a forecast begins after everything that was given has entered; a dose is still on its way"};

  const bool measured = !problem.question().measured.empty();
  const std::vector<std::size_t> chosen = equally_likely(posterior, members_of(problem, count));
  Forecast found{structure.model().id,
                 structure.model().version,
                 measured            ? Basis::measured
                 : chosen.size() > 1 ? Basis::population
                                     : Basis::typical,
                 structure.model().outputs,
                 {},
                 structure.model().caveats};
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const MemberOf member = member_of(posterior, chosen, i);
    auto values = values_of(problem, member.z, member.draw);
    if (!values) return values.error();
    auto next = problem.effects().individual(*typical, problem.etas(member.z, now.occasion, member.draw));
    if (next && change) next = change(*next);
    if (!next) return next.error();
    auto system = structure.system(*next);
    if (!system) return system.error();
    const auto entries = structure.entries(0, *next);
    if (!entries) return entries.error();
    values->push_back(*std::move(next));
    std::vector<double> amounts;
    static_cast<void>(solve(course->course, *values, &amounts));
    const Eigen::VectorXd left = Eigen::VectorXd::Map(amounts.data(), system->rates.rows());
    found.members.push_back({*std::move(system), left, entries->front().fraction});
  }
  return found;
}

}  // namespace evenkeel::individual
