// Tables: what is taken is written and reads back the same, the times of a subject go on, and the engine
// takes each subject or says why not.
#include <cmath>
#include <sstream>

#include "exchange/table_reader.hpp"
#include "exchange/table_writer.hpp"
#include "fuzz_target.hpp"
#include "pkpd/solve.hpp"
#include "support/linear_models.hpp"

namespace {

using namespace evenkeel;

const pkpd::Structure& structure() {
  static const pkpd::Structure model{test::absorption_model()};
  return model;
}

void explained(const Error& error) {
  promise(error.where.starts_with("table:"), "a refusal names the line");
  promise(!error.what.empty(), "a refusal has a reason");
}

std::string written(const exchange::TableSubject& subject) {
  std::ostringstream out;
  promise(!exchange::TableWriter{out, structure()}.write(subject), "what was read can be written");
  return out.str();
}

void check_round_trip(const exchange::TableSubject& subject) {
  const std::string text = written(subject);
  std::istringstream in{text};
  auto reader = exchange::TableReader::open(in, structure());
  promise(reader.has_value(), "what is written has a heading");
  const auto again = reader->next();
  promise(again && *again, "what is written reads back");
  promise((*again)->id == subject.id, "an id is kept");
  promise(written(**again) == text, "what is written reads back the same");
}

void check_times(const exchange::TableSubject& subject) {
  const auto& rows = subject.history.rows;
  promise(!rows.empty() && rows.size() == subject.rows.size(), "a subject has rows");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const bool resets =
        rows[i].kind == pkpd::RecordKind::reset || rows[i].kind == pkpd::RecordKind::reset_and_dose;
    promise(resets || rows[i].at >= rows[i - 1].at, "times go back at a reset only");
  }
}

// Doses may be many where few rows say so: the engine's own limits are another target's.
bool is_small(const exchange::TableSubject& subject) {
  double doses = 0.0;
  for (const auto& row : subject.history.rows) doses += 1.0 + row.dose.additional;
  return doses < 200.0;
}

void check_engine(const exchange::TableReader& reader, const exchange::TableSubject& subject) {
  const pkpd::Person person{{}, {{0, 2.0}, {1, 20.0}, {2, 0.5}}, {}};
  const auto made = pkpd::make_subject(structure(), subject.history, person);
  if (!made) return explained(reader.located(subject, made.error()));
  promise(made->records.size() == subject.rows.size(), "a record for each row");
  const auto timeline = pkpd::schedule(structure(), *made);
  if (!timeline) explained(reader.located(subject, timeline.error()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream in{std::string(as_text(data, size))};
  auto reader = exchange::TableReader::open(in, structure());
  if (!reader) {
    explained(reader.error());
    return 0;
  }
  while (true) {
    const auto subject = reader->next();
    if (!subject) explained(subject.error());
    if (!subject || !*subject) return 0;
    check_times(**subject);
    check_round_trip(**subject);
    if (is_small(**subject)) check_engine(*reader, **subject);
  }
}
