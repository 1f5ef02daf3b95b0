/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The receiver on the board's console. Nothing can be printed meanwhile: the sender shows progress.
 */
#include "arch/arch.h"
#include "boot/console.h"
#include "boot/feature/recovery/receive.h"
#include "boot/feature/recovery/serial.h"
#include "boot/feature/recovery/ymodem.h"
#include "boot/record.h"

int receive(struct range room, struct range *image, struct error *e)
{
	static struct ymodem y;
	int result = YMODEM_MORE;

	ymodem_start(&y, arch_pointer(room.base), (size_t)room.size);
	serial_put(y.answer);
	while (result == YMODEM_MORE) {
		int byte = serial_get(y.wait);

		result = byte < 0 ? ymodem_timeout(&y, e) : ymodem_byte(&y, (uint8_t)byte, e);
		serial_put(y.answer);
	}
	serial_drain();
	console_printf("\r\n");
	*image = (struct range){ room.base, result ? 0 : y.got };
	record(STAGE_FIND, result, room.base, y.got, "received");
	console_line("recovery: %s: %u bytes, %u times asked again", y.file.name, (unsigned)y.got,
		     y.retries);
	return result;
}
