// One visitor from several lambdas, for std::visit over a closed set.
#pragma once

namespace evenkeel {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

}  // namespace evenkeel
