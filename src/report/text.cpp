#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/dose_parts.hpp"
#include "report/help_parts.hpp"
#include "report/individual_parts.hpp"
#include "report/page.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;
using units::kg;
using units::mg;
using units::mL;
using units::ng;

std::string moment(Instant at) {
  return moment_text(at.to_string());
}
std::string day(Instant at) {
  return at.to_string().substr(0, 10);
}

std::string joined(const std::vector<std::string>& parts, std::string_view between = ", ") {
  return fmt::format("{}", fmt::join(parts, between));
}

Tone tone_of(int level) {
  if (level >= 3) return Tone::danger;
  return level >= 1 ? Tone::warning : Tone::good;
}

std::string labels_text() {
  std::string text = "Labels:";
  for (const Label label : {Label::seen, Label::secondary, Label::secondary_unnamed, Label::calculated,
                            Label::derived, Label::proposal, Label::conflicting}) {
    text += fmt::format("{} {} {}", label == Label::seen ? "" : ";", label_text(label), label_words(label));
  }
  return text + ".";
}

std::string facts_text(const Assessment& a) {
  std::vector<std::string> parts;
  if (a.facts.born) parts.push_back(fmt::format("{} years", years_between(*a.facts.born, Date::of(a.now))));
  if (a.facts.weight) {
    parts.push_back(fmt::format("{:.1f} kg on {}", a.facts.weight->in(kg), day(*a.facts.weighed)));
  }
  if (a.body_mass_index) parts.push_back(fmt::format("body mass index {:.1f}", *a.body_mass_index));
  return joined(parts);
}

void head(const Assessment& a, Page& page) {
  page.item("", fmt::format("Evenkeel: patient {}, as of {} UTC", a.patient, moment(a.now)), 2, Tone::strong);
  if (const std::string facts = facts_text(a); !facts.empty()) page.item("", facts, 2);
  std::string level = fmt::format("Level {} of 4", a.level);
  if (!a.level_name.empty()) level += ": " + a.level_name;
  page.line(level, tone_of(a.level));
  const auto unjudged = std::ranges::count(a.rules, watch::Outcome::not_judged, &watch::RuleOutcome::outcome);
  if (unjudged > 0) {
    page.line(fmt::format("{} of {} warning signs could not be judged", unjudged, a.rules.size()),
              Tone::warning);
  }
  const std::size_t aside = a.set_aside.size();
  page.item(
      "",
      fmt::format("{} events{}{}.", a.events,
                  a.not_yet_known > 0 ? fmt::format(", {} more were recorded later", a.not_yet_known) : "",
                  aside > 0
                      ? fmt::format(", {} {} set aside (see the end)", aside, aside == 1 ? "fault" : "faults")
                      : ""),
      2);
}

void actions(const Assessment& a, Page& page) {
  if (a.actions.empty()) return;
  page.heading("WHAT TO DO");
  for (const auto& action : a.actions) {
    const std::string by =
        action.by ? fmt::format(" ({} {})", *action.by < a.now ? "was due by" : "by", moment(*action.by))
                  : "";
    page.item(action.urgent ? "  ! " : "  - ", fmt::format("{}: {}{}", action.who, action.what, by), 4,
              action.urgent ? Tone::danger : Tone::plain);
  }
}

void finding(const watch::Finding& f, Page& page) {
  const std::string mark = fmt::format("  [{}] ", f.level);
  page.item(mark, f.text, 6, f.counts() ? tone_of(f.level) : Tone::quiet);
  if (!f.explained_by.empty())
    page.item("      ", "Explained in the record, so it raises no level: " + f.explained_by, 8);
  else if (f.slight)
    page.item("      ", "Slight: chance alone may do as much, so it makes no second sign of two.", 8);
  if (f.closed) {
    page.item("      ",
              fmt::format("Closed by {} on {}: {}", f.closed->by, day(f.closed->at), f.closed->reason), 8);
  }
  page.item("      ", "What else could explain it: " + f.rival, 8);
  page.item("      ", "Next: " + f.next_step, 8);
  page.item("      ", fmt::format("Rests on: {}. Rule {} {}.", joined(f.events), f.rule, f.rule_version), 8,
            Tone::quiet);
  for (const auto& source : f.sources) page.item("      ", "Source: " + source, 8, Tone::quiet);
  if (!f.evidence.empty()) page.item("      ", "Evidence: " + joined(f.evidence), 8, Tone::quiet);
}

