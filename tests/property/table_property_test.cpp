// Random tables: what is written reads back the same, however its columns are ordered and separated and
// whatever is written between its rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <sstream>

#include "exchange/table_reader.hpp"
#include "exchange/table_writer.hpp"
#include "support/linear_models.hpp"

namespace evenkeel::exchange {
namespace {

using pkpd::DoseForm;
using pkpd::RecordKind;
using pkpd::SteadyState;

constexpr std::uint64_t runs = 400;
const pkpd::Structure absorption{test::absorption_model()};

class RandomTables {
 public:
  explicit RandomTables(std::uint64_t seed) : rng_(seed) {}

  int whole(int low, int high) { return std::uniform_int_distribution{low, high}(rng_); }
  bool chance(double share) { return std::uniform_real_distribution{}(rng_) < share; }
  // Any number of digits, over many orders of magnitude.
  double positive() {
    const double value = std::exp(std::uniform_real_distribution{-12.0, 12.0}(rng_));
    return chance(0.5) ? value : std::round(value) + 1.0;
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    std::ranges::shuffle(items, rng_);
  }

  std::vector<TableSubject> subjects() {
    const std::vector<pkpd::Signal> signals = some_signals();
    const std::vector<std::string> ids{"1", "2", "3.5", "a,b", "say \"x\"", "#7", "sp ace", "\xC3\xA4"};
    std::vector<TableSubject> found;
    for (int i = 0, count = whole(1, 5); i < count; ++i) {
      TableSubject subject{ids[static_cast<std::size_t>(i)], {signals, {}}, {}};
      if (i == 4) subject.id = ids[static_cast<std::size_t>(whole(4, 7))];
      for (int row = 0, rows = whole(1, 12); row < rows; ++row) add_row(subject);
      found.push_back(std::move(subject));
    }
    return found;
  }

 private:
  std::vector<pkpd::Signal> some_signals() {
    std::vector<pkpd::Signal> all{
        {pkpd::Covariate::weight}, {pkpd::Covariate::age}, {pkpd::Covariate::asian}};
    for (std::size_t i = 0; i < absorption.model().parameters.size(); ++i) all.push_back({i});
    shuffle(all);
    all.resize(static_cast<std::size_t>(whole(0, 6)));
    return all;
  }

  void add_row(TableSubject& subject) {
    auto& rows = subject.history.rows;
    pkpd::Row row;
    row.kind = static_cast<RecordKind>(whole(0, 4));
    const bool resets = row.kind == RecordKind::reset || row.kind == RecordKind::reset_and_dose;
    const bool doses = row.kind == RecordKind::dose || row.kind == RecordKind::reset_and_dose;
    row.at = (rows.empty() || resets ? positive() - 5.0 : rows.back().at.in(units::h)) * units::h;
    if (!resets && chance(0.7)) row.at += positive() * units::h;
    row.occasion = whole(0, 9);
    TableRow table{0, whole(0, 2), std::nullopt, true};
    if (doses) {
      row.dose = dose();
      table.compartment = static_cast<int>(row.dose.route) + 1;
    }
    if (chance(0.5)) table.dv = positive() * (chance(0.2) ? -1.0 : 1.0);
    table.no_observation = row.kind != RecordKind::observation || !table.dv || chance(0.3);
    for (const pkpd::Signal& signal : subject.history.signals) row.told.push_back(told(signal));
    rows.push_back(std::move(row));
    subject.rows.push_back(table);
  }

  pkpd::DoseSpec dose() {
    pkpd::DoseSpec made;
    made.route = static_cast<std::size_t>(whole(0, 1));
    made.amount = positive() * units::mg;
    constexpr std::array forms{DoseForm::at_once, DoseForm::at_rate, DoseForm::modelled_rate,
                               DoseForm::modelled_duration};
    made.form = forms[static_cast<std::size_t>(whole(0, 3))];
    if (made.form == DoseForm::at_rate) made.rate = positive() * (units::mg / units::h);
    made.steady = static_cast<SteadyState>(whole(0, 2));
    const bool rate_known = made.form == DoseForm::at_rate || made.form == DoseForm::modelled_rate;
    if (made.steady != SteadyState::none && rate_known && chance(0.3)) {
      made.amount = DrugMass{};
      return made;
    }
    made.additional = chance(0.5) ? whole(1, 20) : 0;
    if (made.additional > 0 || made.steady != SteadyState::none) made.interval = positive() * units::h;
    return made;
  }

