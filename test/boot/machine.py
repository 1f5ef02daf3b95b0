# SPDX-License-Identifier: BSD-2-Clause
"""One machine as labgrid knows it: flash it, switch it on, read its console, use Linux's shell."""
import re
import subprocess
from pathlib import Path

from labgrid import Environment
from labgrid.protocol import ConsoleProtocol, PowerProtocol

from console import Transcript
from firmware import TOP

PATIENCE = 120  # seconds without what was expected: it hangs


def make_flash(folder, loader, fit=None, slot_b=None, unchecked=False):
    """A flash image by tools/mkflash; without fit, slot A is empty."""
    image = Path(folder) / "flash.img"
    command = [TOP / "tools/mkflash", "--board", "virt", "--loader", loader, "-o", image]
    for option, path in (("--slot-a", fit), ("--slot-b", slot_b)):
        if path:
            command += [option, path]
    if unchecked:
        command.append("--unchecked")
    done = subprocess.run(command, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return image


class Machine:
    """On from the start; off at the end of the `with`."""

    def __init__(self, environment, flash, extra=""):
        self.env = Environment(str(environment))
        self.env.config.data["images"] = {"flash": str(flash)}
        target = self.env.get_target()
        self.power = target.get_driver(PowerProtocol, activate=False)
        if extra:
            self.power.extra_args += " " + extra
        self.console = target.get_driver(ConsoleProtocol, activate=False)
        target.activate(self.console)
        target.activate(self.power)
        self.seen = ""
        self.power.on()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.env.cleanup()
        print(self.seen)

    def until(self, pattern, timeout=PATIENCE):
        """Read on until a line matches; everything seen so far as a Transcript."""
        try:
            _, before, _, after = self.console.expect(re.compile(pattern.encode(), re.M), timeout)
        except Exception:
            self.seen += self.pending()
            raise
        self.seen += (before + after).decode(errors="replace")
        return Transcript(self.seen)

    def pending(self):
        """What was read but matched nothing."""
        before = self.console._expect.before  # labgrid has no public way to it
        return before.decode(errors="replace") if isinstance(before, bytes) else ""

    def shell(self):
        """Linux's shell, when its prompt is there."""
        self.until(r"^peerboot# $")
        self.console.sendline("")
        shell = self.env.get_target().get_driver("ShellDriver", activate=False)
        self.env.get_target().activate(shell)
        return shell
