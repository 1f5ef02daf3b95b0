// SPDX-License-Identifier: GPL-2.0-only
/*
 * For a test: ways for Linux to die that no program has. `insmod killer.ko way=NAME`:
 *	spin		this core goes round and round, interrupts off
 *	spin-all	each does
 *	scribble	all memory that the kernel has mapped, its page tables first, is overwritten;
 *			where its own image is mapped read-only, what is behind that
 *	oops		this module is broken
 */
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pfn.h>
#include <linux/sizes.h>
#include <linux/smp.h>
#include <linux/string.h>

#define NONSENSE 0xa5

static char *way = "";
module_param(way, charp, 0);

static void spin(void *unused)
{
	local_irq_disable();
	for (;;)
		barrier();
}

static void spin_all(void *unused)
{
	on_each_cpu(spin, NULL, 0);
}

static void scribble(void *unused)
{
	const phys_addr_t start = PFN_PHYS(node_start_pfn(first_online_node));
	const unsigned long from =
		(unsigned long)__va(start) + (IS_ENABLED(CONFIG_ARM64) ? SZ_64M : 0);

	local_irq_disable();
	memset((void *)from, NONSENSE, (unsigned long)high_memory - from);
}

static void oops(void *unused)
{
	*(volatile int *)unused = 0;
}

static int __init killer_init(void)
{
	static const struct {
		const char *name;
		void (*kill)(void *unused);
	} ways[] = { { "spin", spin },
		     { "spin-all", spin_all },
		     { "scribble", scribble },
		     { "oops", oops } };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ways); i++)
		if (!strcmp(way, ways[i].name))
			ways[i].kill(NULL);
	return -EINVAL;
}
module_init(killer_init);

MODULE_DESCRIPTION("Ways to die, for peerboot's tests");
MODULE_LICENSE("GPL");
