// SPDX-License-Identifier: MIT
// A quick look at one text of a JSON or XML body, by its path, without a description.
// Source: docs/design.md, "Typed replies"; RFC 8259; XML 1.0.
// Data flow: a body and a path in, the text out; the body stays unchanged.
#ifndef RESTARTCASTER_READ_AT_HPP
#define RESTARTCASTER_READ_AT_HPP
#pragma once

#include "raw_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// One step of a path: a name or an index.
struct path_step {
    std::string_view name = {};
    std::size_t index = 0;
    bool is_index = false;
};

// Takes the first step of a path: "Name", ".Name" or "[12]". A malformed index is an empty name, which nothing has.
[[nodiscard]] constexpr path_step take_step(std::string_view& path) noexcept {
    path_step step;
    step.is_index = path.front() == '[';
    if (step.is_index || path.front() == '.') path.remove_prefix(1);
    std::size_t size = 0;
    while (size != path.size() && path[size] != '[' && path[size] != ']' && (step.is_index || path[size] != '.'))
        ++size;
    step.name = part(path, 0, size);
    path.remove_prefix(size);
    if (!step.is_index) return step;
    bool closed = !path.empty() && path.front() == ']' && !step.name.empty() && step.name.size() < 10;
    if (closed) path.remove_prefix(1);
    for (char const c : step.name) {
        closed = closed && is_digit(c);
        step.index = step.index * 10 + static_cast<unsigned char>(c - '0');
    }
    if (!closed) step = {};
    return step;
}

// Goes to the value of the member `name` of the object that `token` began. False: there is no such member.
template <class Char>
[[nodiscard]] constexpr bool go_to_member(basic_json_reader<Char>& reader, result<basic_json_token<Char>>& token,
                                          std::string_view name) noexcept {
    if (token->kind != json_kind::object_begin) return false;
    while ((token = reader.next()) && token->kind == json_kind::name) {
        bool const same = token->escaped ? raw_text<Char>{token->text, media_type::json}.same(name) : token->text == name;
        if (same) return (token = reader.next()).has_value();
        (void)reader.skip_value();
    }
    return false;
}
// Goes to an element of the array that `token` began. A value that is no array counts as an array of this value.
template <class Char>
[[nodiscard]] constexpr bool go_to_element(basic_json_reader<Char>& reader, result<basic_json_token<Char>>& token,
                                           std::size_t index) noexcept {
    if (token->kind != json_kind::array_begin) return index == 0;
    while ((token = reader.next()) && token->kind != json_kind::array_end) {
        if (index-- == 0) return true;
        bool const begins = token->kind == json_kind::object_begin || token->kind == json_kind::array_begin;
        if (begins) (void)reader.skip_value();
    }
    return false;
}

template <class Char>
[[nodiscard]] constexpr result<std::string_view> json_at(std::string_view body, std::string_view path,
                                                         std::span<Char> storage) noexcept {
    basic_json_reader<Char> reader(body);
    auto token = reader.next();
    bool found = token.has_value();
    while (found && !path.empty()) {
        path_step const step = take_step(path);
        found = step.is_index ? go_to_element(reader, token, step.index) : go_to_member(reader, token, step.name);
    }
    if (!token) return unexpected(token.error());
    bool const scalar = token->kind == json_kind::string || token->kind == json_kind::number ||
                        token->kind == json_kind::true_value || token->kind == json_kind::false_value;
    if (!found || !scalar) return std::string_view();
    return token->decode(storage);
}

// Goes into the element `name` that follows `index` elements of the same name. False: there is no such element.
template <class Char>
[[nodiscard]] constexpr bool go_to_inner(basic_xml_reader<Char>& reader, result<basic_xml_token<Char>>& token,
                                         std::string_view name, std::size_t index) noexcept {
    while ((token = reader.next()) && token->kind != xml_kind::element_end && token->kind != xml_kind::end) {
        if (token->kind != xml_kind::element_begin) continue;
        if (token->text == name && index-- == 0) return true;
        (void)reader.skip_value();
    }
    return false;
}

template <class Char>
[[nodiscard]] constexpr result<std::string_view> xml_at(std::string_view body, std::string_view path,
                                                        std::span<Char> storage) noexcept {
    basic_xml_reader<Char> reader(body);
    auto token = reader.next(); // the root, which has no step
    bool found = token.has_value();
    while (found && !path.empty()) {
        path_step const step = take_step(path);
        std::string_view rest = path;
        path_step const index = rest.empty() || rest.front() != '[' ? path_step{.is_index = true} : take_step(rest);
        path = rest;
        found = !step.is_index && index.is_index && go_to_inner(reader, token, step.name, index.index);
    }
    if (!token) return unexpected(token.error());
    if (!found) return std::string_view();
    return reader.read_text(storage);
}

} // namespace detail

/// The text at a path of a JSON or XML body, for example at(reply->body, "CasterList.Caster[0].CasterId"). Steps are names
/// and, in brackets, indices from 0 on. In XML the path begins below the root element, and an index counts elements of the
/// same name; without an index, the first element counts. A JSON value that is no array is also element 0 of itself, as in
/// XML. If a name is repeated in a JSON object, the first one counts. A view without data means: there is no text at the path.
/// Requires: a body that is read as it arrived, for example that of a body_reply.
/// Storage: the text points into the body or, if it has escapes or several pieces, into `storage`.
/// Errors: those of json_reader and xml_reader, as far as the body is read; storage_too_small with the bytes needed;
///   body_not_recognised if the body is neither JSON nor XML.
/// Cost: linear in the body up to the text.
template <class Char = char>
[[nodiscard]] constexpr result<std::string_view> at(detail::document body RESTARTCASTER_LIFETIMEBOUND, std::string_view path,
                                                    std::span<Char> storage RESTARTCASTER_LIFETIMEBOUND = {}) noexcept {
    std::string_view trimmed = body;
    if (trimmed.starts_with("\xEF\xBB\xBF"sv)) trimmed.remove_prefix(3);
    detail::trim(trimmed);
    if (trimmed.empty()) return unexpected(failure{.code = errc::body_empty});
    if (trimmed.front() == '<') return detail::xml_at<Char>(body, path, storage);
    if (trimmed.front() == '{' || trimmed.front() == '[') return detail::json_at<Char>(body, path, storage);
    return unexpected(failure{.code = errc::body_not_recognised});
}

}} // namespace restartcaster

#endif
