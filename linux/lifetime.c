// SPDX-License-Identifier: GPL-2.0-only
/* Devices that outlive their link. See lifetime.h. */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/jiffies.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

#include "lifetime.h"

#define LOOK_MS	      10u
#define LOOK_LATER_MS 200u
#define FILES_MS      1000u
#define SAY_MS	      5000u

static DEFINE_MUTEX(lock);
static LIST_HEAD(leaving);

static void look_later(struct work_struct *work);
static DECLARE_DELAYED_WORK(looking, look_later);

/* Nobody finds a device any more that has been taken off everything: one reference stays one. */
static bool is_alone(const struct lifetime *life)
{
	return kref_read(&life->dev->kobj.kref) == 1;
}

/* One whose reference is the last is taken off the list. */
static struct lifetime *find_ended(void)
{
	struct lifetime *life, *found = NULL;

	mutex_lock(&lock);
	list_for_each_entry(life, &leaving, node) {
		if (is_alone(life)) {
			list_del(&life->node);
			found = life;
			break;
		}
	}
	mutex_unlock(&lock);
	return found;
}

/* End all that can end, which may let others end. Have any stayed? */
static bool end_all(void)
{
	struct lifetime *life;
	bool any;

	while ((life = find_ended()))
		life->end(life);
	mutex_lock(&lock);
	any = !list_empty(&leaving);
	mutex_unlock(&lock);
	return any;
}

static void look_later(struct work_struct *work)
{
	if (end_all())
		schedule_delayed_work(&looking, msecs_to_jiffies(LOOK_LATER_MS));
}

void lifetime_end(struct lifetime *life)
{
	if (is_alone(life)) {
		life->end(life);
		return;
	}
	mutex_lock(&lock);
	list_add_tail(&life->node, &leaving);
	mutex_unlock(&lock);
	schedule_delayed_work(&looking, msecs_to_jiffies(LOOK_LATER_MS));
}

/* Is a device file of @link's, or of any link's (NULL), still open? Say so, if asked. */
static bool any_file(const struct device *link, bool say)
{
	struct lifetime *life;
	bool any = false;

	mutex_lock(&lock);
	list_for_each_entry(life, &leaving, node) {
		if (!life->file || (link && life->link != link) || is_alone(life))
			continue;
		any = true;
		if (say)
			pr_warn("peerboot: a program still has /dev/%s open, which is gone\n",
				dev_name(life->dev));
	}
	mutex_unlock(&lock);
	return any;
}

void lifetime_wait_for_files(struct device *link)
{
	unsigned long end = jiffies + msecs_to_jiffies(FILES_MS);

	while (any_file(link, false) && time_before(jiffies, end))
		msleep(LOOK_MS);
	any_file(link, true);
}

void lifetime_wait(void)
{
	unsigned long say = jiffies + msecs_to_jiffies(SAY_MS);

	while (end_all()) {
		msleep(LOOK_MS);
		if (time_before(jiffies, say))
			continue;
		if (any_file(NULL, true))
			pr_warn("peerboot: the module waits for that before it leaves\n");
		say = jiffies + msecs_to_jiffies(SAY_MS);
	}
	cancel_delayed_work_sync(&looking);
}
