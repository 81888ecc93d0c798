// SPDX-License-Identifier: MIT
// What every fuzz target stands on: an input in a buffer of exactly its size, and a rule that must hold.
// Source: LLVM, "libFuzzer - a library for coverage-guided fuzz testing".
// Data flow: libFuzzer's bytes in; each target defines fuzz::one_input() and aborts, aloud, when a rule is broken.
#ifndef RESTARTCASTER_TESTS_FUZZ_FUZZ_HPP
#define RESTARTCASTER_TESTS_FUZZ_FUZZ_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace fuzz {

inline void require(bool holds, char const* rule) {
    if (holds) return;
    std::fprintf(stderr, "broken rule: %s\n", rule);
    std::abort();
}

/// Bytes on the heap, as many as there are: one read or write beyond them is a report.
class exact {
public:
    explicit exact(std::size_t size) : bytes_(new char[size]), size_(size) {}
    explicit exact(std::string_view text) : exact(text.size()) {
        if (!text.empty()) std::memcpy(bytes_.get(), text.data(), text.size());
    }
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }
    [[nodiscard]] std::span<char> span() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

/// Whether a text is empty or lies in another, as every text of a reader must.
inline bool within(std::string_view part, std::string_view whole) {
    std::less_equal<char const*> const before;
    return part.empty() || (before(whole.data(), part.data()) &&
                            before(part.data() + part.size(), whole.data() + whole.size()));
}

/// What stands before the next `mark`; the rest is left behind.
inline std::string_view take_until(std::string_view& rest, char mark) {
    std::size_t const end = rest.find(mark);
    std::string_view const taken = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return taken;
}

void one_input(std::string_view input);

} // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::exact const input(std::string_view(reinterpret_cast<char const*>(data), size));
    fuzz::one_input(input.view());
    return 0;
}

#endif
