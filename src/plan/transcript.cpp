#include "plan/transcript.hpp"

#include <fmt/format.h>

#include <iterator>

#include "base/overloaded.hpp"

namespace evenkeel::plan {
namespace {

class Lines {
 public:
  // Tabs and line ends of a text are escaped: unescaped they could make two answers look alike.
  void text(std::string_view name, std::string_view value) {
    out_ += name;
    out_ += '\t';
    for (const char c : value) {
      if (c == '\n')
        out_ += "\\n";
      else if (c == '\t')
        out_ += "\\t";
      else if (c == '\\')
        out_ += "\\\\";
      else
        out_ += c;
    }
    out_ += '\n';
  }
  template <class T>
  void number(std::string_view name, T value) {
    fmt::format_to(std::back_inserter(out_), "{}\t{}\n", name, value);
  }
  template <class Q>
  void spread(std::string_view name, const Spread<Q>& value) {
    fmt::format_to(std::back_inserter(out_), "{}\t{}\t{}\t{}\n", name, value.p5.canonical(),
                   value.p50.canonical(), value.p95.canonical());
  }
  void optional(std::string_view name, const std::optional<double>& value) {
    value ? number(name, *value) : text(name, "none");
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write(Lines& out, const Gap& gap) {
  out.number("gap", static_cast<int>(gap.kind));
  out.text("gap.sentence", gap.sentence());
}

void write(Lines& out, const Checked& check) {
  out.text("limit", check.sentence());
  out.number("limit.kept", check.kept);
  out.number("limit.used", check.used);
  out.text("limit.source", fmt::format("{} {}", label_text(check.label), check.source));
}

void write(Lines& out, const ModelPrediction& prediction) {
  out.number("prediction.model", prediction.model);
  for (const auto& at : prediction.band) out.spread("band.mg_L", at);
  out.spread("peak.mg_L", prediction.peak);
  out.spread("area.mg_h_L", prediction.area);
  for (const EffectPrediction& effect : prediction.effects) {
    out.text("effect", effect.effect + " " + effect.unit);
    out.spread("effect.level.mg_L", effect.level);
    out.optional("effect.p5", effect.value.p5);
    out.optional("effect.p50", effect.value.p50);
    out.optional("effect.p95", effect.value.p95);
  }
}

void write(Lines& out, const AimJudgement& aim) {
  out.number("aim", aim.aim);
  out.number("aim.met", aim.met);
  out.text("aim.text", aim.text);
  for (const ModelJudgement& model : aim.models) {
    out.number("aim.model", model.model);
    out.optional("aim.probability", model.probability);
    out.optional("aim.probability_most_sensitive", model.probability_most_sensitive);
    out.text("aim.why_not_judged", model.why_not_judged);
  }
}

void write(Lines& out, const Candidate& candidate) {
  out.text("candidate.wanted_mg", candidate.wanted_mg.to_string());
  out.text("candidate.minutes", candidate.minutes.to_string());
  out.text("candidate.profile", candidate.profile.name);
  for (const ProfilePart& part : candidate.profile.parts)
    out.text("candidate.part", fmt::format("{} {}", part.percent_of_time, part.percent_of_dose));
  out.text("candidate.mg", candidate.delivered.mg.to_string());
  out.text("candidate.mL", candidate.delivered.mL.to_string());
  out.text("candidate.pump_minutes", candidate.delivered.minutes.to_string());
  out.text("candidate.highest_mg_h", candidate.delivered.highest_mg_h.to_string());
  for (const Decimal& rate : candidate.delivered.rates_mL_h) out.text("candidate.mL_h", rate.to_string());
  out.number("candidate.mg_per_kg", candidate.per_kg.canonical());
  out.number("candidate.mg_kg_h", candidate.highest_rate_per_kg.canonical());
  out.number("candidate.rise", candidate.rise);
  out.number("candidate.second_signature", candidate.second_signature);
  out.number("candidate.step_up_monitoring", candidate.step_up_monitoring);
  for (const Duration time : candidate.times) out.number("time.h", time.canonical());
  for (const ModelPrediction& prediction : candidate.predictions) write(out, prediction);
  for (const AimJudgement& aim : candidate.aims) write(out, aim);
  for (const Checked& check : candidate.limits) write(out, check);
  out.number("candidate.nearest", candidate.nearest);
  out.text("candidate.why", candidate.why);
}

void write(Lines& out, const Refused& refused) {
  out.text("refused", refused.why);
  out.number("refused.by", static_cast<int>(refused.by));
  if (refused.limit) write(out, *refused.limit);
}

void write(Lines& out, const ModelUsed& model) {
  out.text("model", fmt::format("{} {}", model.model, model.version));
  out.number("model.basis", static_cast<int>(model.basis));
  out.number("model.members", model.members);
  for (const std::string& caveat : model.caveats) out.text("model.caveat", caveat);
}

void write(Lines& out, const OverModels& range) {
  out.text("over", fmt::format("{} {}", pkpd::site_text(range.of.site), pkpd::moiety_text(range.of.moiety)));
  for (const std::size_t model : range.models) out.number("over.model", model);
  const auto pair = [&](std::string_view name, auto low, auto high) {
    out.text(name, fmt::format("{} {}", low.canonical(), high.canonical()));
  };
  for (const auto& at : range.band) pair("over.band.mg_L", at.low, at.high);
  pair("over.peak.mg_L", range.peak.low, range.peak.high);
  pair("over.middle_peak.mg_L", range.middle_peak.low(), range.middle_peak.high());
  pair("over.area.mg_h_L", range.area.low, range.area.high);
}

void write_versions(Lines& out, const std::vector<std::pair<std::string, std::string>>& versions,
                    std::uint64_t seed) {
  for (const auto& [what, version] : versions) out.text("version", what + " " + version);
  out.number("seed", seed);
}

}  // namespace

std::string transcript(const DoseAnswer& answer) {
  Lines out;
  out.text("evenkeel.dose_answer", "1");
  write_versions(out, answer.versions, answer.seed);
  for (const ModelUsed& model : answer.models) write(out, model);
  for (const std::string& aim : answer.aims) out.text("aim.words", aim);
  for (const std::string& line : answer.workings) out.text("working", line);
  for (const std::string& line : answer.questions) out.text("question", line);
  std::visit(Overloaded{[&](const NoAdvice& none) {
                          out.text("outcome", "no advice");
                          for (const Gap& gap : none.reasons) write(out, gap);
                        },
                        [&](const Advice& advice) {
                          out.text("outcome", "advice");
                          for (const Candidate& candidate : advice.ranked) write(out, candidate);
                          for (const Refused& refused : advice.refused) write(out, refused);
                        }},
             answer.outcome);
  return out.take();
}

std::string transcript(const WhatIf& answer) {
  Lines out;
  out.text("evenkeel.what_if", "1");
  write_versions(out, answer.versions, answer.seed);
  for (const Gap& gap : answer.gaps) write(out, gap);
  for (const WhatIfRow& row : answer.rows) {
    out.number("row", static_cast<int>(row.change));
    out.text("row.words", row.words);
    out.text("row.start", row.start.to_string());
    for (const ModelUsed& model : row.models) write(out, model);
    for (const std::string& condition : row.conditions) out.text("row.condition", condition);
    if (row.candidate) write(out, *row.candidate);
    if (row.refused) write(out, *row.refused);
    for (const OverModels& range : row.over_models) write(out, range);
  }
  return out.take();
}

}  // namespace evenkeel::plan
