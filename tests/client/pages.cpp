// SPDX-License-Identifier: MIT
// All pages of an operation, against a service that answers like DescribeCasters.
#include <restartcaster/client/client.hpp>
#include <restartcaster/client/pages.hpp>
#include <restartcaster/read/fields.hpp>

#include "driven_call.hpp"

#include "catch.hpp"

#include <string>
#include <vector>

using namespace driven;

namespace {

struct listing {
    rc::number page_num = {}, page_size = {};
    static constexpr rc::operation description{
        .action = "DescribeThings", .version = "2016-11-01", .repeat = rc::repeatable::yes};
    static constexpr auto parameters = rc::parameters(rc::optional<"PageNum", &listing::page_num>,
                                                      rc::optional<"PageSize", &listing::page_size>);
    struct thing {
        std::string_view id;
        static constexpr auto fields = rc::fields(rc::field<"Id", &thing::id>);
    };
    struct reply {
        std::string_view request_id;
        rc::number total;
        rc::list<thing> things;
        static constexpr auto fields =
            rc::fields(rc::field<"RequestId", &reply::request_id>, rc::field<"Total", &reply::total>,
                       rc::field<"Things.Thing", &reply::things>);
    };
};
static_assert(rc::paged_operation<listing>);
static_assert(!rc::paged_operation<rc::restart_caster>);

struct virtual_clock {
    std::uint64_t now_ms = start_ms;
    [[nodiscard]] std::int64_t utc_seconds() const noexcept { return start_utc; }
    [[nodiscard]] std::uint64_t monotonic_ms() const noexcept { return now_ms; }
    void sleep_ms(std::uint32_t ms) noexcept { now_ms += ms; }
};

// Has `total` things, answers the page that is asked for, and remembers which pages these were.
struct paged_service {
    virtual_clock& clock;
    int total;
    std::uint64_t takes_ms = 10;
    int refused_page = 0;
    bool sends_total = true;
    std::vector<std::string> asked = {};

    static int field(std::string_view body, std::string_view name) {
        std::size_t const at = body.find(name);
        return std::stoi(std::string(body.substr(at + name.size())));
    }
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        clock.now_ms += takes_ms;
        int const page = field(out.body, "PageNum="), size = field(out.body, "PageSize=");
        asked.push_back(std::to_string(page) + "/" + std::to_string(size));
        rc::response in;
        in.status = 200;
        std::string text;
        if (page == refused_page) {
            in.status = 403;
            text = R"({"RequestId":"r","HostId":"h","Code":"Forbidden.RAM","Message":"no"})";
        } else {
            text = R"({"RequestId":"r","Things":{"Thing":[)";
            for (int i = (page - 1) * size; i < total && i < page * size; ++i)
                text += std::string(text.back() == '[' ? "" : ",") + R"({"Id":"t)" + std::to_string(i) + "\"}";
            text += "]}";
            if (sends_total) text += ",\"Total\":" + std::to_string(total);
            text += "}";
        }
        for (std::size_t i = 0; i != text.size(); ++i) storage[i] = text[i];
        in.body = storage.first(text.size());
        return in;
    }
};

struct walk {
    std::vector<std::string> ids, asked;
    bool complete = false;
    rc::executed ran = rc::executed::yes;
    std::string code;
};

walk walked(int total, listing const& first, std::uint64_t limit_ms = 1000, std::uint64_t takes_ms = 10, int refused = 0,
            bool sends_total = true) {
    virtual_clock clock;
    paged_service service{clock, total, takes_ms, refused, sends_total};
    counting_nonces nonces;
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::client client(service, clock, nonces, key, {.time_limit_ms = limit_ms});
    rc::storage<16384> room;
    rc::pages all(client, first, room);
    walk seen;
    for (auto const& page : all)
        for (auto const& thing : page.things) seen.ids.emplace_back(thing.id);
    seen.asked = service.asked;
    seen.complete = all.complete();
    if (!seen.complete) {
        seen.ran = all.error().ran;
        seen.code = all.error().code_text;
    }
    return seen;
}

std::vector<std::string> first_ids(int count) {
    std::vector<std::string> out;
    for (int i = 0; i != count; ++i) out.push_back("t" + std::to_string(i));
    return out;
}

} // namespace

TEST_CASE("every element of every page is seen once, and no page is asked for in vain") {
    for (int const total : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}) {
        walk const seen = walked(total, {.page_size = 3});
        CHECK(seen.ids == first_ids(total));
        CHECK(seen.complete);
        CHECK(seen.asked.size() == static_cast<std::size_t>(total == 0 ? 1 : (total + 2) / 3));
        CHECK(seen.asked.front() == "1/3");
    }
}

TEST_CASE("a walk asks for 100 elements a page unless told otherwise, and starts where it is told") {
    CHECK(walked(250, {}).asked == std::vector<std::string>{"1/100", "2/100", "3/100"});
    CHECK(walked(250, {}).ids == first_ids(250));
    CHECK(walked(250, {.page_num = 3}).asked == std::vector<std::string>{"3/100"});
    CHECK(walked(5, {.page_num = 0, .page_size = -1}).asked == std::vector<std::string>{"1/100"});
    CHECK(walked(5, {.page_num = 4}).complete);
}

TEST_CASE("a reply without a total is the only page") {
    walk const seen = walked(9, {.page_size = 3}, 1000, 10, 0, false);
    CHECK(seen.complete);
    CHECK(seen.ids == first_ids(3));
}

TEST_CASE("an error ends the walk and is kept") {
    walk const seen = walked(9, {.page_size = 3}, 1000, 10, 2);
    CHECK_FALSE(seen.complete);
    CHECK(seen.ids == first_ids(3));
    CHECK(seen.ran == rc::executed::no);
    CHECK(seen.code == "Forbidden.RAM");
    CHECK(walked(9, {}, 1000, 10, 1).ids.empty());
}

TEST_CASE("all pages together have one deadline") {
    // Each page takes 400 ms: the third would begin at 800 ms and ends after the limit of 1000 ms; the fourth is not sent.
    walk const seen = walked(30, {.page_size = 3}, 1000, 400);
    CHECK_FALSE(seen.complete);
    CHECK(seen.asked == std::vector<std::string>{"1/3", "2/3", "3/3"});
    CHECK(seen.ids == first_ids(9));
    CHECK(seen.ran == rc::executed::no);
}

TEST_CASE("a walk that is left early goes on with the page at which it was left") {
    virtual_clock clock;
    paged_service service{clock, 6};
    counting_nonces nonces;
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::client client(service, clock, nonces, key);
    rc::storage<4096> room;
    rc::pages all(client, listing{.page_size = 3}, room);
    for (auto const& page : all) {
        CHECK(page.total == rc::number(6));
        break;
    }
    CHECK_FALSE(all.complete());
    int elements = 0;
    for (auto const& page : all) elements += static_cast<int>(page.things.size());
    CHECK(elements == 6);
    CHECK(service.asked == std::vector<std::string>{"1/3", "1/3", "2/3"});
}
