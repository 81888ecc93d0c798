// SPDX-License-Identifier: MIT
// A byte stream over a non-blocking POSIX socket, for polled_exchange.
// Source: POSIX.1-2017, connect() (EINPROGRESS), send(), recv(). Plain HTTP, and addresses only: resolving a
//   name would block. Copy it together with http1_answer.hpp.
// Data flow: the address of a request in, then bytes in both directions.
#ifndef RESTARTCASTER_EXAMPLES_NONBLOCKING_SOCKET_HPP
#define RESTARTCASTER_EXAMPLES_NONBLOCKING_SOCKET_HPP

#include "http1_answer.hpp"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

class nonblocking_socket {
public:
    nonblocking_socket() = default;
    nonblocking_socket(nonblocking_socket const&) = delete;
    nonblocking_socket& operator=(nonblocking_socket const&) = delete;
    ~nonblocking_socket() { hang_up(); }

    /// The addresses of a request's host, to be freed by freeaddrinfo(); null if there is none. Resolving a name blocks;
    /// AI_NUMERICHOST in `flags` allows addresses only.
    static addrinfo* addresses(restartcaster::request const& to, int flags = 0) {
        std::string_view host = to.host;
        if (host.starts_with('[')) host = {host.data() + 1, host.size() - 2}; // brackets belong to the URL only
        char name[256] = {}, port[6] = {};
        host.copy(name, sizeof name - 1);
        std::to_chars(port, port + sizeof port, to.port != 0 ? to.port : 80);
        addrinfo hints{}, *found = nullptr;
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = flags | AI_NUMERICSERV;
        return getaddrinfo(name, port, &hints, &found) == 0 ? found : nullptr;
    }

    bool open(restartcaster::request const& to) {
        hang_up();
        if (to.scheme == restartcaster::url_scheme::https) return false;
        addrinfo* const found = addresses(to, AI_NUMERICHOST);
        bool const opened = found != nullptr && open(*found);
        if (found != nullptr) freeaddrinfo(found);
        return opened;
    }

    bool open(addrinfo const& to) {
        hang_up();
        fd_ = socket(to.ai_family, to.ai_socktype, to.ai_protocol);
        if (fd_ < 0 || fcntl(fd_, F_SETFD, FD_CLOEXEC) < 0 || fcntl(fd_, F_SETFL, O_NONBLOCK) < 0) return false;
        int const at_once = 1;
        setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        return connect(fd_, to.ai_addr, to.ai_addrlen) == 0 || errno == EINPROGRESS;
    }

    int send_some(std::string_view bytes) { return said(send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL)); }

    int receive_some(std::span<char> to) {
        ssize_t const count = recv(fd_, to.data(), to.size(), 0);
        return count == 0 ? stream_ended : said(count);
    }

    /// The descriptor, for poll() in programs that may block.
    [[nodiscard]] int descriptor() const { return fd_; }

private:
    static int said(ssize_t count) {
        if (count >= 0) return static_cast<int>(count);
        // ENOTCONN: not connected yet.
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOTCONN || errno == EINTR ? 0 : stream_failed;
    }

    void hang_up() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

    int fd_ = -1;
};

#endif
