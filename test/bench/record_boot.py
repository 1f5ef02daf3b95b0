#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Boot the demo under QEMU's -icount, Linux on one core (bench.py says why), and print the console, which has what
was recorded of the boot. The board is PEERBOOT_BOARD, as for the tests (test/boot/board.py)."""
import argparse
import os
import re
import sys

import bench
from boards import BoardError

LINUX_CPUS = re.compile(r"(?<=linux \{)([^}]*cpus = <)0x([0-9a-f]+)")


def one_core(manifest):
    return LINUX_CPUS.sub(lambda m: f"{m[1]}{int(m[2], 16) & -int(m[2], 16):#x}", manifest, count=1)


def make_fit(boot):
    its = re.sub(r'incbin/\("', f'incbin/("{boot.demo.resolve()}/', (boot.demo / "boot.its").read_text())
    its = re.sub(r'"[^"]*/manifest.dtb"', '"timeline-manifest.dtb"', its)
    manifest = bench.replaced((boot.demo / "manifest.dts").read_text(), 'bootargs = "', 'bootargs = "peerboot.run=records ')
    (boot.dir / "timeline-manifest.dts").write_text(one_core(manifest))
    (boot.dir / "timeline.its").write_text(its)
    bench.run("dtc", "-q", "-I", "dts", "-O", "dtb", "-o", boot.dir / "timeline-manifest.dtb", boot.dir / "timeline-manifest.dts")
    bench.run("mkimage", "-E", "-B", "8", "-f", boot.dir / "timeline.its", boot.dir / "timeline.itb",
              env={**os.environ, "SOURCE_DATE_EPOCH": "0"})
    return boot.dir / "timeline.itb"


def main():
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    try:
        boot = bench.Bench()
        console = boot.peerboot("timeline", make_fit(boot), "plain", end=r"peerboot: records ended with \d")
    except (bench.BenchError, BoardError, OSError) as error:
        sys.exit(f"record_boot: error: {error}")
    print(console)
    sys.exit(0 if "records ended with 0" in console else 1)


if __name__ == "__main__":
    main()
