#include "apps/evenkeel/user_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/ask_secret.hpp"
#include "apps/evenkeel/record_input.hpp"
#include "apps/evenkeel/user_options.hpp"
#include "clinic/accounts.hpp"
#include "report/page.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* user_examples =
    "Examples, with EVENKEEL_DATA, EVENKEEL_AS and EVENKEEL_ROLE set:\n"
    "  evenkeel user add admin-1 --first --display 'Admin One'\n"
    "  evenkeel user add nurse-1 nurse --display 'Nurse One'\n"
    "  evenkeel user add nurse-2 nurse --patients p1,p2\n"
    "  evenkeel user role nurse-2 nurse --all-patients\n"
    "  evenkeel user reset nurse-1\n"
    "  evenkeel user disable nurse-1 --reason 'left the clinic'\n"
    "  evenkeel user second-factor nurse-1\n"
    "  evenkeel user link nurse-1 --issuer https://login.example.org --subject 248289\n"
    "\n"
    "Passwords are asked for, or read as lines of standard input; they are never\n"
    "given on the command line. Who may do what: docs/accounts.md.\n";

using clinic::Account;

Result<clinic::Role, Status> role_named(const std::string& text) {
  if (const auto role = clinic::role_from_text(text)) return *role;
  std::string known;
  for (const clinic::Role each : clinic::all_roles)
    known += (known.empty() ? "" : ", ") + std::string{clinic::role_text(each)};
  complain({ErrorCode::invalid_input, "ROLE", fmt::format("'{}' is no role; one of {}", text, known)});
  return wrong_usage;
}

clinic::PatientList list_of(const std::vector<std::string>& patients) {
  if (patients.empty()) return std::nullopt;
  return std::set<std::string>{patients.begin(), patients.end()};
}

std::string described(const Account& account) {
  return fmt::format(
      "{}, {}, {}", account.name, clinic::role_text(account.role),
      account.patients ? fmt::format("{} patients by name", account.patients->size()) : "all patients");
}

Status hand_over(const Result<clinic::Handed>& handed, const char* what) {
  if (!handed) return failed(handed.error());
  return write_out(
      fmt::format("{}: {}\npassword, for once: {}\nThey choose their own when they sign in with it.\n", what,
                  described(handed->account), handed->password.view()),
      "");
}

Status say(const Result<Account>& changed, const char* what) {
  if (!changed) return failed(changed.error());
  return write_out(fmt::format("{}: {}\n", what, described(*changed)), "");
}

Status add_first(const UserOptions& options) {
  const auto now = moment_argument(options.store.now);
  if (!now) {
    complain(now.error());
    return wrong_usage;
  }
  const auto log = open_store(options.store);
  if (!log) return log.error();
  const auto password = ask_new_secret("Password for " + options.account);
  if (!password) return failed(password.error());
  const clinic::NewAccount made{options.account, options.display, clinic::Role::administrator};
  return say(clinic::first_account(**log, made, *password, *now), "made");
}

Status add(const UserOptions& options) {
  if (options.first) return add_first(options);
  const auto role = role_named(options.role);
  if (!role) return role.error();
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const clinic::NewAccount made{options.account, options.display, *role, list_of(options.patients)};
  return hand_over(clinic::create_account(*desk->log, made, desk->who), "made");
}

Status reset(const UserOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  return hand_over(clinic::reset_password(*desk->log, options.account, desk->who), "reset");
}

Status change_role(const UserOptions& options) {
  const auto role = role_named(options.role);
  if (!role) return role.error();
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  clinic::PatientList patients = list_of(options.patients);
  if (!patients && !options.all_patients) {
    const auto account = clinic::account_of(*desk->log, options.account, desk->who);
    if (!account) return failed(account.error());
    patients = account->patients;
  }
  return say(clinic::change_role(*desk->log, options.account, *role, patients, desk->who), "changed");
}

Status disable(const UserOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  return say(clinic::disable_account(*desk->log, options.account, options.reason, desk->who), "disabled");
}

Status enable(const UserOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  return say(clinic::enable_account(*desk->log, options.account, desk->who), "enabled");
}

Status unlock(const UserOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  return say(clinic::unlock_account(*desk->log, options.account, desk->who), "unlocked");
}

Status link(const UserOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  return say(clinic::link_account(*desk->log, options.account, {options.issuer, options.subject},
                                  !options.without_password, desk->who),
             "linked");
}

Status unlink(const UserOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto account = clinic::unlink_account(*desk->log, options.account, desk->who);
  const Status said = say(account, "unlinked");
  if (said != done || account->has_password()) return said;
  return write_out("It has no password: evenkeel user reset gives it one.\n", "");
}

