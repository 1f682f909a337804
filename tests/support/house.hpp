// A server's house in a store of its own: requests go straight to the router, without a socket.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "clinic/account.hpp"
#include "clinic/desk.hpp"
#include "clinic/password.hpp"
#include "clinic/register.hpp"
#include "content/site_reader.hpp"
#include "exchange/record_reader.hpp"
#include "json/document.hpp"
#include "server/router.hpp"
#include "store/sqlite_log.hpp"
#include "support/api_schema.hpp"
#include "support/flaky_log.hpp"
#include "support/shipped_library.hpp"

namespace evenkeel::test {

inline constexpr const char* house_password = "a long password of the house";

class TestHouse {
 public:
  // `furnish` changes the settings, at each opening.
  explicit TestHouse(const std::string& name, std::function<void(server::Settings&)> furnish = {})
      : furnish_{std::move(furnish)}, folder_{std::filesystem::path{testing::TempDir()} / ("house-" + name)} {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    store::SqliteOptions how;
    how.create = true;
    how.clock = [this] { return now; };
    log_ = *store::open_sqlite(folder_ / "evenkeel.db", how);
    key_.emplace(*clinic::SiteKey::read_or_make(folder_ / "site.key"));
    open();
  }
  ~TestHouse() {
    house_.reset();
    log_.reset();
    std::filesystem::remove_all(folder_);
  }

  // As after a restart of the server: what it only remembered is gone.
  void open(std::unique_ptr<server::PublicStudy> study = {}) {
    server::Settings settings;
    settings.site = "main";
    settings.content = *server::content_files(EVENKEEL_SOURCE_DIR "/content");
    settings.schemas = *server::schema_files(EVENKEEL_SOURCE_DIR "/schema", EVENKEEL_SOURCE_DIR "/content");
    settings.limits_text = *content::read_text(EVENKEEL_SOURCE_DIR "/examples/site.json");
    settings.limits = *content::read_site(settings.limits_text);
    settings.study = std::move(study);
    if (furnish_) furnish_(settings);
    flaky_.emplace(*log_);
    house_.emplace(*flaky_, shipped_library(), *key_, std::move(settings), server::Pages{},
                   [this] { return now; });
    tokens_.clear();
  }

  void add_account(const std::string& name, clinic::Role role, clinic::PatientList patients = {},
                   bool must_change = false) {
    static const std::string hash =
        *clinic::hash_password(clinic::Secret{std::string{house_password}});  // slow on purpose: once
    clinic::AccountBook book = clinic::nothing_yet<clinic::AccountForm>(name);
    const clinic::account::Created made{name, role, std::move(patients), hash, must_change};
    ASSERT_TRUE(clinic::write_account(*log_, book, made, {"admin", clinic::Role::administrator, now}));
  }

  // Whom the register knows; a record is begun for nobody else.
  void add_patient(const std::string& id, const std::string& name = "Demo Elm") {
    const clinic::Person desk{"desk", clinic::Role::front_desk, now};
    const clinic::Registering who{{name, *Date::parse("1984-05-17")}, id, true};
    const auto made = clinic::register_patient(*log_, who, desk);
    ASSERT_TRUE(made) << to_string(made.error());
  }

  // Without the password's hash, which takes a quarter of a second.
  void sign_in(const std::string& name) {
    const auto book = clinic::account_book(*log_, name);
    ASSERT_TRUE(book) << to_string(book.error());
    tokens_[name] = house_->sign_ins.begin(book->record.account(), now);
  }
  [[nodiscard]] const server::SignIns::Begun& signed_in(const std::string& name) const {
    return tokens_.at(name);
  }

  // A request as the pages send it, by somebody who is signed in.
  [[nodiscard]] server::Request request(const std::string& name, server::Method method,
                                        const std::string& target, const std::string& body = "") {
    server::Request made{method, *http::parse_target(target), {}, body, "127.0.0.1", false};
    if (!body.empty()) made.headers.push_back({"Content-Type", "application/json"});
    if (name.empty()) return made;
    made.headers.push_back({"Cookie", "evenkeel=" + tokens_.at(name).token});
    if (method == server::Method::get) return made;
    made.headers.push_back({"X-Evenkeel-CSRF", tokens_.at(name).sign_in.csrf});
    made.headers.push_back({"Idempotency-Key", "key-" + std::to_string(++keys_)});
    return made;
  }
  [[nodiscard]] server::Response send(const server::Request& request) {
    auto answer = server::answer(*house_, request);
    EXPECT_TRUE(std::holds_alternative<server::Response>(answer));
    expect_asked_as_described(request, std::get<server::Response>(answer));
    return std::get<server::Response>(std::move(answer));
  }
  [[nodiscard]] server::Response get(const std::string& name, const std::string& target) {
    return send(request(name, server::Method::get, target));
  }
  [[nodiscard]] server::Response post(const std::string& name, const std::string& target,
                                      const std::string& body = "{}") {
    return send(request(name, server::Method::post, target, body));
  }
  // Whom the entry names as the second person signs it, at the screen of `name`.
  [[nodiscard]] server::Response countersign(const std::string& name, const std::string& said,
                                             const std::string& patient = "",
                                             const std::string& password = house_password) {
    const std::string to = patient.empty() ? "/api/ledger" : "/api/patients/" + patient;
    return post(name, to + "/countersign", R"({"password": ")" + password + R"(", )" + said.substr(1));
  }
  // An event as the pages enter it; its status.
  int enter(const std::string& name, const std::string& patient, const std::string& kind,
            const std::string& body) {
    const auto answer = post(name, "/api/patients/" + patient + "/events",
                             R"({"kind": ")" + kind + R"(", "body": )" + body + "}");
    EXPECT_LT(answer.status, 300) << kind << ": " << answer.body;
    return answer.status;
  }

  [[nodiscard]] server::House& house() { return *house_; }
  [[nodiscard]] store::EventLog& log() { return *log_; }
  void store_is_away(bool away) { flaky_->away = away; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  Instant now = *Instant::parse("2026-03-02T08:00:00Z");

 private:
  std::function<void(server::Settings&)> furnish_;
  std::filesystem::path folder_;
  std::unique_ptr<store::EventLog> log_;
  std::optional<FlakyLog> flaky_;
  std::optional<clinic::SiteKey> key_;
  std::optional<server::House> house_;
  std::map<std::string, server::SignIns::Begun> tokens_;
  int keys_ = 0;
};

}  // namespace evenkeel::test
