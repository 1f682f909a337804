// content/protocols/: see schema.json in that folder for the form, docs/protocol-format.md for its sense.

#include "content/protocol_parts.hpp"
#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

using care::CalendarItem;
using care::Criterion;
using care::Protocol;
using json::Reader;

constexpr std::string_view old_form = "evenkeel.protocol/1";
constexpr std::pair<std::string_view, care::Drug> drugs[] = {
    {"racemic-ketamine", care::Drug::racemic_ketamine}, {"esketamine", care::Drug::esketamine}};
constexpr std::pair<std::string_view, care::Route> routes[] = {{"intravenous", care::Route::intravenous},
                                                               {"intranasal", care::Route::intranasal}};
constexpr std::pair<std::string_view, Criterion::Kind> criterion_kinds[] = {
    {"absolute", Criterion::Kind::absolute},
    {"relative", Criterion::Kind::relative},
    {"baseline_check", Criterion::Kind::baseline_check}};
constexpr std::pair<std::string_view, care::Phase> phases[] = {
    {"before_treatment", care::Phase::before_treatment},
    {"induction", care::Phase::induction},
    {"maintenance", care::Phase::maintenance},
    {"taper", care::Phase::taper}};
constexpr std::pair<std::string_view, CalendarItem::Kind> calendar_kinds[] = {
    {"instrument", CalendarItem::Kind::instrument},
    {"bladder_check", CalendarItem::Kind::bladder_check},
    {"other_source_check", CalendarItem::Kind::other_source_check},
    {"plan_review", CalendarItem::Kind::plan_review},
    {"screening", CalendarItem::Kind::screening},
    {"consent", CalendarItem::Kind::consent}};

// Two people beside the author have looked at what is no draft.
void read_approval(Reader& top, Protocol& out) {
  if (!top.has("approval")) {
    if (!out.status.empty() && out.status != "draft")
      top["status"].fault(
          "a protocol that is no draft has an 'approval': author, two reviewers, effective date");
    return;
  }
  Reader place = top["approval"];
  if (!place.object({"author", "reviewers", "effective"})) return;
  care::Approval approval;
  UniqueIds people;
  approval.author = place["author"].text(100);
  people.add(place["author"], approval.author);
  for (Reader each : place["reviewers"].items(2)) {
    approval.reviewers.push_back(each.text(100));
    people.add(each, approval.reviewers.back());
  }
  approval.effective = place["effective"].date();
  out.approval = std::move(approval);
}

void read_eligibility(Reader list, const Header& header, Protocol& out) {
  UniqueIds ids;
  for (Reader place : list.items(1)) {
    if (!place.object({"id", "words", "kind", "source", "label"}, {"required", "note"})) continue;
    Criterion criterion;
    criterion.id = place["id"].name();
    ids.add(place["id"], criterion.id);
    criterion.words = place["words"].text(300);
    criterion.kind = place["kind"].one_of(criterion_kinds);
    if (place.has("required")) criterion.required = place["required"].boolean();
    if (place.has("required") && criterion.kind != Criterion::Kind::baseline_check)
      place["required"].fault("only a baseline check may be asked for where there is a reason");
    criterion.source = read_provenance(place, header);
    out.eligibility.push_back(std::move(criterion));
  }
}

bool is_criterion(const Protocol& protocol, const std::string& id) {
  return std::ranges::find(protocol.eligibility, id, &Criterion::id) != protocol.eligibility.end();
}

void read_calendar(Reader list, const Header& header, Protocol& out) {
  for (Reader place : list.items()) {
    if (!place.object({"kind", "phases", "every"}, {"instrument", "criterion"})) continue;
    CalendarItem item;
    item.kind = place["kind"].one_of(calendar_kinds);
    const bool names_instrument = place.has("instrument");
    const bool names_criterion = place.has("criterion");
    if (names_instrument) item.id = place["instrument"].name();
    if (names_criterion) item.id = place["criterion"].name();
    if (names_instrument != (item.kind == CalendarItem::Kind::instrument)) {
      place.fault("'instrument' belongs to the kind 'instrument', and only there");
    } else if (names_criterion != (item.kind == CalendarItem::Kind::screening)) {
      place.fault("'criterion' belongs to the kind 'screening', and only there");
    } else if (names_criterion && !item.id.empty() && !is_criterion(out, item.id)) {
      place["criterion"].fault(fmt::format("'{}' is no criterion of the file's eligibility", item.id));
    }
    for (Reader phase : place["phases"].items(1)) {
      const care::Phase read = phase.one_of(phases);
      if (std::ranges::find(item.phases, read) != item.phases.end())
        phase.fault("this phase stands here twice");
      item.phases.push_back(read);
    }
    item.every = time_above_zero(place["every"], header);
    out.calendar.push_back(std::move(item));
  }
}

