// A place to compute a password's hash, which takes 64 MiB and some 75 ms: two at a time, and four that wait,
// however many try. Who finds no place is told at once to come back, so that sign-ins never hold every
// worker. Who also takes House::keeping takes the place first: in the other order two would wait for each
// other.
#pragma once

#include "server/house.hpp"

namespace evenkeel::server {

class HashingPlace {
 public:
  explicit HashingPlace(House& house) : house_(house), mine_(house.at_hashing.try_acquire()) {
    if (mine_) house_.hashing.acquire();
  }
  ~HashingPlace() {
    if (!mine_) return;
    house_.hashing.release();
    house_.at_hashing.release();
  }
  HashingPlace(const HashingPlace&) = delete;
  HashingPlace& operator=(const HashingPlace&) = delete;

  explicit operator bool() const { return mine_; }

 private:
  House& house_;
  bool mine_;
};

// Where there is none.
[[nodiscard]] inline Response too_many_hashes() {
  return problem(Problem{503, "busy", "Too many are signing in", "try again in a few seconds", ""});
}

}  // namespace evenkeel::server
