#include "care/record.hpp"

#include <gtest/gtest.h>

#include "support/events.hpp"

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

History one_session() {
  History h;
  h.add(minute(-60), plan());             // e1
  h.add(minute(0), started("s1"));        // e2
  h.add(minute(10), rate("s1", "0"));     // e3
  h.add(minute(20), rate("s1", "52.5"));  // e4
  h.add(minute(50), ended("s1"));         // e5
  h.add(minute(110), discharged("s1"));   // e6
  return h;
}

TEST(Record, TakesAWholeSessionInOrder) {
  const Record record = one_session().record();
  EXPECT_EQ(record.size(), 6U);
  EXPECT_EQ(record.valid().size(), 6U);
}

TEST(Record, RefusesAnotherPatientsEvent) {
  Event other = event("x", minute(0), Contact{});
  other.patient = "q";
  expect_refused(Record{"p"}, other, "patient", "'q' in the record of 'p'");
}

TEST(Record, RefusesAnIdUsedBefore) {
  expect_refused(one_session().record(), event("e1", minute(200), Contact{}), "id", "'e1' was used");
}

TEST(Record, RefusesWhatWasWrittenBeforeItHappened) {
  Event early = event("x", minute(200), Contact{});
  early.recorded_at = minute(200) - 1e-9 * units::s * 1000.0;
  expect_refused(one_session().record(), early, "recorded_at", "before the event itself");
}

TEST(Record, RefusesAFallingTimeOfWritingAndTakesAnEqualOne) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(10), Contact{})));
  expect_refused(record, event("b", minute(9), Contact{}), "recorded_at", "out of order");
  EXPECT_TRUE(record.add(event("b", minute(10), Contact{})));
}

TEST(Record, TakesALateEntryOfWhatHappenedEarlier) {
  Record record = one_session().record();
  Event late = event("late", minute(5), pressure("s1", 120));
  late.recorded_at = minute(500);
  EXPECT_TRUE(record.add(late));
}

TEST(Record, RefusesCorrectionsOfWhatIsNotThereOrAlreadyCorrected) {
  Record record = one_session().record();
  expect_refused(record, event("x", minute(200), EnteredInError{"e99", "typing"}), "body.event", "'e99'");
  ASSERT_TRUE(record.add(event("c1", minute(200), EnteredInError{"e6", "typing"})));
  expect_refused(record, event("c2", minute(201), EnteredInError{"e6", "typing"}), "body.event",
                 "already marked");
  expect_refused(record, event("c2", minute(201), EnteredInError{"c1", "typing"}), "body.event",
                 "is a correction");
  expect_refused(record, event("c2", minute(201), EnteredInError{"c2", "itself"}), "body.event",
                 "not in the record");
}

TEST(Record, RefusesASessionBegunTwice) {
  const Record record = one_session().record();
  expect_refused(record, event("x", day(1), started("s1")), "body.session", "already started");
}

TEST(Record, RefusesASessionWhileAnotherRuns) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), started("s1"))));
  expect_refused(record, event("x", day(3), started("s2")), "at", "'s1' is running or not recorded as ended");
  ASSERT_TRUE(record.add(event("b", minute(40), ended("s1"))));
  Event inside = event("x", minute(39), started("s2"));
  inside.recorded_at = minute(41);
  expect_refused(record, inside, "at", "two infusions at once");
  inside.at = minute(40);  // at the very end of the first
  EXPECT_TRUE(record.add(inside));
}

TEST(Record, TakesAnEarlierSessionWrittenDownLaterWhereItFits) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(100), started("s2"))));
  Event late = event("b", minute(61), started("s1"));
  late.recorded_at = minute(100);
  expect_refused(record, late, "at", "two infusions at once");
  late.at = minute(60);  // forty minutes as ordered end where s2 begins
  EXPECT_TRUE(record.add(late));
}

// An order alone does not say how long an infusion took: s1, written down late, would have run into s2.
TEST(Record, RefusesARateOrAnEndAfterTheNextInfusionBegan) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(100), started("s2"))));
  Event late = event("b", minute(60), started("s1"));
  late.recorded_at = minute(200);
  ASSERT_TRUE(record.add(late));
  Event after = event("c", minute(101), rate("s1", "60"));
  after.recorded_at = minute(200);
  expect_refused(record, after, "at", "'s2'");
  after.body = ended("s1");
  expect_refused(record, after, "at", "'s2'");
  after.at = minute(100);
  EXPECT_TRUE(record.add(after));
}

