# SPDX-License-Identifier: BSD-2-Clause
"""peerboot check: can doorbells be rung by what the device tree has, and whose are they?"""
import re

import pytest

from host_command import BUILD, OK, REFUSED, TOP, peerboot
from board import MAP
from its import compile_tree
from system import SGI, linked
from test_errors import board_tree

GIC = {"compatible": "arm,cortex-a15-gic", "#interrupt-cells": 3, "interrupt-controller": True}


def check(folder, tree, system=None, status=OK):
    """Of the demo's peers with links to Linux, SPIs 100 and 101."""
    fdt = folder / "ugly.dtb"
    fdt.write_bytes(compile_tree(folder, "ugly", tree))
    out = folder / "linux.dtb"
    system = system or linked(folder, BUILD)
    links = ("--linux-fdt", out) if "linux" in system.contexts else ()
    done = peerboot("check", "--board=virt", f"--fdt={fdt}", *links, system.write(), status=status)
    return done.stderr


def refused(folder, tree, *names, system=None):
    said = check(folder, tree, system, status=REFUSED)
    assert "LINK_DOORBELL (-37) in plan" in said
    for name in names:
        assert name in said


def with_controller(**change):
    tree = board_tree()
    tree["intc@8000000"] |= change
    return tree


def gics():
    """The list that loader, host command and module share."""
    return re.findall(r'X\("(.*)"\)', (TOP / "doorbell/gic.h").read_text())


def test_the_module_has_the_list_too():
    module = (TOP / "doorbell/linux/gic.c").read_text()
    assert "GIC_V2(X)" in module and "GIC_V3(X)" in module
    assert len(gics()) > 3


@pytest.mark.parametrize("compatible", gics())
def test_controllers_that_ring(tmp_path, compatible):
    check(tmp_path, with_controller(compatible=compatible))
    check(tmp_path, with_controller(compatible=["vendor,gic", compatible]))


@pytest.mark.parametrize("change, named", [
    ({"compatible": "arm,gic-v5"}, "arm,gic-v5: another kind"),
    ({"compatible": "arm,gic-v3", "#interrupt-cells": 4}, "arm,gic-v3: not of 3 cells"),
    ({"compatible": "vendor,gpc"}, "vendor,gpc: another kind"),
    ({"#interrupt-cells": 1}, "arm,cortex-a15-gic: not of 3 cells"),
    ({"status": "disabled"}, "arm,cortex-a15-gic: disabled"),
    ({"interrupt-controller": None}, "device tree has none"),
])
def test_controllers_that_do_not(tmp_path, change, named):
    refused(tmp_path, with_controller(**change), "linux-b", named)


def test_controller_without_a_phandle(tmp_path):
    tree = with_controller(phandle=None)
    del tree["interrupt-parent"]
    refused(tmp_path, tree, "arm,cortex-a15-gic: without a phandle")


GIC_2 = {"compatible": "arm,cortex-a15-gic", "#interrupt-cells": 3, "interrupt-controller": True, "phandle": 1}


def on_buses(reg, outer, inner, **more):
    """The GIC in two buses, with one cell for an address in the inner one."""
    soc = {"#address-cells": 1, "#size-cells": 1, "gic": {**GIC_2, "reg": reg}, **inner, **more}
    tree = board_tree(axi={"#size-cells": 1, "soc": soc, **outer})
    return {name: value for name, value in tree.items() if name != "intc@8000000"}


@pytest.mark.parametrize("tree", [
    with_controller(reg=[0, MAP["GICD_BASE"] + 0x10000, 0, 0x1000]),
    with_controller(reg=[1, MAP["GICD_BASE"], 0, 0x1000]),
    on_buses([0x1000, 0x1000], {"ranges": True}, {"ranges": [0, 0, MAP["GICD_BASE"], 0x10000]}),
    on_buses([0, 0x1000], {"ranges": [1, 0, 0, MAP["GICD_BASE"] + 4, 0x10000]}, {"ranges": [0, 1, 0, 0x10000]}),
])
def test_gic_is_elsewhere(tmp_path, tree):
    refused(tmp_path, tree, "linux-b", "the board at 0x8000000")


@pytest.mark.parametrize("tree", [
    on_buses([0x1000, 0x1000], {"ranges": True}, {"ranges": [0x1000, 0, MAP["GICD_BASE"], 0x10000]}),
    on_buses([0x1000, 0x1000], {"ranges": [0, 0, 0, 0, 0x10, 1, 0, 0, MAP["GICD_BASE"] - 0x1000, 0x10000]},
             {"ranges": [0, 1, 0, 0x10000]}),
    on_buses([MAP["GICD_BASE"], 0x1000], {"ranges": True}, {"ranges": True}),
    # Nobody knows where: no address, or none that anybody sees.
    with_controller(reg=None), on_buses([0x1000, 0x1000], {}, {"ranges": True}),
])
def test_gic_is_there(tmp_path, tree):
    check(tmp_path, tree)


def test_peers_alone_ring_too(tmp_path):
    """No Linux: their library would touch registers of a GIC."""
    system = linked(tmp_path, BUILD)
    del system.contexts["linux"], system.links["linux-b"], system.links["linux-c"]
    system.links["b-c"] = {"ends": ["b", "c"], "roles": ["master", "remote"],
                           "memory": (MAP["LINK_C_BASE"], MAP["LINK_SIZE"]),
                           "doorbells": [SGI, 8, SGI, 8]}
    tree = with_controller(compatible="arm,gic-v5")
    refused(tmp_path, tree, "b-c", "arm,gic-v5", system=system)


