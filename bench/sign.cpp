// SPDX-License-Identifier: MIT
// What a signed request costs beyond the hash that it cannot do without, and what others cost.
// Source: help document 50286; OpenSSL's HMAC is the oracle and one of the peers.
// Data flow: the same call signed in every way, checked equal, then timed side by side.
#include "bench.hpp"
#include "inputs.hpp"

#include "../tests/reference.hpp"

#include <restartcaster.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/openssl.hpp>
#include <restartcaster/hosted/system_clock.hpp>
#include <restartcaster/sign/acs3.hpp>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace rc = restartcaster;

namespace {

// ---- the calls

/// Ten parameters, all of them the call's own; the service has no such operation.
struct create_caster {
    std::string_view caster_name, norm_type, charge_type, expire_time, purchase_time, client_token, template_id, domain,
        callback_url, region_id;

    static constexpr rc::operation description{.action = "CreateCaster", .version = "2016-11-01"};
    static constexpr auto parameters =
        rc::parameters(rc::required<"CasterName", &create_caster::caster_name>,
                       rc::required<"NormType", &create_caster::norm_type>,
                       rc::required<"ChargeType", &create_caster::charge_type>,
                       rc::required<"ExpireTime", &create_caster::expire_time>,
                       rc::required<"PurchaseTime", &create_caster::purchase_time>,
                       rc::required<"ClientToken", &create_caster::client_token>,
                       rc::required<"CasterTemplate", &create_caster::template_id>,
                       rc::required<"DomainName", &create_caster::domain>,
                       rc::required<"CallbackUrl", &create_caster::callback_url>,
                       rc::required<"RegionId", &create_caster::region_id>);
    using reply = rc::body_reply;
};

constexpr create_caster ten{.caster_name = "evening-programme-of-tuesday",
                            .norm_type = "1",
                            .charge_type = "PostPaid",
                            .expire_time = "2026-12-31T23:59:59Z",
                            .purchase_time = "2026-11-22T17:36:19Z",
                            .client_token = "53200b81-b761-4c10-842a-a0726d97xxxx",
                            .template_id = "lp_sd",
                            .domain = "live.example.com",
                            .callback_url = "http://example.com/callback",
                            .region_id = "cn-shanghai"};

/// One parameter as long as wanted.
struct long_value {
    std::string_view value;
    static constexpr rc::operation description{.action = "LongValue", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::required<"Value", &long_value::value>);
    using reply = rc::request_id_reply;
};

constexpr rc::restart_caster restart{.caster_id = inputs::caster_id, .region_id = inputs::region_id};
constexpr rc::credentials credentials{.access_key_id = inputs::key_id, .access_key_secret = inputs::secret};
constexpr rc::stamp fixed{.utc_seconds = inputs::utc_seconds, .nonce = inputs::nonce};
constexpr rc::request_options form{};
constexpr rc::request_options get{.parameters = rc::placement::get};

template <class List>
void append_ten(List& list) {
    bool good = list.append("CasterName", ten.caster_name).has_value();
    good = list.append("NormType", ten.norm_type).has_value() && good;
    good = list.append("ChargeType", ten.charge_type).has_value() && good;
    good = list.append("ExpireTime", ten.expire_time).has_value() && good;
    good = list.append("PurchaseTime", ten.purchase_time).has_value() && good;
    good = list.append("ClientToken", ten.client_token).has_value() && good;
    good = list.append("CasterTemplate", ten.template_id).has_value() && good;
    good = list.append("DomainName", ten.domain).has_value() && good;
    good = list.append("CallbackUrl", ten.callback_url).has_value() && good;
    good = list.append("RegionId", ten.region_id).has_value() && good;
    if (!good) std::abort();
}

/// Stamps like those of a program that draws a nonce for each call: whether a signature has bytes to escape is then
/// as little foreseen as it is there.
class stamps {
public:
    stamps() {
        for (std::size_t i = 0; i != count; ++i) {
            nonces_[i] = inputs::nonce;
            for (std::size_t at = nonces_[i].size(), rest = i * 0x9E3779B1u; at-- > 24; rest /= 16)
                nonces_[i][at] = "0123456789abcdef"[rest % 16];
        }
    }
    rc::stamp next() { return {.utc_seconds = inputs::utc_seconds, .nonce = nonces_[at_++ % count]}; }

private:
    static constexpr std::size_t count = 256;
    std::array<std::string, count> nonces_;
    std::size_t at_ = 0;
};

// The key outlives every benchmark and is shared by their threads.
template <class Scheme>
rc::signing_key<Scheme> const& key() {
    static rc::signing_key<Scheme> const one(credentials);
    return one;
}

/// The kernel that a benchmark takes, for as long as it runs.
class with_kernel {
public:
    explicit with_kernel(rc::detail::kernel wanted) { rc::detail::force_kernel(wanted); }
    with_kernel(with_kernel const&) = delete;
    with_kernel& operator=(with_kernel const&) = delete;
    ~with_kernel() { rc::detail::force_kernel(rc::detail::kernel::undecided); }
};
constexpr auto best = rc::detail::kernel::undecided;
constexpr auto portable = rc::detail::kernel::portable;

// ---- the floors: nothing but compressions

/// The blocks of an HMAC over one text, and those of its outer hash, padded beforehand.
template <class Hash>
class hmac_blocks {
public:
    using state = typename Hash::state_type;

