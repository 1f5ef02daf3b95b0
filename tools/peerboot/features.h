/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of features on the host (base/features.h), of which those can be left out that the
 * loader of a board lacks. That signs or not is said by its keys.
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
