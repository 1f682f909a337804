// Who, when and how it stands: what is read first.

#include <algorithm>
#include <cmath>

#include "report/html_sections.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;

Html fact(std::string_view name, const Html& value, const Html& detail = {}) {
  return html("<div><dt>{}</dt><dd>{}{}</dd></div>\n", name, value,
              detail.empty() ? Html{} : html("<small>{}</small>", detail));
}

std::string sex_words(const std::optional<care::Sex>& sex) {
  if (!sex) return "sex not recorded";
  switch (*sex) {
    case care::Sex::female:
      return "female";
    case care::Sex::male:
      return "male";
    case care::Sex::other:
      return "other";
  }
  return "sex not recorded";
}

Html person(const Assessment& a) {
  const care::Facts& facts = a.facts;
  const std::string age = facts.born ? fmt::format("{} years", years_between(*facts.born, Date::of(a.now)))
                                     : std::string("age not recorded");
  const std::string weight =
      facts.weight ? number_text(facts.weight->in(units::kg), 1) + " kg" : std::string("weight not recorded");
  Html detail = html("{}", weight);
  if (facts.weighed) detail += html(" on {}", day(*facts.weighed));
  if (a.body_mass_index) detail += html(", BMI {}&nbsp;kg/m²", number_text(*a.body_mass_index, 1));
  return fact("Person", html("{}, {}", age, sex_words(facts.sex)), detail);
}

Html sessions_done(const Assessment& a) {
  if (!a.course)
    return fact("Sessions", html("{} recorded", a.sessions.size()), html("{}", a.no_course_because));
  const std::string planned =
      a.course->plan ? fmt::format("{}", a.course->plan->plan.planned_sessions) : std::string("not recorded");
  Html detail;
  if (!a.sessions.empty()) {
    const Instant last = a.sessions.back().session.start;
    detail = html("last {}, {}", day(last), distance_text(last, a.now));
  }
  return fact("Sessions", html("{} of {} planned", a.course->sessions_in_plan, planned), detail);
}

Html response_fact(const Assessment& a) {
  if (!a.course) return fact("Outcome", html("not judged"), html("{}", a.no_course_because));
  const care::Response& r = a.course->response;
  const std::string name = instrument_name(r.instrument);
  if (!r.latest) {
    if (!r.baseline) return fact(name, html("not recorded"));
    return fact(name, html("{} at baseline", *r.baseline->score.total),
                html("{}; none since the first infusion", day(r.baseline->at)));
  }
  const int now = *r.latest->score.total;
  if (!r.baseline || !r.fall)
    return fact(name, html("{}", now), html("{}; no baseline to compare with", day(r.latest->at)));
  const double change = -100.0 * *r.fall;
  const std::string how = change <= 0.0 ? fmt::format("{:.0f} % lower", std::abs(change))
                                        : fmt::format("{:.0f} % higher", change);
  std::string verdict = r.response ? "response" : "no response";
  verdict += r.remission ? ", remission" : ", no remission";
  return fact(name, html("{} <span class=\"aside\">from {}, {}</span>", now, *r.baseline->score.total, how),
              html("{}; on {}", verdict, day(r.latest->at)));
}

std::string shape_of(int level) {
  constexpr std::string_view shapes[] = {"○", "●", "▲", "◆", "■"};
  return std::string(shapes[static_cast<std::size_t>(std::clamp(level, 0, 4))]);
}

// The five steps with the present one filled, for the eye; the words beside it say the same.
Html level_steps(int level) {
  Html steps;
  for (int i = 0; i <= 4; ++i)
    steps += html("<span class=\"{}\">{}</span>", Html{i == level ? "step here" : "step"}, i);
  return html("<span class=\"steps\" aria-hidden=\"true\">{}</span>", steps);
}

Html action_item(const assess::Action& action, Instant now) {
  const Html by = action.by ? html("<span class=\"by\">by {} <small>{}</small></span>", moment(*action.by),
                                   distance_text(*action.by, now))
                            : Html{"<span class=\"by\">no date is set</span>"};
  return html("<li{}><strong>{}</strong>{}<p>{}</p>{}</li>\n", Html{action.urgent ? " class=\"urgent\"" : ""},
              action.who, Html{action.urgent ? " <span class=\"tag\">urgent</span>" : ""}, action.what, by);
}

