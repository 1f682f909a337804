#include "server/views.hpp"

#include <fmt/format.h>

#include "exchange/record_writer.hpp"
#include "exchange/words.hpp"
#include "server/answer.hpp"

namespace evenkeel::server {
namespace {

namespace words = exchange::words;

json::Node texts(const std::vector<std::string>& all) {
  return json::list_of(all, [](const std::string& each) { return json::text(each); });
}

json::Node part(const care::PartScore& part) {
  return json::object({{"name", json::text(part.name)},
                       {"total", json::optional(part.total, [](int n) { return json::number(1LL * n); })},
                       {"no_total_because", json::text(part.no_total_because)},
                       {"band", json::text(part.band)}});
}

}  // namespace

json::Node person_node(const std::string& patient, const std::optional<clinic::Registered>& known) {
  std::vector<std::pair<std::string, json::Node>> members{{"patient", json::text(patient)}};
  if (known) {
    const clinic::Identity& identity = known->identity;
    members.emplace_back("name", json::text(identity.name));
    members.emplace_back("born", json::text(identity.birth_date.to_string()));
    if (identity.sex) members.emplace_back("sex", json::text(words::word_for(words::sexes, *identity.sex)));
  }
  return json::object(std::move(members));
}

json::Node score_node(const care::Score& score) {
  return json::object({{"total", json::optional(score.total, [](int n) { return json::number(1LL * n); })},
                       {"no_total_because", json::text(score.no_total_because)},
                       {"band", json::text(score.band)},
                       {"urgent", texts(score.urgent_actions)},
                       {"not_judged", texts(score.not_judged)},
                       {"positive", texts(score.positive)},
                       {"parts", json::list_of(score.parts, part)}});
}

std::string written_text(const clinic::Written& written, const std::optional<care::Score>& score) {
  Members answer;
  answer.add_text("event", exchange::write_event(written.event));
  answer.add("version", json::number(static_cast<long long>(written.version)));
  answer.add("repeated", json::boolean(written.repeated));
  if (score) answer.add("score", score_node(*score));
  return answer.take();
}

std::string versioned(std::uint64_t version, std::string_view line) {
  return fmt::format("{{\"version\":{},{}", version, line.substr(1));
}

}  // namespace evenkeel::server
