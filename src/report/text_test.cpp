// The assessment as text and as JSON: hostile records, hard edges, and what must stand there.

#include "report/text.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "assess/assess.hpp"
#include "report/content_text.hpp"
#include "report/json.hpp"
#include "report/page.hpp"
#include "support/chart.hpp"

namespace evenkeel::report {
namespace {

using namespace test;

assess::Assessment assessed(const History& history, Instant now) {
  return assess::assess({history.record(), library(), now, "", {}});
}

void expect_plain_and_narrow(const std::string& text) {
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) EXPECT_LE(width(line), 80U) << line;
  for (const char c : text) ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << text;
}

// Names of the greatest length and notes with commands for a terminal.
History hostile() {
  const std::string name(64, 'w');
  const std::string note =
      "\x1b[2J\xc2\x9b"
      "2J" +
      std::string(300, 'n');
  History history;
  care::PlanApproved approved = test::plan();
  approved.responsible_clinician = note;
  approved.endpoint.target = note;
  history.add(day(0), approved);
  history.add(day(1), pressure("", 120));
  history.add(day(1), started(name, "60"));
  care::SessionEnded end = ended(name, "60");
  end.completion = care::Completion::stopped;
  end.reason = note;
  history.add(day(1) + 40.0 * units::min, end);
  history.add(day(2), total("phq-9", 30));
  history.add(day(2), total(name, 3));
  care::OtherSource source{care::LookedIn::toxicology, {{note, note, note, {}}}};
  history.add(day(3), source);
  history.add(day(4), care::Review{note, {"second-source"}, care::Decision::no_concern, note});
  history.add(day(4), care::Assay{care::Analyte::ketamine, care::Site::venous, {}, {}});
  return history;
}

TEST(Text, StaysWithinEightyColumnsAndWithoutControlCharacters) {
  assess::Assessment found = assessed(hostile(), day(5));
  found.set_aside.push_back({7,
                             std::string(64, 'e'),
                             {ErrorCode::invalid_input, "line 7",
                              "unknown key '\x1b[31m\xc2\x9b"
                              "1m'"}});
  expect_plain_and_narrow(to_text(found));
  expect_plain_and_narrow(to_text(assessed(History{}, day(0))));
}

TEST(Text, IsColouredOnlyWhenAsked) {
  const auto found = assessed(hostile(), day(5));
  EXPECT_EQ(to_text(found).find('\x1b'), std::string::npos);
  EXPECT_NE(to_text(found, {true}).find("\x1b[0m"), std::string::npos);
}

TEST(Text, AnEmptyRecordSaysWhatItCannotTell) {
  const std::string text = to_text(assessed(History{}, day(0)));
  for (const char* part :
       {"Level 0 of 4", "24 of 24 warning signs could not be judged", "NOT JUDGED",
        "Not judged: no plan is approved in this record", "no infusion is recorded", "a clinician decides"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

// The reader sees to it that pressures come in pairs; a record made otherwise must not end the program.
TEST(Text, HalfAPressureIsShownAsHalf) {
  History history;
  history.infuse("s1", day(1));
  care::VitalSigns half = pressure("s1", 131);
  half.diastolic_mmHg.reset();
  history.add(day(1) + 50.0 * units::min, half);
  EXPECT_NE(to_text(assessed(history, day(2))).find("131/?"), std::string::npos);
}

TEST(Json, SaysNullWhereThereIsNothing) {
  const std::string json = to_json(assessed(History{}, day(0)));
  for (const char* part :
       {"\"course\": null", "\"born\": null", "\"body_mass_index\": null", "\"model\": null",
        "\"sessions\": []", "\"level\": 0", "\"schema\": \"evenkeel.assessment/1\""})
    EXPECT_NE(json.find(part), std::string::npos) << part;
  EXPECT_TRUE(json.ends_with("}\n"));
}

TEST(Json, EscapesWhatTheRecordHolds) {
  const std::string json = to_json(assessed(hostile(), day(5)));
  EXPECT_EQ(json.find('\x1b'), std::string::npos);
  EXPECT_NE(json.find("\\u001b[2J"), std::string::npos);
}

TEST(Json, DosesKeepTheirDigitsAndAnUnfinishedSessionHasNoEnd) {
  History history;
  history.infuse("s1", day(1), "35.00");
  history.add(day(2), started("s2"));
  const std::string json = to_json(assessed(history, day(2) + 5.0 * units::min));
  EXPECT_NE(json.find("\"given_mg\": 35.00"), std::string::npos);
  EXPECT_NE(json.find("\"given_mg\": null"), std::string::npos);
  EXPECT_NE(json.find("\"running\": true"), std::string::npos);
}

TEST(ContentText, ListsEveryEntryAndShowsEachWithinEightyColumns) {
  const std::string list = list_text(library());
  expect_plain_and_narrow(list);
  const auto shown = [&](const auto& entries) {
    for (const auto& entry : entries) {
      EXPECT_NE(list.find(entry.id), std::string::npos) << entry.id;
      const auto text = show_text(library(), entry.id);
      ASSERT_TRUE(text) << entry.id;
      expect_plain_and_narrow(*text);
      EXPECT_NE(text->find(entry.version), std::string::npos);
      EXPECT_NE(text->find("Sources"), std::string::npos);
    }
  };
  shown(library().models);
  shown(library().effects);
  shown(library().interactions);
  shown(library().protocols);
  shown(library().instruments);
  shown(library().rules);
  shown(library().evidence);
}

TEST(ContentText, ShowsTheLabelOfEachNumber) {
  const auto text = show_text(library(), "phq-9");
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("0 to 4: minimal [V, kroenke-2001]"), std::string::npos);
  EXPECT_NE(text->find("remission below: 5 points [V, mcinnes-2022]"), std::string::npos);
}

TEST(ContentText, ShowsEverythingThatAModelSays) {
  const auto has = [](const std::string& id, const char* words) {
    const auto text = show_text(library(), id);
    ASSERT_TRUE(text) << id;
    // Lines are broken where they are full: compare without the breaks.
    std::string flat;
    for (const char c : *text) {
      if (c != '\n' && !(c == ' ' && flat.ends_with(' '))) flat += c;
      if (c == '\n' && !flat.ends_with(' ')) flat += ' ';
    }
    EXPECT_NE(flat.find(words), std::string::npos) << id << " does not say: " << words;
  };
  has("simons-2022", "film: into mucosa, fraction F1, over D1");
  has("simons-2022", "rate 2 / MTT_KN, fraction FM_KN, yield RATIO_KN");
  has("simons-2022", "VK1: 11.6 L (standard error 0.9)");
  has("simons-2022", "between occasions: F1 log-normal variance 0.06 ");
  has("perez-ruixo-2021", "into swallowed, fraction (1 - FRn FURTHER) FGUT");
  has("perez-ruixo-2021", "plus -2.19 L/h times (age in years - 60) above 60");
  has("perez-ruixo-2021", "times 0.36 when Asian");
  has("perez-ruixo-2021", "residual of esketamine-venous: log-normal SD 0.276");
  has("otto-2021", "CL log-normal variance 0.026048, covariance with V1 0.02261");
  has("herd-2007", "Used only on request, by its name.");
  has("advan4", "model two-compartment-absorption");
  has("advan4", "KA: in 1/h, given by the user.");
}

TEST(ContentText, ShowsTheIntervalOfAnEffectAndWhatItIs) {
  const auto text = show_text(library(), "remifentanil-potency-jonkman-2018");
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("127 ng/mL (84 ng/mL to 191 ng/mL, interquartile range) [V,"), std::string::npos);
  EXPECT_NE(text->find("sampling site: arterial"), std::string::npos);
  EXPECT_NE(show_text(library(), "hepatic-impairment")->find("AUC, times: no size was seen"),
            std::string::npos);
}

TEST(ContentText, AnUnknownIdIsRefusedWithWhatComesClose) {
  const auto close = show_text(library(), "phq");
  ASSERT_FALSE(close);
  EXPECT_EQ(close.error().code, ErrorCode::not_found);
  EXPECT_EQ(close.error().where, "phq");
  EXPECT_NE(close.error().what.find("did you mean phq-9"), std::string::npos);
  EXPECT_NE(show_text(library(), "zzz").error().what.find("evenkeel content list"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::report
