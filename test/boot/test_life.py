# SPDX-License-Identifier: BSD-2-Clause
"""Linux stops and starts who is its to control, by the remoteproc framework of its own kernel, through a
monitor or by the resets of peers' cores. Where there is a monitor, Linux's watchdog, or b, in charge, has Linux brought
back in whatever way it has died, while b and c pass messages all the time.
`make soak` stops and starts 1,000 times in a row (RESTARTS)."""
import gzip
import re
import time
from contextlib import contextmanager

import pytest

from board import BUILD, HAS, KILLER, MAP, NAME, SETTINGS
from conftest import Rack, assert_clean
from control import Control
from its import Image
from machine import Linux
from ramdisk import add_files
from roles import Link, linux_and_peers
from system import linux_kernel
from test_restart import PATIENCE, ROUNDS

pytestmark = [pytest.mark.needs("life"), pytest.mark.port]
by_monitor = pytest.mark.needs("monitor")
BY_MONITOR = "monitor" in HAS
IS_PACKED = "without decompression" not in HAS  # c's image

LINUX, B, C = range(3)  # contexts, as the manifest has them
STATE, STOP, START = 0x83000001, 0x83000002, 0x83000003
STOPPED, RUNNING, BROKEN = 0, 2, 4
FDT_MAGIC = bytes.fromhex("d00dfeed")
B_FILE, STATE_FILE = (f"/sys/class/remoteproc/remoteproc{n}/state" for n in (0, 1))
TO_C = 1  # b's link
LINUX_MS, C_MS = 60000, 10000 if BY_MONITOR else 5000  # fed within; where c only counts, it takes as long to bite
C_LIVES = 2  # that its watchdog gives it
HANG_MS = 200
UP = r"^peerboot: linux \S+ is up"
FOREVER = 1 << 31  # messages
DYING_MS = 1000
PROMPT_TEXT = "peerboot# "


def life_system(folder, build):
    """All three talk to each other; Linux is in charge of b and c, and with a monitor b of Linux and c. Linux then
    has what kills it."""
    links = [Link(("linux", "b"), "master"), Link(("linux", "c"), "master"), Link(("b", "c"), "remote")]
    s = linux_and_peers(folder, build, links)
    s.contexts["linux"] |= {"controls": ["b", "c"]}
    s.contexts["c"] |= {"watchdog": [C_MS, C_LIVES, 3600]}
    if IS_PACKED:  # it is made anew from what was unpacked
        s.images["c"] = Image(gzip.compress(s.images["c"].data), compression="gzip", more={"arch": SETTINGS["IMAGE_FIT_ARCH"]})
    if not BY_MONITOR:
        return s
    # As in the demo: each new Linux is made from what people have in their flash.
    s.images["kernel"] = linux_kernel(load=MAP["KERNEL_BASE"], entry=MAP["KERNEL_BASE"])
    add_files(s, {"killer.ko": KILLER.read_bytes()})
    s.images["b"] = Image((build / NAME / "images/memory-b.stripped.elf").read_bytes())
    s.contexts["linux"] |= {"watchdog": [LINUX_MS, 9, 3600]}
    s.contexts["b"] |= {"secure": True, "early": True, "controls": ["linux", "c"]}
    return s


@pytest.fixture(scope="module")
def system(tmp_path_factory, build):
    return life_system(tmp_path_factory.mktemp("system"), build).write()


@pytest.fixture(scope="module")
def machine(tmp_path_factory, environment, erased_bank, system):
    with Rack(tmp_path_factory.mktemp("life"), environment, erased_bank) as rack:
        yield rack.start(system)


@pytest.fixture(scope="module")
def booted(machine):
    return Linux(machine)


def assert_echoes(linux, peer="c"):
    """Over its link, whatever has been done to it."""
    linux.run(f". /lib/peers.sh; wait_for is_up {peer} && "
              f"rpmsg-echo --count 32 --window 32 $(device_of {peer} rpmsg-raw)")


