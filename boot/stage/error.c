/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/console.h"
#include "boot/stage/stage.h"

void stage_print_error(enum stage stage, const char *who, const char *colon, const struct error *e)
{
	console_line("%s%s %s (%d) in %s: %s", who, colon, error_name(e->code), e->code,
		     stage_name(stage), e->text);
}
