#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the firmware example on an emulated board whose serial line leads, over a modem, to the stand-in gateway.

Source: the transport contract in include/restartcaster/message/transport.hpp; tests/standin.
Data flow: firmware_test.py; what is missing to run it is said aloud (exit status 77; with CI=true a failure).
"""
import os
import re
import socket
import ssl
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "measure"), str(Path(__file__).resolve().parent)]
import firmware  # noqa: E402
import run_examples  # noqa: E402

CORE = "cortex-m3"


class Modem:
    """Takes one HTTP exchange at a time from a serial line to a gateway, over TLS."""

    def __init__(self, url, ca_file):
        self.address = ("127.0.0.1", int(url.rpartition(":")[2]))
        self.tls = ssl.create_default_context(cafile=ca_file)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.serial = f"tcp:127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with self.listener:
            line, _ = self.listener.accept()
        with line, line.makefile("rb") as source:
            while head := self._head(source):
                body = source.read(int(re.search(rb"\r\ncontent-length: (\d+)", head, re.I)[1]))
                line.sendall(self._exchange(head + body) or b"NO CARRIER\r\n")

    @staticmethod
    def _head(source):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            one = source.readline()
            if not one:
                return b""
            head += one
        return head

    def _exchange(self, request):
        with socket.create_connection(self.address) as plain, \
                self.tls.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
            connection.sendall(request)
            answer = b""
            try:
                while some := connection.recv(4096):
                    answer += some
            except OSError:
                pass
            return answer


class Firmware(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.elf = cls.build(1)
        cls.gateway = run_examples.Gateway({"name": None})
        cls.addClassCleanup(os.unlink, cls.gateway.ca_file)

    @classmethod
    def build(cls, boot_count):
        elf = Path(cls.folder.name) / f"firmware-{boot_count}.elf"
        firmware.build_bare(elf, CORE, "-Wall", "-Wextra", "-Werror", f"-DBOOT_COUNT={boot_count}",
                            ROOT / "examples" / "firmware" / "main.cpp")
        return elf

    def run_firmware(self, elf, *planned, fresh=True):
        if fresh:
            self.gateway.reset(*planned)
        return firmware.emulate(elf, CORE, serial=Modem(self.gateway.url, self.gateway.ca_file).serial)

    def timestamps(self):
        return [re.search(rb"Timestamp=(\d+)", request.body)[1] for request in self.gateway.stand_in.requests]

    def test_the_studio_restarts_once_although_the_clock_starts_in_1970(self):
        status, said = self.run_firmware(self.elf)
        self.assertEqual((status, said), (0, self.gateway.service.request_ids[-1] + "\n"))
        self.assertEqual(self.gateway.restarts(), 1)
        first, second = self.timestamps()
        self.assertEqual(first, b"1970")
        self.assertGreaterEqual(second, b"2026")

    def test_the_next_start_draws_other_nonces(self):
        self.run_firmware(self.elf)
        status, _ = self.run_firmware(self.elf, fresh=False)
        self.assertEqual((status, self.gateway.restarts()), (1, 1), "the gateway took a nonce twice")
        status, _ = self.run_firmware(self.build(2), fresh=False)
        self.assertEqual((status, self.gateway.restarts()), (0, 2))

    def test_no_answer_is_told_as_a_restart_that_may_have_been(self):
        status, said = self.run_firmware(self.elf, None, {"kind": "drop-after"})
        self.assertEqual((status, self.gateway.restarts()), (1, 1))
        self.assertRegex(said, r"\Ano answer, the request was sent and no whole answer came\. It may have run; find out "
                               r"the present state before you call again\. \(2 attempts, \d+ ms of waiting\)\n\Z")

    def test_no_allocator_and_no_exception_is_linked(self):
        names = firmware.symbols(self.elf)
        self.assertIn("main", names)
        self.assertEqual([name for name in names if firmware.HEAP.search(name)], [])


if __name__ == "__main__":
    absent = firmware.missing(firmware.COMPILER, "qemu-system-arm")
    if absent:
        print(f"SKIPPED: {absent} is not installed")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    unittest.main()
