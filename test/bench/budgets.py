#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compare what loaders and messages take with budgets.toml; exit 1 if anything takes 2 % more than that. What takes
2 % less is named, so that its budget is brought down.

Bytes of flash of each loader of the board, and where QEMU boots quickly what is counted, instructions as
`make bench` counts them. The board is PEERBOOT_BOARD, as for the tests (test/boot/board.py).
"""
import argparse
import sys
import tomllib
from pathlib import Path

import bench
from board import HAS, LOADERS, NAME, loader_file, loader_name
from boards import BoardError

FILE = Path(__file__).with_name("budgets.toml")
MARGIN = 2  # %


def sizes():
    return {loader_name(variant): loader_file(variant).stat().st_size for variant in LOADERS
            if variant not in ("test", "unpack") and loader_file(variant).exists()}


def counts():
    if not bench.HAS_ECHO:
        return {}
    boot = bench.Bench()
    boot.make_inputs()
    text = boot.peerboot(f"{NAME}-budget", boot.make_fit("demo", False), "plain")
    taken = {"b's first": bench.peer_start(text, "b"), "Linux's first": bench.linux_start(text)}
    if "helpers" in HAS:
        taken["Linux's first, on the critical path"] = bench.PerCore(boot, boot.make_fit("demo", False)).critical
    for program in ("fast", "library"):
        taken |= {f"{what}, {program}": round(count) for what, (count, _) in bench.echo(program).items() if what.startswith("256")}
    return taken | {"bytes of rpmsg/": bench.rpmsg_bytes()}


def compare(budgets, taken):
    """Print a line each; true if all are within."""
    good = True
    for name, value in taken.items():
        budget = budgets.get(name)
        more = value / budget - 1 if budget else 0
        mark = "NO BUDGET" if not budget else "OVER" if value * 100 > budget * (100 + MARGIN) else ""
        good &= not mark
        if budget and value * 100 < budget * (100 - MARGIN):
            mark = f"UNDER: budgets.toml can say {value}"
        print(f"{name:<70}{value:>12,}{budget or 0:>14,}{more * 100:>+8.1f} %  {mark}".rstrip())
    for name in budgets.keys() - taken.keys():
        print(f"{name:<70}{'not measured':>12}{budgets[name]:>14,}")
        good = False
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", action="store_true", help="print what is taken as the board's part of that file")
    measure = parser.parse_args().measure
    try:
        taken = sizes() | counts()
        if measure:
            print("\n".join([f"[{NAME}]", *(f'"{name}" = {value}' for name, value in taken.items())]))
            return
        budgets = tomllib.loads(FILE.read_text()).get(NAME, {})
        print(f"{'budgets of ' + NAME:<70}{'taken':>12}{'budget':>14}")
        if not compare(budgets, taken):
            sys.exit(f"budgets: error: not within {FILE}. If that is meant, change it there, and say why in the commit")
    except (bench.BenchError, BoardError, OSError) as error:
        sys.exit(f"budgets: error: {error}")


if __name__ == "__main__":
    main()
