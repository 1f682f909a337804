#include "server/charts.hpp"

namespace evenkeel::server {

SharedChart Charts::known(const std::string& patient) {
  const std::lock_guard lock{mutex_};
  const auto found = by_patient_.find(patient);
  if (found == by_patient_.end()) return nullptr;
  latest_first_.splice(latest_first_.begin(), latest_first_, found->second.place);
  return found->second.chart;
}

SharedChart Charts::in_memory(const std::string& patient) {
  const std::lock_guard lock{mutex_};
  const auto found = by_patient_.find(patient);
  return found == by_patient_.end() ? nullptr : found->second.chart;
}

void Charts::keep(SharedChart chart) {
  const std::string patient = chart->record.patient();
  const std::lock_guard lock{mutex_};
  const auto found = by_patient_.find(patient);
  if (found != by_patient_.end()) {
    SharedChart& before = found->second.chart;
    if (before->version >= chart->version) return;
    events_ = events_ - before->record.size() + chart->record.size();
    before = std::move(chart);
  } else {
    events_ += chart->record.size();
    latest_first_.push_front(patient);
    by_patient_.emplace(patient, Kept{std::move(chart), latest_first_.begin()});
  }
  keep_within_bounds();
}

// The one asked for last stays, however large.
void Charts::keep_within_bounds() {
  while (events_ > most_events_ && by_patient_.size() > 1) {
    const auto oldest = by_patient_.find(latest_first_.back());
    events_ -= oldest->second.chart->record.size();
    by_patient_.erase(oldest);
    latest_first_.pop_back();
  }
}

Result<SharedChart> Charts::as_of_now(const std::string& patient, const clinic::Person& who) {
  const SharedChart before = known(patient);
  if (before == nullptr) {
    auto whole = clinic::load<clinic::RecordForm>(*log_, patient, who);
    if (!whole) return whole.error();
    auto chart = std::make_shared<const clinic::Chart>(*std::move(whole));
    keep(chart);
    return chart;
  }
  const auto newer = clinic::followed(*log_, *before, who);
  if (!newer) return newer.error();
  if (!*newer) return before;
  auto chart = std::make_shared<const clinic::Chart>(**newer);
  keep(chart);
  return chart;
}

Result<SharedChart> Charts::open(const std::string& patient, const clinic::Person& who) {
  const auto subject = clinic::subject_of(clinic::stream_of<clinic::RecordForm>(patient));
  if (auto allowed = clinic::require(*log_, who, clinic::Right::read_chart, subject); !allowed)
    return allowed.error();
  return as_of_now(patient, who);
}

Result<SharedChart> Charts::at_least(const std::string& patient, std::uint64_t version,
                                     const clinic::Person& itself) {
  SharedChart before = known(patient);
  if (before != nullptr && before->version >= version) return before;
  return open(patient, itself);
}

Result<SharedChart> Charts::open_to_write(const std::string& patient, const care::Body& body,
                                          const clinic::Person& who) {
  const auto subject = clinic::subject_of(clinic::stream_of<clinic::RecordForm>(patient));
  if (auto allowed = clinic::require_to_write(*log_, who, body, subject); !allowed) return allowed.error();
  return as_of_now(patient, who);
}

}  // namespace evenkeel::server
