// http::RequestReader and parse_target: any bytes make requests or say why not, and the same ones in
// whatever pieces they come; a target that is taken has nothing that a path on a disk or a header could be
// misled by.
#include <algorithm>
#include <vector>

#include "fuzz_target.hpp"
#include "http/request_reader.hpp"

namespace {

using evenkeel::promise;
using evenkeel::http::Request;
using evenkeel::http::RequestReader;
using evenkeel::http::Target;
using State = RequestReader::State;

struct Seen {
  std::vector<Request> requests;
  bool refused = false, in_chunk_line = false;
};

Seen read(std::string_view bytes, std::size_t piece) {
  RequestReader reader({.target = 256, .header = 2048, .body = 1024});
  Seen seen;
  while (seen.requests.size() < 8) {
    State state = reader.state();
    if (state == State::complete) {
      seen.requests.push_back(reader.take());
      state = reader.read({});
      if (state == State::complete) continue;
    }
    if (state == State::refused) {
      const auto& why = reader.refusal();
      promise(why.status >= 400 && !why.code.empty() && !why.title.empty(), "a refusal has a reason");
      seen.refused = true;
      seen.in_chunk_line = why.detail == "a chunk does not begin with its size";
      break;
    }
    const State before = state;
    if (before == State::body) state = reader.read({});
    if (state == State::complete || state == State::refused) continue;
    if (bytes.empty()) break;
    reader.read(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  return seen;
}

void check(const Target& target) {
  const auto control = [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; };
  for (const std::string& segment : target.path) {
    promise(segment != "." && segment != "..", "no segment leads upwards");
    promise(segment.find_first_of("/\\") == std::string::npos, "a segment is one name");
    promise(std::ranges::none_of(segment, control), "a segment has no control character");
  }
  promise(target.query.size() <= 100, "there are at most a hundred parameters");
  for (const auto& [name, value] : target.query) {
    promise(std::ranges::none_of(name + value, control), "a parameter has no control character");
    promise(target.parameter(name).has_value(), "a parameter is found");
  }
}

void check(const Request& request) {
  check(request.target);
  promise(request.body.size() <= 1024, "a body is no larger than its limit");
  for (const auto& header : request.headers) {
    promise(!header.name.empty(), "a header has a name");
    promise(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "a value is one line");
  }
  const auto cookie = request.cookie("a");
  promise(!cookie || cookie->find(';') == std::string_view::npos, "a cookie ends at its semicolon");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = evenkeel::as_text(data, size);
  const auto target = evenkeel::http::parse_target(text);
  if (target) check(*target);
  if (size == 0) return 0;
  const Seen at_once = read(text, size);
  const Seen in_bytes = read(text, 1);
  for (const Request& request : at_once.requests) check(request);
  // A line of zeros before a chunk is given up as soon as it is too long, which a whole one may not be.
  if (in_bytes.in_chunk_line) return 0;
  promise(at_once.requests == in_bytes.requests, "the pieces do not change what is read");
  promise(at_once.refused == in_bytes.refused, "the pieces do not change what is refused");
  return 0;
}
