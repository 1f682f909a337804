// What the looks of one life come to: the parts of an Outcome that the rules decide. A value.
#pragma once

#include <string>
#include <vector>

#include "assess/notice.hpp"
#include "cohort/life.hpp"

namespace evenkeel::cohort {

class Noting {
 public:
  // `rules` and `behaviour` outlive it; `onset` is that of a sign, or `never`.
  Noting(const std::vector<watch::Rule>& rules, const Behaviour& behaviour, std::int32_t onset,
         Outcome& into);

  void take(const assess::Noticed& noticed, std::int32_t day);

  [[nodiscard]] int level() const { return level_; }  // of the last look
  // Whose findings counted then.
  [[nodiscard]] std::vector<std::string> open_rules() const;

 private:
  const std::vector<watch::Rule>& rules_;
  const Behaviour& behaviour_;
  Outcome& out_;
  int level_ = 0;
  std::vector<bool> open_;  // by rule
};

}  // namespace evenkeel::cohort
