# SPDX-License-Identifier: BSD-2-Clause
"""peerboot check: what of its device tree can Linux do without?"""
import pytest

from host_command import BUILD, OK, REFUSED, peerboot
from its import compile_tree
from system import linked
from test_errors import board_tree

CLOCK = {"compatible": "fixed-clock", "#clock-cells": 0, "phandle": 30}
PLL = {"compatible": "vendor,clocks", "reg": [0, 0x1000, 0, 0x1000], "#clock-cells": 1,
       "phandle": 31}
GPC = {"compatible": "vendor,gpc", "interrupt-controller": True, "#interrupt-cells": 3,
       "phandle": 33, "interrupt-parent": 1}
GPIO = {"compatible": "vendor,gpio", "interrupt-controller": True, "#interrupt-cells": 2,
        "#gpio-cells": 2, "phandle": 34}


def cpus(core):
    """As board_tree() has them; Linux's are 0 and 1."""
    cores = {f"cpu@{n}": {"device_type": "cpu", "compatible": "arm,cortex-a15", "reg": n} for n in range(4)}
    cores[f"cpu@{core}"]["clocks"] = 30
    return {"#address-cells": 1, "#size-cells": 0, **cores}


UART = {"soc": {"uart@9000000": {"compatible": "arm,pl011"}}, "aliases": {"serial0": "/soc/uart@9000000"}}


def console(path, **chosen):
    return {"chosen": {"stdout-path": path, **chosen}, **UART}


def check(folder, device, nodes, status, bootargs=None):
    tree = board_tree(**{name: node for name, node in nodes.items() if isinstance(node, dict)})
    tree |= nodes
    tree = {name: value for name, value in tree.items() if value is not None}
    fdt = folder / "ugly.dtb"
    fdt.write_bytes(compile_tree(folder, "ugly", tree))
    system = linked(folder, BUILD)
    system.contexts["b"]["devices"] = device
    system.contexts["linux"].pop("bootargs")
    if bootargs is not None:
        system.contexts["linux"]["bootargs"] = bootargs
    return peerboot("check", "--board=virt", f"--fdt={fdt}", system.write(), status=status).stderr


@pytest.mark.parametrize("device, nodes, named", [
    ("/intc@8000000", {}, "Linux"),
    ("/gpc", {"gpc": GPC, "interrupt-parent": 33}, "Linux"),
    ("/intc@8000000", {"gpc": GPC, "interrupt-parent": 33}, "Linux"),
    ("/axi/intc", {"interrupt-parent": None, "intc@8000000": None, "axi": {
        "interrupt-parent": 1, "intc": {
            "compatible": "arm,cortex-a9-gic", "interrupt-controller": True,
            "#interrupt-cells": 3, "phandle": 1}}}, "Linux"),
    ("/cpus", {}, "Linux"),
    ("/cpus/cpu@2", {}, "Linux"),
    ("/memory", {}, "Linux"),
    ("/chosen", {"chosen": {"bootargs": "quiet"}}, "Linux"),
    ("/aliases", {"aliases": {"serial0": "/uart"}}, "Linux"),
    ("/reserved-memory/optee", {"reserved-memory": {
        "#address-cells": 2, "#size-cells": 2, "ranges": True,
        "optee": {"reg": [0, 0x50000000, 0, 0x1000]}}}, "Linux"),
    ("/firmware/scm", {"firmware": {"scm": {"compatible": "vendor,scm"}}}, "Linux"),
    ("/psci", {"psci": {"compatible": ["arm,psci-1.0", "arm,psci-0.2"], "method": "smc"}}, "Linux"),
    ("/timer", {"timer": {"compatible": ["arm,cortex-a15-timer", "arm,armv7-timer"]}}, "Linux"),
    ("/timer", {"timer": {"compatible": "arm,cortex-a9-twd-timer"}}, "Linux"),
    # What is on a bus goes with it.
    ("/axi", {"interrupt-parent": None, "intc@8000000": None, "axi": {
        "interrupt-parent": 1, "intc": {
            "compatible": "arm,cortex-a9-gic", "interrupt-controller": True,
            "#interrupt-cells": 3, "phandle": 1}}}, "Linux"),
    ("/soc", {"soc": {"timer": {"compatible": "arm,cortex-a9-twd-timer"}}}, "Linux"),
    ("/soc", {"soc": {"gpc": GPC}, "interrupt-parent": 33}, "Linux"),
    ("/osc", {"osc": CLOCK, "uart": {"clocks": 30}}, "/uart (clocks)"),
    ("/osc", {"osc": CLOCK, "pll": PLL, "bus": {"uart": {"clocks": [31, 30, 30]}}}, "/bus/uart (clocks)"),
    ("/bus", {"bus": {"osc": CLOCK}, "spi": {"clocks": 30}}, "/spi (clocks)"),
    # A name may begin so.
    ("/osc", {"osc": CLOCK, "_uart": {"clocks": 30}}, "/_uart (clocks)"),
    ("/osc", {"osc": CLOCK, "bus": {"__uart": {"clocks": 30}}}, "/bus/__uart (clocks)"),
    ("/osc", {"osc": CLOCK, "cpus": cpus(1)}, "/cpus/cpu@1 (clocks)"),
])
def test_linux_can_not_do_without(tmp_path, device, nodes, named):
    said = check(tmp_path, device, nodes, REFUSED)
    assert "MANIFEST_BROKEN (-30) in plan" in said
    assert f"b: device {device} is needed by {named}" in said
    assert said.endswith((")\n", ": no device\n", ": PSCI, or the cores' timer\n", ": an interrupt controller of all\n"))


