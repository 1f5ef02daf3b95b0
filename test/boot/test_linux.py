# SPDX-License-Identifier: BSD-2-Clause
"""Debian's kernel, unmodified, in the demo: it sees what was planned, and talks to its peers."""
import re
import subprocess
from xml.etree import ElementTree

import pytest

from board import DRIVERS, MAP, SETTINGS, TOP
from console import Record
from control import Control
from machine import PROMPT
from system import SPIS, TO_LINUX

pytestmark = pytest.mark.port

PEERS = ["b", "c"]
PAGE = 0x1000
EDGE_RISING, LEVEL_HIGH = 1, 4  # of an interrupt, as a GIC's binding has them
RECORD_SIZE = MAP["RECORD_SIZE"]


def reserved_by_plan(transcript):
    """{node name: size} that the plan's claims make, by the rules of the binding."""
    plan = re.findall(r"^peerboot: ([0-9a-f]+)\.\.([0-9a-f]+) +\d+ +(.*?) *\r?$", transcript.text,
                      re.M)
    names = {rf"linux-{peer} {what}": node for peer in PEERS for what, node in
             [("vring 0", "vdev0vring0"), ("vring 1", "vdev0vring1"), ("buffers", "vdev0buffer")]}
    names["loader boot record"] = "boot-record"
    out = {}
    for start, end, owner in plan:
        if owner in names:
            start, end = int(start, 16), int(end, 16)
            out[f"{names[owner]}@{start:x}"] = -(-(end - start) // PAGE) * PAGE
    return out


def range_of(linux, node):
    """(base, size) of the node's one range: a board's tree has numbers of one cell, or of two."""
    cells = linux.cells(f"{node}/reg")
    assert len(cells) in (2, 4)
    return tuple(cells) if len(cells) == 2 else (cells[0] << 32 | cells[1], cells[2] << 32 | cells[3])


def ranges(linux):
    """{node: (base, size)} of /reserved-memory as Linux has it."""
    base = "/proc/device-tree/reserved-memory"
    return {node: range_of(linux, f"{base}/{node}")
            for node in linux.run(f"cd {base}; for n in *@*; do echo $n; done")}


def test_cores(linux):
    assert linux.one("nproc") == "2"
    assert linux.run("cd /proc/device-tree/cpus; ls -1d cpu@*") == ["cpu@0", "cpu@1"]


def test_memory_nodes(linux):
    [node] = linux.run("cd /proc/device-tree; ls -1d memory@*")
    assert node == f"memory@{MAP['RAM_BASE']:x}"
    assert range_of(linux, f"/proc/device-tree/{node}") == (MAP["RAM_BASE"], MAP["RAM_SIZE"])


def test_reserved_nodes(linux):
    """Exactly these, with the plan's sizes where the plan has them by name."""
    have = ranges(linux)
    expected = reserved_by_plan(linux.transcript)
    assert len(expected) == 7
    assert {name: size for name, (_, size) in have.items() if name in expected} == expected
    rest = {name: at for name, at in have.items() if name not in expected}
    peers = {}
    for peer in PEERS:
        upper = peer.upper()
        table = MAP[f"TABLE_{upper}_BASE"]
        assert rest.pop(f"rsc-table@{table:x}") == (table, PAGE)
        peers[peer] = [(MAP[f"PEER_{upper}_BASE"], MAP[f"PEER_{upper}_SIZE"]),
                       (table + PAGE, 0x20000 - PAGE)]
        buffer_end = max(b + s for n, (b, s) in have.items()
                         if n.startswith("vdev0buffer") and b > table and b < table + 0x100000)
        link_end = MAP[f"LINK_{upper}_BASE"] + MAP["LINK_SIZE"]
        assert rest.pop(f"linux-{peer}@{buffer_end:x}") == (buffer_end, link_end - buffer_end)
        for at in peers[peer]:
            assert rest.pop(f"{peer}@{at[0]:x}") == at
    if "VECTORS_BASE" in MAP:
        assert rest.pop(f"vectors@{MAP['VECTORS_BASE']:x}") == (MAP["VECTORS_BASE"], MAP["VECTORS_SIZE"])
    if "FED_BASE" in MAP:
        assert rest.pop(f"fed@{MAP['FED_BASE']:x}") == (MAP["FED_BASE"], MAP["FED_SIZE"])
        base, size = rest.pop(f"pristine@{MAP['PRISTINE_BASE']:x}")
        assert base == MAP["PRISTINE_BASE"] and 0 < size <= MAP["PRISTINE_SIZE"] and size % PAGE == 0
    assert not rest


def test_reserved_nodes_are_kept_off(linux):
    base = "/proc/device-tree/reserved-memory"
    for node in ranges(linux):
        linux.run(f"test -e {base}/{node}/no-map")
    pools = linux.run(f"cd {base}; grep -l shared-dma-pool */compatible")
    assert sorted(p.split("@")[0] for p in pools) == ["vdev0buffer", "vdev0buffer"]


def test_system_ram(linux):
    """All of RAM but what is reserved, neither more nor less."""
    free, at = [], MAP["RAM_BASE"]
    for base, size in sorted(ranges(linux).values()):
        if base > at:
            free.append((at, base - 1))
        at = base + size
    free.append((at, MAP["RAM_BASE"] + MAP["RAM_SIZE"] - 1))
    ram = [tuple(int(n, 16) for n in line.split(" ")[0].split("-"))
           for line in linux.run("grep 'System RAM' /proc/iomem")]
    assert ram == free


def test_link_nodes(linux):
    base = "/proc/device-tree"
    assert linux.run(f"cd {base}; ls -1d link-*") == ["link-b", "link-c"]
    for peer in PEERS:
        node = f"{base}/link-{peer}"
        assert linux.strings(f"{node}/status") == ["okay"]
        assert linux.strings(f"{node}/peerboot,peer") == [peer]
        assert linux.strings(f"{node}/peerboot,role") == ["master"]
        assert linux.cells(f"{node}/interrupts") == [0, SPIS[peer], LEVEL_HIGH if TO_LINUX == MAP.get("DOORBELL_ADMA") else EDGE_RISING]
        assert linux.strings(f"{node}/memory-region-names") == \
            ["rsc-table", "vring0", "vring1", "buffer"]


def test_chosen(linux):
    text = linux.one("cat /proc/cmdline")
    assert linux.strings("/proc/device-tree/chosen/bootargs") == text.split()
    start = linux.cells("/proc/device-tree/chosen/linux,initrd-start")[-1]
    assert start == MAP["INITRD_BASE"]


CLAIM = re.compile(r"^peerboot: ([0-9a-f]+)\.\.[0-9a-f]+ +(\d+) +(.*?) *(?:while loading|at start)? *\r?$", re.M)


def boot_record(linux):
    """As Linux reads it in memory: (all but claims, claims)."""
    lines = linux.run("cat /sys/kernel/debug/peerboot/boot-record")
    head = re.compile(r"\d+ us ticks (\d+) core (\d+) (\w+) (\S+) address (\S+) size (\S+) (.*)$")
    entries = [head.match(line).groups() for line in lines[:-1]]
    read = [Record(int(t), int(c), s, r, w, int(a, 0), int(n, 0)) for t, c, s, r, a, n, w in entries]
    assert lines[-1] == f"entries {len(read)} dropped 0"
    claims = [r for r in read if r.stage == "plan" and r.what != "claims"]
    return [r for r in read if r not in claims], claims


def test_boot_record(linux):
    """What Linux reads in memory is what the console showed, the table of claims as entries of their own."""
    read, claims = boot_record(linux)
    shown = linux.transcript.records
    assert read == shown
    table = CLAIM.findall(linux.transcript.text)
    assert sorted((r.address, r.size, r.what) for r in claims) == \
        sorted((int(base, 16), int(size), name[:27].rstrip()) for base, size, name in table)
    assert len(claims) == sum(r.size for r in linux.transcript.of("plan"))
    assert {r.result for r in shown} == {"OK"}


def test_early_peer_starts_first(linux):
    """b is early: it runs before kernel and initrd are even read."""
    started = {r.what.split()[0]: n for n, r in enumerate(linux.transcript.records)
               if r.stage == "start"}
    loaded = {r.what.split()[0]: n for n, r in enumerate(linux.transcript.records)
              if r.stage == "load"}
    assert loaded["b"] < started["b"] < loaded["linux"] < started["c"]


def devices(linux):
    """{(peer, channel): device}."""
    found = [re.match(r"link=(\S+) device=(\S+) channel=(\S+) ", line)
             for line in linux.run("rpmsg-echo --list")]
    return {(m[1], m[3]): m[2] for m in found if m}


def assert_echoes(lines, count, peers=PEERS):
    """One result line each; nothing lost, nothing changed."""
    results = [re.match(r"rpmsg-echo: \S+ sent (\d+) received (\d+) bad (\d+) bytes", line)
               for line in lines]
    assert [m.groups() for m in results if m] == [(str(count), str(count), "0")] * len(peers)


@pytest.fixture
def announced(linux):
    """Both peers have announced their channels."""
    linux.run(". /lib/peers.sh; for p in b c; do for c in rpmsg-raw rpmsg-tty; do "
              "wait_for has_device $p $c || exit 1; done; done")
    return devices(linux)


def test_name_service(linux, announced):
    for peer in PEERS:
        assert announced[peer, "rpmsg-raw"].startswith("/dev/rpmsg")
        assert announced[peer, "rpmsg-tty"].startswith("/dev/ttyRPMSG")


@pytest.mark.usefixtures("announced")
def test_echo(linux):
    assert_echoes(linux.run("selftest echo 500"), 500)


@pytest.mark.usefixtures("announced")
def test_echo_over_tty(linux):
    assert_echoes(linux.run("selftest tty 500"), 500)


@pytest.mark.usefixtures("announced")
def test_ten_thousand_echoes_at_once(linux):
    """1 to 496 bytes, both peers at the same time, every byte compared."""
    assert_echoes(linux.run("selftest echo 10000"), 10000)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 255, 256, 495, 496])
