// SPDX-License-Identifier: MIT
// How often signing and reading ask for memory: a program of its own, because it takes the allocator's place.
// Source: glibc manual, "Replacing malloc".
// Data flow: each call once in every way, the requests for memory of the whole process counted; one line for each.
#include "inputs.hpp"
#include "studios.hpp"

#include <restartcaster.hpp>
#include <restartcaster/hosted/openssl.hpp>
#include <restartcaster/sign/acs3.hpp>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pugixml.hpp>
#include <rapidjson/document.h>
#include <simdjson.h>
#include <tinyxml2.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace rc = restartcaster;

namespace {
std::size_t allocations = 0;
} // namespace

// operator new of the C++ library asks malloc, and so does everything else in the process.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void* malloc(std::size_t size) noexcept {
    ++allocations;
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
    ++allocations;
    return __libc_calloc(count, size);
}
void* realloc(void* bytes, std::size_t size) noexcept {
    ++allocations;
    return __libc_realloc(bytes, size);
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
    ++allocations;
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept { return memalign(alignment, size); }
int posix_memalign(void** to, std::size_t alignment, std::size_t size) noexcept {
    *to = memalign(alignment, size);
    return *to == nullptr;
}
}

namespace {

// The second time counts: the first may fill caches that are kept.
template <class F>
std::size_t count(char const* name, F once) {
    once();
    std::size_t const before = allocations;
    once();
    std::size_t const made = allocations - before;
    std::printf("%-40s %zu\n", name, made);
    return made;
}

void need(bool holds) {
    if (holds) return;
    std::fputs("a call that is counted failed\n", stderr);
    std::exit(EXIT_FAILURE);
}

template <class Scheme>
void sign() {
    rc::signing_key<Scheme> const key({.access_key_id = inputs::key_id, .access_key_secret = inputs::secret});
    rc::storage<4096> room;
    rc::stamp const when{.utc_seconds = inputs::utc_seconds, .nonce = inputs::nonce};
    rc::restart_caster const typed{.caster_id = inputs::caster_id, .region_id = inputs::region_id};
    rc::parameter_list<4> list;
    need(list.append("CasterId", inputs::caster_id).has_value());
    need(list.append("Tag", 1, "Key", "a b").has_value());
    for (rc::placement const where : {rc::placement::post_form, rc::placement::get, rc::placement::post_query})
        for (rc::format const answer : {rc::format::json, rc::format::xml}) {
            rc::request_options const options{.parameters = where, .answer = answer};
            need(rc::make_request(typed, key, when, room, options).has_value());
            need(rc::make_request(rc::action{"RestartCaster", "2016-11-01", list}, key, when, room, options).has_value());
        }
}

template <class Scheme>
void sign_once() {
    static rc::signing_key<Scheme> const key({.access_key_id = inputs::key_id, .access_key_secret = inputs::secret});
    rc::storage<4096> room;
    rc::stamp const when{.utc_seconds = inputs::utc_seconds, .nonce = inputs::nonce};
    need(rc::make_request(rc::restart_caster{.caster_id = inputs::caster_id}, key, when, room).has_value());
}

void read(std::string_view body, std::uint16_t status) {
    char bytes[1024];
    need(body.size() <= sizeof bytes);
    std::memcpy(bytes, body.data(), body.size());
    rc::response const from{.status = status, .body = {bytes, body.size()}};
    auto const reply = rc::read_reply<rc::restart_caster>(from);
    need(reply ? !reply->request_id.empty() : reply.error().kind == rc::error_kind::refused);
}

std::size_t read_list(std::string const& answer) {
    static char bytes[1 << 16];
    need(answer.size() <= sizeof bytes);
    std::memcpy(bytes, answer.data(), answer.size());
    return studios::read({bytes, answer.size()}, [](studios::studio const& one) { need(one.caster_id.size() == 36); });
}

} // namespace

int main() {
    std::size_t const check = count("(a new and a malloc, to see that they count)", [] {
        std::string* volatile made = new std::string(100, 'x');
        delete made;
    });
    if (check != 2) {
        std::fputs("the counter does not count\n", stderr);
        return EXIT_FAILURE;
    }
    std::size_t const signing = count("sign/rpc_v1", sign<rc::rpc_v1>) + count("sign/acs3", sign<rc::acs3>);
    count("sign/rpc_v1_by_openssl", sign_once<rc::openssl::rpc_v1>);
    count("sign/acs3_by_openssl", sign_once<rc::openssl::acs3>);
    count("sign/openssl_hmac_oneshot", [] {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        need(HMAC(EVP_sha1(), inputs::secret.data(), static_cast<int>(inputs::secret.size()),
                  reinterpret_cast<unsigned char const*>(inputs::json_error.data()), inputs::json_error.size(), digest,
                  &size) != nullptr);
    });
    std::size_t const reading = count("json_ok/ours", [] { read(inputs::json_ok, 200); }) +
                                count("json_error/ours", [] { read(inputs::json_error, 400); }) +
                                count("xml_ok/ours", [] { read(inputs::xml_ok, 200); }) +
                                count("xml_error/ours", [] { read(inputs::xml_error, 400); });
    std::string const list_json = studios::json(), list_xml = studios::xml();
    std::size_t const reading_lists =
        count("list_json/ours", [&] { need(read_list(list_json) == studios::count); }) +
        count("list_xml/ours", [&] { need(read_list(list_xml) == studios::count); });
    simdjson::ondemand::parser parser;
    count("json_error/simdjson_padded_string", [&] {
        simdjson::padded_string const padded(inputs::json_error);
        std::string_view code;
        auto document = parser.iterate(padded);
        need(document["Code"].get_string().get(code) == simdjson::SUCCESS);
    });
    count("json_error/rapidjson", [] {
        rapidjson::Document document;
        document.Parse(inputs::json_error.data(), inputs::json_error.size());
        need(document.HasMember("Code"));
    });
    count("json_error/nlohmann", [] { need(nlohmann::json::parse(inputs::json_error).contains("Code")); });
    count("xml_error/pugixml", [] {
        pugi::xml_document document;
        need(document.load_buffer(inputs::xml_error.data(), inputs::xml_error.size()));
    });
    count("xml_error/tinyxml2", [] {
        tinyxml2::XMLDocument document;
        need(document.Parse(inputs::xml_error.data(), inputs::xml_error.size()) == tinyxml2::XML_SUCCESS);
    });
    std::printf("sign_allocations %zu\nread_allocations %zu\nlist_allocations %zu\n", signing, reading, reading_lists);
}
