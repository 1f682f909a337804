// Numbers below the smallest normal one (2e-308) as zero, for as long as this object lives.
//
// The fast modes of a course die out between doses and would go on as denormal numbers, which cost a
// processor a hundred times the time of others. Of this thread only; what was set before comes back.
#pragma once

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace evenkeel::pkpd {

class FlushToZero {
 public:
  FlushToZero() {
#if defined(__SSE2__)
    before_ = _mm_getcsr();
    constexpr unsigned flush_results = 0x8000;
    constexpr unsigned denormals_are_zeros = 0x0040;
    _mm_setcsr(before_ | flush_results | denormals_are_zeros);
#endif
  }
  ~FlushToZero() {
#if defined(__SSE2__)
    _mm_setcsr(before_);
#endif
  }
  FlushToZero(const FlushToZero&) = delete;
  FlushToZero& operator=(const FlushToZero&) = delete;

 private:
  [[maybe_unused]] unsigned before_ = 0;
};

}  // namespace evenkeel::pkpd
