#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Count instructions from reset to the first one of a peer and of Linux, and U-Boot's beside them, where
Debian has one for the board's machine; then those of messages over links in every role.

QEMU runs with -icount: one nanosecond an instruction, of all cores together, so the counter that
starts at reset counts instructions, the same number each time. (One that has to be started is started
by a few instructions in front of the loader.) A probe in the kernel's place says when it was entered;
it has the kernel's size, and its content but for a few words. Of ours, the default loader, and the one
without features that the board can do without; and what the default one prints, until it calls
the firmware to start the first core, and in all.

What the RPMsg library takes is counted by both ends in one program on one core (test/bench/rpmsg).
Messages between cores are those of linux/initramfs/bin/measure, a second being as many nanoseconds as instructions of all
cores together: what is measured is how much there is to do, not how fast a chip does it.

The board is PEERBOOT_BOARD, as for the tests (test/boot/board.py).
"""
import argparse
import os
import re
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from elftools.elf.elffile import ELFFile

TOP = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TOP / "test/boot"))
from board import (ARCH, BUILD, CC, DEFINES, DRIVERS, HAS, LINUX, MACHINE, MAP, NAME, SETTINGS,  # noqa: E402
                   loader_file, loader_name)
from console import Transcript  # noqa: E402
from boards import BoardError, dump_fdt_command, qemu_command  # noqa: E402
from firmware import WITNESS_BASE, WITNESS_DRIVERS, build, flat  # noqa: E402
from gdb import started_by_gdb  # noqa: E402
from roles import OF_B, every_role, linux_and_peers  # noqa: E402

# Instructions a tick, by QEMU's frequencies of the two clocks.
TICK = 1_000_000_000 // MAP.get("GLOBAL_TIMER_FREQUENCY", 62_500_000)
HAS_OWN_CLOCK = "pmccntr" in SETTINGS.get("BOARD_IMAGE_DRIVERS", "").split()  # has a peer, which starts it
HAS_ECHO = MACHINE["machine"].startswith("virt,secure=off")  # QEMU boots a program of its own, too
SHF_ALLOC = 2
PEER_LIMIT = 5_000_000  # instructions until peer b's first
ENVIRONMENT = 0x40000   # bytes of U-Boot's environment, at the start of bank 1 (qemu_arm*_defconfig)
BODY = 0x2000           # where in the kernel the probe is, behind the headers; the first word goes there
BRANCH = {"armv7-a": 0xea000000 | BODY // 4 - 2, "armv8-a": 0x14000000 | BODY // 4}[ARCH]
TIMEOUT = 300           # seconds, for QEMU hanging; nothing is measured by it
KERNEL = SETTINGS["LINUX_KERNEL"]
PACKED = SETTINGS["LINUX_COMPRESSION"]
# By which program, and how as the kernel was: linux/build.mk.
PACK = {"gzip": ("gzip", "-6", "-n"), "lz4": ("lz4", "-q", "-9", "--content-size")}.get(PACKED)
# Limits are for boot images that are read in place; those of Linux for kernels that need no unpacking.
IS_LIMITED = "cfi_intel" in DRIVERS


class BenchError(Exception):
    pass


def run(*command, **kwargs):
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **kwargs)
    if done.returncode:
        raise BenchError(f"{command[0]}: exit status {done.returncode}\n{done.stdout}")


def filtered(data, program, *options):
    """From a file: of a pipe lz4 does not know the size."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        with open(file.name, "rb") as of:
            return subprocess.run([program, "-c", *options], stdin=of, stdout=subprocess.PIPE, check=True).stdout


def put_probe(kernel):
    """In the kernel as it is in a boot image."""
    data = bytearray(filtered(kernel, PACK[0], "-d") if PACK else kernel)
    struct.pack_into("<I", data, 0, BRANCH)
    probe = flat(build("probe", MAP["KERNEL_BASE"] + BODY, thumb=False, drivers=tuple(WITNESS_DRIVERS),
                       sources=(TOP / f"arch/{ARCH}/image/smc.S",)))
    data[BODY:BODY + len(probe)] = probe
    return filtered(data, *PACK) if PACK else bytes(data)


def replaced(text, old, new):
    if text.count(old) != 1:
        raise BenchError(f"the demo's sources have {text.count(old)} times {old!r}, not once")
    return text.replace(old, new)