def test_echo_of_size(linux, announced, size):
    for peer in PEERS:
        lines = linux.run(f"rpmsg-echo --count 50 --min {size} --max {size} "
                          f"{announced[peer, 'rpmsg-raw']}")
        assert lines == [f"rpmsg-echo: {announced[peer, 'rpmsg-raw']} sent 50 received 50 bad 0 "
                         f"bytes {50 * size}"]


def address(linux, peer, channel):
    """Where the peer's end of a channel is, from sysfs."""
    for line in linux.run("cd /sys/bus/rpmsg/devices; for d in *; do "
                          "echo $(cat $d/name) $(cat $d/dst) $(readlink -f $d); done"):
        name, dst, path = line.split()
        if name == channel and f"/link-{peer}/" in path:
            return int(dst, 0)
    raise KeyError((peer, channel))


@pytest.mark.parametrize("peer", PEERS)
def test_name_service_destroy_and_create(linux, announced, peer):
    """The peer withdraws its channel and announces it again; the other peer's stays."""
    other = PEERS[1 - PEERS.index(peer)]
    control = linux.one("cd /sys/class/rpmsg; for d in rpmsg_ctrl*; do readlink -f $d; done "
                        f"| sed -n 's|.*/link-{peer}/.*/||p'")
    before = int(linux.one("dmesg | grep -c 'destroying channel rpmsg-raw' || true"))
    for _ in range(5):
        answer = linux.one(f"rpmsg-command /dev/{control} {address(linux, peer, 'peerboot-ctl')} "
                           "'ns-cycle rpmsg-raw'")
        assert answer == "ok"
        before += 1
        linux.run(". /lib/peers.sh; again() { "
                  f"[ $(dmesg | grep -c 'destroying channel rpmsg-raw') = {before} ] && "
                  f"has_device {peer} rpmsg-raw; }}; wait_for again")
        assert devices(linux)[other, "rpmsg-raw"] == announced[other, "rpmsg-raw"]
    assert_echoes(linux.run("selftest echo 100"), 100)


