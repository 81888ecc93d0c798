// SPDX-License-Identifier: MIT
// A request as a server has it: text that arrived, decoded parameters, no trust in any of it.
// Source: RFC 9110 section 5 (fields); RFC 3986 section 3.4 (query); the HTML standard (forms).
// Data flow: the bytes of a request in; header fields and a table of decoded parameters out.
#ifndef RESTARTCASTER_TESTING_ARRIVED_REQUEST_HPP
#define RESTARTCASTER_TESTING_ARRIVED_REQUEST_HPP
#pragma once

#include "../encode/percent_decode.hpp"

#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// A text of a request that may be absent; an absent text is empty.
struct sent_text {
    /// The text.
    std::string_view text = {};
    /// Whether the request has it.
    bool sent = false;
};

/// A request as it arrived at a server.
/// Storage: views of the server's bytes.
struct arrived_request {
    /// The method, and the target of the request line: a path with or without a query.
    std::string_view method;
    std::string_view target;
    /// The header fields, as lines "Name: value" CRLF.
    std::string_view headers;
    /// The body.
    std::string_view body = {};
    /// The value of Host, if it is not one of the lines in `headers`.
    std::string_view host = {};

    /// The part of the target before the first '?'.
    [[nodiscard]] std::string_view path() const noexcept {
        return detail::part(target, 0, target.find('?'));
    }
    /// The part of the target after the first '?'.
    [[nodiscard]] std::string_view query() const noexcept {
        auto const mark = target.find('?');
        return mark == target.npos ? std::string_view() : detail::part(target, mark + 1);
    }

    /// Calls visit(name, value) for each header field; blanks around the value are removed.
    template <class Visit>
    void each_header(Visit const& visit) const {
        if (!host.empty()) visit(std::string_view("host"), host);
        for (std::string_view rest = headers; !rest.empty();) {
            auto const end = rest.find('\n');
            std::string_view line = detail::part(rest, 0, end);
            rest = end == rest.npos ? std::string_view() : detail::part(rest, end + 1);
            auto const colon = line.find(':');
            if (colon == line.npos) continue;
            std::string_view value = detail::part(line, colon + 1);
            while (!value.empty() && is_blank_around(value.front())) value.remove_prefix(1);
            while (!value.empty() && is_blank_around(value.back())) value.remove_suffix(1);
            visit(detail::part(line, 0, colon), value);
        }
    }

    /// The first header field with this name, in any case of its letters.
    [[nodiscard]] sent_text header(std::string_view name) const noexcept {
        sent_text found;
        each_header([&](std::string_view given, std::string_view value) {
            if (!found.sent && detail::equal_ignoring_case(given, name)) found = {value, true};
        });
        return found;
    }

private:
    [[nodiscard]] static bool is_blank_around(char c) noexcept { return c == ' ' || c == '\t' || c == '\r'; }
};

}

namespace detail {

/// A decoded parameter.
struct arrived_parameter {
    std::string_view name, value;
};

/// Why parameters cannot be used.
enum class parameter_fault : std::uint8_t { none, not_decodable, too_many, too_long };

/// The decoded parameters of one request, in the order of the wire until they are sorted.
/// Storage: names and values are in the bytes given to the constructor.
class arrived_parameters {
public:
    arrived_parameters(std::span<arrived_parameter> table, std::span<char> bytes) noexcept : table_(table), bytes_(bytes) {}

    /// Decodes the pairs of a query or a form and adds them; the first fault stays.
    void add_pairs(std::string_view text) noexcept {
        while (!text.empty() && fault_ == parameter_fault::none) {
            auto const end = text.find('&');
            std::string_view const pair = part(text, 0, end);
            text = end == text.npos ? std::string_view() : part(text, end + 1);
            if (pair.empty()) continue;
            auto const equals = pair.find('=');
            std::string_view const name = decoded(part(pair, 0, equals));
            std::string_view const value = equals == pair.npos ? std::string_view() : decoded(part(pair, equals + 1));
            if (fault_ == parameter_fault::none && size_ == table_.size()) fault_ = parameter_fault::too_many;
            if (fault_ == parameter_fault::none) table_[size_++] = {name, value};
        }
    }

    [[nodiscard]] parameter_fault fault() const noexcept { return fault_; }
    [[nodiscard]] std::span<arrived_parameter> all() const noexcept { return table_.first(size_); }

    /// The parameter with this name; the last one if several have it.
    [[nodiscard]] testing::sent_text find(std::string_view name) const noexcept {
        for (std::size_t at = size_; at-- != 0;)
            if (table_[at].name == name) return {table_[at].value, true};
        return {};
    }

    /// The name that most parameters have, if that is more than one; the earliest of several such names.
    [[nodiscard]] testing::sent_text name_given_twice() const noexcept {
        std::size_t most = 1;
        testing::sent_text found;
        for (arrived_parameter const& each : all()) {
            std::size_t count = 0;
            for (arrived_parameter const& other : all()) count += other.name == each.name ? 1 : 0;
            if (count <= most) continue;
            most = count;
            found = {each.name, true};
        }
        return found;
    }

private:
    [[nodiscard]] std::string_view decoded(std::string_view text) noexcept {
        auto const done = percent_decode(text, bytes_, plus_sign::space);
        if (!done) {
            bool const too_small = done.error().code == errc::storage_too_small;
            fault_ = too_small ? parameter_fault::too_long : parameter_fault::not_decodable;
            return {};
        }
        bytes_ = bytes_.subspan(done->size());
        return *done;
    }

    std::span<arrived_parameter> table_;
    std::span<char> bytes_;
    std::size_t size_ = 0;
    parameter_fault fault_ = parameter_fault::none;
};

/// Sorts by name, byte by byte.
inline void sort_parameters(std::span<arrived_parameter> all) noexcept {
    for (std::size_t next = 1; next < all.size(); ++next) {
        arrived_parameter const moved = all[next];
        std::size_t at = next;
        for (; at != 0 && moved.name < all[at - 1].name; --at) all[at] = all[at - 1];
        all[at] = moved;
    }
}

} // namespace detail

}} // namespace restartcaster

#endif
