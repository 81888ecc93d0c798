// SPDX-License-Identifier: MIT
// A pipe of bytes over a POSIX socket that never waits, as polled_exchange wants it.
// Source: POSIX.1-2017, connect() (EINPROGRESS), send(), recv(). Plain HTTP, IPv4 addresses only: a name would have
//   to be waited for.
// Path: a request's address in, bytes out and in.
#ifndef RESTARTCASTER_EXAMPLES_NONBLOCKING_SOCKET_HPP
#define RESTARTCASTER_EXAMPLES_NONBLOCKING_SOCKET_HPP

#include "http1_answer.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

class nonblocking_socket {
public:
    nonblocking_socket() = default;
    nonblocking_socket(nonblocking_socket const&) = delete;
    nonblocking_socket& operator=(nonblocking_socket const&) = delete;
    ~nonblocking_socket() { close(); }

    bool open(restartcaster::request const& to) {
        close();
        char host[INET_ADDRSTRLEN] = {};
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(to.port != 0 ? to.port : 80);
        if (to.scheme == restartcaster::url_scheme::https || to.host.copy(host, sizeof host) == sizeof host ||
            inet_pton(AF_INET, host, &address.sin_addr) != 1)
            return false;
        fd_ = socket(AF_INET, SOCK_STREAM, 0);
        if (fd_ < 0 || fcntl(fd_, F_SETFL, O_NONBLOCK) < 0) return false;
        return connect(fd_, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0 ||
               errno == EINPROGRESS;
    }

    int write(std::string_view bytes) { return said(send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL)); }

    int read(std::span<char> to) {
        ssize_t const count = recv(fd_, to.data(), to.size(), 0);
        return count == 0 ? stream_ended : said(count);
    }

private:
    static int said(ssize_t count) {
        if (count >= 0) return static_cast<int>(count);
        // ENOTCONN: not yet.
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOTCONN || errno == EINTR ? 0 : stream_failed;
    }

    void close() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

    int fd_ = -1;
};

#endif
