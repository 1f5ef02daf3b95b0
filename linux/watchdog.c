// SPDX-License-Identifier: GPL-2.0-only
/* The monitor's watchdog as the kernel's framework has it. See watchdog.h. */
#include <linux/arm-smccc.h>
#include <linux/cpu.h>
#include <linux/device.h>
#include <linux/property.h>
#include <linux/smp.h>
#include <linux/watchdog.h>

#include "monitor/life.h"

#include "watchdog.h"

#define DEFAULT_SECONDS 30

struct life_watchdog {
	struct watchdog_device wdd;
	struct device *dev;
	atomic_t to_answer; /* cores, of this round */
	u32 ms;		    /* for which it is fed then */
};

static void feed(struct life_watchdog *dog)
{
	struct arm_smccc_res res;

	arm_smccc_1_1_invoke(LIFE_FEED, READ_ONCE(dog->ms), &res);
	if ((int)res.a0 != LIFE_OK)
		dev_err_ratelimited(dog->dev, "not fed: the monitor answers %d\n", (int)res.a0);
}

/* On each core, in interrupt context; the last one feeds. */
static void answer(void *data)
{
	struct life_watchdog *dog = data;

	if (atomic_dec_and_test(&dog->to_answer))
		feed(dog);
}

static int life_watchdog_ping(struct watchdog_device *wdd)
{
	struct life_watchdog *dog = watchdog_get_drvdata(wdd);
	const u32 most = wdd->max_hw_heartbeat_ms;

	cpus_read_lock();
	/* What a round that is under way feeds is this, too. */
	WRITE_ONCE(dog->ms, watchdog_active(wdd) ? min(wdd->timeout * MSEC_PER_SEC, most) : most);
	smp_mb();
	if (!atomic_read(&dog->to_answer)) { /* else a core is still to answer */
		atomic_set(&dog->to_answer, num_online_cpus());
		on_each_cpu(answer, dog, false);
	}
	cpus_read_unlock();
	return 0;
}

static int life_watchdog_set_timeout(struct watchdog_device *wdd, unsigned int seconds)
{
	wdd->timeout = seconds;
	return 0;
}

static const struct watchdog_info life_watchdog_info = {
	.options = WDIOF_SETTIMEOUT | WDIOF_KEEPALIVEPING | WDIOF_MAGICCLOSE,
	.identity = "peerboot monitor",
};

/*
 * No owner: of a watchdog that runs the framework would hold it for good. It takes care of files
 * that are still open when the device goes, as one might that is unplugged.
 */
static const struct watchdog_ops life_watchdog_ops = {
	.start = life_watchdog_ping,
	.ping = life_watchdog_ping,
	.set_timeout = life_watchdog_set_timeout,
};

static void nothing(void *data)
{
}

/*
 * Nobody is on the way through answer() when the module is gone. The time goes on: all of it, for
 * whoever comes next.
 */
static void life_watchdog_leave(void *data)
{
	struct life_watchdog *dog = data;

	/* Of calls that a core takes at once those that are waited for come first; so once more. */
	on_each_cpu(nothing, NULL, true);
	on_each_cpu(nothing, NULL, true);
	dog->ms = dog->wdd.max_hw_heartbeat_ms;
	feed(dog);
}

int life_watchdog_add(struct device *dev)
{
	struct life_watchdog *dog;
	u32 ms;
	int ret;

	if (device_property_read_u32(dev, "watchdog-ms", &ms))
		return 0;
	dog = devm_kzalloc(dev, sizeof(*dog), GFP_KERNEL);
	if (!dog)
		return -ENOMEM;
	dog->dev = dev;
	dog->wdd.parent = dev;
	dog->wdd.info = &life_watchdog_info;
	dog->wdd.ops = &life_watchdog_ops;
	dog->wdd.min_timeout = 1;
	dog->wdd.max_hw_heartbeat_ms = ms;
	dog->wdd.timeout = clamp_t(u32, ms / MSEC_PER_SEC, 1, DEFAULT_SECONDS);
	set_bit(WDOG_HW_RUNNING, &dog->wdd.status);
	watchdog_set_drvdata(&dog->wdd, dog);
	ret = devm_add_action(dev, life_watchdog_leave, dog);
	if (ret)
		return ret;
	return devm_watchdog_register_device(dev, &dog->wdd);
}
