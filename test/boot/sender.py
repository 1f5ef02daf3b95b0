# SPDX-License-Identifier: BSD-2-Clause
"""lrzsz's sb on a machine's console, on a line that loses and changes what the test wants."""
import os
import subprocess
import threading


class Sender:
    """`sb files` until it ends. line(bytes) → bytes, or None for a line that breaks: the sender is gone."""

    def __init__(self, machine, *files, line=lambda data: data):
        self.power, self.line = machine.power, line
        self.process = subprocess.Popen(["sb", *map(str, files)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        self.power.listener = self.hear

    def hear(self, data):
        try:
            self.process.stdin.write(data)
        except (BrokenPipeError, ValueError):
            pass  # it has ended

    def run(self):
        """Its exit status; None if the line broke."""
        said = []
        errors = threading.Thread(target=lambda: said.append(self.process.stderr.read()))
        errors.start()
        broken = self.carry()
        self.power.listener = None
        status = self.process.wait()
        errors.join()
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.stderr.close()
        print(b"".join(said).decode(errors="replace").replace("\r", "\n"))
        return None if broken else status

    def carry(self):
        while data := os.read(self.process.stdout.fileno(), 65536):
            data = self.line(data)
            if data is None:
                self.process.kill()
                return True
            self.power.send(data)
        return False
