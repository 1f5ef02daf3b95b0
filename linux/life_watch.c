// SPDX-License-Identifier: GPL-2.0-only
/*
 * The watchdog of a context that counts a word up as long as all is well with it. If that has not
 * changed for as long as the manifest says, the framework has the context made anew, at most so
 * many times in so long; then it stays stopped. Nobody looks while there is no Linux.
 */
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/module.h>

#include "monitor/life.h"

#include "life_internal.h"

/*
 * In that time. All of them have to find no change: where our own core was away for long, and so
 * may the context's have been (both are a hypervisor's, say), one does.
 */
#define LOOKS 4

struct watch {
	struct life *life;
	const u32 *fed;
	u32 ms, times, seconds;
	u32 last;
	unsigned int looks; /* that have found no change since it was that */
	bool ran, recovers;
	unsigned long since; /* jiffies: the first of the restarts */
	u32 restarts;
	struct delayed_work look;
};

/* Once more, of as many as there may be in that time from the first one on? */
static bool may_restart(struct watch *watch)
{
	const u64 window = (u64)watch->seconds * HZ;

	if (!watch->restarts || jiffies - watch->since > window) {
		watch->since = jiffies;
		watch->restarts = 0;
	}
	if (watch->restarts == watch->times)
		return false;
	watch->restarts++;
	return true;
}

/* Under the framework's lock. */
static void look(struct watch *watch)
{
	struct rproc *rproc = watch->life->rproc;
	const bool runs = rproc->state == RPROC_ATTACHED &&
			  watch->life->ops->state(watch->life) == LIFE_RUNNING;
	const u32 fed = READ_ONCE(*watch->fed);

	if (!runs && !watch->recovers) /* whoever starts it gives it all of its lives again */
		watch->restarts = 0;
	if (!runs || !watch->ran || fed != watch->last) {
		watch->ran = runs;
		watch->recovers &= !runs;
		watch->last = fed;
		watch->looks = 0;
		return;
	}
	if (++watch->looks < LOOKS)
		return;
	watch->ran = false;
	if (may_restart(watch)) {
		dev_err(&rproc->dev, "%s has not fed its watchdog: starts again (%u)\n",
			rproc->name, watch->restarts);
		watch->recovers = true;
		rproc_report_crash(rproc, RPROC_WATCHDOG);
		return;
	}
	dev_err(&rproc->dev, "%s has not fed its watchdog: stays stopped\n", rproc->name);
	watch->life->ops->stop(watch->life);
}

static void look_work(struct work_struct *work)
{
	struct watch *watch = container_of(work, struct watch, look.work);
	struct rproc *rproc = watch->life->rproc;

	mutex_lock(&rproc->lock);
	look(watch);
	mutex_unlock(&rproc->lock);
	schedule_delayed_work(&watch->look, DIV_ROUND_UP(msecs_to_jiffies(watch->ms), LOOKS));
}

static void watch_end(void *data)
{
	struct watch *watch = data;

	cancel_delayed_work_sync(&watch->look);
}

int life_watch_add(struct life *life, struct device *dev, struct device_node *node)
{
	struct watch *watch;
	u32 dog[3];
	u64 fed;

	if (of_property_read_u32_array(node, "watchdog", dog, ARRAY_SIZE(dog)) ||
	    of_property_read_u64(node, "fed", &fed))
		return 0;
	watch = devm_kzalloc(dev, sizeof(*watch), GFP_KERNEL);
	if (!watch)
		return -ENOMEM;
	watch->fed = devm_memremap(dev, fed, sizeof(*watch->fed), MEMREMAP_WC);
	if (IS_ERR(watch->fed))
		return dev_err_probe(dev, PTR_ERR(watch->fed), "cannot map %#llx\n", fed);
	watch->life = life;
	watch->ms = dog[0];
	watch->times = dog[1];
	watch->seconds = dog[2];
	INIT_DELAYED_WORK(&watch->look, look_work);
	schedule_delayed_work(&watch->look, 0);
	return devm_add_action_or_reset(dev, watch_end, watch);
}
