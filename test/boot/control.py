# SPDX-License-Identifier: BSD-2-Clause
"""The control channel of the echo image (images/echo/control.h), from Linux's shell."""
import re
import time

CHANNEL = "peerboot-ctl"
TRIES = 150


class Control:
    """Commands to a peer over its first link to Linux, or over the one of that role of Linux's."""

    def __init__(self, linux, peer, link=None):
        self.linux, self.peer = linux, peer
        self.link = link or peer

    def found(self):
        """[(link, device, channel, src, dst)] of the peer's links."""
        lines = self.linux.run("rpmsg-echo --list")
        found = [re.match(r"link=(\S+) device=(\S+) channel=(\S+) src=(\S+) dst=(\S+)", line)
                 for line in lines]
        return [m.groups() for m in found
                if m and re.fullmatch(rf"{self.peer}(-\d+)?", m[1])]

    def devices(self, channel="rpmsg-raw"):
        """{link: device}; the first where there are several."""
        out = {}
        for link, device, name, _, _ in self.found():
            if name == channel:
                out.setdefault(link, device)
        return out

    def wait_for_links(self, count):
        """{link: device} as soon as so many links have a channel to echo over."""
        for _ in range(TRIES):
            devices = self.devices()
            if len(devices) == count:
                return devices
            time.sleep(0.2)
        raise AssertionError(f"{self.peer}: {devices}, not {count}")

    def ask(self, command):
        return self.linux.one(f". /lib/peers.sh; find_device {self.link} rpmsg_ctrl; "
                              f"rpmsg-command $found 1026 '{command}'")

    def links(self):
        """[(peer, the peer's own role, way, state)]"""
        return [(link.split("=")[0], *link.split("=")[1].split(","))
                for link in self.ask("links").split()]

    def wait_for_state(self, state):
        """The links, as soon as all of them are in that state."""
        for _ in range(TRIES):
            links = self.links()
            if all(link[3] == state for link in links):
                return links
            time.sleep(0.2)
        raise AssertionError(f"{self.peer}: {links}")

    def numbers(self, command):
        return {key: int(value) for key, value in re.findall(r"(\S+)=(\d+)", self.ask(command))}

    def ping_result(self, number):
        """When the run has ended."""
        for _ in range(TRIES):
            result = self.numbers(f"ping-result {number}")
            if not result.pop("running"):
                break
            time.sleep(0.2)
        return result