    hmac_blocks(rc::hmac_key<Hash> const& key, std::string_view text, std::uint64_t before = Hash::block_size)
        : key_(key), text_(padded(text, before)),
          outer_(padded(std::string(Hash::digest_size, '\0'), Hash::block_size)) {}

    static std::string padded(std::string_view text, std::uint64_t before) {
        std::string out(text);
        std::uint64_t const bits = (before + text.size()) * 8;
        out += '\x80';
        while (out.size() % Hash::block_size != Hash::block_size - 8) out += '\0';
        for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(bits >> shift & 0xFF);
        return out;
    }

    std::size_t count() const { return text_.size() / Hash::block_size + 1; }
    std::string& text() { return text_; }

    /// The inner blocks in one call, then the outer block, which cannot begin before they end.
    state mac() {
        state inner = key_.inner();
        Hash::compress_blocks(inner, text_.data(), text_.size() / Hash::block_size);
        for (std::size_t i = 0; i != inner.size(); ++i) {
            std::uint32_t const big = __builtin_bswap32(inner[i]);
            std::memcpy(outer_.data() + 4 * i, &big, 4);
        }
        state outer = key_.outer();
        Hash::compress_blocks(outer, outer_.data(), 1);
        return outer;
    }

private:
    rc::hmac_key<Hash> const& key_;
    std::string text_, outer_;
};

std::string bytes_of(auto const& words) {
    std::string out;
    for (std::uint32_t const word : words)
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(word >> shift & 0xFF);
    return out;
}

reference::call reference_call() {
    reference::call call;
    call.key_id = inputs::key_id;
    call.secret = inputs::secret;
    call.nonce = inputs::nonce;
    call.utc_seconds = inputs::utc_seconds;
    call.own = {{"CasterId", std::string(inputs::caster_id)}, {"RegionId", std::string(inputs::region_id)}};
    return call;
}
std::string const hmac_key_text = std::string(inputs::secret) + "&";

/// The compressions of an ACS3 signature in the order in which each needs the one before.
class acs3_blocks {
public:
    acs3_blocks(std::string_view body, std::string_view canonical_request)
        : body_(body.empty() ? std::string() : blocks::padded(body, 0)),
          canonical_(blocks::padded(canonical_request, 0)),
          mac_(key<rc::acs3>().hmac(), "ACS3-HMAC-SHA256\n" + std::string(64, '0')) {}

