/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address ranges and overflow-checked sums. Every number that came from outside goes through
 * these before it is used.
 */
#ifndef BASE_RANGE_H
#define BASE_RANGE_H

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t phys_addr_t; /* 64 bits on every target: images for 64-bit parts are planned too */

struct range {
	phys_addr_t base;
	uint64_t size; /* bytes; base + size never wraps in a range made by range_make() */
};

/* @sum = @a + @b, @product = @a * @b; false, and nothing written, if that does not fit. */
bool add_checked(uint64_t a, uint64_t b, uint64_t *sum);
bool mul_checked(uint64_t a, uint64_t b, uint64_t *product);

/* @up = @value rounded up to a multiple of the power of two @align; false if that does not fit. */
bool align_up_checked(uint64_t value, uint64_t align, uint64_t *up);

/* false if @base + @size passes 2^64; a range may end exactly there. */
bool range_make(struct range *r, phys_addr_t base, uint64_t size);

/* Exclusive end; 0 stands for 2^64. Only for printing: compare with the functions below. */
phys_addr_t range_end(struct range r);

/*
 * Add @r to @list, of which no two touch: with those that it touches or overlaps it becomes one.
 * false, and nothing is added, if there would be more than @max. None of them ends at 2^64.
 */
bool range_list_add(struct range *list, unsigned *count, unsigned max, struct range r);

/*
 * Is all of @inner in @outer? An empty range is contained if its base is in @outer or at its end.
 */
bool range_contains(const struct range *outer, const struct range *inner);

/* The same for any of @count ranges @outer. */
bool range_in_any(const struct range *outer, unsigned count, const struct range *inner);

/* Do both share a byte? Empty ranges share none. */
bool range_overlaps(const struct range *a, const struct range *b);

#endif
