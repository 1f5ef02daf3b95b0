// SPDX-License-Identifier: GPL-2.0-only
/* Doorbells of a GIC that a peer hears: an SGI, or an SPI that is made pending. */
#include <linux/io.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>

#include "doorbell/gic.h"
#include "doorbell/linux/kinds.h"

#include "doorbell.h"
#include "link.h"

/* The distributor's registers: Arm IHI 0048B, 4.3, and at the same places in IHI 0069, 12.9. */
#define DISTRIBUTOR_SIZE 0x1000
#define ISPENDR(intid)	 (0x200 + (intid) / 32 * 4)
#define SGIR		 0xf00 /* of version 2 */
#define SGIR_CORES(mask) ((mask) << 16)
#define SGIR_MASK	 0xff

/* ICC_SGI1R of IHI 0069, 12.2.18, whose upper half is the second level of affinity here. */
#define SGI1R(sgi, cores) ((u64)((cores) >> 24) << 32 | (sgi) << 24 | ((cores)&0xffffff))

/* As the kernel's arch_gicv3.h has ICC_SGI1R. */
#ifdef CONFIG_ARM64
#define write_asgi1r(value) write_sysreg_s(value, SYS_ICC_ASGI1R_EL1)
#else
#define write_asgi1r(value) write_sysreg(value, __ACCESS_CP15_64(1, c12))
#endif

static const struct of_device_id gics[] = {
#define X(name) { .compatible = name, .data = (void *)2 },
	GIC_V2(X)
#undef X
#define X(name) { .compatible = name, .data = (void *)3 },
		GIC_V3(X)
#undef X
			{}
};

static void write_register(const struct doorbell *d)
{
	writel((u32)d->ring_value, d->ring_register);
}

static void send_sgi(const struct doorbell *d)
{
	wmb(); /* the rings, then the bell */
	gic_write_sgi1r(d->ring_value);
	write_asgi1r(d->ring_value); /* a peer in the Secure world hears that alone */
	isb();
}

/*
 * The version of the link's GIC, and its distributor. The kernel's own driver has that mapped too;
 * one whole-word write disturbs nobody.
 */
static int find_gic(struct peer_link *link, void __iomem **base)
{
	struct device_node *node = of_irq_find_parent(link->dev->of_node);
	const struct of_device_id *gic = of_match_node(gics, node);
	struct resource regs;
	int ret = gic ? of_address_to_resource(node, 0, &regs) : -ENODEV;

	of_node_put(node);
	if (ret)
		return dev_err_probe(link->dev, ret, "doorbells need a GIC\n");
	*base = devm_ioremap(link->dev, regs.start, DISTRIBUTOR_SIZE);
	return *base ? (int)(uintptr_t)gic->data : -ENOMEM;
}

int gic_sgi_init(struct peer_link *link, const u32 cell[2])
{
	struct doorbell *d = &link->doorbell;
	void __iomem *base;
	int version = find_gic(link, &base);

	if (version < 0)
		return version;
	if (cell[0] >= GIC_SGIS_MAX || !cell[1] || (version == 2 && cell[1] > SGIR_MASK))
		return -EINVAL;
	if (version == 2) {
		d->ring_register = base + SGIR;
		d->ring_value = SGIR_CORES(cell[1]) | cell[0];
		d->ring = write_register;
	} else {
		d->ring_value = SGI1R(cell[0], cell[1]);
		d->ring = send_sgi;
	}
	return 0;
}

int gic_spi_init(struct peer_link *link, const u32 cell[2])
{
	struct doorbell *d = &link->doorbell;
	const u32 intid = GIC_SPI_FIRST + cell[0];
	void __iomem *base;
	int version = find_gic(link, &base);

	if (version < 0)
		return version;
	if (cell[0] >= GIC_SPIS_MAX)
		return -EINVAL;
	d->ring_register = base + ISPENDR(intid);
	d->ring_value = BIT(intid % 32);
	d->ring = write_register;
	return 0;
}
