// SPDX-License-Identifier: MIT
// What the service does with a request, as far as it matters to a client that tries again.
// Source: the vendor's pages on common parameters, error codes and limits; nothing of the library is used here.
// Data flow: the bytes of a form and the true time in; a status, a body and header fields out; executions counted.
#ifndef RESTARTCASTER_TESTS_CLIENT_SIMULATION_GATEWAY_MODEL_HPP
#define RESTARTCASTER_TESTS_CLIENT_SIMULATION_GATEWAY_MODEL_HPP

#include <cstdint>
#include <cstdio>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace simulation {

struct answer {
    int status = 0;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string code;
    /// Milliseconds that a throttled client is told to wait; 0 when it is told nothing.
    std::uint32_t wait_ms = 0;
};

/// A fault of the service itself, on top of its rules.
enum class trouble { none, throttle, error_before, error_after, busy_before, busy_after, idle, forbidden, lying_after };

/// Days since 1970 by counting them, and the two spellings of a time that the wire has.
struct calendar {
    int year = 1970, month = 0, day = 1;
    std::int64_t of_day = 0;

    static int days_in(int year, int month) {
        static int const lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return lengths[month] + (month == 1 && leap ? 1 : 0);
    }
    static int days_in(int year) { return days_in(year, 1) + 337; }

    static calendar of(std::int64_t utc) {
        calendar c;
        std::int64_t days = utc / 86400;
        c.of_day = utc % 86400;
        for (; days >= days_in(c.year); ++c.year) days -= days_in(c.year);
        for (; days >= days_in(c.year, c.month); ++c.month) days -= days_in(c.year, c.month);
        c.day = static_cast<int>(days) + 1;
        return c;
    }
    static std::int64_t seconds(int year, int month, int day, int hour, int minute, int second) {
        std::int64_t days = day - 1;
        for (int y = 1970; y != year; ++y) days += days_in(y);
        for (int m = 0; m != month; ++m) days += days_in(year, m);
        return ((days * 24 + hour) * 60 + minute) * 60 + second;
    }
};

inline std::string http_date(std::int64_t utc) {
    static char const* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static char const* const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    calendar const c = calendar::of(utc);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[utc / 86400 % 7], c.day,
                  months[c.month], c.year, static_cast<int>(c.of_day / 3600), static_cast<int>(c.of_day / 60 % 60),
                  static_cast<int>(c.of_day % 60));
    return text;
}

/// The value of a field of an application/x-www-form-urlencoded body.
inline std::string field(std::string const& form, std::string const& name) {
    for (std::size_t at = 0; at < form.size();) {
        std::size_t end = form.find('&', at);
        if (end == std::string::npos) end = form.size();
        if (form.compare(at, name.size() + 1, name + "=") == 0) {
            std::string value;
            for (std::size_t i = at + name.size() + 1; i < end; ++i) {
                if (form[i] == '%') {
                    value += static_cast<char>(std::stoi(form.substr(i + 1, 2), nullptr, 16));
                    i += 2;
                } else {
                    value += form[i];
                }
            }
            return value;
        }
        at = end + 1;
    }
    return {};
}

/// UTC seconds of a Timestamp, -1 for anything else.
inline std::int64_t timestamp(std::string const& form) {
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
    std::string const text = field(form, "Timestamp");
    if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2dZ", &y, &mo, &d, &h, &mi, &s) != 6) return -1;
    return calendar::seconds(y, mo - 1, d, h, mi, s);
}

class gateway_model {
public:
    std::size_t limit_per_second = 10;
    /// Nobody outside knows whether a throttled request uses its nonce up: both are tried.
    bool throttled_uses_nonce = false;
    /// 0: x-acs-retry-after, 1: X-RateLimit-User, 2: the code alone.
    int wait_style = 0;
    int throttle_status = 400;
    /// A service that fails names a wait as well.
    bool failing_names_wait = false;

    [[nodiscard]] int executions(std::string const& caster) const {
        auto const found = executions_.find(caster);
        return found == executions_.end() ? 0 : found->second;
    }
    /// A nonce that came with two different requests; empty as it should be.
    std::string nonce_of_two;

    /// Somebody else of the account calls.
    void other_call(std::int64_t utc_ms) {
        if (has_room(utc_ms)) admitted_.push_back(utc_ms);
    }

