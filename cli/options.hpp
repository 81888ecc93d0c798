// SPDX-License-Identifier: MIT
// The options of one command: declared once, for parsing, help, completion and the manual page.
// Source: POSIX.1-2017, "Utility Syntax Guidelines"; options.cpp, which parses by CLI11.
// Data flow: declarations and arguments in, values in the variables of the declarations out.
#ifndef RESTARTCASTER_CLI_OPTIONS_HPP
#define RESTARTCASTER_CLI_OPTIONS_HPP

#include "arguments.hpp"
#include "words.hpp"

#include <functional>
#include <memory>

/// One option or operand for people.
struct option_row {
    /// "connection", and so on; empty for operands and the command's own options.
    std::string group;
    /// "--region"; for operands "CASTER_ID".
    std::string name;
    /// The word for the value, e.g. "R"; empty for a flag and for an operand.
    std::string value;
    /// What it means, in lines of at most 84 characters.
    std::string text;
    /// The words that it takes; empty if it takes other texts.
    std::vector<std::string_view> choices;

    [[nodiscard]] bool is_option() const noexcept { return name.starts_with('-'); }
};

/// A word of a choice and its meaning.
template <class T>
struct word {
    std::string_view text;
    T means;
};

/// Which operands of the command may begin with one `-`.
enum class operand_kind { none, plain, assignments };

/// The outcome of parsing.
enum class parsed { good, help, version, wrong };

/// Storage: keeps references to the variables of the declarations.
class options {
public:
    /// Takes the value; returns the fault in one sentence without the value, or an empty text.
    using reader = std::function<std::string(std::string const& value)>;

    options();
    ~options();
    options(options const&) = delete;
    options& operator=(options const&) = delete;

    /// Begins a group of options.
    void group(std::string_view title) { group_ = title; }
    void flag(std::string_view name, std::string_view text, bool& to);
    void value(std::string_view name, std::string_view value_name, std::string_view text, reader read);
    void operands(std::string_view name, std::string_view text, operand_kind kind, std::vector<std::string>& to);

    /// Words that completion offers for the last declared option.
    void suggest(std::span<std::string_view const> words) { rows_.back().choices.assign(words.begin(), words.end()); }

    /// A text that is not empty.
    void text(std::string_view name, std::string_view value_name, std::string_view about, std::string& to);
    /// Seconds with up to three digits after the point, in milliseconds.
    void seconds(std::string_view name, std::string_view about, std::uint32_t& to_ms);
    /// A whole number from 1 to `most`.
    void whole(std::string_view name, std::string_view about, std::uint16_t most, std::string_view unit, std::uint16_t& to);
    /// One of several words, in any case; `fault` is the sentence about another one.
    template <class T, std::size_t N, class To>
    void choice(std::string_view name, std::string_view value_name, std::string_view about, word<T> const (&words)[N],
                std::string_view fault, To& to) {
        value(name, value_name, about, [&words, fault, &to](std::string const& given) {
            for (word<T> const& known : words)
                if (known.text == lowered(given)) {
                    to = known.means;
                    return std::string();
                }
            return std::string(fault);
        });
        for (word<T> const& known : words) rows_.back().choices.push_back(known.text);
    }

    /// Reads the arguments behind the command. `wrong` describes the fault if the result is parsed::wrong.
    [[nodiscard]] parsed parse(std::string_view command, std::span<std::string_view const> given, usage_error& wrong);

    [[nodiscard]] std::vector<option_row> const& rows() const noexcept { return rows_; }
    [[nodiscard]] option_row const* find(std::string_view name) const noexcept;
    /// Whether `--version` is an option with a value here.
    [[nodiscard]] bool has_own_version() const noexcept { return find("--version") != nullptr; }

private:
    struct parser; // CLI11, which options.cpp alone includes: it takes seconds to compile

    [[nodiscard]] std::string fault_of_extras(std::string_view command, std::vector<std::string> const& extras);
    [[nodiscard]] std::string unknown_option(std::string_view name) const;

    std::unique_ptr<parser> parser_;
    std::vector<option_row> rows_;
    std::string group_;
    std::string fault_;
    operand_kind kind_ = operand_kind::none;
    std::vector<std::string>* operands_ = nullptr;
};

#endif