void findings(const Assessment& a, Page& page) {
  page.heading("FINDINGS, FOR A CLINICIAN TO LOOK AT");
  std::vector<const watch::Finding*> all;
  for (const auto& outcome : a.rules) {
    for (const auto& f : outcome.findings) all.push_back(&f);
  }
  std::ranges::stable_sort(all, {}, [](const watch::Finding* f) {
    return std::tuple{f->closed.has_value(), !f->counts(), -f->level};
  });
  for (const auto* f : all) finding(*f, page);
  if (all.empty()) page.line("  None.");
  for (const auto state : {watch::Outcome::clear, watch::Outcome::not_judged}) {
    for (const auto& outcome : a.rules) {
      if (outcome.outcome != state) continue;
      page.item(state == watch::Outcome::clear ? "  no sign seen    " : "  NOT JUDGED      ",
                fmt::format("{}: {}", outcome.title, outcome.why), 18,
                state == watch::Outcome::clear ? Tone::plain : Tone::warning);
    }
  }
}

std::string response_text(const care::Response& r) {
  if (!r.baseline || !r.latest)
    return "cannot be told: a score before and one after the first infusion are needed";
  std::string text = fmt::format("{} at baseline, {} on {}", *r.baseline->score.total, *r.latest->score.total,
                                 day(r.latest->at));
  if (r.fall) text += fmt::format(" ({:+.0f} %)", -100.0 * *r.fall);
  if (r.remission) return text + ", remission";
  return text + (r.response ? ", response" : ", no response");
}

void course(const Assessment& a, Page& page) {
  page.heading("COURSE");
  if (!a.course) {
    page.item("  ", "Not judged: " + a.no_course_because, 4, Tone::warning);
    return;
  }
  const auto& c = *a.course;
  const auto& plan = c.plan->plan;
  page.item("  ",
            fmt::format("{}; {} of {} planned sessions given; protocol {}", care::phase_words(c.phase),
                        c.sessions_in_plan, plan.planned_sessions, a.protocol),
            4);
  page.item("  ",
            fmt::format("Plan: {} over {}, every {}, until {}; {}; aim: {} ({})", care::plan_dose_words(plan),
                        span_text(plan.infusion_length), span_text(plan.interval), plan.stop_date.to_string(),
                        plan.responsible_clinician, plan.endpoint.target, plan.endpoint.instrument),
            4);
  page.item("  ", fmt::format("{}: {}", c.response.instrument, response_text(c.response)), 4);
  for (const auto& note : c.notes) page.item("  ! ", note, 4, Tone::warning);
  std::vector<std::vector<std::string>> rows;
  const auto row = [&](const care::Due& due) {
    rows.push_back({std::string(care::due_words(due.state)), due.what, due.last ? day(*due.last) : "never",
                    due.next ? day(*due.next) : "-"});
  };
  if (c.next_session) row(*c.next_session);
  for (const auto& due : c.due) row(due);
  if (!rows.empty()) page.table({{"state", false}, {"what", false}, {"last", false}, {"due", false}}, rows);
}

std::string minutes(Duration time) {
  return fmt::format("{:.0f}", time.in(units::min));
}

std::vector<std::string> session_row(const Assessment& a, std::size_t i) {
  const auto& s = a.sessions[i].session;
  std::vector<std::string> row{s.id, day(s.start), s.amount().mg.to_string(),
                               fmt::format("{:.2f}", (s.amount().mass() / s.weight).in(mg / kg)),
                               s.end ? minutes(*s.end - s.start) : "?"};
  if (i >= a.exposure.sessions.size() || a.exposure.sessions[i].refused) {
    row.insert(row.end(), {"-", "-", "-"});
    for (std::size_t k = 0; k < 2; ++k) row.push_back("-");
    return row;
  }
  const auto& e = a.exposure.sessions[i];
  row.push_back(three_digits(e.peak.value.in(ng / mL)));
  row.push_back(minutes(e.peak.at));
  row.push_back(three_digits(e.area.in(ng / mL * units::h)));
  for (std::size_t k = 0; k < 2; ++k) row.push_back(k < e.above.size() ? minutes(e.above[k].time) : "-");
  return row;
}

