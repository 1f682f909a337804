// What every request works with: the store, the library, and what the server itself remembers.
//
// Made once, lives as long as the server; every part is safe to use from any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>

#include "assess/library.hpp"
#include "clinic/accounts.hpp"
#include "clinic/sign_in.hpp"
#include "clinic/site_key.hpp"
#include "openid/provider.hpp"
#include "plan/site.hpp"
#include "server/charts.hpp"
#include "server/content_files.hpp"
#include "server/countersigned.hpp"
#include "server/curves.hpp"
#include "server/follower.hpp"
#include "server/live.hpp"
#include "server/pages.hpp"
#include "server/people.hpp"
#include "server/public_study.hpp"
#include "server/questions.hpp"
#include "server/remembered.hpp"
#include "server/sign_ins.hpp"
#include "server/summaries.hpp"

namespace evenkeel::server {

struct Settings {
  std::string site = "site";  // whose ledger it is
  ContentFiles content;       // the library as it stands in its files
  SchemaFiles schemas;        // api-1.schema.json among them
  std::optional<plan::Site> limits;
  std::string limits_text;  // the site's file as it was read
  bool demo = false;
  SignInTimes times = {};
  std::unique_ptr<openid::Provider> provider;  // none: people sign in with passwords alone
  bool second_factor_required = false;         // of everybody
  std::unique_ptr<PublicStudy> study;          // of the public page; or null

  // Of what is asked and answered; empty where it was not given.
  [[nodiscard]] std::string_view api_schema() const {
    const auto found = schemas.find("api-1.schema.json");
    return found == schemas.end() ? std::string_view{} : found->second;
  }
};

struct House {
  House(store::EventLog& the_log, const assess::Library& the_library, const clinic::SiteKey& the_key,
        Settings the_settings, Pages the_pages, std::function<Instant()> clock)
      : log(the_log),
        library(the_library),
        key(the_key),
        settings(std::move(the_settings)),
        pages(std::move(the_pages)),
        now(std::move(clock)),
        charts(the_log),
        people(the_log),
        summaries(the_library, charts),
        sign_ins(settings.times, [this](const std::string& id) { live.end(id); }),
        questions(settings.api_schema()) {}

  // In whose name the server reads what nobody in particular asked for.
  [[nodiscard]] clinic::Person itself() const {
    return {"evenkeel-server", clinic::Role::auditor, now(), "to keep the list of who needs someone"};
  }

  // Of whom a password is taken.
  [[nodiscard]] clinic::Passwords passwords() const {
    const bool all = !settings.provider || settings.provider->settings().passwords;
    return all ? clinic::Passwords::of_all : clinic::Passwords::of_administrators;
  }

  // Ends what the account has open where it may no longer do what it could, also its streams, at which
  // nobody asks for anything.
  void account_moved(const std::string& name);

  store::EventLog& log;
  const assess::Library& library;
  const clinic::SiteKey& key;
  const Settings settings;
  const Pages pages;
  const std::function<Instant()> now;
  Charts charts;
  Curves curves;
  People people;
  Summaries summaries;
  SignIns sign_ins;
  clinic::Strangers strangers;
  clinic::AccountsRead accounts_read;
  const Questions questions;
  Live live{Live::anywhere()};
  Follower follower{log, live, [this](const std::string& name) { account_moved(name); }};
  Remembered remembered;
  Countersigned countersigned;
  // A password's hash takes 64 MiB: two at a time, and a few more may wait (hashing.hpp).
  std::counting_semaphore<2> hashing{2};
  std::counting_semaphore<6> at_hashing{6};
  // Whoever changes accounts or the register looks first and writes then; in this server one after the other.
  std::mutex keeping;
};

}  // namespace evenkeel::server
