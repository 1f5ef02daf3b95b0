# SPDX-License-Identifier: BSD-2-Clause
"""Systems whose peers drivers of the stock kernel attach to."""
from board import LAYOUT, MAP, NAME
from its import Image
from system import linked, linux_kernel, linux_ramdisk, BOOTARGS

IPCC = MAP.get("DOORBELL_IPCC")
# The first of three interrupts of each peer.
SPIS = {"b": LAYOUT["DEMO_SPI_B"], "c": LAYOUT["TEST_SPI_C"]}

# Shell: where a peer's remoteproc and its terminal are, and what is said there comes back, 20 lines.
SHELL = """remote() { grep -lx $1 /sys/class/remoteproc/*/name | xargs dirname; }
terminal() { find $(readlink -f $(remote $1)) -name 'ttyRPMSG*' | sed 's,.*/,/dev/,'; }
becomes() { n=0; until [ $(cat $(remote $1)/state) = $2 ]; do usleep 50000; : $((n += 1)); [ $n -lt 200 ] || return 1; done; }
echoes() { n=0; until [ -c "$(terminal $1)" ]; do usleep 50000; : $((n += 1)); [ $n -lt 200 ] || return 1; done
	exec 3<>$(terminal $1); stty raw -echo <&3
	for i in $(seq 20); do echo line $i of $1 >&3; read -t 10 line <&3; [ "$line" = "line $i of $1" ] || return 1; done
	exec 3>&-; }"""


def load_modules(linux):
    """As udev would, and what shell() has."""
    linux.run(f"cat >/lib/stm32.sh <<'EOF'\n{SHELL}\nEOF")
    linux.run("modprobe stm32_ipcc && modprobe stm32_rproc")


def shell(linux, command):
    return linux.run(f". /lib/stm32.sh; {command}")


def registers(peer):
    """As images/classic/stm32 has them."""
    return MAP[f"TRACE_{peer.upper()}_BASE"] + MAP["TRACE_SIZE"]


def stocked(folder, build):
    """An ordinary firmware in the place of each of the demo's peers; the witness is Linux."""
    s = linked(folder, build)
    for name, spi in SPIS.items():
        s.images[name] = Image((build / NAME / f"images/stm32-{name}.stripped.elf").read_bytes())
        s.links[f"linux-{name}"].update(registers=(registers(name), 0x1000), doorbells=[IPCC, spi, 0, 0])
    return s


def with_linux(folder, build):
    s = stocked(folder, build)
    s.images["kernel"], s.images["ramdisk"] = linux_kernel(), linux_ramdisk()
    s.contexts["linux"].update(ramdisk="ramdisk", bootargs=BOOTARGS)
    return s