class Bench:
    def __init__(self):
        self.demo, self.dir = BUILD / NAME / "demo", BUILD / NAME / "bench"
        self.dir.mkdir(parents=True, exist_ok=True)
        self.start = self.start_clock() if "global_timer" in DRIVERS else []

    def start_clock(self):
        """QEMU's arguments for what runs in front of the loader."""
        elf, binary = self.dir / "start_clock.elf", self.dir / "start_clock.bin"
        run(*CC, "-marm", "-I", TOP, *DEFINES, "-nostdlib", f"-Wl,-Ttext={WITNESS_BASE:#x},--build-id=none",
            "-o", elf, TOP / "test/bench/start_clock.S")
        binary.write_bytes(flat(elf.read_bytes()))
        return ["-device", f"loader,file={binary},addr={WITNESS_BASE:#x},force-raw=on,cpu-num=0"]

    def make_inputs(self):
        (self.dir / "kernel").write_bytes(put_probe((LINUX / KERNEL).read_bytes()))
        if "tree" in MACHINE:
            run(*self.without_seeds(dump_fdt_command(NAME, self.dir / "fdt")))

    @staticmethod
    def without_seeds(command):
        """The random ones of QEMU's device tree, if it has some, so that counts repeat exactly."""
        if "seeds_off" in MACHINE.get("tree", {}):
            command[command.index("-M") + 1] += f",{MACHINE['tree']['seeds_off']}"
        return [str(c) for c in command]

    def make_fit(self, name, with_tree):
        """The demo's boot image with the probe; with_tree: and with a device tree of its own."""
        its = (self.demo / "boot.its").read_text()
        its = re.sub(r'incbin/\("', f'incbin/("{self.demo.resolve()}/', its)
        its = re.sub(rf'"[^"]*/{re.escape(KERNEL)}"', '"kernel"', its)
        its = re.sub(r'"[^"]*/manifest.dtb"', f'"{name}-manifest.dtb"', its)
        manifest = (self.demo / "manifest.dts").read_text()
        manifest = re.sub(r"\scontrols-power;", "", manifest)  # the probe's reset is to be its own
        if with_tree:
            # Where U-Boot takes it to, too: it then needs no second copy.
            tree = (f'fdt {{ data = /incbin/("fdt"); type = "flat_dt"; arch = "{SETTINGS["FIT_ARCH"]}"; '
                    f'compression = "none"; load = <{MAP["FDT_BASE"]:#x}>; '
                    'hash-1 { algo = "sha256"; }; };')
            its = replaced(its, "images {", "images { " + tree)
            its = replaced(its, 'kernel = "kernel";', 'kernel = "kernel"; fdt = "fdt";')
            manifest = replaced(manifest, 'kernel = "kernel";', 'kernel = "kernel"; fdt = "fdt";')
        (self.dir / f"{name}-manifest.dts").write_text(manifest)
        run("dtc", "-q", "-I", "dts", "-O", "dtb", "-o", self.dir / f"{name}-manifest.dtb",
            self.dir / f"{name}-manifest.dts")
        (self.dir / f"{name}.its").write_text(its)
        # External data, so that the tree lies at a multiple of 8.
        run("mkimage", "-E", "-B", "8", "-f", self.dir / f"{name}.its", self.dir / f"{name}.itb",
            env={**os.environ, "SOURCE_DATE_EPOCH": "0"})
        return self.dir / f"{name}.itb"

    def bank(self, name, parts):
        path = self.dir / name
        with open(path, "wb") as out:
            out.write(b"\xff" * MAP["FLASH_SIZE"])
            for offset, data in parts:
                out.seek(offset)
                out.write(data)
        return path

    def boot(self, what, banks, end="probe: done", plugin=None, **options):
        """The console of one counted boot, which ends when the probe has said all, or with another pattern."""
        command = self.without_seeds(qemu_command(NAME, banks, icount=True, extra=[
            *self.start, *(["-plugin", plugin] if plugin else []), "-serial", "stdio", "-monitor", "none"], **options))
        text = b""
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT) as qemu:
            guard = threading.Timer(TIMEOUT, qemu.kill)
            guard.start()
            while not re.search(end.encode(), text) and (more := qemu.stdout.read1()):
                text += more
            guard.cancel()
            qemu.kill()
        text = text.decode(errors="replace").replace("\r", "")
        (self.dir / f"{what}.log").write_text(text)
        if not re.search(end, text):
            raise BenchError(f"{what}: it has not come to '{end}'; console in "
                             f"{self.dir / what}.log")
        return text

    def flashed(self, fit, variant):
        """(banks, options) of a machine with that."""
        flash = self.dir / "flash.img"
        loader = loader_file(variant)
        run(TOP / "tools/mkflash", "--board", NAME, "--slot-a", fit, "--loader", loader, "-o", flash)
        return [flash, self.bank("erased.img", [])], {"loader": loader} if "loader" in MACHINE else {}

    def peerboot(self, what, fit, variant, **more):
        banks, options = self.flashed(fit, variant)
        return self.boot(what, banks, **options, **more)

    def printed_before_start(self, fit, variant):
        """How many characters until the first call of the firmware, where gdb ends the machine."""
        banks, options = self.flashed(fit, variant)
        gdb = started_by_gdb(loader_file(variant, "elf"), "break *smccc_call", "continue", "kill")
        command = self.without_seeds(qemu_command(NAME, banks, icount=True, extra=[
            "-serial", "stdio", "-monitor", "none", "-S", *gdb["extra"].split()], **options))
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as qemu:
            guard = threading.Timer(TIMEOUT, qemu.kill)
            guard.start()
            gdb["start_by"]()
            text = qemu.stdout.read()
            guard.cancel()
        return len(text)

    def u_boot(self, what, fit, binary):
        """U-Boot in bank 0; its environment, and behind that the FIT, in bank 1."""
        at = MAP["FLASH1_BASE"] + ENVIRONMENT
        # No waiting for a key; ramdisk and tree stay where the FIT has them loaded.
        lines = ["bootdelay=-2", f"bootcmd=bootm {at:#x}", "initrd_high=0xffffffff",
                 "fdt_high=0xffffffff", "bootargs=console=ttyAMA0"]
        (self.dir / "env.txt").write_text("\n".join(lines) + "\n")
        run("mkenvimage", "-s", ENVIRONMENT, "-o", self.dir / "env.bin", self.dir / "env.txt")
        return self.boot(what, [
            self.bank("u-boot.img", [(0, binary.read_bytes())]),
            self.bank("u-boot-bank1.img", [(0, (self.dir / "env.bin").read_bytes()),
                                           (ENVIRONMENT, fit.read_bytes())])])


