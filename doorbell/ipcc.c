/* SPDX-License-Identifier: BSD-2-Clause */
/* A peer as stm32_rproc knows it: its nodes in Linux's tree, and what its registers begin with. */
#include <stdarg.h>
#include <stdio.h>

#include "base/features.h"
#include "doorbell/ipcc.h"
#include "doorbell/ipcc_tree.h"
#include "fdt/link_roles.h"
#include "fdt/linux_tree_out.h"

void ipcc_fill(uint32_t *page, uint32_t table, bool by_call)
{
	page[STM32_TZ / 4] = by_call;
	page[STM32_STATE / 4] = STM32_CRUN;
	page[STM32_TABLE / 4] = table;
	page[IPCC_C1MR / 4] = ~0u;
	page[IPCC_C2TOC1SR / 4] = IPCC_CHANNEL_MASK;
	page[IPCC_HWCFGR / 4] = IPCC_CHANNELS;
	page[IPCC_VERR / 4] = 0x10;
}

/* A number of cells, at most OUT_CELLS. */
static void put(struct edit *edit, const char *name, unsigned count, ...)
{
	uint32_t cell[OUT_CELLS];
	va_list args;

	va_start(args, count);
	for (unsigned i = 0; i < count; i++)
		cell[i] = va_arg(args, uint32_t);
	va_end(args);
	out_cells(edit, name, cell, count);
}

static void bus(struct edit *edit)
{
	put(edit, "#address-cells", 1, 1);
	put(edit, "#size-cells", 1, 1);
}

/* Where both sides see memory alike: all of 32 bits. */
static void windows(struct edit *edit, const char *name)
{
	if (out_address_cells(edit) == 2)
		put(edit, name, 4, 0, 0, 0, IPCC_REACH);
	else
		put(edit, name, 3, 0, 0, IPCC_REACH);
}

/* Clocks go by the names of their nodes. */
static uint32_t clock(struct edit *edit, const char *peer)
{
	char name[TREE_UNIT_NAME];
	uint32_t phandle;

	snprintf(name, sizeof(name), "%s-clock", peer);
	out_begin(edit, name);
	out_string(edit, "compatible", "fixed-clock");
	put(edit, "#clock-cells", 1, 0);
	put(edit, "clock-frequency", 1, 1);
	phandle = out_phandle(edit);
	out_end(edit);
	return phandle;
}

/* Of an STM32MP1's RCC: a reset, and the words that the driver reads and writes by regmap. */
static uint32_t reset(struct edit *edit, uint32_t registers)
{
	static const char compatible[] = "snps,dw-high-reset\0syscon";
	uint32_t phandle;

	out_begin(edit, "reset");
	out_property(edit, "compatible", compatible, sizeof(compatible));
	put(edit, "reg", 2, registers, STM32_SIZE);
	put(edit, "#reset-cells", 1, 1);
	phandle = out_phandle(edit);
	out_end(edit);
	return phandle;
}

static uint32_t mailbox(struct edit *edit, const struct linux_link *l, uint32_t registers,
			uint32_t clock)
{
	const uint32_t *i = l->interrupt;
	uint32_t phandle;

	out_begin(edit, "mailbox");
	out_string(edit, "compatible", "st,stm32mp1-ipcc");
	put(edit, "reg", 2, registers + IPCC_BASE, IPCC_SIZE);
	put(edit, "st,proc-id", 1, 0);
	put(edit, "clocks", 1, clock);
	put(edit, "interrupts", 6, i[0], i[1] + IPCC_MESSAGE, i[2], i[0], i[1] + IPCC_TAKEN, i[2]);
	out_property(edit, "interrupt-names", "rx\0tx", 6);
	put(edit, "#mbox-cells", 1, 1);
	phandle = out_phandle(edit);
	out_end(edit);
	return phandle;
}

/* What the driver has of memory: buffers are first, that of vdev 0, then whatever it loads to. */
static void memory(struct edit *edit, const struct linux_link *l)
{
	uint32_t cell[OUT_CELLS] = { out_region(edit, l->buffers), out_region(edit, l->vring[0]),
				     out_region(edit, l->vring[1]) };
	unsigned count = 3;

	for (unsigned i = 0; features->monitor && i < l->regions; i++)
		cell[count++] = out_region(edit, l->region[i]);
	out_cells(edit, "memory-region", cell, count);
}

/* A call has no other register than that to tell one peer from another. */
static uint32_t hold_boot(const struct linux_link *l)
{
	return (features->monitor && l->loads ? (uint32_t)l->registers : 0) + STM32_HOLDBOOT;
}

static void processor(struct edit *edit, const struct linux_link *l, uint32_t reset, uint32_t mbox)
{
	const uint32_t *i = l->interrupt;

	out_begin(edit, l->peer);
	out_string(edit, "compatible", "st,stm32mp1-m4");
	put(edit, "resets", 2, reset, 0);
	put(edit, "st,syscfg-holdboot", 3, reset, hold_boot(l), 1);
	put(edit, "st,syscfg-tz", 3, reset, STM32_TZ, 1);
	put(edit, "st,syscfg-m4-state", 3, reset, STM32_STATE, UINT32_MAX);
	put(edit, "st,syscfg-rsc-tbl", 3, reset, STM32_TABLE, UINT32_MAX);
	memory(edit, l);
	put(edit, "mboxes", 4, mbox, 0, mbox, 1);
	out_property(edit, "mbox-names", "vq0\0vq1", 8);
	put(edit, "interrupts", 3, i[0], i[1] + IPCC_CRASH, i[2]);
	out_property(edit, "st,auto-boot", "", 0);
	out_end(edit);
}

/*
 * The driver takes its parent's `dma-ranges` for lists of three words, whatever the parent's
 * parent says: so between the root and it are two buses.
 */
void ipcc_driver(struct edit *edit, const struct linux_link *l)
{
	static const char compatible[] = LINK_STOCK "\0simple-bus";
	const uint32_t registers = (uint32_t)l->registers;
	uint32_t mbox;

	out_property(edit, "compatible", compatible, sizeof(compatible));
	if (l->failed)
		return;
	bus(edit);
	windows(edit, "ranges");
	windows(edit, "dma-ranges");
	out_interrupt_parent(edit);
	out_begin(edit, "bus");
	out_string(edit, "compatible", "simple-bus");
	bus(edit);
	out_property(edit, "ranges", "", 0);
	put(edit, "dma-ranges", 3, 0, 0, IPCC_REACH);
	mbox = mailbox(edit, l, registers, clock(edit, l->peer));
	processor(edit, l, reset(edit, registers), mbox);
	out_end(edit);
}
