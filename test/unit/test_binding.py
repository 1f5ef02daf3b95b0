# SPDX-License-Identifier: BSD-2-Clause
"""The bindings: dt-schema's own tools take each and its example, and see what breaks it."""
import subprocess
from pathlib import Path

import pytest

LINUX = Path(__file__).resolve().parents[2] / "linux"
LINK, MONITOR, RESETS = (LINUX / f"peerboot,{name}.yaml" for name in ("rpmsg-link", "monitor", "resets"))
SCHEMAS = [LINK, MONITOR, RESETS, LINUX / "memory-region.yaml"]


def complaints(*command, **options):
    """dt-schema's tools of Debian 12 end with 0 whatever they find, so their words count."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, **options)
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


@pytest.fixture(scope="module")
def examples():
    return {schema: subprocess.run(["dt-extract-example", schema], capture_output=True, text=True,
                                   check=True).stdout for schema in (LINK, MONITOR, RESETS)}


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


@pytest.mark.parametrize("schema", [LINK, MONITOR, RESETS], ids=lambda path: path.name)
def test_example(examples, schema, tmp_path):
    assert validate(examples[schema], tmp_path) == []


LINK_MISTAKES = [
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
]
MONITOR_MISTAKES = [
    ("reg = <2>;", ""),
    ("reg = <2>;", "reg = <2>; surplus = <1>;"),
    ("reg = <2>;", "reg = <8>;"),
    ("reg = <2>;", "reg = <2 0>;"),
    ("c@2", "c"),
    ("c@2", "c@8"),
    ("#size-cells = <0>", "#size-cells = <1>"),
    ("peerboot-monitor {", "monitor {"),
]
RESETS_MISTAKES = [
    ("reg = <2>;", ""),
    ("reg = <2>;", "reg = <2>; surplus = <1>;"),
    ("reg = <2>;", "reg = <8>;"),
    (" 0x2 0x2>", " 0x2>"),
    ("fed = <0x0 0x2e050004>;", ""),
    ("watchdog = <10000 3 60>;", ""),
    ("<10000 3 60>", "<10000 3>"),
    ("sha256 =", "hash ="),
    ("segments = /bits/ 64 <0x2c200000 0x1000 0x2e100040 0x38>;", ""),
    ("copies = /bits/ 64 <0x2e100000 0x78>;", ""),
    ("peerboot-resets {", "resets {"),
]


@pytest.mark.parametrize("schema, old, new", [(LINK, *change) for change in LINK_MISTAKES]
                         + [(MONITOR, *change) for change in MONITOR_MISTAKES]
                         + [(RESETS, *change) for change in RESETS_MISTAKES])
def test_mistake(examples, schema, tmp_path, old, new):
    assert old in examples[schema]
    assert validate(examples[schema].replace(old, new), tmp_path)
