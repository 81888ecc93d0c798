// SPDX-License-Identifier: MIT
// The audit file: one line of JSON for each studio, appended when its outcome is known.
// Source: command_table.cpp, which documents the keys.
// Data flow: outcomes and looks in, lines at the end of a file out.
#ifndef RESTARTCASTER_CLI_AUDIT_HPP
#define RESTARTCASTER_CLI_AUDIT_HPP

#include "looks.hpp"
#include "outcome.hpp"

/// Allocates nothing when it writes, so that the file is complete even when the program is out of memory.
class audit {
public:
    audit() = default;
    audit(audit const&) = delete;
    audit& operator=(audit const&) = delete;
    ~audit() {
        if (to_ != nullptr) std::fclose(to_);
    }

    /// Opens the file for appending; returns whether it could be opened. `who` is a shortened key id.
    [[nodiscard]] bool open(std::string const& file, std::string who) {
        who_ = std::move(who);
        to_ = std::fopen(file.c_str(), "ab");
        return to_ != nullptr;
    }

    /// Appends the line of one studio; returns whether it was written. `before` is null without a look.
    [[nodiscard]] bool write(std::string_view studio, outcome const& what, studio_row const* before) noexcept {
        if (to_ == nullptr) return true;
        line out(to_);
        auto const now = rc::utc_time::of(rc::utc_now());
        auto const time = now ? now->text() : decltype(now->text()){};
        out.text("{\"time\": ").json({time.data(), now ? time.size() : 0}).text(", \"action\": ").json(action_of(what.done_by));
        out.text(", \"id\": ").json(studio).text(", \"key_id\": ").json(who_).text(", \"outcome\": ").json(word_for(what.status));
        out.text(", \"ran\": ").json(name(what.ran)).text(", \"request_id\": ").json(what.request_id).text(", \"before\": ");
        if (before == nullptr)
            out.text("null");
        else
            out.text("{\"state\": ").json(before->state()).text(", \"since\": ").json(before->since)
                .text(", \"last_modified\": ").json(before->last_modified).text("}");
        out.text(", \"after\": ");
        if (what.after == rc::studio_state::unknown)
            out.text("null");
        else
            out.text("{\"state\": ").json(what.after == rc::studio_state::idle ? "idle" : "on air").text("}");
        return out.text("}").end();
    }

private:
    std::FILE* to_ = nullptr;
    std::string who_;
};

#endif
