// SPDX-License-Identifier: MIT
// A result as a std::expected: the same value, the same reason, in constant expressions too. Compiled as C++23.
#include <restartcaster.hpp>
#include <restartcaster/hosted/to_expected.hpp>

#include <cstdio>

#ifdef __cpp_lib_expected

namespace rc = restartcaster;

static_assert(rc::to_expected(rc::result<int>(5)) == 5);
static_assert(rc::to_expected(rc::result<int>(rc::unexpected(rc::failure{.code = rc::errc::body_empty}))).error().code ==
              rc::errc::body_empty);
static_assert(rc::to_expected(rc::result<void>()).has_value());
static_assert(rc::to_expected(rc::result<void>(rc::unexpected(rc::failure{.code = rc::errc::body_empty, .detail = 3})))
                  .error()
                  .detail == 3);

int main() {
    rc::storage<1024> room, other_room;
    rc::signing_key<> const key({"id", "secret"});
    std::expected<rc::request, rc::failure> const made =
        rc::to_expected(rc::make_request(rc::restart_caster{"studio"}, key, {0, "n"}, room));
    std::expected<rc::request, rc::failure> const refused =
        rc::to_expected(rc::make_request(rc::restart_caster{""}, key, {0, "n"}, other_room));
    bool const good = made && made->body.find("CasterId=studio&") != std::string_view::npos && !refused &&
                      refused.error().code == rc::errc::parameter_missing && refused.error().subject == "CasterId";
    std::puts(good ? "to_expected: ok" : "to_expected: wrong");
    return good ? 0 : 1;
}

#else

int main() {
    std::puts("this standard library has no std::expected, test skipped");
    return 77;
}

#endif
