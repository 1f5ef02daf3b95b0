/* SPDX-License-Identifier: BSD-2-Clause */
/* What has to be copied to make contexts anew: not what stays in flash that nobody else reaches. */
#include "test/unit/plan_scene.h"

#include "boot/feature/monitor/plan.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_in_flash_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
