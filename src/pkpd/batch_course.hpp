// Eight subjects through one plan: the kernels behind batch.hpp.
//
// Two roads, chosen for each group of eight. Modal: a mammillary system dosed and read in its central
// compartment,  C(t) = sum_j g_j exp(-l_j t) after a unit bolus, one multiplication and addition for
// each mode and moment. Propagator: every other system, one matrix product for each moment.
// Vectors chosen when the program runs (lanes.hpp). Not for sharing between threads.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <vector>

#include "pkpd/batch_plan.hpp"
#include "pkpd/zero_pattern.hpp"

namespace evenkeel::pkpd {

inline constexpr std::size_t lanes = 8;  // subjects in a group; a number of a group is double[lanes]

template <class T>
struct CacheAligned {
  using value_type = T;
  static constexpr std::align_val_t line{64};
  CacheAligned() = default;
  template <class U>
  explicit CacheAligned(const CacheAligned<U>& /*other*/) {}
  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), line)); }
  void deallocate(T* memory, std::size_t /*count*/) { ::operator delete(memory, line); }
  bool operator==(const CacheAligned&) const { return true; }
};
using LaneNumbers = std::vector<double, CacheAligned<double>>;

// The systems of eight subjects, lane by lane. All finite, rates beside the diagonal not negative,
// volumes above zero (checked where they are filled).
struct GroupSystems {
  std::size_t compartments = 0;
  std::vector<std::size_t> outputs;  // the compartment of each
  LaneNumbers rates;                 // K, 1/h: [row][column][lane]
  LaneNumbers volumes_L;             // [output][lane]
  LaneNumbers scale;                 // what a dose is multiplied with: [compartment][lane]

  [[nodiscard]] const double* rate(std::size_t row, std::size_t column) const {
    return &rates[(row * compartments + column) * lanes];
  }
};

// Which moments are shown: the rows alone, or the silent ones too, and the areas at the end.
enum class Shown : std::uint8_t { rows, all };

// Takes the course of one group after another as it is computed, a tile of moments at a time:
// [moment][output][lane], mg/L.
class TileSink {
 public:
  virtual ~TileSink() = default;
  virtual void begin(std::size_t group) = 0;
  virtual void take(const double* tile, std::size_t first, std::size_t moments) = 0;
  // `areas`, where all is shown: [output][lane], mg h/L, from the plan's start to its end.
  virtual void end(const double* areas) = 0;
};

// Where a kernel puts moments: a buffer that stays in the first cache, emptied into the sink.
class TileWriter {
 public:
  TileWriter(std::size_t outputs, Shown shown, TileSink& sink);

  [[nodiscard]] bool shows(Moment moment) const {
    return moment == Moment::read_out || (moment == Moment::silent && shown_ == Shown::all);
  }
  [[nodiscard]] bool wants_areas() const { return shown_ == Shown::all; }
  // Room for one to `wanted` moments, to be written and then counted.
  [[nodiscard]] std::span<double> room(std::size_t wanted);
  void count(std::size_t moments) { filled_ += moments; }
  void end(const double* areas);

 private:
  void empty();

  std::size_t moment_doubles_;
  Shown shown_;
  TileSink* sink_;
  LaneNumbers tile_;
  std::size_t first_ = 0;
  std::size_t filled_ = 0;
};

// What a kernel needs while it follows a group; kept from group to group, so that nothing is allocated.
struct ModalWork {
  LaneNumbers decay;  // l_j, 1/h: [mode][lane]
  LaneNumbers gain;   // g_j, 1/L
  LaneNumbers left;   // of each even length: e^(-l_j h)
  LaneNumbers fed;    // and what a unit rate over it leads to, h/L
};

// Order of the extended states: compartments, areas, inputs, what left the body.
struct States {
  std::size_t compartments = 0;
  std::size_t areas = 0;
  std::size_t inputs = 0;
  [[nodiscard]] std::size_t area(std::size_t output) const { return compartments + output; }
  [[nodiscard]] std::size_t input(std::size_t i) const { return compartments + areas + i; }
  [[nodiscard]] std::size_t moving() const { return compartments + areas; }  // the others are not followed
  [[nodiscard]] std::size_t outside() const { return compartments + areas + inputs; }
  [[nodiscard]] std::size_t all() const { return outside() + 1; }
};
struct PropagatorWork {
  ZeroPattern pattern;      // of the states below; made anew where a group's differs from the last
  LaneNumbers system;       // the extended system over its pattern, shifted: [entry][lane]
  LaneNumbers shift;        // by which its diagonal was raised, 1/h: [lane]
  LaneNumbers norm;         // its largest column sum, 1/h
  LaneNumbers unit;         // 1/h, the scale of inputs and areas
  LaneNumbers keeps_mass;   // 1 where no flow makes drug, else 0
  LaneNumbers propagators;  // of each even length: [length][entry][lane]
  LaneNumbers single;       // of an uneven one
  LaneNumbers ladder;       // or of twice as long steps each: [rung][entry][lane]
  LaneNumbers term;
  LaneNumbers product;
  LaneNumbers state;  // mg: [state][lane]
  LaneNumbers next;
};

// True when the road is open: every lane a mammillary system of at most four compartments that
// eliminates, dosed and read in the first compartment alone.
[[nodiscard]] bool modal_serves(const GroupSystems& systems, const BatchPlan& plan);

void follow_modal(const GroupSystems& systems, const BatchPlan& plan, ModalWork& work, TileWriter& out);

// Any compartment system. The state is extended by the integral of what each output is read from (where
// areas are wanted), by each infused input and by what left the body:
//   d/dt (A, I, u, O) = (K A + unit u, unit A, 0, losses A)       u = input / unit
// The exponential is that of propagate.hpp, in all lanes at once and only where it is not zero.
void follow_propagator(const GroupSystems& systems, const BatchPlan& plan, PropagatorWork& work,
                       TileWriter& out);

}  // namespace evenkeel::pkpd
