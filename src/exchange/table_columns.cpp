#include "exchange/table_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/overloaded.hpp"

namespace evenkeel::exchange {
namespace {

using pkpd::Carried;
using pkpd::Covariate;

constexpr std::pair<std::string_view, Item> item_names[] = {
    {"ID", Item::id},     {"TIME", Item::time}, {"DATE", Item::date}, {"DAT1", Item::date},
    {"DAT2", Item::date}, {"DAT3", Item::date}, {"AMT", Item::amt},   {"RATE", Item::rate},
    {"EVID", Item::evid}, {"CMT", Item::cmt},   {"ADDL", Item::addl}, {"II", Item::ii},
    {"SS", Item::ss},     {"DV", Item::dv},     {"MDV", Item::mdv},   {"OCC", Item::occ},
    {"C", Item::comment}};
constexpr std::pair<std::string_view, DateOrder> date_orders[] = {{"DATE", DateOrder::month_day_year},
                                                                  {"DAT1", DateOrder::day_month_year},
                                                                  {"DAT2", DateOrder::year_month_day},
                                                                  {"DAT3", DateOrder::year_day_month}};
// The first name of a covariate is the one it is written with.
constexpr std::pair<std::string_view, Covariate> covariate_names[] = {{"WT", Covariate::weight},
                                                                      {"WEIGHT", Covariate::weight},
                                                                      {"AGE", Covariate::age},
                                                                      {"ASIAN", Covariate::asian},
                                                                      {"JAPANESE", Covariate::japanese}};

std::string upper(std::string_view text) {
  std::string raised{text};
  for (char& c : raised) {
    if ('a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return raised;
}

template <class T, std::size_t N>
std::optional<T> found(const std::pair<std::string_view, T> (&names)[N], std::string_view name) {
  for (const auto& [text, value] : names) {
    if (text == name) return value;
  }
  return std::nullopt;
}

Error refuse(std::string what) {
  return {ErrorCode::invalid_input, "", std::move(what)};
}

class HeadingReader {
 public:
  HeadingReader(const pkpd::Model& model, Columns& columns) : model_(model), columns_(columns) {
    leaves_parameters_ =
        std::ranges::any_of(model.parameters, [](const auto& each) { return !each.value.has_value(); });
  }

  std::optional<Error> add(std::string_view written) {
    const std::size_t column = columns_.names.size();
    columns_.names.emplace_back(written);
    const std::string name = upper(written);
    if (const auto item = found(item_names, name)) {
      if (columns_.of(*item)) return twice(*columns_.of(*item));
      columns_.items[static_cast<std::size_t>(*item)] = column;
      if (*item == Item::date) columns_.dates = found(date_orders, name);
      return std::nullopt;
    }
    const auto signal = signal_named(name);
    if (!signal) {
      columns_.ignored.emplace_back(written);
      return std::nullopt;
    }
    for (std::size_t s = 0; s < columns_.signals.size(); ++s) {
      if (columns_.signals[s].of == signal->of) return twice(columns_.signal_columns[s]);
    }
    columns_.signals.push_back(*signal);
    columns_.signal_columns.push_back(column);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Error> carry(const std::string& written, Carried carried) {
    const auto named = signal_named(upper(written));
    const auto place =
        named ? std::ranges::find(columns_.signals, named->of, &pkpd::Signal::of) : columns_.signals.end();
    if (place == columns_.signals.end())
      return refuse(
          fmt::format("'{}' is to be carried, and no column of that name holds a covariate or a "
                      "parameter",
                      shown(written)));
    const auto* covariate = std::get_if<Covariate>(&place->of);
    const bool group =
        covariate != nullptr && (*covariate == Covariate::asian || *covariate == Covariate::japanese);
    if (group && carried == Carried::linear)
      return refuse(fmt::format("{} is 0 or 1 and cannot be carried linearly", shown(written)));
    place->carried = carried;
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<pkpd::Signal> signal_named(const std::string& name) const {
    if (const auto covariate = found(covariate_names, name)) return pkpd::Signal{*covariate};
    if (!leaves_parameters_) return std::nullopt;
    const std::string full = name.starts_with("LAG") ? "A" + name : name;
    for (std::size_t i = 0; i < model_.parameters.size(); ++i) {
      const std::string parameter = upper(model_.parameters[i].name);
      if (parameter == name || parameter == full) return pkpd::Signal{i};
    }
    return std::nullopt;
  }

  [[nodiscard]] Error twice(std::size_t before) const {
    return refuse(fmt::format("the columns {} and {} ('{}', '{}') mean the same", before + 1,
                              columns_.names.size(), shown(columns_.names[before]),
                              shown(columns_.names.back())));
  }

  const pkpd::Model& model_;
  Columns& columns_;
  bool leaves_parameters_ = false;
};

}  // namespace

Result<Columns> columns_in(std::string_view heading, const pkpd::Structure& structure,
                           const CarriedByName& carried) {
  Columns columns;
  columns.separator = separator_in(heading);
  Fields fields;
  if (auto error = fields.split(heading, columns.separator)) return *std::move(error);
  HeadingReader reader{structure.model(), columns};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (auto error = reader.add(fields[i])) return *std::move(error);
  }
  for (const auto& [item, name] : {std::pair{Item::id, "ID"}, std::pair{Item::time, "TIME"}}) {
    if (columns.of(item)) continue;
    return refuse(fmt::format("no column {}: the first line names the columns, and '{}' is what it says",
                              name, shown(heading)));
  }
  for (const auto& [name, how] : carried) {
    if (auto error = reader.carry(name, how)) return *std::move(error);
  }
  return columns;
}

std::string signal_name(const pkpd::Signal& signal, const pkpd::Model& model) {
  return std::visit(
      Overloaded{[](Covariate covariate) {
                   return std::string(std::ranges::find(covariate_names, covariate,
                                                        &std::pair<std::string_view, Covariate>::second)
                                          ->first);
                 },
                 [&](std::size_t parameter) { return model.parameters[parameter].name; }},
      signal.of);
}

}  // namespace evenkeel::exchange
