#include "store/checks.hpp"

#include <fmt/format.h>

#include <set>

namespace evenkeel::store {

namespace {

Error refuse(std::string where, std::string what) {
  return Error{ErrorCode::invalid_input, std::move(where), std::move(what)};
}

Result<void> check_text(const std::string& where, std::string_view text, std::size_t most) {
  if (text.size() > most) {
    return refuse(where, fmt::format("{} bytes; at most {} are kept", text.size(), most));
  }
  if (text.find('\0') != std::string_view::npos) return refuse(where, "a NUL byte is in it; a text has none");
  if (!is_utf8(text)) return refuse(where, "bytes that are not UTF-8; a text is UTF-8");
  return {};
}

Result<void> check_name(const std::string& where, std::string_view name) {
  if (name.empty()) return refuse(where, "is empty; it names something");
  if (name.find('\n') != std::string_view::npos) return refuse(where, "a newline is in it; a name has none");
  return check_text(where, name, most_name_bytes);
}

// How many bytes follow the first one, and what the second may be: the table of RFC 3629, section 4.
struct Form {
  int more = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

std::optional<Form> form_of(unsigned char first) {
  if (first < 0x80) return Form{0};
  if (first >= 0xC2 && first <= 0xDF) return Form{1};
  if (first == 0xE0) return Form{2, 0xA0, 0xBF};
  if (first == 0xED) return Form{2, 0x80, 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return Form{2};
  if (first == 0xF0) return Form{3, 0x90, 0xBF};
  if (first >= 0xF1 && first <= 0xF3) return Form{3};
  if (first == 0xF4) return Form{3, 0x80, 0x8F};
  return std::nullopt;
}

Result<void> check(const std::string& where, const NewEntry& entry) {
  if (auto key = check_name(where + ".key", entry.key); !key) return key;
  if (auto kind = check_name(where + ".kind", entry.kind); !kind) return kind;
  if (entry.text.find('\n') != std::string::npos) {
    return refuse(where + ".text", "a newline is in it; an entry is one line without its newline");
  }
  return check_text(where + ".text", entry.text, most_text_bytes);
}

}  // namespace

std::string_view kind_word(StreamKind kind) {
  switch (kind) {
    case StreamKind::patient:
      return "patient";
    case StreamKind::ledger:
      return "ledger";
    case StreamKind::site:
      return "site";
    case StreamKind::account:
      return "account";
    case StreamKind::person:
      return "person";
  }
  return "";
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto form = form_of(static_cast<unsigned char>(bytes[i]));
    if (!form || bytes.size() - i <= static_cast<std::size_t>(form->more)) return false;
    ++i;
    for (int n = 0; n < form->more; ++n, ++i) {
      const auto byte = static_cast<unsigned char>(bytes[i]);
      const unsigned char low = n == 0 ? form->low : 0x80;
      const unsigned char high = n == 0 ? form->high : 0xBF;
      if (byte < low || byte > high) return false;
    }
  }
  return true;
}

std::string to_string(const StreamName& stream) {
  return fmt::format("{}/{}", kind_word(stream.kind), stream.id);
}

Result<void> check(const StreamName& stream) {
  if (kind_word(stream.kind).empty()) {
    return refuse("stream", fmt::format("kind {}; a stream is of kind 1 to 5", int(stream.kind)));
  }
  return check_name("stream.id", stream.id);
}

Result<void> check_peek(const StreamName& stream) {
  if (stream.kind == StreamKind::account) return check(stream);
  return refuse("stream",
                fmt::format("{}; only accounts are looked at without an audit entry", to_string(stream)));
}

Result<void> check(const Append& what) {
  if (auto stream = check(what.stream); !stream) return stream;
  if (what.entries.empty()) return refuse("entries", "is empty; an append has at least one entry");
  if (what.entries.size() > most_entries) {
    return refuse("entries",
                  fmt::format("{} entries; at most {} in one append", what.entries.size(), most_entries));
  }
  std::set<std::string_view> keys;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < what.entries.size(); ++i) {
    const std::string where = fmt::format("entries[{}]", i);
    if (auto entry = check(where, what.entries[i]); !entry) return entry;
    if (!keys.insert(what.entries[i].key).second) {
      return refuse(where + ".key", "stands twice in this append; each entry has its own key");
    }
    bytes += what.entries[i].text.size();
  }
  if (bytes > most_append_bytes) {
    return refuse("entries",
                  fmt::format("{} bytes of text; at most {} in one append", bytes, most_append_bytes));
  }
  return {};
}

Result<void> check(const Request& who) {
  if (auto actor = check_name("actor", who.actor); !actor) return actor;
  if (auto role = check_text("role", who.role, most_name_bytes); !role) return role;
  return check_text("purpose", who.purpose, most_subject_bytes);
}

Result<void> check_kind(std::string_view kind) {
  return check_name("kind", kind);
}

Result<void> check_note(std::string_view subject, std::string_view detail) {
  if (auto good = check_text("subject", subject, most_subject_bytes); !good) return good;
  return check_text("detail", detail, most_detail_bytes);
}

}  // namespace evenkeel::store
