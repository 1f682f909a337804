// Work shared out over threads as they become free. What a task writes is seen by whoever called once all
// are done; tasks share nothing else.
#pragma once

#include <cstddef>
#include <functional>

namespace evenkeel::pkpd {

using Task = std::function<void(std::size_t from, std::size_t to)>;

// `task` for the blocks of [0, count), each of at most `grain`, on `threads` threads (0: one for each
// processor; never more than the machine has). In no order.
void in_parallel(int threads, std::size_t count, std::size_t grain, const Task& task);

// Work that is taken over in order: `make` for 0, 1, ... count - 1 on several threads at once, `take` for the
// same in rising order, one at a time. At most `ahead` pieces are made and not yet taken, so memory for
// `ahead` is enough: no two of those share their index modulo `ahead`. `take` returns false to stop: what has
// begun is finished, and no longer taken.
struct InOrder {
  int threads = 0;  // as above
  std::size_t count = 0;
  std::size_t ahead = 1;  // > 0
  std::function<void(std::size_t)> make;
  std::function<bool(std::size_t)> take;
};
void in_order(const InOrder& work);

}  // namespace evenkeel::pkpd
