// The findings, for a clinician to look at; then, apart from each other, the rules that saw nothing
// and those that could not look.

#include <algorithm>

#include "report/html_sections.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;
using assess::CitedEvidence;
using watch::Finding;
using watch::RuleOutcome;

// Findings of one rule that share what is asked of the clinician are shown as one block.
struct Block {
  const RuleOutcome* rule = nullptr;
  std::vector<const Finding*> findings;

  [[nodiscard]] bool closed() const { return findings.front()->closed.has_value(); }
  [[nodiscard]] bool explained() const { return !findings.front()->explained_by.empty(); }
  [[nodiscard]] int level() const {
    return (*std::ranges::max_element(findings, {}, [](const Finding* f) { return f->level; }))->level;
  }
  [[nodiscard]] bool takes(const Finding& finding) const {
    const Finding& first = *findings.front();
    return first.closed.has_value() == finding.closed.has_value() &&
           first.explained_by.empty() == finding.explained_by.empty() && first.rival == finding.rival &&
           first.next_step == finding.next_step && first.evidence == finding.evidence;
  }
};

// Open before explained before closed, then the highest level first.
std::vector<Block> blocks(const Assessment& a) {
  std::vector<Block> found;
  for (const RuleOutcome& outcome : a.rules) {
    const std::size_t first = found.size();
    for (const Finding& finding : outcome.findings) {
      const auto home = std::find_if(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(),
                                     [&](const Block& block) { return block.takes(finding); });
      if (home == found.end())
        found.push_back({&outcome, {&finding}});
      else
        home->findings.push_back(&finding);
    }
  }
  std::ranges::stable_sort(found, {}, [](const Block& b) {
    return std::tuple{b.closed(), b.explained(), -b.level()};
  });
  return found;
}

Html codes(const std::vector<std::string>& events) {
  Html list;
  for (const std::string& event : events) {
    if (!list.empty()) list += Html{", "};
    list += html("<code>{}</code>", event);
  }
  return list;
}

Html closure(const Finding& finding) {
  if (!finding.closed) return {};
  return html("<p class=\"closure\">Closed by {} on {}: {}</p>", finding.closed->by,
              minute_text(finding.closed->at), finding.closed->reason);
}

Html weight(const Finding& finding) {
  if (!finding.explained_by.empty()) {
    return html("<p class=\"closure\">Explained in the record, so it raises no level: {}</p>",
                finding.explained_by);
  }
  if (!finding.slight) return {};
  return Html{
      "<p class=\"closure\">Slight: chance alone may do as much, so it makes no second sign of two.</p>"};
}

Html statement(const Finding& finding) {
  const Html state = finding.closed                 ? Html{" <span class=\"tag\">closed</span>"}
                     : finding.explained_by.empty() ? Html{}
                                                    : Html{" <span class=\"tag\">explained</span>"};
  return html(
      "<li><p>{}{}</p><div><p class=\"says\">{}</p>{}{}<p class=\"rests\">Rests on {} {}, the latest "
      "of {}</p></div>"
      "</li>\n",
      level_mark(finding.level), state, finding.text, weight(finding), closure(finding),
      Html{finding.events.size() == 1 ? "event" : "events"}, codes(finding.events), moment(finding.latest));
}

// An entry in full where it is first cited; after that, by its name.
class Citations {
 public:
  explicit Citations(const Assessment& a) : assessment_(a) {}

  Html cite(const std::string& id) {
    const auto& all = assessment_.evidence;
    const auto entry = std::ranges::find(all, id, &CitedEvidence::id);
    if (entry == all.end()) return html("<code>{}</code>: not in the library", id);
    const Html grade = html("<span class=\"grade\">grade {}</span>", std::string(1, entry->grade));
    if (std::ranges::find(told_, id) != told_.end())
      return html("{} <a href=\"#ev-{}\">{}</a>, told above", grade, id, id);
    told_.push_back(id);
    return html(
        "<span id=\"ev-{}\">{} {}</span> <em>Limits:</em> {} <a class=\"cite\" href=\"#src-{}\">{}</a>", id,
        grade, entry->statement, entry->limits.empty() ? "none stated" : entry->limits, id, id);
  }

 private:
  const Assessment& assessment_;
  std::vector<std::string> told_;
};

Html row(std::string_view name, const Html& content) {
  return html("<div><dt>{}</dt><dd>{}</dd></div>\n", name, content);
}

Html plain_list(const std::vector<Html>& items, std::string_view none) {
  return items.empty() ? html("{}", none) : bullet_list(items, "plain");
}

Html draw_block(const Block& block, Citations& citations) {
  Html statements;
  std::vector<std::string> sources;
  for (const Finding* finding : block.findings) {
    statements += statement(*finding);
    for (const std::string& source : finding->sources) {
      if (std::ranges::find(sources, source) == sources.end()) sources.push_back(source);
    }
  }
  std::vector<Html> source_items;
  for (const std::string& source : sources) source_items.push_back(html("{}", source));
  const Finding& first = *block.findings.front();
  std::vector<Html> evidence_items;
  for (const std::string& id : first.evidence) evidence_items.push_back(citations.cite(id));
  return html(
      "<article class=\"finding level-{}{}\">\n<h3>{} <span class=\"cite\">rule {} {}</span></h3>\n"
      "<ul class=\"statements\">{}</ul>\n<dl class=\"reading\">{}{}</dl>\n<dl class=\"footing\">{}{}</dl>\n"
      "</article>\n",
      block.level(), Html{block.closed() || block.explained() ? " closed" : ""}, block.rule->title,
      block.rule->rule, block.rule->version, statements,
      row("What else could explain it", html("{}", first.rival)),
      row("Next step", html("{}", first.next_step)),
      row("Source of the rule's limits", plain_list(source_items, "not recorded")),
      row("Evidence", plain_list(evidence_items, "none cited")));
}

Html outcomes(const Assessment& a, watch::Outcome wanted) {
  Html list;
  for (const RuleOutcome& outcome : a.rules) {
    if (outcome.outcome != wanted) continue;
    list += html("<li><b>{}</b>: {} <span class=\"cite\">{} {}</span></li>\n", outcome.title, outcome.why,
                 outcome.rule, outcome.version);
  }
  return list;
}

// "No sign seen" and "not looked for" are different, and look different.
Html not_found(const Assessment& a) {
  const Html seen = outcomes(a, watch::Outcome::clear);
  const Html unseen = outcomes(a, watch::Outcome::not_judged);
  const Html calm = seen.empty() ? Html{"<p>No rule came out clear.</p>"} : html("<ul>{}</ul>", seen);
  if (unseen.empty()) {
    return html(
        "<div class=\"seen all\"><h3>No sign seen</h3>{}</div>\n<p class=\"fine\">Every rule could be judged."
        "</p>\n",
        calm);
  }
  return html(
      "<div class=\"two\">\n<div class=\"unseen\"><h3>Not looked for: could not be "
      "judged</h3><ul>{}</ul></div>"
      "\n<div class=\"seen\"><h3>No sign seen</h3>{}</div>\n</div>\n",
      unseen, calm);
}

}  // namespace

Html findings_section(const Assessment& a) {
  Html found;
  Citations citations{a};
  for (const Block& block : blocks(a)) found += draw_block(block, citations);
  if (found.empty()) found = Html{"<p>No rule found anything.</p>\n"};
  return html(
      "<section id=\"findings\" aria-labelledby=\"findings-h\">\n<h2 id=\"findings-h\">Findings, for a "
      "clinician to look at</h2>\n{}{}</section>\n",
      found, not_found(a));
}

}  // namespace evenkeel::report