TEST(Record, RefusesWhatASessionCannotDoInItsState) {
  const Record none{"p"};
  expect_refused(none, event("x", minute(0), rate("s1", "1")), "body.session", "was not started");
  expect_refused(none, event("x", minute(0), ended("s1")), "body.session", "was not started");
  expect_refused(none, event("x", minute(0), discharged("s1")), "body.session", "was not started");
  expect_refused(none, event("x", minute(0), pressure("s1", 120)), "body.session", "was not started");

  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), started("s1"))));
  expect_refused(record, event("x", minute(1), discharged("s1")), "body.session", "still infusing");
  ASSERT_TRUE(record.add(event("b", minute(40), ended("s1"))));
  expect_refused(record, event("x", minute(41), rate("s1", "1")), "body.session", "already ended");
  expect_refused(record, event("x", minute(41), ended("s1")), "body.session", "already ended");
  ASSERT_TRUE(record.add(event("c", minute(100), discharged("s1"))));
  expect_refused(record, event("x", minute(101), discharged("s1")), "body.session", "already discharged");
}

TEST(Record, RefusesEventsOfASessionBeforeItsEarlierOnes) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), started("s1"))));
  ASSERT_TRUE(record.add(event("b", minute(10), rate("s1", "20"))));
  Event earlier = event("x", minute(9), rate("s1", "30"));
  earlier.recorded_at = minute(10);
  expect_refused(record, earlier, "at", "is before an earlier event of session 's1'");
  earlier.body = ended("s1");
  expect_refused(record, earlier, "at", "is before an earlier event of session 's1'");
  earlier.at = minute(10);
  EXPECT_TRUE(record.add(earlier));
}

TEST(Record, RefusesAPlanChangeWithoutAPlan) {
  const auto change = dose_change("0.6", ChangeReason::insufficient_response);
  expect_refused(Record{"p"}, event("x", minute(0), change), "kind", "before any was approved");
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), plan())));
  ASSERT_TRUE(record.add(event("b", minute(1), EnteredInError{"a", "wrong patient"})));
  expect_refused(record, event("x", minute(2), change), "kind", "before any was approved");
}

TEST(Record, ValidLeavesOutCorrectionsAndWhatTheyCorrect) {
  History h = one_session();
  h.add(minute(120), Contact{});                  // e7
  h.add(minute(130), EnteredInError{"e7", "x"});  // e8
  const Record record = h.record();
  EXPECT_EQ(record.size(), 8U);
  EXPECT_EQ(ids(record.valid()), (std::vector<std::string>{"e1", "e2", "e3", "e4", "e5", "e6"}));
}

TEST(Record, CorrectingAStartTakesEverythingOfThatSession) {
  History h = one_session();
  h.add(minute(115), pressure("s1", 120));  // e7
  h.add(minute(116), pressure("", 120));    // e8, names no session
  h.infuse("s2", day(3));                   // e9, e10
  h.add(day(4), EnteredInError{"e2", "wrong patient"});
  EXPECT_EQ(ids(h.record().valid()), (std::vector<std::string>{"e1", "e8", "e9", "e10"}));
}

TEST(Record, ACorrectedSessionIsRecordedAnewUnderItsName) {
  History h = one_session();
  h.add(minute(120), EnteredInError{"e2", "wrong dose"});  // e7
  h.add(minute(120), started("s1", "30"));                 // e8
  Record record = h.record();
  ASSERT_TRUE(record.add(event("n", minute(160), ended("s1", "30"))));
  EXPECT_EQ(ids(record.valid()), (std::vector<std::string>{"e1", "e8", "n"}));
}

TEST(Record, ACorrectedEndIsRecordedAnew) {
  History h;
  h.add(minute(0), started("s1"));       // e1
  h.add(minute(40), ended("s1", "53"));  // e2
  h.add(minute(41), EnteredInError{"e2", "53 for 35"});
  Record record = h.record();
  expect_refused(record, event("x", minute(50), discharged("s1")), "body.session", "still infusing");
  Event again = event("n", minute(40), ended("s1", "35"));
  again.recorded_at = minute(42);
  EXPECT_TRUE(record.add(again));
}

TEST(Record, AReviewNamesWhatIsThere) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("e1", minute(0), pressure("", 120))));
  Review review = reviewed({"rate-band"});
  review.events = {"e1", "e9"};
  expect_refused(record, event("e2", minute(1), review), "body.events", "'e9' is not in the record");
  review.events = {"e1"};
  EXPECT_TRUE(record.add(event("e2", minute(1), review)));
}

TEST(Record, AsKnownAtHoldsWhatWasWrittenByThen) {
  Record record{"p"};
  ASSERT_TRUE(record.add(event("a", minute(0), Contact{})));
  Event late = event("b", minute(5), Contact{});
  late.recorded_at = minute(60);
  ASSERT_TRUE(record.add(late));
  ASSERT_TRUE(record.add(event("c", minute(70), EnteredInError{"a", "x"})));
  EXPECT_EQ(record.as_known_at(minute(-1)).size(), 0U);
  EXPECT_EQ(ids(record.as_known_at(minute(30)).events()), std::vector<std::string>{"a"});
  EXPECT_EQ(ids(record.as_known_at(minute(60)).valid()), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(ids(record.as_known_at(minute(70)).valid()), std::vector<std::string>{"b"});
  EXPECT_EQ(record.as_known_at(minute(70)).patient(), "p");
}

}  // namespace
}  // namespace evenkeel::care
