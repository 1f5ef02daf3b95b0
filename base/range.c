/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/range.h"

bool add_checked(uint64_t a, uint64_t b, uint64_t *sum)
{
	return !__builtin_add_overflow(a, b, sum);
}

bool mul_checked(uint64_t a, uint64_t b, uint64_t *product)
{
	return !__builtin_mul_overflow(a, b, product);
}

bool align_up_checked(uint64_t value, uint64_t align, uint64_t *up)
{
	uint64_t sum;

	if (!add_checked(value, align - 1, &sum))
		return false;
	*up = sum & ~(align - 1);
	return true;
}

bool range_make(struct range *r, phys_addr_t base, uint64_t size)
{
	if (size && base > UINT64_MAX - (size - 1))
		return false;
	r->base = base;
	r->size = size;
	return true;
}

phys_addr_t range_end(struct range r)
{
	return r.base + r.size;
}

bool range_contains(const struct range *outer, const struct range *inner)
{
	uint64_t offset = inner->base - outer->base;

	return inner->base >= outer->base && offset <= outer->size &&
	       inner->size <= outer->size - offset;
}

bool range_in_any(const struct range *outer, unsigned count, const struct range *inner)
{
	for (unsigned i = 0; i < count; i++)
		if (range_contains(&outer[i], inner))
			return true;
	return false;
}

/* The differences wrap for the lower of the two. */
static bool touches(const struct range *a, const struct range *b)
{
	return a->base - b->base <= b->size || b->base - a->base <= a->size;
}

static void join(struct range *r, const struct range *other)
{
	phys_addr_t end = range_end(*r);

	if (range_end(*other) > end)
		end = range_end(*other);
	if (other->base < r->base)
		r->base = other->base;
	r->size = end - r->base;
}

bool range_list_add(struct range *list, unsigned *count, unsigned max, struct range r)
{
	for (unsigned i = 0; i < *count;) {
		if (!touches(&list[i], &r)) {
			i++;
			continue;
		}
		join(&r, &list[i]);
		list[i] = list[--*count];
	}
	if (*count == max)
		return false;
	list[(*count)++] = r;
	return true;
}

bool range_overlaps(const struct range *a, const struct range *b)
{
	if (!a->size || !b->size)
		return false;
	return a->base <= b->base ? b->base - a->base < a->size : a->base - b->base < b->size;
}
