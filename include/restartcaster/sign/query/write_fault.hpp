// SPDX-License-Identifier: MIT
// Keeps the first fault of a key or a request, and ignores later faults.
// Source: docs/design.md, "Errors".
// Data flow: names and values in; a failure with the name of the wrong value out.
#ifndef RESTARTCASTER_SIGN_QUERY_WRITE_FAULT_HPP
#define RESTARTCASTER_SIGN_QUERY_WRITE_FAULT_HPP
#pragma once

#include "../../core/text.hpp"
#include "../../encode/percent.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What the text of a described parameter may contain.
enum class value_rule : std::uint8_t {
    /// An identifier: an id, a region, a word or a time. The rules of check_identifier hold.
    identifier,
    /// Any UTF-8 text that is not empty, such as a name for people or a JSON document.
    any_text,
};

namespace detail {

/// The first fault of a key or of a request that is being written.
class write_fault {
public:
    /// Records a fault, unless there is one already. `subject` is the name of the wrong value; `detail` is stored in
    /// failure::detail.
    template <class Code>
    RESTARTCASTER_THIN constexpr void refuse(Code code, std::string_view subject) noexcept {
        refuse(code, subject.data(), subject.size());
    }
    template <class Code>
    RESTARTCASTER_COLD constexpr void refuse(Code code, std::string_view subject, std::size_t detail) noexcept {
        if (!good()) return;
        refuse(code, subject);
        reason_.detail = detail;
    }
    /// Refuses a value that is not an identifier. Most values contain unreserved bytes only and need no slow test.
    constexpr void examine(std::string_view name, std::string_view value) noexcept {
#if !RESTARTCASTER_SMALL
        if (!value.empty() && unreserved_prefix(value) == value.size()) [[likely]]
            return;
#endif
        look_at(name, value);
    }
    /// Refuses a value that breaks the rule. The slow test, byte by byte.
    RESTARTCASTER_COLD constexpr void look_at(std::string_view name, std::string_view value,
                                              identifier_rule rule = identifier_rule::any) noexcept {
        if (!good()) return;
        reason_.subject = name;
        find_fault<closely_while_signing>(reason_, value.data(), value.size(), rule);
    }
    /// Refuses a value that breaks the rule of a described parameter.
    template <value_rule Rule>
    constexpr void look_at(std::string_view name, std::string_view value) noexcept {
        if constexpr (Rule == value_rule::identifier)
            look_at(name, value);
        else if (value.empty())
            refuse(errc::parameter_missing, name);
        else if (!is_utf8(value))
            refuse(errc::parameter_not_utf8, name);
    }
    /// Records the index of the list element that caused the fault. The innermost element counts.
    constexpr void set_element(std::size_t index) noexcept {
        if (reason_.element == 0) reason_.element = static_cast<std::uint16_t>(index);
    }
    [[nodiscard]] constexpr bool good() const noexcept {
        return static_cast<int>(reason_.code) == static_cast<int>(no_fault);
    }
    [[nodiscard]] constexpr failure const& reason() const noexcept { return reason_; }

private:
    // Has no parameter `detail`, so that all arguments fit into registers.
    template <class Code>
    RESTARTCASTER_COLD RESTARTCASTER_ONCE constexpr void refuse(Code code, char const* subject,
                                                                std::size_t size) noexcept {
        if (!good()) return;
        reason_.code = code;
        reason_.subject = text_at(subject, size);
    }

    failure reason_{.code = no_fault};
};

} // namespace detail

}} // namespace restartcaster

#endif
