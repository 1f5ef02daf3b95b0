# SPDX-License-Identifier: BSD-2-Clause
"""One boot in QEMU, by counted instructions: the same each time. Looked at from outside when it ends."""
import json
import re
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

from board import MAP, NAME
from boards import qemu_command
from campaign.good import BANK_ROOM, SLOT_ROOM
from console import Transcript
from firmware import PROGRAM_SIZE, WITNESS_BASE
from system import PEER_BASE

MENU = b"peerboot: recovery> "
PATIENCE = 60  # seconds of a boot that takes less than one: it hangs
# What is read of the machine's memory at the end: (address, bytes).
AREAS = ((WITNESS_BASE, PROGRAM_SIZE), (PEER_BASE, PROGRAM_SIZE), (MAP["FDT_BASE"], 0x10000))
BANK = (MAP["FLASH1_BASE"], BANK_ROOM)


@dataclass
class Boot:
    transcript: Transcript
    hung: bool
    pc: list = ()  # of each core
    areas: dict = field(default=None, repr=False)
    bank: bytes = field(default=b"", repr=False)

    def memory(self, address, size):
        for base, data in self.areas.items():
            if base <= address and address + size <= base + len(data):
                return data[address - base:address - base + size]
        raise KeyError(f"{address:#x}")


class Machine:
    """Two flash images in a folder, which are written anew for each boot."""

    def __init__(self, folder, loader):
        self.folder = Path(folder)
        self.banks = [self.folder / f"bank{n}.img" for n in range(2)]
        for bank, content in zip(self.banks, (Path(loader).read_bytes(), b"")):
            bank.write_bytes(content.ljust(MAP["FLASH_SIZE"], b"\xff"))

    def write(self, flash):
        with open(self.banks[0], "r+b") as out:
            for letter, slot in zip("AB", flash.slots):
                assert len(slot) == SLOT_ROOM
                out.seek(MAP[f"SLOT_{letter}_OFFSET"])
                out.write(slot)
        with open(self.banks[1], "r+b") as out:
            assert len(flash.bank) == BANK_ROOM
            out.write(flash.bank)

    def boot(self, flash):
        self.write(flash)
        console = self.folder / "console"
        command = qemu_command(NAME, self.banks, icount=True, extra=[
            "-S", "-no-shutdown", "-seed", "1", "-serial", f"file:{console}", "-qmp", "stdio"])
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as process:
            guard = threading.Timer(PATIENCE, process.kill)
            guard.start()
            found = look(Monitor(process), console, self.folder / "memory")
            guard.cancel()
        text = console.read_bytes().decode(errors="replace")
        return Boot(Transcript(text), not found, *found)

    def close(self):
        for bank in self.banks:
            bank.unlink()


def stop_at_menu(monitor, console, ended):
    """A loader with recovery does not switch off when nothing boots: it asks, and is stopped then."""
    while not ended.wait(0.1):
        if console.exists() and MENU in console.read_bytes():
            return monitor.send("stop")
    return None


def look(monitor, console, file):
    """(program counters, areas, bank 1) when the machine has switched itself off, or asks a person
    what to do; () if it never does."""
    ended = threading.Event()
    watcher = threading.Thread(target=stop_at_menu, args=(monitor, console, ended))
    monitor.run("qmp_capabilities")
    monitor.run("cont")
    watcher.start()
    stopped = monitor.wait("STOP")  # QEMU stops with -no-shutdown, too
    ended.set()
    watcher.join()
    if not stopped:
        return ()

    def read(base, size):
        monitor.run("pmemsave", val=base, size=size, filename=str(file))
        return file.read_bytes()

    registers = monitor.run("human-monitor-command", **{"command-line": "info registers -a"})
    found = ([int(pc, 16) for pc in re.findall(r"(?:R15| PC)=([0-9a-f]+)", registers)],
             {base: read(base, size) for base, size in AREAS}, read(*BANK))
    monitor.run("quit")
    return found


class Monitor:
    """QEMU's, by QMP (docs/interop/qmp-spec of QEMU)."""

    def __init__(self, process):
        self.process, self.events, self.commands = process, [], 0

    def message(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def run(self, command, **arguments):
        """What the command returns; None if QEMU has ended."""
        self.commands += 1
        if not self.send(command, id=self.commands, arguments=arguments):
            return None
        while (message := self.message()) and message.get("id") != self.commands:
            self.events.append(message.get("event"))
        assert not message or "return" in message, message
        return message and message["return"]

    def send(self, command, **more):
        """Without waiting for an answer: False if QEMU has ended."""
        try:
            self.process.stdin.write(json.dumps({"execute": command, **more}))
            self.process.stdin.flush()
        except BrokenPipeError:
            return False
        return True

    def wait(self, event):
        """Until it comes: False if QEMU ends before."""
        while event not in self.events:
            message = self.message()
            if not message:
                return False
            self.events.append(message.get("event"))
        return True
