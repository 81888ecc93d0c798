// SPDX-License-Identifier: MIT
// The command `call`: any RPC action.
// Source: command_table.cpp; rc::action.
// Data flow: an action and its parameters -> one call -> the body of the answer.
#include "rows.hpp"
#include "terminal.hpp"

#include <restartcaster/read/at.hpp>

namespace {

/// Replaces characters that no screen shows, which could command a terminal or turn a text around; lines stay.
std::string for_screen(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        char32_t code = 0;
        std::size_t const size = rc::detail::utf8_character(text.data(), text.size(), code);
        bool const good = size != 0 && (code == '\n' || rc::detail::is_shown(code));
        out += good ? text.substr(0, size) : "?";
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

/// The lines of a JSON body indented; any other body as it is.
std::string indented(std::string_view body) {
    json_object const json = json_object::parse(body, nullptr, false);
    return json.is_discarded() ? std::string(body) : text_of_json(json, 2);
}

/// Whether an action only looks, by the names that the vendor gives such actions.
bool only_looks(std::string_view action) {
    return action.starts_with("Describe") || action.starts_with("List") || action.starts_with("Get") || action.starts_with("Query");
}

exit_status print_body(call_arguments const& wanted, std::span<char> body) {
    std::string_view text(body.data(), body.size());
    std::vector<char> decoded(text.size());
    if (!wanted.query.empty()) {
        auto const found = rc::at<char>(text, wanted.query, decoded);
        if (!found) return complain(exit_status::unknown, described(found.error()));
        if (found->data() == nullptr)
            return complain(exit_status::local, "--query: the answer has no text, number or Boolean there; the call was made");
        return print(is_terminal(stdout) ? for_screen(*found) : std::string(*found));
    }
    return print(is_terminal(stdout) ? for_screen(indented(text)) : std::string(text));
}

} // namespace

exit_status call(call_arguments& wanted) {
    rc::parameter_list<255> list;
    for (auto const& [name, value] : wanted.parameters)
        if (auto const added = list.append(name, value); !added) return complain(added.error());
    if (!wanted.at.region_id.empty() && std::ranges::find(wanted.parameters, "RegionId", &assignment::name) == wanted.parameters.end())
        if (auto const added = list.append("RegionId", wanted.at.region_id); !added) return complain(added.error());
    return connected(wanted.at, [&](auto& over) {
        interrupt::watch();
        std::vector<char> room(std::size_t{16} << 20);
        rc::action const action{.name = wanted.action,
                                .version = wanted.version,
                                .parameters = list,
                                .repeat = only_looks(wanted.action) ? rc::repeatable::yes : rc::repeatable::no};
        auto const reply = over.call(action, rc::room(std::span(room)));
        return reply ? print_body(wanted, reply->body) : complain_of(reply.error(), wanted.at);
    });
}
