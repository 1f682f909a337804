// content/criteria/: see schema.json in that folder for the form.

#include <set>

#include "content/plain_words.hpp"
#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using watch::Criterion;
using watch::DependenceCriteria;

std::string read_blameless(Reader place) {
  std::string text = place.text(300);
  if (blames(text)) place.fault("a word that blames a person");
  return text;
}

Criterion read_criterion(Reader place) {
  Criterion criterion;
  if (!place.object({"id", "words", "question", "rules", "items", "counts_under_supervision"}))
    return criterion;
  criterion.id = place["id"].name();
  criterion.words = read_blameless(place["words"]);
  criterion.question = read_blameless(place["question"]);
  for (Reader rule : place["rules"].items()) criterion.rules.push_back(rule.name());
  for (Reader item : place["items"].items()) {
    if (!item.object({"instrument"}, {"item"})) continue;
    criterion.items.push_back(
        {item["instrument"].name(), item.has("item") ? item["item"].name() : std::string{}});
  }
  criterion.counts_under_supervision = place["counts_under_supervision"].boolean();
  return criterion;
}

// A review rests on a proposal of this software and never passes for a published set of criteria.
void check_modesty(Reader& top, const DependenceCriteria& criteria) {
  if (!criteria.status.empty() && criteria.status != "draft")
    top["status"].fault("a review for a clinician to fill in is a draft until one has signed for it");
  if (criteria.from.label != Label::proposal) top["from"]["label"].fault("it is a proposal: P");
  std::set<std::string> seen;
  for (const Criterion& criterion : criteria.criteria) {
    if (!criterion.id.empty() && !seen.insert(criterion.id).second)
      top["criteria"].fault(fmt::format("'{}' is there twice", criterion.id));
  }
}

}  // namespace

Result<DependenceCriteria, Errors> read_criteria(std::string_view text) {
  return read_file<DependenceCriteria>(text, [](Reader& top) {
    DependenceCriteria criteria;
    const bool whole = top_keys(top, {"use", "supervised", "from", "criteria"});
    const Header header = read_header(top, "criteria");
    criteria.id = header.id;
    criteria.version = header.version;
    criteria.status = header.status;
    criteria.title = header.title;
    criteria.sources = header.sources;
    criteria.use = top["use"].text(600);
    criteria.supervised = top["supervised"].text(600);
    auto from = top["from"];
    if (from.object({"source", "label"}, {"note"})) criteria.from = read_provenance(from, header);
    for (Reader place : top["criteria"].items(1)) criteria.criteria.push_back(read_criterion(place));
    if (whole) check_modesty(top, criteria);
    return criteria;
  });
}

}  // namespace evenkeel::content
