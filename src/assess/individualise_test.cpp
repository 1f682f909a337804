#include "assess/individualise.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "content/library_loader.hpp"
#include "exchange/record_reader.hpp"

namespace evenkeel::assess {
namespace {

using units::mL;
using units::ng;

class Individualise : public testing::Test {
 protected:
  void SetUp() override {
    auto loaded = content::load_library(std::filesystem::path{EVENKEEL_SOURCE_DIR} / "content");
    ASSERT_TRUE(loaded);
    library = *std::move(loaded);
    std::ifstream in{std::filesystem::path{EVENKEEL_SOURCE_DIR} / "examples/measured-course.jsonl"};
    auto reading = exchange::read_record(in);
    ASSERT_TRUE(reading);
    events = reading->record.events();
    options.effective = 300.0;
    options.members = 100;
  }

  // The measured course with each assay changed, or left out where `change` says so.
  template <class Change>
  [[nodiscard]] care::Record changed(Change&& change) const {
    care::Record record{"measured"};
    std::size_t assays = 0;
    for (care::Event event : events) {
      if (auto* assay = std::get_if<care::Assay>(&event.body); assay != nullptr && !change(assays++, *assay))
        continue;
      const auto added = record.add(std::move(event));
      EXPECT_TRUE(added) << (added ? "" : to_string(added.error()));
    }
    return record;
  }

  [[nodiscard]] Result<IndividualAnswer> ask(const care::Record& record,
                                             std::vector<std::string> models = {"otto-2021"}) const {
    return individualise(
        {record, library.models, *Instant::parse("2026-03-05T12:00:00Z"), std::move(models), false, options});
  }

  Library library;
  std::vector<care::Event> events;
  IndividualOptions options;
};

constexpr auto all = [](std::size_t, care::Assay&) { return true; };

double told(const Individual& found, const std::string& name) {
  for (const OwnParameter& own : found.parameters) {
    if (own.estimate.name == name) return 1.0 - own.estimate.shrinkage;
  }
  ADD_FAILURE() << name;
  return 0.0;
}

TEST_F(Individualise, WithoutAnAssayItIsThePopulation) {
  const auto answer = ask(changed([](std::size_t, care::Assay&) { return false; }));
  ASSERT_TRUE(answer && answer->models.front().found);
  const Individual& found = *answer->models.front().found;
  EXPECT_EQ(found.measured, 0U);
  for (const OwnParameter& own : found.parameters) {
    EXPECT_DOUBLE_EQ(own.estimate.most_likely, own.estimate.typical) << own.estimate.name;
    EXPECT_NEAR(own.estimate.shrinkage, 1.0, 1e-12) << own.estimate.name;
  }
}

TEST_F(Individualise, AMetaboliteAloneTellsOfItselfAndOfItsParent) {
  const auto answer = ask(
      changed([](std::size_t, care::Assay& assay) { return assay.analyte == care::Analyte::esnorketamine; }));
  ASSERT_TRUE(answer && answer->models.front().found);
  const Individual& found = *answer->models.front().found;
  EXPECT_EQ(found.measured, 8U);
  EXPECT_GT(told(found, "CLN"), 0.5);
  EXPECT_GT(told(found, "CL"), 0.0);
  EXPECT_LT(told(found, "V1"), told(found, "CLN"));
}

TEST_F(Individualise, EveryAssayBelowItsLimitIsUsedAsThat) {
  const auto answer = ask(changed([](std::size_t, care::Assay& assay) {
    assay.lower_limit = 100.0 * (ng / mL);
    assay.value.reset();
    return true;
  }));
  ASSERT_TRUE(answer && answer->models.front().found);
  EXPECT_EQ(answer->models.front().found->below, 16U);
  EXPECT_TRUE(answer->models.front().found->fits);
}

TEST_F(Individualise, AnotherSiteIsLeftOutAndSaysWhy) {
  const auto answer = ask(changed([](std::size_t i, care::Assay& assay) {
    if (i == 0) assay.site = care::Site::arterial;
    return true;
  }));
  ASSERT_TRUE(answer && answer->models.front().found);
  const Individual& found = *answer->models.front().found;
  EXPECT_EQ(found.measured, 15U);
  ASSERT_EQ(found.left_out.size(), 1U);
  EXPECT_EQ(found.left_out[0].event, "e004");
  EXPECT_NE(found.left_out[0].why.find("arterial"), std::string::npos) << found.left_out[0].why;
}

TEST_F(Individualise, AValueAThousandTimesTooHighIsNamedAndDoesNotBendTheRest) {
  const auto clean = ask(changed(all));
  const auto answer = ask(changed([](std::size_t i, care::Assay& assay) {
    if (i == 2) assay.value = 1000.0 * *assay.value;
    return true;
  }));
  ASSERT_TRUE(clean && answer && answer->models.front().found);
  const Individual& found = *answer->models.front().found;
  EXPECT_FALSE(found.fits);
  ASSERT_EQ(found.suspicions.size(), 1U);
  EXPECT_NE(found.suspicions[0].find("27.0 ng/mL"), std::string::npos) << found.suspicions[0];
  EXPECT_TRUE(found.measurements[2].fit.outlier);
}

TEST_F(Individualise, ModelsThatPredictOtherThingsAreShownAndNotWeighed) {
  const auto answer = ask(changed(all), {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->models.front().id, "otto-2021");
  EXPECT_EQ(answer->models.front().weight, 1.0);
  EXPECT_GT(answer->models.size(), 3U);
  for (std::size_t i = 1; i < answer->models.size(); ++i) {
    EXPECT_FALSE(answer->models[i].weight) << answer->models[i].id;
    EXPECT_FALSE(answer->models[i].remark.empty()) << answer->models[i].id;
  }
}

TEST_F(Individualise, WithoutAnInfusionThereIsNothingToEstimate) {
  care::Record record{"measured"};
  const auto answer = ask(record);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace evenkeel::assess