void read_levels(Reader list, const Header& header, Protocol& out) {
  int expected = 0;
  for (Reader place : list.items()) {
    if (!place.object({"level", "name", "who", "action"}, {"within"})) continue;
    care::LevelResponse level;
    level.level = place["level"].integer(0, 4);
    if (level.level != expected++) place["level"].fault("levels are 0 to 4, in order");
    level.name = place["name"].text(40);
    level.who = place["who"].text(100);
    level.action = place["action"].text(300);
    if (place.has("within")) level.within = time_above_zero(place["within"], header);
    out.levels.push_back(std::move(level));
  }
  if (out.levels.size() != 5)
    list.fault(fmt::format("{} levels where 0 to 4 are expected", out.levels.size()));
}

// What rules of a session and reasons to stop are called is unique over the whole file: decisions name it.
void check_ids(Reader top, const Protocol& protocol) {
  for (const care::SignRule& reason : protocol.course.stop_when) {
    const auto clashes = [&](const auto& rule) { return rule.id == reason.id; };
    if (std::ranges::any_of(protocol.session.before_start, clashes) ||
        std::ranges::any_of(protocol.session.during, clashes) ||
        std::ranges::any_of(protocol.session.signs, clashes))
      top["course"]["stop_when"].fault(fmt::format("'{}' is a rule of the session as well", reason.id));
  }
}

Protocol read_whole(Reader& top) {
  Protocol protocol;
  const bool fixed = top.has("fixed_dosing");
  const std::string_view dose = fixed ? "fixed_dosing" : "dosing";  // exactly one of the two
  static_cast<void>(top_keys(
      top, {"indication", "drug", "route", "eligibility", dose, "course", "session", "calendar", "levels"},
      {"approval"}));
  const Header header = read_header(top, "protocol");
  protocol.id = header.id;
  protocol.version = header.version;
  protocol.status = header.status;
  protocol.title = header.title;
  protocol.sources = header.sources;
  read_approval(top, protocol);
  protocol.indication = top["indication"].text(200);
  protocol.drug = top["drug"].one_of(drugs);
  protocol.route = top["route"].one_of(routes);
  read_eligibility(top["eligibility"], header, protocol);
  if (fixed)
    read_fixed_dosing(top["fixed_dosing"], header, protocol);
  else
    read_dosing(top["dosing"], header, protocol);
  read_course(top["course"], header, protocol);
  read_session(top["session"], header, protocol);
  read_calendar(top["calendar"], header, protocol);
  read_levels(top["levels"], header, protocol);
  check_ids(top, protocol);
  return protocol;
}

}  // namespace

std::vector<care::SignRule> read_signs(Reader list, const Header& header,
                                       const std::pair<std::string_view, care::Consequence> (&allowed)[2],
                                       UniqueIds& ids) {
  std::vector<care::SignRule> signs;
  for (Reader place : list.items(1)) {
    if (!place.object({"id", "words", "consequence", "action", "source", "label"}, {"note"})) continue;
    care::SignRule sign;
    sign.id = place["id"].name();
    ids.add(place["id"], sign.id);
    sign.words = place["words"].text(300);
    sign.consequence = place["consequence"].one_of(allowed);
    sign.action = place["action"].text(300);
    sign.source = read_provenance(place, header);
    signs.push_back(std::move(sign));
  }
  return signs;
}

Result<Protocol, Errors> read_protocol(std::string_view text) {
  auto tree = json::parse(text);
  if (!tree) return std::move(tree.error());
  return protocol_of(*tree);
}

Result<Protocol, Errors> protocol_of(const json::Node& tree) {
  return read_tree<Protocol>(tree, [](Reader& top) {
    const bool is_object = top.node()->kind == json::Kind::object;
    const json::Node* form = is_object ? top["schema"].node() : nullptr;
    if (form != nullptr && form->text == old_form) {
      top["schema"].fault(
          fmt::format("'{}' is the old form, without eligibility, gates and bounds, and is no longer read; "
                      "write the file "
                      "anew as '{}' (docs/protocol-format.md)",
                      old_form, form_of("protocol")));
      return Protocol{};
    }
    return read_whole(top);
  });
}

}  // namespace evenkeel::content