def epochs(linux, peer):
    """The lives of Linux and of the peer on the link."""
    path = f"/sys/kernel/debug/peerboot/{peer}/state"
    return [int(linux.one(f"sed -n 's/^{key}: //p' {path}")) for key in ("epoch", "peer epoch")]


@pytest.fixture
def restarts(linux):
    """restarts(rounds, peers, command): Linux counts every start, and echo goes on."""
    def run(rounds, peers, command):
        before = {peer: epochs(linux, peer) for peer in PEERS}
        name = command.split()[1]
        assert f"selftest: {name} ok" in linux.run(command)
        assert_echoes(linux.run("selftest echo 200"), 200)
        for peer in PEERS:
            counted = [now - was for now, was in zip(epochs(linux, peer), before[peer])]
            if peer in peers:
                assert counted[0] >= rounds
            else:
                assert counted == [0, 0]

    return run


@pytest.mark.usefixtures("announced")
def test_module_reload(restarts):
    restarts(3, PEERS, "selftest reload 3")


@pytest.mark.usefixtures("announced")
def test_module_reload_under_load(restarts):
    restarts(3, PEERS, "selftest load 3")


@pytest.mark.usefixtures("announced")
@pytest.mark.parametrize("peer", PEERS)
def test_unbind_and_bind(restarts, peer):
    """The other peer's link does not notice."""
    restarts(5, [peer], f"selftest rebind {peer} 5")