def linux_start(console):
    return int(re.search(r"^probe: linux at tick 0x([0-9a-f]{16})$", console, re.M)[1], 16) * TICK


def peer_start(console, peer):
    """By its own clock, if that is the loader's; else when the loader has let it go."""
    found = re.search(rf"{peer}: first instruction at tick (\d+)", console)
    if not found:
        raise BenchError(f"peer {peer} has not said in its trace when it started")
    if HAS_OWN_CLOCK:
        return int(re.search(rf"^peerboot: \[ *(\d+)\] \d+ start +OK +{peer} core", console, re.M)[1]) * TICK
    return int(found[1]) * TICK


# Functions of a loader that hash, copy or unpack, and do nothing else.
APART = re.compile(r"(br_)?sha(1|256)|memcpy|crc32|arch_crc32|(libdeflate_)?(deflate|gzip)_decompress", re.I)


def functions(elf):
    """Of a loader: {name: (from, to)}"""
    with open(elf, "rb") as file:
        table = ELFFile(file).get_section_by_name(".symtab")
        found = [(s.name, s["st_value"] & ~1, s["st_size"]) for s in table.iter_symbols() if s["st_info"]["type"] == "STT_FUNC"]
    return {name: (start, start + size) for name, start, size in found}


class PerCore:
    """Instructions of each core until Linux's first, in a boot of the default loader with the demo: those on the
    critical path, since cores that help work beside the loader's own; and those that are not for hashing, copying
    and unpacking."""

    def __init__(self, bench, fit):
        at = functions(loader_file("plain", "elf"))
        self.ours, self.call, self.seat, self.joined = (at[name][0] for name in ("stage_load", "smccc_call", "helper_seat", "stage_fdt"))
        self.end, self.out = MAP["KERNEL_BASE"], bench.dir / "per_core.txt"
        options = [f"{bench.dir.resolve()}/per_core.so", f"out={self.out.resolve()}",
                   *(f"mark={a:#x}" for a in (self.ours, self.call, self.seat, self.joined, self.end)),
                   *(f"apart={start:#x}:{end:#x}" for name, (start, end) in at.items() if APART.match(name))]
        bench.peerboot("per-core", fit, "plain", plugin=",".join(options))
        self.evaluate()

    def evaluate(self):
        lines = [line.split() for line in self.out.read_text().splitlines()]
        seen = [(int(a, 16), int(core), [int(n) for n in counts]) for a, core, *counts in lines]
        at = [a for a, *_ in seen]
        if self.seat not in at or self.end not in at:
            raise BenchError(f"no core has helped, or Linux was not entered: {self.out}")
        first = at.index(self.call, at.index(self.ours))
        before, joined, end = (seen[i][2][0] for i in (first, at.index(self.joined), at.index(self.end)))
        counts = seen[at.index(self.end)][2]
        cores = len(counts) // 2
        helped = {core: counts[core] for a, core, _ in seen if a == self.seat}
        self.cores = {0: end, **helped}
        self.rest = sum(counts[core] - counts[cores + core] for core in self.cores)
        self.critical = before + max(joined - before, *helped.values()) + end - joined