struct Counts {
  std::size_t open = 0;
  std::size_t explained = 0;
  std::size_t closed = 0;
  std::size_t clear = 0;
  std::size_t not_judged = 0;
};

Counts count(const Assessment& a) {
  Counts counts;
  for (const watch::RuleOutcome& outcome : a.rules) {
    counts.clear += outcome.outcome == watch::Outcome::clear ? 1U : 0U;
    counts.not_judged += outcome.outcome == watch::Outcome::not_judged ? 1U : 0U;
    for (const watch::Finding& finding : outcome.findings)
      ++(finding.closed ? counts.closed : finding.counts() ? counts.open : counts.explained);
  }
  return counts;
}

Html count_line(std::size_t number, std::string_view words, bool weighty) {
  return html("<li{}><b>{}</b> {}</li>", Html{weighty && number > 0 ? " class=\"weighty\"" : ""}, number,
              words);
}

}  // namespace

Html level_mark(int level) {
  return html("<span class=\"mark level-{0}\"><span aria-hidden=\"true\">{1}</span> level {0}</span>", level,
              shape_of(level));
}

Html banner(const Assessment& a) {
  const Html protocol = a.protocol.empty() ? Html{"not recorded"} : html("{}", a.protocol);
  const Html phase = a.course ? html("phase: {}", care::phase_words(a.course->phase))
                              : html("phase not judged: {}", a.no_course_because);
  return html(
      "<header>\n<p class=\"over\">Evenkeel: decision support for supervised ketamine therapy</p>\n"
      "<h1>Patient <bdi>{}</bdi></h1>\n<p class=\"asof\">As of <time datetime=\"{}\">{}</time> UTC. All "
      "times "
      "on this page are UTC.</p>\n<dl class=\"facts\">\n{}{}{}{}</dl>\n</header>\n",
      a.patient, a.now.to_string(), minute_text(a.now), person(a), fact("Protocol", protocol, phase),
      sessions_done(a), response_fact(a));
}

Html level_and_actions(const Assessment& a) {
  const Counts counts = count(a);
  Html actions;
  for (const assess::Action& action : a.actions) actions += action_item(action, a.now);
  const Html list = actions.empty() ? Html{"<p>No finding asks for anything.</p>\n"}
                                    : html("<ul class=\"actions\">{}</ul>\n", actions);
  Html sums =
      count_line(counts.open, counts.open == 1 ? "finding open" : "findings open", true) +
      count_line(counts.explained, "explained in the record", false) +
      count_line(counts.closed, "closed by a clinician", false) +
      count_line(counts.clear, counts.clear == 1 ? "rule saw no sign" : "rules saw no sign", false) +
      count_line(counts.not_judged,
                 counts.not_judged == 1 ? "rule could not be judged" : "rules could not be judged", true);
  if (!a.set_aside.empty())
    sums += html("<li class=\"weighty\"><b>{}</b> <a href=\"#gaps\">set aside from the record</a></li>",
                 a.set_aside.size());
  const std::string name = a.level_name.empty() ? "no protocol says what this level asks" : a.level_name;
  // A calm level is no comfort where nobody looked.
  const bool partial = a.level == 0 && counts.not_judged > 0;
  const Html reach = partial
                         ? html(
                               "<p class=\"reach\">Only as far as could be judged: {} of {} rules could not."
                               "</p>\n",
                               counts.not_judged, a.rules.size())
                         : Html{};
  return html(
      "<section class=\"panel level-{0}{6}\" aria-label=\"Level and what to do\">\n<div>\n<p class=\"level\">"
      "<span class=\"shape\" aria-hidden=\"true\">{1}</span> Level {0} <span class=\"aside\">of 4</span>"
      "<strong>{2}</strong></p>\n{7}{3}\n<ul class=\"counts\">{4}</ul>\n</div>\n"
      "<div>\n<h2>What to do</h2>\n{5}</div>\n</section>\n",
      a.level, shape_of(a.level), name, level_steps(a.level), sums, list, Html{partial ? " partial" : ""},
      reach);
}

}  // namespace evenkeel::report