@pytest.mark.usefixtures("announced")
def test_traces(linux):
    for peer in PEERS:
        trace = linux.run(f"cat /sys/kernel/debug/peerboot/{peer}/trace0")
        assert [line for line in trace if line.startswith(f"{peer}: ")]


def test_interrupted_by_a_key(demo):
    """Ctrl-C ends what the shell runs, and not the shell."""
    console = demo.machine.console
    console.sendline("echo r''uns; cat")
    demo.machine.until(r"^runs\r*\n")
    console.write(b"\x03")
    demo.machine.until(PROMPT)
    assert demo.one("echo on") == "on"


@pytest.mark.usefixtures("announced")
def test_all_records_on_one_clock(linux, tmp_path):
    """What tools/timeline draws: the loader enters Linux, which loads the module; links come up, and are used."""
    lines = linux.run("records")
    text = tmp_path / "boot.txt"
    text.write_text("\n".join(lines))
    entered = next(int(line.split()[3]) for line in lines if re.search(r" enter OK .* linux core 0$", line))
    loaded, now = (next((int(line.split()[1]) for line in lines if line.startswith(f"{name} ")), None)
                   for name in ("loaded", "now"))
    assert (loaded is None) == (not {"generic_timer", "generic_timer_a64"} & set(DRIVERS))
    for peer in PEERS if loaded and "pmccntr" not in SETTINGS.get("BOARD_IMAGE_DRIVERS", "") else []:
        up, heard = (next(int(line.split()[-1]) for line in lines if line.startswith(f"{peer}: {what}"))
                     for what in ("link to linux up, session 1, at tick ", "first message from linux by tick "))
        assert entered < up <= heard < now and entered < loaded < now  # which another test may have done anew
    done = subprocess.run([TOP / "tools/timeline", "-o", tmp_path / "boot.svg", text], capture_output=True, text=True)
    assert not done.returncode and ElementTree.parse(tmp_path / "boot.svg")


@pytest.mark.usefixtures("announced")
@pytest.mark.parametrize("command", ["restart b 5", "restart-load c 3"])
def test_peer_starts_anew(linux, command):
    """Each time the link is started over once and comes up; the other peer's does not notice."""
    name, peer, rounds = command.split()
    other = PEERS[1 - PEERS.index(peer)]
    before = {p: epochs(linux, p) for p in PEERS}
    assert f"selftest: {name} ok" in linux.run(f"selftest {command}")
    assert_echoes(linux.run("selftest echo 200"), 200)
    assert epochs(linux, peer)[1] - before[peer][1] == int(rounds)
    assert epochs(linux, other)[1] == before[other][1]
    if name == "restart":
        assert epochs(linux, peer)[0] - before[peer][0] == int(rounds)
        lines = linux.run(f"cat /sys/kernel/debug/peerboot/{peer}/counters")
        assert "stop_timeouts 0" in lines and "mismatches 0" in lines and "broken 0" in lines


@pytest.mark.usefixtures("announced")
@pytest.mark.parametrize("command", ["tables b", "gives-up c", "stale b"])
def test_peer_that_breaks_the_rules(linux, command):
    """The module refuses a broken table, and starts over what a peer or a crash has left."""
    assert f"selftest: {command.split()[0]} ok" in linux.run(f"selftest {command}")
    assert_echoes(linux.run("selftest echo 200"), 200)


@pytest.mark.needs("cfi_intel")
def test_nothing_to_confirm(linux):
    """The demo's loader keeps no state."""
    linux.run("! test -e /sys/firmware/peerboot")
    assert Control(linux, "b").ask("confirm") == "not possible"


def test_host_says_the_same(demo, host):
    assert not demo.transcript.errors and demo.transcript.plan()
    host.assert_agrees(demo.transcript, demo.machine.flash)
