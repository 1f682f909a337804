// The worked examples of docs/limits.md: every row is read from the page and held.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "plan/candidates.hpp"
#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::dec;

using Cells = std::vector<std::string>;

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(' ');
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

Cells split(const std::string& text, char by) {
  Cells cells;
  std::istringstream in{text};
  for (std::string cell; std::getline(in, cell, by);) cells.push_back(trimmed(cell));
  return cells;
}

// The rows below "<!-- table: NAME -->", heading and rule left out.
std::vector<Cells> table(const std::string& name) {
  const auto page =
      content::read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} / "docs/limits.md").value_or("");
  std::istringstream in{page.substr(std::min(page.size(), page.find("<!-- table: " + name + " -->")))};
  std::vector<Cells> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line) && line.starts_with("|")) {
    Cells cells = split(line.substr(1, line.rfind('|') - 1), '|');
    rows.push_back(std::move(cells));
  }
  if (rows.size() < 2) return {};
  for (Cells& cells : rows) cells.resize(rows.front().size());  // an empty last cell
  rows.erase(rows.begin(), rows.begin() + 2);
  return rows;
}

Origin origin_of(const std::string& name) {
  if (name == "compiled_in") return Origin::compiled_in;
  if (name == "site") return Origin::site;
  return name == "protocol" ? Origin::protocol : Origin::plan;
}

// "plan dose_per_kg 0.5"
Limit limit_of(const std::string& text) {
  const Cells words = split(text, ' ');
  const auto kinds = all_limit_kinds();
  const auto kind = std::ranges::find_if(kinds, [&](LimitKind k) { return limit_name(k) == words.at(1); });
  EXPECT_NE(kind, kinds.end()) << text;
  return {*kind, origin_of(words.at(0)), dec(words.at(2).c_str()), {"row", Label::proposal, ""}, "row"};
}

std::string name_of(const Checked& check) {
  std::string origin{origin_words(check.origin)};
  std::ranges::replace(origin, ' ', '_');
  return fmt::format("{} {}", origin, limit_name(check.kind));
}

struct LimitRow {
  DoseQuestion question;
  std::optional<LimitSet> limits;
  Prescription wanted;
};

LimitRow limit_row(const Cells& row) {
  LimitRow made;
  made.question.start = test::at("2026-03-16T10:00:00Z");
  made.question.site = test::plain_site();
  made.question.protocol = test::shipped_protocol();
  made.question.patient.weight = {dec(row[0].c_str()), made.question.start, care::WeightBasis::actual};
  for (const std::string& each : split(row[2], ';')) {
    const Cells words = split(each, ' ');
    made.question.patient.history.push_back({made.question.start - std::stod(words.at(2)) * units::h,
                                             dec(words.at(0).c_str()), dec("80"), dec("1000"), true});
  }
  std::vector<Limit> limits = compiled_in();
  for (const std::string& each : split(row[1], ';')) limits.push_back(limit_of(each));
  made.limits = *LimitSet::make(std::move(limits));
  made.wanted = {dec(row[3].c_str()), dec(row[4].c_str()), {}};
  return made;
}

TEST(LimitTable, EveryRowHolds) {
  const auto rows = table("limits");
  ASSERT_GE(rows.size(), 20U);
  for (const Cells& row : rows) {
    SCOPED_TRACE(fmt::format("{} kg, {}, {} mg over {} min", row[0], row[1], row[3], row[4]));
    const auto [question, limits, wanted] = limit_row(row);
    const auto caps = *limits->dose_caps(wanted.minutes, context_of(question));
    EXPECT_EQ(fmt::format("{:.6g}", caps.front().mg.to_double()), row[8]);
    const auto sifted = *sift_one(question, *limits, wanted, false);
    if (const auto* candidate = std::get_if<Candidate>(&sifted)) {
      EXPECT_EQ(row[5], "allowed");
      EXPECT_EQ(short_text(candidate->delivered.mg), row[7]);
      EXPECT_EQ(name_of(candidate->limits[candidate->nearest]), row[6]);
      continue;
    }
    const auto& refused = std::get<Refused>(sifted);
    EXPECT_EQ(row[5], "refused") << refused.why;
    EXPECT_EQ(row[7], "");
    const bool named =
        refused.limit ? name_of(*refused.limit) == row[6] : refused.why.find(row[6]) != std::string::npos;
    EXPECT_TRUE(named) << refused.why;
  }
}

DoseQuestion rise_row(const Cells& row) {
  auto q = test::steady_question(1);
  q.aims.clear();
  q.patient.plan = test::plan_of("0.7", row[4] == "yes");
  q.patient.history = {{test::at("2026-03-14T10:00:00Z"), dec(row[0].c_str()), dec("82"),
                        *multiply(dec(row[0].c_str()), dec("1.5")), true}};
  care::Response& response = q.patient.response;
  const double latest = std::stod(row[2]);
  response.latest =
      test::phq_score(row[3] == "after" ? "2026-03-15T09:00:00Z" : "2026-03-13T09:00:00Z", std::stoi(row[2]));
  response.baseline.reset();
  response.fall.reset();
  if (row[1].empty()) return q;
  const double baseline = std::stod(row[1]);
  response.baseline = test::phq_score("2026-03-08T09:00:00Z", std::stoi(row[1]));
  response.fall = (baseline - latest) / baseline;
  response.response = *response.fall >= 0.5;
  return q;
}

TEST(RiseTable, EveryRowHolds) {
  const auto rows = table("rises");
  ASSERT_GE(rows.size(), 8U);
  for (const Cells& row : rows) {
    const auto q = rise_row(row);
    const auto limits = *limits_in_force(q);
    const auto sifted = *sift_one(q, limits, {dec(row[5].c_str()), dec("40"), {}});
    const auto* refused = std::get_if<Refused>(&sifted);
    EXPECT_EQ(refused == nullptr ? "allowed" : "refused", row[6]) << row[5] << " mg after " << row[0];
    if (refused == nullptr) continue;
    EXPECT_NE(refused->why.find(row[7]), std::string::npos) << refused->why;
  }
}

}  // namespace
}  // namespace evenkeel::plan
