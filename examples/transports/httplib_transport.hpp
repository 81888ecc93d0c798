// SPDX-License-Identifier: MIT
// One HTTP exchange over cpp-httplib, HTTP and HTTPS.
// Source: cpp-httplib 0.11; link with $(pkg-config --libs cpp-httplib) -lssl -lcrypto -lpthread.
// Path: a request and storage in, a response out; every exchange has a connection of its own.
#ifndef RESTARTCASTER_EXAMPLES_HTTPLIB_TRANSPORT_HPP
#define RESTARTCASTER_EXAMPLES_HTTPLIB_TRANSPORT_HPP

#include <restartcaster.hpp>

#include <algorithm>
#include <httplib.h>
#include <utility>

/// A transport over cpp-httplib.
/// Requires: a program that ignores SIGPIPE, which OpenSSL may raise: `std::signal(SIGPIPE, SIG_IGN)`.
/// Errors: not_sent, no_answer, answer_too_long.
struct httplib_transport {
    /// A PEM file of the authorities to trust. Null: the system's.
    char const* ca_file = nullptr;

    restartcaster::result<restartcaster::response> exchange(restartcaster::request const& out,
                                                            std::span<char> storage) const noexcept try {
        namespace rc = restartcaster;
        rc::response in;
        bool full = false, written = false;
        httplib::Client client(std::string(out.url.substr(0, out.url.size() - out.target.size())));
        client.enable_server_certificate_verification(true);
        if (ca_file != nullptr) client.set_ca_cert_path(ca_file);
        client.set_keep_alive(false);
        client.set_follow_location(false);
        client.set_decompress(false);
        client.set_url_encode(false); // the target is encoded and signed as it is
        client.set_connection_timeout(10);
        client.set_read_timeout(30);

        httplib::Request send;
        send.method = text(out.method);
        send.path = out.target;
        for (auto const [name, value] : out.headers)
            send.headers.emplace(name, value);
        send.content_length_ = out.body.size();
        // Later versions try once more when a TLS peer closes early; a request is good for one use.
        send.content_provider_ = [&](std::size_t, std::size_t, httplib::DataSink& sink) {
            return !std::exchange(written, true) && sink.write(out.body.data(), out.body.size());
        };
        send.response_handler = [&](httplib::Response const& head) {
            in.status = static_cast<std::uint16_t>(head.status);
            for (auto const& [name, value] : head.headers)
                in.header(name, value);
            return true;
        };
        send.content_receiver = [&](char const* bytes, std::size_t size, std::uint64_t, std::uint64_t) {
            std::size_t const used = in.body.size();
            full = size > storage.size() - used;
            if (full) return false;
            std::copy_n(bytes, size, storage.begin() + static_cast<std::ptrdiff_t>(used));
            in.body = storage.first(used + size);
            return true;
        };

        httplib::Response ignored;
        httplib::Error error{};
        if (client.send(send, ignored, error)) return in;
        using enum httplib::Error;
        bool const unsent = error == Connection || error == ConnectionTimeout || error == SSLConnection ||
                            error == SSLLoadingCerts || error == SSLServerVerification;
        rc::errc code = unsent ? rc::errc::not_sent : rc::errc::no_answer;
        if (full) code = rc::errc::answer_too_long;
        return rc::unexpected(rc::failure{.code = code, .http_status = in.status});
    } catch (std::exception const&) {
        // Out of memory, perhaps halfway: treated as sent.
        return restartcaster::unexpected(restartcaster::failure{.code = restartcaster::errc::no_answer});
    }
};

#endif
