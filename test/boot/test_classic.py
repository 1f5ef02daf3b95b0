# SPDX-License-Identifier: BSD-2-Clause
"""An ordinary firmware, which knows the classic resource table alone, with two links to Linux."""
import re

import pytest

from board import MAP, NAME
from conftest import Rack, assert_clean
from its import Image, manifest
from machine import Linux
from system import BOOTARGS, SGI, SPI, System, linux_kernel, linux_ramdisk

pytestmark = [pytest.mark.needs("gicv2"), pytest.mark.once]


def system(folder, build):
    """Linux, and the firmware in the place of the demo's peer b."""
    s = System(folder)
    s.images["kernel"], s.images["ramdisk"] = linux_kernel(), linux_ramdisk()
    s.images["classic"] = Image((build / NAME / "images/classic.stripped.elf").read_bytes())
    s.contexts["linux"] = {"cpus": MAP["LINUX_CPUS"], "memory": (MAP["RAM_BASE"], MAP["RAM_SIZE"]),
                           "kernel": "kernel", "ramdisk": "ramdisk",
                           "bootargs": BOOTARGS}
    s.contexts["classic"] = {"cpus": MAP["PEER_B_CPUS"], "image": "classic",
                             "memory": (MAP["PEER_B_BASE"], MAP["PEER_B_SIZE"],
                                        MAP["TABLE_B_BASE"], 0x20000)}
    for n in range(2):
        s.links[f"link-{n}"] = {
            "ends": ["linux", "classic"], "roles": ["master", "remote"], "vdev": n,
            "memory": (MAP["LINK_B_BASE"] + n * MAP["LINK_SIZE"], MAP["LINK_SIZE"]),
            "doorbells": [SPI, 100 + n, SGI, 8]}
    s.manifest.data = manifest(folder, s.contexts, s.links)
    return s


@pytest.fixture(scope="module")
def linux(tmp_path_factory, environment, erased_bank, build):
    folder = tmp_path_factory.mktemp("classic")
    with Rack(folder, environment, erased_bank) as rack:
        linux = Linux(rack.start(system(folder, build).write()))
        wait_for_both(linux)
        yield linux
        assert_clean(linux.run("dmesg"))


def wait_for_both(linux):
    linux.run(". /lib/peers.sh; both() { [ $(rpmsg-echo --list | grep -c rpmsg-raw) = 2 ]; }; "
              "wait_for both")


def devices(linux):
    lines = linux.run("rpmsg-echo --list")
    return sorted(re.findall(r"device=(\S+) channel=rpmsg-raw ", "\n".join(lines)))


def test_both_channels(linux):
    assert len(devices(linux)) == 2


def test_echo(linux):
    for device in devices(linux):
        assert linux.one(f"rpmsg-echo --count 500 {device}").split()[2:8] == \
            ["sent", "500", "received", "500", "bad", "0"]


def test_carveout(linux):
    """The loader has given it a place in the first link's memory, and the firmware uses it."""
    trace = linux.run("cat /sys/kernel/debug/peerboot/classic/trace0")
    [at] = re.findall(r"^classic: carve-out at ([0-9a-f]{8})$", "\n".join(trace), re.M)
    assert MAP["LINK_B_BASE"] <= int(at, 16) < MAP["LINK_B_BASE"] + MAP["LINK_SIZE"]


def test_unbind(linux):
    """Status alone tells it of Linux's coming and going, and it gets a while to see that."""
    driver = "/sys/bus/platform/drivers/peerboot-link"
    took = []
    for _ in range(3):
        for link in linux.run(f"ls -1 {driver} | grep ^link-"):
            before, after = linux.one(f"read a idle </proc/uptime; echo {link} >{driver}/unbind; "
                                      f"read b idle </proc/uptime; echo {link} >{driver}/bind; echo $a $b").split()
            took.append(float(after) - float(before))
        wait_for_both(linux)
        test_echo(linux)
    # By Linux's own clock, in hundredths of a second: linux/vdev.c, QUIET_MS.
    assert len(took) == 6 and min(took) > 0.085, took


def test_no_bell_before_driver_ok(linux):
    """Not when both links are reset and started anew, together or one by one."""
    linux.run("rmmod peerboot && modprobe peerboot")
    wait_for_both(linux)
    test_echo(linux)
    trace = linux.run("cat /sys/kernel/debug/peerboot/classic/trace0")
    assert [line for line in trace if "vdev 0 up" in line]
    assert not [line for line in trace if "bell before" in line]


DEBUG = "/sys/kernel/debug/peerboot"


def links(linux):
    return linux.run(f"ls -1 {DEBUG} | grep ^classic")


def states(linux):
    return [linux.one(f". /lib/peers.sh; state {link} state") for link in links(linux)]


def test_state_claims_no_more_than_is_known(linux):
    """No words say that this firmware follows: it has used the rings, or Linux has merely started."""
    assert states(linux) == ["used", "used"]


def entered(linux):
    [times] = re.findall(r"^classic: entered (\d+) times$",
                         "\n".join(linux.run(f"cat {DEBUG}/classic/trace0")), re.M)
    return int(times)


def enter_anew(linux, link):
    before = entered(linux)
    linux.run(f". /lib/peers.sh; rpmsg-command --last $(device_of {link} rpmsg_ctrl) "
              f"$(address_of {link} rpmsg-raw) 'classic: enter anew'")
    linux.run(f"until grep -q 'entered {before + 1} times' {DEBUG}/classic/trace0; do "
              "usleep 100000; done")


def test_entered_anew_and_reloaded(linux):
    """Its table is what its ELF and the loader made it: in its third life all is as in the first."""
    for link in 2 * links(linux):
        wait_for_both(linux)
        enter_anew(linux, link)
        linux.run(". /lib/peers.sh; answers() { for d in $(rpmsg-echo --list | "
                  "sed -n 's/.*device=\\(.*\\) channel=rpmsg-raw .*/\\1/p'); do "
                  "rpmsg-echo --count 20 --timeout 1000 $d || return 1; done; "
                  "[ $(rpmsg-echo --list | grep -c rpmsg-raw) = 2 ]; }; wait_for answers")
        test_echo(linux)
        linux.run("rmmod peerboot && modprobe peerboot")
        wait_for_both(linux)
        test_echo(linux)
        assert states(linux) == ["used", "used"]


def test_reload_is_said_to_be_the_firmware_s_to_see(linux):
    """By its name, since one that never looks at its status again is dead from then on."""
    linux.run("dmesg | grep 'classic is started anew: classic has no words'")
    linux.run("dmesg | grep 'classic-1 is started anew: classic has no words'")
