#include "pkpd/parallel.hpp"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

#if defined(EVENKEEL_THREADS_CHECKED)
#include <sanitizer/tsan_interface.h>
#endif

namespace evenkeel::pkpd {
namespace {

// Neither oneTBB nor this file is instrumented: ThreadSanitizer must be told that tasks begin after the
// call and end before it returns. What the tasks do it sees.
class Order {
 public:
  void before() { release(&start_); }
  void task_begins() { acquire(&start_); }
  void task_ends() { release(&end_); }
  void after() { acquire(&end_); }

 private:
#if defined(EVENKEEL_THREADS_CHECKED)
  static void release(char* point) {
    __tsan_release(point);
  }
  static void acquire(char* point) {
    __tsan_acquire(point);
  }
#else
  static void release(char*) {}
  static void acquire(char*) {}
#endif
  char start_ = 0;
  char end_ = 0;
};

// More threads than there are would only be refused, with a word on standard error.
tbb::task_arena arena_of(int threads) {
  const auto most =
      static_cast<int>(tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism));
  return tbb::task_arena{threads > 0 ? std::min(threads, most) : tbb::task_arena::automatic};
}

}  // namespace

void in_parallel(int threads, std::size_t count, std::size_t grain, const Task& task) {
  using Range = tbb::blocked_range<std::size_t>;
  tbb::task_arena arena = arena_of(threads);
  Order order;
  order.before();
  arena.execute([&] {
    const auto run = [&](const Range& range) {
      order.task_begins();
      task(range.begin(), range.end());
      order.task_ends();
    };
    tbb::parallel_for(Range{0, count, grain}, run, tbb::simple_partitioner{});
  });
  order.after();
}

void in_order(const InOrder& work) {
  tbb::task_arena arena = arena_of(work.threads);
  Order order;
  std::atomic<bool> stopped = false;
  std::size_t next = 0;
  const auto begin = [&](tbb::flow_control& flow) {
    if (stopped || next == work.count) {
      flow.stop();
      return std::size_t{0};
    }
    return next++;
  };
  const auto make = [&](std::size_t index) {
    order.task_begins();
    if (!stopped) work.make(index);
    order.task_ends();
    return index;
  };
  const auto take = [&](std::size_t index) {
    order.after();
    if (!stopped && !work.take(index)) stopped = true;
    order.before();
  };
  order.before();
  arena.execute([&] {
    using tbb::filter_mode;
    tbb::parallel_pipeline(work.ahead,
                           tbb::make_filter<void, std::size_t>(filter_mode::serial_in_order, begin) &
                               tbb::make_filter<std::size_t, std::size_t>(filter_mode::parallel, make) &
                               tbb::make_filter<std::size_t, void>(filter_mode::serial_in_order, take));
  });
  order.after();
}

}  // namespace evenkeel::pkpd