    std::size_t count() const { return (body_.size() + canonical_.size()) / 64 + mac_.count(); }

    rc::sha256::state_type signature() {
        rc::sha256::state_type state = rc::sha256::initial_state;
        if (!body_.empty()) {
            rc::sha256::compress_blocks(state, body_.data(), body_.size() / 64);
            std::memcpy(canonical_.data(), state.data(), sizeof state);
            state = rc::sha256::initial_state;
        }
        rc::sha256::compress_blocks(state, canonical_.data(), canonical_.size() / 64);
        std::memcpy(mac_.text().data(), state.data(), sizeof state);
        return mac_.mac();
    }

private:
    using blocks = hmac_blocks<rc::sha256>;
    std::string body_, canonical_;
    blocks mac_;
};

// ---- OpenSSL over the finished string

std::string openssl_hmac(EVP_MD const* hash, std::string_view secret, std::string_view text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(hash, secret.data(), static_cast<int>(secret.size()), reinterpret_cast<unsigned char const*>(text.data()),
         text.size(), digest, &size);
    return {reinterpret_cast<char const*>(digest), size};
}

class evp_mac {
public:
    explicit evp_mac(char const* hash, std::string_view secret)
        : mac_(EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free), context_(EVP_MAC_CTX_new(mac_.get()), EVP_MAC_CTX_free) {
        std::string name = hash;
        OSSL_PARAM const parameters[]{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
                                      OSSL_PARAM_construct_end()};
        EVP_MAC_init(context_.get(), reinterpret_cast<unsigned char const*>(secret.data()), secret.size(), parameters);
    }
    std::size_t operator()(std::string_view text, unsigned char* digest) {
        std::size_t size = 0;
        EVP_MAC_init(context_.get(), nullptr, 0, nullptr);
        EVP_MAC_update(context_.get(), reinterpret_cast<unsigned char const*>(text.data()), text.size());
        EVP_MAC_final(context_.get(), digest, &size, EVP_MAX_MD_SIZE);
        return size;
    }

private:
    std::unique_ptr<EVP_MAC, void (*)(EVP_MAC*)> mac_;
    std::unique_ptr<EVP_MAC_CTX, void (*)(EVP_MAC_CTX*)> context_;
};

// ---- checks

std::string_view query_of(rc::request const& made) {
    return made.body.empty() ? made.target.substr(2) : made.body;
}

template <class Operation>
void check_rpc(Operation const& op, reference::call const& call, rc::request_options const& options,
               std::string_view what) {
    static std::array<char, 300000> bytes;
    auto const made = rc::make_request(op, key<rc::rpc_v1>(), fixed, std::span<char>(bytes), options);
    bench::require(made.has_value(), "a request was refused");
    bench::require_equal(query_of(*made), call.signed_query(options.parameters == rc::placement::get ? "GET" : "POST"),
                         what);
    auto const by_default = rc::make_request(op, key<rc::rpc_v1>(), fixed, std::span<char>(bytes));
    bench::require(by_default.has_value(), "a request was refused");
    bench::require_equal(query_of(*by_default), call.signed_query("POST"), what);
}

template <class Scheme, class Operation>
std::string canonical_request_of(Operation const& op, rc::request_options const& options) {
    reference::text_sink sink;
    bench::require(rc::canonical_request(sink, op, key<Scheme>(), fixed, options).has_value(),
                   "a canonical request was refused");
    return sink.text;
}

std::string hex(std::string_view bytes) {
    std::string out;
    char two[3];
    for (char const c : bytes) {
        std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += two;
    }
    return out;
}
std::string openssl_sha256(std::string_view text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
    return {reinterpret_cast<char const*>(digest), size};
}

void check_acs3(rc::request_options const& options) {
    std::array<char, 4096> bytes;
    auto const made = rc::make_request(restart, key<rc::acs3>(), fixed, std::span<char>(bytes), options);
    bench::require(made.has_value(), "an ACS3 request was refused");
    std::string const canonical = canonical_request_of<rc::acs3>(restart, options);
    bench::require(canonical.find(hex(openssl_sha256(made->body))) != std::string::npos,
                   "the hash of the body is not OpenSSL's");
    std::string const wanted = hex(openssl_hmac(EVP_sha256(), inputs::secret,
                                                "ACS3-HMAC-SHA256\n" + hex(openssl_sha256(canonical))));
    std::string_view const headers = made->headers.text();
    std::size_t const at = headers.find("Signature=");
    bench::require_equal(at == headers.npos ? headers : headers.substr(at + 10, 64), wanted, "the ACS3 signature");
}

template <class Own, class OpenSsl>
void check_by_openssl(rc::request_options const& options) {
    rc::storage<4096> here, there;
    auto const own = rc::make_request(restart, key<Own>(), fixed, here, options);
    auto const openssl = rc::make_request(restart, key<OpenSsl>(), fixed, there, options);
    bench::require(own && openssl, "a request was refused");
    bench::require_equal({there.bytes, openssl->storage_used}, {here.bytes, own->storage_used},
                         "the request by OpenSSL's hashes");
}

void check_floor() {
    std::string const text = reference_call().string_to_sign("POST");
    bench::require_equal(bytes_of(hmac_blocks<rc::sha1>(key<rc::rpc_v1>().hmac(), text).mac()),
                         openssl_hmac(EVP_sha1(), hmac_key_text, text), "the HMAC of the floor");
    unsigned char digest[EVP_MAX_MD_SIZE];
    evp_mac mac("SHA1", hmac_key_text);
    std::size_t const size = mac(text, digest);
    bench::require_equal({reinterpret_cast<char const*>(digest), size},
                         openssl_hmac(EVP_sha1(), hmac_key_text, text), "the HMAC of EVP_MAC");
}

void check_everything() {
    reference::call call = reference_call();
    rc::parameter_list<2> two;
    bench::require(two.append("CasterId", inputs::caster_id).has_value() &&
                       two.append("RegionId", inputs::region_id).has_value(),
                   "a parameter was refused");
    rc::parameter_list<10> list;
    append_ten(list);
    reference::call call_of_ten = call;
    call_of_ten.action = "CreateCaster";
    call_of_ten.own = {{"CasterName", std::string(ten.caster_name)},     {"NormType", std::string(ten.norm_type)},
                       {"ChargeType", std::string(ten.charge_type)},     {"ExpireTime", std::string(ten.expire_time)},
                       {"PurchaseTime", std::string(ten.purchase_time)}, {"ClientToken", std::string(ten.client_token)},
                       {"CasterTemplate", std::string(ten.template_id)}, {"DomainName", std::string(ten.domain)},
                       {"CallbackUrl", std::string(ten.callback_url)},   {"RegionId", std::string(ten.region_id)}};
    std::string const plain(65536, 'a'), escaped(65536, '%');
    for (auto const kernel : {portable, best}) {
        with_kernel const chosen(kernel);
        for (rc::request_options const& options : {form, get}) {
            check_rpc(restart, call, options, "the typed request");
            check_rpc(rc::action{"RestartCaster", "2016-11-01", two}, call, options, "the request of an action");
            check_rpc(ten, call_of_ten, options, "the typed request with ten parameters");
            check_rpc(rc::action{"CreateCaster", "2016-11-01", list}, call_of_ten, options,
                      "the request of an action with ten parameters");
            check_acs3(options);
            check_by_openssl<rc::rpc_v1, rc::openssl::rpc_v1>(options);
            check_by_openssl<rc::acs3, rc::openssl::acs3>(options);
        }
        for (std::string const& value : {plain, escaped}) {
            reference::call long_call = call;
            long_call.action = "LongValue";
            long_call.own = {{"Value", value}};
            check_rpc(long_value{value}, long_call, form, "the request with a long value");
        }
        check_floor();
    }
}

// ---- the benchmarks

template <class Scheme, class Operation, class... Options>
void sign(benchmark::State& state, Operation op, rc::detail::kernel kernel, Options... options) {
    with_kernel const chosen(kernel);
    auto const& with = key<Scheme>();
    rc::storage<4096> room;
    stamps at;
    for (auto _ : state) {
        rc::stamp when = at.next();
        bench::hide(op);
        bench::hide(when);
        (bench::hide(options), ...);
        auto made = rc::make_request(op, with, when, room, options...);
        bench::hide(made);
    }
}

std::string text_to_sign(rc::request_options const& options) {
    return reference_call().string_to_sign(options.parameters == rc::placement::get ? "GET" : "POST");
}

void floor_rpc(benchmark::State& state, rc::request_options options, rc::detail::kernel kernel) {
    with_kernel const chosen(kernel);
    hmac_blocks<rc::sha1> blocks(key<rc::rpc_v1>().hmac(), text_to_sign(options));
    for (auto _ : state) {
        bench::hide(blocks);
        auto mac = blocks.mac();
        bench::hide(mac);
    }
    state.counters["compressions"] = static_cast<double>(blocks.count());
}

void floor_acs3(benchmark::State& state, rc::request_options options, rc::detail::kernel kernel) {
    with_kernel const chosen(kernel);
    std::array<char, 4096> bytes;
    auto const made = rc::make_request(restart, key<rc::acs3>(), fixed, std::span<char>(bytes), options);
    acs3_blocks blocks(made->body, canonical_request_of<rc::acs3>(restart, options));
    for (auto _ : state) {
        bench::hide(blocks);
        auto mac = blocks.signature();
        bench::hide(mac);
    }
    state.counters["compressions"] = static_cast<double>(blocks.count());
}

void own_nonce(benchmark::State& state) {
    auto const& with = key<rc::rpc_v1>();
    rc::storage<4096> room;
    rc::restart_caster op = restart;
    rc::nonce_generator nonces;
    for (auto _ : state) {
        bench::hide(op);
        auto const nonce = nonces();
        auto made = rc::make_request(op, with, rc::stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()}, room);
        bench::hide(made);
    }
}

