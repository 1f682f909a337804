// Studies and behaviours. A first byte of 'b' picks behaviours. What is taken keeps its promises: shares add
// up to one, each number lies within its bounds, and people can be drawn.
#include <cmath>

#include "content/behaviour_reader.hpp"
#include "content/study_reader.hpp"
#include "fuzz_target.hpp"

namespace {

using namespace evenkeel;

void explained(const Errors& faults) {
  promise(!faults.empty(), "a refusal has a reason");
  for (const Error& fault : faults) promise(!fault.what.empty(), "every reason has words");
}

template <class Group>
void check(const Group& group, std::span<const cohort::AssumedField<Group>> fields) {
  for (const auto& field : fields) {
    const cohort::Assumed& number = group.*field.field;
    promise(field.least <= number.low && number.low <= number.value, "a value is not below its low end");
    promise(number.value <= number.high && number.high <= field.most, "a value is not above its high end");
  }
}

// One behaviour that studies may name.
cohort::Behaviour known() {
  cohort::Behaviour behaviour;
  behaviour.id = "adherent";
  return behaviour;
}

void check_study(std::string_view text) {
  static const cohort::Behaviour behaviour = known();
  const auto study = content::read_study(text, {{&behaviour, 1}, {}});
  if (!study) return explained(study.error());
  double sum = 0.0;
  for (const cohort::Share& share : study->mix) sum += share.share;
  promise(std::abs(sum - 1.0) < 1e-6, "shares add up to one");
  promise(study->mix.size() == study->behaviours.size(), "each share has its behaviour");
  promise(!study->arms.empty() && study->patients > 0 && study->weeks > 0, "there is something to run");
  promise(pkpd::MemberSampler::make(study->people).has_value(), "people can be drawn");
  check(study->nature, cohort::nature_fields());
}

void check_behaviour(std::string_view text) {
  const auto behaviour = content::read_behaviour(text);
  if (!behaviour) return explained(behaviour.error());
  promise((behaviour->truth == cohort::Truth::sign) == !behaviour->expected.empty(),
          "signs name their rules");
  check(behaviour->drives, cohort::drive_fields());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = as_text(data + 1, size - 1);
  if (data[0] == 'b')
    check_behaviour(text);
  else
    check_study(text);
  return 0;
}
