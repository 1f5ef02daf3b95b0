#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""How a boot's instructions grow with what is in the boot image: bytes of an image, contexts, links, bytes of
the device tree, and what that reserves. From reset to Linux's entry by the default loader, under QEMU's
-icount, as a table and an SVG; exit 1 if anything grows faster than with its size.

The board is PEERBOOT_BOARD, as for the tests (test/boot/board.py).
"""
import argparse
import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import bench
from board import MAP, NAME
from boards import BoardError
from firmware import PROGRAM_SIZE, peer
from its import Image, compile_tree
from memory_map.sheet import Sheet
from system import SPIS, TO_LINUX, TO_PEER, small

MiB = 1 << 20
GZIP = b"\x1f\x8b\x08\0"  # what a ramdisk may begin with
# What one more costs may grow by so much from the first step to the last. Of links, twelve at most, it does:
# each has four regions, and each region is compared with every other. Of contexts, eight at most, a little:
# each one's image is looked for among the others'.
MARGIN = 1.1
LINKS_MARGIN = 1.6
CONTEXTS_MARGIN = 1.2
ENTER = re.compile(r"^peerboot: \[ *(\d+)\] \d+ enter +OK ", re.M)


@dataclass
class Axis:
    name: str
    unit: str
    sizes: list
    change: object  # (system, size, bench)
    margin: float = MARGIN
    options: dict = field(default_factory=dict)  # of the machine


def with_image(system, size, _):
    system.images["ramdisk"] = Image(GZIP + random.Random(1).randbytes(size * MiB - len(GZIP)), type="ramdisk", load=MAP["INITRD_BASE"])
    system.contexts["linux"]["ramdisk"] = "ramdisk"


def with_contexts(system, count, _):
    del system.images["p"], system.contexts["p"]
    for n in range(1, count):
        base = MAP["PEER_B_BASE"] + n * 0x40000
        system.images[f"p{n}"] = Image(peer(base))
        system.contexts[f"p{n}"] = {"cpus": 1 << n, "memory": (base, PROGRAM_SIZE), "image": f"p{n}"}


def with_links(system, count, _):
    for n in range(count):
        system.links[f"link-{n}"] = {
            "ends": ["linux", "p"], "roles": ["master", "remote"], "method": "static",
            "memory": (MAP["SHARED_BASE"] + n * MAP["LINK_SIZE"], MAP["LINK_SIZE"]),
            "doorbells": [TO_LINUX, SPIS["b"] + n, *TO_PEER]}


def source_tree(boot):
    """The machine's, without the room in which it keeps it."""
    return subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", boot.dir / "fdt"], capture_output=True, text=True, check=True).stdout


def give_tree(system, boot, more):
    system.images["fdt"] = Image(compile_tree(boot.dir, "growth", source_tree(boot) + more), type="flat_dt")
    system.contexts["linux"]["fdt"] = "fdt"


