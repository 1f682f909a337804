// One virtual patient's record as it grows, and what the rules see of it: sessions, scores and predictions
// are made once, when the event that completes them is written, by the code that assess() uses for a whole
// record. A value; one thread at a time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assess/library.hpp"
#include "assess/notice.hpp"
#include "assess/prediction.hpp"
#include "watch/kinds.hpp"

namespace evenkeel::cohort {

class Chronicle {
 public:
  // `library` and `predictor` outlive it; `model` is the one the predictor was made from.
  Chronicle(const assess::Library& library, const assess::Predictor& predictor, const pkpd::Model& model,
            std::string patient);
  Chronicle(const Chronicle&) = delete;  // what the rules see refers to its events
  Chronicle& operator=(const Chronicle&) = delete;

  // Written down as it happens. Events come in the order of time, and those of a visit with an infusion come
  // together, its vital signs before the start included, between begin_visit() and the discharge.
  const care::Event& write(Instant at, std::string_view by, care::Body body);
  void begin_visit() { visit_ = events_.size(); }

  // What the rules see at `now`, which is no earlier than the last event and within no infusion.
  [[nodiscard]] assess::Noticed look(Instant now) const;

  [[nodiscard]] std::span<const care::Event> events() const { return events_; }
  [[nodiscard]] std::span<const care::Session> sessions() const { return sessions_; }
  [[nodiscard]] bool knows(std::string_view instrument) const { return find(instrument) != nullptr; }
  // The totals of an instrument so far, by time.
  [[nodiscard]] std::vector<int> totals(std::string_view instrument) const;
  [[nodiscard]] std::vector<care::Event> take() && { return std::move(events_); }

 private:
  [[nodiscard]] const care::Instrument* find(std::string_view instrument) const;
  void follow(const care::Event& event);
  void end_visit(Instant now);
  void predict_test(const care::Event& event);

  const assess::Library& library_;
  const assess::Predictor& predictor_;
  std::string patient_;
  std::string model_;
  std::vector<care::Event> events_;
  watch::Kinds kinds_;
  care::Plans plans_{{}};
  std::optional<care::PlanInForce> plan_;
  std::size_t visit_ = 0;  // its first event
  care::Facts facts_;
  std::vector<care::Session> sessions_;
  std::vector<care::TimedScore> scores_;
  watch::Prediction prediction_;
};

}  // namespace evenkeel::cohort
