// SPDX-License-Identifier: MIT
// The call that the form describes: scheme, endpoint, key, time, nonce and the parameters of an action.
// Source: page.js, which writes the fields in this order.
// Data flow: fields in; an action, options, a stamp and credentials for the library out.
#ifndef RESTARTCASTER_WEB_CALL_HPP
#define RESTARTCASTER_WEB_CALL_HPP

#include "interface.hpp"

#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/read/describe.hpp>
#include <restartcaster/read/names.hpp>

namespace page {

/// The library's longest list.
using parameter_list = rc::parameter_list<255>;

/// A call as the form has it. A form without a secret has all stages before the signature.
/// Storage: views of the fields.
struct call {
    bool acs3 = false;
    rc::placement where = rc::placement::post_form;
    rc::format answer = rc::format::json;
    bool https = true;
    std::string_view host;
    std::int64_t port = 0;
    std::string_view key_id, secret, token;
    std::int64_t utc_seconds = 0;
    std::string_view nonce;
    std::string_view action, version;
    parameter_list own;
    /// The first fault of the parameters.
    rc::result<void> good;

    explicit call(fields& from) noexcept {
        acs3 = from.next() == "acs3"sv;
        std::string_view const placed = from.next();
        where = placed == "get"sv          ? rc::placement::get
                : placed == "post_query"sv ? rc::placement::post_query
                                           : rc::placement::post_form;
        answer = from.next() == "XML"sv ? rc::format::xml : rc::format::json;
        https = from.next() != "http"sv;
        host = from.next();
        port = from.next_number();
        key_id = from.next();
        secret = from.next();
        token = from.next();
        utc_seconds = from.next_number();
        nonce = from.next();
        action = from.next();
        version = from.next();
        while (from.more()) take_parameter(from);
    }

    [[nodiscard]] rc::request_options options() const noexcept {
        return {.parameters = where,
                .answer = answer,
                .to = rc::endpoint(host, https ? rc::url_scheme::https : rc::url_scheme::http, port)};
    }
    [[nodiscard]] rc::stamp stamp() const noexcept { return {.utc_seconds = utc_seconds, .nonce = nonce}; }
    [[nodiscard]] rc::action operation() const noexcept {
        return {.name = action, .version = version, .parameters = own};
    }
    [[nodiscard]] rc::credentials credentials() const noexcept {
        std::string_view const used = secret.empty() ? "none"sv : secret;
        return {.access_key_id = key_id, .access_key_secret = used, .security_token = token};
    }

private:
    /// A parameter has a rule, a name and a value. The rule "identifier" is that of the typed operation's member.
    void take_parameter(fields& from) noexcept {
        bool const identifier = from.next() == "identifier"sv;
        std::string_view const name = from.next(), value = from.next();
        if (!good) return;
        if (identifier) good = rc::check_identifier(name, value);
        if (good) good = own.append(name, value);
    }
};

/// Writes a failure: its identifier, its subject (the parameter at fault) and its sentence.
inline void write_failure(json_writer& out, rc::failure const& why) noexcept {
    char sentence[512];
    rc::buffer_sink text(sentence);
    rc::describe(text, why);
    out.begin('{');
    out.member("code", rc::name(why.code));
    out.member("subject", why.subject);
    out.member("sentence", text.fits() ? text.written() : rc::name(why.code));
    out.end('}');
}

} // namespace page

#endif