  std::optional<double> told(const pkpd::Signal& signal) {
    if (chance(0.3)) return std::nullopt;
    const auto* covariate = std::get_if<pkpd::Covariate>(&signal.of);
    if (covariate == nullptr) return positive();
    if (*covariate == pkpd::Covariate::asian) return whole(0, 1);
    return std::uniform_real_distribution{1.0, 120.0}(rng_);
  }

  std::mt19937_64 rng_;
};

std::string written(const std::vector<TableSubject>& subjects) {
  std::ostringstream out;
  TableWriter writer{out, absorption};
  for (const TableSubject& subject : subjects) EXPECT_FALSE(writer.write(subject));
  return out.str();
}

std::vector<TableSubject> read(const std::string& text) {
  std::istringstream in{text};
  std::vector<TableSubject> found;
  auto reader = TableReader::open(in, absorption);
  EXPECT_TRUE(reader) << to_string(reader.error());
  while (reader) {
    auto subject = reader->next();
    if (!subject) ADD_FAILURE() << to_string(subject.error()) << "\n" << text;
    if (!subject || !*subject) break;
    found.push_back(**std::move(subject));
  }
  return found;
}

void expect_same(const pkpd::DoseSpec& a, const pkpd::DoseSpec& b) {
  EXPECT_EQ(a.route, b.route);
  EXPECT_EQ(a.amount, b.amount);
  EXPECT_EQ(a.form, b.form);
  EXPECT_EQ(a.rate, b.rate);
  EXPECT_EQ(a.additional, b.additional);
  EXPECT_EQ(a.interval, b.interval);
  EXPECT_EQ(a.steady, b.steady);
}

std::optional<double> told(const TableSubject& subject, std::size_t row, const pkpd::Signal& signal) {
  const auto& signals = subject.history.signals;
  const auto place = std::ranges::find(signals, signal.of, &pkpd::Signal::of);
  return place == signals.end()
             ? std::nullopt
             : subject.history.rows[row].told[static_cast<std::size_t>(place - signals.begin())];
}

// The same, but for lines and for the order of signals.
void expect_same(const std::vector<TableSubject>& a, const std::vector<TableSubject>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].id, b[i].id);
    ASSERT_EQ(a[i].rows.size(), b[i].rows.size());
    for (std::size_t row = 0; row < a[i].rows.size(); ++row) {
      const pkpd::Row& one = a[i].history.rows[row];
      const pkpd::Row& other = b[i].history.rows[row];
      EXPECT_EQ(one.at, other.at);
      EXPECT_EQ(one.kind, other.kind);
      EXPECT_EQ(one.occasion, other.occasion);
      expect_same(one.dose, other.dose);
      for (const auto& signal : a[i].history.signals)
        EXPECT_EQ(told(a[i], row, signal), told(b[i], row, signal));
      EXPECT_EQ(a[i].rows[row].dv, b[i].rows[row].dv);
      EXPECT_EQ(a[i].rows[row].no_observation, b[i].rows[row].no_observation);
      EXPECT_EQ(a[i].rows[row].compartment, b[i].rows[row].compartment);
    }
  }
}

TEST(Tables, ReadBackAsTheyWereWritten) {
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const auto subjects = RandomTables{seed}.subjects();
    const std::string text = written(subjects);
    const auto again = read(text);
    expect_same(subjects, again);
    EXPECT_EQ(written(again), text);
  }
}

// One written line in its fields, quotes kept.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields{""};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::string rearranged(const std::string& text, RandomTables& random) {
  const std::string separator =
      std::array{",", "\t", "  ", " , "}[static_cast<std::size_t>(random.whole(0, 3))];
  const std::string end = random.chance(0.5) ? "\r\n" : "\n";
  std::istringstream in{text};
  std::string line;
  std::vector<std::size_t> order;
  std::string out = random.chance(0.3) ? "\xEF\xBB\xBF" : "";
  while (std::getline(in, line)) {
    const auto fields = fields_of(line);
    if (order.empty()) {
      for (std::size_t i = 0; i < fields.size(); ++i) order.push_back(i);
      random.shuffle(order);
    }
    for (std::size_t i = 0; i < order.size(); ++i) out += (i > 0 ? separator : "") + fields[order[i]];
    out += end;
    if (random.chance(0.1)) out += end + "# a note, \"unclosed" + end;
  }
  return out;
}

TEST(Tables, MeanTheSameHoweverTheyAreArranged) {
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomTables random{seed};
    const auto subjects = random.subjects();
    expect_same(subjects, read(rearranged(written(subjects), random)));
  }
}

}  // namespace
}  // namespace evenkeel::exchange
