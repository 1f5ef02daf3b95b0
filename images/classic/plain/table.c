/* SPDX-License-Identifier: BSD-2-Clause */
/* Two vdevs, and interrupts both ways. */
#include <stddef.h>

#include "images/classic/table.h"
#include "images/lib/doorbell.h"
#include "images/lib/image.h"

#include BOARD_MEMORY_MAP

#define VDEVS	    2
#define KICK_SPI    100 /* which wakes the master for vdev 0; the next one for vdev 1 */
#define DEVMEM_SIZE 0x1000

struct table {
	struct resource_table head;
	uint32_t offset[3 + VDEVS];
	struct resource_carveout carveout;
	struct resource_carveout devmem;
	struct resource_trace trace;
	struct classic_vdev vdev[VDEVS];
} __attribute__((packed, aligned(4)));

#define OFFSET(member) offsetof(struct table, member)

__attribute__((section(".resource_table"), used)) static volatile struct table table = {
	.head = { .ver = RESOURCE_TABLE_VERSION, .num = 3 + VDEVS },
	.offset = { OFFSET(carveout), OFFSET(devmem), OFFSET(trace), OFFSET(vdev[0]),
		    OFFSET(vdev[1]) },
	.carveout = CLASSIC_CARVEOUT,
	.devmem = { .type = RESOURCE_DEVMEM,
		    .da = PEER_DEVICE_BASE,
		    .pa = PEER_DEVICE_BASE,
		    .len = DEVMEM_SIZE,
		    .name = "classic-devices" },
	.trace = CLASSIC_TRACE,
	.vdev = { CLASSIC_VDEV, CLASSIC_VDEV },
};

static void start(void)
{
}

static void ring(unsigned n)
{
	const struct link_doorbell bell = { DOORBELL_SPI, { KICK_SPI + n } };

	doorbell_ring(&bell);
}

static bool rung(void)
{
	const bool bells = doorbell_rung();

	doorbell_clear();
	return bells;
}

static void wait(void)
{
	doorbell_wait(DOORBELL_NO_DEADLINE);
}

const struct classic classic = {
	.channel = "rpmsg-raw",
	.vdevs = VDEVS,
	.vdev = table.vdev,
	.carveout = &table.carveout,
	.start = start,
	.ring = ring,
	.rung = rung,
	.wait = wait,
	.crash = stop,
};
