// SPDX-License-Identifier: GPL-2.0-only
/* Contexts as the remoteproc framework has them. See life.h. */
#include <linux/iopoll.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/remoteproc.h>
#include <linux/workqueue.h>

#include "monitor/life.h"

#include "life_internal.h"

/* How long a context may take to be out of its cores, and to be made anew. */
#define POLL_US	  1000
#define STOP_US	  (5 * USEC_PER_SEC)
#define START_US  (60 * USEC_PER_SEC)
#define FOLLOW_MS 1000

static int life_state(const struct life *life)
{
	return life->ops->state(life);
}

static bool has_stopped(int state)
{
	return state == LIFE_STOPPED || state == LIFE_BROKEN;
}

static int refused(const struct rproc *rproc, const char *what, int answer)
{
	static const struct {
		int answer, error;
		const char *why;
	} reasons[] = {
		{ LIFE_INVALID, -ENXIO, "there is no such context" },
		{ LIFE_DENIED, -EPERM, "Linux does not control it" },
		{ LIFE_PENDING, -EBUSY, "it is being stopped or started by others" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++)
		if (reasons[i].answer == answer) {
			dev_err(&rproc->dev, "%s: no %s: %s\n", rproc->name, what, reasons[i].why);
			return reasons[i].error;
		}
	dev_err(&rproc->dev, "%s: no %s: answer %d\n", rproc->name, what, answer);
	return -EIO;
}

/* Who stops it at the same time wants the same. */
static int life_stop(struct rproc *rproc)
{
	struct life *life = rproc->priv;
	int answer, state;

	if (life->leaves) /* the framework stops what is taken off it; the context goes on */
		return 0;
	answer = life->ops->stop(life);
	if (answer != LIFE_OK && answer != LIFE_ALREADY && answer != LIFE_PENDING)
		return refused(rproc, "stop", answer);
	if (!read_poll_timeout(life_state, state, has_stopped(state), POLL_US, STOP_US, false,
			       life))
		return 0;
	dev_err(&rproc->dev, "%s: still not stopped: state %d\n", rproc->name, state);
	return -ETIMEDOUT;
}

/* Of a context that does not run: those that do are attached (life_follow()). */
static int begin(struct rproc *rproc)
{
	struct life *life = rproc->priv;
	int answer = life->ops->start(life), state;

	if (answer != LIFE_OK && answer != LIFE_ALREADY)
		return refused(rproc, "start", answer);
	if (read_poll_timeout(life_state, state, state != LIFE_STARTING, POLL_US, START_US, false,
			      life)) {
		dev_err(&rproc->dev, "%s: still being made\n", rproc->name);
		return -ETIMEDOUT;
	}
	if (state == LIFE_BROKEN) {
		dev_err(&rproc->dev, "%s: no start: an image of it does not verify\n", rproc->name);
		return -EBADMSG;
	}
	return state == LIFE_RUNNING ? 0 : refused(rproc, "start", LIFE_PENDING);
}

static int life_start(struct rproc *rproc)
{
	struct life *life = rproc->priv;
	int ret = begin(rproc);

	/* A recovery that fails leaves its user counted, and the next start would do nothing. */
	if (ret && life->recovers)
		atomic_set(&rproc->power, 0);
	life->recovers = false;
	return ret;
}

/* Recovery from a crash: the framework detaches it, and attaches again. Nobody else may detach. */
static int life_detach(struct rproc *rproc)
{
	struct life *life = rproc->priv;

	if (rproc->state != RPROC_CRASHED)
		return -EOPNOTSUPP;
	life->recovers = atomic_read(&rproc->power);
	if (life->recovers)
		return life_stop(rproc);
	rproc->state = RPROC_DETACHED; /* somebody has stopped it since it was reported */
	return -ECANCELED;
}

/* One that has stopped: a start from "offline" would ask for a firmware file, and there is none. */
static int life_unprepare(struct rproc *rproc)
{
	rproc->state = RPROC_DETACHED;
	return 0;
}

static const struct rproc_ops life_rproc_ops = {
	.stop = life_stop,
	.attach = life_start,
	.detach = life_detach,
	.unprepare = life_unprepare,
};

/* What others have done to it, or it to itself. Stops and starts of ours hold the same lock. */
static void life_follow(struct life *life)
{
	struct rproc *rproc = life->rproc;
	int state;

	mutex_lock(&rproc->lock);
	state = life_state(life);
	if (rproc->state == RPROC_DETACHED && state == LIFE_RUNNING) {
		rproc->state = RPROC_ATTACHED;
		atomic_set(&rproc->power, 1);
		dev_info(&rproc->dev, "%s runs\n", rproc->name);
	} else if (rproc->state == RPROC_ATTACHED && has_stopped(state)) {
		rproc->state = RPROC_DETACHED;
		atomic_set(&rproc->power, 0);
		dev_warn(&rproc->dev, "%s has been stopped%s\n", rproc->name,
			 state == LIFE_BROKEN ? ", and an image of it does not verify" : "");
	}
	mutex_unlock(&rproc->lock);
}

static void life_work(struct work_struct *work)
{
	struct life *life = container_of(work, struct life, follow.work);

	life_follow(life);
	schedule_delayed_work(&life->follow, msecs_to_jiffies(FOLLOW_MS));
}

static void life_leave(void *data)
{
	struct life *life = data;

	cancel_delayed_work_sync(&life->follow);
	flush_work(&life->rproc->crash_handler); /* the framework does not */
	mutex_lock(&life->rproc->lock);
	life->leaves = true;
	mutex_unlock(&life->rproc->lock);
}

int life_add(struct device *dev, struct device_node *node, const struct life_ops *ops, void *how)
{
	struct rproc *rproc;
	struct life *life;
	char name[32];
	u32 context;
	int ret;

	ret = of_property_read_u32(node, "reg", &context);
	if (ret)
		return dev_err_probe(dev, ret, "%pOF: reg is missing\n", node);
	snprintf(name, sizeof(name), "%pOFn", node);
	rproc = devm_rproc_alloc(dev, name, &life_rproc_ops, "none", sizeof(*life));
	if (!rproc)
		return -ENOMEM;
	life = rproc->priv;
	life->rproc = rproc;
	life->ops = ops;
	life->how = how;
	life->context = context;
	ret = life_state(life);
	if (ret < 0)
		return refused(rproc, "state", ret);
	rproc->auto_boot = false;
	rproc->state = RPROC_DETACHED;
	set_bit(RPROC_FEAT_ATTACH_ON_RECOVERY, rproc->features);
	ret = devm_rproc_add(dev, rproc);
	if (ret)
		return ret;
	INIT_DELAYED_WORK(&life->follow, life_work);
	life_work(&life->follow.work);
	ret = devm_add_action_or_reset(dev, life_leave, life);
	return ret ? ret : life_watch_add(life, dev, node);
}

int life_add_each(struct device *dev, int (*add)(struct device *dev, struct device_node *node))
{
	struct device_node *node;
	int ret;

	for_each_available_child_of_node(dev->of_node, node) {
		ret = add(dev, node);
		if (ret) {
			of_node_put(node);
			return ret;
		}
	}
	return 0;
}

int life_register(void)
{
	int ret = platform_driver_register(&life_monitor_driver);

	if (ret)
		return ret;
	if (IS_ENABLED(CONFIG_CRYPTO_LIB_SHA256))
		ret = platform_driver_register(&life_reset_driver);
	if (ret)
		platform_driver_unregister(&life_monitor_driver);
	return ret;
}

void life_unregister(void)
{
	if (IS_ENABLED(CONFIG_CRYPTO_LIB_SHA256))
		platform_driver_unregister(&life_reset_driver);
	platform_driver_unregister(&life_monitor_driver);
}
