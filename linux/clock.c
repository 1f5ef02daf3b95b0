// SPDX-License-Identifier: GPL-2.0-only
/* The clock of the boot record and of peers' traces. See clock.h. */
#include <linux/clocksource_ids.h>
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/timekeeping.h>

#include "clock.h"

static u64 loaded;

/* 0: the kernel keeps time by another clock than the cores' own. */
static u64 now(void)
{
	struct system_time_snapshot snapshot;

	ktime_get_snapshot(&snapshot);
	return snapshot.cs_id == CSID_ARM_ARCH_COUNTER ? snapshot.cycles : 0;
}

static int clock_show(struct seq_file *s, void *unused)
{
	u64 ticks = now();

	if (!ticks)
		return -EOPNOTSUPP;
	seq_printf(s, "loaded %llu\nnow %llu\n", loaded, ticks);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(clock);

void clock_create(struct dentry *root)
{
	loaded = now();
	debugfs_create_file("clock", 0400, root, NULL, &clock_fops);
}
