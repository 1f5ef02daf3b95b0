/* SPDX-License-Identifier: BSD-2-Clause */
/* The checks of boot/plan/closer.h: each in a file of its name, in the order of checks.c. */
#ifndef TOOLS_PEERBOOT_CLOSER_CLOSER_H
#define TOOLS_PEERBOOT_CLOSER_CLOSER_H

#include "boot/plan/parts.h"
#include "boot/plan/plan.h"

struct closer {
	struct plan *plan;
	const void *tree; /* what Linux will get */
	struct error *e;
};

/* Does an image run on the cores that it is for? E_CORE_WIDTH, E_IMAGE_FORMAT. */
int closer_program(struct closer *c, struct plan_context *context);

/* Does the firmware write its log to a place of its own? E_OVERLAP. */
int closer_traces(struct closer *c, struct plan_context *context);

/* The others are asked where Linux is started. */

/* Does Linux find a root in its ramdisk, and where that lies? E_IMAGE_FORMAT, E_OVERLAP. */
int closer_ramdisk(struct closer *c);

/* Are areas that its command line names nobody else's? E_MANIFEST_BROKEN, E_FDT_BROKEN. */
int closer_areas(struct closer *c);

/* Is its console a device of a context? E_MANIFEST_BROKEN. */
int closer_console(struct closer *c);

/* Has it a driver for memory that is somebody else's? E_OVERLAP. */
int closer_memory(struct closer *c);

/* Does the plan leave room for regions that Linux is to find a place for? E_OVERLAP. */
int closer_room(struct closer *c);

/* Can it start its other cores? E_FDT_BROKEN. */
int closer_cores(struct closer *c);

/* Does it get over its first page tables? Never an error, but a note for people. */
int closer_sections(struct closer *c);

/* --- words.c: Linux's command line ------------------------------------------------------------ */

/* It ends with a NUL; none: it is empty. */
struct bytes closer_bootargs(const struct closer *c);
/* Set an error of @c about it: who says it is the manifest or the tree. */
int closer_refuse_words(struct closer *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

bool word_begins(struct bytes word, const char *with);
/* Step over @size bytes, over a name and what ends it, or over one character if it is the next. */
struct bytes word_behind(struct bytes word, size_t size);
bool word_take_name(struct bytes *word, char end);
bool word_take(struct bytes *word, char character);
/* A number and its unit, as Linux's memparse() (lib/cmdline.c). */
uint64_t word_take_size(struct bytes *word);

#endif
