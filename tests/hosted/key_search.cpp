// SPDX-License-Identifier: MIT
// A search for a key without a network: files, clocks and answers of a test.
// Source: credentials-go and aliyun-cli (files and answers); docs/design.md, "Keys".
// Data flow: files and scripted answers in; the key, the report, the requests and what stays in memory out.
#include "../catch.hpp"

#include <restartcaster.hpp>
#include <restartcaster/hosted/find_key.hpp>
#include <restartcaster/testing/test_clock.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

using rc::key_problem;
using rc::key_source;

constexpr std::string_view key_secret = "canary7Secret8Of9The1Key2XY";
constexpr std::string_view ak_file = R"({
	"current": "default",
	"profiles": [
		{
			"name": "default",
			"mode": "AK",
			"access_key_id": "LTAI5tExampleOfAKeyId012",
			"access_key_secret": "canary7Secret8Of9The1Key2XY",
			"region_id": "cn-shanghai",
			"output_format": "json",
			"language": "en",
			"expired_seconds": 0,
			"verify": false,
			"parallelism": 0
		}
	],
	"meta_path": ""
})";

// A machine of a test: what the search reads, and what servers answer, in order.
struct key_world {
    rc::testing::test_clock clock;
    rc::testing::test_nonces nonces;
    rc::key_environment environment{.ecs_metadata_disabled = "true", .home = "/home/a"};
    std::map<std::string, std::string> files;
    std::deque<std::string> outputs;
    std::vector<std::string> paths, commands, sent;
    struct answer {
        std::uint16_t status = 200;
        std::string body = {};
        std::string date = {};
        std::string age = {};
        rc::errc failed = rc::detail::no_fault;
        std::uint32_t takes_ms = 10;
    };
    std::deque<answer> answers;
    rc::key_search_options options{};
    rc::credentials_text key;
    std::vector<char> room = std::vector<char>(16384, 'r');

    rc::key_file take(std::string const& text, std::span<char> to) {
        if (text.size() > to.size()) return {.status = rc::key_file::too_long, .size = text.size()};
        std::copy(text.begin(), text.end(), to.begin());
        return {.status = rc::key_file::whole, .size = text.size()};
    }
    rc::key_file read_file(char const* path, std::span<char> to) noexcept {
        paths.emplace_back(path);
        auto const found = files.find(path);
        return found == files.end() ? rc::key_file{} : take(found->second, to);
    }
    rc::key_file run_command(char const* const* words, std::span<char> to) noexcept {
        for (; *words != nullptr; ++words) commands.emplace_back(*words);
        if (outputs.empty()) return {};
        auto const output = outputs.front();
        outputs.pop_front();
        return take(output, to);
    }
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> to) noexcept {
        sent.push_back(std::string(text(out.method)) + " " + std::string(out.url) + "\n" + std::string(out.headers.text()) +
                       std::string(out.body));
        if (answers.empty()) return rc::unexpected(rc::failure{.code = rc::errc::not_sent});
        answer const now = answers.front();
        answers.pop_front();
        clock.sleep_ms(now.takes_ms);
        if (now.failed != rc::detail::no_fault) return rc::unexpected(rc::failure{.code = now.failed, .subject = "test"});
        if (now.body.size() > to.size()) return rc::unexpected(rc::failure{.code = rc::errc::answer_too_long});
        rc::response in{.status = now.status};
        if (!now.date.empty()) in.header("Date", now.date);
        if (!now.age.empty()) in.header("Age", now.age);
        std::copy(now.body.begin(), now.body.end(), to.begin());
        in.body = to.first(now.body.size());
        return in;
    }
    rc::key_report find(std::uint32_t limit_ms = 30'000) {
        std::span<char> const space(room);
        return rc::find_key(*this, clock, nonces, *this, environment, space, key, options, limit_ms);
    }
    [[nodiscard]] bool holds(std::string_view text) const {
        return std::search(room.begin(), room.end(), text.begin(), text.end()) != room.end();
    }
};

std::string said(auto const& report) {
    std::string words;
    rc::describe(words, report);
    return words;
}

rc::key_fault last_fault(rc::key_report const& report, key_source of) {
    for (std::size_t i = report.fault_count; i-- != 0;)
        if (report.faults[i].source == of) return report.faults[i];
    FAIL("the place has no fault");
    return {};
}

