#include "server/summaries.hpp"

#include <algorithm>

#include "assess/assess.hpp"

namespace evenkeel::server {
namespace {

std::vector<Summary::DueItem> due_of(const assess::Assessment& found) {
  std::vector<Summary::DueItem> due;
  if (!found.course) return due;
  for (const care::Due& each : found.course->due) {
    const bool waits = each.state == care::DueState::due || each.state == care::DueState::overdue;
    if (waits && each.next) due.push_back({each.what, *each.next});
  }
  std::ranges::stable_sort(due, {}, &Summary::DueItem::due);
  return due;
}

Summary summary_of(const clinic::Chart& chart, const assess::Library& library, Instant now) {
  const auto found = assess::assess({chart.record, library, now, {}, {}, {}, false});
  Summary made{chart.record.patient(), chart.version, now, found.level, {}, {}, {}, {}, due_of(found)};
  if (!found.actions.empty()) {
    made.action = found.actions.front().what;
    made.by_role = found.actions.front().who;
    made.look_by = found.actions.front().by;
  }
  for (const watch::RuleOutcome& rule : found.rules) {
    int level = 0;
    for (const watch::Finding& finding : rule.findings) {
      if (finding.counts()) level = std::max(level, finding.level);
    }
    if (level > 0) made.signs.push_back({rule.rule, rule.title, level});
  }
  std::ranges::stable_sort(made.signs, std::greater{}, &Summary::Sign::level);
  return made;
}

}  // namespace

std::shared_ptr<const Summary> Summaries::known(const std::string& patient, std::uint64_t version,
                                                Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = by_patient_.find(patient);
  if (found == by_patient_.end() || found->second->version != version) return nullptr;
  return now - found->second->as_of < fresh ? found->second : nullptr;
}

Result<std::vector<std::shared_ptr<const Summary>>> Summaries::all(const clinic::Person& itself) {
  const auto streams = log_->streams(store::StreamKind::patient, itself.request());
  if (!streams) return streams.error();
  std::vector<std::shared_ptr<const Summary>> every;
  for (const auto& [stream, version] : *streams) {
    auto summary = known(stream.id, version, itself.now);
    if (summary == nullptr) {
      const auto chart = charts_->open(stream.id, itself);
      if (!chart) continue;
      summary = std::make_shared<const Summary>(summary_of(**chart, *library_, itself.now));
      const std::lock_guard lock{mutex_};
      by_patient_[stream.id] = summary;
    }
    every.push_back(std::move(summary));
  }
  return every;
}

}  // namespace evenkeel::server
