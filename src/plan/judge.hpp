// Inside propose: what the aims make of a candidate, and how candidates rank.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "plan/answer.hpp"
#include "plan/question.hpp"

namespace evenkeel::plan {

// The aims with their levels found once for each model. The question must outlive it. Errors (invalid_input):
// a probability outside 0 to 1, a limit that is not finite, a range below zero; outside_domain: those of
// highest_level().
class Judge {
 public:
  static Result<Judge> make(const DoseQuestion& question);

  // Aims that no model can judge, as gaps: without them there is no advice.
  [[nodiscard]] std::vector<Gap> gaps() const;
  // All but LeastDose, which needs all candidates (rank()). `predicted`: by model, this candidate's.
  [[nodiscard]] std::vector<AimJudgement> judge(std::span<const Predicted* const> predicted) const;

 private:
  struct Levels {  // mg/L; none: exceeded wherever it was studied
    std::size_t read_out = 0;
    std::optional<double> typical;
    std::optional<double> sensitive;
  };
  struct InModel {
    std::string why_not;  // empty where the model can judge
    Levels levels;        // for EffectBelow
  };
  explicit Judge(const DoseQuestion& question) : question_(&question) {}
  [[nodiscard]] std::string model_cannot(const Aim& aim, std::size_t model) const;
  Result<InModel> in_model(const Aim& aim, std::size_t model) const;
  [[nodiscard]] ModelJudgement judge_in(std::size_t aim, std::size_t model, const Predicted& predicted) const;

  const DoseQuestion* question_;
  std::vector<std::vector<InModel>> by_aim_;  // [aim][model]
};

// Puts the best first, judges LeastDose and says of each why it stands where it does.
void rank(const DoseQuestion& question, std::vector<Candidate>& candidates);

}  // namespace evenkeel::plan
