#include <fmt/format.h>

#include <algorithm>

#include "report/content_entry.hpp"
#include "report/page.hpp"
#include "report/patient_parts.hpp"

namespace evenkeel::report {
namespace {

void put_lines(Page& page, const PatientPageQuestion& q) {
  const auto places = places_shown(q);
  if (places.empty()) page.item("  ! ", q.lines.none_verified, 4, Tone::warning);
  for (const watch::Place* place : places) {
    page.line("  " + place->name, Tone::strong);
    for (const watch::HelpLine& line : place->lines) {
      page.item("  - ", fmt::format("{}: {} ({})", line.name, line.number, line.purpose), 4, Tone::strong);
      std::string more = line.hours;
      for (const std::string& other : line.others) more += "; " + other;
      std::string languages;
      for (const std::string& one : line.languages) languages += (languages.empty() ? "; " : ", ") + one;
      page.item("    ", more + languages, 4);
      const Checked seen = checked(q, line);
      page.item("    ", seen.words, 4, seen.old ? Tone::warning : Tone::quiet);
    }
  }
}

}  // namespace

Footing::Footing(const PatientPageQuestion& q) {
  for (const watch::PlainSection& section : q.page.sections) {
    for (const watch::PlainSentence& sentence : section.sentences) {
      for (const std::string& id : sentence.evidence) {
        const auto entry = std::ranges::find(q.evidence, id, &watch::Evidence::id);
        if (entry == q.evidence.end()) continue;  // the loader does not let that happen
        if (std::ranges::find(entries_, &*entry) == entries_.end()) entries_.push_back(&*entry);
      }
    }
  }
}

std::vector<std::size_t> Footing::numbers(const watch::PlainSentence& sentence) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (std::ranges::find(sentence.evidence, entries_[i]->id) != sentence.evidence.end())
      found.push_back(i + 1);
  }
  return found;
}

std::vector<const watch::Place*> places_shown(const PatientPageQuestion& q) {
  std::vector<const watch::Place*> places;
  for (const watch::Place& place : q.lines.places) {
    if (q.country.empty() || place.country == q.country) places.push_back(&place);
  }
  return places;
}

Checked checked(const PatientPageQuestion& q, const watch::HelpLine& line) {
  const std::string on = "Last checked on " + line.last_checked.to_string() + ".";
  if (!watch::is_old(q.lines, line, q.now)) return {on, false};
  return {on + " That is not within the last " +
              fmt::format("{:g} days", q.lines.check_every.value.in(units::day)) +
              ": ask the clinic whether the number still holds.",
          true};
}

std::string standing(const watch::Evidence& entry) {
  const char* use = entry.supervised == watch::Supervised::yes     ? "; about supervised use"
                    : entry.supervised == watch::Supervised::no    ? "; about unsupervised use"
                    : entry.supervised == watch::Supervised::mixed ? "; about both"
                                                                   : "";
  return fmt::format("Grade {}: {}. Label {}: {}{}.", entry.grade, grade_words(entry.grade),
                     label_text(entry.label), label_words(entry.label), use);
}

std::string patient_page_text(const PatientPageQuestion& q) {
  const Footing footing{q};
  Page page{false};
  page.item("", q.page.title, 0, Tone::strong);
  for (const watch::PlainSection& section : q.page.sections) {
    page.heading(section.title);
    for (const watch::PlainSentence& sentence : section.sentences) {
      const auto numbers = footing.numbers(sentence);
      const std::string cited = numbers.empty() ? "" : fmt::format(" [{}]", fmt::join(numbers, ", "));
      page.item(section.listed ? "  - " : "  ", sentence.text + cited, section.listed ? 4 : 2);
    }
    if (section.shows_lines) put_lines(page, q);
  }
  page.heading("What this rests on");
  for (std::size_t i = 0; i < footing.entries().size(); ++i) {
    const watch::Evidence& entry = *footing.entries()[i];
    page.item(fmt::format("  {:>2} ", i + 1), fmt::format("{}. {}", entry.title, standing(entry)), 5);
  }
  page.blank();
  page.item("",
            fmt::format("Page {} ({}). It does not replace a talk with your clinician. The studies behind "
                        "a number: evenkeel content show ID.",
                        q.page.version, q.page.status),
            0, Tone::quiet);
  return page.take();
}

}  // namespace evenkeel::report
