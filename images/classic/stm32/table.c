/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What Linux's stm32_rproc attaches to: one vdev, no devices in the table, and the doorbell of
 * doorbell/core/ipcc.h. The registers lie behind the trace.
 */
#include <stddef.h>

#include "doorbell/core/ipcc.h"
#include "driver/clock.h"
#include "images/classic/table.h"
#include "images/lib/doorbell.h"
#include "images/lib/image.h"

#include BOARD_MEMORY_MAP
#include DEMO_LAYOUT

#define POLLS 500 /* a second */

struct table {
	struct resource_table head;
	uint32_t offset[3];
	struct resource_carveout carveout;
	struct resource_trace trace;
	struct classic_vdev vdev;
} __attribute__((packed, aligned(4)));

#define OFFSET(member) offsetof(struct table, member)

__attribute__((section(".resource_table"), used)) static volatile struct table table = {
	.head = { .ver = RESOURCE_TABLE_VERSION, .num = 3 },
	.offset = { OFFSET(carveout), OFFSET(trace), OFFSET(vdev) },
	.carveout = CLASSIC_CARVEOUT,
	.trace = CLASSIC_TRACE,
	.vdev = CLASSIC_VDEV,
};

static const struct link_doorbell bell = {
	DOORBELL_IPCC,
	{ IMAGE_SPI, IMAGE_TRACE + TRACE_SIZE },
};

static void start(void)
{
	ipcc_run(&bell);
}

static void ring(unsigned n)
{
	(void)n;
	ipcc_ring(&bell, IPCC_MESSAGE);
}

/* A stop is Linux's wish alone: this core starts anew, for Linux to attach to once more. */
static bool rung(void)
{
	if (ipcc_is_stopped(&bell))
		image_restart();
	return ipcc_rung(&bell);
}

/* No bell wakes this core. */
static void wait(void)
{
	doorbell_wait(clock_ticks() + clock_frequency() / POLLS);
}

static void crash(void)
{
	ipcc_ring(&bell, IPCC_CRASH);
	stop();
}

const struct classic classic = {
	.channel = "rpmsg-tty",
	.vdevs = 1,
	.vdev = &table.vdev,
	.carveout = &table.carveout,
	.start = start,
	.ring = ring,
	.rung = rung,
	.wait = wait,
	.crash = crash,
};
