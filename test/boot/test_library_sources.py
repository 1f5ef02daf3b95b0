# SPDX-License-Identifier: BSD-2-Clause
"""A loader whose libraries are made from their authors' sources, as Debian has them: BEARSSL_DIR and
LIBDEFLATE_DIR."""
import re
import subprocess

import pytest

from board import NAME, TOP, loader_name
from conftest import END
from refusal import assert_refused
from system import small
from test_compression import pack
from tree import Tree

pytestmark = [pytest.mark.needs("signature", "decompression"), pytest.mark.once]

SOURCES = TOP / ".cache/source"


@pytest.fixture(scope="module")
def loader(tmp_path_factory):
    build = tmp_path_factory.mktemp("build")
    binary = build / loader_name("full") / "peerboot.bin"
    subprocess.run(["make", "-s", f"BOARD={NAME}", f"BUILD={build}", f"BEARSSL_DIR={SOURCES / 'bearssl'}",
                    f"LIBDEFLATE_DIR={SOURCES / 'libdeflate'}", binary], cwd=TOP, check=True)
    return binary


@pytest.fixture
def fit(tmp_path):
    """Signed and compressed: both libraries have to do with it."""
    s = small(tmp_path)
    pack(s.images["p"], "gzip")
    s.sign("development", algo="sha256,rsa2048")
    return s.write("-k", TOP / "keys/development")


def test_boots(machine, loader, fit):
    t = machine(fit, loader=loader).until(END)
    assert not t.errors and t.of("enter")
    assert "signed by development" in [r.what for r in t.of("find")]


def test_wrong_signature(machine, loader, fit):
    fit.write_bytes(Tree(fit.read_bytes()).flip("/configurations/conf/signature-1", "value").packed())
    assert_refused(machine(fit, loader=loader).until(END), "SIGNATURE_WRONG")


def test_nothing_of_the_archives(loader):
    linked = set(re.findall(r"^(\S*/lib(?:bearssl|deflate)\.a)\(", loader.with_suffix(".map").read_text(), re.M))
    assert linked == {str(loader.parents[1] / NAME / f"library/lib{name}.a") for name in ("bearssl", "deflate")}
