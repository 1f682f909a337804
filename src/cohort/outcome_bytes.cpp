#include "cohort/outcome_bytes.hpp"

#include <bit>
#include <cmath>
#include <concepts>
#include <type_traits>

namespace evenkeel::cohort {
namespace {

// A field that is added must be kept as well: then outcome_form rises, and so does this.
static_assert(sizeof(Outcome) == 216, "an Outcome has other fields than those that are kept below");

constexpr std::size_t most_rules = 1000;

class Writer {
 public:
  template <std::unsigned_integral T>
  void value(T number) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
      bytes_.push_back(static_cast<char>((number >> (8 * i)) & 0xffU));
  }
  void value(std::int32_t number) { value(static_cast<std::uint32_t>(number)); }
  void value(double number) { value(std::bit_cast<std::uint64_t>(number)); }
  void value(bool yes) { value(static_cast<std::uint8_t>(yes ? 1 : 0)); }
  template <class T, std::size_t N>
  void value(const std::array<T, N>& all) {
    for (const T& each : all) value(each);
  }
  template <class T>
  void value(const std::vector<T>& all) {
    value(static_cast<std::uint32_t>(all.size()));
    for (const T& each : all) value(each);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// After a fault all values are zero; `ok` says so.
class Source {
 public:
  explicit Source(std::string_view bytes) : left_(bytes) {}

  template <std::unsigned_integral T>
  void value(T& number) {
    number = 0;
    if (left_.size() < sizeof(T)) {
      fail();
      return;
    }
    for (std::size_t i = 0; i < sizeof(T); ++i)
      number = static_cast<T>(number | (static_cast<T>(static_cast<unsigned char>(left_[i])) << (8 * i)));
    left_.remove_prefix(sizeof(T));
  }
  void value(std::int32_t& number) {
    std::uint32_t bits = 0;
    value(bits);
    number = static_cast<std::int32_t>(bits);
  }
  void value(double& number) {
    std::uint64_t bits = 0;
    value(bits);
    number = std::bit_cast<double>(bits);
    if (!std::isfinite(number)) fail();
  }
  void value(bool& yes) {
    std::uint8_t bit = 0;
    value(bit);
    if (bit > 1) fail();
    yes = bit == 1;
  }
  template <class T, std::size_t N>
  void value(std::array<T, N>& all) {
    for (T& each : all) value(each);
  }
  template <class T>
  void value(std::vector<T>& all) {
    std::uint32_t size = 0;
    value(size);
    if (size > most_rules) {
      fail();
      return;
    }
    all.assign(size, T{});
    for (T& each : all) value(each);
  }
  void fail() {
    ok_ = false;
    left_ = {};
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool empty() const { return left_.empty(); }

 private:
  std::string_view left_;
  bool ok_ = true;
};

// Each field once, in this order, in either direction.
template <class Bytes, class Row>
void each_field(Bytes& bytes, Row& row) {
  bytes.value(row.arm);
  bytes.value(row.patient);
  bytes.value(row.behaviour);
  bytes.value(row.weight_kg);
  bytes.value(row.age_years);
  bytes.value(row.sessions);
  bytes.value(row.uses);
  bytes.value(row.clinic_mg);
  bytes.value(row.outside_mg);
  bytes.value(row.peak_ng_mL);
  bytes.value(row.area_mg_h_L);
  bytes.value(row.hours_above_100);
  bytes.value(row.tolerance);
  bytes.value(row.phq9_start);
  bytes.value(row.phq9_end);
  bytes.value(row.visits);
  bytes.value(row.watched_days);
  bytes.value(row.first_at_level);
  bytes.value(row.first_of_rule);
  bytes.value(row.alarms_of_rule);
  bytes.value(row.alarms);
  bytes.value(row.onset);
  bytes.value(row.noticed);
  bytes.value(row.harm);
  bytes.value(row.reviews);
  bytes.value(row.spaced);
  bytes.value(row.stopped);
  bytes.value(row.referred);
}

bool belongs(const Outcome& outcome, const Study& study) {
  return outcome.arm < study.arms.size() && outcome.patient < study.patients &&
         outcome.behaviour < study.behaviours.size();
}

}  // namespace

std::string bytes_of(std::span<const Outcome> outcomes) {
  Writer bytes;
  bytes.value(static_cast<std::uint32_t>(outcomes.size()));
  for (const Outcome& outcome : outcomes) each_field(bytes, outcome);
  return bytes.take();
}

Result<std::vector<Outcome>> outcomes_of(std::string_view bytes, const Study& study) {
  Source source{bytes};
  std::uint32_t count = 0;
  source.value(count);
  std::vector<Outcome> outcomes;
  for (std::uint32_t i = 0; i < count && source.ok(); ++i) {
    Outcome outcome;
    each_field(source, outcome);
    if (!belongs(outcome, study)) source.fail();
    outcomes.push_back(std::move(outcome));
  }
  if (source.ok() && source.empty()) return outcomes;
  return Error{ErrorCode::invalid_input, "outcomes", "bytes that are not those of this study's patients"};
}

}  // namespace evenkeel::cohort