def with_tree(system, size, boot):
    """Of devices with the usual properties, some 260 bytes each."""
    def device(n):
        return (f'device@{n:x} {{ compatible = "vendor,device-{n % 40}", "vendor,device"; reg = <{n:#x}>; '
                f'interrupts = <0 {n} 4>; clocks = <{n} 1>; clock-names = "bus", "core"; status = "okay"; }};')

    count = max(0, (size * 1024 - 8500) // 150)
    nodes = "".join(map(device, range(count)))
    give_tree(system, boot, f"/ {{ growth {{ #address-cells = <1>; #size-cells = <0>; {nodes} }}; }};")


def with_reserved(system, count, boot):
    base = MAP["RAM_BASE"] + 0x10000000
    nodes = "".join(f"r@{base + n * 0x10000:x} {{ reg = <0 {base + n * 0x10000:#x} 0 0x1000>; no-map; }};" for n in range(count))
    give_tree(system, boot, f"/ {{ reserved-memory {{ #address-cells = <2>; #size-cells = <2>; ranges; {nodes} }}; }};")


AXES = [
    Axis("an image", "MiB", [1, 8, 28], with_image),
    Axis("contexts", "", [1, 2, 4, 6, 8], with_contexts, CONTEXTS_MARGIN, {"smp": 8}),
    Axis("links", "", [1, 4, 8, 12], with_links, LINKS_MARGIN),
    Axis("the device tree", "KiB", [10, 57, 256, 600], with_tree),
    Axis("regions that it reserves", "", [1, 20, 40, 60], with_reserved),
]


def instructions(boot, axis, size):
    system = small(boot.dir / "growth")
    system.verbose = False
    axis.change(system, size, boot)
    console = boot.peerboot("growth", system.write("-E", "-B", "8"), "plain", end=r"enter +OK [^\n]*\n|peerboot: stopped",
                            **axis.options)
    entered = ENTER.search(console)
    if not entered:
        raise bench.BenchError(f"{axis.name}, {size}: Linux has not been entered\n{console}")
    return int(entered[1]) * bench.TICK, len(system.images["fdt"].data) / 1024 if axis.change is with_tree else size


def slopes(points):
    """What one more costs, in each step."""
    return [(b[1] - a[1]) / (b[0] - a[0]) for a, b in zip(points, points[1:])]


def is_linear(points, margin):
    steps = slopes(points)
    return all(step <= steps[0] * margin for step in steps[1:])


def draw(measured, path):
    """A panel for each axis, one below another; what one more costs is written behind."""
    width, height, left = 300, 150, 90
    sheet = Sheet(12)
    put = sheet.put
    for n, (axis, points) in enumerate(measured):
        x0, y0 = n % 3 * width + left, n // 3 * (height + 60) + height + 20
        most_x, most_y = max(x for x, _ in points), max(y for _, y in points) / 1e6
        put("text", f"instructions by {f'{axis.unit} of {axis.name}' if axis.unit else axis.name}", x=x0 - 60, y=y0 - height, font_weight="bold")
        put("path", d=f"M{x0} {y0 - height + 10}V{y0}H{x0 + width - left - 20}", fill="none", stroke="#888")
        at = [(x0 + x / most_x * (width - left - 30), y0 - y / 1e6 / most_y * (height - 20)) for x, y in points]
        put("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in at), fill="none", stroke="#2b6cb0", stroke_width=2)
        for (x, y), (size, count) in zip(at, points):
            put("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=3, fill="#2b6cb0")
            put("text", f"{size:.0f}", x=f"{x:.1f}", y=y0 + 15, text_anchor="middle", font_size=10)
        put("text", f"{most_y:.3g} M", x=x0 - 6, y=y0 - height + 24, text_anchor="end", font_size=10)
        put("text", "0", x=x0 - 6, y=y0 + 4, text_anchor="end", font_size=10)
    path.write_text(sheet.source(3 * width, 2 * (height + 60)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="GROWTH.SVG")
    args = parser.parse_args()
    good, measured = True, []
    try:
        boot = bench.Bench()
        boot.make_inputs()
        print(f"{'from reset to Linux on ' + NAME:<28}{'size':>8}{'instructions':>16}{'one more':>14}")
        for axis in AXES:
            points = []
            for size in axis.sizes:
                count, real = instructions(boot, axis, size)
                points.append((real, count))
                more = f"{slopes(points)[-1]:>14,.0f}" if len(points) > 1 else ""
                print(f"{f'{axis.name}, {axis.unit}'.strip(', '):<28}{real:>8,.0f}{count:>16,}{more}", flush=True)
            measured.append((axis, points))
            if not is_linear(points, axis.margin):
                print(f"{axis.name}: one more costs more, the more there are")
                good = False
        draw(measured, args.output)
    except (bench.BenchError, BoardError, OSError, AssertionError) as error:
        sys.exit(f"growth: error: {error}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
