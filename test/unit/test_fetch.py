# SPDX-License-Identifier: BSD-2-Clause
"""tools/fetch: which packages a kernel's name stands for, and where they are looked for. No network."""
import importlib.util
import re
import subprocess
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


def load():
    loader = SourceFileLoader("fetch", str(TOP / "tools/fetch"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("fetch", loader))
    loader.exec_module(module)
    return module


fetch = load()

# As Debian 12 and its backports have them.
DEPENDS = {
    "bookworm": {
        "linux-image-armmp": "linux-image-6.1.0-50-armmp (= 6.1.176-1)",
        "linux-image-rt-armmp": "linux-image-6.1.0-50-rt-armmp (= 6.1.176-1)",
        "linux-image-armmp-lpae": "linux-image-6.1.0-50-armmp-lpae (= 6.1.176-1)",
        "linux-image-6.1.0-47-armmp": "kmod, linux-base (>= 4.3~), initramfs-tools (>= 0.120+deb8u2) "
                                      "| linux-initramfs-tool",
        **{f"linux-headers-6.1.0-{release}": f"linux-headers-6.1.0-{release.split('-')[0]}-common{rt} "
           "(= 6.1.176-1), linux-kbuild-6.1 (>= 6.1.176-1), linux-compiler-gcc-12-arm"
           for release, rt in (("50-armmp", ""), ("50-rt-armmp", "-rt"), ("50-armmp-lpae", ""),
                               ("47-armmp", ""))}},
    "bookworm-backports": {
        "linux-image-armmp": "linux-image-6.12.95+deb12-armmp (= 6.12.95-1~bpo12+1)",
        "linux-headers-6.12.95+deb12-armmp":
            "linux-base (>= 4.12~), linux-headers-6.12.95+deb12-common (= 6.12.95-1~bpo12+1), "
            "linux-image-6.12.95+deb12-armmp (= 6.12.95-1~bpo12+1) | "
            "linux-image-6.12.95+deb12-armmp-unsigned, linux-kbuild-6.12.95+deb12, gcc-12"}}


class Apt(fetch.Apt):
    """apt-cache's answers from the table."""

    def __init__(self, suite="bookworm"):
        self.suite, self.trouble, self.host_arch = suite, [], "amd64"

    def command(self, tool, *args):
        packages = DEPENDS[self.suite]
        if args[0] == "show":
            name = args[-1].removesuffix(":armhf")
            return ["echo", f"Depends: {packages[name]}"] if name in packages else ["false"]
        assert args[0] in ("pkgnames", "policy")
        names = [n for n in packages if n.startswith("linux-image-")]
        # pkgnames knows those of every architecture, policy those that are asked for and there.
        return ["printf", "%s\n", *names, "linux-image-amd64", "linux-image-armmp-dbg"] \
            if args[0] == "pkgnames" else ["printf", "%s:\n  Candidate: x\n", *names]


@pytest.mark.parametrize("suite, name, release, common, kbuild, source", [
    ("bookworm", "armmp", "6.1.0-50-armmp", "6.1.0-50-common", "6.1", "6.1"),
    ("bookworm", "rt-armmp", "6.1.0-50-rt-armmp", "6.1.0-50-common-rt", "6.1", "6.1"),
    ("bookworm", "armmp-lpae", "6.1.0-50-armmp-lpae", "6.1.0-50-common", "6.1", "6.1"),
    ("bookworm", "6.1.0-47-armmp", "6.1.0-47-armmp", "6.1.0-47-common", "6.1", "6.1"),
    ("bookworm-backports", "armmp", "6.12.95+deb12-armmp", "6.12.95+deb12-common", "6.12.95+deb12",
     "6.12")])
def test_packages_of_a_kernel(suite, name, release, common, kbuild, source):
    kernel = fetch.find_kernel(Apt(suite), name)
    assert kernel == fetch.Kernel(release, f"linux-headers-{release}", f"linux-headers-{common}",
                                  f"linux-kbuild-{kbuild}", f"linux-source-{source}")
    assert (f"linux-image-{release}:armhf", "target") in kernel.wanted(Apt(suite))


@pytest.mark.parametrize("name, suite", [("rt-armmp", "bookworm"), ("armmp/backports", "bookworm-backports"),
                                         ("armmp/trixie", "trixie")])
def test_suite_of_a_kernel(monkeypatch, tmp_path, name, suite):
    """By name, before anything is fetched."""
    asked = []
    monkeypatch.setattr(fetch, "codename", lambda: "bookworm")
    monkeypatch.setattr(fetch, "updated", lambda path, target, of="bookworm": of)
    monkeypatch.setattr(fetch, "find_kernel", lambda apt, name: asked.append((apt, name)))
    monkeypatch.setattr(fetch, "fetch_sources", lambda path: None)
    monkeypatch.setattr(fetch, "fetch_default", lambda path, apt, target: None)
    monkeypatch.setattr(fetch, "fetch_another", lambda path, name, apt, *more: asked.append((apt, name)))
    fetch.fetch(tmp_path, name, fetch.TARGETS["armhf"])
    assert asked == [(suite, name.split("/")[0]), (suite, name)]


@pytest.mark.parametrize("name", ["rt", "amd64", "armmp-dbg", "6.1.0-1-armmp"])
def test_unknown_kernel(name):
    """Those that there are, the ones that follow updates first."""
    with pytest.raises(fetch.FetchError) as error:
        fetch.find_kernel(Apt(), name)
    first, second = str(error.value).splitlines()
    assert f"linux-image-{name} " in first and "bookworm" in first and "armhf" in first
    assert second == "there are: armmp, armmp-lpae, rt-armmp, 6.1.0-47-armmp"


def test_nothing_to_be_had():
    """Of a suite that could not be read; what apt said is said, too."""
    apt = Apt()
    apt.trouble = ["E: no such host"]
    apt.command = lambda *args: ["true"]
    with pytest.raises(fetch.FetchError) as error:
        fetch.find_kernel(apt, "armmp")
    assert str(error.value).splitlines()[1:] == ["there are: none", "E: no such host"]


@pytest.mark.parametrize("text", ["", "a b", "../x", "armmp/", "/backports", "armmp/back/ports", "A"])
def test_no_name(text):
    done = subprocess.run([TOP / "tools/fetch", "--kernel", text, "--cache", "/nonexistent"],
                          capture_output=True, text=True)
    assert done.returncode == 2 and f"'{text}'" in done.stderr


SOURCES = """\
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://other.example/
Suites: nodistro
Components: main
"""
BACKPORTS = "deb [arch=armhf] http://near.example/debian bookworm-backports main # near\n"


@pytest.fixture
def machine(monkeypatch):
    """machine(text of .sources, text of .list)."""
    def have(deb822, one_line=""):
        stanzas = [*fetch.deb822_stanzas(deb822), *fetch.list_stanzas(one_line)]
        monkeypatch.setattr(fetch, "machine_stanzas", lambda: stanzas)
        monkeypatch.setattr(fetch, "codename", lambda: "bookworm")

    return have


def uris(text):
    return re.findall(r"^U(?:RI|ri)s: (\S+)$", text, re.M), re.findall(r"^Suites: (.+)$", text, re.M)


def test_sources_of_the_main_suite(machine):
    machine(SOURCES)
    text = fetch.reduced_sources("bookworm")
    assert uris(text) == (["http://mirror.example/debian"], ["bookworm"])
    assert "Components: main\n" in text and "Signed-By: " in text


def test_backports_are_where_the_main_suite_is(machine):
    machine(SOURCES)
    assert uris(fetch.reduced_sources("bookworm-backports")) == \
        (["http://mirror.example/debian"], ["bookworm-backports"])


def test_backports_that_the_machine_has(machine):
    machine(SOURCES, BACKPORTS)
    assert uris(fetch.reduced_sources("bookworm-backports")) == \
        (["http://near.example/debian"], ["bookworm-backports"])
    assert uris(fetch.reduced_sources("bookworm"))[0] == ["http://mirror.example/debian"]


def test_no_sources(machine):
    machine("")
    with pytest.raises(fetch.FetchError, match="bookworm"):
        fetch.reduced_sources("bookworm")


def test_each_kernel_has_its_variables():
    assert len({fetch.config_of(Path("x"), name) for name in
                ("armmp", "rt-armmp", "armmp/backports", "armmp-backports")}) == 4


def test_new_versions_leave_no_variables_that_point_to_old_ones(tmp_path):
    """Of whatever architecture: arm64's kernel source may be where armhf's is."""
    values = {"config.mk": "linux-source", "config-arm64.mk": "linux-source/scripts/dtc/libfdt",
              "config-own.mk": "arm64/linux-source"}
    for name, value in values.items():
        (tmp_path / name).write_text(f"# No variable.\nKERNEL_RELEASE ?= 6.1\nLIBFDT_DIR ?= {tmp_path / value}\n")
    cache = fetch.Cache(tmp_path, "armhf")
    cache.marks.mkdir()
    (cache.marks / "libx-dev_1_armhf.deb").touch()
    (cache.marks / "linux-image-1_1_armhf.deb").touch()

    def left(wanted):
        cache.drop_if_stale(wanted, tmp_path.glob("config*.mk"))
        return {file.name for file in tmp_path.glob("config*.mk")}

    assert left({"liby-dev_1_armhf.deb", "linux-image-1_1_armhf.deb"}) == set(values)  # x is wanted no more
    assert left({"libx-dev_2_armhf.deb", "linux-image-1_1_armhf.deb"}) == {"config-own.mk"}


def test_another_kernel_is_a_new_version(tmp_path):
    cache = fetch.Cache(tmp_path, "armhf")
    cache.marks.mkdir()
    (cache.marks / "linux-image-1_1_armhf.deb").touch()
    cache.drop_if_stale({"linux-image-2_1_armhf.deb"}, [])
    assert not list(cache.marks.glob("*"))


def test_sources_are_fetched_once(tmp_path):
    for name in fetch.SOURCES:
        (tmp_path / "source" / name).mkdir(parents=True)
    fetch.fetch_sources(tmp_path)  # without a network
