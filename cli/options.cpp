// SPDX-License-Identifier: MIT
// Parses the options of a command by CLI11, and makes messages that repeat no value.
// Source: options.hpp; CLI11 2.1 or later.
// Data flow: arguments -> CLI11 -> the readers of the declarations; its exceptions -> usage errors.
//
// CLI11 alone would lose what the client promises, so this file adds: `--name=` is an empty value and does not take the
// next argument; an option behind an option is no value; `-hello=1` is a parameter and not -h; and no message holds a value.
// Operands are what CLI11 leaves over: its own would take a studio "[a,b]" for two.
#include "options.hpp"

#include <CLI/CLI.hpp>

struct options::parser {
    CLI::App app;
    bool help = false;
    bool version = false;
};

options::options() : parser_(std::make_unique<parser>()) {
    CLI::App& app = parser_->app;
    app.set_help_flag();
    app.allow_extras();
    app.allow_windows_style_options(false);
    app.add_flag("--help", parser_->help)->disable_flag_override();
}

options::~options() = default;

void options::flag(std::string_view name, std::string_view text, bool& to) {
    parser_->app.add_flag(std::string(name), to)->disable_flag_override();
    rows_.push_back({group_, std::string(name), {}, std::string(text), {}});
}

void options::value(std::string_view name, std::string_view value_name, std::string_view text, reader read) {
    std::string const called(name);
    parser_->app.add_option_function<std::string>(called, [this, called, read](std::string const& given) {
        fault_ = given.starts_with("--") ? called + " needs a value" : read(given);
        if (!fault_.empty()) throw CLI::ValidationError(fault_);
    });
    rows_.push_back({group_, called, std::string(value_name), std::string(text), {}});
}

void options::operands(std::string_view name, std::string_view text, operand_kind kind, std::vector<std::string>& to) {
    kind_ = kind;
    operands_ = &to;
    rows_.push_back({group_, std::string(name), {}, std::string(text), {}});
}

void options::text(std::string_view name, std::string_view value_name, std::string_view about, std::string& to) {
    value(name, value_name, about, [called = std::string(name), &to](std::string const& given) {
        to = given;
        return given.empty() ? called + " has an empty value" : std::string();
    });
}

void options::seconds(std::string_view name, std::string_view about, std::uint32_t& to_ms) {
    value(name, "SECONDS", about, [called = std::string(name), &to_ms](std::string const& given) {
        auto const milliseconds = milliseconds_of(given);
        to_ms = milliseconds.value_or(to_ms);
        return milliseconds ? std::string() : called + " takes seconds, more than 0 and at most 86400";
    });
}

void options::whole(std::string_view name, std::string_view about, std::uint16_t most, std::string_view unit,
                    std::uint16_t& to) {
    value(name, "N", about, [called = std::string(name), most, unit, &to](std::string const& given) {
        auto const number = count_of(given, most);
        to = number.value_or(to);
        return number ? std::string() : called + " takes " + std::string(unit) + "a whole number from 1 to " + std::to_string(most);
    });
}

option_row const* options::find(std::string_view name) const noexcept {
    for (option_row const& row : rows_)
        if (row.is_option() && row.name == name) return &row;
    return nullptr;
}

namespace {

/// The arguments in the order of CLI11, the last one first.
std::vector<std::string> for_cli11(std::span<std::string_view const> given) {
    std::vector<std::string> out;
    for (std::string_view const text : given) {
        bool const empty_value = text.starts_with("--") && text.size() > 3 && text.find('=') == text.size() - 1;
        out.emplace_back(empty_value ? text.substr(0, text.size() - 1) : text);
        if (empty_value) out.emplace_back();
    }
    std::ranges::reverse(out);
    return out;
}

/// The option that an exception of CLI11 names: "--region: 1 required", "json was given a disallowed flag override".
std::string named_by(CLI::ParseError const& fault) {
    std::string_view const text = fault.what();
    std::string const name(text.substr(0, text.find_first_of(": ")));
    return name.starts_with('-') ? name : "--" + name;
}

} // namespace

std::string options::unknown_option(std::string_view name) const {
    if (sounds_secret(name)) return no_secret_option;
    std::vector<std::string_view> names;
    for (option_row const& row : rows_)
        if (row.is_option()) names.push_back(row.name);
    return unknown(name, names, std::string(name) + " is not known here", "an option is not known here");
}

/// The fault of the arguments that no option took; the others are operands.
std::string options::fault_of_extras(std::string_view command, std::vector<std::string> const& extras) {
    for (std::string const& extra : extras) {
        std::string_view const name = std::string_view(extra).substr(0, extra.find('='));
        bool const parameter = kind_ == operand_kind::assignments && !extra.starts_with("--") && name.size() < extra.size();
        bool const operand = !extra.starts_with('-') || extra == "-";
        if (operand && kind_ == operand_kind::none) return std::string(command) + " takes options only";
        if (operand)
            operands_->push_back(extra);
        else if (extra == "-h")
            parser_->help = true;
        else if (extra == "-V")
            parser_->version = true;
        else if (parameter && !sounds_secret(name))
            operands_->push_back(extra);
        else
            return unknown_option(name);
    }
    return {};
}

parsed options::parse(std::string_view command, std::span<std::string_view const> given, usage_error& wrong) {
    CLI::App& app = parser_->app;
    if (!has_own_version()) app.add_flag("--version", parser_->version)->disable_flag_override();
    auto const behind = std::ranges::find(given, "--");
    std::string fault;
    try {
        app.parse(for_cli11({given.begin(), behind}));
    } catch (CLI::ArgumentMismatch const& mismatch) {
        std::string const name = named_by(mismatch);
        option_row const* const row = find(name);
        fault = name;
        if (row == nullptr || row->value.empty())
            fault += " takes no value";
        else
            fault += app.get_option(name)->count() > 1 ? " is given twice" : " needs a value";
    } catch (CLI::ParseError const&) {
        fault = fault_.empty() ? "the arguments make no sense" : fault_;
    }
    std::string extra = fault_of_extras(command, app.remaining());
    for (auto at = behind; at != given.end() && ++at != given.end();) {
        if (kind_ == operand_kind::none) extra = std::string(command) + " takes options only";
        else operands_->emplace_back(*at);
    }
    if (parser_->help || app.count("--help") != 0) return parsed::help;
    if (parser_->version || (!has_own_version() && app.count("--version") != 0)) return parsed::version;
    wrong.text = extra.empty() ? fault : extra;
    return wrong.text.empty() ? parsed::good : parsed::wrong;
}
