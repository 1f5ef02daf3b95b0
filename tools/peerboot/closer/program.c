/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that some core runs, but none of those that they are for. */
#include <elf.h>
#include <string.h>

#include "tools/peerboot/closer/closer.h"

static bool is_code(const struct image *image, uint32_t address)
{
	for (unsigned i = 0; i < image->segments; i++)
		if (image->segment[i].executable &&
		    address - image->segment[i].vaddr < image->segment[i].from.size)
			return true;
	return false;
}

/* Its stack, then vectors, which are odd and each lead into code of it. */
static bool has_vectors_to_code(const struct image *image, const uint32_t *word)
{
	unsigned k = 1;

	while (k < 4 && word[k] & 1 && is_code(image, word[k] - 1))
		k++;
	return k == 4;
}

/*
 * Linked for another place, a TCM say: vectors that are near each other, those that the
 * architecture reserves (Armv7-M, B1.5.2) 0. No code of an A core is so: what begins with "always"
 * is above 0xe0000000, where M-profile has no code.
 */
static bool has_vectors_elsewhere(const struct bytes *code, const uint32_t *word)
{
	static const unsigned vectors[] = { 1, 2, 3, 11, 14, 15 };
	uint32_t low = UINT32_MAX, high = 0;

	for (unsigned i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		const uint32_t vector = word[vectors[i]];

		if (!(vector & 1) || vector >= 0xe0000000u)
			return false;
		if (vector < low)
			low = vector;
		if (vector > high)
			high = vector;
	}
	return high - low < code->size && !word[8] && !word[9] && !word[10];
}

static bool begins_with_vectors(const struct image *image)
{
	for (unsigned i = 0; i < image->segments; i++) {
		const struct bytes *from = &image->segment[i].from;
		uint32_t word[16] = { 0 };

		if (bytes_read(from, 0, word, 16) && word[0] && !(word[0] % 4) &&
		    (has_vectors_to_code(image, word) || (bytes_read(from, 0, word, sizeof(word)) &&
							  has_vectors_elsewhere(from, word))))
			return true;
	}
	return false;
}

/* --- build attributes: Addenda to the ABI for the Arm Architecture, 3.2 --------------------- */

#define SHT_ATTRIBUTES	  0x70000003u
#define TAG_FILE	  1u
#define TAG_COMPATIBILITY 32u
#define TAG_ARCH_PROFILE  7u
#define ATTRIBUTES_MOST	  0x10000u /* bytes; they are some dozen */

static uint32_t take_number(struct bytes *b)
{
	uint32_t value = 0;

	for (unsigned shift = 0; b->size; shift += 7) {
		const uint8_t byte = *b->data;

		*b = (struct bytes){ b->data + 1, b->size - 1 };
		if (shift < 32)
			value |= (uint32_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			break;
	}
	return value;
}

static void skip_text(struct bytes *b)
{
	const uint8_t *end = b->size ? memchr(b->data, 0, b->size) : NULL;
	const size_t size = end ? (size_t)(end - b->data) + 1 : b->size;

	*b = (struct bytes){ b->data + size, b->size - size };
}

/* In one list of attributes; 0: none. Tags 4, 5 and odd ones above 32 have texts. */
static char find_profile(struct bytes b)
{
	while (b.size) {
		const uint32_t tag = take_number(&b);

		if (tag == TAG_ARCH_PROFILE)
			return (char)take_number(&b);
		if (tag == TAG_COMPATIBILITY)
			take_number(&b);
		if (tag == 4 || tag == 5 || (tag >= TAG_COMPATIBILITY && tag & 1) ||
		    tag == TAG_COMPATIBILITY)
			skip_text(&b);
		else
			take_number(&b);
	}
	return 0;
}

/* Take the next part of @all, whose length is at @at of it. */
static bool take_part(struct bytes *all, size_t at, struct bytes *part)
{
	uint32_t size;

	if (!bytes_read_le32(all, at, &size) || size < at + 4 || size > all->size)
		return false;
	*part = (struct bytes){ all->data + at + 4, size - at - 4 };
	*all = (struct bytes){ all->data + size, all->size - size };
	return true;
}

static char profile_of_section(struct bytes b)
{
	struct bytes vendor, part;

	if (!b.size || *b.data != 'A')
		return 0;
	b = (struct bytes){ b.data + 1, b.size - 1 };
	while (take_part(&b, 0, &vendor)) {
		const bool is_public = vendor.size >= 6 && !memcmp(vendor.data, "aeabi", 6);

		skip_text(&vendor);
		while (is_public && vendor.size) {
			const bool is_file = *vendor.data == TAG_FILE;

			if (!take_part(&vendor, 1, &part))
				break;
			if (is_file && find_profile(part))
				return find_profile(part);
		}
	}
	return 0;
}

/* 'A', 'R', 'M' of an ELF32; 0: it does not say. */
static char profile_of(struct bytes elf)
{
	static uint8_t copy[ATTRIBUTES_MOST];
	Elf32_Ehdr h;
	Elf32_Shdr s;

	if (!bytes_read(&elf, 0, &h, sizeof(h)) || memcmp(h.e_ident, ELFMAG, SELFMAG) ||
	    h.e_ident[EI_CLASS] != ELFCLASS32)
		return 0;
	for (unsigned i = 0; i < h.e_shnum; i++)
		if (bytes_read(&elf, h.e_shoff + (uint64_t)i * h.e_shentsize, &s, sizeof(s)) &&
		    s.sh_type == SHT_ATTRIBUTES && s.sh_size <= sizeof(copy) &&
		    bytes_read(&elf, s.sh_offset, copy, s.sh_size))
			return profile_of_section((struct bytes){ copy, s.sh_size });
	return 0;
}

/* ---------------------------------------------------------------------------------------------- */

/* Only M-profile cores have but Thumb. What is wrong with it; NULL: nothing. */
static const char *wrong_profile(const struct board_cluster *cluster, const struct image *image)
{
	const char profile = profile_of(image->data);

	if (!(cluster->states & ENTRY_PLAIN))
		return profile == 'A' || profile == 'R' ?
			       "its attributes are not those of M-profile" :
			       NULL;
	if (begins_with_vectors(image))
		return "it begins with vectors of M-profile";
	return profile == 'M' ? "its attributes are those of M-profile" : NULL;
}

int closer_program(struct closer *c, struct plan_context *context)
{
	const struct image *image = &context->image[PLAN_MAIN].image;
	const char *wrong;

	if (!context->image[PLAN_MAIN].present)
		return 0;
	c->e->culprit = (int)context->index;
	error_about(c->e, "image ", image->name);
	if (!context->runs_linux && image->room.size)
		return error_set(
			c->e, E_IMAGE_FORMAT,
			"looks like a Linux zImage, which %s is not given a tree for (kernel)",
			context->manifest->name);
	wrong = wrong_profile(context->cluster, image);
	if (!wrong)
		return 0;
	error_about(c->e, "", context->manifest->name);
	return error_set(c->e, E_CORE_WIDTH, "%s %s is not for cores of %s: %s", image->format,
			 image->name, c->plan->in->board->name, wrong);
}