def test_nobody_rings(tmp_path):
    system = linked(tmp_path, BUILD)
    for link in system.links.values():
        link["doorbells"] = [0, 0, 0, 0]
    check(tmp_path, with_controller(compatible="arm,gic-v5"), system)


def test_behind_another_controller(tmp_path):
    """The root's is a GPC; the GIC is found, and links name it."""
    tree = board_tree(gpc={**GIC, "compatible": "vendor,gpc", "phandle": 9})
    tree["interrupt-parent"] = 9
    check(tmp_path, tree)
    import libfdt
    fdt = libfdt.Fdt((tmp_path / "linux.dtb").read_bytes())
    link = fdt.path_offset("/link-b")
    assert fdt.getprop(link, "interrupt-parent").as_uint32() == 1


# Whose an SPI is already; 100 is linux-b's, 101 linux-c's.
UART = {"compatible": "arm,pl011", "interrupts": [0, 100, 4]}
PARENT = {"interrupt-controller": True, "phandle": 20}
POWER = {**PARENT, "compatible": "fsl,imx6q-gpc", "#interrupt-cells": 3, "interrupt-parent": 1}
GPIO = {**PARENT, "compatible": "vendor,gpio", "#interrupt-cells": 2}
CROSSBAR = {**POWER, "compatible": "ti,irq-crossbar"}
FRAME = {"compatible": "arm,gic-v2m-frame", "arm,msi-base-spi": 32 + 96, "arm,msi-num-spis": 5}
NEXUS = {"#interrupt-cells": 1, "#address-cells": 2, "#size-cells": 1,
         "interrupt-map": [0, 0, 1, 1, 0, 0, 0, 7, 4, 0, 0, 2, 1, 0, 0, 0, 101, 4]}


def beside(**nodes):
    """The GIC has addresses of two cells, as QEMU's: they come up in maps."""
    tree = board_tree(**nodes)
    tree["intc@8000000"] |= {"#address-cells": 2, "#size-cells": 2}
    return tree


@pytest.mark.parametrize("nodes, named", [
    ({"uart@9000000": UART}, ("linux-b", "100", "/uart@9000000 ")),
    ({"bus": {"soc": {"uart": UART}}}, ("linux-b", "/bus/soc/uart ")),
    ({"uart": {"interrupts": [0, 7, 4, 1, 100, 4, 0, 101, 1]}}, ("linux-c", "101", "/uart ")),
    ({"uart": {"interrupts-extended": [20, 5, 4, 1, 0, 101, 4]}, "gpio": GPIO},
     ("linux-c", "/uart ")),
    ({"uart": {"interrupts-extended": [0, 1, 0, 100, 4]}}, ("linux-b", "/uart ")),
    ({"uart": {**UART, "interrupt-parent": 20}, "gpc": POWER}, ("linux-b", "/uart ")),
    ({"gpc": {**POWER, "uart": UART}}, ("linux-b", "/gpc/uart ")),
    ({"bus": {"interrupt-parent": 20, "uart": {**UART, "interrupt-parent": 1}}, "gpio": GPIO},
     ("linux-b", "/bus/uart ")),
    ({"pcie": NEXUS}, ("linux-c", "/pcie ")),
    ({"bus": {"#address-cells": 2, "#size-cells": 1, "pcie": {**NEXUS, "#address-cells": None}}},
     ("linux-c", "/bus/pcie ")),
    ({"v2m": FRAME}, ("linux-b", "/v2m ")),
    ({"uart": {**UART, "status": "okay"}}, ("linux-b", "/uart ")),
])
def test_spi_of_a_device(tmp_path, nodes, named):
    refused(tmp_path, beside(**nodes), *(name.rstrip() for name in named))


@pytest.mark.parametrize("nodes", [
    {"uart": {**UART, "status": "disabled"}},
    {"uart": {**UART, "status": "disabled", "secure-status": "okay"}},
    {"bus": {"status": "disabled", "uart": UART}},
    {"timer": {"interrupts": [1, 100, 4]}},
    {"uart": {"interrupts": [0, 7, 100, 0, 101]}},
    {"uart": {"interrupts-extended": [1, 0, 7, 4], "interrupts": [0, 100, 4]}},
    {"uart": {"interrupts": [0, 100], "interrupt-parent": 20}, "gpio": GPIO},
    {"gpio": {**GPIO, "uart": {"interrupts": [0, 100]}}},
    {"uart": {**UART, "interrupt-parent": 20}, "xbar": CROSSBAR},
    {"uart": {**UART, "interrupt-parent": 99}},
    {"pcie": {**NEXUS, "status": "disabled"}},
    {"v2m": {**FRAME, "arm,msi-num-spis": 4}},
    {"v2m": {**FRAME, "arm,msi-base-spi": 32 + 102}},
    {"link-b": {"compatible": "peerboot,rpmsg-link", "interrupts": [0, 100, 1]}},
])
def test_spi_of_nobody(tmp_path, nodes):
    check(tmp_path, beside(**nodes))


def test_spi_of_a_peers_device(tmp_path):
    """The line is the device's whoever has it."""
    system = linked(tmp_path, BUILD)
    system.contexts["c"]["devices"] = "/uart"
    refused(tmp_path, beside(uart=UART), "linux-b", "/uart", system=system)


def test_spi_of_a_peers_device_that_nobody_hears(tmp_path):
    system = linked(tmp_path, BUILD)
    for link in system.links.values():
        link["doorbells"] = [0, 0, SGI, 8]
    check(tmp_path, beside(uart=UART), system)
