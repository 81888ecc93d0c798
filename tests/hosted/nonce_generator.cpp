// SPDX-License-Identifier: MIT
#include <restartcaster/client/nonce_source.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>

#include "catch.hpp"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#ifndef _WIN32
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace rc = restartcaster;

namespace {

static_assert(rc::nonce_source<rc::nonce_generator>);

std::vector<std::string> drawn(rc::nonce_generator& from, int count) {
    std::vector<std::string> out;
    for (int i = 0; i != count; ++i) {
        auto const one = from();
        out.emplace_back(one ? one->text() : "");
    }
    return out;
}

bool all_differ(std::vector<std::string> all) {
    std::sort(all.begin(), all.end());
    return std::unique(all.begin(), all.end()) == all.end();
}

} // namespace

TEST_CASE("generated nonces differ, within an object and between objects") {
    rc::nonce_generator one, two;
    std::vector<std::string> all = drawn(one, 5000);
    for (std::string const& text : drawn(two, 5000)) all.push_back(text);
    CHECK(all_differ(all));
    CHECK(all[0].size() == 36);
    CHECK(all[0][14] == '4');
}

TEST_CASE("threads that draw from one object draw different nonces") {
    rc::nonce_generator shared;
    std::vector<std::vector<std::string>> each(8);
    std::vector<std::thread> threads;
    for (auto& mine : each) threads.emplace_back([&mine, &shared] { mine = drawn(shared, 2000); });
    for (std::thread& thread : threads) thread.join();
    std::vector<std::string> all;
    for (auto const& mine : each) all.insert(all.end(), mine.begin(), mine.end());
    CHECK(all_differ(all));
}

TEST_CASE("nonces go on being drawn, and differ, across a new seed") {
    rc::nonce_generator source;
    for (std::uint64_t i = 0; i != rc::nonce_generator::reseed_after - 100; ++i) static_cast<void>(source());
    CHECK(all_differ(drawn(source, 200)));
}

#ifndef _WIN32
TEST_CASE("the children of a process draw nonces of their own") {
    rc::nonce_generator source;
    std::vector<std::string> all = drawn(source, 10);
    for (int child = 0; child != 4; ++child) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        pid_t const id = ::fork();
        if (id == 0) {
            for (int i = 0; i != 100; ++i) {
                auto const one = source();
                if (!one || ::write(ends[1], one->text().data(), 36) != 36) ::_exit(1);
            }
            ::_exit(0);
        }
        ::close(ends[1]);
        std::string said;
        char part[512];
        for (ssize_t got; (got = ::read(ends[0], part, sizeof part)) > 0;)
            said.append(part, static_cast<std::size_t>(got));
        ::close(ends[0]);
        int status = 1;
        ::waitpid(id, &status, 0);
        CHECK(status == 0);
        CHECK(said.size() == 3600);
        for (std::size_t at = 0; at < said.size(); at += 36) all.push_back(said.substr(at, 36));
    }
    for (std::string const& text : drawn(source, 100)) all.push_back(text);
    CHECK(all_differ(all));
}
#endif
