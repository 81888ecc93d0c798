// SPDX-License-Identifier: MIT
// One studio at the service: what a request does to it, and what DescribeCasters shows of it.
// Source: ApsaraVideo Live API 2016-11-01, "DescribeCasters", "StartCaster", "StopCaster", "RestartCaster",
//   "DescribeLiveStreamState"; nothing of the library is used here. What the pages leave open is a member that is set.
// Data flow: the bytes of a form and the true time in; a status and a body out; executions counted.
#ifndef RESTARTCASTER_TESTS_CLIENT_SIMULATION_STUDIO_MODEL_HPP
#define RESTARTCASTER_TESTS_CLIENT_SIMULATION_STUDIO_MODEL_HPP

#include "gateway_model.hpp"

#include <cstdlib>
#include <set>

namespace simulation {

class studio_model {
public:
    /// The studio since some time before the goal began.
    studio_model(bool streaming, std::int64_t since_utc_ms) {
        past_.push_back({since_utc_ms, true, streaming, streaming ? since_utc_ms : 0, since_utc_ms});
    }

    /// How long a change takes, during which the former state is shown; and how much later a look shows anything.
    std::int64_t takes_ms = 0, hidden_ms = 0;
    /// How long the stream is offline after a start.
    std::int64_t dark_ms = 0;
    /// Whether a restart sets the two times, as the pages say of a start.
    bool restart_moves_times = true;
    bool is_virtual = false;

    /// What our own requests did: the executions of RestartCaster, StartCaster or StopCaster.
    int executions = 0;
    /// The RequestId of the last execution, for the callback.
    std::string request_id;

    /// Somebody else acts.
    void other_restarts(std::int64_t now) { start_again(now); }
    void other_modifies(std::int64_t now) {
        auto entry = shown(now);
        entry.at = entry.modified = now;
        past_.push_back(entry);
    }
    void other_stops(std::int64_t now) { become(now, false); }
    void other_deletes(std::int64_t now) {
        auto entry = shown(now);
        entry.at = now;
        entry.exists = false;
        past_.push_back(entry);
    }

    /// Whether the studio was started or restarted after the state that a look at `since` shows.
    [[nodiscard]] bool started_since(std::int64_t since) const {
        for (state const& entry : past_)
            if (entry.at > since - hidden_ms && entry.is_start) return true;
        return false;
    }
    [[nodiscard]] bool streams_at(std::int64_t now) const { return exists_at(now) && shown(now - hidden_ms).streaming; }
    [[nodiscard]] std::int64_t start_second_at(std::int64_t now) const { return shown(now - hidden_ms).started / 1000; }
    [[nodiscard]] bool exists_at(std::int64_t now) const { return shown(now - hidden_ms).exists; }
    [[nodiscard]] bool online_at(std::int64_t now) const {
        state const& entry = shown(now);
        return entry.exists && entry.streaming && now - entry.started >= dark_ms;
    }

    answer receive(std::string const& form, std::int64_t now) {
        std::string const action = field(form, "Action");
        std::int64_t const off = timestamp(form) - now / 1000;
        if (off > 900 || off < -900) return refusal(400, "InvalidTimeStamp.Expired");
        if (!nonces_.insert(field(form, "SignatureNonce")).second) return refusal(400, "SignatureNonceUsed");
        if (action == "DescribeCasters") return described(now);
        if (action == "DescribeLiveStreamState") {
            return success(std::string(",\"StreamState\":\"") + (online_at(now) ? "online" : "offline") + "\",\"Type\":\"push\"");
        }
        state const current = shown(now);
        if (!current.exists) return refusal(404, "InvalidCaster.NotFound");
        if (past_.back().at > now) return refusal(400, "IncorrectSceneStatus"); // a change is under way
        if (action == "RestartCaster") {
            if (is_virtual) return refusal(400, "InvalidNormType.Malformed");
            if (!current.streaming) return refusal(400, "IncorrectCasterStatus.Idle");
            start_again(now);
        } else {
            become(now, action == "StartCaster");
        }
        ++executions;
        answer out = success("");
        request_id = last_id();
        return out;
    }

    static answer refusal(int status, std::string const& code) {
        answer out;
        out.status = status;
        out.code = code;
        out.body = "{\"RequestId\":\"R\",\"HostId\":\"live.aliyuncs.com\",\"Code\":\"" + code + "\",\"Message\":\"said\"}";
        return out;
    }

private:
    struct state {
        std::int64_t at;
        bool exists, streaming;
        std::int64_t started, modified;
        bool is_start = false;
    };

    [[nodiscard]] state const& shown(std::int64_t now) const {
        state const* last = &past_.front();
        for (state const& entry : past_)
            if (entry.at <= now) last = &entry;
        return *last;
    }
    void start_again(std::int64_t now) {
        state entry = shown(now);
        if (!entry.exists || !entry.streaming) return;
        entry.at = now + takes_ms;
        entry.is_start = true;
        if (restart_moves_times) entry.started = entry.modified = entry.at;
        past_.push_back(entry);
    }
    void become(std::int64_t now, bool streaming) {
        state entry = shown(now);
        if (!entry.exists || entry.streaming == streaming) return;
        entry = {now + takes_ms, true, streaming, streaming ? now + takes_ms : 0, now + takes_ms, streaming};
        past_.push_back(entry);
    }

    [[nodiscard]] std::string last_id() const { return "request-" + std::to_string(count_); }
    answer success(std::string const& fields) {
        ++count_;
        answer out;
        out.status = 200;
        out.body = "{\"RequestId\":\"" + last_id() + "\"" + fields + "}";
        return out;
    }
    static std::string time_text(std::int64_t utc_ms, char const* form) {
        calendar const c = calendar::of(utc_ms / 1000);
        char text[64];
        std::snprintf(text, sizeof text, form, c.year, c.month + 1, c.day, static_cast<int>(c.of_day / 3600),
                      static_cast<int>(c.of_day / 60 % 60), static_cast<int>(c.of_day % 60));
        return text;
    }
    answer described(std::int64_t now) {
        state const& entry = shown(now - hidden_ms);
        if (!entry.exists) return success(",\"CasterList\":{\"Caster\":[]},\"Total\":0");
        std::string studio = "{\"CasterId\":\"studio\",\"CasterName\":\"one\",\"NormType\":" + std::string(is_virtual ? "4" : "1") +
                             ",\"Status\":" + (entry.streaming ? "1" : "0") + ",\"LastModified\":\"" +
                             time_text(entry.modified, "%04d-%02d-%02dT%02d:%02d:%02dZ") + "\"";
        if (entry.streaming) // in Beijing's time
            studio += ",\"StartTime\":\"" + time_text(entry.started + 8 * 3600 * 1000, "%04d-%02d-%02d %02d:%02d:%02d.0") + "\"";
        return success(",\"CasterList\":{\"Caster\":[" + studio + "}]},\"Total\":1");
    }

    std::vector<state> past_;
    std::set<std::string> nonces_;
    int count_ = 0;
};

} // namespace simulation

#endif