@pytest.fixture
def linux(booted):
    """At the end c runs as at the beginning, and the kernel's log is clean."""
    yield booted
    assert state(booted) == "attached"
    assert_echoes(booted)
    assert_clean(booted.run("dmesg"))


def state(linux, file=STATE_FILE):
    return linux.one(f"cat {file}")


def order(linux, action, file=STATE_FILE):
    """Whether it was carried out."""
    return linux.one(f"echo {action} 2>/dev/null >{file}; echo $?") == "0"


@contextmanager
def new_life(linux, peer="c"):
    """It begins one meanwhile: until its link knows, it may look as if the old one were up."""
    epoch = f"sed -n 's/^peer epoch: //p' /sys/kernel/debug/peerboot/{peer}/state"
    was = linux.one(epoch)
    yield
    for _ in range(100):
        if linux.one(epoch) != was:
            return
        time.sleep(0.05)
    raise AssertionError(f"{peer} is still in life {was}")


def ask_b(linux, *numbers):
    return int(Control(linux, "b").ask(" ".join(["smc", *map(hex, numbers)])))


def has_stopped(linux):
    """By the monitor, or by the word that holds c's core."""
    if BY_MONITOR:
        return ask_b(linux, STATE, C) == STOPPED
    return int(linux.one(f"devmem {MAP['CRL_BASE'] + 0x300:#x}"), 16) >> 1 & 1 == 1


def wait_for_state(linux, wanted, file=STATE_FILE):
    for _ in range(100):
        if state(linux, file) == wanted:
            return
        time.sleep(0.05)
    raise AssertionError(f"{state(linux, file)}, not {wanted}")


def test_who_is_linuxs_to_control(linux):
    assert linux.run("cat /sys/class/remoteproc/*/name") == ["b", "c"]
    node = "/proc/device-tree/peerboot-" + ("monitor" if BY_MONITOR else "resets")
    assert linux.run(f"ls -1 -d {node}/*@*") == [f"{node}/{name}" for name in ("b@1", "c@2")]


@pytest.mark.timeout(300 + 10 * ROUNDS)
def test_stop_and_start(linux):
    linux.run(f"selftest life c {ROUNDS}", PATIENCE)


@pytest.mark.timeout(300 + 10 * ROUNDS)
def test_stop_with_messages_under_way(linux):
    linux.run(f"selftest life-load c {ROUNDS}", PATIENCE)


def test_two_stop_it_at_once(linux):
    """One has stopped it, the other one is told that it does not run; and so with one that stops it later."""
    stop = f"(echo stop 2>/dev/null >{STATE_FILE}; echo $?)"
    assert sorted(linux.run(f"{stop} & {stop}; wait")) == ["0", "1"]
    assert state(linux) == "detached"
    assert not order(linux, "stop")
    with new_life(linux):
        assert order(linux, "start")


@by_monitor
def test_what_others_do_is_seen(linux):
    """By b, in charge of c as well."""
    with new_life(linux):
        assert ask_b(linux, STOP, C) == 0
        wait_for_state(linux, "detached")
        assert ask_b(linux, START, C) == 0
        wait_for_state(linux, "attached")
    with new_life(linux):
        assert ask_b(linux, STOP, C) == 0
        wait_for_state(linux, "detached")
        assert order(linux, "start")


def test_hung_with_interrupts_masked(linux):
    Control(linux, "c").ask("fault hang")
    echo = linux.run("rpmsg-echo --timeout 300 $(. /lib/peers.sh; device_of c rpmsg-raw) 2>/dev/null; echo $?")
    assert echo[-1] == "1"
    assert order(linux, "stop")
    assert has_stopped(linux)
    with new_life(linux):
        assert order(linux, "start")


