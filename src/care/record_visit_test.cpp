// A session that was checked in, in the record: its order, its corrections, its late entries.

#include <gtest/gtest.h>

#include "care/record.hpp"
#include "support/visit_events.hpp"

namespace evenkeel::care {
namespace {

using namespace test;

// `added` must be refused at `where` with `what` in its words, and leave `record` as it was.
void expect_refused(const Record& before, const Event& added, std::string_view where, std::string_view what) {
  Record record = before;
  const auto result = record.add(added);
  ASSERT_FALSE(result) << "taken: " << added.id;
  EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(result.error().where, where);
  EXPECT_NE(result.error().what.find(what), std::string::npos) << result.error().what;
  EXPECT_EQ(record.size(), before.size());
  EXPECT_EQ(record.valid().size(), before.valid().size());
  // The id of a refused event is free.
  EXPECT_TRUE(record.add(event(added.id == "e1" ? "free" : added.id, minute(1e6), Contact{})));
}

std::vector<std::string> ids(const std::vector<Event>& events) {
  std::vector<std::string> found;
  for (const Event& each : events) found.push_back(each.id);
  return found;
}

History checked_in_session() {
  History h;
  h.add(minute(-60), plan());                                // e1
  h.add(minute(-30), checked_in("s1"));                      // e2
  h.add(minute(-20), checked("s1", Check::identity_first));  // e3
  h.add(minute(-10), made_ready("s1"));                      // e4
  h.add(minute(0), started("s1"));                           // e5
  h.add(minute(40), ended("s1"));                            // e6
  h.add(minute(110), discharged("s1"));                      // e7
  return h;
}

TEST(RecordVisit, TakesAVisitInItsOrderAndKnowsItsState) {
  const Record record = checked_in_session().record();
  EXPECT_TRUE(std::holds_alternative<Discharged>(record.session("s1")));
  EXPECT_TRUE(was_checked_in(record.session("s1")));
  EXPECT_TRUE(std::holds_alternative<NotArrived>(record.session("s2")));
}

TEST(RecordVisit, ACheckedInSessionIsNotStartedBeforeItIsReady) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), checked_in("s1"))));
  expect_refused(record, event("x", minute(1), started("s1")), "body.session", "is checked in");
  ASSERT_TRUE(record.add(event("b", minute(1), checked("s1", Check::fasting))));
  expect_refused(record, event("x", minute(2), started("s1")), "body.session",
                 "in its checks before the start");
  ASSERT_TRUE(record.add(event("c", minute(2), made_ready("s1", "35"))));
  expect_refused(record, event("x", minute(3), started("s1", "70")), "body.dose", "made ready with 35 mg");
  EXPECT_TRUE(record.add(event("d", minute(3), started("s1"))));
}

TEST(RecordVisit, RefusesWhatBelongsToASessionThatIsNotThere) {
  const Record none{"p"};
  for (const Body& body :
       {Body{checked("s1", Check::fasting)}, Body{made_ready("s1")}, Body{sign("s1", "nausea")},
        Body{decision("s1", "fasting")}, Body{cancelled("s1")}, Body{stopped("s1", "1")}}) {
    expect_refused(none, event("x", minute(0), body), "body.session", "neither checked in nor started");
  }
}

TEST(RecordVisit, SignsAndVitalsMayNameASessionThatHasNotStarted) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), checked_in("s1"))));
  EXPECT_TRUE(record.add(event("b", minute(1), pressure("s1", 120))));
  EXPECT_TRUE(record.add(event("c", minute(2), sign("s1", "nausea"))));
  EXPECT_TRUE(record.add(event("d", minute(3), decision("s1", "fasting"))));
}

TEST(RecordVisit, NoOtherInfusionStartsWhileOneRuns) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), started("s1"))));
  ASSERT_TRUE(record.add(event("b", minute(1), checked_in("s2"))));
  ASSERT_TRUE(record.add(event("c", minute(2), checked("s2", Check::fasting))));
  ASSERT_TRUE(record.add(event("d", minute(3), made_ready("s2"))));
  expect_refused(record, event("x", minute(4), started("s2")), "at", "two infusions at once");
  ASSERT_TRUE(record.add(event("e", minute(5), stopped("s1", "4"))));
  EXPECT_TRUE(record.add(event("f", minute(5), started("s2"))));
}

// R6: what later lines rest on is not taken from under them; each correction leaves a visit that can have
// been.
TEST(RecordVisit, ACorrectionLeavesAnOrderThatCanHaveBeen) {
  Record record = checked_in_session().record();
  expect_refused(record, event("x", minute(200), EnteredInError{"e6", "53 for 35"}), "body.event",
                 "'e7' (session_discharged) rests on 'e6'");
  expect_refused(record, event("x", minute(200), EnteredInError{"e4", "typing"}), "body.event", "'e5'");
  expect_refused(record, event("x", minute(200), EnteredInError{"e2", "typing"}), "body.event",
                 "mark its start as entered in error first");
  ASSERT_TRUE(record.add(event("c1", minute(200), EnteredInError{"e7", "typing"})));
  ASSERT_TRUE(record.add(event("c2", minute(200), EnteredInError{"e6", "53 for 35"})));
  EXPECT_TRUE(std::holds_alternative<Infusing>(record.session("s1")));
  Event again = event("n", minute(40), ended("s1", "35"));
  again.recorded_at = minute(201);
  EXPECT_TRUE(record.add(again));
}

TEST(RecordVisit, ACorrectedStartLeavesTheChecksBeforeIt) {
  Record record = checked_in_session().record();
  ASSERT_TRUE(record.add(event("c1", minute(200), EnteredInError{"e5", "wrong weight"})));
  EXPECT_TRUE(std::holds_alternative<Ready>(record.session("s1")));
  EXPECT_EQ(ids(record.valid()), (std::vector<std::string>{"e1", "e2", "e3", "e4"}));
  Event again = event("n", minute(0), started("s1", "35", 71.0));
  again.recorded_at = minute(201);
  EXPECT_TRUE(record.add(again));
}

TEST(RecordVisit, ACorrectedCheckInTakesItsVisit) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), checked_in("s1"))));
  ASSERT_TRUE(record.add(event("b", minute(1), checked("s1", Check::fasting))));
  ASSERT_TRUE(record.add(event("c", minute(2), EnteredInError{"a", "wrong patient"})));
  EXPECT_TRUE(record.valid().empty());
  EXPECT_TRUE(std::holds_alternative<NotArrived>(record.session("s1")));
}

// R4: a signature is under a plan that is there.
TEST(RecordVisit, ASignatureIsUnderAPlan) {
  History h;
  h.add(minute(0), plan());     // e1
  h.add(minute(1), Contact{});  // e2
  Record record = h.record();
  expect_refused(record, event("x", minute(2), PlanSigned{"e2", "dr-b"}), "body.plan", "is no plan");
  expect_refused(record, event("x", minute(2), PlanSigned{"e9", "dr-b"}), "body.plan", "is no plan");
  EXPECT_TRUE(record.add(event("s", minute(2), PlanSigned{"e1", "dr-b"})));
}

// R6: a late entry is told apart from one written down in time.
TEST(RecordVisit, ALateEntryIsOneWrittenMoreThanAQuarterOfAnHourAfter) {
  Event entry = event("a", minute(0), Contact{});
  EXPECT_FALSE(is_late_entry(entry));
  entry.recorded_at = minute(15);
  EXPECT_FALSE(is_late_entry(entry));
  entry.recorded_at = minute(15) + 1.0 * units::s;
  EXPECT_TRUE(is_late_entry(entry));
}

}  // namespace
}  // namespace evenkeel::care
