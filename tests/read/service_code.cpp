// SPDX-License-Identifier: MIT
// What the codes of the service mean: the table holds together, and a family is told from a whole name.
// Source: the error tables of RestartCaster, of ApsaraVideo Live and of the gateway; RFC 6585 section 4.
// Data flow: the text of a code and a status, through meaning_of, into a meaning.
#include "../catch.hpp"

#include <restartcaster/read/service_code.hpp>

#include <string>

namespace rc = restartcaster;
using rc::advice;
using rc::executed;
using rc::service_code;

TEST_CASE("every row of the table is reached by its own code", "[service_code]") {
    for (auto const& row : rc::detail::known_codes) {
        std::string const text(row.text.substr(0, row.size()));
        INFO(row.text);
        auto const got = rc::meaning_of(row.prefix() ? text + ".Whatever" : text, 400);
        CHECK(got.code == row.meaning.code);
        CHECK(got.ran == row.meaning.ran);
        CHECK(got.what_to_do == row.meaning.what_to_do);
        CHECK(got.by_name == !row.prefix());
        CHECK(row.meaning.ran != executed::yes);
    }
}

TEST_CASE("a code is known by name only when its whole name stands in the table", "[service_code]") {
    for (std::string const code : {"IncorrectCasterStatus", "IncorrectCasterStatus.Idle", "Throttling", "Throttling.User",
                                   "Throttling.Api", "Forbidden.RAM", "InvalidCaster.NotFound", "IllegalOperation"})
        CHECK(rc::meaning_of(code, 400).by_name);
    for (std::string const code : {"Throttling.New", "Forbidden", "Forbidden.New", "InvalidWhatever", "MissingCasterId",
                                   "IncorrectCasterStatus.New", "SomethingNew", "OK", "200", "throttling", "Throttlin"})
        CHECK_FALSE(rc::meaning_of(code, 400).by_name);
}

TEST_CASE("a family is known by its beginning", "[service_code]") {
    CHECK(rc::meaning_of("Throttling.New", 400).code == service_code::throttling);
    CHECK(rc::meaning_of("IncorrectCasterStatus.New", 400).code == service_code::incorrect_caster_status);
    CHECK(rc::meaning_of("IncorrectSceneStatus.Inuse", 400).code == service_code::incorrect_scene_status);
    CHECK(rc::meaning_of("MissingSignatureNonce", 400).what_to_do == advice::fix_transport);
    CHECK(rc::meaning_of("MissingCasterId", 400).what_to_do == advice::fix_request);
}

TEST_CASE("an unknown code is advised by its status and its last word", "[service_code]") {
    for (int status = 0; status != 1000; ++status) {
        bool const refused = status >= 400 && status < 500;
        auto const plain = rc::meaning_of("SomethingNew", status);
        CHECK(plain.ran == (refused ? executed::no : executed::maybe));
        bool const passes = status == 408 || status == 429;
        CHECK(plain.what_to_do == (!refused ? advice::look_first : passes ? advice::wait : advice::fix_request));
        CHECK(rc::meaning_of("WhateverBusy", status).what_to_do == (refused ? advice::wait : advice::look_first));
        for (std::string const code : {"SystemError", "BackendTimeout", "BackendTimeOut", "NotAvailable", "Unavailable",
                                       "SomeFailure", "ERROR", "408", "4xx"}) {
            CHECK(rc::meaning_of(code, status).ran == executed::maybe);
            CHECK(rc::meaning_of(code, status).what_to_do == advice::look_first);
        }
        for (std::string const code : {"OK", "ok", "Success", "SUCCESS", "Success.Ok", "200", "0"})
            CHECK(rc::meaning_of(code, status).ran == executed::yes);
    }
    CHECK(rc::meaning_of("x", 400).ran == executed::no);
    CHECK(rc::meaning_of("rror", 400).ran == executed::maybe);
}
