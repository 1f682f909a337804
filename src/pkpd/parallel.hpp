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

}  // namespace evenkeel::pkpd
