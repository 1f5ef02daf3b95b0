# SPDX-License-Identifier: BSD-2-Clause
"""Fixtures: from a boot image to a transcript of its boot, or to Linux's shell.

pytest --lg-env FILE runs the same tests against another environment than virt.yaml.
"""
import os
from pathlib import Path

import pytest

from console import Transcript
from firmware import TOP
from machine import Machine, make_flash

BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))
END = r"^(witness: done|peerboot: stopped)\r?$"


@pytest.fixture(scope="session")
def loader():
    return BUILD / "virt/peerboot.bin"


@pytest.fixture(scope="session")
def build():
    return BUILD


@pytest.fixture(scope="session")
def environment(request):
    return request.config.option.lg_env or Path(__file__).with_name("virt.yaml")


@pytest.fixture(scope="session")
def erased_bank(tmp_path_factory):
    path = tmp_path_factory.mktemp("bank") / "erased.img"
    path.write_bytes(b"\xff" * (64 << 20))
    yield path
    path.unlink()


@pytest.fixture
def machine(tmp_path, loader, environment, erased_bank):
    """machine(fit, …) → a running Machine; all of them are off at the end of the test."""
    machines, images = [], []

    def start(fit=None, *, slot_b=None, unchecked=False, extra=""):
        folder = tmp_path / f"flash{len(images)}"
        folder.mkdir()
        images.append(make_flash(folder, loader, fit, slot_b, unchecked))
        bank1 = f"-drive if=pflash,format=raw,file={erased_bank}"
        machines.append(Machine(environment, images[-1], f"{bank1} {extra}"))
        return machines[-1]

    yield start
    for one in machines:
        one.__exit__()
    for image in images:
        image.unlink()


@pytest.fixture
def boot(machine):
    """boot(fit, …) → Transcript of a boot that ends in an error or in the witness."""
    def run(fit=None, **options) -> Transcript:
        return machine(fit, **options).until(END)

    return run
