// SPDX-License-Identifier: GPL-2.0-only
/* Contexts that a monitor stops and starts (docs/monitor.md). */
#include <linux/arm-smccc.h>
#include <linux/module.h>

#include "monitor/life.h"

#include "life_internal.h"
#include "watchdog.h"

/* One of LIFE_…'s answers, or of enum life_state. */
static int life_call(u32 function, u32 context)
{
	struct arm_smccc_res res;

	arm_smccc_1_1_invoke(function, context, &res);
	return (int)res.a0;
}

static int monitor_state(const struct life *life)
{
	return life_call(LIFE_STATE, life->context);
}

static int monitor_stop(struct life *life)
{
	return life_call(LIFE_STOP, life->context);
}

static int monitor_start(struct life *life)
{
	return life_call(LIFE_START, life->context);
}

static const struct life_ops monitor_ops = { monitor_state, monitor_stop, monitor_start };

static int monitor_add(struct device *dev, struct device_node *node)
{
	return life_add(dev, node, &monitor_ops, NULL);
}

static int monitor_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	int ret = life_call(LIFE_VERSION, 0);

	if (ret != LIFE_ABI)
		return dev_err_probe(dev, -ENODEV, "no monitor of version %d: %d\n", LIFE_ABI, ret);
	ret = life_add_each(dev, monitor_add);
	if (ret)
		return ret;
	return IS_ENABLED(CONFIG_WATCHDOG_CORE) ? life_watchdog_add(dev) : 0;
}

static const struct of_device_id monitor_match[] = { { .compatible = "peerboot,monitor" }, {} };
MODULE_DEVICE_TABLE(of, monitor_match);

struct platform_driver life_monitor_driver = {
	.probe = monitor_probe,
	.driver = {
		.name = "peerboot-monitor",
		.of_match_table = monitor_match,
	},
};
