# SPDX-License-Identifier: BSD-2-Clause
"""One machine as labgrid knows it: flash it, switch it on, read its console, use Linux's shell."""
import re
import shlex
from pathlib import Path

from labgrid import Environment
from labgrid.protocol import ConsoleProtocol, PowerProtocol

from board import NAME
from boards import flash, kernel_log
from console import Transcript

PATIENCE = 240  # seconds without what was expected: it hangs
PROMPT = "^" + kernel_log.torn("peerboot# ")
CONSOLE_TAIL = 32768  # bytes of it that are shown where Linux does not answer
STOPPED = r"^peerboot: stopped\r?$"  # the loader, which then waits for a reset


def make_flash(folder, loader, fit=None, slot_b=None, unchecked=False):
    """A flash image as tools/mkflash makes it; without fit, slot A is empty."""
    image = Path(folder) / "flash.img"
    flash.make_flash(NAME, image, loader, fit, slot_b, unchecked)
    return image


class Machine:
    """On from the start until close()."""

    def __init__(self, environment, banks, extra="", start_by=None, typed=b"", **options):
        """extra: more of QEMU's arguments. options: as qemu_command() has them."""
        self.flash = banks[0]
        self.env = Environment(str(environment))
        self.target = self.env.get_target()
        self.power = self.target.get_driver(PowerProtocol, activate=False)
        self.power.banks, self.power.machine_options = banks, options
        self.power.extra = shlex.split(extra)
        if start_by:
            self.power.start_by = start_by
        if typed:
            self.power.typed_before = typed
        self.console = self.target.get_driver(ConsoleProtocol, activate=False)
        self.target.activate(self.console)
        self.target.activate(self.power)
        self.seen = ""

    def start(self):
        self.power.on()

    def close(self):
        self.env.cleanup()
        print(self.power.log.decode(errors="replace"))

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


class Linux:
    """A machine whose Linux is up: commands at its shell's prompt."""

    def __init__(self, machine, level=2):
        """level: what of the kernel's log comes on the console, alerts by default."""
        self.machine = machine
        self.transcript = machine.until(rf"{PROMPT}|{STOPPED}")
        assert self.transcript.lines[-1] != "peerboot: stopped", self.transcript.errors
        # First of all: a line of the kernel's log in the middle of what labgrid waits for hides it.
        # An oops comes on the console anyway.
        machine.console.sendline(f"dmesg -n {level}")
        self.shell = machine.target.get_driver("ShellDriver", activate=False)
        machine.target.deactivate(self.shell)  # of a Linux that ran before, if there was one
        machine.target.activate(self.shell)

    def run(self, command, timeout=PATIENCE):
        """The command's output as lines. It must succeed."""
        try:
            out, _, status = self.shell.run(command, timeout=timeout)
        except Exception:  # it has died, say; where a machine is for several tests, they end much later
            print("# console", self.machine.power.log[-CONSOLE_TAIL:].decode(errors="replace"), sep="\n")
            raise
        print(f"# {command}", *out, sep="\n")
        if status:
            print("# dmesg", *self.shell.run("dmesg | tail -n 300")[0], sep="\n")
        assert status == 0, f"{command}: exit status {status}"
        return out

    def one(self, command):
        [line] = self.run(command)
        return line

    def cells(self, path):
        """A device-tree property as numbers of 32 bits."""
        text = self.one(f"hexdump -v -e '1/1 \"%02x\"' {path}; echo")
        return [int(text[i:i + 8], 16) for i in range(0, len(text), 8)]

    def strings(self, path):
        return [s for s in self.one(f"tr '\\0' ' ' <{path}; echo").split(" ") if s]
