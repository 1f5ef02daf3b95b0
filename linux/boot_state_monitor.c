// SPDX-License-Identifier: GPL-2.0-only
/* The boot state that the board's monitor keeps: monitor/slots.h. */
#include <linux/arm-smccc.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/jiffies.h>

#include "monitor/life.h"
#include "monitor/slots.h"

#include "boot_state.h"
#include "record.h"

/* While a context is made anew from the same flash; the longest may take that long. */
#define PATIENCE_MS 10000
#define POLL_MS	    10

static int as_errno(int answer)
{
	switch (answer) {
	case LIFE_OK:
		return 0;
	case LIFE_DENIED:
		return -EPERM;
	case LIFE_PENDING:
		return -EBUSY;
	case LIFE_NOT_SUPPORTED:
		return -ENODATA;
	case SLOTS_KEPT:
		return -EACCES;
	default:
		return -EIO;
	}
}

static int call(u32 function, struct arm_smccc_res *res)
{
	unsigned long end = jiffies + msecs_to_jiffies(PATIENCE_MS);

	for (;;) {
		arm_smccc_1_1_invoke(function, res);
		if ((int)res->a0 != LIFE_PENDING || time_after(jiffies, end))
			return as_errno((int)res->a0);
		msleep(POLL_MS);
	}
}

static int read_state(struct boot_state *s)
{
	struct arm_smccc_res res;
	int ret = call(SLOTS_STATE, &res);

	*s = (struct boot_state){
		.booted = !!(res.a1 & SLOTS_BOOTED_B),
		.confirmed = res.a1 & SLOTS_CONFIRMED,
		.minimum = res.a2,
		.update = res.a1 & SLOTS_UPDATING,
	};
	return ret;
}

static int confirm(void)
{
	struct arm_smccc_res res;

	return call(SLOTS_CONFIRM, &res);
}

static int update(void)
{
	struct arm_smccc_res res;
	int ret = call(SLOTS_UPDATE, &res);

	return ret == -ENODATA ? -EOPNOTSUPP : ret;
}

const struct boot_state_keeper *boot_state_find_monitor(void)
{
	static const struct boot_state_keeper keeper = {
		.read = read_state,
		.confirm = confirm,
		.update = update,
		.mode = 0444,
	};
	u64 unused;

	if (record_find("boot image in memory", &unused, &unused) ||
	    !record_find("slot state by the monitor", &unused, &unused))
		return ERR_PTR(-ENODEV);
	return &keeper;
}
