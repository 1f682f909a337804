// What anybody may read: the published evidence, the virtual clinic's study, where help is, what this server
// can be asked.
#include <algorithm>

#include "exchange/words.hpp"
#include "server/openapi.hpp"
#include "server/route.hpp"
#include "watch/help.hpp"

namespace evenkeel::server {
namespace {

using json::Node;

Node line_node(const watch::HelpLines& lines, const watch::HelpLine& line, Instant now) {
  const auto texts = [](const std::vector<std::string>& all) {
    return json::list_of(all, [](const auto& each) { return json::text(each); });
  };
  return json::object({{"id", json::text(line.id)},
                       {"name", json::text(line.name)},
                       {"purpose", json::text(line.purpose)},
                       {"number", json::text(line.number)},
                       {"others", texts(line.others)},
                       {"hours", json::text(line.hours)},
                       {"languages", texts(line.languages)},
                       {"last_checked", json::text(line.last_checked.to_string())},
                       {"old", json::boolean(watch::is_old(lines, line, now))},
                       {"label", json::text(label_text(line.from.label))}});
}

Node help_node(const assess::Library& library, Instant now) {
  if (library.help_lines.empty())
    return json::object({{"places", json::list({})}, {"none_verified", json::text("")}});
  const watch::HelpLines& lines = library.help_lines.front();
  const auto place = [&](const watch::Place& each) {
    return json::object({{"country", json::text(each.country)},
                         {"name", json::text(each.name)},
                         {"lines", json::list_of(each.lines, [&](const auto& line) {
                            return line_node(lines, line, now);
                          })}});
  };
  return json::object(
      {{"places", json::list_of(lines.places, place)}, {"none_verified", json::text(lines.none_verified)}});
}

Answer evidence(const Call& call) {
  std::string list = "[";
  const auto& files = call.house.settings.content;
  if (const auto found = files.find("evidence"); found != files.end()) {
    for (const ContentFile& each : found->second) list += (list.size() > 1 ? "," : "") + each.json;
  }
  Members answer;
  answer.add_text("evidence", list + "]");
  answer.add("help", help_node(call.house.library, call.who.now));
  return json_answer(200, answer.take());
}

Response no_study() {
  return problem(Problem{404, "not_found", "No study", "this server was started without one", ""});
}

Answer study(const Call& call) {
  if (!call.house.settings.study) return no_study();
  return json_answer(200, study_node(call.house.settings.study->study()));
}

Answer study_arm(const Call& call) {
  if (!call.house.settings.study) return no_study();
  const cohort::Study& study = call.house.settings.study->study();
  const auto found = std::ranges::find(study.arms, call.names[0], &cohort::Arm::id);
  if (found == study.arms.end())
    return problem(Problem{404, "not_found", "No such arm", "/api/public/study lists the arms", ""});
  const auto arm = static_cast<std::size_t>(found - study.arms.begin());
  return json_answer(200, arm_node(study, arm, call.house.settings.study->of(arm)));
}

Answer health(const Call& call) {
  if (const auto ready = call.house.log.ready(); !ready) return problem(ready.error());
  return json_answer(200, json::object({{"ok", json::boolean(true)}}));
}

Answer description(const Call& call) {
  return json_answer(200, openapi_text(routes(), call.house.settings.api_schema()));
}

Answer schema(const Call& call) {
  const SchemaFiles& all = call.house.settings.schemas;
  const auto found = all.find(call.names.front());
  if (found == all.end())
    return problem(Error{ErrorCode::not_found, "file", "there is no schema of this name"});
  return Response{200, "application/schema+json", found->second, {{"Cache-Control", "no-cache"}}};
}

}  // namespace

std::vector<Route> public_routes() {
  using enum Method;
  const auto open = Door::open;
  return {
      {get,
       "/api/public/evidence",
       open,
       {},
       "",
       "evidence",
       "Is ketamine addictive? Entry by entry",
       &evidence},
      {get, "/api/public/study", open, {}, "", "public_study", "What the virtual clinic was asked", &study},
      {get, "/api/public/study/{arm}", open, {}, "", "public_arm", "What became of its patients", &study_arm},
      {get, "/api/health", open, {}, "", "health", "Whether the server can write", &health},
      {get, "/api/openapi.json", open, {}, "", "application/json", "This description", &description},
      {get,
       "/api/schema/{file}",
       open,
       {},
       "",
       "application/schema+json",
       "A JSON Schema that it names",
       &schema},
  };
}

}  // namespace evenkeel::server