@pytest.mark.parametrize("path", ["/soc/uart@9000000", "serial0:115200n8", "serial0", "/soc/uart@9000000:9600"])
@pytest.mark.parametrize("device", ["/soc/uart@9000000", "/soc"])
def test_console_of_linux(tmp_path, device, path):
    """It would be silent, with all that it has to say about that."""
    said = check(tmp_path, device, console(path), REFUSED)
    assert f"b: device {device} is Linux's console (stdout-path)\n" in said
    check(tmp_path, device, console(path, bootargs="quiet netconsole=x"), REFUSED, bootargs="quiet")
    check(tmp_path, device, console(path, bootargs="quiet console=tty0"), OK)
    check(tmp_path, device, console(path), OK, bootargs="console=ttyAMA1 quiet")


@pytest.mark.parametrize("path", ["serial1", "/soc/uart@900", "/uart", ""])
def test_console_that_is_another(tmp_path, path):
    check(tmp_path, "/soc/uart@9000000", {**console(path), "uart": {"compatible": "arm,pl011"}}, OK)

@pytest.mark.parametrize("device, nodes", [
    ("/uart", {"uart": {"compatible": "arm,pl011"}}),
    ("/bus", {"bus": {"uart": {"compatible": "arm,pl011", "clocks": 30}, "osc": CLOCK}}),
    ("/bus", {"bus": {"uart": {"compatible": "arm,pl011"}}, "timer@2000": {"compatible": "arm,sp804"}}),
    ("/memory-controller@1000", {"memory-controller@1000": {"compatible": "vendor,emif"}}),
    ("/timer@2000", {"timer@2000": {"compatible": "arm,sp804"}}),
    # Nobody has it, or nobody who is there, or the same context, or it is the number of another thing.
    ("/osc", {"osc": CLOCK, "uart": {"clocks": 31}, "pll": PLL}),
    ("/osc", {"osc": CLOCK, "uart": {"clocks": 30, "status": "disabled"}}),
    ("/osc", {"osc": CLOCK, "bus": {"status": "disabled", "uart": {"clocks": 30}}}),
    (["/osc", "/uart"], {"osc": CLOCK, "uart": {"clocks": 30}}),
    (["/osc", "/bus"], {"osc": CLOCK, "bus": {"uart": {"clocks": 30}}}),
    ("/osc", {"osc": CLOCK, "pll": PLL, "uart": {"clocks": [31, 30]}}),
    # It is off already, so nobody uses it.
    ("/osc", {"osc": {**CLOCK, "status": "disabled"}, "uart": {"clocks": 30}}),
    ("/bus/osc", {"bus": {"status": "disabled", "osc": CLOCK}, "uart": {"clocks": 30}}),
    # A core that is not Linux's.
    ("/osc", {"osc": CLOCK, "cpus": cpus(2)}),
    # Numbers that are none of its phandle, though they are the same.
    ("/gpio", {"gpio": GPIO, "other": {**GPIO, "phandle": 35, "hog": {
        "gpio-hog": True, "gpios": [34, 0], "output-low": True}}}),
    ("/gpio", {"gpio": GPIO, "dw": {"snps,nr-gpios": 34, "nr-gpios": 34, "ngpios": 34}}),
    ("/gpio", {"gpio": GPIO, "keys": {"gpios": [35, 34, 34]}, "other": {**GPIO, "phandle": 35}}),
    ("/gpio", {"gpio": GPIO, "pin": {"pinctrl-names": "default", "reg": [0, 34, 0, 34], "vendor,value": 34}}),
    ("/gpio", {"gpio": GPIO, "__local_fixups__": {"keys": {"gpios": 34}}}),
    ("/gpio", {"gpio": GPIO, "map": {"#address-cells": 1, "#interrupt-cells": 1,
                                     "interrupt-map": [34, 34, 1, 0, 34, 4]}}),
    ("/gpio", {"gpio": GPIO, "dma": {"#dma-cells": 1, "interrupts": [0, 1, 4], "dma-masters": 34}}),
    ("/gpio", {"gpio": GPIO, "usb": {"syscon": [35, 34]}, "other": {**GPIO, "phandle": 35}}),
    # Two ends of a line each know the other: neither is the one that is needed.
    ("/camera", {"camera": {"port": {"endpoint": {"phandle": 40, "remote-endpoint": 41}}},
                 "csi": {"port": {"endpoint": {"phandle": 41, "remote-endpoint": 40}}}}),
])
def test_linux_can_do_without(tmp_path, device, nodes):
    check(tmp_path, device, nodes, OK)


