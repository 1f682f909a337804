#include "individual/suspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/overloaded.hpp"
#include "individual/reading.hpp"

namespace evenkeel::individual {
namespace {

using What = std::variant<Assayed, Below, EffectSeen>;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double widest = 1e5;  // above what is expected; contaminated by what runs in

// g/mol, as IUPAC abridged its standard atomic weights.
constexpr double carbon = 12.011, hydrogen = 1.008, chlorine = 35.45, nitrogen = 14.007, oxygen = 15.999;
constexpr double ketamine = 13 * carbon + 16 * hydrogen + chlorine + nitrogen + oxygen;  // C13H16ClNO, 237.73
constexpr double norketamine =
    12 * carbon + 14 * hydrogen + chlorine + nitrogen + oxygen;  // C12H14ClNO, 223.70
constexpr double hydroxynorketamine = norketamine + oxygen;      // C12H14ClNO2
constexpr double hydrogen_chloride = hydrogen + chlorine;

bool is_parent(pkpd::Moiety moiety) {
  return moiety == pkpd::Moiety::racemic_ketamine || moiety == pkpd::Moiety::esketamine ||
         moiety == pkpd::Moiety::arketamine;
}

// The same reading with its number times `factor`; none for an effect.
std::optional<What> scaled(const What& what, double factor) {
  return std::visit(
      Overloaded{[&](const Assayed& seen) { return std::optional<What>{Assayed{factor * seen.value}}; },
                 [&](const Below& seen) { return std::optional<What>{Below{factor * seen.limit}}; },
                 [](const EffectSeen&) { return std::optional<What>{}; }},
      what);
}

bool same_kind(const Measured& a, const Measured& b) {
  const auto* one = std::get_if<EffectSeen>(&a.what);
  const auto* other = std::get_if<EffectSeen>(&b.what);
  if ((one == nullptr) != (other == nullptr)) return false;
  return one != nullptr ? one->effect == other->effect : a.output == b.output;
}

// What a time that was shifted would lead to.
struct Shifted {
  double hours = 0.0;
  double log_tail = 0.0;
  double log_likelihood = 0.0;
  const ReadingSpread* then = nullptr;
};

class Inquiry {
 public:
  Inquiry(const Problem& problem, std::span<const std::size_t> outliers, const FitOptions& options,
          std::size_t outlier)
      : problem_(problem), outliers_(outliers.begin(), outliers.end()), options_(options), i_(outlier) {}

  [[nodiscard]] Result<Suspicion> run(const Known& kept) {
    const auto here = spreads_at(kept, {{look_of(problem_, i_)}});
    if (!here) return here.error();
    add_units(here->front());
    for (const auto add : {&Inquiry::add_shifts, &Inquiry::add_high_values}) {
      if (const auto done = (this->*add)(kept); !done) return done.error();
    }
    for (const bool same_blood : {false, true}) {
      if (const auto done = add_exchanges(same_blood); !done) return done.error();
    }
    std::ranges::stable_sort(found_, std::greater{}, &Explanation::log_likelihood);
    return Suspicion{i_, found_, words()};
  }

 private:
  using Spreads = Result<std::vector<ReadingSpread>>;
  [[nodiscard]] const Question& question() const { return problem_.question(); }
  [[nodiscard]] const Measured& seen() const { return question().measured[i_]; }
  [[nodiscard]] Spreads spreads_at(const Known& known, const std::vector<Look>& looks) const {
    return spreads(known.problem, known.posterior, looks, options_.draws, options_.sample.threads);
  }
  void add(Mistake mistake, double log_tail, double log_likelihood, std::string sentence);

  void add_units(const ReadingSpread& here);
  [[nodiscard]] Result<void> add_shifts(const Known& kept);
  void add_best_shift(const std::vector<Shifted>& tried, Mistake mistake);
  [[nodiscard]] Result<void> add_high_values(const Known& kept);
  [[nodiscard]] bool arm_is_infusing() const;
  [[nodiscard]] Result<void> add_exchanges(bool same_blood);
  [[nodiscard]] Result<void> add_exchange(std::size_t j, std::size_t partners, bool same_blood);
  [[nodiscard]] std::string words() const;

