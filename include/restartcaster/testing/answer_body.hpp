// SPDX-License-Identifier: MIT
// Writes the body of an answer, in JSON or XML, as the service's gateway writes them: no blank between the elements.
// Source: RFC 8259 section 7; XML 1.0 sections 2.2 and 2.4; archived answers (protocol 4.1 and 4.2).
// Data flow: fields in, one after the other; the body in the storage of the exchange out.
#ifndef RESTARTCASTER_TESTING_ANSWER_BODY_HPP
#define RESTARTCASTER_TESTING_ANSWER_BODY_HPP
#pragma once

#include "../core/number.hpp"
#include "../core/sink.hpp"
#include "../encode/hex.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Writes what is appended as the content of a JSON string or of an XML element. A byte that is not UTF-8 is taken for a
/// character of Latin-1, which header fields may have.
struct escaping_sink {
    buffer_sink& to;
    bool json;

    void append(std::string_view text) noexcept {
        while (!text.empty()) {
            std::size_t const size = utf8_size(text, 0);
            if (size == 0)
                append_latin1(static_cast<unsigned char>(text[0]));
            else if (size == 1)
                append_ascii(text[0]);
            else
                append_character(part(text, 0, size));
            text.remove_prefix(size == 0 ? 1 : size);
        }
    }

private:
    static constexpr std::string_view replacement = "\xEF\xBF\xBD"sv;

    // XML 1.0 has neither U+FFFE nor U+FFFF, not even escaped.
    void append_character(std::string_view bytes) noexcept {
        to.append(!json && (bytes == "\xEF\xBF\xBE"sv || bytes == "\xEF\xBF\xBF"sv) ? replacement : bytes);
    }
    void append_latin1(unsigned byte) noexcept {
        char const two[]{static_cast<char>(static_cast<unsigned char>(0xC0 | byte >> 6)),
                         static_cast<char>(static_cast<unsigned char>(0x80 | (byte & 0x3F)))};
        to.append(text_at(two, 2));
    }
    void append_ascii(char c) noexcept {
        if (json)
            append_json(c);
        else
            append_xml(c);
    }
    void append_json(char c) noexcept {
        constexpr std::string_view plain = "\"\\\b\f\n\r\t"sv, letters = "\"\\bfnrt"sv;
        if (auto const at = plain.find(c); at != plain.npos) {
            char const escape[]{'\\', letters[at]};
            to.append(text_at(escape, 2));
        } else if (auto const code = static_cast<unsigned char>(c); code < ' ') {
            char const escape[]{'\\', 'u', '0', '0', hex_lower(code >> 4u), hex_lower(code & 15u)};
            to.append(text_at(escape, 6));
        } else {
            to.append(text_at(&c, 1));
        }
    }
    void append_xml(char c) noexcept {
        switch (c) {
        case '&': return to.append("&amp;"sv);
        case '<': return to.append("&lt;"sv);
        case '>': return to.append("&gt;"sv);
        case '\r': return to.append("&#13;"sv);
        default: break;
        }
        // Nor has XML 1.0 other control characters.
        to.append(c >= 0 && c < ' ' && c != '\t' && c != '\n' ? replacement : text_at(&c, 1));
    }
};

/// One document; every begin_ needs its end_.
class answer_body {
public:
    answer_body(std::span<char> storage, bool json) noexcept : to_(storage), json_(json) {}

    void begin_document(std::string_view root, std::string_view root_end = {}) noexcept {
        if (!json_) {
            to_.append("<?xml version='1.0' encoding='UTF-8'?><"sv);
            to_.append(root);
            to_.append(root_end);
        }
        to_.append(json_ ? "{"sv : ">"sv);
    }
    void end_document(std::string_view root, std::string_view root_end = {}) noexcept {
        if (json_) return to_.append("}"sv);
        to_.append("</"sv);
        to_.append(root);
        to_.append(root_end);
        to_.append(">"sv);
    }

    /// A field whose text `append_text(sink)` appends.
    template <class AppendText>
    void field(std::string_view name, AppendText const& append_text) {
        begin(name, json_ ? "\""sv : ""sv);
        escaping_sink escaped{to_, json_};
        append_text(escaped);
        if (json_) to_.append("\""sv);
        end(name);
    }
    void text(std::string_view name, std::string_view value) {
        field(name, [value](escaping_sink& to) { to.append(value); });
    }
    void number(std::string_view name, std::uint64_t value) {
        begin(name, {});
        to_.append(decimal(value).view());
        end(name);
    }
    void cdata(std::string_view name, std::string_view before, std::string_view value, std::string_view behind) {
        begin(name, json_ ? "\""sv : "<![CDATA["sv);
        for (std::string_view const each : {before, value, behind}) to_.append(each);
        to_.append(json_ ? "\""sv : "]]>"sv);
        end(name);
    }

    void begin_object(std::string_view name) noexcept { begin(name, json_ ? "{"sv : ""sv); }
    void end_object(std::string_view name) noexcept { finish(name, "}"sv); }

    /// A list: XML repeats the name for each element, JSON writes it once.
    void begin_list(std::string_view name) noexcept {
        if (json_) begin(name, "["sv);
    }
    void begin_element(std::string_view name) noexcept {
        if (json_) {
            comma();
            to_.append("{"sv);
        } else {
            begin(name, {});
        }
    }
    void end_element(std::string_view name) noexcept { end_object(name); }
    void end_list() noexcept {
        if (json_) to_.append("]"sv);
    }

    [[nodiscard]] buffer_sink const& sink() const noexcept { return to_; }

private:
    void comma() noexcept {
        if (!to_.fits()) return;
        char const last = to_.written().back();
        if (last != '{' && last != '[') to_.append(","sv);
    }
    void begin(std::string_view name, std::string_view opening) noexcept {
        if (json_) comma();
        to_.append(json_ ? "\""sv : "<"sv);
        to_.append(name);
        to_.append(json_ ? "\":"sv : ">"sv);
        to_.append(opening);
    }
    void end(std::string_view name) noexcept {
        if (json_) return;
        to_.append("</"sv);
        to_.append(name);
        to_.append(">"sv);
    }
    void finish(std::string_view name, std::string_view closing) noexcept {
        if (json_)
            to_.append(closing);
        else
            end(name);
    }

    buffer_sink to_;
    bool json_;
};

}}} // namespace restartcaster::detail

#endif
