// A record as a question to one model (individual/question.hpp): its infusions, and what was measured of
// them that the model can predict. Each session is an occasion and has the body weight of its day.
// Pure; safe to use from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/exposure.hpp"
#include "base/result.hpp"
#include "individual/question.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::assess {

// A measurement that the question does not hold, and why.
struct LeftOut {
  std::string event;
  Instant at;
  std::string why;
};

struct PatientQuestion {
  individual::Question question;
  Instant zero;  // of the question's times: the first session's start
  std::vector<LeftOut> left_out;
  std::vector<std::string> cautions;  // what the answer must say: lines set aside, an infusion not known
  std::size_t sessions = 0;           // covered, from the first on
  // Of each output of the model: the highest lower limit that an assay of the record states.
  std::vector<std::optional<Concentration>> limits;
};

// Every assay of the record is a measurement of the question or left out. An assay below its limit counts as
// that; one whose limit nobody stated cannot. `structure` must outlive the question.
// Before the first session: the patient as last weighed. Errors: those of Structure::typical for the first
// session; invalid_input where neither a session nor a weight is recorded.
[[nodiscard]] Result<PatientQuestion> question_of(const ExposureQuestion& record,
                                                  const pkpd::Structure& structure);

// The scatter of assays that the asker supposes, for outputs where the model states none; said aloud.
void assume_scatter(const pkpd::Model& model, double proportional_sd, PatientQuestion& asked);

}  // namespace evenkeel::assess
