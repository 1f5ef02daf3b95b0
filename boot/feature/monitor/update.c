/* SPDX-License-Identifier: BSD-2-Clause */
/* Boot images that others leave for a slot, where the state is the monitor's. */
#include "arch/arch.h"
#include "boot/board.h"
#include "boot/feature/monitor/update.h"
#include "boot/in_ram.h"
#include "boot/record.h"
#include "driver/bus.h"

void monitor_record_slots(uint32_t sector)
{
	const struct range place = board_update_place();

	record(STAGE_FIND, 0, 0, 0, "slot state by the monitor");
	record(STAGE_FIND, 0, place.base, (size_t)place.size, "place for updates");
	record(STAGE_FIND, 0, 0, sector, "sector of that place");
}

/* Others have it in their hands, but nobody the copy that is checked and written. */
static struct range copy(void)
{
	const struct range from = board_update_place();
	const struct range to = { board.slot[BOARD_RECEIVED].base, from.size };
	volatile uint32_t *word = arch_pointer(from.base);
	uint32_t *copied = arch_pointer(to.base);

	for (size_t i = 0; i < to.size / sizeof(*copied); i++)
		copied[i] = bus_read(word + i);
	return to;
}

int monitor_check_update(struct boot *boot, struct range *image, struct error *e)
{
	const uint32_t before = record_count();

	*image = copy();
	in_ram_check(boot, *image, e);
	image->size = boot->in.fit.size; /* of which all was checked */
	record_drop_behind(before);	 /* it is not what boots */
	if (!e->code)
		error_about(e, NULL, NULL);
	return e->code;
}
