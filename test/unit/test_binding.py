# SPDX-License-Identifier: BSD-2-Clause
"""The binding of a link: dt-schema's own tools take it and its example, and see what breaks it."""
import subprocess
from pathlib import Path

import pytest

LINUX = Path(__file__).resolve().parents[2] / "linux"
SCHEMAS = [LINUX / "peerboot,rpmsg-link.yaml", LINUX / "memory-region.yaml"]


def complaints(*command, **options):
    """dt-schema's tools of Debian 12 end with 0 whatever they find, so their words count."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, **options)
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


@pytest.fixture(scope="module")
def example():
    return subprocess.run(["dt-extract-example", SCHEMAS[0]], capture_output=True, text=True,
                          check=True).stdout


def validate(source, folder):
    tree = folder / "tree.dtb"
    subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", tree], input=source, text=True,
                   check=True)
    # Only ours: what dt-schema thinks of the rest of a tree is not the subject.
    return complaints("dt-validate", "-l", "peerboot", "-s", LINUX, tree)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.name)
def test_schema(schema):
    # $id has no folder, so the tool is to be run where the file is.
    found = complaints("dt-doc-validate", "-u", ".", schema.name, cwd=schema.parent)
    assert not [line for line in found if "$id: relative path" not in line
                and "expected: http://devicetree.org" not in line]


def test_example(example, tmp_path):
    assert validate(example, tmp_path) == []


@pytest.mark.parametrize("old, new", [
    ("peerboot,vdev = <0>", "peerboot,vdev = <32>"),
    ("<1 8 4>", "<3 8 4>"),
    ("<1 8 4>", "<1 8>"),
    ("<1 8 4>", "<1 8 4 0>"),
    ('peerboot,role = "master"', 'peerboot,role = "slave"'),
    ('"vring0", "vring1"', '"vring1", "vring0"'),
    ("<&vring1>, ", ""),
    ("interrupts = <0 100 1>;", "interrupts = <0 100 1>, <0 101 1>;"),
    ('peerboot,peer = "b";', ""),
    ('peerboot,peer = "b";', 'peerboot,peer = "b"; surplus = <1>;'),
    ("peerboot,vdev = <0>;", ""),
    ("peerboot,end = <1>", "peerboot,end = <2>"),
    ("peerboot,end = <1>;", ""),
    ('peerboot,method = "preset"', 'peerboot,method = "reset"'),
    ('peerboot,method = "preset"', 'peerboot,method = "static"'),
    ('peerboot,method = "static"', 'peerboot,method = "handshake"'),
    ("peerboot,vrings = <256 4096>;", ""),
    ("peerboot,buffers = <256 256 512>;", ""),
    ("peerboot,buffers = <256 256 512>", "peerboot,buffers = <256 256>"),
])
def test_mistake(example, tmp_path, old, new):
    assert old in example
    assert validate(example.replace(old, new), tmp_path)
