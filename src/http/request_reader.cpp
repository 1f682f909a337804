#include "http/request_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/http/basic_parser.hpp>

namespace evenkeel::http {
namespace {

namespace beast = boost::beast;
using Text = beast::string_view;
using ParseFault = boost::system::error_code;

constexpr std::size_t most_headers = 100;
// A line before a chunk: CRLF, at most sixteen digits, CRLF.
constexpr std::size_t longest_chunk_line = 64;
// The rest of a chunked body is never shorter; Beast asserts it of the last chunk.
constexpr std::size_t shortest_chunked_rest = 5;
// Which of two is meant, nobody can say.
constexpr std::string_view single_headers[] = {
    "Host",   "Content-Length", "Transfer-Encoding", "Content-Type",    "Authorization",    "Cookie",
    "Origin", "Expect",         "If-Match",          "X-Forwarded-For", "X-Forwarded-Proto"};

std::string text_of(Text text) {
  return {text.data(), text.size()};
}

bool is(std::string_view a, std::string_view b) {
  return beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

// What a request line may begin with.
bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

Problem bad_request(std::string detail) {
  return {400, "bad_request", "The request is malformed", std::move(detail), ""};
}

Problem target_too_long(std::size_t most) {
  return {414, "target_too_long", "The request target is too long",
          fmt::format("At most {} bytes are allowed.", most), ""};
}

// host [":" port], as the Host header has it.
bool is_authority(std::string_view text) {
  const auto allowed = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

}  // namespace

// Beast's parser, into our values.
class RequestParser : public beast::http::basic_parser<true> {
 public:
  std::string method, target, body;
  std::vector<Header> headers;
  int version = 11;
  bool too_many = false, more_than_data = false;

 private:
  void on_request_impl(beast::http::verb, Text method_seen, Text target_seen, int version_seen,
                       ParseFault& fault) override {
    fault = {};
    method = text_of(method_seen);
    target = text_of(target_seen);
    version = version_seen;
  }
  void on_field_impl(beast::http::field, Text name, Text value, ParseFault& fault) override {
    fault = {};
    if (is_header_done()) return stop(more_than_data, fault);
    if (headers.size() == most_headers) return stop(too_many, fault);
    headers.push_back({text_of(name), text_of(value)});
  }
  void on_header_impl(ParseFault& fault) override { fault = {}; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ParseFault& fault) override { fault = {}; }
  std::size_t on_body_impl(Text text, ParseFault& fault) override {
    fault = {};
    body.append(text.data(), text.size());
    return text.size();
  }
  void on_chunk_header_impl(std::uint64_t, Text extensions, ParseFault& fault) override {
    fault = {};
    if (!extensions.empty()) stop(more_than_data, fault);
  }
  std::size_t on_chunk_body_impl(std::uint64_t, Text text, ParseFault& fault) override {
    return on_body_impl(text, fault);
  }
  void on_finish_impl(ParseFault& fault) override { fault = {}; }
  void on_response_impl(int, Text, int, ParseFault&) override {}

  static void stop(bool& why, ParseFault& fault) {
    why = true;
    fault = beast::http::error::bad_field;
  }
};

RequestReader::RequestReader(const ReadLimits& limits) : limits_(limits) {
  begin();
}
RequestReader::~RequestReader() = default;

void RequestReader::begin() {
  parser_ = std::make_unique<RequestParser>();
  parser_->header_limit(static_cast<std::uint32_t>(limits_.header + 1));
  parser_->body_limit(limits_.body);
  scanned_ = line_ = lines_ = 0;
  request_ = {};
  state_ = State::idle;
}

RequestReader::State RequestReader::refuse(Problem why) {
  refusal_ = std::move(why);
  buffer_.clear();
  return state_ = State::refused;
}

RequestReader::State RequestReader::bad(std::string detail) {
  return refuse(bad_request(std::move(detail)));
}

RequestReader::State RequestReader::read(std::string_view more) {
  if (state_ == State::refused) return state_;
  buffer_ += more;
  switch (state_) {
    case State::idle:
    case State::header:
      return read_header();
    case State::body:
      return read_body();
    case State::complete:
    case State::refused:
      break;
  }
  return state_;
}

// Whether the whole header is in the buffer. Looks at each byte once, so that no later reader sees other
// lines.
bool RequestReader::scan_header() {
  for (; scanned_ < buffer_.size(); ++scanned_) {
    const char c = buffer_[scanned_];
    const char before = scanned_ > 0 ? buffer_[scanned_ - 1] : ' ';
    if (scanned_ == limits_.header) {
      refuse({431, "header_too_large", "The header is too large",
              fmt::format("At most {} bytes are allowed.", limits_.header), ""});
    } else if (lines_ == 0 && scanned_ > limits_.target + 32) {
      refuse(target_too_long(limits_.target));
    } else if (scanned_ == 0 && !is_letter(c)) {
      bad("it does not begin with a method");
    } else if ((c == '\n') != (before == '\r')) {
      bad("a line must end with CR and LF");
    } else if ((c >= 0 && c < ' ' && c != '\r' && c != '\n' && c != '\t') || c == 0x7F) {
      bad("it has a control character");
    } else if (scanned_ == line_ && (c == ' ' || c == '\t')) {
      bad("a header may not be folded");
    } else if (c == '\n') {
      const bool empty_line = scanned_ == line_ + 1;
      line_ = scanned_ + 1;
      ++lines_;
      if (empty_line) return true;
    }
    if (state_ == State::refused) return false;
  }
  return false;
}

RequestReader::State RequestReader::read_header() {
  if (scanned_ == 0) {  // empty lines before a request are ignored, as the standard asks
    while (buffer_.starts_with("\r\n")) buffer_.erase(0, 2);
    if (buffer_.empty() || buffer_ == "\r") return state_ = State::idle;
  }
  state_ = State::header;
  if (!scan_header()) return state_;
  ParseFault fault;
  const std::size_t size = line_;
  const std::size_t used = parser_->put(boost::asio::const_buffer(buffer_.data(), size), fault);
  if (parser_->too_many) {
    return refuse({431, "header_too_large", "The header is too large",
                   fmt::format("At most {} headers are allowed.", most_headers), ""});
  }
  if (fault == beast::http::error::body_limit) {
    return refuse({413, "body_too_large", "The body is too large",
                   fmt::format("At most {} bytes are allowed.", limits_.body), ""});
  }
  if (fault || !parser_->is_header_done() || used != size) {
    return bad(fault ? fault.message() : "the header ends early");
  }
  buffer_.erase(0, used);
  if (!check_header()) return state_;
  return state_ = parser_->is_done() ? State::complete : State::body;
}

bool RequestReader::check_header() {
  RequestParser& seen = *parser_;
  const auto method = method_from_text(seen.method);
  const auto host = find_header(seen.headers, "Host");
  const auto coding = find_header(seen.headers, "Transfer-Encoding");
  const auto expect = find_header(seen.headers, "Expect");
  for (const std::string_view name : single_headers) {
    if (std::ranges::count_if(seen.headers, [&](const Header& header) { return is(header.name, name); }) >
        1) {
      return bad(fmt::format("there are two headers {}", name)), false;
    }
  }
  if (!host && seen.version >= 11) return bad("a Host header is required"), false;
  if (host && !is_authority(*host)) return bad("the Host header is no host and port"), false;
  if (coding && (seen.version < 11 || !is(*coding, "chunked") || !seen.chunked())) {
    return bad("the only Transfer-Encoding is 'chunked', since HTTP/1.1"), false;
  }
  const auto length = find_header(seen.headers, "Content-Length");
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (length && (coding || !std::ranges::all_of(*length, is_digit))) {
    return bad("the Content-Length is not one number alone"), false;
  }
  if (expect && !is(*expect, "100-continue")) {
    refuse({417, "expectation_failed", "Expectation failed", "Only 100-continue can be expected.", ""});
    return false;
  }
  if (!method) {
    refuse({501, "method_unknown", "The method is not served", "", ""});
    return false;
  }
  if (seen.target.size() > limits_.target) return refuse(target_too_long(limits_.target)), false;
  // A proxy's form of the target, http://host/path, is taken where it names the same host.
  std::string_view text = seen.target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    const auto end = std::min(text.find('/'), text.size());
    if (!host || !is(text.substr(0, end), *host)) return bad("target and Host name two hosts"), false;
    text.remove_prefix(end);
    break;
  }
  auto target = parse_target(text);
  if (!target) return bad("request target: " + target.error().what), false;
  request_ = {*method, std::move(*target), std::move(seen.headers), "", "", false};
  return true;
}

RequestReader::State RequestReader::read_body() {
  while (!parser_->is_done()) {
    if (buffer_.size() < (parser_->chunked() ? shortest_chunked_rest : 1)) return state_;
    ParseFault fault;
    const std::size_t used = parser_->put(boost::asio::const_buffer(buffer_.data(), buffer_.size()), fault);
    buffer_.erase(0, used);
    if (fault == beast::http::error::body_limit) {
      return refuse({413, "body_too_large", "The body is too large",
                     fmt::format("At most {} bytes are allowed.", limits_.body), ""});
    }
    if (parser_->more_than_data) return bad("chunk extensions and trailers are not taken");
    if (fault == beast::http::error::need_more) {
      if (buffer_.size() > longest_chunk_line) return bad("a chunk does not begin with its size");
      return state_;
    }
    if (fault) return bad(fault.message());
  }
  request_.body = std::move(parser_->body);
  return state_ = State::complete;
}

bool RequestReader::waits_for_continue() const {
  return state_ == State::body && buffer_.empty() && parser_->version >= 11 &&
         request_.header("Expect").has_value();
}

bool RequestReader::keeps_alive() const {
  return state_ != State::refused && parser_->keep_alive();
}

bool RequestReader::old_version() const {
  return parser_->version < 11;
}

Request RequestReader::take() {
  Request taken = std::move(request_);
  begin();
  return taken;
}

}  // namespace evenkeel::http