def lives(console):
    """Rows about the monitor's work, which the probe's second life shows."""
    def at(what):
        return int(re.search(rf"{what} at tick 0x([0-9a-f]{{16}})$", console, re.M)[1], 16) * TICK

    monitor = {what: at(f"monitor: {what}") for what in (
        "linux stops c", "c has stopped", "linux starts c", "c is made anew", "linux has stopped", "linux is made anew")}
    second = [int(t, 16) * TICK for t in re.findall(r"^probe: linux at tick 0x([0-9a-f]{16})$", console, re.M)][1]
    return [("c: from the call to all its cores out", monitor["c has stopped"] - monitor["linux stops c"]),
            ("c: from the call to its first", monitor["c is made anew"] - monitor["linux starts c"]),
            ("Linux: from its reset to all its cores out", monitor["linux has stopped"] - at("probe: resets itself")),
            ("Linux: from there to its first", second - monitor["linux has stopped"])]


def show(rows):
    """rows: (what, instructions, limit's words, held or None)"""
    print(f"{'from reset to':<52}{'instructions':>14}{'  limit' if IS_LIMITED else ''}")
    for what, count, limit, held in rows:
        if not IS_LIMITED:
            limit, held = "", None
        mark = "" if held is None else "  PASS" if held else "  FAIL"
        print(f"{what:<52}{count:>14,}  {limit}{mark}")
    return all(held is not False for *_, held in rows if IS_LIMITED)


def measure(bench):
    bench.make_inputs()
    demo, rows, theirs = bench.make_fit("demo", False), [], None
    u_boot = MACHINE.get("u_boot")
    if u_boot:
        same = bench.make_fit("same", True)
        theirs = linux_start(bench.u_boot("u-boot", same, Path(u_boot)))
    for variant in ("plain", "small"):
        name = loader_name(variant)
        own = bench.peerboot(f"{name}-demo", demo, variant)
        b = peer_start(own, "b")
        rows += [
            (f"{name}: peer b's first, the demo", b, f"at most {PEER_LIMIT:,}", b <= PEER_LIMIT),
            (f"{name}: peer c's first, the demo", peer_start(own, "c"), "", None),
            (f"{name}: Linux's first, the demo", linux_start(own), "", None)]
        if u_boot:
            ours = linux_start(bench.peerboot(f"{name}-same", same, variant))
            rows.append((f"{name}: Linux's first, tree from the FIT", ours,
                         *(("", None) if PACK else ("fewer than U-Boot", ours < theirs))))
    if u_boot:
        rows.append(("U-Boot: Linux's first, tree from the FIT", theirs, "", None))
    held = show(rows)
    if "monitor" in SETTINGS.get("BOARD_FEATURES", "").split():
        print("stopped and made anew by the monitor")
        for what, count in lives(own):
            print(f"{what:<52}{count:>14,}")
    if "helpers" in HAS:
        per_core = PerCore(bench, demo)
        print(f"of each core until Linux's first, {loader_name('plain')}, the demo")
        for core, count in per_core.cores.items():
            print(f"{f'core {core}' + (', which helps' if core else ''):<52}{count:>14,}")
        print(f"{'on the critical path':<52}{per_core.critical:>14,}")
        print(f"{'but for hashing, copying and unpacking':<52}{per_core.rest:>14,}")
    print("characters printed by the default loader")
    if {"psci", "one cluster"} <= HAS:  # its cores are started by a call
        print(f"{'before the early peer starts':<52}{bench.printed_before_start(demo, 'plain'):>14,}")
    own = Transcript(bench.peerboot(f"{NAME}-printed", demo, "plain"))
    print(f"{'in all':<52}{own.printed_by_loader():>14,}")
    sizes = {"kernel": bench.dir / "kernel", "ramdisk": LINUX / "initramfs.cpio.gz"}
    if u_boot:
        sizes["device tree"] = bench.dir / "fdt"
    print("bytes: " + ", ".join(f"{name} {len(path.read_bytes()):,}" for name, path in sizes.items())
          + f"; sha256 each{f', the kernel {PACKED}' if PACK else ''}")
    return held