    answer receive(std::string const& form, std::int64_t utc_ms, trouble fault, std::uint32_t throttle_ms) {
        std::string const nonce = field(form, "SignatureNonce"), caster = field(form, "CasterId");
        auto const [seen, is_new] = bytes_of_.try_emplace(nonce, form);
        if (!is_new && seen->second != form) nonce_of_two = nonce;

        std::int64_t const off = timestamp(form) - utc_ms / 1000;
        if (off > 900 || off < -900) return refusal(400, "InvalidTimeStamp.Expired");
        if (auto const used = used_.find(nonce); used != used_.end()) return refusal(400, "SignatureNonceUsed");
        bool const full = !has_room(utc_ms);
        if (full || fault == trouble::throttle) {
            if (throttled_uses_nonce) used_.emplace(nonce, utc_ms);
            answer out = refusal(throttle_status, "Throttling.User");
            if (full) throttle_ms = static_cast<std::uint32_t>(admitted_.front() + 1000 - utc_ms);
            if (wait_style == 0) out.headers.emplace_back("x-acs-retry-after", std::to_string(throttle_ms));
            if (wait_style == 1)
                out.headers.emplace_back("X-RateLimit-User",
                                         "Limit:10,Remain:0,TimeLeft:" + std::to_string(throttle_ms) + ",Reset:1");
            out.wait_ms = wait_style == 2 ? 0 : throttle_ms;
            return out;
        }
        admitted_.push_back(utc_ms);
        used_.emplace(nonce, utc_ms);
        auto const failure = [this, throttle_ms](int status, char const* code) {
            answer out = refusal(status, code);
            out.wait_ms = failing_names_wait ? throttle_ms : 0;
            if (failing_names_wait) out.headers.emplace_back("x-acs-retry-after", std::to_string(throttle_ms));
            return out;
        };
        switch (fault) {
        case trouble::error_before: return failure(500, "InternalError");
        case trouble::busy_before: return failure(503, "ServiceUnavailable");
        case trouble::idle: return refusal(400, "IncorrectCasterStatus.Idle");
        case trouble::forbidden: return refusal(403, "Forbidden.RAM");
        default: break;
        }
        ++executions_[caster];
        if (fault == trouble::error_after) return failure(500, "InternalError");
        if (fault == trouble::lying_after) return lie(throttle_ms);
        if (fault == trouble::busy_after) return failure(503, "ServiceUnavailable");
        answer done;
        done.status = 200;
        done.body = "{\"RequestId\":\"" + caster + "\"}";
        return done;
    }

private:
    static answer refusal(int status, std::string const& code) {
        answer out;
        out.status = status;
        out.code = code;
        out.body = "{\"RequestId\":\"R\",\"HostId\":\"live.aliyuncs.com\",\"Code\":\"" + code + "\",\"Message\":\"said\"}";
        return out;
    }

    // A service that fails half-way may say anything, with a wait beside it too; what it says proves nothing.
    static answer lie(std::uint32_t dice) {
        static int const statuses[] = {500, 503, 504, 302, 200, 200};
        static char const* const codes[] = {"IncorrectCasterStatus", "Throttling.User", "InvalidTimeStamp.Expired"};
        int const status = statuses[dice % 6];
        char const* const code = codes[dice / 6 % 3];
        // Its throttle under 503 is believed, and its refusal for good under 200.
        if ((status == 503 && dice / 6 % 3 == 1) || (status == 200 && dice / 6 % 3 == 0)) return refusal(500, "InternalError");
        answer out = refusal(status, code);
        out.code = "?";
        if (dice / 18 % 2 == 0) out.headers.emplace_back("x-acs-retry-after", "50");
        return out;
    }

    // The admitted calls of the last second, whatever second that is.
    bool has_room(std::int64_t utc_ms) {
        while (!admitted_.empty() && utc_ms - admitted_.front() >= 1000) admitted_.pop_front();
        return admitted_.size() < limit_per_second;
    }

    std::map<std::string, std::string> bytes_of_;
    std::map<std::string, std::int64_t> used_;
    std::map<std::string, int> executions_;
    std::deque<std::int64_t> admitted_;
};

} // namespace simulation

#endif
