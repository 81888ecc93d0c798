// SPDX-License-Identifier: MIT
// Random numbers that are the same for the same seed, on every machine.
// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", 2014 (SplitMix64).
// Data flow: a seed, or throws written down before, in; the dice of one simulated world out.
#ifndef RESTARTCASTER_TESTS_CLIENT_SIMULATION_CHANCE_HPP
#define RESTARTCASTER_TESTS_CLIENT_SIMULATION_CHANCE_HPP

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace simulation {

class chance {
public:
    explicit chance(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15 + 0x1234567) {}
    /// Each throw is the next byte of `throws`; when they are used up it goes on at random.
    explicit chance(std::string_view throws) : chance(std::uint64_t{0}) { throws_ = throws; }

    /// Bits that nobody wrote down: alike in two places only as seldom as random ones are.
    std::uint64_t bits() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
    /// A number from `least` to `most`, both included.
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + static_cast<std::int64_t>(thrown() % static_cast<std::uint64_t>(most - least + 1));
    }
    bool percent(std::int64_t likely) { return between(0, 99) < likely; }
    std::int64_t one_of(std::initializer_list<std::int64_t> list) {
        return list.begin()[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(list.size()) - 1))];
    }

private:
    std::uint64_t thrown() {
        if (throws_.empty()) return bits();
        std::uint64_t const throw_now = static_cast<unsigned char>(throws_.front());
        throws_.remove_prefix(1);
        // Where there is more to choose from than a byte says, the byte chooses first and chance refines it.
        return throw_now < 0x80 ? throw_now : (bits() & ~std::uint64_t{0x7F}) | (throw_now & 0x7F);
    }

    std::uint64_t state_;
    std::string_view throws_ = {};
};

} // namespace simulation

#endif
