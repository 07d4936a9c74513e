#include "config/options.h"

#include <sysexits.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <utility>

#include "config/nearest.h"

namespace meldpunt::config {
namespace {

namespace po = boost::program_options;

const Option* find(Table table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Option::name);
  return found == table.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  // Durations are signed: what fits an int64 fits them all.
  constexpr auto largest = static_cast<std::uint64_t>(INT64_MAX);
  if (error != std::errc() || end != text.data() + text.size() || value > largest) return {};
  return value;
}

bool is_number(Type type) {
  return type == Type::number || type == Type::milliseconds || type == Type::seconds;
}

// Boost gives the name with its dashes in some places and without them in others.
std::string bare(std::string name) {
  name.erase(0, std::min(name.find_first_not_of('-'), name.size()));
  return name.substr(0, name.find('='));
}

}  // namespace

int Problem::exit_code() const {
  switch (fault) {
    case Fault::usage:
      return EX_USAGE;
    case Fault::configuration:
      return EX_CONFIG;
    case Fault::no_file:
      return EX_NOINPUT;
  }
  return EX_SOFTWARE;
}

// Collects what Boost has split, and keeps the rules that Boost does not have.
class Parser {
 public:
  Parser(Table table, Positional positional) : positional_(positional), options_(table) {
    for (const Option& row : table) {
      const std::string name(row.name);
      if (row.type == Type::flag) {
        described_.add_options()(name.c_str(), "");
      } else {
        described_.add_options()(name.c_str(), po::value<std::string>(), "");
      }
    }
  }

  tl::expected<Options, Problem> parse(std::span<const char* const> arguments) {
    read_line({arguments.begin(), arguments.end()});
    if (!problem_ && find(options_.table_, "config") != nullptr && options_.has("config")) {
      read_file(options_.path("config"));
    }
    if (problem_) return tl::unexpected(*problem_);
    return std::move(options_);
  }

 private:
  void read_line(const std::vector<std::string>& words) {
    namespace style = po::command_line_style;
    where_ = Fault::usage;
    split([&] {
      return po::command_line_parser(words)
          .options(described_)
          .style(style::allow_long | style::long_allow_adjacent | style::long_allow_next)
          .run();
    });
  }

  void read_file(const std::filesystem::path& path) {
    where_ = Fault::configuration;
    file_ = path.string();
    std::ifstream in(path);
    if (!in) {
      problem_ = Problem{Fault::no_file, "The file " + file_ + " cannot be read."};
      return;
    }
    line_values_.swap(options_.values_);
    split([&] { return po::basic_parsed_options<char>(po::parse_config_file(in, described_)); });
    for (auto& [name, values] : line_values_) options_.values_[name] = std::move(values);
  }

  template <class Run>
  void split(Run&& run) {
    try {
      const po::parsed_options parsed = run();
      for (const po::option& option : parsed.options) {
        if (!problem_) take(option);
      }
    } catch (const po::unknown_option& error) {
      unknown(bare(error.get_option_name()));
    } catch (const po::invalid_command_line_syntax& error) {
      const bool extra = error.kind() == po::invalid_syntax::extra_parameter;
      blame(bare(error.get_option_name()), extra ? "takes no value" : "needs a value");
    } catch (const po::invalid_syntax& error) {
      problem_ = Problem{where_, "In " + file_ + " every line is NAME = VALUE, unlike \"" +
                                     error.tokens() + "\"."};
    } catch (const po::error& error) {
      problem_ = Problem{where_, std::string(error.what()) + '.'};
    }
  }

  void take(const po::option& option) {
    if (option.string_key.empty()) {
      take_positional(option.value.empty() ? "" : option.value.front());
      return;
    }
    const Option* row = find(options_.table_, option.string_key);
    if (row == nullptr) return unknown(option.string_key);
    if (row->deed && where_ == Fault::configuration) {
      return blame(option.string_key, "is for the command line only");
    }
    const bool bare_flag = row->type == Type::flag && option.value.empty();
    std::string value = bare_flag ? "true" : option.value.empty() ? "" : option.value.front();
    if (const char* wrong = fault_of(*row, value)) return blame(option.string_key, wrong);
    auto& values = options_.values_[option.string_key];
    if (!values.empty() && row->type != Type::list) {
      return blame(option.string_key, "is given twice");
    }
    values.push_back(std::move(value));
  }

