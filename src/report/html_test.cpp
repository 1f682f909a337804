#include "report/html.hpp"

#include <gtest/gtest.h>

#include <set>

namespace evenkeel::report {
namespace {

constexpr std::string_view hostile = "<script>alert(1)</script>";
const Instant nine = *Instant::parse("2026-03-02T09:00:00Z");

watch::Finding finding(int level, std::string text) {
  watch::Finding made;
  made.rule = "r";
  made.rule_version = "1.0.0";
  made.level = level;
  made.text = std::move(text);
  made.events = {"e1"};
  made.latest = nine;
  made.rival = "an infection";
  made.next_step = "ask";
  return made;
}

assess::Assessment small() {
  assess::Assessment a;
  a.patient = "p-1";
  a.now = nine;
  return a;
}

// Every text of an assessment that can come from a record.
assess::Assessment hostile_assessment() {
  const std::string bad{hostile};
  assess::Assessment a = small();
  a.patient = bad;
  a.no_course_because = bad;
  a.level_name = bad;
  a.missing = {bad};
  a.set_aside = {{3, bad, {ErrorCode::invalid_input, bad, bad}}};
  a.actions = {{bad, bad, nine, true}};
  watch::Finding open = finding(3, bad);
  open.events = {bad};
  open.rival = open.next_step = bad;
  open.sources = {bad};
  open.evidence = {bad};
  watch::Finding closed = open;
  closed.closed = watch::Closure{bad, nine, bad};
  a.rules = {{bad, bad, bad, watch::Outcome::found, bad, {open, closed}},
             {bad, bad, bad, watch::Outcome::clear, bad, {}},
             {bad, bad, bad, watch::Outcome::not_judged, bad, {}}};
  a.evidence = {{bad, bad, bad, 'A', bad, bad, {bad}}};
  care::Session session;
  session.id = bad;
  session.start = nine;
  session.weight = 70.0 * units::kg;
  session.stopped = true;
  session.stop_reason = bad;
  a.sessions.push_back({session, {{care::SessionNote::Kind::missing, bad, {bad, Label::seen, bad}}}, bad});
  a.scores.push_back({bad, nine, care::Moment::baseline, bad, {{}, bad, bad, {bad}, {bad}, {}, {}}});
  a.exposure.refused = Error{ErrorCode::outside_domain, bad, bad};
  a.exposure.comparisons.push_back({bad, nine, {}, {}, {}, bad});
  a.versions = {{bad, bad}};
  return a;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto i = text.find(part); i != std::string_view::npos; i = text.find(part, i + part.size())) ++found;
  return found;
}

TEST(Html, NothingFromARecordBecomesMarkup) {
  const std::string page = to_html(hostile_assessment());
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_GT(count(page, "&lt;script&gt;alert(1)"), 20U);
}

TEST(Html, ThePageRunsNoScriptAndFetchesNothing) {
  const std::string page = to_html(small());
  EXPECT_NE(page.find("content=\"default-src 'none'; style-src 'unsafe-inline';"), std::string::npos);
  for (const std::string_view banned :
       {"<script", "<link", "<img", "@import", "url(", " src=", "javascript:"})
    EXPECT_EQ(page.find(banned), std::string::npos) << banned;
}

TEST(Html, ThePageHasOneHeadingOfTheFirstRankAndNamesItsLanguage) {
  const std::string page = to_html(hostile_assessment());
  EXPECT_EQ(count(page, "<h1"), 1U);
  EXPECT_EQ(page.find("<!doctype html>\n<html lang=\"en\">"), 0U);
  EXPECT_EQ(count(page, "<main>"), 1U);
}

TEST(Html, EveryPlotHasATitle) {
  const std::string page = to_html(hostile_assessment());
  EXPECT_GT(count(page, "<svg "), 0U);
  EXPECT_EQ(count(page, "<svg "), count(page, "<title id="));
}

TEST(Html, TheSameAssessmentGivesTheSamePage) {
  EXPECT_EQ(to_html(hostile_assessment()), to_html(hostile_assessment()));
}

TEST(Html, TheLevelIsANumberAWordAndAShape) {
  assess::Assessment a = small();
  a.level = 3;
  a.level_name = "act";
  const std::string page = to_html(a);
  EXPECT_NE(page.find("◆</span> Level 3"), std::string::npos);
  EXPECT_NE(page.find("<strong>act</strong>"), std::string::npos);
}

TEST(Html, NotLookedForIsToldApartFromNoSignSeen) {
  assess::Assessment a = small();
  a.rules = {{"a", "1", "A", watch::Outcome::clear, "looked at", {}},
             {"b", "1", "B", watch::Outcome::not_judged, "never asked", {}}};
  const std::string page = to_html(a);
  EXPECT_NE(page.find("Not looked for: could not be judged</h3><ul><li><b>B</b>: never asked"),
            std::string::npos);
  EXPECT_NE(page.find("No sign seen</h3><ul><li><b>A</b>: looked at"), std::string::npos);
}

// Level 0 read as an all-clear while five of six rules had nothing to look at.
TEST(Html, ACalmLevelSaysWhatCouldNotBeJudged) {
  assess::Assessment a = small();
  a.rules = {{"b", "1", "B", watch::Outcome::not_judged, "never asked", {}}};
  EXPECT_NE(to_html(a).find("Only as far as could be judged: 1 of 1 rules could not."), std::string::npos);
}

TEST(Html, AClosedFindingSaysWhoWhenAndWhyAndStandsAfterTheOpenOnes) {
  assess::Assessment a = small();
  watch::Finding closed = finding(3, "closed one");
  closed.closed = watch::Closure{"Dr Ray", nine, "titrated on purpose"};
  a.rules = {{"r", "1.0.0", "R", watch::Outcome::found, "", {closed, finding(1, "open one")}}};
  const std::string page = to_html(a);
  EXPECT_NE(page.find("Closed by Dr Ray on 2026-03-02 09:00: titrated on purpose"), std::string::npos);
  EXPECT_LT(page.find("open one"), page.find("closed one"));
}

TEST(Html, AFindingShowsItsRivalItsNextStepAndTheLimitsOfItsEvidence) {
  assess::Assessment a = small();
  watch::Finding made = finding(2, "passing urine often");
  made.evidence = {"ev"};
  a.rules = {{"r", "1.0.0", "R", watch::Outcome::found, "", {made}}};
  a.evidence = {{"ev", "1.0.0", "a case", 'D', "seen", "one case only", {"Chang 2024"}}};
  const std::string page = to_html(a);
  for (const std::string_view part :
       {"What else could explain it</dt><dd>an infection", "Next step</dt><dd>ask", "grade D</span> a case",
        "one case only", "Chang 2024", "<code>e1</code>", "rule r 1.0.0"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
}

TEST(Html, WhatIsAbsentIsSaidAndNeverLeftBlank) {
  const std::string page = to_html(small());
  for (const std::string_view part : {"age not recorded", "weight not recorded", "No infusion is recorded",
                                      "No evaluation is recorded", "No line of the record was set aside"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
  EXPECT_EQ(page.find("<dd></dd>"), std::string::npos);
  EXPECT_EQ(page.find("></td>"), std::string::npos);
}

TEST(Html, SetAsideLinesAndLaterEventsAreCounted) {
  assess::Assessment a = small();
  a.set_aside = {{7, "e9", {ErrorCode::invalid_input, "body.dose", "3 is no dose"}}};
  a.not_yet_known = 4;
  const std::string page = to_html(a);
  EXPECT_NE(page.find("<th scope=\"row\">7</th><td><code>e9</code></td><td><code>body.dose</code></td>"
                      "<td>3 is no dose</td>"),
            std::string::npos);
  EXPECT_NE(page.find("<b>4</b> recorded later and not used"), std::string::npos);
}

TEST(Html, NoIdIsUsedTwice) {
  const std::string page = to_html(hostile_assessment());
  std::set<std::string> seen;
  for (auto i = page.find(" id=\""); i != std::string::npos; i = page.find(" id=\"", i + 5)) {
    const std::string id = page.substr(i + 5, page.find('"', i + 5) - i - 5);
    EXPECT_TRUE(seen.insert(id).second) << id;
  }
}

}  // namespace
}  // namespace evenkeel::report
