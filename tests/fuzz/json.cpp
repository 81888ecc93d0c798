// SPDX-License-Identifier: MIT
// The JSON reader beside nlohmann's: the same verdict, and the same tokens of what both accept.
// Source: RFC 8259; nlohmann::json's SAX interface as the oracle.
#include "fuzz.hpp"

#include <restartcaster/read/json.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace rc = restartcaster;
using fuzz::require;

namespace {

using tokens = std::vector<std::string>;

class oracle final : public nlohmann::json_sax<nlohmann::json> {
public:
    tokens seen;

    bool null() override { return add("null"); }
    bool boolean(bool value) override { return add(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return add("#" + std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add("#" + std::to_string(value)); }
    bool number_float(number_float_t, string_t const& text) override { return add("#" + text); }
    bool string(string_t& text) override { return add("\"" + text); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return add("{"); }
    bool key(string_t& text) override { return add(":" + text); }
    bool end_object() override { return add("}"); }
    bool start_array(std::size_t) override { return add("["); }
    bool end_array() override { return add("]"); }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const&) override { return false; }

private:
    bool add(std::string token) {
        seen.push_back(std::move(token));
        return true;
    }
};

struct reading {
    tokens seen;
    unsigned deepest = 0;
    bool infinite = false;
    rc::result<void> outcome;
};

std::string decoded(rc::json_token const& token) {
    fuzz::exact const beside(token.text.size());
    auto const text = token.decode(beside.span());
    require(text.has_value(), "as many bytes as the text has are enough to decode it");
    if (token.escaped && !token.text.empty()) {
        fuzz::exact const less(token.text.size() - 1);
        require(!token.decode(less.span()), "too little storage is an error");
        fuzz::exact const own(token.text);
        rc::json_token there = token;
        there.text = own.view();
        require(*there.decode(own.span()) == *text, "a text is decoded in its own place");
    }
    return std::string(*text);
}

reading read(std::string_view document, unsigned depth_limit) {
    reading done;
    unsigned depth = 0;
    rc::json_reader reader(document, depth_limit);
    for (;;) {
        auto const token = reader.next();
        if (!token) {
            require(token.error().detail <= document.size(), "a failure lies in the document");
            auto const again = reader.next();
            require(!again && again.error() == token.error(), "a reader that failed fails again, the same way");
            done.outcome = rc::unexpected(token.error());
            return done;
        }
        require(fuzz::within(token->text, document), "a token lies in the document");
        require(token->text.empty() || token->text.data() == document.data() + token->offset,
                "a token lies at its offset");
        std::string const text(token->text);
        switch (token->kind) {
        case rc::json_kind::end: return done;
        case rc::json_kind::name: done.seen.push_back(":" + decoded(*token)); break;
        case rc::json_kind::string: done.seen.push_back("\"" + decoded(*token)); break;
        case rc::json_kind::number:
            done.infinite = done.infinite || std::isinf(std::strtod(text.c_str(), nullptr));
            done.seen.push_back("#" + (text == "-0" ? "0" : text));
            break;
        case rc::json_kind::object_begin:
        case rc::json_kind::array_begin:
            if (++depth > done.deepest) done.deepest = depth;
            done.seen.push_back(text);
            break;
        case rc::json_kind::object_end:
        case rc::json_kind::array_end: --depth; [[fallthrough]];
        default: done.seen.push_back(text);
        }
    }
}

} // namespace

void fuzz::one_input(std::string_view document) {
    reading const ours = read(document, rc::json_reader::max_depth);

    rc::json_reader skipping(document);
    rc::result<void> skipped = skipping.skip_value();
    if (skipped)
        if (auto const end = skipping.next(); !end) skipped = rc::unexpected(end.error());
    require(skipped.has_value() == ours.outcome.has_value() && (skipped || skipped.error() == ours.outcome.error()),
            "what is skipped is checked like what is read");

    unsigned const limit = static_cast<unsigned>(document.size() % 7);
    if (ours.outcome)
        require(read(document, limit).outcome.has_value() == (ours.deepest <= limit), "the depth limit is kept");

    oracle theirs;
    bool const accepted = nlohmann::json::sax_parse(document.begin(), document.end(), &theirs);
    if (ours.outcome) {
        // It refuses numbers that no double holds; to us a number is text.
        require(accepted || ours.infinite, "what is accepted is JSON");
        if (accepted) require(ours.seen == theirs.seen, "the tokens are the document's");
    } else if (accepted) {
        // It takes a zero byte for the end of the document.
        require(ours.outcome.error().code == rc::errc::nesting_too_deep || document.find('\0') != document.npos,
                "JSON is accepted");
    }
}
