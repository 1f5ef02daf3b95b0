// SPDX-License-Identifier: GPL-2.0-only
/* The doorbells of a link, whatever their kind. See doorbell.h. */
#include <linux/interrupt.h>
#include <linux/of.h>
#include <linux/platform_device.h>

#include "doorbell.h"
#include "link.h"

#define RECEIVE "peerboot,receive-doorbell"

#define LOOK_INTERVAL HZ
/* Without a doorbell: this often, and at each tick for a while after something was found. */
#define POLL_INTERVAL msecs_to_jiffies(DOORBELL_POLL_MS)
#define POLL_BUSY     HZ

/* Of a kind and its cells, by the function that knows kinds. */
static int find_kind(struct peer_link *link, const char *property,
		     int (*init)(struct peer_link *link, u32 kind, const u32 cell[2]))
{
	u32 cell[3];
	int ret;

	ret = of_property_read_u32_array(link->dev->of_node, property, cell, ARRAY_SIZE(cell));
	if (ret)
		return dev_err_probe(link->dev, ret, "%s is missing or short\n", property);
	ret = init(link, cell[0], cell + 1);
	if (ret)
		return dev_err_probe(link->dev, ret, "no such doorbell: %s = <%u %u %u>\n",
				     property, cell[0], cell[1], cell[2]);
	return 0;
}

/*
 * In a thread, since an announcement makes a device and that sleeps. An edge that comes while it
 * runs stays pending in the distributor and makes it run again; a level is masked meanwhile.
 */
static irqreturn_t heard(int irq, void *data)
{
	struct peer_link *link = data;

	atomic_inc(&link->counters.interrupts);
	if (link->doorbell.take_back)
		link->doorbell.take_back(&link->doorbell);
	link->role->interrupt(link);
	return IRQ_HANDLED; /* always: a stale or surplus ring is nobody's fault */
}

/* Callbacks of channels may sleep for long: not on a queue that others wait for. */
static void look_after(struct doorbell *d, unsigned long delay)
{
	mod_delayed_work(system_unbound_wq, &d->look, delay);
}

/* A peer's kick may get lost. What it was for is then found a little later. */
static void look(struct work_struct *work)
{
	struct doorbell *d = container_of(work, struct doorbell, look.work);

	doorbell_call(d);
	look_after(d, LOOK_INTERVAL);
}

/* The peer does not kick. */
static void poll(struct work_struct *work)
{
	struct doorbell *d = container_of(work, struct doorbell, look.work);
	struct peer_link *link = container_of(d, struct peer_link, doorbell);

	if (link->role->interrupt(link))
		d->found = jiffies;
	/* Somebody may have asked for the next look meanwhile: that one is sooner. */
	queue_delayed_work(system_unbound_wq, &d->look,
			   time_before(jiffies, d->found + POLL_BUSY) ? 1 : POLL_INTERVAL);
}

static int find_receive(struct peer_link *link)
{
	struct doorbell *d = &link->doorbell;
	int ret;

	if (!of_find_property(link->dev->of_node, "interrupts", NULL)) {
		INIT_DELAYED_WORK(&d->look, poll);
		dev_info(link->dev, "no doorbell of %s is heard here: polling, every %u ms\n",
			 link->peer, DOORBELL_POLL_MS);
		return 0;
	}
	INIT_DELAYED_WORK(&d->look, look);
	d->irq = platform_get_irq(to_platform_device(link->dev), 0);
	if (d->irq < 0)
		return d->irq;
	if (of_find_property(link->dev->of_node, RECEIVE, NULL)) {
		ret = find_kind(link, RECEIVE, doorbell_init_receive);
		if (ret)
			return ret;
	}
	return devm_request_threaded_irq(link->dev, d->irq, NULL, heard,
					 IRQF_ONESHOT | IRQF_NO_AUTOEN, dev_name(link->dev), link);
}

int doorbell_init(struct peer_link *link)
{
	int ret = find_kind(link, "peerboot,send-doorbell", doorbell_init_send);

	if (ret)
		return ret;
	if (!link->doorbell.ring)
		dev_info(link->dev, "%s has no doorbell: it polls\n", link->peer);
	return find_receive(link);
}

void doorbell_ring(const struct doorbell *doorbell)
{
	if (doorbell->ring)
		doorbell->ring(doorbell);
}

void doorbell_call(struct doorbell *doorbell)
{
	if (doorbell->irq)
		irq_set_irqchip_state(doorbell->irq, IRQCHIP_STATE_PENDING, true);
	else if (doorbell->listening)
		look_after(doorbell, 0);
}

void doorbell_listen(struct doorbell *doorbell, bool on)
{
	if (doorbell->listening == on)
		return;
	doorbell->listening = on;
	if (on) {
		doorbell->found = jiffies;
		if (doorbell->irq)
			enable_irq(doorbell->irq);
		look_after(doorbell, doorbell->irq ? LOOK_INTERVAL : 1);
	} else {
		cancel_delayed_work_sync(&doorbell->look);
		if (doorbell->irq)
			disable_irq(doorbell->irq);
	}
}
