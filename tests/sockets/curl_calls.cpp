// SPDX-License-Identifier: MIT
// The blocking client over libcurl, with the switches of curl_transport or, to show what they are for, without.
// Source: CURLOPT_FRESH_CONNECT(3), CURLOPT_FORBID_REUSE(3).
// Data flow: curl_calls CA_FILE|kept; see calls.hpp.
#include "../../examples/transports/curl_transport.hpp"

#include "calls.hpp"

struct bounded_curl : curl_transport {
    void time_left_ms(std::uint32_t most_ms) noexcept { timeout_ms = static_cast<long>(most_ms); }
};

// No transport: one handle with libcurl's defaults keeps its connection, and sends again when it turns out stale.
struct kept_curl {
    std::unique_ptr<CURL, curl_detail::closer> handle{curl_easy_init()};
    std::string in = {};

    static std::size_t take(char* bytes, std::size_t, std::size_t size, void* to) {
        static_cast<std::string*>(to)->append(bytes, size);
        return size;
    }
    void time_left_ms(std::uint32_t most_ms) noexcept {
        curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(most_ms));
    }
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        std::string const body(out.body);
        long status = 0;
        in.clear();
        curl_easy_setopt(handle.get(), CURLOPT_URL, out.url.data());
        curl_easy_setopt(handle.get(), CURLOPT_HTTPGET, 1L);
        if (out.method == rc::http_method::post) curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.c_str());
        curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &take);
        curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &in);
        if (curl_easy_perform(handle.get()) != CURLE_OK)
            return rc::unexpected(rc::failure{.code = rc::errc::no_answer});
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        return rc::response{.status = static_cast<std::uint16_t>(status),
                            .body = storage.first(in.copy(storage.data(), storage.size()))};
    }
};

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    if (argv[1] == std::string_view("kept")) {
        kept_curl http;
        return answer_calls(http);
    }
    bounded_curl http{{.ca_file = argv[1]}};
    return answer_calls(http);
}
