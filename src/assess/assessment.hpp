// What can be said about a patient's course at one moment, and what it rests on.
// Values; made by assess(), shown by report/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/exposure.hpp"
#include "assess/individual.hpp"
#include "assess/next_dose.hpp"
#include "care/course.hpp"
#include "care/session.hpp"
#include "watch/dependence_review.hpp"
#include "watch/help.hpp"
#include "watch/rule.hpp"

namespace evenkeel::assess {

// A part of the input that is not in the assessment, and why.
struct SetAside {
  std::size_t line = 0;
  std::string event;  // its id, where one could be read
  Error error;
};

struct SessionView {
  care::Session session;
  std::vector<care::SessionNote> notes;
  std::optional<std::string> not_checked;  // why the session could not be held against a protocol
};

// Who is asked to do what, by when.
struct Action {
  std::string who;
  std::string what;
  std::optional<Instant> by;
  bool urgent = false;
  std::vector<std::string> events = {};  // a review that names them answers it; or empty
};

// An entry of the record that stands in no other part: a contact, a review, a symptom.
struct Entry {
  std::string event;
  Instant at;
  std::string text;
};

struct CitedEvidence {
  std::string id;
  std::string version;
  std::string statement;
  char grade = 'D';
  std::string label;
  std::string limits;
  std::vector<std::string> sources;
};

struct Assessment {
  std::string patient;
  Instant now;
  std::size_t events = 0;
  care::Facts facts;
  std::optional<double> body_mass_index;

  std::string protocol;  // "id version", or empty
  std::vector<SessionView> sessions;
  std::optional<care::CourseStatus> course;
  std::string no_course_because;
  std::vector<care::TimedScore> scores;
  std::vector<care::Instrument> instruments;  // those that have scores
  Exposure exposure;
  std::optional<Individual> individual;  // where there are assays that the model can take
  std::string no_individual_because;     // empty where nothing was measured

  std::vector<watch::RuleOutcome> rules;
  int level = 0;
  std::string level_name;
  std::vector<Action> actions;
  // From level 2 on, where the library has them: the steps of the care pathway that apply, and a structured
  // look at dependence for the clinician to fill in.
  std::vector<watch::HelpStep> help;
  std::optional<watch::DependenceReview> dependence_review;
  std::optional<NextDose> next_dose;
  std::string no_next_dose_because;     // set where it was asked for and could not be answered
  std::vector<CitedEvidence> evidence;  // what the findings cite

  std::vector<Entry> entries;
  std::vector<std::string> missing;  // stale or absent data, said aloud
  std::vector<SetAside> set_aside;
  std::size_t not_yet_known = 0;                              // events recorded after `now`
  std::vector<std::pair<std::string, std::string>> versions;  // of everything used: id, version
};

}  // namespace evenkeel::assess
