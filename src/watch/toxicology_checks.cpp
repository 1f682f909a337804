// Drug tests. Ketamine in a specimen is expected after the clinic's own dose: it is unexpected only where
// that dose lies longer back than the test can show, by the published window and by the model. Sedating
// substances belong to another check.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/look.hpp"
#include "watch/tolerance_checks.hpp"

namespace evenkeel::watch {
namespace {

using units::day;
using units::h;
using Test = Timed<care::Toxicology>;

constexpr auto ng_per_mL = units::ng / units::mL;

// How a test with ketamine in it is to be read.
enum class Read : std::uint8_t { unexpected, expected, open };
struct Judgement {
  Read reading = Read::open;
  std::string words;
};

// What of ketamine was found, and the limit it is judged by: the lowest recorded one.
struct KetamineFound {
  bool parent = false;
  bool metabolite = false;
  std::optional<Concentration> limit;
};

KetamineFound ketamine_in(const care::Toxicology& test) {
  KetamineFound found;
  for (const auto& result : test.results) {
    if (!result.found || !care::is_ketamine(result.substance)) continue;
    const bool parent = result.substance == care::Substance::ketamine;
    found.parent = found.parent || parent;
    found.metabolite = found.metabolite || !parent;
    if (parent && result.limit) found.limit = std::min(found.limit.value_or(*result.limit), *result.limit);
  }
  return found;
}

bool looks_for_ketamine(const care::Toxicology& test) {
  return std::ranges::any_of(test.results,
                             [](const auto& result) { return care::is_ketamine(result.substance); });
}

std::string ketamine_words(const KetamineFound& found, const Test& test) {
  std::string what = found.parent && found.metabolite ? "ketamine and norketamine"
                     : found.parent                   ? "ketamine"
                                                      : "norketamine";
  return fmt::format("{} found in {} on {} ({})", what, care::specimen_words(test.body->specimen),
                     on_day(test.at()),
                     test.body->confirmed ? "confirmed by a specific method" : "a screening test");
}

const care::Session* last_dose_before(const Chart& chart, Instant when) {
  const care::Session* last = nullptr;
  for (const care::Session& session : chart.sessions) {
    if (session.start <= when) last = &session;
  }
  return last;
}

Instant end_of(const care::Session& session) {
  return session.end.value_or(session.start + session.ordered_length);
}

// The window says unexpected; no model does, for this is not what it predicts or it cannot.
Judgement by_time_alone(const Rule& rule, Duration since, const std::string& why, std::string words) {
  words += fmt::format("; no model can be asked ({})", why);
  if (since > rule.threshold("without_model") * day)
    return {Read::unexpected,
            words + fmt::format(", and {} days are more than any published window seen",
                                since.in(day) < 100.0 ? fmt::format("{:.1f}", since.in(day))
                                                      : fmt::format("{:.0f}", since.in(day)))};
  return {Read::open, words + fmt::format(", so within {} days of a dose it cannot be told",
                                          rule.threshold("without_model"))};
}

Judgement by_model(const Rule& rule, const Chart& chart, const Test& test, const KetamineFound& found,
                   const PredictedTest& predicted, std::string words) {
  const Concentration limit = found.limit.value_or(rule.threshold("least_limit") * ng_per_mL);
  if (!(predicted.upper > Concentration{}))
    return {Read::unexpected, words + "; of a dose so long ago nothing is predicted to be left in the blood"};
  words += fmt::format(
      "; {} for {} predicts {:.2g} ng/mL in the blood by then, and less than {:.2g} in {:.0f} % of people "
      "given the "
      "same; the test's limit is {:.3g} ng/mL{}",
      chart.prediction.model, chart.prediction.own, predicted.typical.in(ng_per_mL),
      predicted.upper.in(ng_per_mL), 100.0 * chart.prediction.confidence, limit.in(ng_per_mL),
      found.limit ? "" : " (none is recorded: that of a very sensitive test is supposed)");
  if (test.body->specimen != care::Specimen::blood)
    words += fmt::format("; the model is of blood, and for {} the window of {} h is a weak published figure",
                         care::specimen_words(test.body->specimen), rule.threshold("longest_window"));
  return {predicted.upper < limit ? Read::unexpected : Read::expected, std::move(words)};
}

Judgement judge(const Rule& rule, const Chart& chart, const Test& test, const KetamineFound& found) {
  const care::Session* last = last_dose_before(chart, test.at());
  std::string words = ketamine_words(found, test);
  if (last == nullptr) return {Read::unexpected, words + "; the clinic had given none by then"};
  if (test.body->specimen == care::Specimen::hair)
    return {Read::expected, words + "; hair cannot be dated to days, and the clinic has given ketamine"};
  const Duration since = std::max(Duration{}, test.at() - end_of(*last));
  words += fmt::format(", {:.0f} h after the end of the clinic's last dose ({})", since.in(h),
                       on_day(last->start));
  const auto predicted = std::ranges::find(chart.prediction.tests, test.event->id, &PredictedTest::event);
  const bool known = predicted != chart.prediction.tests.end();
  if (!(since > rule.threshold("longest_window") * h)) {
    if (known)
      words += fmt::format(", when {:.2g} ng/mL (up to {:.2g}) are predicted in the blood",
                           predicted->typical.in(ng_per_mL), predicted->upper.in(ng_per_mL));
    return {Read::expected, words + ": that dose explains it"};
  }
  if (!found.parent) {
    Judgement alone = by_time_alone(rule, since, "it predicts ketamine, and norketamine stays longer", words);
    // Nothing is missing that could be looked up.
    if (alone.reading == Read::open) alone.reading = Read::expected;
    return alone;
  }
  if (!known) {
    const std::string& why = chart.prediction.why_not;
    return by_time_alone(rule, since, why.empty() ? "an infusion before it is not known" : why,
                         std::move(words));
  }
  return by_model(rule, chart, test, found, *predicted, std::move(words));
}

Finding unexpected_ketamine(const Rule& rule, const Chart& chart, const Test& test, std::string words) {
  // Hair shows months back, also those before treatment: it asks, and does not act.
  const bool certain = test.body->confirmed && test.body->specimen != care::Specimen::hair;
  if (!test.body->confirmed) words += "; have it confirmed by a specific method before anything rests on it";
  Finding found =
      finding(rule, certain ? 3 : 2, std::move(words), std::array{Support{test.event->id, test.at()}},
              std::array{std::string_view{"longest_window"}, std::string_view{"least_limit"},
                         std::string_view{"without_model"}});
  const std::string care_elsewhere =
      circumstance_near(chart, std::array{care::Circumstance::anaesthetic},
                        test.at() - rule.threshold("without_model") * day, test.at(), 1.0 * day);
  if (!care_elsewhere.empty()) found.explained_by = care_elsewhere + ", which may have been ketamine";
  return found;
}

// The medicine of this kind that the patient is known to take by prescription, or empty.
std::string prescribed(const Chart& chart, care::Substance substance, Instant when) {
  std::string taken;
  for (const auto& change : all<care::MedicineChanged>(chart)) {
    if (change.body->substance != substance || change.at() > when) continue;
    const bool by_prescription = change.body->prescribed == care::Prescribed::here ||
                                 change.body->prescribed == care::Prescribed::elsewhere;
    if (!by_prescription && change.body->taken) continue;
    taken = change.body->taken
                ? fmt::format("{}, {}, since {}", change.body->name,
                              care::prescribed_words(change.body->prescribed), on_day(change.at()))
                : std::string{};
  }
  return taken;
}

// Stimulants, cannabis and the like: to be asked about.
std::vector<Finding> other_substances(const Rule& rule, const Chart& chart, const Test& test) {
  std::vector<Finding> findings;
  for (const auto& result : test.body->results) {
    if (!result.found || care::is_ketamine(result.substance) || care::is_sedating(result.substance)) continue;
    const bool named = result.substance == care::Substance::other;
    findings.push_back(
        finding(rule, test.body->confirmed ? 2 : 1,
                fmt::format("unexpected substance: {} found in {} on {} ({})",
                            named ? std::string_view{result.note} : care::substance_words(result.substance),
                            care::specimen_words(test.body->specimen), on_day(test.at()),
                            test.body->confirmed ? "confirmed by a specific method"
                                                 : "a screening test: have it confirmed"),
                std::array{Support{test.event->id, test.at()}}, std::span<const std::string_view>{}));
    if (!named) findings.back().explained_by = prescribed(chart, result.substance, test.at());
  }
  return findings;
}

}  // namespace

// Each test of the record. Ketamine beyond the window and below the test's limit by the model: level 3 where
// it is confirmed, 2 where it is a screening test.
RuleOutcome toxicology(const Rule& rule, const Chart& chart) {
  const auto tests = all<care::Toxicology>(chart);
  if (tests.empty()) return not_judged(rule, "no drug test is recorded");
  std::optional<Instant> looked;  // for ketamine
  std::vector<Finding> findings;
  std::string why;
  bool undecided = false;
  for (const Test& test : tests) {
    const KetamineFound found = ketamine_in(*test.body);
    if (looks_for_ketamine(*test.body)) looked = test.at();
    if (found.parent || found.metabolite) {
      Judgement judgement = judge(rule, chart, test, found);
      if (judgement.reading != Read::unexpected)
        why += (why.empty() ? "" : "; ") + judgement.words;
      else
        findings.push_back(unexpected_ketamine(rule, chart, test, std::move(judgement.words)));
      undecided = undecided || judgement.reading == Read::open;
    }
    for (Finding& other : other_substances(rule, chart, test)) findings.push_back(std::move(other));
  }
  if (findings.empty() && !looked) return not_judged(rule, "no drug test looked for ketamine");
  if (why.empty() && looked)
    why = fmt::format("{} looked at, the last for ketamine on {}: none found",
                      counted(tests.size(), "drug test"), on_day(*looked));
  if (findings.empty() && undecided) return not_judged(rule, std::move(why));
  if (findings.empty() && chart.now - *looked > rule.threshold("looked_within") * day)
    return not_judged(rule, "the last drug test for ketamine is from " + on_day(*looked) + "; " + why);
  return outcome_of(rule, std::move(findings), std::move(why));
}

}  // namespace evenkeel::watch