def test_the_other_one_hung_with_interrupts_masked(linux):
    """In the Secure world, where there is a monitor: whose it can't but leave open. Its link to c comes up again, too."""
    Control(linux, "b").ask("fault hang")
    with new_life(linux, "b"):
        assert order(linux, "stop", B_FILE)
        assert order(linux, "start", B_FILE)
    assert_echoes(linux, "b")
    Control(linux, "b").wait_for_state("up")


def words(linux, at):
    return [int(word, 16) for word in Control(linux, "b").ask(f"peek {at:#x}").split()]


def word_by_b(linux, address, value=None):
    """As the Secure world has it."""
    if value is None:
        return words(linux, address)[0]
    assert Control(linux, "b").ask(f"poke {address:#x} {value:#x}") == "ok"
    return value


def copy_of_the_table_of_c(linux):
    """Where the monitor has it: behind Linux's device tree, b's table, and c's image if that can't be taken from
    flash as it is; each at a multiple of 8."""
    magic, size, *_ = words(linux, MAP["PRISTINE_BASE"])
    assert magic == int.from_bytes(FDT_MAGIC, "little")
    line = linux.one("grep ' b table$' /sys/kernel/debug/peerboot/boot-record")
    sizes = [int.from_bytes(size.to_bytes(4, "little"), "big"), int(re.search(r"size (\S+)", line)[1], 16)]
    if IS_PACKED:
        sizes.append((BUILD / NAME / "images/echo-c.stripped.elf").stat().st_size)
    at = MAP["PRISTINE_BASE"] + sum((n + 7) // 8 * 8 for n in sizes)
    version, entries, *reserved = words(linux, at)[:4]
    assert (version, reserved) == (1, [0, 0]) and entries
    return at


@by_monitor
def test_image_that_does_not_verify_any_more(linux):
    """Whatever has got at the copy of it: nothing is started, and why not is said to whoever asks."""
    table = copy_of_the_table_of_c(linux)
    assert Control(linux, "b").ask(f"poke {table:#x} 2") == "ok"
    assert order(linux, "stop")
    assert linux.one(f"echo start 2>&1 >{STATE_FILE} | grep -o 'Bad message'") == "Bad message"
    assert ask_b(linux, STATE, C) == BROKEN
    assert "HASH_WRONG" in linux.run("grep 'c can.t start' /sys/kernel/debug/peerboot/boot-record")[-1]
    assert Control(linux, "b").ask(f"poke {table:#x} 1") == "ok"
    with new_life(linux):
        assert order(linux, "start")


@pytest.mark.needs("resets")
def test_copy_that_does_not_verify_any_more(linux):
    """The same where Linux itself looks: nothing is written, nothing is started."""
    copies = linux.one("hexdump -v -e '8/1 \"%02x\" \" \"' /proc/device-tree/peerboot-resets/c@2/copies")
    last = int(copies.split()[-2], 16)  # the table's, behind the image's
    was, code = devmem(linux, last), devmem(linux, MAP["PEER_C_BASE"])
    devmem(linux, last, was ^ 1)
    assert order(linux, "stop")
    devmem(linux, MAP["PEER_C_BASE"], ~code & 0xffffffff)
    assert linux.one(f"echo start 2>&1 >{STATE_FILE} | grep -o 'Bad message'") == "Bad message"
    assert has_stopped(linux) and state(linux) == "detached"
    assert devmem(linux, MAP["PEER_C_BASE"]) == ~code & 0xffffffff
    devmem(linux, last, was)
    with new_life(linux):
        assert order(linux, "start")
    assert devmem(linux, MAP["PEER_C_BASE"]) == code


@pytest.mark.needs("resets")
def test_recovery_that_fails(linux):
    """It is started as ever when its copy is what it was."""
    copies = linux.one("hexdump -v -e '8/1 \"%02x\" \" \"' /proc/device-tree/peerboot-resets/c@2/copies")
    last = int(copies.split()[-2], 16)
    was = devmem(linux, last)
    devmem(linux, last, was ^ 1)
    linux.run("echo 1 >/sys/kernel/debug/remoteproc/remoteproc1/crash")
    wait_for_state(linux, "detached")
    devmem(linux, last, was)
    with new_life(linux):
        assert order(linux, "start")
    assert has_stopped(linux) is False


GICD = MAP["GICD_BASE"]
ISENABLER, ISPENDR, ICPENDR, ITARGETSR = 0x100, 0x200, 0x280, 0x800
IDLE_SPIS = 200, 201, 202, 203  # no device has them


def devmem(linux, address, value=None, size=32):
    """A word there, read or written by Linux."""
    if value is None:
        return int(linux.one(f"devmem {address:#x} {size}"), 16)
    return linux.run(f"devmem {address:#x} {size} {value:#x}")


def assert_silenced(linux, of_c, enabled, *others, word=devmem):
    """When c stops: of SPIs that are pending, and of one that is enabled, its own alone."""
    at = GICD + 4 * (IDLE_SPIS[0] // 32)

    def write(register, *spis):
        word(linux, at + register, sum(1 << spi % 32 for spi in spis))

    def numbers(register):
        value = word(linux, at + register)
        return [spi for spi in IDLE_SPIS if value >> spi % 32 & 1]

    write(ISPENDR, of_c, *others)  # and nobody takes them: they are not enabled
    write(ISENABLER, enabled)
    assert (numbers(ISPENDR), numbers(ISENABLER)) == ([of_c, *others], [enabled])
    with new_life(linux):
        assert order(linux, "stop")
        assert (numbers(ISPENDR), numbers(ISENABLER)) == ([*others], [])
        assert order(linux, "start")
    write(ICPENDR, *others)


@by_monitor
def test_interrupts_of_what_has_stopped(linux):
    """Its own alone are silenced: not Linux's, nor what both may take."""
    of_c, of_linux, of_both, enabled = IDLE_SPIS
    for spi, cores in (of_c, 1 << 3), (of_linux, 1 << 0), (of_both, 1 << 3 | 1 << 0), (enabled, 1 << 3):
        devmem(linux, GICD + ITARGETSR + spi, cores, size=8)
    assert_silenced(linux, of_c, enabled, of_linux, of_both)


def not_fed(linux, name):
    """What has become of contexts that did not feed their watchdogs, by the boot record, or the kernel's log."""
    if not BY_MONITOR:
        return [line for line in linux.run("dmesg") if f"{name} has not fed its watchdog" in line]
    lines = linux.run("cat /sys/kernel/debug/peerboot/boot-record")
    return [line.split(f" {name} ")[1].strip() for line in lines if "NOT_FED" in line and f" {name} " in line]


def test_hung_until_its_watchdog_bites(linux):
    """Nobody has to do anything; but when it has hung too often it stays stopped until somebody starts it."""
    for _ in range(C_LIVES):
        with new_life(linux):
            Control(linux, "c").ask(f"fault hang {HANG_MS}")
        wait_for_state(linux, "attached")
        assert_echoes(linux)
    Control(linux, "c").ask(f"fault hang {HANG_MS}")
    wait_for_state(linux, "detached")
    assert has_stopped(linux)
    assert len(not_fed(linux, "c")) == C_LIVES + 1
    with new_life(linux):
        assert order(linux, "start")


def test_detach_is_refused(linux):
    """A context that runs and that Linux does not know of could not be told from one that has stopped."""
    assert not order(linux, "detach")


def test_crash(linux):
    """Whoever reports one has the framework recover from it: the context is made anew."""
    Control(linux, "c").ask("fault hang")
    with new_life(linux):
        linux.run("echo 1 >/sys/kernel/debug/remoteproc/remoteproc1/crash")
    wait_for_state(linux, "attached")


def test_the_module_leaves(linux):
    """What runs goes on, what has stopped stays so; the next module finds them as they are."""
    linux.run("rmmod peerboot")
    assert linux.run("ls /sys/class/remoteproc") == []
    linux.run("modprobe peerboot")
    wait_for_state(linux, "attached")
    assert_echoes(linux)
    assert order(linux, "stop")
    linux.run("rmmod peerboot && modprobe peerboot")
    assert state(linux) == "detached"
    time.sleep(1.5)
    assert state(linux) == "detached"
    with new_life(linux):
        assert order(linux, "start")


# --- Linux dies ----------------------------------------------------------------------------------

KILL = "insmod /killer.ko way="
PANIC = "echo 0 >/proc/sys/kernel/panic; echo c >/proc/sysrq-trigger"
PANICS = "Kernel panic - not syncing"
# {how: (command, what the kernel still says)}
WAYS = {
    "panic-and-a-core-spins": (f"{KILL}spin & {PANIC}", PANICS),
    "broken-module-and-all-cores-spin": (f"{KILL}oops; {KILL}spin-all", "Internal error:"),
    "scribbled-memory": (KILL + "scribble", ""),
}
# With a program that feeds the watchdog to the last, or not even that.
FEEDS = "watchdog -T 3 -t 1 /dev/watchdog; "
STARVES = "watchdog -T 2 -t 1000 /dev/watchdog; "
WAYS_OF_WATCHDOG = {
    "panic": (FEEDS + PANIC, PANICS),
    "a-core-spins": (f"{FEEDS}{KILL}spin", ""),
    "the-program-that-feeds-hangs": (STARVES + "sleep 1000", ""),
}


class Passing:
    """Messages from b to c and back, without end, and none is lost meanwhile."""

    def __init__(self, linux):
        assert Control(linux, "b").ask(f"ping {TO_C} {FOREVER} 10") == "ok"
        self.received = 0

    def goes_on(self, linux):
        now = Control(linux, "b").numbers(f"ping-result {TO_C}")
        assert now["running"] and not now["bad"]
        assert now["received"] > self.received
        self.received = now["received"]

    def end(self, linux):
        b = Control(linux, "b")
        assert b.ask(f"ping-end {TO_C}") == "ok"
        result = b.ping_result(TO_C)
        assert result["sent"] == result["received"] > self.received
        assert not result["bad"]


@pytest.fixture(scope="module")
def passing(booted):
    return Passing(booted)


def assert_all_is_well(linux, passing):
    for peer in "b", "c":
        assert_echoes(linux, peer)
    assert state(linux) == "attached"
    passing.goes_on(linux)
    assert_clean(linux.run("dmesg"))


@by_monitor
@pytest.mark.parametrize("command, said", WAYS.values(), ids=WAYS)
def test_linux_dies(machine, booted, passing, command, said):
    """And is brought back by b, once it has been dead for a while: all its links are, too."""
    passing.goes_on(booted)
    assert Control(booted, "b").ask(f"renew {LINUX} {DYING_MS}") == "0"
    die(machine, booted, command, said)
    assert_all_is_well(booted, passing)


@by_monitor
@pytest.mark.parametrize("command, said", WAYS_OF_WATCHDOG.values(), ids=WAYS_OF_WATCHDOG)
def test_watchdog_bites(machine, booted, passing, command, said):
    """Nobody else does anything, nor notices."""
    passing.goes_on(booted)
    before = len(not_fed(booted, "linux"))
    die(machine, booted, command, said)
    assert_all_is_well(booted, passing)
    assert not_fed(booted, "linux")[before:] == ["starts again"]


def die(machine, linux, command, said):
    """And come up again."""
    before = len(machine.seen)
    machine.console.sendline(command)
    machine.until(UP)
    console = machine.seen[before:]
    linux.__init__(machine)
    assert said in console
    assert PROMPT_TEXT not in console


@by_monitor
def test_linux_reboots_itself(machine, booted, passing):
    """The board's reset is not its to have: what is reset is Linux."""
    machine.console.sendline("reboot -f")
    machine.until(UP)
    booted.__init__(machine)
    assert_all_is_well(booted, passing)


@by_monitor
def test_no_message_was_lost(booted, passing):
    passing.end(booted)
