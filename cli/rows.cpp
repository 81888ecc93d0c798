// SPDX-License-Identifier: MIT
// Prints studios.
// Source: rows.hpp.
// Data flow: rows -> text.
#include "rows.hpp"

#include "terminal.hpp"

namespace {

void pad(std::string& to, std::string_view text, std::size_t width) {
    to += text;
    to.append(width > text.size() ? width - text.size() + 2 : 2, ' ');
}

} // namespace

std::string line_of(studio_row const& row) {
    return row.id + '\t' + row.state() + '\t' + row.kind + '\t' + row.since + '\t' + row.region + '\t' + row.name;
}

std::string table_of(std::span<studio_row const> rows) {
    std::size_t id = 2, kind = 4, since = 5, region = 6;
    constexpr std::size_t state = 9; // "not found"
    for (studio_row const& row : rows) {
        id = std::max(id, row.id.size());
        kind = std::max(kind, row.kind.size());
        since = std::max(since, row.since.size());
        region = std::max(region, row.region.size());
    }
    std::string text;
    pad(text, "ID", id);
    pad(text, "STATE", state);
    pad(text, "KIND", kind);
    pad(text, "SINCE", since);
    pad(text, "REGION", region);
    text += "NAME";
    for (studio_row const& row : rows) {
        text += '\n';
        pad(text, row.id, id);
        std::string shown_state;
        pad(shown_state, row.state(), state);
        text += row.seen.state == rc::studio_state::streaming ? coloured(shown_state, "32") : shown_state;
        pad(text, row.kind, kind);
        pad(text, row.since, since);
        pad(text, row.region, region);
        text += row.name;
    }
    return text;
}

json_object json_of(studio_row const& row) {
    return {{"id", row.id},         {"state", row.state()}, {"kind", row.kind},
            {"since", row.since},   {"region", row.region == "-" ? "" : row.region},
            {"name", row.name},     {"last_modified", row.last_modified}};
}

std::string text_of_json(json_object const& json, int indent) {
    return json.dump(indent, ' ', false, json_object::error_handler_t::replace);
}
