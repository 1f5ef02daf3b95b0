// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contexts whose cores have a reset: a word of which set bits hold them (peerboot,resets.yaml).
 * Whoever else writes that word does so by this driver.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/spinlock.h>

#include "monitor/life.h"

#include "life_internal.h"

/* A core that is just being held has left what it did, whatever that was, when this has passed. */
#define HOLD_US 1000

struct reset {
	void __iomem *word;
	u32 cores; /* bits of all that are held */
	u32 first; /* of the one that is released: others are its context's to start */
	bool broken;
	struct life_copies *copies;
};

static DEFINE_SPINLOCK(word_lock); /* other contexts' cores have bits in the same one */

static void change(const struct reset *reset, u32 clear, u32 set)
{
	unsigned long flags;

	spin_lock_irqsave(&word_lock, flags);
	writel((readl(reset->word) & ~clear) | set, reset->word);
	spin_unlock_irqrestore(&word_lock, flags);
}

static int reset_state(const struct life *life)
{
	const struct reset *reset = life->how;

	if (!(readl(reset->word) & reset->first))
		return LIFE_RUNNING;
	return reset->broken ? LIFE_BROKEN : LIFE_STOPPED;
}

static int reset_stop(struct life *life)
{
	struct reset *reset = life->how;

	if (reset_state(life) != LIFE_RUNNING)
		return LIFE_ALREADY;
	change(reset, 0, reset->cores);
	usleep_range(HOLD_US, 2 * HOLD_US);
	return LIFE_OK;
}

static int reset_start(struct life *life)
{
	struct reset *reset = life->how;

	if (reset_state(life) == LIFE_RUNNING)
		return LIFE_ALREADY;
	reset->broken = life_copies_put(reset->copies);
	if (!reset->broken)
		change(reset, reset->first, 0); /* behind all that was written */
	return LIFE_OK;
}

static const struct life_ops reset_ops = { reset_state, reset_stop, reset_start };

static int reset_add(struct device *dev, struct device_node *node)
{
	struct reset *reset = devm_kzalloc(dev, sizeof(*reset), GFP_KERNEL);
	u32 cells[4]; /* address, bits of all cores and of the first */
	u64 at;
	int ret;

	if (!reset)
		return -ENOMEM;
	ret = of_property_read_u32_array(node, "reset", cells, ARRAY_SIZE(cells));
	if (ret)
		return dev_err_probe(dev, ret, "%pOF: reset is missing\n", node);
	at = (u64)cells[0] << 32 | cells[1];
	reset->cores = cells[2];
	reset->first = cells[3];
	reset->word = devm_ioremap(dev, at, sizeof(u32));
	if (!reset->word)
		return dev_err_probe(dev, -ENOMEM, "%pOF: cannot map %#llx\n", node, at);
	reset->copies = life_copies_find(dev, node);
	if (IS_ERR(reset->copies))
		return PTR_ERR(reset->copies);
	return life_add(dev, node, &reset_ops, reset);
}

static int reset_probe(struct platform_device *pdev)
{
	return life_add_each(&pdev->dev, reset_add);
}

static const struct of_device_id reset_match[] = { { .compatible = "peerboot,resets" }, {} };
MODULE_DEVICE_TABLE(of, reset_match);

struct platform_driver life_reset_driver = {
	.probe = reset_probe,
	.driver = {
		.name = "peerboot-resets",
		.of_match_table = reset_match,
	},
};
