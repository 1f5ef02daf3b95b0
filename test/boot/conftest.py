# SPDX-License-Identifier: BSD-2-Clause
"""Fixtures: from a boot image to a transcript of its boot, or to Linux's shell.

pytest --lg-env FILE runs the same tests against another environment than the board's.
"""
import re
from collections import Counter
from contextlib import ExitStack

import pytest

import board
import matrix
import roles
from board import BUILD, LOADERS, MAP, NAME
from campaign import tally
from console import Transcript
from demo import verbose_demo
from host import host  # noqa: F401  (a fixture)
from machine import Linux, Machine, make_flash
from refusal import assert_refused

# What each loader has built in, the host's command reads from its file.
TRUST = {name: ["--loader", board.loader_file(name)] for name in LOADERS}
# A loader with recovery does not stop.
END = r"^(witness: done|peerboot: stopped|peerboot: recovery: r .*)\r?$"
# What no kernel log may hold after a test.
TROUBLE = re.compile(r"WARNING:|BUG:|Oops|[Cc]all trace|OVERLAP|refcount_t|unhandled|nobody cared")


def pytest_ignore_collect(collection_path):
    """A file whose tests all need what the board lacks: names that it uses may not be there, either."""
    if collection_path.suffix != ".py":
        return None
    needs = re.search(r"^pytestmark = .*\bneeds\((.*?)\)", collection_path.read_text(), re.M)
    what = board.lacks(re.findall(r'"(.*?)"', needs[1])) if needs else None
    if what:
        LACKING[f"{what}: {collection_path.name}"] = 0
    return bool(what) or None


# {what the board lacks: how many tests need it}; of whole files nobody knows.
LACKING = Counter()


def shared_machine(item):
    """What its boot is for: all tests of its file, or of several; None if it is its own."""
    if "every_role" in item.fixturenames:
        return "every_role"
    if any(found[-1].scope == "module" for found in item._fixtureinfo.name2fixturedefs.values()):
        return item.path.name
    return None


@pytest.hookimpl(tryfirst=True)  # pytest-xdist looks at groups in its own
def pytest_collection_modifyitems(config, items):
    """Tests that need what the board lacks are not its own. Those that share a boot go to one process, and
    come first: who has the last of them is not waited for. Of what the host's command alone is asked, no
    board has its own opinion."""
    own, other = [], []
    for item in items:
        needs = [what for mark in item.iter_markers("needs") for what in mark.args]
        if "every_role" in item.fixturenames:  # of what peers are made of, too
            needs.append(board.PEER_ARCH)
        what = board.lacks(needs)
        is_own = board.is_own(needs, bool(item.get_closest_marker("port")))
        (other if what or not is_own else own).append(item)
        if what:
            LACKING[what] += 1
        elif not is_own:
            LACKING[f"nothing that {board.LIKE} lacks"] += 1
        elif group := shared_machine(item):
            item.add_marker(pytest.mark.xdist_group(group))
        if "on_board" in item.fixturenames and not item.get_closest_marker("board"):
            item.add_marker("once")
    config.hook.pytest_deselected(items=other)
    items[:] = sorted(own, key=lambda item: not item.get_closest_marker("xdist_group"))


def pytest_sessionfinish(session):
    """In a process of pytest-xdist's, for the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["lacking"] = dict(LACKING)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    LACKING.update(getattr(node, "workeroutput", {}).get("lacking", {}) if not LACKING else {})


@pytest.fixture(scope="session")
def build():
    return BUILD


@pytest.fixture(scope="session")
def environment(request):
    return request.config.option.lg_env or board.ENVIRONMENT


@pytest.fixture(scope="session")
def erased_bank(tmp_path_factory):
    """None where there is no second bank."""
    if board.MACHINE["banks"] < 2:
        yield None
        return
    path = tmp_path_factory.mktemp("bank") / "erased.img"
    path.write_bytes(b"\xff" * MAP["FLASH_SIZE"])
    yield path
    path.unlink()


class Rack:
    """Machines of one test or file, each with its own flash: at the end of a with statement all are
    switched off, whatever has happened."""

    def __init__(self, folder, environment, bank1):
        self.folder, self.environment, self.bank1 = folder, environment, bank1
        self.machines, self.images = [], []

    def start(self, fit=None, *, loader="plain", slot_b=None, unchecked=False, bank1=None, kept=None,
              medium=True, **options):
        """loader: a variant, or a file. bank1: a file in place of an erased one, which a loader that never
        looks there has not: QEMU takes as long to read it as to boot. kept: one for bank 0, in place of one
        that is made here, which is written to, too. medium: False if there is none, where one can be taken
        out."""
        if isinstance(loader, str):
            loader = board.loader_file(loader)
        if medium and not kept:
            folder = self.folder / f"flash{len(self.images)}"
            folder.mkdir()
            self.images.append(make_flash(folder, loader, fit, slot_b, unchecked))
        written = [*options.pop("written", ()), *([kept] if kept else [])]
        if "loader" in board.MACHINE:  # it is in none of the banks
            options["loader"] = loader
        bank1 = bank1 or (self.bank1 if board.has_state(loader) else None)
        banks = [kept or self.images[-1], bank1] if medium else [None]
        self.machines.append(Machine(self.environment, banks, written=written, **options))
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
    return "plain"


@pytest.fixture
def boot(machine, host, loader):  # noqa: F811
    """boot(fit, …) → Transcript of a boot that ends in an error or in the witness. The host's
    command must have said the same; of a machine with more or less it does not know, nor of a
    loader that was changed."""
    def run(fit=None, *, loader=loader, **options) -> Transcript:
        m = machine(fit, loader=loader, **options)
        transcript = m.until(END)
        if not {"extra", "model", "memory", "smp"} & set(options) and loader in TRUST:
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
    folder = tmp_path_factory.mktemp("demo")
    with Rack(folder, environment, erased_bank) as rack:
        yield Linux(rack.start(verbose_demo(folder)))


@pytest.fixture
def linux(demo):
    """The demo's Linux; after the test, its kernel's log must be clean."""
    yield demo
    assert_clean(demo.run("dmesg"))


@pytest.fixture(scope="session", params=roles.WAYS)
def every_role(request, tmp_path_factory, environment, erased_bank):
    """(way, Linux): three links to b, one for each role, and three between b and c. One boot a way; who
    counts what has gone wrong comes before those who have something start anew, as files do by name."""
    folder, way = tmp_path_factory.mktemp(request.param), request.param
    links = roles.every_role(roles.OF_B)
    fit = roles.linux_and_peers(folder, BUILD, links, way, tables=way != "static").write()
    with Rack(folder, environment, erased_bank) as rack:
        yield way, Linux(rack.start(fit))


def assert_clean(log):
    assert not [line for line in log if TROUBLE.search(line)]


def pytest_terminal_summary(terminalreporter):
    if LACKING:
        terminalreporter.section(f"tests that need what {NAME} lacks")
        for reason, count in sorted(LACKING.items()):
            terminalreporter.write_line(f"{reason}: {count}" if count else reason)
    passed, failed = (terminalreporter.getreports(outcome) for outcome in ("passed", "failed"))
    tables = {"roles and ways": (matrix.cells(passed), matrix.lines),
              "damaged boot images": (tally.recorded(passed + failed), tally.lines)}
    for title, (found, lines) in tables.items():
        if found:
            terminalreporter.section(title)
            for line in lines(found):
                terminalreporter.write_line(line)
