// SPDX-License-Identifier: MIT
// One HTTP exchange over libcurl, HTTP and HTTPS.
// Source: libcurl 7.85 or later, https://curl.se/libcurl/c/; link with -lcurl.
// Data flow: a request and storage in, a response out; every exchange has its own connection.
#ifndef RESTARTCASTER_EXAMPLES_CURL_TRANSPORT_HPP
#define RESTARTCASTER_EXAMPLES_CURL_TRANSPORT_HPP

#include <restartcaster.hpp>

#include <curl/curl.h>
#include <curl/mprintf.h>

#include <algorithm>
#include <charconv>
#include <memory>

#if LIBCURL_VERSION_NUM < 0x075500
#error "curl_transport needs libcurl 7.85 or later"
#endif

/// The observer of an exchange.
struct curl_watch {
    /// Called about once a second, and more often during transfers; false cancels the exchange.
    bool (*go_on)(void* who) noexcept = nullptr;
    void* who = nullptr;
};

namespace curl_detail {

namespace rc = restartcaster;

struct closer {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
    void operator()(char* text) const noexcept { curl_free(text); }
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// The results of the callbacks.
struct progress {
    std::span<char> storage;
    rc::response in = {};
    std::size_t received = 0;
    std::size_t head_bytes = 0;
    bool sending = false; // true: bytes of the request may have been sent
    bool in_head = false;
    bool too_long = false;
    bool switched = false; // 101: another protocol follows
};

// The limit for all heads of an answer, because libcurl stores every field.
inline constexpr std::size_t most_head_bytes = 64 * 1024;

// libcurl calls this after connection and TLS handshake, and before it writes the request.
inline int begin_to_send(void* to, char*, char*, int, int) {
    static_cast<progress*>(to)->sending = true;
    return CURL_PREREQFUNC_OK;
}

// Gets one line of a head per call. Interim answers (1xx) and proxies send heads too; the next head replaces them.
// Fields after the body (trailers) are skipped.
inline std::size_t take_head(char* bytes, std::size_t, std::size_t size, void* to) {
    constexpr std::size_t ends_the_exchange = 0;
    auto& seen = *static_cast<progress*>(to);
    std::string_view const line{bytes, size};
    std::size_t const colon = line.find(':');
    seen.head_bytes += size;
    if (seen.head_bytes > most_head_bytes) return ends_the_exchange;
    if (!seen.in_head && line.starts_with("HTTP/")) {
        seen.in = {};
        seen.in_head = true;
        std::from_chars(bytes + (std::min)(line.find(' ') + 1, size), bytes + size, seen.in.status);
    } else if (line == "\r\n" || line == "\n") {
        seen.switched = seen.in_head && seen.in.status == 101;
        if (seen.switched) return ends_the_exchange;
        seen.in_head = false;
    } else if (seen.in_head && colon != line.npos) {
        seen.in.header(line.substr(0, colon), line.substr(colon + 1));
    }
    return size;
}

inline std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* to) {
    auto& seen = *static_cast<progress*>(to);
    seen.too_long = size > seen.storage.size() - seen.received;
    if (seen.too_long) return 0; // ends the exchange
    seen.received += std::string_view(bytes, size).copy(seen.storage.data() + seen.received, size);
    return size;
}

inline int ask(void* watch, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto const& watched = *static_cast<curl_watch const*>(watch);
    return watched.go_on(watched.who) ? 0 : 1;
}

/// The text of a failure: static, without a URL.
inline std::string_view words(CURL* handle, CURLcode code) {
    if (code == CURLE_ABORTED_BY_CALLBACK) return "given up";
    if (code != CURLE_PEER_FAILED_VERIFICATION) return curl_easy_strerror(code);
    constexpr long not_yet_valid = 9, has_expired = 10; // X509_V_ERR_...
    long why = 0;
    curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &why);
    if (why == not_yet_valid) return "the server's certificate is not valid yet, by this machine's clock";
    if (why == has_expired) return "the server's certificate has expired, by this machine's clock";
    return "the server's certificate is of an unknown authority or for another name";
}

/// The fields of the request in the form of libcurl, one C string each; null without memory.
inline std::unique_ptr<curl_slist, closer> fields_of(rc::request const& out) {
    std::unique_ptr<curl_slist, closer> list;
    auto const append = [&list](char const* line) {
        curl_slist* const longer = line != nullptr ? curl_slist_append(list.get(), line) : nullptr;
        if (longer == nullptr) return false;
        static_cast<void>(list.release());
        list.reset(longer);
        return true;
    };
    auto const size = [](std::string_view text) { return static_cast<int>(text.size()); };
    // Without a value: removes the fields that libcurl adds by itself.
    for (char const* const line : {"Accept:", "Content-Type:", "Expect:"})
        if (!append(line)) return nullptr;
    // The signed Host: libcurl would rewrite 127.1, non-ASCII names and a full stop at the end.
    char port[8] = "";
    if (out.port != 0) curl_msnprintf(port, sizeof port, ":%d", int{out.port});
    std::unique_ptr<char, closer> line(curl_maprintf("Host: %.*s%s", size(out.host), out.host.data(), port));
    if (!append(line.get())) return nullptr;
    for (auto const [name, value] : out.headers) {
        line.reset(curl_maprintf("%.*s: %.*s", size(name), name.data(), size(value), value.data()));
        if (!append(line.get())) return nullptr;
    }
    return list;
}

} // namespace curl_detail

