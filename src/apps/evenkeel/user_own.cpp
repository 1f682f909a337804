#include <fmt/format.h>

#include "apps/evenkeel/ask_secret.hpp"
#include "apps/evenkeel/record_input.hpp"
#include "apps/evenkeel/user_options.hpp"
#include "clinic/sign_in.hpp"

namespace evenkeel::app {
namespace {

struct AtDoor {
  std::unique_ptr<store::EventLog> log;
  Instant now;
};

Result<AtDoor, Status> at_door(const UserOptions& options) {
  const auto now = moment_argument(options.store.now);
  if (!now) {
    complain(now.error());
    return wrong_usage;
  }
  auto log = open_store(options.store);
  if (!log) return log.error();
  return AtDoor{*std::move(log), *now};
}

Result<clinic::SignIn> asked(const std::string& name, bool has_factor) {
  auto password = ask_secret("Password of " + name);
  if (!password) return password.error();
  clinic::SignIn by{name, *std::move(password), ""};
  if (!has_factor) return by;
  auto code = ask_line("Code that the second factor shows now");
  if (!code) return code.error();
  by.code = *std::move(code);
  return by;
}

Status set_factor(AtDoor& door, const clinic::SiteKey& key, const clinic::SignIn& by,
                  const UserOptions& options) {
  const auto offered = clinic::offer_second_factor(by.name);
  const Status shown =
      write_out(fmt::format("Give this to the app that shows codes, by hand or as a QR code:\n"
                            "  {}\n  {}\n",
                            offered.secret.view(), offered.uri.view()),
                "");
  if (shown != done) return shown;
  const auto code = ask_line("Code that the app shows now");
  if (!code) return failed(code.error());
  const auto now = moment_argument(options.store.now);  // typing took its time
  if (!now) return failed(now.error());
  const auto set = clinic::set_second_factor(*door.log, key, by, offered.secret, *code, *now);
  if (!set) return failed(set.error());
  return write_out(fmt::format("{} signs in with a password and a code from now on\n", set->name), "");
}

}  // namespace

Status change_own_password(const UserOptions& options) {
  auto door = at_door(options);
  if (!door) return door.error();
  const auto old = ask_secret("Password of " + options.account);
  if (!old) return failed(old.error());
  const auto fresh = ask_new_secret("New password");
  if (!fresh) return failed(fresh.error());
  const auto changed = clinic::change_password(*door->log, options.account, *old, *fresh, door->now);
  if (!changed) return failed(changed.error());
  return write_out(fmt::format("{} has a new password; every session of the account ends\n", changed->name),
                   "");
}

Status change_own_factor(const UserOptions& options) {
  auto door = at_door(options);
  if (!door) return door.error();
  const auto key = site_key(options.store, options.site_key);
  if (!key) return failed(key.error());
  const auto book = clinic::account_book(*door->log, clinic::account_name_of(options.account));
  const bool has_factor = book && !book->record.account().second_factor.empty();
  const auto by = asked(clinic::account_name_of(options.account), has_factor);
  if (!by) return failed(by.error());
  if (!options.remove) return set_factor(*door, *key, *by, options);
  const auto removed = clinic::remove_second_factor(*door->log, *key, *by, door->now);
  if (!removed) return failed(removed.error());
  return write_out(fmt::format("{} signs in with a password alone from now on\n", removed->name), "");
}

}  // namespace evenkeel::app
