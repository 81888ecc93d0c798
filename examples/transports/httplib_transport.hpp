// SPDX-License-Identifier: MIT
// One HTTP exchange over cpp-httplib, HTTP and HTTPS, on POSIX systems.
// Source: cpp-httplib 0.10.3 to 0.53.1, tested by tests/sockets/httplib_versions; link with
//   $(pkg-config --libs cpp-httplib) -lssl -lcrypto -lpthread. Copy it together with http1_answer.hpp.
// Data flow: a request and storage in, a response out; every exchange has its own connection.
#ifndef RESTARTCASTER_EXAMPLES_HTTPLIB_TRANSPORT_HPP
#define RESTARTCASTER_EXAMPLES_HTTPLIB_TRANSPORT_HPP

#include "http1_answer.hpp"

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace httplib_detail {

namespace rc = restartcaster;
using clock = std::chrono::steady_clock;

/// The one connection of an exchange, watched by a thread. Workaround for cpp-httplib: it limits the time of each step and
/// not of the whole; before 0.22 it stores every header field that a peer sends; from 0.12 on it opens a second connection
/// and sends again when a TLS peer closes early.
class one_connection {
public:
    one_connection(clock::time_point end, std::size_t most_bytes) : end_(end), most_bytes_(most_bytes) {
        watching_ = std::thread([this] { watch(); }); // first, because it may throw
        no_way_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
    }
    one_connection(one_connection const&) = delete;
    one_connection& operator=(one_connection const&) = delete;
    ~one_connection() {
        {
            std::scoped_lock const lock(mutex_);
            over_ = true;
        }
        changed_.notify_one();
        if (watching_.joinable()) watching_.join();
        for (int const fd : {no_way_, connection_})
            if (fd >= 0) ::close(fd);
    }

    [[nodiscard]] bool ready() const { return no_way_ >= 0; }

    /// Takes the socket before it is connected. A second socket is refused.
    void take(int socket) {
        std::scoped_lock const lock(mutex_);
        if (connection_ < 0) connection_ = ::fcntl(socket, F_DUPFD_CLOEXEC, 0); // a duplicate outlives cpp-httplib's own
        if (connection_ < 0 || taken_++ != 0) ::dup2(no_way_, socket);
    }

    /// Whether cpp-httplib asked for a second socket, which means that the request was sent over the first one.
    [[nodiscard]] bool again() {
        std::scoped_lock const lock(mutex_);
        return taken_ > 1;
    }

private:
    void watch() {
        std::unique_lock lock(mutex_);
        auto const a_while = std::chrono::milliseconds(20);
        while (!changed_.wait_until(lock, (std::min)(end_, clock::now() + a_while), [this] { return over_; }))
            if (connection_ >= 0 && (clock::now() >= end_ || received() > most_bytes_)) {
                ::shutdown(connection_, SHUT_RDWR);
                return;
            }
    }

    // Bytes received from the peer; 0 if the system does not count them.
    [[nodiscard]] std::size_t received() const {
#ifdef __linux__
        struct { // tcp_info of Linux 4.1; the struct of the C library may be shorter
            char before[128];
            std::uint64_t bytes_received;
        } info{};
        socklen_t size = sizeof info;
        if (::getsockopt(connection_, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && size == sizeof info)
            return static_cast<std::size_t>(info.bytes_received);
#endif
        return 0;
    }

    clock::time_point const end_;
    std::size_t const most_bytes_;
    std::mutex mutex_;
    std::condition_variable changed_;
    int no_way_ = -1, connection_ = -1;
    int taken_ = 0;
    bool over_ = false;
    std::thread watching_;
};

// Names that some versions lack.

template <class Client>
void leave_the_target_as_it_is(Client& client) {
    if constexpr (requires { client.set_path_encode(false); })
        client.set_path_encode(false);
    else
        client.set_url_encode(false);
}

/// The fields and the body of a request, as sent after the request line.
inline std::string fields_and_body(rc::request const& out) {
    std::string all("Host: ");
    all.append(out.host);
    if (out.port != 0) all.append(":").append(std::to_string(out.port));
    all.append("\r\n").append(out.headers.text()).append("Connection: close\r\nContent-Length: ");
    all.append(std::to_string(out.body.size())).append("\r\n\r\n").append(out.body);
    return all;
}

/// Makes cpp-httplib 0.14.2 or later write `all` in place of its own fields, without `Expect` for long bodies, and set
/// `began` just before it sends. Returns false for earlier versions.
template <class Client>
bool write_instead(Client& client, std::string const& all, bool& began) {
    if constexpr (requires { client.set_header_writer(nullptr); }) {
        client.set_header_writer([&](httplib::Stream& to, httplib::Headers const&) -> decltype(to.write("", 0)) {
            if (std::exchange(began, true)) return -1;
            return to.write(all.data(), all.size());
        });
        return true;
    }
    return false;
}

/// For earlier versions: whether an error means that the request was not sent.
inline bool is_before_sending(httplib::Error error) {
    using enum httplib::Error;
    return error == Connection || error == ConnectionTimeout || error == BindIPAddress || error == SSLConnection ||
           error == SSLLoadingCerts || error == SSLServerVerification;
}

/// Corrects the answer that cpp-httplib delivers.
class incoming {
public:
    explicit incoming(std::span<char> storage) : storage_(storage), behind_interim_(storage) {}

    /// Takes a head. Returns false if no further part of the answer is wanted.
    bool head(httplib::Response const& from) {
        in_ = {};
        in_.status = static_cast<std::uint16_t>(from.status);
        for (auto const& [name, value] : from.headers) in_.header(name, value);
        whole_ = in_.status == 101 || in_.status == 204 || in_.status == 304;
        return !whole_;
    }

    bool body(std::string_view bytes) {
        if (in_.status < 200) { // cpp-httplib reads the bytes after an interim answer as its body
            for (char const byte : bytes) behind_interim_.take(byte);
            return !behind_interim_.over();
        }
        full_ = bytes.size() > storage_.size() - used_;
        if (full_) return false;
        used_ += bytes.copy(storage_.data() + used_, bytes.size());
        return true;
    }

    /// The answer; `whole`: cpp-httplib reports that it is complete.
    rc::result<rc::response> end(bool whole, httplib::Response const& last) {
        if (whole && in_.status == 0) head(last); // 204, for which it does not report the head earlier
        if (in_.status >= 100 && in_.status < 200 && in_.status != 101) {
            behind_interim_.end(whole ? stream_ended : stream_failed);
            return behind_interim_.answer();
        }
        in_.body = storage_.first(used_);
        if (whole || whole_) return in_;
        return rc::unexpected(rc::failure{.code = full_ ? rc::errc::answer_too_long : rc::errc::no_answer,
                                          .http_status = in_.status});
    }

private:
    std::span<char> storage_;
    rc::response in_;
    http1_answer_bytes behind_interim_;
    std::size_t used_ = 0;
    bool full_ = false, whole_ = false;
};

} // namespace httplib_detail

/// A transport over cpp-httplib. It tries every address of the host until one accepts the connection.
/// Requires: a program that ignores SIGPIPE, which OpenSSL may raise: `std::signal(SIGPIPE, SIG_IGN)`.
/// Errors: not_sent, no_answer, answer_too_long.
struct httplib_transport {
    /// A PEM file of the trusted certificate authorities. Null: those of the system.
    char const* ca_file = nullptr;
    /// The time limit of the whole exchange in milliseconds, without name resolution, which only the resolver bounds.
    std::uint32_t timeout_ms = 30'000;

    void time_left_ms(std::uint32_t most_ms) noexcept { timeout_ms = most_ms; }

    restartcaster::result<restartcaster::response> exchange(restartcaster::request const& out,
                                                            std::span<char> storage) const noexcept {
        using namespace httplib_detail;
        bool began = false;
        try {
            auto const end = clock::now() + std::chrono::milliseconds(timeout_ms);
            std::string host(out.host);
            if (host.starts_with('[')) host = host.substr(1, host.size() - 2); // brackets belong to the URL only
            std::string const port =
                std::to_string(out.port != 0 ? out.port : out.scheme == rc::url_scheme::http ? 80 : 443);
            addrinfo hints{}, *first = nullptr;
            hints.ai_socktype = SOCK_STREAM;
            if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &first) != 0) return not_sent("host not found");
            std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const found(first, ::freeaddrinfo);

            auto addresses = 1;
            for (addrinfo const* to = first->ai_next; to != nullptr; to = to->ai_next) ++addresses;
            for (addrinfo const* to = first; to != nullptr; to = to->ai_next, --addresses) {
                char address[NI_MAXHOST] = "";
                ::getnameinfo(to->ai_addr, to->ai_addrlen, address, sizeof address, nullptr, 0, NI_NUMERICHOST);
                auto const in = exchange_with(host, address, out, storage, end, addresses, began);
                if (in || in.error().code != rc::errc::not_sent) return in;
            }
            return not_sent("no connection");
        } catch (std::exception const&) {
            // Out of memory, perhaps after sending.
            return rc::unexpected(rc::failure{.code = began ? rc::errc::no_answer : rc::errc::not_sent});
        }
    }