std::string exposure_legend(const Assessment& a) {
  std::string legend = "Cmax in ng/mL; AUC in ng h/mL over 24 h or to the next session";
  const auto with_levels =
      std::ranges::find_if(a.exposure.sessions, [](const auto& s) { return !s.above.empty(); });
  if (with_levels == a.exposure.sessions.end()) return legend + ".";
  for (const auto& above : with_levels->above) {
    legend += fmt::format(
        "; >{0:.0f}: minutes at or above {0:.0f} ng/mL, where the range of {1} begins (to {2:.0f}) [{3}]",
        above.from.in(ng / mL), above.level, above.to.in(ng / mL), label_text(above.label));
  }
  return legend + ".";
}

void exposure_remarks(const Assessment& a, Page& page) {
  const auto& x = a.exposure;
  if (x.refused) page.item("  ! ", "No prediction: " + to_string(*x.refused), 4, Tone::warning);
  std::vector<std::string> said;
  for (const auto& session : x.sessions) {
    if (session.refused && !x.refused) page.item("  ! ", to_string(*session.refused), 4, Tone::warning);
    for (const auto& caution : session.cautions) {
      if (std::ranges::find(said, caution) != said.end()) continue;
      said.push_back(caution);
      page.item("  ! ",
                fmt::format("Session {}{}: {}", session.session, said.size() == 1 ? " and on" : "", caution),
                4, Tone::warning);
    }
  }
  if (!x.model) return;
  page.item("  ",
            fmt::format("Predicted by {} {} ({}): {} {}.", x.model->id, x.model->version, x.model->status,
                        pkpd::site_text(x.model->site), pkpd::moiety_text(x.model->moiety)),
            4);
  for (const auto& caveat : x.model->caveats) page.item("  * ", caveat, 4, Tone::quiet);
}

void sessions(const Assessment& a, Page& page) {
  if (a.sessions.empty()) return;
  page.heading("SESSIONS AND EXPOSURE");
  std::vector<Page::Column> columns{{"session", false}, {"date", false}, {"mg"},  {"mg/kg"}, {"min"},
                                    {"Cmax"},           {"at min"},      {"AUC"}, {"-"},     {"-"}};
  for (const auto& session : a.exposure.sessions) {
    for (std::size_t k = 0; k < session.above.size() && k < 2; ++k) {
      columns[8 + k].title = fmt::format(">{:.0f}", session.above[k].from.in(ng / mL));
    }
  }
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < a.sessions.size(); ++i) rows.push_back(session_row(a, i));
  if (columns[8].title == "-") {
    columns.resize(8);
    for (auto& row : rows) row.resize(8);
  }
  page.table(columns, rows);
  page.item("  ", exposure_legend(a), 4, Tone::quiet);
  exposure_remarks(a, page);
  for (const auto& view : a.sessions) {
    if (view.session.stopped) {
      page.item("  ! ", fmt::format("Session {} was stopped: {}", view.session.id, view.session.stop_reason),
                4, Tone::warning);
    }
    for (const auto& note : view.notes) {
      page.item("  ! ",
                fmt::format("Session {}: {} [{}]", view.session.id, note.text, label_text(note.source.label)),
                4, Tone::warning);
    }
  }
}

void measured(const Assessment& a, Page& page) {
  if (a.exposure.comparisons.empty()) return;
  page.heading("MEASURED AND PREDICTED");
  std::vector<std::vector<std::string>> rows;
  for (const auto& c : a.exposure.comparisons) {
    const std::string value = c.assay.value         ? three_digits(c.assay.value->in(ng / mL))
                              : c.assay.lower_limit ? "< " + three_digits(c.assay.lower_limit->in(ng / mL))
                                                    : std::string("below its limit");
    rows.push_back({moment(c.at), std::string(care::analyte_text(c.assay.analyte)),
                    std::string(care::site_text(c.assay.site)), value,
                    c.predicted ? three_digits(c.predicted->in(ng / mL)) : "-",
                    c.ratio ? fmt::format("{:.2f}", *c.ratio) : "-"});
  }
  page.table(
      {{"drawn (UTC)", false}, {"analyte", false}, {"site", false}, {"ng/mL"}, {"predicted"}, {"ratio"}},
      rows);
  std::vector<std::string> said;
  for (const auto& c : a.exposure.comparisons) {
    if (c.not_compared.empty() || std::ranges::find(said, c.not_compared) != said.end()) continue;
    said.push_back(c.not_compared);
    page.item("  * ", "Not compared: " + c.not_compared, 4, Tone::warning);
  }
}

