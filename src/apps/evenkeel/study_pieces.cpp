#include "apps/evenkeel/study_pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <optional>
#include <vector>

#include "apps/evenkeel/output.hpp"
#include "pkpd/parallel.hpp"

namespace evenkeel::app {
namespace {

// Pieces made and not yet taken, for each thread: what is held, and how far a rank may be ahead.
constexpr std::size_t ahead_of_each = 4;

// The pieces of this run; every n-th of them is one rank's.
std::vector<std::size_t> pieces_of(const Pieces& pieces, const Hands& hands) {
  std::vector<std::size_t> wanted;
  for (std::size_t i = hands.share; i < pieces.count; i += hands.shares) wanted.push_back(i);
  return wanted;
}

class Work {
 public:
  Work(const Pieces& pieces, const Hands& hands)
      : pieces_(pieces), hands_(hands), wanted_(pieces_of(pieces, hands)), progress_(pieces.words) {}

  Status run() {
    Crew& crew = *hands_.crew;
    const std::size_t own =
        (wanted_.size() + crew.size() - 1 - crew.rank()) / crew.size();  // rank, rank + n, ...
    std::vector<std::string> made(
        std::max<std::size_t>(1, ahead_of_each * static_cast<std::size_t>(std::max(1, hands_.threads))));
    pkpd::in_order(
        {.threads = hands_.threads,
         .count = own,
         .ahead = made.size(),
         .make = [&](std::size_t k) { made[k % made.size()] = make(place_of(k)); },
         .take = [&](std::size_t k) { return hand_over(place_of(k), std::move(made[k % made.size()])); }});
    if (crew.leads() && status() == done) take_until(wanted_.size());
    if (missing_ > 0) complain_of_missing();
    return status();
  }

 private:
  // Of the wanted, this rank's k-th.
  [[nodiscard]] std::size_t place_of(std::size_t k) const {
    return k * hands_.crew->size() + hands_.crew->rank();
  }
  [[nodiscard]] Status status() const { return static_cast<Status>(status_.load()); }
  void end_with(Status status, const std::string& why = "") {
    int still = done;
    if (!status_.compare_exchange_strong(still, status)) return;
    if (!why.empty()) std::cerr << "evenkeel: " << why << '\n';
  }

  std::string make(std::size_t place) {
    if (status() != done) return {};
    if (asked_to_stop()) {
      end_with(interrupted);
      return {};
    }
    const std::size_t piece = wanted_[place];
    if (hands_.checkpoint != nullptr) {
      if (auto kept = hands_.checkpoint->load(pieces_.stage, piece)) return *std::move(kept);
    }
    if (hands_.merge) {
      ++missing_;
      return {};
    }
    std::string bytes = pieces_.make(piece);
    if (hands_.checkpoint == nullptr) return bytes;
    if (const auto stored = hands_.checkpoint->store(pieces_.stage, piece, bytes); !stored)
      end_with(storage_failed, to_string(stored.error()));
    return bytes;
  }

  // This rank's piece, to whoever takes it.
  bool hand_over(std::size_t place, std::string bytes) {
    if (status() != done) {
      hands_.crew->give_up(status());
      return false;
    }
    if (!hands_.takes()) {
      show(place + 1);
      return true;
    }
    if (!hands_.crew->leads()) {
      hands_.crew->send(std::move(bytes));
      return true;
    }
    take_until(place);
    take(place, bytes);
    return status() == done;
  }

  // What other ranks did before this place.
  void take_until(std::size_t place) {
    if (!hands_.takes()) return;
    for (; taken_ < place && status() == done;) {
      const std::size_t from = taken_ % hands_.crew->size();
      take(taken_, hands_.crew->receive(from));
    }
  }

  void take(std::size_t place, const std::string& bytes) {
    taken_ = place + 1;
    // No piece is empty: a rank that merges and has not found its piece says so.
    if (bytes.empty() && place % hands_.crew->size() != 0) ++missing_;
    if (missing_ == 0 && !pieces_.take(wanted_[place], bytes)) {
      end_with(storage_failed,
               fmt::format("piece {} of the {} cannot be read", wanted_[place], pieces_.words));
      hands_.crew->give_up(storage_failed);
    }
    show(taken_);
    if (status() == done && asked_to_stop()) {
      end_with(interrupted);
      hands_.crew->give_up(interrupted);
    }
  }

  void show(std::size_t so_far) {
    if (hands_.progress && hands_.crew->leads()) progress_.show(so_far, wanted_.size());
  }

  void complain_of_missing() {
    if (hands_.crew->leads())
      complain({ErrorCode::not_found, "--merge",
                fmt::format("{} of {} {} are not in the checkpoint, or not whole: run the shares that are "
                            "missing, then merge",
                            missing_.load(), wanted_.size(), pieces_.words)});
    end_with(bad_input);
  }

  const Pieces& pieces_;
  const Hands& hands_;
  const std::vector<std::size_t> wanted_;
  std::atomic<int> status_ = done;
  std::atomic<std::size_t> missing_ = 0;
  std::size_t taken_ = 0;
  Progress progress_;
};

}  // namespace

Status do_pieces(const Pieces& pieces, const Hands& hands) {
  static_cast<void>(asked_to_stop());
  return Work{pieces, hands}.run();
}

}  // namespace evenkeel::app
