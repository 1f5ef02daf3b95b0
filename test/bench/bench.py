#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Count instructions from reset to the first one of a peer and of Linux, and U-Boot's beside them.

QEMU runs with -icount: one nanosecond an instruction, of all cores together, so the counter that
starts at reset counts instructions, the same number each time. A probe in the kernel's place says
where it was entered; it has the kernel's size, and its content but for a few words. Of ours, the loader
without features and the one with fast_hash alone.
"""
import argparse
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TOP / "tools"))
from boards import BoardError, memory_map, qemu_command  # noqa: E402

TICK = 16               # instructions: the counter runs at 62.5 MHz
PEER_LIMIT = 5_000_000  # instructions until peer b's first
ENVIRONMENT = 0x40000   # bytes of U-Boot's environment, at the start of bank 1 (qemu_arm_defconfig)
BODY = 0x1000           # where the probe's second piece starts; see probe.S
TIMEOUT = 300           # seconds, for QEMU hanging; nothing is measured by it


class BenchError(Exception):
    pass


def run(*command, **kwargs):
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **kwargs)
    if done.returncode:
        raise BenchError(f"{command[0]}: exit status {done.returncode}\n{done.stdout}")


def put_probe(kernel, probe):
    data = bytearray(kernel)
    data[:8] = probe[:8]
    data[BODY:len(probe)] = probe[BODY:]
    return bytes(data)


def replaced(text, old, new):
    if text.count(old) != 1:
        raise BenchError(f"the demo's sources have {text.count(old)} times {old!r}, not once")
    return text.replace(old, new)


class Bench:
    def __init__(self, board, build):
        self.board, self.build = board, build
        self.map = memory_map(board)
        self.dir = build / board / "bench"
        self.dir.mkdir(parents=True, exist_ok=True)

    def make_inputs(self):
        kernel = (self.build / "linux/zImage").read_bytes()
        probe = (self.dir / "probe.bin").read_bytes()
        (self.dir / "kernel").write_bytes(put_probe(kernel, probe))
        run(*self.qemu([], options=f",dumpdtb={self.dir / 'fdt'}"))

    def qemu(self, banks, options="", **kwargs):
        """Without the random seeds that QEMU's device tree has, so that counts repeat exactly."""
        command = qemu_command(self.board, banks, **kwargs)
        command[command.index("-M") + 1] += ",dtb-randomness=off" + options
        return [str(c) for c in command]

    def make_fit(self, name, with_tree):
        """The demo's boot image with the probe; with_tree: and with a device tree of its own."""
        its = (self.build / self.board / "demo/boot.its").read_text()
        its = replaced(its, "../../linux/zImage", "kernel")
        its = replaced(its, '"manifest.dtb"', f'"{name}-manifest.dtb"')
        manifest = (self.build / self.board / "demo/manifest.dts").read_text()
        if with_tree:
            # Where U-Boot takes it to, too: it then needs no second copy.
            tree = ('fdt { data = /incbin/("fdt"); type = "flat_dt"; arch = "arm"; '
                    f'compression = "none"; load = <{self.map["FDT_BASE"]:#x}>; '
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
            out.write(b"\xff" * self.map["FLASH_SIZE"])
            for offset, data in parts:
                out.seek(offset)
                out.write(data)
        return path

    def boot(self, what, banks):
        """The console of one counted boot, which ends when the probe powers off."""
        command = self.qemu(banks, icount=True, extra=["-serial", "stdio", "-monitor", "none"])
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT)
            text = done.stdout
        except subprocess.TimeoutExpired as stopped:
            text = stopped.stdout or b""
        text = text.decode(errors="replace").replace("\r", "")
        (self.dir / f"{what}.log").write_text(text)
        if "probe: done" not in text:
            raise BenchError(f"{what}: the kernel's place was not reached; console in "
                             f"{self.dir / what}.log")
        return text

    def peerboot(self, what, fit, loader):
        flash = self.dir / "flash.img"
        run(TOP / "tools/mkflash", "--board", self.board, "--slot-a", fit, "--loader",
            self.build / loader / "peerboot.bin", "-o", flash)
        return self.boot(what, [flash, self.bank("erased.img", [])])

    def u_boot(self, what, fit, binary):
        """U-Boot in bank 0; its environment, and behind that the FIT, in bank 1."""
        at = self.map["FLASH1_BASE"] + ENVIRONMENT
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
    return int(re.search(r"^probe: linux at tick 0x([0-9a-f]{8})$", console, re.M)[1], 16) * TICK


def peer_start(console, peer):
    found = re.search(rf"{peer}: first instruction at tick (\d+)", console)
    if not found:
        raise BenchError(f"peer {peer} has not said in its trace when it started")
    return int(found[1]) * TICK


def show(rows):
    """rows: (what, instructions, limit's words, held or None)"""
    print(f"{'from reset to':<52}{'instructions':>14}  limit")
    for what, count, limit, held in rows:
        mark = "" if held is None else "  PASS" if held else "  FAIL"
        print(f"{what:<52}{count:>14,}  {limit}{mark}")
    return all(held is not False for *_, held in rows)


def measure(bench, u_boot):
    bench.make_inputs()
    demo, same = bench.make_fit("demo", False), bench.make_fit("same", True)
    theirs = linux_start(bench.u_boot("u-boot", same, u_boot))
    (size,) = struct.unpack(">I", (bench.dir / "fdt").read_bytes()[4:8])
    rows = []
    for loader in (f"{bench.board}-small", f"{bench.board}-fast"):
        own = bench.peerboot(f"{loader}-demo", demo, loader)
        ours = linux_start(bench.peerboot(f"{loader}-same", same, loader))
        b = peer_start(own, "b")
        rows += [
            (f"{loader}: peer b's first, the demo", b, f"at most {PEER_LIMIT:,}", b <= PEER_LIMIT),
            (f"{loader}: peer c's first, the demo", peer_start(own, "c"), "", None),
            (f"{loader}: Linux's first, the demo", linux_start(own), "", None),
            (f"{loader}: Linux's first, tree from the FIT", ours, "fewer than U-Boot", ours < theirs),
        ]
    rows.append(("U-Boot: Linux's first, tree from the FIT", theirs, "", None))
    held = show(rows)
    sizes = ", ".join(f"{name} {(path).stat().st_size:,}" for name, path in (
        ("kernel", bench.dir / "kernel"), ("ramdisk", bench.build / "linux/initramfs.cpio.gz")))
    print(f"bytes: {sizes}, device tree {size:,}; sha256 each")
    return held


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--board", default="virt")
    parser.add_argument("--build", type=Path, default=TOP / "build")
    parser.add_argument("--u-boot", type=Path, default=Path("/usr/lib/u-boot/qemu_arm/u-boot.bin"))
    args = parser.parse_args()
    try:
        sys.exit(0 if measure(Bench(args.board, args.build), args.u_boot) else 1)
    except (BenchError, BoardError, OSError) as error:
        sys.exit(f"bench: error: {error}")


if __name__ == "__main__":
    main()
