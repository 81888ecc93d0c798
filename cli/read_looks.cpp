// SPDX-License-Identifier: MIT
// Declares and checks the options of list, status, call and doctor, which change no studio by themselves.
// Source: command_table.hpp.
// Data flow: options -> list_arguments, status_arguments, call_arguments, doctor_arguments.
#include "command_table.hpp"
#include "read_connection.hpp"

namespace {

/// --watch [SECONDS] has a fixed default, so that the operand behind it stays an operand.
void declare_watch(options& to, bool& watch, std::uint32_t& every_ms) {
    to.flag("--watch", "look again and again until Ctrl-C", watch);
    to.seconds("--every", "between two looks of --watch (default 5)", every_ms);
}

struct list_command : command_reader {
    list_arguments wanted;
    bool watch = false;
    std::uint32_t every_ms = 5'000;

    list_command() {
        declare_watch(declared, watch, every_ms);
        declare_json(declared, wanted.at, "one object (below)");
        declare_connection(declared, wanted.at);
    }
    arguments checked() override {
        if (auto wrong = fault_of(wanted.at); !wrong.empty()) return usage_error{wrong};
        if (watch) wanted.watch_ms = every_ms;
        return std::move(wanted);
    }
};

struct status_command : command_reader {
    status_arguments wanted;
    bool watch = false;
    std::uint32_t every_ms = 5'000;

    status_command() {
        declared.operands("CASTER_ID", "the studio's id", operand_kind::plain, wanted.caster_ids);
        declare_watch(declared, watch, every_ms);
        declare_json(declared, wanted.at, "one object (below)");
        declare_connection(declared, wanted.at);
    }
    arguments checked() override {
        if (wanted.caster_ids.empty()) return usage_error{"status needs a CASTER_ID, the id of the studio (parameter CasterId)"};
        if (auto wrong = fault_of(wanted.at); !wrong.empty()) return usage_error{wrong};
        if (watch) wanted.watch_ms = every_ms;
        return std::move(wanted);
    }
};

struct call_command : command_reader {
    call_arguments wanted;
    std::vector<std::string> operands;

    call_command() {
        declared.operands("NAME=VALUE", "a parameter; the name ends at the first '='", operand_kind::assignments, operands);
        declared.text("--version", "VERSION", "the version of the product's API (default 2016-11-01, ApsaraVideo Live)",
                      wanted.version);
        declared.text("--query", "PATH", "print one value of the answer, e.g. CasterList.Caster[0].CasterId", wanted.query);
        declare_json(declared, wanted.at, "a failure as an object on standard output (below); answers are JSON anyway");
        declare_connection(declared, wanted.at);
        declared.choice("--method", "METHOD", "post (default), get or post-query", placements, method_fault, wanted.at.placement);
    }
    arguments checked() override {
        if (operands.empty() || operands[0].find('=') != std::string::npos)
            return usage_error{"call needs the name of an action, such as DescribeCasters, before the parameters"};
        wanted.action = operands[0];
        if (auto wrong = read_assignments(operands, 1, wanted.parameters); !wrong.empty()) return usage_error{wrong};
        if (auto wrong = fault_of(wanted.at); !wrong.empty()) return usage_error{wrong};
        return std::move(wanted);
    }
};

struct doctor_command : command_reader {
    doctor_arguments wanted;

    doctor_command() {
        declare_json(declared, wanted.at, "one object (below)");
        declare_connection(declared, wanted.at);
    }
    arguments checked() override {
        if (auto wrong = fault_of(wanted.at); !wrong.empty()) return usage_error{wrong};
        return std::move(wanted);
    }
};

} // namespace

std::unique_ptr<command_reader> list_reader() {
    return std::make_unique<list_command>();
}
std::unique_ptr<command_reader> status_reader() {
    return std::make_unique<status_command>();
}
std::unique_ptr<command_reader> call_reader() {
    return std::make_unique<call_command>();
}
std::unique_ptr<command_reader> doctor_reader() {
    return std::make_unique<doctor_command>();
}