std::string key_answer(std::string_view end, std::string_view id = "STS.NExample01") {
    return R"({"Code":"Success","AccessKeyId":")" + std::string(id) + R"(","AccessKeySecret":"canarySecond","SecurityToken":"CAIS+/=","Expiration":")" +
           std::string(end) + R"("})";
}

rc::key_report ask_uri(key_world& world, std::string body, std::string date = {}, std::string age = {}) {
    world.environment.credentials_uri = "http://127.0.0.1:8080/keys?a=1";
    world.answers = {{.body = std::move(body), .date = std::move(date), .age = std::move(age)}};
    return world.find();
}

} // namespace

TEST_CASE("a profile of the CLI gives its key, and the room is overwritten", "[keys]") {
    key_world world;
    world.files["/home/a/.aliyun/config.json"] = ak_file;
    auto const report = world.find();
    REQUIRE(report.found);
    CHECK(report.source == key_source::cli_profile);
    CHECK(report.region.text() == "cn-shanghai");
    CHECK(report.expires_at == rc::utc_time::none);
    CHECK(world.key.view().access_key_id == "LTAI5tExampleOfAKeyId012");
    CHECK(world.key.view().access_key_secret == key_secret);
    CHECK(said(report) == "CLI profile /home/a/.aliyun/config.json, profile default, mode AK: key LTAI5tEx***");
    CHECK(std::count(world.room.begin(), world.room.end(), '\0') == static_cast<std::ptrdiff_t>(world.room.size()));
    CHECK(world.paths == std::vector<std::string>{"/home/a/.aliyun/config.json"});
    CHECK(world.sent.empty());
}

TEST_CASE("no prefix of a profile's file and no byte changed in it is read beyond its end", "[keys]") {
    for (std::size_t size = 0; size <= ak_file.size(); ++size) {
        // On the heap and exactly as long, so that a sanitizer sees a read beyond the end.
        std::vector<char> bytes(ak_file.begin(), ak_file.begin() + static_cast<std::ptrdiff_t>(size));
        auto const recipe = rc::read_cli_profile(std::span<char>(bytes));
        CHECK(recipe.has_value() == (size == ak_file.size()));
        if (recipe) continue;
        CHECK(recipe.error().problem == key_problem::file_malformed);
        CHECK(recipe.error().detail <= size);
    }
    for (std::size_t at = 0; at != ak_file.size(); ++at) {
        for (char const changed : {'\0', '"', '\\', '{', '}', '\xFF'}) {
            std::vector<char> bytes(ak_file.begin(), ak_file.end());
            bytes[at] = changed;
            auto const recipe = rc::read_cli_profile(std::span<char>(bytes));
            if (!recipe) continue;
            CHECK(recipe->first == rc::first_key::text);
            CHECK(recipe->role_count == 0);
        }
    }
}

TEST_CASE("a line of the credentials file is a section, a key, a comment or malformed", "[keys]") {
    struct expected {
        std::string_view line, name, value;
        rc::detail::ini_line::kind_type kind;
    };
    using line = rc::detail::ini_line;
    for (expected const& each : std::initializer_list<expected>{
             {"", "", "", line::nothing},
             {"  # type = x", "", "", line::nothing},
             {"; type = x\r", "", "", line::nothing},
             {"[default]", "default", "", line::section},
             {"\t[ a b ] # c", "a b", "", line::section},
             {"[open", "", "", line::malformed},
             {"type", "", "", line::malformed},
             {"= x", "", "", line::malformed},
             {"type=x", "type", "x", line::key},
             {" type = x y \r", "type", "x y", line::key},
             {"type = a=b", "type", "a=b", line::key},
             {"type = x # why", "type", "x", line::key},
             {"type = x#y;z", "type", "x#y;z", line::key},
             {"type = # x", "type", "# x", line::key},
             {"type = \"x # y\" # z", "type", "x # y", line::key},
             {"type = 'x'", "type", "x", line::key},
             {"type = \"x", "type", "\"x", line::key},
             {"type =", "type", "", line::key}}) {
        INFO(each.line);
        auto const read = rc::detail::read_ini_line(each.line);
        CHECK(read.kind == each.kind);
        CHECK(read.name == each.name);
        CHECK(read.value == each.value);
    }
}