void own_parameters(const Assessment& a, Page& page) {
  if (a.individual) {
    put_parameters(page, *a.individual);
    put_measurements(page, *a.individual);
    put_bands(page, *a.individual);
  } else if (!a.no_individual_because.empty()) {
    page.item("  * ", "No parameters of this patient's own: " + a.no_individual_because, 4, Tone::warning);
  }
}

void next_dose(const Assessment& a, Page& page) {
  if (a.next_dose) put_next_dose(page, *a.next_dose);
  if (a.no_next_dose_because.empty()) return;
  page.heading("NEXT DOSE");
  page.item("  ! ", a.no_next_dose_because, 4, Tone::warning);
}

void scores(const Assessment& a, Page& page) {
  if (a.scores.empty()) return;
  page.heading("SCORES");
  std::vector<std::vector<std::string>> rows;
  for (const auto& s : a.scores) {
    rows.push_back({moment(s.at), s.instrument, s.score.total ? std::to_string(*s.score.total) : "none",
                    s.score.band, s.event});
  }
  page.table({{"answered (UTC)", false}, {"instrument", false}, {"total"}, {"band", false}, {"event", false}},
             rows);
  for (const auto& s : a.scores) {
    for (const std::string& screen : s.score.positive)
      page.item("  * ", fmt::format("{}, event {}: {}", s.instrument, s.event, screen), 4, Tone::warning);
  }
}

void pressures(const Assessment& a, Page& page) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& view : a.sessions) {
    std::optional<care::VitalSigns> before;
    std::optional<care::VitalSigns> highest;
    std::size_t readings = 0;
    for (const auto& v : view.session.vitals) {
      if (!v.signs.systolic_mmHg) continue;
      ++readings;
      if (v.at <= view.session.start)
        before = v.signs;
      else if (!highest || *v.signs.systolic_mmHg > *highest->systolic_mmHg)
        highest = v.signs;
    }
    const auto text = [](const std::optional<care::VitalSigns>& v) {
      if (!v) return std::string("not recorded");
      return fmt::format("{}/{}", *v->systolic_mmHg,
                         v->diastolic_mmHg ? std::to_string(*v->diastolic_mmHg) : "?");
    };
    rows.push_back({view.session.id, text(before), text(highest), std::to_string(readings)});
  }
  if (rows.empty()) return;
  page.heading("BLOOD PRESSURE, mmHg");
  page.table({{"session", false}, {"before", false}, {"highest after the start", false}, {"readings"}}, rows);
}

void gaps(const Assessment& a, Page& page) {
  if (!a.missing.empty()) {
    page.heading("MISSING OR OLD");
    for (const auto& missing : a.missing) page.item("  - ", missing, 4);
  }
  if (a.set_aside.empty()) return;
  page.heading("SET ASIDE: NOT IN ANY OF THE ABOVE");
  for (const auto& aside : a.set_aside) {
    const std::string event = aside.event.empty() ? "" : fmt::format(" (event {})", aside.event);
    page.item("  - ", to_string(aside.error) + event, 4, Tone::warning);
  }
}

void entries(const Assessment& a, Page& page) {
  if (a.entries.empty()) return;
  page.heading("ALSO IN THE RECORD");
  for (const auto& entry : a.entries)
    page.item("  - ", fmt::format("{} {} ({})", moment(entry.at), entry.text, entry.event), 4);
}

void cited(const Assessment& a, Page& page) {
  if (a.evidence.empty()) return;
  page.heading("EVIDENCE");
  for (const auto& e : a.evidence) {
    page.item("  - ",
              fmt::format("{} {} [grade {}, {}]: {} Limits: {} ({})", e.id, e.version, e.grade, e.label,
                          e.statement, e.limits, joined(e.sources, "; ")),
              4);
  }
}

}  // namespace

std::string to_text(const Assessment& assessment, const TextOptions& options) {
  Page page{options.colour};
  head(assessment, page);
  actions(assessment, page);
  findings(assessment, page);
  put_help(page, assessment);
  course(assessment, page);
  sessions(assessment, page);
  measured(assessment, page);
  own_parameters(assessment, page);
  next_dose(assessment, page);
  scores(assessment, page);
  pressures(assessment, page);
  entries(assessment, page);
  gaps(assessment, page);
  cited(assessment, page);
  page.blank();
  page.item("", labels_text(), 2, Tone::quiet);
  page.item("",
            "Decision support: a clinician decides. Not a monitor, not an alarm; no percentage of addiction "
            "is predicted for a "
            "patient.",
            0, Tone::quiet);
  return page.take();
}

}  // namespace evenkeel::report
