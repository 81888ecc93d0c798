// SPDX-License-Identifier: MIT
// The command `completion`: completion of commands, options and their words for a shell.
// Source: bash(1), "Programmable Completion"; zshcompsys(1), _arguments; fish, complete(1).
// Data flow: the table of commands in, a script out. It holds constant words only.
#include "command_table.hpp"
#include "output.hpp"

namespace {

std::string joined(auto const& words) {
    std::string text;
    for (auto const& word : words) text += (text.empty() ? "" : " ") + std::string(word);
    return text;
}

std::vector<option_row> options_of(command const& one) {
    std::vector<option_row> rows;
    auto const reader = one.reader();
    for (option_row const& row : reader->declared.rows())
        if (row.is_option()) rows.push_back(row);
    rows.push_back({{}, "--help", {}, "show the help of the command", {}});
    return rows;
}

/// The words that the operand of a command can be; empty if it can be any text.
std::string operands_of(std::string_view name) {
    if (name == "completion") return "bash zsh fish";
    if (name != "help") return "";
    std::vector<std::string_view> names;
    for (command const& one : all_commands()) names.push_back(one.name);
    return joined(names);
}

bool is_file(std::string_view option) {
    return option == "--ca-file" || option == "--audit" || option == "--ours";
}

std::string first_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
}

std::string for_bash() {
    std::string cases;
    for (command const& one : all_commands()) {
        std::string values, names;
        for (option_row const& row : options_of(one)) {
            names += ' ' + row.name;
            if (row.value.empty()) continue;
            values += "        " + row.name + ") ";
            values += is_file(row.name) ? "COMPREPLY=($(compgen -f -- \"$word\"))" : "COMPREPLY=($(compgen -W '" + joined(row.choices) + "' -- \"$word\"))";
            values += "; return ;;\n";
        }
        cases += "    " + std::string(one.name) + ")\n        words='" + operands_of(one.name) + names + "'\n";
        if (!values.empty()) cases += "        case $before in\n" + values + "        esac\n";
        cases += "        ;;\n";
    }
    return "# bash completion for restartcaster\n_restartcaster() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=''\n"
           "    COMPREPLY=()\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W '" +
           operands_of("help") + " --help --version' -- \"$word\"))\n        return\n    fi\n"
           "    case ${COMP_WORDS[1]} in\n" + cases +
           "    esac\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n"
           "complete -F _restartcaster restartcaster";
}

/// A text inside '...' and [...] of zsh.
std::string for_zsh_text(std::string_view text) {
    std::string out;
    for (char const c : first_line(text)) {
        if (c == '\'') out += "'\\'";
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string for_zsh() {
    std::string commands, cases;
    for (command const& one : all_commands()) {
        commands += "        '" + std::string(one.name) + ':' + for_zsh_text(one.summary) + "'\n";
        cases += "    " + std::string(one.name) + ")\n        _arguments";
        for (option_row const& row : options_of(one)) {
            cases += " \\\n            '" + row.name + (row.value.empty() ? "" : "=") + '[' + for_zsh_text(row.text) + ']';
            if (is_file(row.name))
                cases += ':' + row.value + ":_files";
            else if (!row.value.empty())
                cases += ':' + row.value + ":(" + joined(row.choices) + ')';
            cases += '\'';
        }
        std::string const operands = operands_of(one.name);
        cases += " \\\n            '*:operand:" + (operands.empty() ? std::string("( )") : '(' + operands + ')') + "'\n        ;;\n";
    }
    return "#compdef restartcaster\n_restartcaster() {\n    local -a commands\n    commands=(\n" + commands +
           "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
           "    local name=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $name in\n" + cases +
           "    esac\n}\nif [ \"$funcstack[1]\" = _restartcaster ]; then\n    _restartcaster\nelse\n    compdef _restartcaster restartcaster\nfi";
}

std::string for_fish_text(std::string_view text) {
    std::string out;
    for (char const c : first_line(text)) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return '\'' + out + '\'';
}

std::string for_fish() {
    std::string text = "# fish completion for restartcaster\ncomplete -c restartcaster -f";
    for (command const& one : all_commands()) {
        text += "\ncomplete -c restartcaster -n __fish_use_subcommand -a " + std::string(one.name) + " -d " + for_fish_text(one.summary);
        std::string const begins = "\ncomplete -c restartcaster -n '__fish_seen_subcommand_from " + std::string(one.name) + "'";
        for (option_row const& row : options_of(one)) {
            text += begins + " -l " + row.name.substr(2) + " -d " + for_fish_text(row.text);
            if (is_file(row.name))
                text += " -r -F";
            else if (!row.value.empty())
                text += " -x" + (row.choices.empty() ? std::string() : " -a '" + joined(row.choices) + '\'');
        }
        if (std::string const operands = operands_of(one.name); !operands.empty()) text += begins + " -a '" + operands + '\'';
    }
    return text;
}

} // namespace

exit_status completion(completion_arguments const& wanted) {
    switch (wanted.of) {
    case shell::bash: return print(for_bash());
    case shell::zsh: return print(for_zsh());
    case shell::fish: break;
    }
    return print(for_fish());
}