  const Problem& problem_;
  std::vector<std::size_t> outliers_;
  const FitOptions& options_;
  std::size_t i_;
  std::vector<Explanation> found_;
};

void Inquiry::add(Mistake mistake, double log_tail, double log_likelihood, std::string sentence) {
  if (log_tail >= std::log(explained_from))
    found_.push_back({mistake, std::move(sentence), std::exp(log_tail), log_likelihood});
}

void Inquiry::add_units(const ReadingSpread& here) {
  struct Try {
    Mistake mistake;
    double factor;
    const char* sentence;
  };
  std::vector<Try> tries{{Mistake::thousand_too_high, 1e-3, "If this was ng/L it is {}."},
                         {Mistake::thousand_too_low, 1e3, "If this was mg/L it is {}."}};
  const pkpd::Moiety moiety = question().structure->model().outputs[seen().output].moiety;
  if (const auto molar = molar_mass_g_mol(moiety)) {
    // nmol/L times g/mol is ng/L, a thousandth of it ng/mL.
    tries.push_back({Mistake::nanomolar, *molar / 1000.0, "If this was nmol/L it is {}."});
    tries.push_back({Mistake::converted_twice, 1000.0 / *molar,
                     "If this was ng/mL already and was converted as if it were nmol/L, it is {}."});
    if (is_parent(moiety))
      tries.push_back({Mistake::hydrochloride, *molar / (*molar + hydrogen_chloride),
                       "If this was said of the hydrochloride, it is {} of base."});
  }
  for (const Try& each : tries) {
    const auto corrected = scaled(seen().what, each.factor);
    if (!corrected) return;
    const double jacobian = std::holds_alternative<Assayed>(*corrected) ? std::log(each.factor) : 0.0;
    Measured as_it_would_be = seen();
    as_it_would_be.what = *corrected;
    add(each.mistake, here.log_tail(*corrected), here.log_likelihood(*corrected) + jacobian,
        fmt::format(fmt::runtime(each.sentence), seen_words(as_it_would_be)));
  }
}

// Of the shifts tried as one mistake the smallest that explains it; its likelihood is the mean over all.
void Inquiry::add_best_shift(const std::vector<Shifted>& tried, Mistake mistake) {
  const Shifted* best = nullptr;
  double highest = -infinite;
  for (const Shifted& each : tried) {
    highest = std::max(highest, each.log_likelihood);
    if (each.log_tail < std::log(explained_from)) continue;
    const double longer = best != nullptr ? std::abs(each.hours) - std::abs(best->hours) : -1.0;
    if (longer < -1e-9 || (longer < 1e-9 && each.log_tail > best->log_tail)) best = &each;
  }
  if (best == nullptr) return;
  double sum = 0.0;
  for (const Shifted& each : tried) sum += std::exp(each.log_likelihood - highest);
  const bool later = best->hours > 0.0;
  const double median = best->then->quantile(0.5);
  const std::string expected =
      std::holds_alternative<EffectSeen>(seen().what) ? three_digits(median) : ng_mL(median);
  const double minutes = std::round(std::abs(best->hours) * 60.0);
  const std::string how =
      mistake == Mistake::half_a_day_off
          ? fmt::format("morning and afternoon were mixed up, 12 h {}", later ? "later" : "earlier")
      : mistake == Mistake::clock_an_hour_off
          ? fmt::format("the clock was an hour off and this was drawn 1 h {}", later ? "later" : "earlier")
      : mistake == Mistake::time_of_order
          ? fmt::format("the time is that of the order and this was drawn {:.0f} min later", minutes)
          : fmt::format("this was drawn {:.0f} min {} than recorded", minutes, later ? "later" : "earlier");
  add(mistake, best->log_tail, highest + std::log(sum / static_cast<double>(tried.size())),
      fmt::format("If {}, it fits: about {} is expected then.", how, expected));
}

Result<void> Inquiry::add_shifts(const Known& kept) {
  std::vector<std::pair<Mistake, double>> tries;
  for (int minutes = 1; minutes <= minutes_off_most; ++minutes) {
    for (const double sign : {1.0, -1.0}) tries.emplace_back(Mistake::minutes_off, sign * minutes / 60.0);
  }
  for (const double sign : {1.0, -1.0}) {
    tries.emplace_back(Mistake::clock_an_hour_off, sign);
    tries.emplace_back(Mistake::half_a_day_off, 12.0 * sign);
  }
  for (int minutes = minutes_off_most + 5; minutes <= order_minutes_most; minutes += 5)
    tries.emplace_back(Mistake::time_of_order, minutes / 60.0);
  std::erase_if(tries, [&](const auto& each) {
    return seen().at + each.second * units::h < question().spans.front().from;
  });
  std::vector<Look> looks;
  for (const auto& [mistake, hours] : tries) {
    looks.push_back(look_of(problem_, i_));
    looks.back().at.at += hours * units::h;
  }
  const auto found = spreads_at(kept, looks);
  if (!found) return found.error();
  for (const Mistake mistake :
       {Mistake::clock_an_hour_off, Mistake::half_a_day_off, Mistake::minutes_off, Mistake::time_of_order}) {
    std::vector<Shifted> of_mistake;
    for (std::size_t k = 0; k < tries.size(); ++k) {
      if (tries[k].first != mistake) continue;
      const ReadingSpread& then = (*found)[k];
      of_mistake.push_back(
          {tries[k].second, then.log_tail(seen().what), then.log_likelihood(seen().what), &then});
    }
    add_best_shift(of_mistake, mistake);
  }
  return {};
}

// A dose that enters at once where this is read, running then or shortly before.
bool Inquiry::arm_is_infusing() const {
  const std::size_t read = question().structure->output_compartment(seen().output);
  return std::ranges::any_of(question().given, [&](const Given& dose) {
    const auto paths = question().structure->paths(dose.route);
    const bool by_vein = std::ranges::any_of(
        paths, [&](const auto& path) { return path.compartment == read && !path.lag && !path.over; });
    return by_vein && dose.at <= seen().at && seen().at <= dose.at + dose.length + arm_clears_in_h * units::h;
  });
}

Result<void> Inquiry::add_high_values(const Known& kept) {
  const auto* assayed = std::get_if<Assayed>(&seen().what);
  if (assayed == nullptr) return {};
  std::vector<Look> looks{look_of(problem_, i_)};
  bool running = false;
  for (const Given& dose : question().given) {
    if (!(dose.at <= seen().at)) continue;
    const Duration end = dose.at + dose.length;
    running = running || end >= seen().at;
    looks.push_back(looks.front());
    looks.back().at.at = std::min(end, seen().at);
  }
  const auto found = spreads_at(kept, looks);
  if (!found) return found.error();
  const double y = assayed->value.canonical();
  const double expected = found->front().quantile(0.5);
  if (!(y > far_above * found->front().quantile(0.95))) return {};
  double peak = 0.0;
  for (const ReadingSpread& each : *found) peak = std::max(peak, each.quantile(0.5));
  const double log_likelihood = -std::log(y) - std::log(std::log(widest));
  if (arm_is_infusing())
    found_.push_back(
        {Mistake::infusing_arm,
         "If this was drawn from the arm that the drug ran into, it says nothing of the patient.",
         {},
         log_likelihood});
  if (!running && expected <= little_left * peak)
    found_.push_back(
        {Mistake::dose_not_recorded,
         fmt::format("So much at a time when about {} should be left would fit a dose not in the "
                     "record, another source, or a mix-up.",
                     ng_mL(std::max(expected, 0.0))),
         {},
         log_likelihood});
  return {};
}

Result<void> Inquiry::add_exchanges(bool same_blood) {
  std::vector<std::size_t> partners;
  for (std::size_t j = 0; j < question().measured.size(); ++j) {
    const Measured& other = question().measured[j];
    const bool effects =
        std::holds_alternative<EffectSeen>(seen().what) || std::holds_alternative<EffectSeen>(other.what);
    const bool together = std::abs((other.at - seen().at).canonical()) <= same_blood_h;
    const bool candidate = same_blood ? together && !effects && other.output != seen().output
                                      : !together && same_kind(other, seen());
    if (j != i_ && candidate) partners.push_back(j);
  }
  for (const std::size_t j : partners) {
    if (const auto done = add_exchange(j, partners.size(), same_blood); !done) return done;
  }
  return {};
}

Result<void> Inquiry::add_exchange(std::size_t j, std::size_t partners, bool same_blood) {
  const Measured& other = question().measured[j];
  std::vector<std::size_t> left_out = outliers_;
  left_out.push_back(j);
  const auto rest = without(problem_, left_out, options_.sample);
  if (!rest) return {};  // of this exchange nothing can be said
  const auto found = spreads_at(*rest, {look_of(problem_, i_), look_of(problem_, j)});
  if (!found) return found.error();
  const ReadingSpread& here = found->front();
  const ReadingSpread& there = found->back();
  const double log_tail =
      std::min(0.0, std::log(2.0) + std::min(here.log_tail(other.what), there.log_tail(seen().what)));
  const double log_likelihood = here.log_likelihood(other.what) + there.log_likelihood(seen().what) -
                                there.log_likelihood(other.what) - std::log(static_cast<double>(partners));
  const auto& outputs = question().structure->model().outputs;
  add(same_blood ? Mistake::exchanged_moieties : Mistake::exchanged_times, log_tail, log_likelihood,
      same_blood ? fmt::format("If the two values of this blood were exchanged, '{}' is {} and '{}' is {}.",
                               outputs[seen().output].id, seen_words(other), outputs[other.output].id,
                               seen_words(seen()))
                 : fmt::format("If its time or tube was exchanged with that of {}, this is {} and {} is {}.",
                               other.id, seen_words(other), other.id, seen_words(seen())));
  return {};
}

std::string Inquiry::words() const {
  std::string text = fmt::format("{} ({}): ", seen().id, seen_words(seen()));
  if (found_.empty())
    return text +
           "no usual mistake explains it (unit, time, an exchange, the infusing arm, a dose not in the "
           "record).";
  for (std::size_t k = 0; k < found_.size(); ++k) text += (k > 0 ? " Or: " : "") + found_[k].sentence;
  return text + " Check before anything is changed.";
}

}  // namespace

std::optional<double> molar_mass_g_mol(pkpd::Moiety moiety) {
  switch (moiety) {
    case pkpd::Moiety::unspecified:
      return std::nullopt;
    case pkpd::Moiety::racemic_ketamine:
    case pkpd::Moiety::esketamine:
    case pkpd::Moiety::arketamine:
      return ketamine;
    case pkpd::Moiety::norketamine:
    case pkpd::Moiety::esnorketamine:
      return norketamine;
    case pkpd::Moiety::eshydroxynorketamine:
      return hydroxynorketamine;
  }
  return std::nullopt;
}

Result<std::vector<Suspicion>> suspect(const Problem& problem, std::span<const std::size_t> outliers,
                                       const FitOptions& options) {
  std::vector<Suspicion> all;
  if (outliers.empty()) return all;
  const auto kept = without(problem, outliers, options.sample);
  if (!kept) return kept.error();
  for (const std::size_t outlier : outliers) {
    auto found = Inquiry{problem, outliers, options, outlier}.run(*kept);
    if (!found) return found.error();
    all.push_back(*std::move(found));
  }
  return all;
}

}  // namespace evenkeel::individual
