// SPDX-License-Identifier: MIT
// A signal handler that forks in the middle of a draw, at each instruction of it: parent and child never have one nonce, nor
// one seed.
// Source: fork(2), signal-safety(7); Intel SDM volume 3B, "Single-Step Exception Condition" (the trap flag).
// Data flow: a program of its own, built with optimisation, since it takes a fork for every instruction.
#include <restartcaster/hosted/nonce_generator.hpp>

#include <cstdio>

#if !defined(__x86_64__) || !defined(__linux__)
int main() {
    std::puts("no single steps on this machine, test skipped");
    return 77;
}
#else
#include <csignal>
#include <cstring>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

namespace rc = restartcaster;

namespace {

// Nonces of 36 characters, and a seed; no heap and no library in a handler.
struct drawn {
    char first[36], more[3][36], in_handler[36];
    std::uint64_t seed[4];
    bool complete, handler_drew;
};

rc::nonce_generator* generator;
drawn* of_child; // in memory that both processes see
volatile long steps_left;
volatile bool forked, is_child;
volatile pid_t child;
volatile bool draws_in_handler;
constexpr greg_t trap_flag = 0x100;

void draw(char* to) {
    auto const one = (*generator)();
    if (one)
        std::memcpy(to, one->text().data(), 36);
    else
        std::memset(to, '!', 36);
}

// The page of the generator: its generation, its count, its seed.
std::uint64_t* page() {
    std::uint64_t* out = nullptr;
    std::memcpy(&out, static_cast<void*>(generator), sizeof out);
    return out;
}

void start(int, siginfo_t*, void* context) {
    static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_EFL] |= trap_flag;
}

void step(int, siginfo_t*, void* context) {
    auto& flags = static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_EFL];
    steps_left = steps_left - 1;
    if (steps_left > 0) return;
    flags &= ~trap_flag;
    if (forked) return;
    forked = true;
    pid_t const id = ::fork();
    if (id != 0) {
        child = id;
        return;
    }
    is_child = true;
    if (draws_in_handler) {
        draw(of_child->in_handler);
        of_child->handler_drew = true;
    }
}

void stop() {
    steps_left = 0; // the next trap ends it
}

bool same(char const* a, char const* b) { return std::memcmp(a, b, 36) == 0; }

int wrong = 0;

struct outcome {
    bool forked, same_nonce;
};

// One draw with a fork after `steps` instructions.
outcome once(long steps, char const* what) {
    std::memset(of_child, 0, sizeof *of_child);
    drawn mine{};
    forked = false;
    is_child = false;
    child = -1;
    steps_left = steps;
    ::raise(SIGUSR1);
    draw(mine.first);
    long const left = steps_left;
    stop();
    bool const in_time = left <= 0;
    if (is_child) {
        std::memcpy(of_child->first, mine.first, 36);
        for (auto& one : of_child->more) draw(one);
        std::memcpy(of_child->seed, page() + 2, sizeof of_child->seed);
        of_child->complete = true;
        ::_exit(0);
    }
    if (!in_time) return {false, false};
    int status = 1;
    ::waitpid(child, &status, 0);
    for (auto& one : mine.more) draw(one);
    std::memcpy(mine.seed, page() + 2, sizeof mine.seed);
    auto const complain = [&](char const* fact) {
        ++wrong;
        std::printf("%s, a fork after %ld instructions: %s\n", what, steps, fact);
    };
    if (status != 0 || !of_child->complete) complain("the child has not come to its end");
    for (int i = 0; i != 4; ++i)
        if (mine.seed[i] == of_child->seed[i]) complain("one word of a seed in both");
    for (char const* const a : {mine.first, mine.more[0], mine.more[1], mine.more[2]})
        for (char const* const b : {of_child->first, of_child->more[0], of_child->more[1], of_child->more[2]})
            if (same(a, b) && (a != mine.first || b != of_child->first)) complain("a later nonce of both");
    if (of_child->handler_drew)
        for (char const* const a : {mine.first, mine.more[0], of_child->first, of_child->more[0]})
            if (same(a, of_child->in_handler)) complain("the nonce of the handler once more");
    if (*mine.first == '!' || *of_child->first == '!') complain("no nonce");
    return {true, same(mine.first, of_child->first)};
}

// Every instruction of a draw, from where the trap flag is set to where it is cleared.
void every_step(char const* what, bool handler_draws, void (*prepare)()) {
    draws_in_handler = handler_draws;
    long steps = 1, last_different = 0, all = 0;
    for (;; ++steps) {
        prepare();
        outcome const got = once(steps, what);
        if (!got.forked) break;
        all = steps;
        if (!got.same_nonce) last_different = steps;
    }
    // A fork behind the last look at the generation is one behind the draw; that look is followed by a few instructions.
    std::printf("%s, handler %s: %ld forks, the nonce of both in the last %ld\n", what, handler_draws ? "draws" : "returns", all,
                all - last_different);
    if (all < 100 || all - last_different > 60) {
        ++wrong;
        std::puts("a fork in the middle of a draw gives both one nonce");
    }
}

void renew() {
    delete generator;
    generator = new rc::nonce_generator;
}
void seeded() { draw(of_child->first); }
void due() {
    draw(of_child->first);
    reinterpret_cast<std::atomic<std::uint64_t>*>(page() + 1)->store(rc::nonce_generator::reseed_after - 1);
}

} // namespace

int main() {
    // Seen by both processes.
    of_child = static_cast<drawn*>(
        ::mmap(nullptr, sizeof(drawn), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    if (of_child == MAP_FAILED) return 1;
    struct sigaction action = {};
    action.sa_flags = SA_SIGINFO;
    action.sa_sigaction = start;
    ::sigaction(SIGUSR1, &action, nullptr);
    action.sa_sigaction = step;
    ::sigaction(SIGTRAP, &action, nullptr);
    renew();
    if (page() == nullptr) {
        std::puts("no memory that a fork clears, test skipped");
        return 77;
    }
    for (bool const handler_draws : {false, true}) {
        every_step("a draw", handler_draws, seeded);
        every_step("a first draw", handler_draws, renew);
        every_step("a draw that seeds anew", handler_draws, due);
    }
    std::printf("%d wrong\n", wrong);
    return wrong == 0 ? 0 : 1;
}
#endif