# Another supplier first, so that its cells have to be known, then the one that is a peer's.
REFERENCES = [
    ("interrupt-parent", {}, [50]), ("interrupts-extended", {"#interrupt-cells": 2}, [60, 1, 2, 50, 1, 2]),
    ("interrupt-map", {"#interrupt-cells": 3, "#address-cells": 1}, [0, 0, 60, 7, 0, 1, 4, 1, 0, 50, 7, 0, 1, 4]),
    ("clocks", {"#clock-cells": 1}, [60, 2, 50, 2]), ("assigned-clocks", {"#clock-cells": 1}, [60, 2, 50, 2]),
    ("assigned-clock-parents", {"#clock-cells": 1}, [60, 2, 0, 50, 2]),
    ("power-domains", {"#power-domain-cells": 1}, [60, 2, 50, 2]), ("resets", {"#reset-cells": 1}, [60, 2, 50, 2]),
    ("gpios", {"#gpio-cells": 2}, [60, 1, 0, 50, 1, 0]), ("gpio", {"#gpio-cells": 2}, [50, 1, 0]),
    ("cs-gpios", {"#gpio-cells": 2}, [0, 60, 1, 0, 50, 1, 0]), ("reset-gpio", {"#gpio-cells": 2}, [50, 1, 0]),
    ("vdd-supply", {}, [50]), ("pinctrl-0", {}, [60, 50]), ("pinctrl-11", {}, [50]),
    ("dmas", {"#dma-cells": 2}, [60, 1, 2, 50, 1, 2]), ("iommus", {"#iommu-cells": 1}, [60, 1, 50, 1]),
    ("iommu-map", {"#iommu-cells": 1}, [0, 60, 0, 16, 16, 50, 0, 16]),
    ("msi-map", {}, [0, 60, 0, 16, 16, 50, 0, 16]), ("msi-parent", {"#msi-cells": 1}, [60, 1, 50, 1]),
    ("phys", {"#phy-cells": 1}, [60, 1, 50, 1]), ("phy-handle", {}, [50]), ("pwms", {"#pwm-cells": 3}, [60, 1, 2, 3, 50, 1, 2, 3]),
    ("mboxes", {"#mbox-cells": 1}, [60, 1, 50, 1]), ("hwlocks", {"#hwlock-cells": 1}, [60, 1, 50, 1]),
    ("io-channels", {"#io-channel-cells": 1}, [60, 1, 50, 1]),
    ("interconnects", {"#interconnect-cells": 1}, [60, 1, 50, 1]), ("nvmem-cells", {}, [60, 50]),
    ("sound-dai", {"#sound-dai-cells": 1}, [50, 1]), ("thermal-sensors", {"#thermal-sensor-cells": 1}, [60, 1, 50, 1]),
    ("access-controllers", {"#access-controller-cells": 1}, [60, 1, 50, 1]),
    ("mux-controls", {"#mux-control-cells": 1}, [60, 1, 50, 1]),
    ("syscon", {}, [50, 60]), ("usb-phy", {}, [60, 50]), ("dma-masters", {"#dma-cells": 2}, [60, 50]),
    *((name, {}, [50]) for name in ("ethernet", "regmap", "i2c-bus", "sfp", "nand-ecc-engine", "ecc-engine",
                                    "sram", "mdio-parent-bus",
                                    "extcon", "wakeup-parent", "mmc-pwrseq", "i2c-parent", "ddc-i2c-bus", "leds",
                                    "backlight", "panel")),
]


