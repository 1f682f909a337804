#include "support/postgres_server.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace evenkeel::test {

namespace {

namespace fs = std::filesystem;

std::string output_of(const std::string& command, int& status) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("popen: " + command);
  std::string output;
  std::array<char, 4096> piece{};
  while (const std::size_t n = fread(piece.data(), 1, piece.size(), pipe)) output.append(piece.data(), n);
  status = pclose(pipe);
  return output;
}

std::string must_run(const std::string& command) {
  int status = 0;
  std::string output = output_of(command, status);
  if (status != 0) throw std::runtime_error(command + ": " + output);
  return output;
}

// The server's programs: beside pg_config, which Debian keeps in the path, or the newest of Debian's folders.
fs::path programs() {
  fs::path newest;
  if (fs::exists("/usr/lib/postgresql")) {
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql")) {
      if (fs::exists(version.path() / "bin/initdb") && version.path() > newest) newest = version.path();
    }
  }
  if (!newest.empty()) return newest / "bin";
  int status = 0;
  std::string directory = output_of("pg_config --bindir", status);
  while (!directory.empty() && directory.back() == '\n') directory.pop_back();
  return directory;
}

// initdb and the server refuse to run as root.
std::string as_server_user() {
  return geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups -- " : "";
}

// Ends the server and its files when the pipe closes: at the end of the program, however it ends.
int watch(const std::string& clean_up) {
  std::array<int, 2> pipe{};
  if (pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    dup2(pipe[0], 0);
    close(pipe[1]);
    for (int fd = 1; fd < 1024; ++fd) close(fd);
    execl("/bin/sh", "sh", "-c", ("cat >/dev/null 2>&1; " + clean_up).c_str(), nullptr);
    _exit(127);
  }
  close(pipe[0]);
  return pipe[1];
}

}  // namespace

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

PostgresServer::PostgresServer() {
  std::string name = (fs::temp_directory_path() / "evenkeel-pg-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
  directory_ = name;
  if (geteuid() == 0) {
    const passwd* user = getpwnam("postgres");
    if (user == nullptr || chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::runtime_error("no user postgres: install the package postgresql");
    }
  }
  const std::string bin = programs().string();
  watched_ = watch(as_server_user() + bin + "/pg_ctl -D " + name +
                   "/data -m immediate stop >/dev/null 2>&1; rm -rf " + name);
  must_run("cd / && " + as_server_user() + bin + "/initdb -D " + name +
           "/data -U evenkeel -A trust -E UTF8 --locale=C --no-instructions --no-sync");
  std::ofstream settings{name + "/data/postgresql.conf", std::ios::app};
  settings << "listen_addresses = ''\nunix_socket_directories = '" << name
           << "'\nmax_connections = 120\nshared_buffers = 64MB\nfsync = on\nlog_checkpoints = off\n";
  settings.close();
  start();
}

PostgresServer::~PostgresServer() {
  int status = 0;
  output_of("cd / && " + as_server_user() + programs().string() + "/pg_ctl -D " + directory_.string() +
                "/data -m immediate -w stop",
            status);
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
  close(watched_);
}

std::string PostgresServer::conninfo(const std::string& role) const {
  return "host=" + directory_.string() + " dbname=postgres user=" + role;
}

void PostgresServer::control(const std::string& words) const {
  must_run("cd / && " + as_server_user() + programs().string() + "/pg_ctl -D " + directory_.string() +
           "/data -l " + directory_.string() + "/log -w " + words + " </dev/null >" + directory_.string() +
           "/control");
}

void PostgresServer::start() const {
  control("start");
}

void PostgresServer::stop_immediately() const {
  control("-m immediate stop");
}

void PostgresServer::run_sql(const std::string& sql, const std::string& role) const {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection{
      PQconnectdb((conninfo(role) + " options='-c client_min_messages=error'").c_str()), &PQfinish};
  const std::unique_ptr<PGresult, decltype(&PQclear)> result{PQexec(connection.get(), sql.c_str()), &PQclear};
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw std::runtime_error(PQerrorMessage(connection.get()));
  }
}

}  // namespace evenkeel::test
