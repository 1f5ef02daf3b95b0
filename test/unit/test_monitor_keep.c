/* SPDX-License-Identifier: BSD-2-Clause */
/* What has to be copied to make contexts anew: not what stays in flash that nobody else reaches. */
#include "test/unit/plan_scene.h"

#include "boot/feature/monitor/plan.h"
#include "boot/keep.h"

static const struct range nowhere;

static int check(struct scene *s, size_t room, const struct range *flash)
{
	struct error e = { 0 };
	const struct board_secure secure = { .pristine = { 0x1000, room } };

	s->board.secure = &secure;
	s->board.flash = *flash;
	return monitor_check_room(s->plan, &e);
}

/* Its tables and Linux's tree are copied in any case. */
static void what_lies_in_flash_stays(void **state)
{
	struct scene *s = scene_new();
	struct range fit;
	size_t made;

	(void)state;
	scene_good(s);
	fit = (struct range){ (uintptr_t)s->fit.data, s->fit.size };
	made = (size_t)s->plan->fdt.size + 8;
	for (unsigned i = 0; i < s->plan->contexts; i++)
		made += s->plan->context[i].table.size + 8;
	assert_int_equal(check(s, made, &fit), 0);
	assert_int_equal(check(s, s->plan->fdt.size, &fit), E_STAGING_FULL);
	assert_int_equal(check(s, made, &nowhere), E_STAGING_FULL);
	assert_int_equal(check(s, made + s->fit.size, &nowhere), 0);
	scene_free(s);
}

/* The boot image's hash is of what lies there: of what was unpacked the copy's own is taken. */
static void hash_is_of_what_is_kept(void **state)
{
	static const char *const compressions[] = { "none", "gzip" };
	static uint8_t room[MIB] __attribute__((aligned(8)));
	static struct kept kept;
	struct scene *s = scene_new();
	const struct range copies = { (uintptr_t)room, sizeof(room) };
	const struct keep what = { .contexts = 1u << 1, .room = &copies };
	const struct hash_algorithm *sha256 = hash_find("sha256");
	struct fit_image *fit;

	(void)state;
	scene_good(s);
	fit = &s->plan->context[1].image[PLAN_MAIN].fit;
	fit->hashes = 1;
	fit->hash[0].algorithm = sha256;
	memset(fit->hash[0].value, 0xa5, sizeof(fit->hash[0].value));
	for (unsigned i = 0; i < COUNT(compressions); i++) {
		const struct kept_image *image = &kept.context[1].image[0];
		struct hash_state h = { .algorithm = sha256 };
		uint8_t value[HASH_SIZE];

		fit->compression = compressions[i];
		keep_make(s->plan, &what, true, &kept);
		assert_in_range((uintptr_t)image->data, copies.base, range_end(copies) - 1);
		sha256->start(&h);
		sha256->add(&h, image->data, image->size);
		sha256->finish(&h, value);
		assert_memory_equal(image->hash, i ? value : fit->hash[0].value,
				    sizeof(image->hash));
	}
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_in_flash_stays),
		cmocka_unit_test(hash_is_of_what_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