@pytest.mark.parametrize("name, cells, value", REFERENCES)
def test_suppliers(tmp_path, name, cells, value):
    """What a device refers to by any of these it does not come up without."""
    supplier = {"compatible": "vendor,supplier", **cells}
    nodes = {"first": {**supplier, "phandle": 60}, "second": {**supplier, "part": {**cells, "phandle": 50}},
             "user": {"compatible": "vendor,user", "#address-cells": 1, "#interrupt-cells": 1, name: value}}
    assert f"b: device /second is needed by /user ({name})\n" in check(tmp_path, "/second", nodes, REFUSED)
    check(tmp_path, ["/second", "/user"], nodes, OK)
    if len(value) > 1:  # the same cells, but for others
        nodes["user"][name] = [60 if cell == 50 else cell for cell in value]
        check(tmp_path, "/second", nodes, OK)


def contexts(folder, nodes, **devices):
    fdt = folder / "two.dtb"
    fdt.write_bytes(compile_tree(folder, "two", board_tree(**nodes)))
    system = linked(folder, BUILD)
    for name, paths in devices.items():
        system.contexts[name]["devices"] = paths
    return system, lambda status, *more: peerboot("check", "--board=virt", f"--fdt={fdt}", *more, system.write(), status=status)


BUS = {"bus": {"uart": {"compatible": "arm,pl011"}, "spi": {"compatible": "arm,pl022"}}}


@pytest.mark.parametrize("b, c, named", [
    ("/bus/uart", "/bus/uart", "c: device /bus/uart is of b, too (/bus/uart)"),
    ("/bus", "/bus/uart", "c: device /bus/uart is of b, too (/bus)"),
    ("/bus/uart", ["/bus/spi", "/bus"], "c: device /bus is of b, too (/bus/uart)"),
])
def test_one_device_of_two(tmp_path, b, c, named):
    _, run = contexts(tmp_path, BUS, b=b, c=c)
    said = run(REFUSED).stderr
    assert "MANIFEST_BROKEN (-30) in plan" in said and named in said


def test_devices_of_one(tmp_path):
    """May be named twice over, and two contexts have different ones of a bus."""
    contexts(tmp_path, BUS, b=["/bus", "/bus/uart", "/bus/spi"])[1](OK)
    contexts(tmp_path, BUS, b="/bus/uart", c="/bus/spi")[1](OK)


@pytest.mark.parametrize("optional", [False, True])
def test_whose_a_missing_device_is(tmp_path, optional):
    system, run = contexts(tmp_path, BUS, b="/bus/uart", c="/bus/uart@1")
    system.contexts["c"]["optional"] = optional
    assert "c: no device /bus/uart@1\n" in run(OK if optional else REFUSED).stderr


@pytest.mark.parametrize("optional", [False, True])
def test_a_context_that_takes_what_is_needed(tmp_path, optional):
    nodes = {"osc": CLOCK, "uart": {"clocks": 30}, **BUS}
    system, run = contexts(tmp_path, nodes, b=["/osc", "/bus/spi"], c="/bus/uart")
    system.contexts["b"]["optional"] = optional
    assert "b: device /osc is needed by /uart (clocks)\n" in run(OK if optional else REFUSED).stderr


def test_device_of_a_context_that_is_out(tmp_path):
    """Linux does not get it back if it would lack what it needs."""
    nodes = {"osc": CLOCK, "uart": {"clocks": 30}, **BUS}
    system, run = contexts(tmp_path, nodes, b="/osc", c=["/bus/uart", "/uart", "/nothing"])
    system.contexts["c"]["optional"] = True
    said = run(OK).stderr
    assert "c: no device /nothing\n" in said and "needed" not in said