/// A transport over libcurl. It always verifies the server's certificate and name, repeats nothing, follows no redirect and
/// keeps no connection. For https endpoints it uses the proxy in the environment variable https_proxy, as libcurl does;
/// plain HTTP never uses a proxy.
/// Requires: a program that ignores SIGPIPE: `std::signal(SIGPIPE, SIG_IGN)`. libcurl is told not to change signals, so that
///   threads can have their own transports.
/// Storage: libcurl allocates; this class does not.
/// Errors: not_sent, no_answer, answer_too_long, with a CURLcode in `detail`.
struct curl_transport {
    /// A PEM file of the trusted certificate authorities. Null: those of the system.
    char const* ca_file = nullptr;
    /// Time limits in milliseconds: for the whole exchange, and for connecting with the TLS handshake.
    long timeout_ms = 30'000;
    long connect_timeout_ms = 10'000;
    /// For programs that show progress or can be interrupted; may be null.
    curl_watch watch = {};

    restartcaster::result<restartcaster::response> exchange(restartcaster::request const& out,
                                                            std::span<char> storage) const noexcept {
        using namespace curl_detail;
        progress seen{storage};
        auto const failed = [](rc::errc code, CURLcode why, std::string_view said, long status = 0) {
            return rc::unexpected(rc::failure{.code = code,
                                              .http_status = static_cast<std::uint16_t>(status),
                                              .subject = said,
                                              .detail = static_cast<std::size_t>(why)});
        };

        std::unique_ptr<CURL, closer> const handle(curl_easy_init());
        std::unique_ptr<curl_slist, closer> const fields = fields_of(out);
        if (!handle || !fields)
            return failed(rc::errc::not_sent, CURLE_OUT_OF_MEMORY, words(handle.get(), CURLE_OUT_OF_MEMORY));
        CURL* const curl = handle.get();
        CURLcode code = CURLE_OK;
        auto const set = [&](CURLoption option, auto value) {
            if (code == CURLE_OK) code = curl_easy_setopt(curl, option, value);
        };
        bool const plain = out.scheme == rc::url_scheme::http;
        set(CURLOPT_URL, out.url.data());
        set(CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
        set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
        set(CURLOPT_HTTP09_ALLOWED, 0L);
        set(CURLOPT_HTTPHEADER, fields.get());
        if (out.method == rc::http_method::put) set(CURLOPT_CUSTOMREQUEST, "PUT");
        if (out.method != rc::http_method::get) {
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(out.body.size()));
            set(CURLOPT_POSTFIELDS, out.body.empty() ? "" : out.body.data());
        }

        // Exactly one exchange: libcurl sends again only if a kept connection was closed by the peer.
        set(CURLOPT_FRESH_CONNECT, 1L);
        set(CURLOPT_FORBID_REUSE, 1L);
        set(CURLOPT_FOLLOWLOCATION, 0L);
        if (plain) set(CURLOPT_PROXY, "");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_TIMEOUT_MS, (std::max)(timeout_ms, 1L)); // 0 would mean no limit
        set(CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);

        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!plain) set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2}); // or later
        if (!plain && ca_file != nullptr) {
            set(CURLOPT_CAINFO, ca_file);
            set(CURLOPT_CAPATH, static_cast<char const*>(nullptr));
        }

        set(CURLOPT_PREREQFUNCTION, &begin_to_send);
        set(CURLOPT_PREREQDATA, &seen);
        set(CURLOPT_HEADERFUNCTION, &take_head);
        set(CURLOPT_HEADERDATA, &seen);
        set(CURLOPT_WRITEFUNCTION, &take_body);
        set(CURLOPT_WRITEDATA, &seen);
        if (watch.go_on != nullptr) {
            set(CURLOPT_NOPROGRESS, 0L);
            set(CURLOPT_XFERINFOFUNCTION, &ask);
            set(CURLOPT_XFERINFODATA, &watch);
        }
        if (code == CURLE_OK) code = curl_easy_perform(curl);

        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (seen.switched)
            code = CURLE_OK;
        else if (status < 200)
            status = 0; // only an interim answer (1xx) arrived
        if (!seen.sending) return failed(rc::errc::not_sent, code, words(curl, code));
        if (seen.too_long) return failed(rc::errc::answer_too_long, code, {}, status);
        if (seen.head_bytes > most_head_bytes)
            return failed(rc::errc::no_answer, code, "the head of the answer has no end", status);
        if (code != CURLE_OK || status == 0)
            return failed(rc::errc::no_answer, code, words(curl, code), status);
        seen.in.status = static_cast<std::uint16_t>(status);
        seen.in.body = storage.first(seen.received);
        return seen.in;
    }
};

#endif
