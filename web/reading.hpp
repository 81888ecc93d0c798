// SPDX-License-Identifier: MIT
// A pasted answer as the typed reply of its operation, or as the error that the library makes of it.
// Source: docs/design.md, "Typed replies" and "Errors".
// Data flow: the name of an action and an answer -> read_reply of the operation with this name -> fields in JSON.
#ifndef RESTARTCASTER_WEB_READING_HPP
#define RESTARTCASTER_WEB_READING_HPP

#include "call.hpp"

#include "operations.hpp" // by tools/page: operation_list<...> with every typed operation

namespace page {

template <class T>
void write_field(json_writer& out, rc::list<T> const& all) noexcept;

inline void write_field(json_writer& out, std::string_view text) noexcept {
    if (text.data() == nullptr)
        out.null();
    else
        out.value(text);
}
template <class Number>
    requires std::same_as<Number, rc::number> || std::same_as<Number, rc::boolean>
void write_field(json_writer& out, Number const& number) noexcept {
    if (number.has_value())
        out.value(number.value());
    else
        out.null();
}
template <class Record>
    requires requires { Record::fields; }
void write_field(json_writer& out, Record const& record) noexcept {
    out.begin('{');
    rc::for_each_field(record, [&out](std::string_view name, auto const& member, bool secret) {
        out.name(name);
        if (secret)
            out.value("(a secret, left out)"sv);
        else
            write_field(out, member);
    });
    out.end('}');
}
template <class T>
void write_field(json_writer& out, rc::list<T> const& all) noexcept {
    out.begin('[');
    for (auto const& one : all) write_field(out, one);
    out.end(']');
}
inline void write_field(json_writer& out, rc::request_id_reply const& reply) noexcept {
    out.begin('{');
    out.member("RequestId", reply.request_id);
    out.end('}');
}
inline void write_field(json_writer& out, rc::body_reply const& reply) noexcept {
    out.begin('{');
    out.member("RequestId", reply.request_id);
    out.member("body", std::string_view(reply.body.data(), reply.body.size()));
    out.end('}');
}

inline void write_error(json_writer& out, rc::error const& e) noexcept {
    char room[2048];
    rc::buffer_sink sentence(room);
    rc::describe(sentence, e);
    out.name("error");
    out.begin('{');
    out.member("sentence", sentence.fits() ? sentence.written() : rc::name(e.kind));
    out.member("kind", rc::name(e.kind));
    out.member("ran", rc::name(e.ran));
    out.member("what_to_do", rc::name(e.what_to_do));
    out.member("code", e.kind == rc::error_kind::refused ? rc::name(e.code) : rc::name(e.cause.code));
    out.member("http_status", e.http_status);
    out.end('}');
}

template <class Operation>
void write_answer(json_writer& out, rc::response const& from) noexcept {
    auto const reply = rc::read_reply<Operation>(from);
    if (reply) {
        out.name("reply");
        write_field(out, *reply);
    } else {
        rc::error e = reply.error();
        if constexpr (!std::same_as<Operation, rc::action>) e.action = Operation::description.action;
        write_error(out, e);
    }
}

/// A response of a pasted text: a body, or a whole answer with its status line and header lines.
[[nodiscard]] inline rc::response response_of(std::span<char> pasted, std::int64_t status) noexcept {
    rc::response out;
    out.status = static_cast<std::uint16_t>(status < 0 || status > 999 ? 0 : status);
    out.body = pasted;
    std::string_view text(pasted.data(), pasted.size());
    if (!text.starts_with("HTTP/"sv)) return out;
    for (bool first = true; !text.empty(); first = false) {
        std::size_t const end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) break;
        if (first) {
            unsigned read = 0;
            for (char const c : rc::detail::part(line, line.find(' ') + 1, 3))
                read = rc::detail::is_digit(c) ? read * 10 + static_cast<unsigned>(c - '0') : 0;
            out.status = static_cast<std::uint16_t>(read);
            continue;
        }
        std::size_t const colon = line.find(':');
        if (colon == line.npos) continue;
        std::string_view value = line.substr(colon + 1);
        while (value.starts_with(' ')) value.remove_prefix(1);
        out.header(line.substr(0, colon), value);
    }
    out.body = pasted.last(text.size());
    return out;
}

/// Writes the answer to `action`, as the reply of the typed operation with this name, or as a body.
template <class... Operations>
void write_reading(json_writer& out, operation_list<Operations...>, std::string_view action, std::span<char> pasted,
                   std::int64_t status) noexcept {
    rc::response const from = response_of(pasted, status);
    out.begin('{');
    out.member("status", from.status);
    bool const typed =
        ((action == Operations::description.action && (write_answer<Operations>(out, from), true)) || ...);
    out.member("typed", typed);
    if (!typed) write_answer<rc::action>(out, from);
    out.end('}');
}

} // namespace page

#endif
