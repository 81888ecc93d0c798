// SPDX-License-Identifier: MIT
// 250 parameters that all look at one text: together they need more bytes than 32 bits can count, and no more memory than
// one of them. Such a request is too long for its storage, and nothing is written beside the storage.
// Source: docs/design.md, "Storage".
// Data flow: long_texts_test.py builds it for a machine of 32 bits and runs it.
#include <restartcaster.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace rc = restartcaster;

namespace {

int wrong = 0;
void check(bool good, char const* what) {
    if (good) return;
    ++wrong;
    std::puts(what);
}

constexpr std::size_t parameters = 250, room = 1024, guard = 64;
constexpr std::uint64_t wraps = std::uint64_t{1} << 32;
char guarded[guard + room + guard];
char names[parameters][5];

// Whatever one parameter brings with it beside its value is less than 100 bytes, so that the sum goes a little, and not
// far, past what 32 bits can count.
template <class Scheme>
void make(std::string_view text, rc::placement where) {
    rc::parameter_list<parameters> list;
    for (std::size_t i = 0; i != parameters; ++i) {
        std::snprintf(names[i], sizeof names[i], "P%03u", static_cast<unsigned>(i));
        check(list.append(names[i], text).has_value(), "the parameter is refused");
    }
    for (char& byte : guarded) byte = '.';
    rc::signing_key<Scheme> const key({"testid", "testsecret"});
    auto const made = rc::make_request(rc::action{"RestartCaster", "2016-11-01", list}, key, {0, "n"},
                                       std::span(guarded).subspan(guard, room), {.parameters = where, .url_limit = 0});
    check(!made, "a request of more than 4 GiB was made in 1 KiB");
    if (made) return;
    std::uint64_t const least = parameters * std::uint64_t{text.size()};
    check(made.error().code == rc::errc::storage_too_small, "another failure");
    if constexpr (sizeof(std::size_t) == 4)
        check(made.error().detail == ~std::size_t{0}, "the count has not stopped at its end");
    else
        check(made.error().detail > least && made.error().detail < least + parameters * 100, "another count");
    for (std::size_t i = 0; i != guard; ++i)
        check(guarded[i] == '.' && guarded[guard + room + i] == '.', "a byte beside the storage was written");
}

} // namespace

int main() {
    std::size_t const size = wraps / parameters + 1;
    std::unique_ptr<char[]> const text(new char[size]);
    for (std::size_t i = 0; i != size; ++i) text[i] = 'a';
    make<rc::rpc_v1>({text.get(), size}, rc::placement::post_form);
    std::printf("%d wrong\n", wrong);
    return wrong == 0 ? 0 : 1;
}
