// SPDX-License-Identifier: GPL-2.0-only
/* The doorbells of a link on a shared GICv2. See doorbell.h. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <linux/platform_device.h>

#include "doorbell/gic.h"
#include "resource_table/link_resource.h"

#include "doorbell.h"
#include "link.h"

/* Arm IHI 0048B, 4.3: the distributor's registers that make an interrupt pending. */
#define GICD_SIZE	     0x1000
#define GICD_ISPENDR(intid)  (0x200 + (intid) / 32 * 4)
#define GICD_SGIR	     0xf00
#define GICD_SGIR_TARGETS(m) ((m) << 16)

#define SGIS	  16
#define SPI_FIRST 32 /* interrupt id of SPI 0 */
#define SPIS	  988
#define CPU_MASK  0xff

#define LOOK_INTERVAL HZ
/* Without a doorbell: this often, and at each tick for a while after something was found. */
#define POLL_INTERVAL msecs_to_jiffies(DOORBELL_POLL_MS)
#define POLL_BUSY     HZ

static const struct of_device_id gicv2[] = {
#define X(name) { .compatible = name },
	GIC_V2(X)
#undef X
		{}
};

/* The kernel's GIC driver has the distributor mapped too; one whole-word write disturbs nobody. */
static int map_distributor(struct peer_link *link, void __iomem **base)
{
	struct device_node *gic = of_irq_find_parent(link->dev->of_node);
	struct resource regs;
	int ret = -ENODEV;

	if (of_match_node(gicv2, gic))
		ret = of_address_to_resource(gic, 0, &regs);
	of_node_put(gic);
	if (ret)
		return dev_err_probe(link->dev, ret, "doorbells need a GICv2\n");
	*base = devm_ioremap(link->dev, regs.start, GICD_SIZE);
	return *base ? 0 : -ENOMEM;
}

static int find_send(struct peer_link *link)
{
	u32 cell[3];
	u32 offset;
	void __iomem *distributor;
	struct doorbell *d = &link->doorbell;
	const char *property = "peerboot,send-doorbell";
	int ret;

	ret = of_property_read_u32_array(link->dev->of_node, property, cell, ARRAY_SIZE(cell));
	if (ret)
		return dev_err_probe(link->dev, ret, "%s is missing or short\n", property);

	if (cell[0] == DOORBELL_NONE)
		return 0;
	if (cell[0] == DOORBELL_SGI && cell[1] < SGIS && cell[2] && cell[2] <= CPU_MASK) {
		offset = GICD_SGIR;
		d->ring_value = GICD_SGIR_TARGETS(cell[2]) | cell[1];
	} else if (cell[0] == DOORBELL_SPI && cell[1] < SPIS) {
		offset = GICD_ISPENDR(SPI_FIRST + cell[1]);
		d->ring_value = BIT((SPI_FIRST + cell[1]) % 32);
	} else {
		return dev_err_probe(link->dev, -EINVAL, "no such doorbell: %s = <%u %u %u>\n",
				     property, cell[0], cell[1], cell[2]);
	}

	ret = map_distributor(link, &distributor);
	if (!ret)
		d->ring_register = distributor + offset;
	return ret;
}

/*
 * In a thread, since an announcement makes a device and that sleeps. An edge that comes while it
 * runs stays pending in the distributor and makes it run again.
 */
static irqreturn_t heard(int irq, void *data)
{
	struct peer_link *link = data;

	atomic_inc(&link->counters.interrupts);
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
	return devm_request_threaded_irq(link->dev, d->irq, NULL, heard,
					 IRQF_ONESHOT | IRQF_NO_AUTOEN, dev_name(link->dev), link);
}

int doorbell_init(struct peer_link *link)
{
	int ret = find_send(link);

	if (ret)
		return ret;
	if (!link->doorbell.ring_register)
		dev_info(link->dev, "%s has no doorbell: it polls\n", link->peer);
	return find_receive(link);
}

void doorbell_ring(const struct doorbell *doorbell)
{
	if (doorbell->ring_register)
		writel(doorbell->ring_value, doorbell->ring_register);
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