void action_of_two(benchmark::State& state) {
    rc::parameter_list<2> list;
    (void)(list.append("CasterId", inputs::caster_id) && list.append("RegionId", inputs::region_id));
    rc::storage<4096> room;
    rc::action op{"RestartCaster", "2016-11-01", list};
    stamps at;
    for (auto _ : state) {
        bench::hide(list);
        bench::hide(op);
        auto made = rc::make_request(op, key<rc::rpc_v1>(), at.next(), room);
        bench::hide(made);
    }
}
void action_of_ten(benchmark::State& state) {
    rc::parameter_list<10> list;
    append_ten(list);
    rc::storage<4096> room;
    rc::action op{"CreateCaster", "2016-11-01", list};
    stamps at;
    for (auto _ : state) {
        bench::hide(list);
        bench::hide(op);
        auto made = rc::make_request(op, key<rc::rpc_v1>(), at.next(), room);
        bench::hide(made);
    }
}
void action_of_ten_built(benchmark::State& state) {
    rc::storage<4096> room;
    stamps at;
    for (auto _ : state) {
        rc::parameter_list<10> list;
        append_ten(list);
        auto made =
            rc::make_request(rc::action{"CreateCaster", "2016-11-01", list}, key<rc::rpc_v1>(), at.next(), room);
        bench::hide(made);
    }
}

