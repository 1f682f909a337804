#include "http/connection.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/overloaded.hpp"
#include "http/response_text.hpp"

namespace evenkeel::http {
namespace {

constexpr std::size_t piece = 64 << 10;
constexpr auto never = std::chrono::steady_clock::time_point::max();

const Problem unanswered{500, "internal", "The request could not be answered", "", ""};
const Problem too_slow{408, "timeout", "The request did not arrive in time", "", ""};
const Problem too_often{429, "too_many_requests", "Too many requests", "Wait a moment, then go on.", ""};
const Problem too_busy{503, "busy", "Too much is in work", "Nothing was done; try again.", ""};

Answer answer_of(const Handler& handler, const Request& request) {
  try {
    return handler(request);
  } catch (...) {  // its text may name a patient
    return problem(unanswered);
  }
}

std::chrono::sys_seconds wall_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

Connection::Connection(Common& common, Socket socket, std::string address, std::optional<Problem> refusal)
    : common_(common),
      wire_(std::move(socket), common.secure ? &*common.secure : nullptr),
      address_(std::move(address)),
      group_(peer_group(address_)),
      refusal_(std::move(refusal)),
      reader_({common.limits.target, common.limits.header, common.limits.body}),
      deadline_(never),
      beat_at_(never) {}

Connection::~Connection() {
  if (feed_) feed_->detach();
}

bool Connection::trusted() const {
  return std::ranges::find(common_.proxies, address_) != common_.proxies.end();
}

void Connection::start() {
  if (!wire_.secure()) return await_request();
  phase_ = Phase::handshake;
  deadline_ = Clock::now() + common_.limits.header_time;
  wire_.handshake([self = shared_from_this()](const Wire::Fault& fault, std::size_t) {
    if (self->phase_ == Phase::closed) return;
    fault ? self->close() : self->await_request();
  });
}

void Connection::await_request() {
  phase_ = Phase::idle;
  deadline_ = Clock::now() + common_.limits.idle_time;
  admitted_ = false;
  head_only_ = false;
  proceed(reader_.read({}));
}

void Connection::read() {
  if (reading_) return;
  reading_ = true;
  wire_.read(bytes_.data(), bytes_.size(),
             [self = shared_from_this()](const Wire::Fault& fault, std::size_t size) {
               self->reading_ = false;
               self->on_read(fault, size);
             });
}

void Connection::on_read(const Wire::Fault& fault, std::size_t size) {
  ended_ = ended_ || fault;
  switch (phase_) {
    case Phase::idle:
    case Phase::header:
    case Phase::body:
      if (fault) return close();
      return proceed(reader_.read({bytes_.data(), size}));
    case Phase::streaming:  // only to see that the reader is gone
      return fault ? close() : read();
    case Phase::leaving:
      return fault ? close() : drain();
    case Phase::handshake:
    case Phase::working:
    case Phase::writing:
    case Phase::closed:
      return;
  }
}

void Connection::proceed(RequestReader::State state) {
  using State = RequestReader::State;
  switch (state) {
    case State::idle:
      return common_.stopping ? leave() : read();
    case State::header:
      if (phase_ == Phase::idle) {
        phase_ = Phase::header;
        deadline_ = Clock::now() + common_.limits.header_time;
      }
      return read();
    case State::body:
      return phase_ == Phase::body ? read() : begin_body();
    case State::complete:
      return work();
    case State::refused:
      return refuse(reader_.refusal());
  }
}

void Connection::begin_body() {
  if (!admitted()) return;
  phase_ = Phase::body;
  deadline_ = Clock::now() + common_.limits.body_time;
  if (reader_.waits_for_continue()) return send("HTTP/1.1 100 Continue\r\n\r\n", Then::body);
  proceed(reader_.read({}));
}

// Who asks: a trusted proxy says for whom it does.
std::string Connection::asker() const {
  const auto header = reader_.request().header("X-Forwarded-For");
  return header && trusted() ? forwarded_for(*header, address_, common_.proxies) : address_;
}

// Once for each request, when its header is there. Answers itself when it is not.
bool Connection::admitted() {
  if (admitted_) return true;
  admitted_ = true;
  head_only_ = reader_.request().method == Method::head;
  if (refusal_) return refuse(*refusal_), false;
  if (!common_.peers.request(peer_group(asker()), Clock::now())) return refuse(too_often), false;
  return true;
}

void Connection::work() {
  if (!admitted()) return;
  if (common_.in_work >= common_.limits.workers + common_.limits.queue) return refuse(too_busy);
  keep_alive_ = reader_.keeps_alive();
  chunks_ = !reader_.old_version();
  std::string peer = asker();
  Request request = reader_.take();
  request.peer = std::move(peer);
  request.secure = wire_.secure() || (trusted() && request.header("X-Forwarded-Proto") == "https");
  phase_ = Phase::working;
  deadline_ = never;
  ++common_.in_work;
  asio::post(common_.workers, [self = shared_from_this(), request = std::move(request)] {
    Answer answer = answer_of(self->common_.handler, request);
    asio::post(self->common_.io,
               [self, answer = std::move(answer)]() mutable { self->answered(std::move(answer)); });
  });
}

void Connection::answered(Answer answer) {
  --common_.in_work;
  std::visit(Overloaded{[&](Response&& response) { respond(std::move(response)); },
                        [&](Stream&& stream) { begin_stream(std::move(stream)); }},
             std::move(answer));
}

void Connection::respond(Response response) {
  keep_alive_ = keep_alive_ && !common_.stopping;
  const Framing framing{wall_clock(), keep_alive_, false};
  auto text = head_text(response, framing);
  if (!text) {
    response = problem(unanswered);
    text = head_text(response, framing);
  }
  if (!head_only_ && has_body(response.status)) *text += response.body;
  send(std::move(*text), keep_alive_ ? Then::idle : Then::leave);
}

void Connection::begin_stream(Stream stream) {
  keep_alive_ = false;
  auto head = head_text(stream, {wall_clock(), false, chunks_});
  if (!head) return respond(problem(unanswered));
  if (head_only_ || common_.stopping) {
    if (chunks_ && !head_only_) *head += last_chunk;
    return send(std::move(*head), Then::leave);
  }
  const std::weak_ptr<Connection> weak = weak_from_this();
  feed_ = std::make_shared<Feed>(common_.limits.stream_queue, [weak, &io = common_.io] {
    asio::post(io, [weak] {
      if (const auto self = weak.lock()) self->pump();
    });
  });
  beat_ = std::move(stream.beat);
  beat_at_ = Clock::now() + common_.limits.beat;
  phase_ = Phase::streaming;
  send(std::move(*head), Then::stream);
  read();
  asio::post(common_.workers, [opened = std::move(stream.opened), sink = sink_of(feed_)]() mutable {
    try {
      if (opened) opened(std::move(sink));
    } catch (...) {  // then nobody holds the sink, and the stream ends
    }
  });
}

// Writes what waits for the reader of the stream, if nothing is being written.
void Connection::pump() {
  if (phase_ != Phase::streaming) return;
  if (feed_->overflowed()) return cut();
  if (!out_.empty()) return;
  const Feed::Part part = feed_->take();
  if (!part.text.empty()) return send(chunks_ ? chunk_text(part.text) : part.text, Then::stream);
  deadline_ = never;
  if (!part.ended) return;
  phase_ = Phase::writing;
  chunks_ ? send(std::string(last_chunk), Then::leave) : leave();
}

void Connection::refuse(const Problem& why) {
  Response response = problem(why);
  if (why.status == 429 || why.status == 503) response.headers.push_back({"Retry-After", "1"});
  // No handler was asked that would have guarded it.
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"});
  keep_alive_ = false;
  respond(std::move(response));
}

void Connection::send(std::string text, Then then) {
  out_ = std::move(text);
  sent_ = 0;
  then_ = then;
  if (then != Then::stream) phase_ = Phase::writing;
  write_piece();
}

void Connection::write_piece() {
  deadline_ = Clock::now() + common_.limits.write_time;
  wire_.write(std::string_view(out_).substr(sent_, piece),
              [self = shared_from_this()](const Wire::Fault& fault, std::size_t size) {
                if (self->phase_ == Phase::closed) return;
                if (fault) return self->close();
                self->sent_ += size;
                self->sent_ < self->out_.size() ? self->write_piece() : self->written();
              });
}

void Connection::written() {
  out_.clear();
  out_.shrink_to_fit();
  switch (then_) {
    case Then::idle:
      return await_request();
    case Then::body:
      phase_ = Phase::body;
      deadline_ = Clock::now() + common_.limits.body_time;
      return proceed(reader_.read({}));
    case Then::stream:
      return pump();
    case Then::leave:
      return leave();
  }
}

// The client may still be sending: were the socket closed now, it could lose the answer.
void Connection::leave() {
  phase_ = Phase::leaving;
  deadline_ = Clock::now() + common_.limits.linger;
  wire_.say_goodbye(reading_, [self = shared_from_this()](Wire::Goodbye said) {
    if (self->phase_ == Phase::closed) return;
    said == Wire::Goodbye::more_may_come ? self->drain() : self->close();
  });
}

void Connection::drain() {
  if (reading_) return;
  if (ended_) return close();  // Asio would wait for ever: what has ended does not end again
  reading_ = true;
  wire_.discard(bytes_.data(), bytes_.size(),
                [self = shared_from_this()](const Wire::Fault& fault, std::size_t size) {
                  self->reading_ = false;
                  self->on_read(fault, size);
                });
}

void Connection::tick(Time now) {
  if (now >= deadline_) {
    switch (phase_) {
      case Phase::header:
      case Phase::body:
        return refuse(too_slow);
      case Phase::writing:
      case Phase::streaming:
        return cut();
      case Phase::handshake:
      case Phase::idle:
      case Phase::working:
      case Phase::leaving:
      case Phase::closed:
        return close();
    }
  }
  if (phase_ == Phase::streaming && now >= beat_at_) {
    beat_at_ = now + common_.limits.beat;
    if (out_.empty() && beat_) send(chunks_ ? chunk_text(beat_()) : beat_(), Then::stream);
  }
}

void Connection::stop() {
  if (phase_ == Phase::handshake || phase_ == Phase::idle) return close();
  if (phase_ == Phase::streaming) feed_->end();
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  if (feed_) feed_->detach();
  wire_.close();
  common_.peers.disconnect(group_);
  common_.connections.erase(shared_from_this());
  if (common_.stopping && common_.connections.empty()) common_.timer.cancel();
}

void Connection::cut() {
  wire_.cut();
  close();
}

}  // namespace evenkeel::http