private:
    static restartcaster::unexpected<restartcaster::failure> not_sent(std::string_view why) {
        return restartcaster::unexpected(
            restartcaster::failure{.code = restartcaster::errc::not_sent, .subject = why});
    }

    // `began` becomes true just before bytes of the request may be sent.
    restartcaster::result<restartcaster::response> exchange_with(std::string const& host, char const* address,
                                                                 restartcaster::request const& out,
                                                                 std::span<char> storage,
                                                                 httplib_detail::clock::time_point end, int addresses,
                                                                 bool& began) const {
        using namespace httplib_detail;
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(end - clock::now());
        if (left.count() <= 0) return not_sent("no time");
        // Complete answers need far less, even in chunks and TLS records of one byte each.
        one_connection connection(end, 1'000'000 + 64 * storage.size());
        if (!connection.ready()) return not_sent("no socket");

        httplib::Client client(std::string(out.url.substr(0, out.url.size() - out.target.size())));
        if (!client.is_valid()) return not_sent("no HTTPS in this build of cpp-httplib");
        client.set_hostname_addr_map({{host, address}});
        client.set_socket_options([&](auto socket) { connection.take(socket); });
        if (out.scheme == rc::url_scheme::https) client.enable_server_certificate_verification(true);
        if (ca_file != nullptr) client.set_ca_cert_path(ca_file);
        client.set_keep_alive(false);
        client.set_follow_location(false);
        client.set_decompress(false);
        leave_the_target_as_it_is(client);
        client.set_connection_timeout(left / addresses); // a silent address leaves time for the others
        client.set_read_timeout(left);
        client.set_write_timeout(left);

        httplib::Request send;
        send.method = text(out.method);
        send.path = out.target;
        std::string const all = fields_and_body(out);
        bool const told = write_instead(client, all, began);
        if (!told) {
            began = true;
            send.headers.emplace("Host", all.substr(6, all.find('\r') - 6));
            for (auto const [name, value] : out.headers) send.headers.emplace(name, value);
            send.body = out.body;
        }
        incoming in(storage);
        send.response_handler = [&](httplib::Response const& head) { return in.head(head); };
        send.content_receiver = [&](char const* bytes, std::size_t size, auto, auto) { return in.body({bytes, size}); };

        httplib::Response last;
        httplib::Error error{};
        bool const whole = client.send(send, last, error);
        if (!told) began = whole || connection.again() || !is_before_sending(error);
        if (!began) return not_sent("no connection");
        return in.end(whole, last);
    }
};

#endif
