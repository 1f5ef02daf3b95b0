/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor/tree.h"

#define VERSIONS "arm,psci-1.0\0arm,psci-0.2"

/* Documentation/devicetree/bindings/arm/psci.yaml */
const struct linux_firmware monitor_firmware = {
	.node = "psci",
	.compatible = VERSIONS,
	.compatible_size = sizeof(VERSIONS),
	.method = "smc",
	.enable_method = "psci",
};
