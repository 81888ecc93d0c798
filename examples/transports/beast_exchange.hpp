// SPDX-License-Identifier: MIT
// One HTTP exchange over Boost.Beast as an Asio coroutine, HTTP and HTTPS.
// Source: Boost 1.74 to 1.81. With clang, Boost 1.74 needs -DBOOST_ASIO_HAS_CO_AWAIT=1
//   -DBOOST_ASIO_HAS_STD_COROUTINE=1. Link with -lssl -lcrypto -lpthread.
// Data flow: a request and storage in, a response out; await it, or block on it as a beast_transport.
#ifndef RESTARTCASTER_EXAMPLES_BEAST_EXCHANGE_HPP
#define RESTARTCASTER_EXAMPLES_BEAST_EXCHANGE_HPP

#include <utility> // Boost 1.74 forgets it

#include <restartcaster.hpp>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <optional>
#include <string>

namespace beast_detail {

namespace rc = restartcaster;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

inline beast::string_view view(std::string_view text) {
    return {text.data(), text.size()};
}

/// The message refers to the request, which must outlive it.
inline http::request<http::span_body<char const>> message_of(rc::request const& out) {
    auto const verb = out.method == rc::http_method::get   ? http::verb::get
                      : out.method == rc::http_method::put ? http::verb::put
                                                           : http::verb::post;
    http::request<http::span_body<char const>> message(verb, view(out.target), 11);
    for (auto const [name, value] : out.headers)
        message.set(view(name), view(value));
    message.set(http::field::host,
                std::string(out.host) + (out.port != 0 ? ":" + std::to_string(out.port) : ""));
    message.body() = {out.body.data(), out.body.size()};
    message.prepare_payload();
    message.keep_alive(false);
    return message;
}

inline rc::unexpected<rc::failure> failed(rc::errc code, beast::error_code why, unsigned http_status = 0) {
    return rc::unexpected(rc::failure{.code = code,
                                      .http_status = static_cast<std::uint16_t>(http_status),
                                      .detail = static_cast<std::size_t>(why.value())});
}

/// Writes the request once and reads the body directly into the storage. Interim answers (1xx) are skipped; 101 is a final
/// answer without a body.
template <class Stream>
asio::awaitable<rc::result<rc::response>> converse(Stream& stream, rc::request const& out,
                                                   std::span<char> storage) {
    constexpr int most_heads = 100;
    constexpr std::uint32_t most_head_bytes = 64 * 1024; // per head
    auto const message = message_of(out);
    std::optional<http::response_parser<http::buffer_body>> parser;
    beast::flat_buffer unread(2 * most_head_bytes); // also bounds chunk extensions, for which Beast has no limit
    beast::error_code why;
    unsigned status = 0;
    co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, why));
    for (int head = 0; !why && status < 200 && status != 101; ++head) {
        if (head == most_heads) co_return failed(rc::errc::no_answer, http::error::header_limit);
        parser.emplace().header_limit(most_head_bytes);
        parser->get().body() = {storage.data(), storage.size(), true};
        co_await http::async_read(stream, unread, *parser, asio::redirect_error(asio::use_awaitable, why));
        status = parser->is_header_done() ? parser->get().result_int() : 0;
    }
    if (why) {
        if (status < 200) status = 0; // only an interim answer (1xx) arrived
        bool const full = why == http::error::need_buffer || why == http::error::body_limit;
        co_return failed(full ? rc::errc::answer_too_long : rc::errc::no_answer, why, status);
    }
    rc::response in;
    in.status = static_cast<std::uint16_t>(status);
    in.body = storage.first(storage.size() - parser->get().body().size);
    for (auto const& field : parser->get())
        in.header({field.name_string().data(), field.name_string().size()},
                  {field.value().data(), field.value().size()});
    co_return in;
}

} // namespace beast_detail

/// One exchange, with the certificate verified by `tls`. Beast repeats nothing by itself; every exchange has its own
/// connection. It takes at most `most_ms` milliseconds, plus the time of the system's resolver, which cannot be cancelled.
/// Storage: `out` and `storage` must exist until the coroutine ends.
inline boost::asio::awaitable<restartcaster::result<restartcaster::response>>
beast_exchange(boost::asio::ssl::context& tls, restartcaster::request const& out, std::span<char> storage,
               std::uint32_t most_ms = 30'000) {
    using namespace beast_detail;
    auto const executor = co_await asio::this_coro::executor;
    bool const plain = out.scheme == rc::url_scheme::http;
    std::string const port = out.port != 0 ? std::to_string(out.port) : plain ? "80" : "443";
    std::string host(out.host);
    if (host.front() == '[')
        host = host.substr(1, host.size() - 2); // resolvers and certificates use the address without brackets
    beast::error_code why;

    asio::ip::tcp::resolver resolver(executor);
    auto const found =
        co_await resolver.async_resolve(host, port, asio::redirect_error(asio::use_awaitable, why));
    if (why) co_return failed(rc::errc::not_sent, why);

    beast::ssl_stream<beast::tcp_stream> stream(executor, tls);
    beast::tcp_stream& tcp = stream.next_layer();
    tcp.expires_after(std::chrono::milliseconds(most_ms));
    co_await tcp.async_connect(found, asio::redirect_error(asio::use_awaitable, why));
    if (why) co_return failed(rc::errc::not_sent, why);
    if (plain) co_return co_await converse(tcp, out, storage);

    SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(host));
    co_await stream.async_handshake(asio::ssl::stream_base::client,
                                    asio::redirect_error(asio::use_awaitable, why));
    if (why) co_return failed(rc::errc::not_sent, why);
    co_return co_await converse(stream, out, storage);
}

/// The same with a callback: `done(result<response>)` is called once, by `io`.
template <class Done>
void async_beast_exchange(boost::asio::io_context& io, boost::asio::ssl::context& tls,
                          restartcaster::request const& out, std::span<char> storage, std::uint32_t most_ms,
                          Done done) {
    using namespace beast_detail;
    using answer = rc::result<rc::response>;
    auto const once = [=, &tls, &out]() -> asio::awaitable<std::optional<answer>> {
        co_return co_await beast_exchange(tls, out, storage, most_ms);
    };
    asio::co_spawn(io, once, [done](std::exception_ptr, std::optional<answer> const& in) {
        // No answer means out of memory, perhaps after sending: counts as sent.
        done(in ? *in : answer(rc::unexpected(rc::failure{.code = rc::errc::no_answer})));
    });
}

/// A transport that blocks on the coroutine, because Asio's blocking operations cannot be cancelled.
/// Errors: not_sent, no_answer, answer_too_long.
struct beast_transport {
    boost::asio::ssl::context& tls;
    std::uint32_t timeout_ms = 30'000;

    void time_left_ms(std::uint32_t most_ms) noexcept { timeout_ms = most_ms; }

    restartcaster::result<restartcaster::response> exchange(restartcaster::request const& out,
                                                            std::span<char> storage) noexcept {
        using namespace beast_detail;
        rc::result<rc::response> in = rc::unexpected(rc::failure{.code = rc::errc::no_answer});
        try {
            asio::io_context io;
            async_beast_exchange(io, tls, out, storage, timeout_ms, [&](auto const& got) { in = got; });
            io.run();
        } catch (std::exception const&) {
            // Out of memory, perhaps after sending: counts as sent.
        }
        return in;
    }
};

#endif
