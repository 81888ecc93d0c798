#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The operator's commands at a terminal: the question, tables, colours, --watch; and no secret on any screen.

Source: ECMA-48 (control sequences); no-color.org; pexpect (Debian: python3-pexpect). Usage:
cli_terminal_test.py PATH_OF_RESTARTCASTER     Exit status 77 without pexpect.
"""

import re
import sys
import tempfile
import types

sys.dont_write_bytecode = True                              # the source tree stays as it is
sys.path.append("/usr/lib/python3/dist-packages")          # where Debian's pexpect is, for another Python too

try:
    import pexpect
except ImportError:
    print("pexpect is not installed (apt-get install python3-pexpect): test skipped")
    sys.exit(77)

import harness
from harness import *

ASKS = r"Continue\? \[y/N\] "


class TerminalCase(Case):
    def spawn(self, *arguments, **environment):
        more = {"TERM": "xterm", "NO_COLOR": ""} | environment
        child = pexpect.spawn(harness.binary, [*arguments], env=variables(more), timeout=60, dimensions=(24, 200), encoding="utf-8")
        self.addCleanup(child.close, force=True)
        child.arguments = arguments
        child.seen = ""
        return child

    def at(self, command, *arguments, **environment):
        return self.spawn(command, *to(PLAIN), *arguments, **environment)

    def expect(self, child, pattern):
        child.expect(pattern)
        child.seen += child.before + child.after

    def end(self, child):
        """The exit status and all that was shown, which is searched for secrets."""
        child.expect(pexpect.EOF)
        child.seen += child.before
        child.close()
        status = child.exitstatus if child.signalstatus is None else -child.signalstatus
        shown = child.seen.replace("\r\n", "\n")
        self.check_secrets(child.arguments, types.SimpleNamespace(status=status, out=shown, err=""), {})
        return status, shown

    def executed_of(self, action):
        return sum(counts.get(action, 0) for counts in PLAIN.door("executions")["executions"].values())


class Question(TerminalCase):
    def test_a_programme_is_interrupted_only_after_a_yes(self):
        for command, action in (("restart", "RestartCaster"), ("stop", "StopCaster")):
            for answer, status, count in (("n", INTERRUPTED, 0), ("", INTERRUPTED, 0), ("maybe", INTERRUPTED, 0), ("y", DONE, 1),
                                          ("Yes", DONE, 1)):
                with self.subTest(command, answer=answer):
                    PLAIN.reset()
                    child = self.at(command, LIVE)
                    self.expect(child, ASKS)
                    self.assertRegex(child.seen, rf"{action} ends or interrupts the programme of this studio:\r\n  {LIVE}  on air since ")
                    child.sendline(answer)
                    ended, shown = self.end(child)
                    self.assertEqual((ended, self.executed_of(action)), (status, count), shown)
                    if status == INTERRUPTED:
                        self.assertIn(f"not sent, as you wish. {action} did not run.", shown)

    def test_an_interrupt_and_the_end_of_the_input_are_no(self):
        for key in ("\x03", "\x04"):
            PLAIN.reset()
            child = self.at("restart", LIVE)
            self.expect(child, ASKS)
            child.send(key)
            status, shown = self.end(child)
            self.assertEqual((status, PLAIN.executed()), (INTERRUPTED, 0), shown)

    def test_nobody_is_asked_where_there_is_nothing_to_interrupt(self):
        for arguments, status in ((["restart", IDLE], REFUSED), (["stop", IDLE], DONE), (["restart", LIVE, "--dry-run"], DONE),
                                  (["restart", LIVE, "--yes"], DONE), (["start", LIVE], DONE)):
            PLAIN.reset()
            ended, shown = self.end(self.at(*arguments))
            self.assertEqual(ended, status, shown)
            self.assertNotIn("Continue?", shown)

    def test_a_fleet_is_asked_for_once(self):
        names = studios(12)
        child = self.at("restart", *names, "--pace", "50")
        self.expect(child, ASKS)
        self.assertIn("of these 12 studios:", child.seen)
        self.assertIn("and 2 more", child.seen)
        child.sendline("y")
        status, shown = self.end(child)
        self.assertEqual((status, executed(PLAIN)), (DONE, dict.fromkeys(names, 1)), shown)


class Screens(TerminalCase):
    def test_a_list_is_a_table_with_one_colour_unless_that_is_not_wanted(self):
        for environment, colours in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"TERM": ""}, False)):
            status, shown = self.end(self.at("list", **environment))
            first, *rows = shown.splitlines()
            self.assertRegex(first, r"\AID +STATE +KIND +SINCE +REGION +NAME\Z")
            self.assertEqual(len({re.sub(r"\x1b\[[0-9]*m", "", row).index("general") for row in rows if "general" in row}), 1)
            self.assertEqual((status, "\x1b[32m" in shown, "\x1b" in shown), (DONE, colours, colours))

    def test_watch_draws_the_screen_again_and_plain_lines_for_a_dumb_terminal(self):
        for environment, clears in (({}, True), ({"TERM": "dumb"}, False)):
            for command in (["list"], ["status", LIVE]):
                PLAIN.reset()
                child = self.at(*command, "--watch", "--every", "0.1", **environment)
                self.expect(child, "on air")
                PLAIN.door("studios", {LIVE: "idle"})
                self.expect(child, rf"{LIVE}\s+idle")
                child.send("\x03")
                status, shown = self.end(child)
                self.assertEqual((status, "\x1b[H\x1b[2J" in shown), (DONE, clears))

    def test_every_command_runs_at_a_terminal(self):
        for arguments, words in ((["list"], "on air"), (["status", LIVE], "online"), (["start", LIVE], "already"),
                                 (["wait", LIVE, "--until", "on-air"], "in the wanted state"), (["doctor"], "permitted"),
                                 (["restart", LIVE, "--yes", "--wait"], "on air again"), (["stop", LIVE, "--yes"], "the change ran"),
                                 (["call", "DescribeCasters"], '\n  "RequestId": "'), (["list", "--json"], '"studios"')):
            with self.subTest(arguments):
                status, shown = self.end(self.at(*arguments))
                self.assertEqual(status, DONE, shown)
                self.assertIn(words, shown)
        for arguments, words in ((["help"], "commands:"), (["version"], "restartcaster "), (["completion", "bash"], "complete -F"),
                                 (["completion", "zsh"], "#compdef"), (["completion", "fish"], "complete -c"),
                                 (["sign", "Action=A", "--show", "signature"], "=\n")):
            status, shown = self.end(self.spawn(*arguments))
            self.assertEqual(status, DONE, shown)
            self.assertIn(words, shown)

    def test_the_answer_of_a_call_commands_no_terminal(self):
        body = '{"RequestId":"1","Name":"a\u009b2J\u202e直播\\u001b[2J"}'
        reply = body.encode().decode("latin-1")
        PLAIN.reset({"kind": "raw", "text": f"HTTP/1.1 200 OK\r\nContent-Length: {len(reply)}\r\n\r\n{reply}"})
        status, shown = self.end(self.at("call", "A"))
        self.assertIn('\n  "Name": "a?2J?直播\\u001b[2J"\n', shown)
        self.assertNotIn("\x1b", shown)


class Guide(TerminalCase):
    """docs/how-to/operate.md: each command of its transcript shows what is written there."""

    def test_the_transcript_is_true(self):
        text = (ROOT / "docs/how-to/operate.md").read_text()
        [transcript] = re.findall(r"```console\n(.*?)```", text, re.S)
        PLAIN.door("studios", dict.fromkeys(STUDIOS, "absent") | {"live-1": "streaming", "live-2": "idle"})
        steps = re.split(r"(?m)^\$ ", transcript)[1:]
        self.assertGreaterEqual(len(steps), 8)
        for step in steps:
            command, _, told = step.partition("\n")
            with self.subTest(command):
                self.assertTrue(command.startswith("restartcaster "))
                script = command.replace("restartcaster", f"'{harness.binary}'", 1)
                child = pexpect.spawn("sh", ["-c", script], timeout=60, encoding="utf-8", dimensions=(40, 200),
                                      env=variables({"TERM": "dumb", "ALIBABA_CLOUD_ENDPOINT": PLAIN.url}), cwd=self.folder())
                self.addCleanup(child.close, force=True)
                if told.rstrip().endswith("[y/N] y") or "[y/N] y\n" in told:
                    child.expect(ASKS)
                    before = child.before + child.after
                    child.sendline("y")
                else:
                    before = ""
                child.expect(pexpect.EOF)
                shown = (before + child.before).replace("\r\n", "\n")
                shown = re.sub(r"[^\n]*\r(?!\n)", "", shown)        # the progress line
                self.assertEqual(self.without_chance(shown), self.without_chance(told))

    def folder(self):
        if not hasattr(self, "kept"):
            self.kept = tempfile.TemporaryDirectory()
            self.addCleanup(self.kept.cleanup)
        return self.kept.name

    def without_chance(self, text):
        """Without times, ids of requests, the key and the endpoint, which differ each time."""
        for pattern, word in ((r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", "REQUEST-ID"),
                              (r"\d{4}-\d\d-\d\d[T ]\d\d(:|%3A)\d\d(:|%3A)\d\d(\.0|Z)", "TIME"), (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID"),
                              (r"caster/[0-9a-f]{32}", "caster/STREAM"), (r"http://127\.0\.0\.1:\d+|https://live\.aliyuncs\.com", "ENDPOINT"),
                              (r"in \d+\.\d s", "in SECONDS"), (r"\b\d+ s (ahead|behind)", "N s \\1"), (r"\b\w*\*\*\*\w*", "KEY"),
                              (r" {2,}", "  ")):
            text = re.sub(pattern, word, text)
        return text.strip()


def setUpModule():
    global PLAIN
    PLAIN = harness.start()


def tearDownModule():
    harness.stop_all()


if __name__ == "__main__":
    harness.main()
