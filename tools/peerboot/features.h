/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Features on the host that the loader of a board has or has not: arm64_parser(),
 * decompression_find(), explains(), overlays_merger(), sha1_find() and uimage_parser() as that
 * would do it.
 */
#ifndef TOOLS_PEERBOOT_FEATURES_H
#define TOOLS_PEERBOOT_FEATURES_H

#include <stdbool.h>

/*
 * A loader without the feature of this name; exits if there is none. All are there if nobody says
 * so.
 */
void feature_leave_out(const char *name);
bool feature_is_there(const char *name);

/* Errors in the loader's words: what no board's loader says is left out (advises()). */
void features_say_no_more(void);

/* Of all that matter here, index 0 up to a NULL. */
const char *feature_name(unsigned index);

#endif