  void take_positional(const std::string& word) {
    if (positional_ == Positional::refused) {
      problem_ = Problem{Fault::usage, "\"" + word + "\" is not an option; options start with --."};
      return;
    }
    options_.positional_.push_back(word);
  }

  static const char* fault_of(const Option& row, std::string_view value) {
    if (value.empty()) return "needs a value";
    if (is_number(row.type) && !number_of(value)) return "must be a whole number from 0 on";
    if (row.type == Type::flag && value != "true" && value != "false") {
      return "must be true or false";
    }
    return nullptr;
  }

  [[nodiscard]] std::string named(const std::string& name) const {
    return where_ == Fault::usage ? "--" + name : "\"" + name + "\" in " + file_;
  }

  void blame(const std::string& name, std::string_view what) {
    problem_ = Problem{where_, named(name) + ' ' + std::string(what) + '.'};
  }

  void unknown(const std::string& name) {
    std::vector<std::string_view> names;
    for (const Option& row : options_.table_) names.push_back(row.name);
    std::string sentence = "There is no option " + named(name);
    const auto near = nearest(name, names);
    if (!near.empty()) sentence += "; did you mean " + std::string(near);
    problem_ = Problem{where_, sentence + (near.empty() ? "." : "?")};
  }

  po::options_description described_;
  Positional positional_;
  Options options_;
  std::map<std::string, std::vector<std::string>, std::less<>> line_values_;
  Fault where_ = Fault::usage;
  std::string file_;
  std::optional<Problem> problem_;
};

tl::expected<Options, Problem> parse(Table table, std::span<const char* const> arguments,
                                     Positional positional) {
  return Parser(table, positional).parse(arguments);
}

tl::expected<Options, Problem> parse(Table table, int count, const char* const* arguments,
                                     Positional positional) {
  const std::span<const char* const> words(arguments, static_cast<std::size_t>(count));
  return parse(table, words.subspan(std::min<std::size_t>(1, words.size())), positional);
}

const Option& Options::row(std::string_view name) const {
  if (const Option* found = find(table_, name)) return *found;
  throw std::logic_error("no option " + std::string(name));
}

std::string_view Options::value(std::string_view name) const {
  const Option& option = row(name);
  const auto found = values_.find(name);
  return found == values_.end() ? option.fallback : std::string_view(found->second.back());
}

std::string_view Options::value_of(std::string_view name, Type type) const {
  if (row(name).type != type) throw std::logic_error("another type: " + std::string(name));
  return value(name);
}

bool Options::given(std::string_view name) const { return values_.contains(row(name).name); }

std::string Options::text(std::string_view name) const { return std::string(value(name)); }

std::uint64_t Options::number(std::string_view name) const {
  return number_of(value_of(name, Type::number)).value_or(0);
}

std::chrono::milliseconds Options::milliseconds(std::string_view name) const {
  return std::chrono::milliseconds(number_of(value_of(name, Type::milliseconds)).value_or(0));
}

std::chrono::seconds Options::seconds(std::string_view name) const {
  return std::chrono::seconds(number_of(value_of(name, Type::seconds)).value_or(0));
}

bool Options::flag(std::string_view name) const { return value_of(name, Type::flag) == "true"; }

std::filesystem::path Options::path(std::string_view name) const {
  return {value_of(name, Type::path)};
}

std::vector<std::string> Options::list(std::string_view name) const {
  const std::string_view last = value_of(name, Type::list);
  const auto found = values_.find(name);
  if (found != values_.end()) return found->second;
  return last.empty() ? std::vector<std::string>{} : std::vector{std::string(last)};
}

std::map<std::string, std::string, std::less<>> Options::given_values() const {
  std::map<std::string, std::string, std::less<>> all;
  for (const auto& [name, values] : values_) all.emplace(name, values.back());
  return all;
}

std::string Options::print() const {
  std::string out;
  for (const Option& option : table_) {
    if (option.deed) continue;
    const std::string_view shown = option.secret && has(option.name) ? "<set>" : value(option.name);
    out += std::string(option.name) + " = " + std::string(shown) + '\n';
  }
  return out;
}

}  // namespace meldpunt::config