TEST_CASE("sections of the credentials file", "[keys]") {
    constexpr std::string_view file = "type = access_key\n[other]\ntype=sts\naccess_key_id=a\naccess_key_secret=b\nsts_token=c\n"
                                      "[default]\ntype=oidc_role_arn\nrole_arn=r\noidc_provider_arn=p\noidc_token_file_path=/t\n"
                                      "[twice]\ntype=access_key\naccess_key_id=1\n[x]\n[twice]\naccess_key_id=2\naccess_key_secret=3";
    constexpr auto oidc = rc::read_ini_profile(file);
    STATIC_REQUIRE(oidc.has_value());
    STATIC_REQUIRE(oidc->first == rc::first_key::oidc);
    STATIC_REQUIRE(oidc->roles[0].arn == "r");
    STATIC_REQUIRE(oidc->oidc_token_file == "/t");
    auto const sts = rc::read_ini_profile(file, "other");
    REQUIRE(sts.has_value());
    CHECK(sts->security_token == "c");
    auto const twice = rc::read_ini_profile(file, "twice");
    REQUIRE(twice.has_value());
    CHECK(twice->access_key_id == "2");
    auto const malformed = rc::read_ini_profile("[a]\ntype=x\n\nwords", "a");
    REQUIRE_FALSE(malformed.has_value());
    CHECK(malformed.error().problem == key_problem::file_malformed);
    CHECK(malformed.error().detail == 12);
}

TEST_CASE("a file of other files and paths", "[keys]") {
    key_world world;
    world.environment.home = {};
    auto report = world.find();
    CHECK(last_fault(report, key_source::cli_profile).problem == key_problem::no_home);
    CHECK(last_fault(report, key_source::ini_profile).problem == key_problem::no_home);
    std::string const long_path(2000, 'p');
    world.environment.config_file = long_path;
    report = world.find();
    CHECK(last_fault(report, key_source::cli_profile).problem == key_problem::field_malformed);
    CHECK(last_fault(report, key_source::cli_profile).detail == 2001);
    world.environment.config_file = "/etc/keys.json";
    world.environment.profile = "default";
    world.files["/etc/keys.json"] = ak_file;
    CHECK(world.find().found);
    world.files["/etc/keys.json"] = std::string(world.room.size() + 1, ' ');
    CHECK(last_fault(world.find(), key_source::cli_profile).problem == key_problem::file_too_long);
}

TEST_CASE("a place is named in full, whatever its name looks like", "[keys]") {
    rc::key_fault fault{.source = key_source::cli_profile, .problem = key_problem::file_unreadable};
    fault.where = rc::kept_text<200>("/tmp/tmp.A1b2C3d4E5f6G7h8/token secret/\x1B[2Jconfig.json");
    fault.profile = rc::kept_text<63>("prodA1b2C3d4E5f6G7h8");
    CHECK(said(fault) == "CLI profile /tmp/tmp.A1b2C3d4E5f6G7h8/token secret/?[2Jconfig.json, profile prodA1b2C3d4E5f6G7h8: "
                         "the file cannot be read; look at its permissions");
    // A long path keeps its end.
    CHECK(rc::kept_text<12>("/a/b/config.json").text() == "...nfig.json");
}

TEST_CASE("a value that cannot be a credential is refused by its name", "[keys]") {
    key_world world;
    std::string const file(ak_file);
    auto const with = [&file](std::string_view from, std::string const& to) {
        std::string changed = file;
        return changed.replace(changed.find(from), from.size(), to);
    };
    world.files["/home/a/.aliyun/config.json"] = with(key_secret, "canary with a blank ");
    auto const blank = last_fault(world.find(), key_source::cli_profile);
    CHECK(blank.problem == key_problem::field_malformed);
    CHECK(blank.field == "AccessKeySecret");
    CHECK(blank.cause == rc::errc::parameter_blank_end);
    CHECK(said(blank) == "CLI profile /home/a/.aliyun/config.json, profile default: AccessKeySecret cannot be right: blanks at an "
                         "end, perhaps from a copy and paste; remove them");
    world.files["/home/a/.aliyun/config.json"] = with(key_secret, std::string(385, 's'));
    auto const longer = last_fault(world.find(), key_source::cli_profile);
    CHECK(longer.field == "AccessKeySecret");
    CHECK(longer.detail == 385);
    CHECK(world.key.empty());
    world.files["/home/a/.aliyun/config.json"] = with(key_secret, std::string(384, 's'));
    CHECK(world.find().found);
}

