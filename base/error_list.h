/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Codes with their names, one string behind the other: in flash, a pointer to each would cost as
 * much again.
 */
#ifndef BASE_ERROR_LIST_H
#define BASE_ERROR_LIST_H

#include <stddef.h>

struct error_list {
	const signed char *numbers;
	size_t count;
	const char *names;
};

#define ERROR_NUMBER(number, name, text) number,
#define ERROR_NAME(number, name, text)	 #name "\0"

/* A list of codes as error.h has it, as the value of a struct error_list. */
#define ERROR_LIST(CODES)                                                      \
	{                                                                      \
		.numbers = (const signed char[]){ CODES(ERROR_NUMBER) },       \
		.count = sizeof((const signed char[]){ CODES(ERROR_NUMBER) }), \
		.names = CODES(ERROR_NAME),                                    \
	}

/* Those of features, for a program that has one with errors of its own (base/features.h). */
extern const struct error_list error_features;

#endif
