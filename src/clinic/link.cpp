#include "clinic/link.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "clinic/account.hpp"
#include "json/reader.hpp"
#include "json/write.hpp"
#include "store/audit.hpp"

namespace evenkeel::clinic {
namespace {

// No account's name begins so. 160 bits of the digest: nobody finds two.
store::StreamName pointer_of(const Subject& subject) {
  const std::string digest = store::hex(store::sha256(subject.issuer + "\n" + subject.subject));
  return {store::StreamKind::account, "~s-" + digest.substr(0, 40)};
}

struct Pointer {
  std::uint64_t version = 0;
  std::string account;
};

Result<Pointer> read_pointer(store::EventLog& log, const Subject& subject) {
  const auto entries = log.peek(pointer_of(subject), 0);
  if (!entries) return entries.error();
  if (entries->empty()) return Pointer{};
  const store::Entry& last = entries->back();
  const auto tree = json::parse(last.text);
  if (!tree) return unreadable(last, tree.error().front());
  Errors faults;
  json::Reader top{*tree, faults};
  Pointer pointer{last.version, top.object({"account"}) ? top["account"].name() : ""};
  if (!faults.empty()) return unreadable(last, faults.front());
  return pointer;
}

bool is_plain(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

Result<void> check_subject(const Subject& subject) {
  if (!is_plain(subject.issuer, 500))
    return Error{ErrorCode::invalid_input, "issuer",
                 "the provider's address as its tokens have it, at most 500 characters"};
  if (!is_plain(subject.subject, 255))
    return Error{ErrorCode::invalid_input, "subject",
                 "1 to 255 printable characters without a blank, as the provider's `sub` has them"};
  return {};
}

Result<std::string> pointed_to(store::EventLog& log, const Subject& subject) {
  auto pointer = read_pointer(log, subject);
  if (!pointer) return pointer.error();
  return std::move(pointer->account);
}

Result<void> point_to(store::EventLog& log, const Subject& subject, const std::string& name,
                      const Person& who) {
  const auto pointer = read_pointer(log, subject);
  if (!pointer) return pointer.error();
  if (pointer->account == name) return {};
  if (!pointer->account.empty()) {
    const auto other = account_book(log, pointer->account);
    if (!other && other.error().code != ErrorCode::not_found) return other.error();
    if (other && other->record.account().link == subject)
      return Error{ErrorCode::invalid_input, "subject",
                   fmt::format("'{}' is linked to it; unlink that account first", pointer->account)};
  }
  const std::string text = json::dump(json::object({{"account", json::text(name)}}));
  const std::string key = fmt::format("v{}", pointer->version + 1);
  const auto written =
      log.append({pointer_of(subject), pointer->version, {{key, "pointed", who.now, text}}}, who.request());
  if (!written) return written.error();
  return {};
}

}  // namespace evenkeel::clinic
