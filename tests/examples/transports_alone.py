#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles each file of examples/transports as somebody would who copied it: beside the single file of the library and
the files that its head names, and nothing else.

Source: the heads of the files ("Copy it together with ...").
Usage: transports_alone.py COMPILER
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "transports"
# Over the files themselves: code that uses each, so that templates are compiled too.
USES = {
    "http1_answer.hpp": "auto next = [] { return int{stream_ended}; }; (void)http1_answer(next, storage).answer();",
    "nonblocking_socket.hpp": "nonblocking_socket pipe; (void)pipe.open(out);",
    "polled_exchange.hpp": """
        struct none {
            bool open(restartcaster::request const&) { return false; }
            int send_some(std::string_view) { return 0; }
            int receive_some(std::span<char>) { return 0; }
        } pipe;
        polled_exchange http(pipe);
        http.begin(out);
        (void)http.advance(storage);""",
    "socket_transport.hpp": "socket_transport http; (void)http.exchange(out, storage);",
    "curl_transport.hpp": "curl_transport http; (void)http.exchange(out, storage);",
    "httplib_transport.hpp": "httplib_transport http; (void)http.exchange(out, storage);",
    "beast_exchange.hpp": """
        boost::asio::ssl::context tls(boost::asio::ssl::context::tls_client);
        beast_transport http{tls};
        (void)http.exchange(out, storage);""",
    "redis_budget.hpp": 'redis_budget budget({.account = "mine"}); (void)out; (void)storage; (void)budget.reserve(0, 0);',
}
LIBRARIES = {"curl_transport.hpp": "curl/curl.h", "httplib_transport.hpp": "httplib.h",
             "beast_exchange.hpp": "boost/beast.hpp", "redis_budget.hpp": "hiredis/hiredis.h"}


def compiles(folder, text):
    return subprocess.run([sys.argv[1], "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wno-unused-parameter", "-I", folder,
                           "-DCPPHTTPLIB_OPENSSL_SUPPORT", "-x", "c++", "-"], input=text, text=True,
                          stderr=subprocess.PIPE)


class Alone(unittest.TestCase):
    def test_each_file_has_its_use(self):
        self.assertEqual({path.name for path in FOLDER.iterdir()}, set(USES))

    def test_each_file_compiles_with_what_its_head_names(self):
        for name, use in USES.items():
            with self.subTest(file=name), tempfile.TemporaryDirectory() as copy:
                library = LIBRARIES.get(name)
                if library and compiles(copy, f"#include <{library}>\n").returncode != 0:
                    print(f"SKIPPED: {name}, since {library} is not installed")
                    continue
                head = (FOLDER / name).read_text().partition("#ifndef")[0]
                named = re.search(r"Copy it together with ([^.]*\.hpp(?:[^.]*\.hpp)*)", head.replace("\n//", ""))
                for file in [name, *re.findall(r"\w+\.hpp", named[1] if named else "")]:
                    shutil.copy(FOLDER / file, copy)
                shutil.copy(ROOT / "single_include" / "restartcaster.hpp", copy)
                done = compiles(copy, f'#include "{name}"\n'
                                      "void use(restartcaster::request const& out, std::span<char> storage) {\n"
                                      f"{use}\n}}\n")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: transports_alone.py COMPILER")
    unittest.main(argv=sys.argv[:1])
