#include "server/house.hpp"

namespace evenkeel::server {

void House::account_moved(const std::string& name) {
  // Behind one's own change of password, which the sign-in has to hear of first.
  const std::lock_guard over{keeping};
  for (const SignIn& each : sign_ins.of(name)) {
    const auto still = clinic::keep_up(log, each.account);
    if (still || still.error().code == ErrorCode::storage) continue;
    sign_ins.end_id(each.id);
  }
}

}  // namespace evenkeel::server
