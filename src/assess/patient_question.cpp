#include "assess/patient_question.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "assess/matching.hpp"

namespace evenkeel::assess {
namespace {

using units::h;

// The sessions that the model covers, up to the first that it does not; why it stops there.
Result<void> take_sessions(const ExposureQuestion& record, const pkpd::Structure& structure,
                           PatientQuestion& into) {
  for (const care::Session& session : record.sessions) {
    const pkpd::Patient patient = patient_at(session.weight, session.start, record.facts);
    if (const auto typical = structure.typical(patient); !typical) {
      if (into.sessions == 0) return typical.error();
      into.cautions.push_back(
          fmt::format("from session {} on nothing is used: {}", session.id, typical.error().what));
      return {};
    }
    const Duration start = session.start - into.zero;
    const int occasion = static_cast<int>(++into.sessions);
    into.question.spans.push_back({start, patient, occasion});
    for (const care::RateSegment& run : session.infusion)
      into.question.given.push_back({run.from - into.zero, run.until - run.from, run.amount, 0});
    if (!session.infusion_unknown.empty())
      into.cautions.push_back(fmt::format("the infusion of session {} is not known", session.id));
  }
  return {};
}

// The patient as last weighed, given nothing yet; an hour before, so that all the future lies after it.
Result<PatientQuestion> before_the_first(const ExposureQuestion& record, PatientQuestion made) {
  if (!record.facts.weight || !record.facts.weighed)
    return Error{ErrorCode::invalid_input, "record", "neither an infusion nor a body weight is recorded"};
  made.zero = *record.facts.weighed - 1.0 * h;
  made.question.spans.push_back(
      {Duration{}, patient_at(*record.facts.weight, *record.facts.weighed, record.facts), 1});
  for (const care::Event& event : record.valid) {
    if (std::holds_alternative<care::Assay>(event.body))
      made.left_out.push_back({event.id, event.at, "drawn before the first infusion of the record"});
  }
  return made;
}

// Why an assay says nothing about this patient's parameters, or empty.
std::string why_left_out(const ExposureQuestion& record, const PatientQuestion& question, Instant at,
                         const care::Assay& assay) {
  if (at < question.zero) return "drawn before the first infusion of the record";
  const std::size_t covered = question.sessions;
  if (covered < record.sessions.size() && at >= record.sessions[covered].start)
    return "drawn after a session that the model does not cover";
  const auto unknown = std::ranges::find_if(record.sessions, [&](const care::Session& s) {
    return !s.infusion_unknown.empty() && s.start <= at && at - s.start < carry_over_h * h;
  });
  if (unknown != record.sessions.end())
    return fmt::format("the infusion of session {} is not known", unknown->id);
  if (!assay.value && !assay.lower_limit) return "below a limit that is not stated";
  return {};
}

}  // namespace

Result<PatientQuestion> question_of(const ExposureQuestion& record, const pkpd::Structure& structure) {
  PatientQuestion made;
  made.question.structure = &structure;
  made.limits.resize(structure.model().outputs.size());
  if (record.sessions.empty()) return before_the_first(record, std::move(made));
  made.zero = record.sessions.front().start;
  if (const auto taken = take_sessions(record, structure, made); !taken) return taken.error();
  if (record.lines_set_aside)
    made.cautions.emplace_back(
        "lines of the record were set aside; an infusion or assay among them is not used");
  const pkpd::Moiety given = moiety_of(record.sessions.front().drug);
  for (const care::Event& event : record.valid) {
    const auto* assay = std::get_if<care::Assay>(&event.body);
    if (assay == nullptr) continue;
    const Match match = match_assay(structure.model(), given, *assay);
    if (match.output && assay->lower_limit) {
      auto& limit = made.limits[*match.output];
      limit = std::max(limit.value_or(Concentration{}), *assay->lower_limit);
    }
    const std::string why = match.output ? why_left_out(record, made, event.at, *assay) : match.why_not;
    if (!why.empty()) {
      made.left_out.push_back({event.id, event.at, why});
      continue;
    }
    individual::Measured measured{event.id, event.at - made.zero, *match.output, individual::Assayed{}};
    if (assay->value)
      measured.what = individual::Assayed{*assay->value};
    else
      measured.what = individual::Below{*assay->lower_limit};
    made.question.measured.push_back(std::move(measured));
  }
  std::ranges::stable_sort(made.question.measured, {}, &individual::Measured::at);
  return made;
}

void assume_scatter(const pkpd::Model& model, double proportional_sd, PatientQuestion& asked) {
  for (const pkpd::Output& output : model.outputs) {
    const auto& stated = model.variability.residuals;
    if (std::ranges::find(stated, output.id, &pkpd::ResidualError::output) != stated.end()) continue;
    asked.question.assumed.push_back({output.id, proportional_sd, {}, 0.0, {}});
    asked.cautions.push_back(
        fmt::format("model {} states no scatter of a measured {}: {:.0f} % is assumed, as asked", model.id,
                    output.id, 100.0 * proportional_sd));
  }
}

}  // namespace evenkeel::assess
