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


def check(folder, device, nodes, status):
    tree = board_tree(**{name: node for name, node in nodes.items() if isinstance(node, dict)})
    tree |= {name: value for name, value in nodes.items() if not isinstance(value, dict)}
    tree = {name: value for name, value in tree.items() if value is not None}
    fdt = folder / "ugly.dtb"
    fdt.write_bytes(compile_tree(folder, "ugly", tree))
    system = linked(folder, BUILD)
    system.contexts["b"]["devices"] = device
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
    ("/osc", {"osc": CLOCK, "uart": {"clocks": 30}}, "uart"),
    ("/osc", {"osc": CLOCK, "pll": PLL, "bus": {"uart": {"clocks": [31, 30, 30]}}}, "uart"),
])
def test_linux_can_not_do_without(tmp_path, device, nodes, named):
    said = check(tmp_path, device, nodes, REFUSED)
    assert "MANIFEST_BROKEN (-30) in plan" in said
    assert f"b: device {device} is needed by {named}\n" in said


@pytest.mark.parametrize("device, nodes", [
    ("/uart", {"uart": {"compatible": "arm,pl011"}}),
    ("/bus", {"bus": {"uart": {"compatible": "arm,pl011"}, "osc": CLOCK}, "spi": {"clocks": 30}}),
    ("/memory-controller@1000", {"memory-controller@1000": {"compatible": "vendor,emif"}}),
    ("/timer@2000", {"timer@2000": {"compatible": "arm,sp804"}}),
    # Nobody has it, or nobody who is there, or the same context, or it is the number of another thing.
    ("/osc", {"osc": CLOCK, "uart": {"clocks": 31}, "pll": PLL}),
    ("/osc", {"osc": CLOCK, "uart": {"clocks": 30, "status": "disabled"}}),
    ("/osc", {"osc": CLOCK, "bus": {"status": "disabled", "uart": {"clocks": 30}}}),
    (["/osc", "/uart"], {"osc": CLOCK, "uart": {"clocks": 30}}),
    (["/osc", "/bus"], {"osc": CLOCK, "bus": {"uart": {"clocks": 30}}}),
    ("/osc", {"osc": CLOCK, "pll": PLL, "uart": {"clocks": [31, 30]}}),
    # Linux's keys do not work, and it boots.
    ("/gpio", {"gpio": GPIO, "keys": {"interrupt-parent": 34, "interrupts": [1, 2],
                                      "gpios": [34, 3, 0]}}),
])
def test_linux_can_do_without(tmp_path, device, nodes):
    check(tmp_path, device, nodes, OK)
