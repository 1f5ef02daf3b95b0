# SPDX-License-Identifier: BSD-2-Clause
"""Fixtures: from a boot image to a transcript of its boot, or to Linux's shell.

pytest --lg-env FILE runs the same tests against another environment than the board's labgrid.yaml.
"""
import os
import re
from contextlib import ExitStack
from pathlib import Path

import pytest

import matrix
from campaign import tally
from console import Transcript
from firmware import TOP
from host import host  # noqa: F401  (a fixture)
from machine import Linux, Machine, make_flash
from refusal import assert_refused

BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))
# What each loader has built in, the host's command reads from its file.
TRUST = {name: ["--loader", BUILD / name / "peerboot.bin"]
         for name in ("virt", "virt-small", "virt-unpack", "virt-slots", "virt-full", "virt-test")}
# A loader with recovery does not stop.
END = r"^(witness: done|peerboot: stopped|peerboot: recovery: r .*)\r?$"
# What no kernel log may hold after a test.
TROUBLE = re.compile(r"WARNING:|BUG:|Oops|[Cc]all trace|OVERLAP|refcount_t|unhandled|nobody cared")


@pytest.fixture(scope="session")
def build():
    return BUILD


@pytest.fixture(scope="session")
def environment(request):
    return request.config.option.lg_env or TOP / "boot/board/virt/labgrid.yaml"


@pytest.fixture(scope="session")
def erased_bank(tmp_path_factory):
    path = tmp_path_factory.mktemp("bank") / "erased.img"
    path.write_bytes(b"\xff" * (64 << 20))
    yield path
    path.unlink()


class Rack:
    """Machines of one test or file, each with its own flash: at the end of a with statement all are
    switched off, whatever has happened."""

    def __init__(self, folder, environment, bank1):
        self.folder, self.environment, self.bank1 = folder, environment, bank1
        self.machines, self.images = [], []

    def start(self, fit=None, *, loader="virt", slot_b=None, unchecked=False, extra="",
              bank1=None, kept=None, **options):
        """loader: the name of one that was built, or a file. bank1: a file that is written to.
        kept: likewise, for bank 0, in place of one that is made here."""
        if isinstance(loader, str):
            loader = BUILD / loader / "peerboot.bin"
        if not kept:
            folder = self.folder / f"flash{len(self.images)}"
            folder.mkdir()
            self.images.append(make_flash(folder, loader, fit, slot_b, unchecked))
        bank1 = f"snapshot=off,file={bank1}" if bank1 else f"file={self.bank1}"
        bank1 = f"-drive if=pflash,format=raw,{bank1}"
        self.machines.append(Machine(self.environment, kept or self.images[-1],
                                     f"{bank1} {extra}", keep=bool(kept), **options))
        self.machines[-1].start()
        return self.machines[-1]

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        with ExitStack() as stack:  # one that does not go off keeps no other one on
            for image in self.images:
                stack.callback(image.unlink)
            for machine in self.machines:
                stack.callback(machine.close)


@pytest.fixture
def machine(tmp_path, environment, erased_bank):
    """machine(fit, …) → a running Machine."""
    with Rack(tmp_path, environment, erased_bank) as rack:
        yield rack.start


@pytest.fixture
def loader():
    """The one that boot() and refused() take; a file of tests may have another."""
    return "virt"


@pytest.fixture
def boot(machine, host, loader):  # noqa: F811
    """boot(fit, …) → Transcript of a boot that ends in an error or in the witness. The host's
    command must have said the same; of a machine with more or less it does not know, nor of a
    loader that was changed."""
    def run(fit=None, *, loader=loader, **options) -> Transcript:
        m = machine(fit, loader=loader, **options)
        transcript = m.until(END)
        if not {"extra", "qemu"} & set(options) and loader in TRUST:
            host.assert_agrees(transcript, m.flash, TRUST[loader])
        return transcript

    return run


@pytest.fixture
def refused(boot):
    """refused(code, fit, …): the boot must end with that error, before anything has started."""
    def run(code, fit=None, **options):
        transcript = boot(fit, **options)
        assert_refused(transcript, code)
        return transcript

    return run


@pytest.fixture(scope="module")
def demo(tmp_path_factory, environment, erased_bank):
    """The demo, up: one boot for all tests of a file."""
    with Rack(tmp_path_factory.mktemp("demo"), environment, erased_bank) as rack:
        yield Linux(rack.start(BUILD / "virt/demo/boot.itb"))


@pytest.fixture
def linux(demo):
    """The demo's Linux; after the test, its kernel's log must be clean."""
    yield demo
    assert_clean(demo.run("dmesg"))


def assert_clean(log):
    assert not [line for line in log if TROUBLE.search(line)]


def pytest_terminal_summary(terminalreporter):
    passed, failed = (terminalreporter.getreports(outcome) for outcome in ("passed", "failed"))
    tables = {"roles and ways": (matrix.cells(passed), matrix.lines),
              "damaged boot images": (tally.recorded(passed + failed), tally.lines)}
    for title, (found, lines) in tables.items():
        if found:
            terminalreporter.section(title)
            for line in lines(found):
                terminalreporter.write_line(line)