void growth(benchmark::State& state, char byte) {
    std::string const value(static_cast<std::size_t>(state.range(0)), byte);
    std::vector<char> bytes(value.size() * 3 + 4096);
    long_value op{value};
    for (auto _ : state) {
        bench::hide(op);
        auto made = rc::make_request(op, key<rc::rpc_v1>(), fixed, std::span<char>(bytes));
        bench::hide(made);
    }
}

void openssl_oneshot(benchmark::State& state) {
    std::string text = text_to_sign(form);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    for (auto _ : state) {
        bench::hide(text);
        HMAC(EVP_sha1(), hmac_key_text.data(), static_cast<int>(hmac_key_text.size()),
             reinterpret_cast<unsigned char const*>(text.data()), text.size(), digest, &size);
        bench::hide(digest);
    }
}
void openssl_evp_mac(benchmark::State& state) {
    std::string text = text_to_sign(form);
    unsigned char digest[EVP_MAX_MD_SIZE];
    evp_mac mac("SHA1", hmac_key_text);
    for (auto _ : state) {
        bench::hide(text);
        mac(text, digest);
        bench::hide(digest);
    }
}

void make_key(benchmark::State& state) {
    rc::credentials from = credentials;
    for (auto _ : state) {
        bench::hide(from);
        rc::signing_key<rc::rpc_v1> made(from);
        bench::hide(made);
    }
}

