#include "openid/settings.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "json/reader.hpp"

namespace evenkeel::openid {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest = 500;

// The host, and the port if there is one; "" where this is no address.
std::string_view authority_of(std::string_view address) {
  const auto slashes = address.find("://");
  if (slashes == std::string_view::npos) return {};
  address.remove_prefix(slashes + 3);
  return address.substr(0, address.find('/'));
}

std::string address_in(json::Reader at, bool with_path) {
  std::string address = at.text(longest);
  if (address.empty()) return address;
  if (!is_safe_address(address)) {
    at.fault(
        fmt::format("'{}'; an address with https:// is asked for (http:// on this machine alone, to "
                    "try it), without user, query and fragment",
                    address));
  } else if (!with_path && address.ends_with('/')) {
    at.fault("ends with a slash; leave it out");
  } else if (!with_path && address.find('/', address.find("://") + 3) != std::string::npos) {
    at.fault("has a path; the pages stand at the root of their address");
  }
  return address;
}

std::vector<std::string> words_in(const json::Reader& top, const char* key) {
  std::vector<std::string> words;
  if (!top.has(key)) return words;
  for (json::Reader& each : top[key].items(1)) {
    words.push_back(each.text(200));
    if (words.back().find(' ') != std::string::npos) each.fault("has a blank; one word for each");
  }
  return words;
}

Result<std::string> bytes_of(const fs::path& file, const char* what) {
  std::ifstream in{file, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  if (in.is_open() && !in.bad()) return bytes;
  return Error{ErrorCode::storage, file.string(), fmt::format("{} cannot be read", what)};
}

Result<std::string> secret_in(const fs::path& file) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0)
    return Error{ErrorCode::storage, file.string(), "the client's secret cannot be read"};
  if (about.st_uid != ::geteuid() || (about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return Error{ErrorCode::not_permitted, file.string(),
                 "the client's secret is for its owner alone, who runs this program: chmod 600"};
  auto text = bytes_of(file, "the client's secret");
  if (!text) return text;
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  const auto is_printable = [](char c) { return c > ' ' && c < 0x7F; };
  if (!text->empty() && text->size() <= longest && std::ranges::all_of(*text, is_printable)) return text;
  return Error{ErrorCode::invalid_input, file.string(),
               "holds no client's secret: one line of printable characters without a blank"};
}

}  // namespace

bool is_this_machine(std::string_view address) {
  std::string_view host = authority_of(address);
  if (host.starts_with("[::1]")) return true;
  host = host.substr(0, host.find(':'));
  return host == "localhost" || host == "127.0.0.1";
}

bool is_safe_address(std::string_view address) {
  const std::string_view host = authority_of(address);
  const auto allowed = [](char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
  };
  if (host.empty() || host.front() == ':' || !std::ranges::all_of(address, allowed)) return false;
  if (host.find('@') != std::string_view::npos || address.find_first_of("?#") != std::string_view::npos)
    return false;
  return address.starts_with("https://") || (address.starts_with("http://") && is_this_machine(address));
}

Result<Settings, Errors> read_settings(std::string_view text) {
  const auto tree = json::parse(text, {.bytes = 1U << 16U, .depth = 8});
  if (!tree) return tree.error();
  Errors faults;
  json::Reader top{*tree, faults};
  Settings settings;
  if (top.object({"schema", "issuer", "client_id", "client_secret_file", "address", "name"},
                 {"acr", "amr", "ca_file", "ask_every_time", "passwords"})) {
    if (top["schema"].text(60) != "evenkeel.openid/1") top["schema"].fault("is not evenkeel.openid/1");
    settings.issuer = address_in(top["issuer"], true);
    settings.client_id = top["client_id"].text(200);
    settings.client_secret_file = top["client_secret_file"].text(longest);
    settings.address = address_in(top["address"], false);
    settings.name = top["name"].text(60);
    settings.acr = words_in(top, "acr");
    settings.amr = words_in(top, "amr");
    if (top.has("ca_file")) settings.ca_file = top["ca_file"].text(longest);
    if (top.has("ask_every_time")) settings.ask_every_time = top["ask_every_time"].boolean();
    if (top.has("passwords")) settings.passwords = top["passwords"].boolean();
  }
  if (!faults.empty()) return faults;
  return settings;
}

Result<Settings, Errors> load_settings(const fs::path& file) {
  const auto text = bytes_of(file, "the settings of the OpenID provider");
  if (!text) return Errors{text.error()};
  auto settings = read_settings(*text);
  if (!settings) {
    Errors faults = settings.error();
    for (Error& each : faults) each.where = file.string() + (each.where.empty() ? "" : ": " + each.where);
    return faults;
  }
  auto secret = secret_in(file.parent_path() / settings->client_secret_file);
  if (!secret) return Errors{secret.error()};
  settings->client_secret = *std::move(secret);
  if (settings->ca_file.empty()) return settings;
  settings->ca_file = (file.parent_path() / settings->ca_file).string();
  if (auto readable = bytes_of(settings->ca_file, "the authority's certificate"); !readable)
    return Errors{readable.error()};
  return settings;
}

}  // namespace evenkeel::openid
