# SPDX-License-Identifier: BSD-2-Clause
"""The loader's SHA-256 for Arm, block function in assembler, against Python's (OpenSSL's)."""
import hashlib
import random
import struct
import subprocess

import pytest

from host_parse import BUILD, TOP

PROGRAM = BUILD / "test/unit/arm_sha"
BLOCK = 64


def requests():
    """(data, size of the pieces): around a block and its padding, at any alignment, and long ones."""
    chance = random.Random(1)
    for size in range(3 * BLOCK + 2):
        yield chance.randbytes(size), chance.randint(1, size + 1)
    for _ in range(200):
        size = chance.randint(1, 20000)
        yield chance.randbytes(size), chance.randint(1, size)
    for byte in (b"\0", b"\xff"):  # every carry, and none
        yield byte * 100 * BLOCK, 100 * BLOCK


@pytest.fixture(scope="module")
def hasher():
    if not PROGRAM.exists():
        subprocess.run(["make", "-s", f"BUILD={BUILD}", PROGRAM.relative_to(TOP)], cwd=TOP,
                       check=True, timeout=280)
    with subprocess.Popen(["qemu-arm-static", PROGRAM], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as process:
        yield process
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_hashes_as_openssl_does(hasher):
    for data, piece in requests():
        hasher.stdin.write(struct.pack("<II", len(data), piece) + data)
        hasher.stdin.flush()
        assert hasher.stdout.read(32) == hashlib.sha256(data).digest(), (len(data), piece)