TEST_CASE("the variables of the environment are used together", "[keys]") {
    key_world world;
    world.environment.access_key_secret = key_secret;
    auto fault = last_fault(world.find(), key_source::environment);
    CHECK(fault.problem == key_problem::field_missing);
    CHECK(fault.field == "ALIBABA_CLOUD_ACCESS_KEY_ID");
    world.environment.access_key_id = "testid";
    world.environment.access_key_secret = {};
    fault = last_fault(world.find(), key_source::environment);
    CHECK(fault.field == "ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    world.environment.access_key_secret = key_secret;
    CHECK(world.find().source == key_source::environment);
    CHECK(world.paths.size() == 4);
    // A named profile and a chosen place leave the environment out.
    world.options.profile = "default";
    CHECK_FALSE(world.find().found);
    world.options = {.sources = rc::only(key_source::ini_profile)};
    auto const one = world.find();
    CHECK_FALSE(one.found);
    CHECK(one.fault_count == 1);
}

TEST_CASE("the environment is read by the names of the vendor", "[keys]") {
    std::vector<std::string> asked;
    auto const environment = rc::key_environment::from([&asked](char const* name) -> char const* {
        asked.emplace_back(name);
        return asked.back() == "ALIBABA_CLOUD_SECURITY_TOKEN" ? "token" : asked.back() == "USERPROFILE" ? "C:\\a" : nullptr;
    });
    CHECK(environment.security_token == "token");
    CHECK(environment.home == "C:\\a");
    CHECK(environment.access_key_id.empty());
    std::sort(asked.begin(), asked.end());
    CHECK(asked == std::vector<std::string>{
                       "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_CLI_PROFILE_DISABLED",
                       "ALIBABA_CLOUD_CONFIG_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_URI",
                       "ALIBABA_CLOUD_ECS_METADATA", "ALIBABA_CLOUD_ECS_METADATA_DISABLED", "ALIBABA_CLOUD_IMDSV1_DISABLED",
                       "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_PROFILE",
                       "ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_ROLE_SESSION_NAME", "ALIBABA_CLOUD_SECURITY_TOKEN",
                       "ALIBABA_CLOUD_STS_REGION", "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "HOME", "USERPROFILE"});
}

TEST_CASE("the end of a key is measured by the server's clock", "[keys]") {
    // The test's clock says 2026-11-22T17:36:19Z.
    key_world world;
    auto report = ask_uri(world, key_answer("2026-11-22T18:36:19Z"));
    REQUIRE(report.found);
    CHECK(report.expires_at == 1795372579);
    CHECK(report.lifetime_ms == 3600'000);
    CHECK(said(report) == "credentials URI, by 127.0.0.1: key STS.***, valid until 2026-11-22T18:36:19Z");
    CHECK(world.sent == std::vector<std::string>{"GET http://127.0.0.1:8080/keys?a=1\nAccept-Encoding: identity\r\n"});

    report = ask_uri(world, key_answer("2026-11-22T18:36:19Z"), "Sun, 22 Nov 2026 18:26:19 GMT");
    REQUIRE(report.found);
    CHECK(report.lifetime_ms == 600'000);
    // From a cache, the date is an old one.
    report = ask_uri(world, key_answer("2026-11-22T18:36:19Z"), "Sun, 22 Nov 2026 18:26:19 GMT", "5");
    CHECK(report.lifetime_ms == 3600'000);

    for (auto const* const date : {"Sun, 22 Nov 2026 18:36:19 GMT", "Mon, 23 Nov 2026 18:26:19 GMT"}) {
        report = ask_uri(world, key_answer("2026-11-22T18:36:19Z"), date);
        CHECK_FALSE(report.found);
        CHECK(last_fault(report, key_source::credentials_uri).problem == key_problem::key_ended);
        CHECK(world.key.empty());
        CHECK_FALSE(world.holds("canarySecond"));
    }
}

TEST_CASE("servers that do not answer cost their time limit and no more", "[keys]") {
    key_world world;
    world.environment.ecs_metadata_disabled = {};
    world.environment.credentials_uri = "http://127.0.0.1/";
    world.answers = {{.failed = rc::errc::no_answer, .takes_ms = 2'000}, {.body = key_answer("2026-11-22T18:36:19Z")}};
    auto report = world.find();
    CHECK(report.source == key_source::credentials_uri);
    auto const silent = last_fault(report, key_source::ecs_ram_role);
    CHECK(silent.problem == key_problem::not_reached);
    CHECK(silent.is_used());
    CHECK(said(silent) == "ECS RAM role: the server did not answer (100.100.100.200): the request was sent and no whole answer came");

    // The deadline of the whole search: nothing is sent after it.
    world.sent.clear();
    world.answers = {{.failed = rc::errc::no_answer, .takes_ms = 2'000}, {.body = key_answer("2026-11-22T18:36:19Z")}};
    report = world.find(2'000);
    CHECK_FALSE(report.found);
    CHECK(world.sent.size() == 1);
    CHECK(report.faults[report.fault_count - 1].problem == key_problem::out_of_time);
}

TEST_CASE("a driver that does not block is told what to wait for", "[keys]") {
    rc::key_environment const environment{.credentials_uri = "http://127.0.0.1/"};
    rc::storage<4096> room;
    rc::credentials_text key;
    rc::testing::test_nonces nonces;
    rc::key_search search(environment, room, key, 60'000, {.sources = rc::only(key_source::credentials_uri)});
    rc::moment now{.utc_seconds = 1795368979, .monotonic_ms = 1'000};
    search.answered(rc::response{});                        // ignored: nothing was asked
    search.file_read({.status = rc::key_file::whole, .size = 1 << 20});
    REQUIRE(search.next(now, nonces).what == rc::key_step::send);
    CHECK(search.time_left_ms(now) == 10'000);
    auto const step = search.next(now, nonces);
    CHECK(step.what == rc::key_step::wait);
    CHECK(step.until_ms == 11'000);
    now.monotonic_ms = 11'000;
    CHECK(search.next(now, nonces).what == rc::key_step::done);
    CHECK(search.next(now, nonces).what == rc::key_step::done);
    CHECK_FALSE(search.report().found);
    CHECK(search.report().faults[0].problem == key_problem::not_reached);
    search.answered(rc::response{.status = 200});           // too late
    CHECK_FALSE(search.report().found);
}

TEST_CASE("a command is run without a shell, word by word", "[keys]") {
    key_world world;
    auto const command = [&world](std::string const& words) {
        world.commands.clear();
        world.files["/home/a/.aliyun/config.json"] = R"({"current":"x","profiles":[{"name":"x","mode":"External","process_command":")" +
                                                     words + R"("}]})";
        return world.find();
    };
    world.outputs = {R"({"mode":"AK","access_key_id":"testid","access_key_secret":"s","sts_token":"ignored"})"};
    CHECK(command(" get  'the key' \\t$HOME\\n;rm ").found);
    CHECK(world.commands == std::vector<std::string>{"get", "'the", "key'", "$HOME", ";rm"});
    CHECK(world.key.view().security_token.empty());

    std::string many = "w";
    for (int i = 1; i != 32; ++i) many += " w";
    world.outputs = {"{}"};
    CHECK_FALSE(command(many).found);
    CHECK(world.commands.size() == 32);
    CHECK(last_fault(command(many + " w"), key_source::cli_profile).field == "process_command");
    CHECK(world.commands.empty());
    CHECK(last_fault(command("   "), key_source::cli_profile).problem == key_problem::field_missing);

    // The mode of the output decides whether a token is needed; the end may be absent, but not wrong.
    struct expected {
        std::string_view output, field;
    };
    for (expected const& each : std::initializer_list<expected>{
             {R"({"mode":"StsToken","access_key_id":"a","access_key_secret":"s"})", "SecurityToken"},
             {R"({"mode":"StsToken","access_key_id":"a","access_key_secret":"s","sts_token":"t"})", ""},
             {R"({"access_key_id":"a","access_key_secret":"s","sts_token":"t"})", ""},
             {R"({"mode":"AK","access_key_id":"a"})", "AccessKeySecret"},
             {R"({"mode":"AK","access_key_secret":"s"})", "AccessKeyId"},
             {R"({"mode":"AK","access_key_id":"a","access_key_secret":"s","expiration":"soon"})", "Expiration"}}) {
        INFO(each.output);
        world.outputs = {std::string(each.output)};
        auto const report = command("get");
        CHECK(report.found == each.field.empty());
        if (!report.found) CHECK(last_fault(report, key_source::cli_profile).field == each.field);
    }
}

TEST_CASE("the host of the Security Token Service follows the region", "[keys]") {
    CHECK(rc::sts_host("", false).text() == "sts.aliyuncs.com");
    CHECK(rc::sts_host("", true).text() == "sts.aliyuncs.com");
    CHECK(rc::sts_host("cn-shanghai", false).text() == "sts.cn-shanghai.aliyuncs.com");
    CHECK(rc::sts_host("cn-shanghai", true).text() == "sts-vpc.cn-shanghai.aliyuncs.com");
    key_world world;
    auto const host = [&world](std::string const& more) {
        world.sent.clear();
        world.options.retry.attempts = 1;
        world.files["/home/a/.aliyun/config.json"] =
            R"({"current":"x","profiles":[{"name":"x","mode":"RamRoleArn","access_key_id":"testid","access_key_secret":"s","ram_role_arn":"acs:ram::1:role/r")" +
            more + "}]}";
        (void)world.find();
        REQUIRE(world.sent.size() == 1);
        return world.sent[0].substr(0, world.sent[0].find('\n'));
    };
    CHECK(host("") == "POST https://sts.aliyuncs.com/");
    CHECK(host(R"(,"sts_region":"cn-hangzhou")") == "POST https://sts.cn-hangzhou.aliyuncs.com/");
    CHECK(host(R"(,"sts_region":"cn-hangzhou","enable_vpc":true)") == "POST https://sts-vpc.cn-hangzhou.aliyuncs.com/");
    world.environment.sts_region = "ap-southeast-1";
    world.environment.vpc_endpoint_enabled = "True";
    CHECK(host("") == "POST https://sts-vpc.ap-southeast-1.aliyuncs.com/");
    CHECK(host(R"(,"sts_region":"cn-hangzhou","enable_vpc":false)") == "POST https://sts-vpc.cn-hangzhou.aliyuncs.com/");
}

TEST_CASE("the form of AssumeRoleWithOIDC has no key and no signature", "[keys]") {
    // Source of the parameters: credentials-go, providers/oidc.go.
    rc::storage<1024> room;
    rc::signing_key<rc::unsigned_rpc> const nobody;
    rc::assume_role_with_oidc const op{.role_arn = "acs:ram::1:role/r",
                                       .oidc_provider_arn = "acs:ram::1:oidc-provider/p",
                                       .oidc_token = "a.b-c_d",
                                       .role_session_name = "s",
                                       .duration_seconds = 3600};
    auto const made = rc::make_request(op, nobody, {.utc_seconds = 1795368979, .nonce = "n"}, room, {});
    REQUIRE(made);
    CHECK(made->method == rc::http_method::post);
    CHECK(made->body == "Action=AssumeRoleWithOIDC&DurationSeconds=3600&Format=JSON&OIDCProviderArn=acs%3Aram%3A%3A1%3Aoidc-provider%2Fp"
                        "&OIDCToken=a.b-c_d&RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr&RoleSessionName=s"
                        "&Timestamp=2026-11-22T17%3A36%3A19Z&Version=2015-04-01");
    // A token in a URL would stand in logs, so every placement is a form.
    auto const in_query =
        rc::make_request(op, nobody, {.utc_seconds = 1795368979, .nonce = "n"}, room, {.parameters = rc::placement::get});
    REQUIRE(in_query);
    CHECK(in_query->url == "https://live.aliyuncs.com/");
    auto wrong = op;
    wrong.oidc_token = "a b ";
    CHECK(rc::make_request(wrong, nobody, {.utc_seconds = 0, .nonce = "n"}, room, {}).error().subject == "OIDCToken");
    rc::storage<100> small;
    CHECK(rc::make_request(op, nobody, {.utc_seconds = 0, .nonce = "n"}, small, {}).error().code == rc::errc::storage_too_small);
}

TEST_CASE("credentials own their texts and overwrite them", "[keys]") {
    alignas(rc::credentials_text) char place[sizeof(rc::credentials_text)];
    auto* const owner = new (place) rc::credentials_text;
    auto const held = [&place](std::string_view text) {
        return std::search(std::begin(place), std::end(place), text.begin(), text.end()) != std::end(place);
    };
    REQUIRE(owner->assign({.access_key_id = "id", .access_key_secret = key_secret, .security_token = "canaryToken"}, 7));
    CHECK(held(key_secret));
    CHECK(owner->expires_at() == 7);
    REQUIRE(owner->assign({.access_key_id = "id", .access_key_secret = "x"}));
    CHECK_FALSE(held(key_secret.substr(1)));
    CHECK_FALSE(held("canaryToken"));
    REQUIRE(owner->assign({.access_key_id = "id", .access_key_secret = key_secret}));
    owner->~credentials_text();
    CHECK_FALSE(held(key_secret));
}
