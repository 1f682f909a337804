#include "server/curves.hpp"

#include <algorithm>
#include <span>

#include "assess/session_curve.hpp"

namespace evenkeel::server {

std::optional<std::string> Curves::of(const clinic::Chart& chart, const std::string& session, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = by_session_.find({chart.record.patient(), session});
  if (found == by_session_.end()) return std::nullopt;
  const auto& [version, curve] = found->second;
  if (version > chart.version || (curve.until && now >= *curve.until)) return std::nullopt;
  // A version is a number of events: those after it came since.
  const auto since = std::span{chart.record.events()}.subspan(version);
  if (std::ranges::any_of(since, [](const care::Event& event) { return assess::moves_curve(event.body); }))
    return std::nullopt;
  return curve.text;
}

void Curves::keep(const clinic::Chart& chart, const std::string& session, Curve curve, Instant now) {
  // What another machine's clock dates later than now is in the chart and not in the curve yet.
  if (chart.record.events().empty() || chart.record.events().back().recorded_at > now) return;
  const Key key{chart.record.patient(), session};
  const std::lock_guard lock{mutex_};
  const auto [kept, is_new] = by_session_.try_emplace(key);
  if (!is_new && kept->second.version > chart.version) return;
  kept->second = {chart.version, std::move(curve)};
  if (!is_new) return;
  oldest_first_.push_back(key);
  if (oldest_first_.size() <= most) return;
  by_session_.erase(oldest_first_.front());
  oldest_first_.pop_front();
}

}  // namespace evenkeel::server
