#include "exchange/table_reader.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "support/linear_models.hpp"

namespace evenkeel::exchange {
namespace {

using pkpd::Carried;
using pkpd::DoseForm;
using pkpd::RecordKind;
using pkpd::SteadyState;

const pkpd::Structure absorption{test::absorption_model()};
const pkpd::Structure weighed{test::weighed_model()};

struct Reading {
  std::vector<TableSubject> subjects;
  std::vector<std::string> ignored;
  std::optional<Error> error;
};

Reading reading(const std::string& text, TableOptions options = {.name = "t.csv"},
                const pkpd::Structure& structure = absorption) {
  std::istringstream in{text};
  auto reader = TableReader::open(in, structure, std::move(options));
  if (!reader) return {{}, {}, reader.error()};
  Reading found{{}, reader->ignored(), std::nullopt};
  while (true) {
    auto subject = reader->next();
    if (!subject) found.error = subject.error();
    if (!subject || !*subject) return found;
    found.subjects.push_back(**std::move(subject));
  }
}

std::vector<TableSubject> good(const std::string& text, TableOptions options = {.name = "t.csv"},
                               const pkpd::Structure& structure = absorption) {
  Reading found = reading(text, std::move(options), structure);
  EXPECT_FALSE(found.error) << to_string(*found.error);
  return std::move(found.subjects);
}

// The only row below `heading`.
pkpd::Row row(const std::string& heading, const std::string& fields) {
  const auto subjects = good(heading + "\n" + fields + "\n");
  EXPECT_EQ(subjects.size(), 1U);
  return subjects.empty() ? pkpd::Row{} : subjects.front().history.rows.front();
}

void refused(const std::string& text, std::string_view where, std::string_view what,
             TableOptions options = {}) {
  options.name = "t.csv";
  const auto found = reading(text, std::move(options));
  ASSERT_TRUE(found.error) << text;
  EXPECT_EQ(found.error->code, ErrorCode::invalid_input);
  EXPECT_EQ(found.error->where, where) << text;
  EXPECT_NE(found.error->what.find(what), std::string::npos) << found.error->what;
}

const std::string all = "ID,TIME,AMT,RATE,EVID,CMT,ADDL,II,SS,DV,MDV\n";

TEST(TableReader, ReadsRowsOfSeveralSubjects) {
  const auto subjects =
      good(all + "1,0,100,50,1,2,3,12,0,.,1\n1,1.5,.,.,0,2,.,.,.,4.25,0\n2,0,5,0,1,1,0,0,0,.,1\n");
  ASSERT_EQ(subjects.size(), 2U);
  EXPECT_EQ(subjects[0].id, "1");
  ASSERT_EQ(subjects[0].history.rows.size(), 2U);
  const pkpd::Row& dose = subjects[0].history.rows[0];
  EXPECT_EQ(dose.kind, RecordKind::dose);
  EXPECT_EQ(dose.dose.route, 1U);
  EXPECT_EQ(dose.dose.amount, 100.0 * units::mg);
  EXPECT_EQ(dose.dose.form, DoseForm::at_rate);
  EXPECT_EQ(dose.dose.rate, 50.0 * (units::mg / units::h));
  EXPECT_EQ(dose.dose.additional, 3);
  EXPECT_EQ(dose.dose.interval, 12.0 * units::h);
  EXPECT_EQ(dose.dose.steady, SteadyState::none);
  EXPECT_EQ(subjects[0].history.rows[1].at, 1.5 * units::h);
  EXPECT_EQ(subjects[0].rows[1], (TableRow{3, 2, 4.25, false}));
  EXPECT_EQ(subjects[1].id, "2");
  EXPECT_EQ(subjects[1].rows[0].line, 4U);
}

TEST(TableReader, TakesColumnsInAnyOrderAndCase) {
  const auto subjects = good("time,Id,cmt,amt\n2,a,1,10\n");
  EXPECT_EQ(subjects[0].id, "a");
  EXPECT_EQ(subjects[0].history.rows[0].at, 2.0 * units::h);
  EXPECT_EQ(subjects[0].history.rows[0].dose.amount, 10.0 * units::mg);
}

TEST(TableReader, TakesTabsBlanksQuotesMarksAndEitherLineEnd) {
  for (const char* text : {"ID\tTIME\tAMT\r\nx\t0\t5\r\nx\t1\t\r\n", "  ID   TIME AMT\n   x  0  5\n x 1  .\n",
                           "\xEF\xBB\xBF\"ID\",\"TIME\",\"AMT\"\n\"x\",\"0\",\"5\"\n\"x\",1,NA",
                           "\n# note\n@ note\nID,TIME,AMT\n#\nx,0,5\n\nx,1,\n"}) {
    const auto subjects = good(text);
    ASSERT_EQ(subjects.size(), 1U) << text;
    EXPECT_EQ(subjects[0].id, "x");
    ASSERT_EQ(subjects[0].history.rows.size(), 2U);
    EXPECT_EQ(subjects[0].history.rows[0].kind, RecordKind::dose);
    EXPECT_EQ(subjects[0].history.rows[1].kind, RecordKind::observation);
  }
}

TEST(TableReader, PassesOverRowsMarkedInTheCommentColumn) {
  const auto subjects = good("C,ID,TIME,AMT\n.,1,0,5\nC,1,text,-7\nc,9,,\n,1,2,0\n");
  ASSERT_EQ(subjects.size(), 1U);
  EXPECT_EQ(subjects[0].history.rows.size(), 2U);
  EXPECT_EQ(subjects[0].rows[1].line, 5U);
  refused("C,ID,TIME\nx,1,0\n", "t.csv:2: C", "'x'; allowed: C for a comment");
}

TEST(TableReader, NamesTheColumnsItIgnores) {
  const auto found = reading("ID,TIME,STUDY,,HT\n1,0,text \"\"\"\",,180\n");
  EXPECT_TRUE(found.error);  // a quote in the middle of a field is refused even there
  EXPECT_EQ(reading("ID,TIME,STUDY,,HT\n1,0,some text,,180\n").ignored,
            (std::vector<std::string>{"STUDY", "", "HT"}));
}

TEST(TableReader, DerivesTheKindOfARow) {
  const auto kind = [](const std::string& heading, const std::string& fields) {
    return row(heading, fields).kind;
  };
  EXPECT_EQ(kind("ID,TIME,AMT", "1,0,5"), RecordKind::dose);
  EXPECT_EQ(kind("ID,TIME,AMT", "1,0,0"), RecordKind::observation);
  EXPECT_EQ(kind("ID,TIME", "1,0"), RecordKind::observation);
  EXPECT_EQ(kind("ID,TIME,AMT,MDV", "1,0,.,1"), RecordKind::other);
  EXPECT_EQ(kind("ID,TIME,AMT,MDV", "1,0,.,0"), RecordKind::observation);
  EXPECT_EQ(kind("ID,TIME,AMT,MDV", "1,0,5,1"), RecordKind::dose);
  EXPECT_EQ(kind("ID,TIME,AMT,MDV,EVID", "1,0,.,1,0"), RecordKind::observation);
  EXPECT_EQ(kind("ID,TIME,AMT,MDV,EVID", "1,0,.,1,."), RecordKind::observation);
  EXPECT_EQ(kind("ID,TIME,AMT,EVID", "1,0,5,."), RecordKind::dose);
  EXPECT_EQ(kind("ID,TIME,RATE,SS", "1,0,5,1"), RecordKind::dose);
  EXPECT_EQ(kind("ID,TIME,EVID", "1,0,2"), RecordKind::other);
  EXPECT_EQ(kind("ID,TIME,EVID", "1,0,3"), RecordKind::reset);
  EXPECT_EQ(kind("ID,TIME,AMT,EVID", "1,0,5,4"), RecordKind::reset_and_dose);
}

TEST(TableReader, ReadsEveryFormOfADose) {
  const auto dose = [](const std::string& fields) {
    return row("ID,TIME,AMT,RATE,SS,II", "1,0," + fields).dose;
  };
  EXPECT_EQ(dose("5,0,0,0").form, DoseForm::at_once);
  EXPECT_EQ(dose("5,-1,0,0").form, DoseForm::modelled_rate);
  EXPECT_EQ(dose("5,-2,0,0").form, DoseForm::modelled_duration);
  EXPECT_EQ(dose("5,2.5,0,0").form, DoseForm::at_rate);
  EXPECT_EQ(dose("5,0,1,8").steady, SteadyState::replaces);
  EXPECT_EQ(dose("5,0,2,1:30").interval, 1.5 * units::h);
  EXPECT_EQ(dose("5,0,2,8").steady, SteadyState::adds);
  const auto endless = dose("0,7,1,0");
  EXPECT_EQ(endless.amount, DrugMass{});
  EXPECT_EQ(endless.rate, 7.0 * (units::mg / units::h));
}

TEST(TableReader, TakesARouteByNumberOrByName) {
  EXPECT_EQ(row("ID,TIME,AMT,CMT", "1,0,5,0").dose.route, 0U);
  EXPECT_EQ(row("ID,TIME,AMT,CMT", "1,0,5,.").dose.route, 0U);
  EXPECT_EQ(row("ID,TIME,AMT,CMT", "1,0,5,2").dose.route, 1U);
  EXPECT_EQ(row("ID,TIME,AMT,CMT", "1,0,5,central").dose.route, 1U);
}

TEST(TableReader, TellsCovariatesParametersAndOccasions) {
  const auto subjects = good(
      "ID,TIME,AMT,weight,AGE,ASIAN,JAPANESE,CL,lag1,OCC\n1,0,5,70,40,1,0,2.5,0.1,2\n1,1,0,.,.,,,3,.,3\n");
  const auto& history = subjects[0].history;
  ASSERT_EQ(history.signals.size(), 6U);
  EXPECT_EQ(std::get<pkpd::Covariate>(history.signals[0].of), pkpd::Covariate::weight);
  EXPECT_EQ(std::get<pkpd::Covariate>(history.signals[3].of), pkpd::Covariate::japanese);
  EXPECT_EQ(std::get<std::size_t>(history.signals[4].of), *absorption.parameter("CL"));
  EXPECT_EQ(std::get<std::size_t>(history.signals[5].of), *absorption.parameter("ALAG1"));
  using Told = std::vector<std::optional<double>>;
  EXPECT_EQ(history.rows[0].told, (Told{70.0, 40.0, 1.0, 0.0, 2.5, 0.1}));
  EXPECT_EQ(history.rows[1].told,
            (Told{std::nullopt, std::nullopt, std::nullopt, std::nullopt, 3.0, std::nullopt}));
  EXPECT_EQ(history.rows[1].occasion, 3);
}

TEST(TableReader, LeavesAModelsOwnNumbersAlone) {
  pkpd::Model model = test::weighed_model();
  for (auto& parameter : model.parameters) parameter.value = parameter.value.value_or(1.0);
  const pkpd::Structure complete{std::move(model)};
  const auto found = reading("ID,TIME,CL,WT\n1,0,2,70\n", {}, complete);
  EXPECT_FALSE(found.error);
  EXPECT_EQ(found.ignored, std::vector<std::string>{"CL"});
  EXPECT_EQ(found.subjects[0].history.signals.size(), 1U);
}

TEST(TableReader, CarriesWhatItIsToldToCarry) {
  const auto subjects =
      good("ID,TIME,WT,AGE,CL\n1,0,70,40,1\n",
           {.name = "t.csv", .carried = {{"weight", Carried::linear}, {"CL", Carried::forward}}});
  const auto& signals = subjects[0].history.signals;
  EXPECT_EQ(signals[0].carried, Carried::linear);
  EXPECT_EQ(signals[1].carried, Carried::backward);
  EXPECT_EQ(signals[2].carried, Carried::forward);
  refused("ID,TIME,WT\n1,0,70\n", "t.csv:1", "'AGE' is to be carried",
          {.carried = {{"AGE", Carried::linear}}});
  refused("ID,TIME,WT\n1,0,70\n", "t.csv:1", "'TIME' is to be carried",
          {.carried = {{"TIME", Carried::linear}}});
  refused("ID,TIME,ASIAN\n1,0,1\n", "t.csv:1", "cannot be carried linearly",
          {.carried = {{"asian", Carried::linear}}});
}

TEST(TableReader, ReadsClockTimesWithDates) {
  const auto subjects = good("ID,DAT2,TIME\n1,2026-02-28,22:30\n1,2026-03-01,0:45:36\n2,2026-03-01,7:00\n");
  EXPECT_EQ(subjects[0].history.rows[1].at, 2.26 * units::h);
  EXPECT_EQ(subjects[1].history.rows[0].at, 0.0 * units::h);
  refused("ID,DATE,TIME\n1,2026-02-28,22:30\n", "t.csv:2: DATE", "is not a date");
  refused("ID,DATE,TIME\n1,1/2,.\n", "t.csv:2: TIME", "no time");
}

TEST(TableReader, LetsTheClockBeSetBackByAResetOnly) {
  const auto subjects = good("ID,TIME,EVID,AMT\n1,5,0,0\n1,2,3,0\n1,3,0,0\n1,1,4,5\n");
  EXPECT_EQ(subjects[0].history.rows.size(), 4U);
  refused("ID,TIME,EVID\n1,5,0\n1,2,0\n", "t.csv:3: TIME", "2 h goes back from 5 h");
  refused("ID,TIME,EVID\n1,5,0\n1,2,2\n", "t.csv:3: TIME", "goes back");
}

TEST(TableReader, RefusesRowsOfASubjectThatDoNotStandTogether) {
  const std::string apart = "ID,TIME\n1,0\n2,0\n1,1\n";
  refused(apart, "t.csv:4: ID", "1 comes again after another id");
  refused("ID,TIME\n1,0\n2,0\n1.0,1\n", "t.csv:4: ID", "comes again");
  refused("ID,TIME\na,0\nb,0\na,1\n", "t.csv:4: ID", "comes again");
  EXPECT_EQ(good(apart, {.name = "t.csv", .repeated = RepeatedId::another_subject}).size(), 3U);
  EXPECT_EQ(good("ID,TIME\n1,0\n1.0,1\n01,2\n").size(), 1U);
}

TEST(SeenIds, KeepConsecutiveNumbersAsOne) {
  SeenIds seen;
  for (int id = 1; id <= 1000; ++id) EXPECT_TRUE(seen.add(std::to_string(id)));
  EXPECT_EQ(seen.apart(), 1U);
  for (const char* id : {"1", "500", "1000", "1e2"}) EXPECT_FALSE(seen.add(id)) << id;
  EXPECT_TRUE(seen.add("1003"));
  EXPECT_TRUE(seen.add("1001"));
  EXPECT_EQ(seen.apart(), 2U);
  EXPECT_TRUE(seen.add("1002"));  // closes the gap
  EXPECT_EQ(seen.apart(), 1U);
  EXPECT_TRUE(seen.add("0"));
  EXPECT_EQ(seen.apart(), 1U);
  EXPECT_TRUE(seen.add("1.5"));
  EXPECT_FALSE(seen.add("1.50"));
  EXPECT_TRUE(seen.add("x"));
  EXPECT_EQ(seen.apart(), 3U);
  for (const char* id : {"0", "1002", "1003", "x"}) EXPECT_FALSE(seen.add(id)) << id;
}

TEST(TableReader, RefusesAHeadingItCannotUse) {
  refused("", "t.csv:1", "no heading");
  refused("# only a note\n", "t.csv:1", "no heading");
  refused("ID,AMT\n", "t.csv:1", "no column TIME");
  refused("1,0,5\n", "t.csv:1", "no column ID");
  refused("ID;TIME\n", "t.csv:1", "no column ID");
  refused("ID,TIME,id\n", "t.csv:1", "the columns 1 and 3 ('ID', 'id') mean the same");
  refused("ID,TIME,WT,WEIGHT\n", "t.csv:1", "mean the same");
  refused("ID,TIME,DATE,DAT1\n", "t.csv:1", "mean the same");
  refused("ID,TIME,ALAG1,LAG1\n", "t.csv:1", "mean the same");
  refused("ID,TIME,\"AMT\n", "t.csv:1", "a quote that is not closed");
  refused("ID,TIME\n", "t.csv:1", "no rows below the heading");
}

TEST(TableReader, RefusesRowsThatDoNotFitTheHeading) {
  refused("ID,TIME\n1,0\n1\n", "t.csv:3", "1 fields, where the heading names 2");
  refused("ID,TIME\n1,0,5\n", "t.csv:2", "3 fields, where the heading names 2");
  refused("ID,TIME\n1,0\n1," + std::string(70'000, '1') + "\n", "t.csv:3", "more than 65536 bytes");
}

TEST(TableReader, RefusesBadIds) {
  refused("ID,TIME\n.,0\n", "t.csv:2: ID", "no id");
  refused("ID,TIME\n" + std::string(65, 'x') + ",0\n", "t.csv:2: ID", "64 bytes");
  refused("ID,TIME\na\x01,0\n", "t.csv:2: ID", "without control characters");
}

TEST(TableReader, RefusesTextInNumbersWithRowAndColumn) {
  for (const char* name : {"AMT", "RATE", "EVID", "ADDL", "SS", "DV", "MDV", "WT", "AGE", "ASIAN", "CL"}) {
    refused("ID,TIME," + std::string(name) + "\n1,0,x\n", "t.csv:2: " + std::string(name),
            "'x' is not a number");
  }
  refused("ID,TIME,II\n1,0,x\n", "t.csv:2: II", "'x' is not a number");
  refused("ID,TIME\n1,1/2\n", "t.csv:2: TIME", "is not a number");
  refused("ID,TIME,OCC\n1,0,x\n", "t.csv:2: OCC", "'x' is not a number");
  refused("ID,TIME,AMT\n1,0,1e999\n", "t.csv:2: AMT", "is not a number");
  refused("ID,TIME,AMT\n1,0,nan\n", "t.csv:2: AMT", "is not a number");
}

TEST(TableReader, RefusesNumbersThatCannotBe) {
  const auto cell = [](const std::string& name, const std::string& value, std::string_view what) {
    refused("ID,TIME," + name + "\n1,0," + value + "\n", "t.csv:2: " + name, what);
  };
  cell("AMT", "-1", "-1 is outside 0");
  cell("RATE", "-3", "outside -2");
  cell("RATE", "-1.5", "allowed: 0, above 0, -1");
  cell("EVID", "5", "outside 0 to 4");
  cell("EVID", "0.5", "a whole number from 0 to 4");
  cell("ADDL", "-1", "outside 0");
  cell("ADDL", "1.5", "a whole number");
  cell("II", "-8", "an interval of -8");
  cell("II", "1:99", "HH:MM");
  cell("SS", "3", "outside 0 to 2");
  cell("MDV", "2", "outside 0 to 1");
  cell("WT", "0", "outside 0.3 to 650");
  cell("WT", "-99", "outside 0.3 to 650");
  cell("AGE", "131", "outside 0 to 130");
  cell("ASIAN", "2", "outside 0 to 1");
  cell("JAPANESE", "0.5", "allowed: 0 or 1");
  cell("CL", "-1", "outside 0");
  cell("OCC", ".", "no occasion");
  cell("OCC", "1.5", "a whole number");
  cell("CMT", "3", "'3'; allowed: 0 to 2 (routes: 1 depot, 2 central)");
  cell("CMT", "-2", "allowed: 0 to 2");
  cell("CMT", "1.5", "allowed: 0 to 2");
  cell("CMT", "peripheral", "allowed: 0 to 2");
}

TEST(TableReader, RefusesDosesThatContradictThemselves) {
  const auto dose = [](const std::string& fields, const std::string& column, std::string_view what) {
    refused(all + "1,0," + fields + ",.,1\n", "t.csv:2: " + column, what);
  };
  //    AMT,RATE,EVID,CMT,ADDL,II,SS
  dose("0,0,1,1,0,0,0", "AMT", "a dose of nothing");
  dose("0,5,1,1,0,0,0", "AMT", "a dose of nothing");
  dose("0,0,4,1,0,0,0", "AMT", "a dose of nothing");
  dose("0,0,1,1,0,12,1", "RATE", "needs a RATE");
  dose("0,-2,1,1,0,0,1", "RATE", "needs a RATE");
  dose("0,5,1,1,0,12,1", "II", "has no interval");
  dose("0,5,1,1,2,0,1", "ADDL", "has no additional doses");
  dose("5,0,1,1,3,0,0", "II", "no interval for 3 additional doses");
  dose("5,0,1,1,0,0,1", "II", "no interval for a steady state");
  dose("5,0,1,1,0,0,2", "II", "no interval for a steady state");
  dose("5,0,1,1,0,12,0", "II", "an interval of 12 without ADDL and SS means nothing");
  dose("5,0,1,3,0,0,0", "CMT", "allowed: 0 to 2");
  // What is no dose has nothing of one.
  dose("5,0,0,1,0,0,0", "AMT", "5 in the row of an observation (EVID 0)");
  dose("0,2,0,1,0,0,0", "RATE", "in the row of an observation");
  dose("0,0,2,1,1,0,0", "ADDL", "in the row of another event (EVID 2)");
  dose("0,0,3,1,0,12,0", "II", "in the row of a reset (EVID 3)");
  dose("0,0,0,1,0,0,1", "SS", "in the row of an observation");
}

TEST(TableReader, NamesTheLineOfARecordThatTheModelRefuses) {
  std::istringstream in{"# note\nID,TIME,AMT,EVID\n1,0,5,1\n1,1,0,0\n"};
  auto reader = TableReader::open(in, absorption, {.name = "t.csv"});
  ASSERT_TRUE(reader);
  const auto subject = reader->next();
  ASSERT_TRUE(subject && *subject);
  const auto made = pkpd::make_subject(absorption, (*subject)->history);
  ASSERT_FALSE(made);
  const Error located = reader->located(**subject, made.error());
  EXPECT_EQ(located.where, "t.csv:3");
  EXPECT_NE(located.what.find("is not given"), std::string::npos);
  EXPECT_EQ(reader->located(**subject, {1, {ErrorCode::outside_domain, "x", "y"}}),
            (Error{ErrorCode::outside_domain, "t.csv:4", "x: y"}));
}

TEST(TableReader, ReadsNoFurtherThanTheSubjectItGives) {
  std::istringstream in{"ID,TIME\n1,0\n1,1\n2,0\n2,text\n"};
  auto reader = TableReader::open(in, absorption);
  ASSERT_TRUE(reader);
  const auto first = reader->next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->rows.size(), 2U);
  EXPECT_EQ(in.tellg(), std::string("ID,TIME\n1,0\n1,1\n2,0\n").size());
  EXPECT_EQ(reader->next().error().where, "table:5: TIME");
}

TEST(TableReader, GoesOnAfterItWasMoved) {
  std::istringstream in{"ID,TIME\n1,0\n2,5\n2,6\n"};
  auto reader = TableReader::open(in, absorption);
  ASSERT_TRUE(reader && reader->next());
  TableReader moved = *std::move(reader);
  const auto second = moved.next();
  ASSERT_TRUE(second && *second);
  EXPECT_EQ((*second)->id, "2");
  EXPECT_EQ((*second)->history.rows.size(), 2U);
  EXPECT_FALSE(moved.next()->has_value());
}

}  // namespace
}  // namespace evenkeel::exchange
