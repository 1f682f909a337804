#include "pkpd/moiety.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace evenkeel::pkpd {
namespace {

constexpr std::array moieties{
    std::pair{Moiety::unspecified, std::string_view{"unspecified"}},
    std::pair{Moiety::racemic_ketamine, std::string_view{"racemic-ketamine"}},
    std::pair{Moiety::esketamine, std::string_view{"esketamine"}},
    std::pair{Moiety::arketamine, std::string_view{"arketamine"}},
    std::pair{Moiety::norketamine, std::string_view{"norketamine"}},
    std::pair{Moiety::esnorketamine, std::string_view{"esnorketamine"}},
    std::pair{Moiety::eshydroxynorketamine, std::string_view{"eshydroxynorketamine"}},
};
constexpr std::array sites{
    std::pair{SamplingSite::unspecified, std::string_view{"unspecified"}},
    std::pair{SamplingSite::arterial, std::string_view{"arterial"}},
    std::pair{SamplingSite::venous, std::string_view{"venous"}},
};

template <class Rows, class T>
std::string_view text_of(const Rows& rows, T value) {
  return std::ranges::find(rows, value, [](const auto& row) { return row.first; })->second;
}

template <class Rows>
auto value_of(const Rows& rows, std::string_view text) {
  using T = typename Rows::value_type::first_type;
  const auto found = std::ranges::find(rows, text, [](const auto& row) { return row.second; });
  return found == rows.end() ? std::optional<T>{} : std::optional<T>{found->first};
}

}  // namespace

std::optional<Moiety> moiety_from_text(std::string_view text) {
  return value_of(moieties, text);
}
std::string_view moiety_text(Moiety moiety) {
  return text_of(moieties, moiety);
}
std::optional<SamplingSite> site_from_text(std::string_view text) {
  return value_of(sites, text);
}
std::string_view site_text(SamplingSite site) {
  return text_of(sites, site);
}

}  // namespace evenkeel::pkpd