ECHO = re.compile(r"^rpmsg: (?P<what>.*): (?P<count>\d+) messages, (?P<ns>\d+) ns, (?P<kicks>\d+) kicks$", re.M)


def echo(program):
    """{what was sent, and how: (instructions, kicks) a message} by a program of test/bench/rpmsg, on one core."""
    elf = BUILD / NAME / "bench/echo" / f"{program}.elf"
    done = subprocess.run([MACHINE["qemu"], "-M", MACHINE["machine"], "-cpu", MACHINE["cpu"], "-smp", "1",
                           "-m", str(MACHINE["memory"]), *MACHINE["options"], "-serial", "none", "-monitor", "none",
                           "-semihosting", "-icount", "shift=0,sleep=off", "-kernel", elf],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT)
    if "rpmsg: done" not in done.stdout:
        raise BenchError(f"{elf}: messages were lost, or it has not come to its end\n{done.stdout}")
    return {m["what"]: (int(m["ns"]) / int(m["count"]), int(m["kicks"]) / int(m["count"])) for m in ECHO.finditer(done.stdout)}


def sections(path):
    with open(path, "rb") as file:
        return [section.header for section in ELFFile(file).iter_sections() if section.name != ".eh_frame"]


def rpmsg_bytes():
    """Code and constants, without what unwinds a stack."""
    return sum(section["sh_size"] for path in sorted((BUILD / NAME / "images/obj/rpmsg").glob("*.o"))
               for section in sections(path) if section["sh_flags"] & SHF_ALLOC)


def show_echo():
    fast, library = echo("fast"), echo("library")
    print(f"{'instructions a message, both ends on one core':<66}{'-O2':>7}{'-Os':>7}{'kicks':>7}")
    for what, (count, kicks) in fast.items():
        print(f"{what:<66}{count:>7,.0f}{library[what][0]:>7,.0f}{kicks:>7.2f}")
    print(f"bytes of rpmsg/ in the library: {rpmsg_bytes():,}")


MESSAGES = re.compile(r"^measure: (?P<begun>\S+) (?P<to>\S+) (?P<role>\S+) (?P<window>\d+) (?P<count>\d+) "
                      r"ns (?P<ns>\d+) p50 (?P<p50>\d+) p99 (?P<p99>\d+) max (?P<max>\d+)$", re.M)


def show_messages(bench):
    """Of the demo's kernel and peers with a link for each role. Linux has one core: where one of several
    waits for another in a loop that does not yield, QEMU counts its instructions alone."""
    system = linux_and_peers(bench.dir / "links", BUILD, every_role(OF_B))
    linux = system.contexts["linux"]
    linux.update(cpus=linux["cpus"] & -linux["cpus"], bootargs=linux["bootargs"] + " peerboot.run=measure")
    fit = system.write(*SETTINGS.get("BOARD_FIT_FLAGS", "").split())
    console = bench.peerboot("links", fit, "plain", end=r"measure ended with \d")
    if "measure ended with 0" not in console:
        raise BenchError(f"links: measure has failed; console in {bench.dir / 'links.log'}")
    print(f"{'messages of 16 bytes to an echo and back, emulated':<52}{'a second':>10}{'p50 us':>9}{'p99 us':>9}{'max us':>9}")
    for m in sorted(MESSAGES.finditer(console), key=lambda m: (m["begun"], m["to"], m["role"])):
        what = f"{m['begun']} to {m['to']}, {m['begun']} {m['role']}, {m['window']} under way"
        times = "".join(f"{int(m[name]) / 1000:>9,.1f}" for name in ("p50", "p99", "max"))
        print(f"{what:<52}{int(m['count']) * 1_000_000_000 // int(m['ns']):>10,}{times}")


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    try:
        bench = Bench()
        held = measure(bench)
        if HAS_ECHO:
            show_echo()
        show_messages(bench)
        sys.exit(0 if held else 1)
    except (BenchError, BoardError, OSError) as error:
        sys.exit(f"bench: error: {error}")


if __name__ == "__main__":
    main()
