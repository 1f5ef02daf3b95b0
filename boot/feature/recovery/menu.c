/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/board.h"
#include "boot/console.h"
#include "boot/feature/recovery/menu.h"
#include "boot/feature/recovery/receive.h"
#include "boot/feature/recovery/serial.h"
#include "boot/feature/slots.h"
#include "boot/in_ram.h"
#include "boot/stage/stage.h"

#define ANSWER_WAIT 30000 /* ms */

static struct range image; /* the one that was received last; size 0: none */

static void do_receive(struct boot *boot, struct error *e)
{
	(void)boot;
	console_line("recovery: start the sender; ^X twice ends this");
	receive(board.slot[BOARD_RECEIVED], &image, e);
}

static bool has_image(struct error *e)
{
	if (!image.size)
		error_set(e, E_NO_IMAGE, "no boot image was received");
	return image.size;
}

static void do_boot(struct boot *boot, struct error *e)
{
	if (has_image(e))
		in_ram_boot(boot, image, e);
}

/* False if the answer is neither. */
static bool ask_slot(unsigned *slot)
{
	int key;

	console_printf("peerboot: recovery: to which slot, a or b? ");
	key = serial_get(ANSWER_WAIT);
	console_printf("\r\n");
	*slot = (unsigned)(key - 'a');
	return *slot <= BOARD_SLOT_B;
}

static void do_write(struct boot *boot, struct error *e)
{
	unsigned slot;

	if (!has_image(e) || !ask_slot(&slot) || in_ram_check(boot, image, e))
		return;
	/* What lies behind the FIT has been checked by nobody. */
	image.size = boot->in.fit.size;
	error_about(e, NULL, NULL);
	if (slots_write(slot, image, e))
		return;
	serial_drain(); /* no key of now is to be seen at the next start */
	board_reset();
}

static void do_restart(struct boot *boot, struct error *e)
{
	(void)boot, (void)e;
	board_reset();
}

static const struct command {
	char key[2];
	const char *what;
	void (*run)(struct boot *boot, struct error *e);
} commands[] = {
	{ "r", "receive a boot image by YMODEM", do_receive },
	{ "b", "boot it once, from memory", do_boot },
	{ "w", "write it to a slot, and boot that", do_write },
	{ "x", "start anew from flash", do_restart },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void show(void)
{
	for (size_t i = 0; i < COMMANDS; i++)
		console_line("recovery: %s  %s", commands[i].key, commands[i].what);
}

static const struct command *find(int key)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (key == commands[i].key[0])
			return &commands[i];
	return NULL;
}

static const struct command *ask(void)
{
	const struct command *command;
	uint64_t end = serial_time_in(MENU_WAIT); /* noise does not put it off */
	int key;

	console_printf("peerboot: recovery> ");
	do {
		key = serial_get_by(end);
		if (key < 0)
			board_reset();
		command = find(key);
	} while (!command);
	console_printf("%s\r\n", command->key);
	return command;
}

void menu(struct boot *boot, struct error *e)
{
	for (;;) {
		*e = (struct error){ .stage = STAGE_FIND };
		show();
		ask()->run(boot, e);
		if (boot->started)
			return;
		if (e->code)
			boot_report(e);
	}
}
