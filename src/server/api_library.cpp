// The library as it stands on the disk, entry by entry, and instruments as data to be asked from.
#include <algorithm>

#include "report/content_text.hpp"
#include "server/content_files.hpp"
#include "server/route.hpp"

namespace evenkeel::server {
namespace {

using json::Node;

Node whole(std::size_t n) {
  return json::number(static_cast<long long>(n));
}

const Error no_such_entry{ErrorCode::not_found, "id", "the library has no entry of this name"};

Answer list(const Call& call) {
  std::vector<Node> kinds;
  for (const auto& [kind, entries] : call.house.settings.content) {
    const auto entry = [](const ContentFile& each) {
      return json::object({{"id", json::text(each.id)},
                           {"version", json::text(each.version)},
                           {"status", json::text(each.status)},
                           {"title", json::text(each.title)}});
    };
    kinds.push_back(json::object({{"kind", json::text(kind)}, {"entries", json::list_of(entries, entry)}}));
  }
  return json_answer(200, json::object({{"kinds", json::list(std::move(kinds))}}));
}

Answer entry(const Call& call) {
  const auto* found = find(call.house.settings.content, call.names.front(), call.names.back());
  if (found == nullptr) return problem(no_such_entry);
  const auto text = report::show_text(call.house.library, call.names.back());
  Members answer;
  answer.add_text("entry", found->json);
  answer.add("text", json::text(text ? *text : std::string{}));
  return json_answer(200, answer.take());
}

Answer instruments(const Call& call) {
  const auto row = [](const care::Instrument& each) {
    const auto asked =
        std::ranges::count_if(each.items, [](const care::Item& item) { return takes_answer(item); });
    return json::object({{"id", json::text(each.id)},
                         {"version", json::text(each.version)},
                         {"status", json::text(each.status)},
                         {"title", json::text(each.title)},
                         {"short_title", json::text(each.short_title)},
                         {"who", json::text(each.who == care::AnsweredBy::patient ? "patient" : "clinician")},
                         {"licence", json::text(each.licence)},
                         {"items", whole(static_cast<std::size_t>(asked))}});
  };
  return json_answer(200,
                     json::object({{"instruments", json::list_of(call.house.library.instruments, row)}}));
}

Answer instrument(const Call& call) {
  const auto* found = find(call.house.settings.content, "instruments", call.names.front());
  if (found == nullptr) return problem(no_such_entry);
  Members answer;
  answer.add_text("instrument", found->json);
  return json_answer(200, answer.take());
}

}  // namespace

std::vector<Route> library_routes() {
  using enum Method;
  const auto in = Door::signed_in;
  return {
      {get, "/api/library", in, {}, "", "library", "What the library holds", &list},
      {get, "/api/library/{kind}/{id}", in, {}, "", "library_entry", "One entry whole", &entry},
      {get, "/api/instruments", in, {}, "", "instruments", "What can be asked", &instruments},
      {get, "/api/instruments/{id}", in, {}, "", "instrument", "One instrument to ask from", &instrument},
  };
}

}  // namespace evenkeel::server
