// SPDX-License-Identifier: MIT
// The command `list`.
// Source: command_table.cpp; ApsaraVideo Live API 2016-11-01, "DescribeCasters".
// Data flow: all pages of studios -> a table, lines or JSON.
#include "rows.hpp"
#include "terminal.hpp"

namespace {

std::string text_for(std::vector<studio_row> const& rows) {
    if (rows.empty()) return is_terminal(stdout) ? "no studios" : "";
    if (is_terminal(stdout)) return table_of(rows);
    std::string text;
    for (studio_row const& row : rows) text += line_of(row) + '\n';
    text.pop_back(); // print() adds the line end
    return text;
}

} // namespace

exit_status list(list_arguments& wanted) {
    return connected(wanted.at, [&wanted](auto& over) {
        std::vector<char> room(page_bytes);
        return watched(wanted.watch_ms, wanted.at.json, [&](std::string_view head) {
            std::vector<studio_row> rows;
            if (auto const fault = walk(over, room, [&rows](studio_row row) { rows.push_back(std::move(row)); }))
                return interrupt::asked() ? exit_status::interrupted : complain_of(*fault, wanted.at);
            if (wanted.at.json) {
                json_object studios = json_object::array();
                for (studio_row const& row : rows) studios.push_back(json_of(row));
                return print(text_of_json({{"studios", studios}, {"total", rows.size()}}));
            }
            std::string const text = std::string(head) + text_for(rows);
            return text.empty() ? exit_status::done : print(text);
        });
    });
}