void register_all() {
    using benchmark::RegisterBenchmark;
    auto const typed = sign<rc::rpc_v1, rc::restart_caster>;
    auto const typed_with = sign<rc::rpc_v1, rc::restart_caster, rc::request_options>;
    auto const typed_acs3 = sign<rc::acs3, rc::restart_caster>;
    auto const typed_acs3_with = sign<rc::acs3, rc::restart_caster, rc::request_options>;
    RegisterBenchmark("floor/form", floor_rpc, form, best);
    RegisterBenchmark("floor/get", floor_rpc, get, best);
    RegisterBenchmark("floor/form_portable", floor_rpc, form, portable);
    RegisterBenchmark("sign/form", typed, restart, best);
    RegisterBenchmark("sign/form_options_given", typed_with, restart, best, form);
    RegisterBenchmark("sign/get", typed_with, restart, best, get);
    RegisterBenchmark("sign/form_portable", typed, restart, portable);
    RegisterBenchmark("sign/own_nonce", own_nonce);
    RegisterBenchmark("sign/form_by_openssl", sign<rc::openssl::rpc_v1, rc::restart_caster>, restart, best);
    RegisterBenchmark("openssl/hmac_oneshot", openssl_oneshot);
    RegisterBenchmark("openssl/evp_mac_reused", openssl_evp_mac);
    RegisterBenchmark("action/two", action_of_two);
    RegisterBenchmark("action/ten_typed", sign<rc::rpc_v1, create_caster>, ten, best);
    RegisterBenchmark("action/ten", action_of_ten);
    RegisterBenchmark("action/ten_with_list", action_of_ten_built);
    RegisterBenchmark("key", make_key);
    RegisterBenchmark("acs3_floor/form", floor_acs3, form, best);
    RegisterBenchmark("acs3_floor/get", floor_acs3, get, best);
    RegisterBenchmark("acs3_floor/form_portable", floor_acs3, form, portable);
    RegisterBenchmark("acs3/form", typed_acs3, restart, best);
    RegisterBenchmark("acs3/form_by_openssl", sign<rc::openssl::acs3, rc::restart_caster>, restart, best);
    RegisterBenchmark("acs3/get", typed_acs3_with, restart, best, get);
    RegisterBenchmark("acs3/form_portable", typed_acs3, restart, portable);
    for (int const threads : {1, 2})
        RegisterBenchmark("threads", typed, restart, best)->Threads(threads)->UseRealTime();
    for (std::int64_t const size : {36, 1024, 4096, 16384, 65536}) {
        RegisterBenchmark("growth/plain", growth, 'a')->Arg(size);
        RegisterBenchmark("growth/escaped", growth, '%')->Arg(size);
    }
}

} // namespace

int main(int argc, char** argv) {
    check_everything();
    register_all();
    return bench::run(argc, argv);
}
