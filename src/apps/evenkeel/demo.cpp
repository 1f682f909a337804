#include "apps/evenkeel/demo.hpp"

#include <fmt/format.h>

#include <set>

#include "apps/evenkeel/demo_drug.hpp"
#include "apps/evenkeel/demo_lines.hpp"
#include "clinic/account.hpp"
#include "clinic/accounts.hpp"
#include "clinic/chart.hpp"
#include "clinic/desk.hpp"
#include "clinic/password.hpp"
#include "clinic/register.hpp"
#include "cohort/life.hpp"
#include "content/library_loader.hpp"
#include "content/study_reader.hpp"
#include "exchange/record_reader.hpp"

namespace evenkeel::app {
namespace {

using clinic::Role;

// Visits around `now`: how long ago each began. One is being checked, one is infused, one is observed, and
// one patient comes for a first time today.
struct Visit {
  const char* patient;
  const char* name;
  const char* place;
  int began_min;
};
constexpr Visit visits[] = {{"demo-visit-1", "Demo Alder", "chair 1", 13},
                            {"demo-visit-2", "Demo Birch", "chair 2", 46},
                            {"demo-visit-3", "Demo Cedar", "chair 3", 98},
                            {"demo-visit-4", "Demo Yew", "chair 4", 123},
                            {"demo-first", "Demo Ash", "", -45}};

// The simulated ones are called after trees as well, in the order of the study's behaviours.
constexpr const char* trees[] = {"Elm", "Fir",  "Hazel", "Juniper", "Larch", "Maple",
                                 "Oak", "Pine", "Rowan", "Spruce",  "Willow"};

Result<void> add_users(store::EventLog& log, Instant now) {
  // One hash for all: they share the password, and it takes a quarter of a second.
  const auto hash = clinic::hash_password(clinic::Secret{std::string{demo_password}});
  if (!hash) return hash.error();
  for (const DemoUser& each : demo_users()) {
    clinic::AccountBook book = clinic::nothing_yet<clinic::AccountForm>(each.name);
    const clinic::account::Created made{each.display, each.role, {}, *hash, false};
    if (auto written = clinic::write_account(log, book, made, demo_person("admin-1", now)); !written)
      return written;
  }
  return {};
}

Result<void> add_to_register(store::EventLog& log, const std::string& id, const std::string& name, Date born,
                             Instant now) {
  const auto added = clinic::register_patient(log, {{name, born, {}}, id, false}, demo_person("desk-1", now));
  if (!added) return added.error();
  return {};
}

Result<void> import(store::EventLog& log, const std::string& patient, std::vector<care::Event> events,
                    Instant now) {
  care::Record record{patient};
  for (care::Event& event : events) {
    event.patient = patient;
    if (auto added = record.add(std::move(event)); !added) return added;
  }
  const auto imported = clinic::import_record(log, record, demo_person("prescriber-1", now));
  if (!imported) return imported.error();
  return {};
}

// The Monday on which a study of so many weeks begins that is over by yesterday.
Date first_day(Instant now, int weeks) {
  using namespace std::chrono;
  const sys_days today = Date::of(now).day();
  return Date{today - days{(weekday{today} - Monday).count()} - days{7 * weeks}};
}

// One patient for each behaviour.
Result<void> add_simulated(store::EventLog& log, const assess::Library& library, const DemoPlace& place,
                           Instant now) {
  auto study = content::load_study(place.examples / "studies/demo-clinic.json", place.content);
  if (!study) return study.error().front();
  study->first_day = first_day(now, study->weeks);
  const std::uint32_t patients = study->patients;
  const auto world = cohort::World::make(*std::move(study), library);
  if (!world) return world.error();
  std::set<std::size_t> shown;
  for (std::uint32_t i = 0; i < patients && shown.size() < std::size(trees); ++i) {
    if (!shown.insert(world->behaviour_index(i)).second) continue;
    const std::string patient = fmt::format("demo-{:02}", shown.size());
    auto events = cohort::record_of(*world, 0, i);
    const auto born = care::latest_facts(events).born.value_or(Date{});
    if (auto done = import(log, patient, std::move(events), now); !done) return done;
    const std::string name = fmt::format("Demo {}", trees[shown.size() - 1]);
    if (auto done = add_to_register(log, patient, name, born, now); !done) return done;
  }
  return {};
}

Result<void> add_visit(store::EventLog& log, const assess::Library& library, const Visit& visit,
                       const std::vector<DemoLine>& lines, Instant now) {
  if (auto done = add_to_register(log, visit.patient, visit.name, *Date::parse("1984-05-17"), now); !done)
    return done;
  const Instant began = now - static_cast<double>(visit.began_min) * units::min;
  for (const DemoLine& line : lines) {
    const Instant at = began + static_cast<double>(line.minute) * units::min;
    if (at > now) break;
    const auto body = exchange::read_body_text(line.kind, filled(line.body, now, visit.place));
    if (!body) return body.error().front();
    const clinic::Desk desk{log, library, demo_person(line.by, at)};
    const auto written = clinic::enter_anywhere(desk, visit.patient, {*body, at});
    if (!written) return written.error();
  }
  return {};
}

}  // namespace

const std::vector<DemoUser>& demo_users() {
  static const std::vector<DemoUser> users{{"prescriber-1", "Demo Prescriber", Role::prescriber},
                                           {"prescriber-2", "Second Prescriber", Role::prescriber},
                                           {"nurse-1", "Demo Nurse", Role::nurse},
                                           {"nurse-2", "Second Nurse", Role::nurse},
                                           {"therapist-1", "Demo Therapist", Role::therapist},
                                           {"pharmacist-1", "Demo Pharmacist", Role::pharmacist},
                                           {"desk-1", "Demo Front Desk", Role::front_desk},
                                           {"auditor-1", "Demo Auditor", Role::auditor},
                                           {"admin-1", "Demo Administrator", Role::administrator},
                                           {"admin-2", "Second Administrator", Role::administrator}};
  return users;
}

clinic::Person demo_person(const std::string& name, Instant now) {
  for (const DemoUser& each : demo_users()) {
    if (name == each.name) return {name, each.role, now, "demo"};
  }
  return {name, Role::prescriber, now, "demo"};
}

Result<bool> is_demo(store::EventLog& log, Instant now) {
  const DemoUser& first = demo_users().front();
  const clinic::Person asking = demo_person("admin-1", now);
  const auto known = clinic::colleagues(log, clinic::Passwords::of_all, asking);
  if (!known) return known.error();
  for (const clinic::Colleague& each : *known) {
    if (each.name == first.name && each.display == first.display) return true;
  }
  const auto records = log.streams(store::StreamKind::patient, asking.request());
  if (!records) return records.error();
  if (known->empty() && records->empty()) return false;
  return Error{ErrorCode::invalid_input, "--demo",
               "this store is a clinic's own; a demo gets a new folder, or none with --data left out"};
}

Result<void> furnish_demo(store::EventLog& log, const assess::Library& library, const DemoPlace& place,
                          Instant now) {
  if (auto done = add_users(log, now); !done) return done;
  if (auto done = add_simulated(log, library, place, now); !done) return done;
  const auto lines = demo_lines(place.examples / "demo/visit.jsonl");
  if (!lines) return lines.error();
  for (const Visit& visit : visits) {
    if (auto done = add_visit(log, library, visit, *lines, now); !done) return done;
  }
  return add_demo_drug(log, place, now);
}

}  // namespace evenkeel::app