// An administrator takes a lost one away; everybody else has to show theirs.
Status second_factor(const UserOptions& options) {
  if (!options.remove || options.store.name.empty() || options.store.name == options.account)
    return change_own_factor(options);
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  return say(clinic::remove_factor_of(*desk->log, options.account, desk->who), "second factor removed");
}

std::string state_of(const Account& account, Instant now) {
  if (!account.enabled) return "disabled";
  if (account.locked_at(now)) return "locked until " + account.locked_until->to_string().substr(0, 16);
  if (account.must_change) return "new password due";
  return account.has_password() ? "" : "no password";
}

Status list(const UserOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto all = clinic::accounts(*desk->log, desk->who);
  if (!all) return failed(all.error());
  std::vector<std::vector<std::string>> rows;
  for (const Account& each : *all) {
    std::string code = each.second_factor.empty() ? "no" : "yes";
    if (each.link) code += ", linked";
    rows.push_back({each.name, std::string{clinic::role_text(each.role)},
                    each.patients ? fmt::format("{} by name", each.patients->size()) : "all", std::move(code),
                    each.last_signed_in ? each.last_signed_in->to_string().substr(0, 10) : "never",
                    state_of(each, desk->who.now)});
  }
  report::Page page{false};
  page.heading("ACCOUNTS");
  if (rows.empty()) page.line("  none; the first: evenkeel user add NAME --first");
  if (!rows.empty())
    page.table({{"name", false},
                {"role", false},
                {"patients", false},
                {"code", false},
                {"last in", false},
                {"", false}},
               rows);
  return write_out(page.take(), "");
}

using Run = Status (*)(const UserOptions&);

struct Verb {
  const char* name;
  const char* help;
  Run work;
};
constexpr Verb verbs[] = {{"add", "Make an account; prints a password for its first use", &add},
                          {"role", "Change somebody's role or their patients", &change_role},
                          {"disable", "Nobody signs in with it any more", &disable},
                          {"enable", "The contrary", &enable},
                          {"reset", "A new password for one use; also ends a lock", &reset},
                          {"unlock", "End a lock before its time", &unlock},
                          {"second-factor", "Set one's own; or --remove one", &second_factor},
                          {"link", "Somebody of an OpenID provider signs in with it", &link},
                          {"unlink", "No longer", &unlink},
                          {"password", "Change one's own", &change_own_password}};

void add_patients(CLI::App& sub, UserOptions& options) {
  sub.add_option("--patients", options.patients, "These patients alone; otherwise all")
      ->delimiter(',')
      ->option_text("ID,...");
}

void add_own(const std::string& name, CLI::App& sub, UserOptions& options) {
  if (name == "add") {
    sub.add_option("role", options.role, "What they are; the first is an administrator")->option_text("ROLE");
    sub.add_option("--display", options.display, "As others read it; otherwise the name")
        ->option_text("TEXT");
    sub.add_flag("--first", options.first, "The first account; its password is asked for");
    add_patients(sub, options);
  }
  if (name == "role") {
    sub.add_option("role", options.role, "What they are from now on")->required()->option_text("ROLE");
    sub.add_flag("--all-patients", options.all_patients, "All patients again");
    add_patients(sub, options);
  }
  if (name == "disable")
    sub.add_option("--reason", options.reason, "Why; stands in the audit")->required()->option_text("TEXT");
  if (name == "link") {
    sub.add_option("--issuer", options.issuer, "The provider, as its tokens name it")
        ->required()
        ->option_text("URL");
    sub.add_option("--subject", options.subject, "Who they are there: its `sub`")
        ->required()
        ->option_text("TEXT");
    sub.add_flag("--without-password", options.without_password, "The account's own password goes");
  }
  if (name == "second-factor") {
    sub.add_flag("--remove", options.remove, "Take it away; another's with --as and --role");
    sub.add_option("--site-key", options.site_key, "The site key; otherwise site.key in --data")
        ->envname("EVENKEEL_SITE_KEY")
        ->option_text("FILE");
  }
}

}  // namespace

void add_user(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<UserOptions>();
  CLI::App* command = program.add_subcommand("user", "Who may sign in to a store, and as what");
  command->require_subcommand(1);
  command->footer(user_examples);
  for (const Verb& verb : verbs) {
    CLI::App* sub = command->add_subcommand(verb.name, verb.help);
    sub->add_option("name", options->account, "Of the account")->required()->option_text("NAME");
    add_own(verb.name, *sub, *options);
    add_store_options(*sub, options->store);
    sub->callback([options, &run, work = verb.work] { run = [options, work] { return work(*options); }; });
  }
  CLI::App* all = command->add_subcommand("list", "Every account, what it is and how it stands");
  add_store_options(*all, options->store);
  all->callback([options, &run] { run = [options] { return list(*options); }; });
}

}  // namespace evenkeel::app
