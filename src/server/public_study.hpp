// The virtual clinic's study that the public page shows. Its arms are lived one after the other, by a thread
// that gives way to everything else, from the first question on; the arm asked for last comes next. What is
// counted is kept. The counts of an arm are those of `evenkeel study` with the same file, to the last bit.
//
// Safe to use from any thread. Ends within the life of one patient.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "cohort/life.hpp"
#include "cohort/tally.hpp"
#include "json/write.hpp"

namespace evenkeel::server {

// By behaviour, as Study::behaviours.
using ArmTally = std::vector<cohort::Tally>;

class PublicStudy {
 public:
  // `library` outlives it. Errors: those of cohort::World::make.
  [[nodiscard]] static Result<std::unique_ptr<PublicStudy>> make(cohort::Study study,
                                                                 const assess::Library& library);
  explicit PublicStudy(cohort::World world);

  struct State {
    std::uint32_t lived = 0;                // patients
    std::shared_ptr<const ArmTally> whole;  // null until all have
  };
  // Of the arm with this index.
  [[nodiscard]] State of(std::size_t arm);

  [[nodiscard]] const cohort::Study& study() const { return world_.study(); }

 private:
  void work(const std::stop_token& stop);
  [[nodiscard]] std::optional<std::size_t> next(const std::stop_token& stop);
  [[nodiscard]] std::optional<ArmTally> live_arm(std::size_t arm, const std::stop_token& stop);

  const cohort::World world_;
  std::mutex mutex_;
  std::condition_variable_any asked_;
  std::vector<State> states_;        // by arm
  std::optional<std::size_t> last_;  // asked for; nothing is lived before
  std::jthread worker_;              // the last member: the first to end
};

// GET /api/public/study: what is asked, of whom, what is supposed, and what can be chosen.
[[nodiscard]] json::Node study_node(const cohort::Study& study);
// GET /api/public/study/{arm}: how far it is and, once it is whole, what became of its patients.
[[nodiscard]] json::Node arm_node(const cohort::Study& study, std::size_t arm,
                                  const PublicStudy::State& state);

}  // namespace evenkeel::server
