// SPDX-License-Identifier: MIT
// Reads the list of studios and refuses it as a whole when one of them is bad or stands there twice.
// Source: studios.hpp; Unicode 15 section 23.8 (the byte order mark).
// Path: bytes -> lines -> ids, each with the place where it stood.
#include "studios.hpp"

#include "output.hpp"

#include <map>

namespace rc = restartcaster;

namespace {

struct placed {
    std::string id;
    std::string place;
};

std::vector<placed> lines_of(std::string_view text) {
    std::vector<placed> found;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (std::size_t number = 1; !text.empty(); ++number) {
        std::size_t const end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        line = line.substr(0, line.find('\t'));
        if (line.starts_with('#') || line.find_first_not_of(' ') == line.npos) continue;
        found.push_back({std::string(line), "standard input, line " + std::to_string(number)});
    }
    return found;
}

/// The first thing that is wrong. Ids that differ in case only count as one: a studio is never restarted twice.
std::optional<usage_error> objection(std::vector<placed> const& studios) {
    std::map<std::string, std::string_view> places;
    for (auto const& [id, place] : studios) {
        if (auto const good = rc::check_identifier("CasterId", id); !good)
            return usage_error{place + ": " + described(good.error()) + "; nothing was sent"};
        if (id.starts_with('#'))
            return usage_error{place + ": an id that begins with a # can only be restarted alone; nothing was sent"};
        auto const [other, is_new] = places.try_emplace(lowered(id), place);
        if (!is_new)
            return usage_error{place + ": the same studio as " + std::string(other->second) + "; nothing was sent"};
    }
    return {};
}

} // namespace

std::variant<usage_error, std::vector<std::string>> studios_of(restart_arguments const& wanted) {
    std::vector<placed> studios;
    if (wanted.caster_ids.empty()) {
        std::string text;
        char piece[4096];
        while (std::size_t const size = std::fread(piece, 1, sizeof piece, stdin)) text.append(piece, size);
        if (std::ferror(stdin) != 0) return usage_error{"standard input could not be read; nothing was sent"};
        studios = lines_of(text);
        if (studios.empty()) return usage_error{"standard input has no studio; nothing was sent"};
    }
    for (std::string_view const id : wanted.caster_ids)
        studios.push_back({std::string(id), "CASTER_ID number " + std::to_string(studios.size() + 1)});
    if (!wanted.alone())
        if (auto wrong = objection(studios)) return *wrong;
    std::vector<std::string> ids;
    for (placed& studio : studios) ids.push_back(std::move(studio.id));
    return ids;
}
