// SPDX-License-Identifier: MIT
// Reads the list of studios, and refuses the whole list if one id is invalid or occurs twice.
// Source: studios.hpp; report.cpp (the lines of a report); Unicode 15 section 23.8 (the byte order mark).
// Data flow: bytes -> lines -> ids, each with its position in the input.
#include "studios.hpp"

#include "output.hpp"
#include "progress.hpp"

#include <map>

namespace rc = restartcaster;

namespace {

struct placed {
    std::string_view id;
    std::string place;
};

struct read_list {
    std::vector<placed> studios;
    bool has_comments = false;
};

/// The id in a line of a report; any other line is an id.
std::string_view id_of(std::string_view line) {
    for (std::string_view const outcome : {"\tdone", "\trefused", "\tunknown", "\tnot sent", "\tlate"}) {
        std::size_t const tab = line.find('\t');
        if (tab == line.npos) break;
        std::string_view const behind = line.substr(tab);
        if (behind == outcome || (behind.starts_with(outcome) && behind[outcome.size()] == '\t'))
            return line.substr(0, tab);
    }
    return line;
}

read_list lines_of(std::string_view text) {
    read_list found;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (std::size_t number = 1; !text.empty(); ++number) {
        std::size_t const end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        while (line.ends_with(' ') || line.ends_with('\t') || line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with('#'))
            found.has_comments = true;
        else if (!line.empty())
            found.studios.push_back({id_of(line), "standard input, line " + std::to_string(number)});
    }
    return found;
}

/// The fault of one id, checked alone.
std::optional<std::string> objection(std::string_view id) {
    if (auto const good = rc::check_identifier("CasterId", id); !good) {
        bool const tab = good.error().code == rc::errc::parameter_control_character && id.find('\t') != id.npos;
        return described(good.error()) + (tab ? " (a tab: one id a line, or a line of a report)" : "");
    }
    return {};
}

/// The first fault. Ids that differ only in case count as equal, so that no studio is restarted twice.
std::optional<usage_error> objection(std::vector<placed> const& studios) {
    std::map<std::string, std::string_view> places;
    for (auto const& [id, place] : studios) {
        if (auto const wrong = objection(id)) return usage_error{place + ": " + *wrong + "; nothing was sent"};
        if (id.starts_with('#'))
            return usage_error{place + ": an id that begins with a # can only be restarted alone; nothing was sent"};
        if (id.starts_with("{\""))
            return usage_error{place + ": JSON is no list; give the ids for which `again` is true; nothing was sent"};
        auto const [other, is_new] = places.try_emplace(lowered(id), place);
        if (!is_new)
            return usage_error{place + ": the same studio as " + std::string(other->second) + "; nothing was sent"};
    }
    return {};
}

} // namespace

bool read_all(std::FILE* from, std::string& to) {
    char piece[4096];
    // Does not read again after the end: a terminal would need a second Ctrl-D.
    while (std::feof(from) == 0 && std::ferror(from) == 0)
        to.append(piece, std::fread(piece, 1, sizeof piece, from));
    return std::ferror(from) == 0;
}

std::variant<usage_error, std::vector<std::string>> studios_of(studios_arguments const& wanted) {
    read_list given;
    std::string text;
    if (wanted.caster_ids.empty()) {
        if (is_terminal(stdin))
            std::fputs("restartcaster: reading studio ids from the terminal, one a line; end with Ctrl-D\n", stderr);
        if (!read_all(stdin, text)) return usage_error{"standard input could not be read; nothing was sent"};
        given = lines_of(text);
        if (given.studios.empty() && !given.has_comments)
            return usage_error{"standard input has no studio; nothing was sent"};
    }
    for (std::string_view const id : wanted.caster_ids)
        given.studios.push_back({id, "CASTER_ID number " + std::to_string(given.studios.size() + 1)});
    if (!wanted.alone())
        if (auto wrong = objection(given.studios)) return *wrong;
    std::vector<std::string> ids;
    for (placed const& studio : given.studios) ids.emplace_back(studio.id);
    return ids;
}
