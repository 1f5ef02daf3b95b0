/* SPDX-License-Identifier: BSD-2-Clause */
/* Whom Linux may stop and start, by its tree, on a board with a monitor. */
#include "test/unit/plan_scene.h"

static const struct board_secure secure = { .ram = { 0x0e000000, 0x01000000 } };
static const char others[] = "b\0c";
static const char linux_alone[] = "linux";

static struct scene *scene_of_monitor(void)
{
	struct scene *s = scene_new();

	s->board.secure = &secure;
	s->context[LINUX].controls = others;
	s->context[LINUX].controls_size = sizeof(others);
	return s;
}

/* The tree, as the plan has made it to know its size. */
static bool has(struct scene *s, const char *path)
{
	size_t room;

	return fdt_path_offset(staging_next(&s->staging, &room), path) >= 0;
}

static void linux_controls_whom_the_manifest_names(void **state)
{
	struct scene *s = scene_of_monitor();

	(void)state;
	scene_good(s);
	assert_true(has(s, "/psci"));
	assert_true(has(s, "/peerboot-monitor/b@1"));
	assert_true(has(s, "/peerboot-monitor/c@2"));
	assert_false(has(s, "/peerboot-monitor/linux@0"));
	scene_free(s);
}

static void nobody_controls_what_has_failed(void **state)
{
	struct scene *s = scene_of_monitor();
	struct error why = { 0 }, e = { 0 };

	(void)state;
	s->context[C].optional = true;
	scene_good(s);
	error_set(&why, E_HASH_WRONG, "broken");
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[C], &why, &e), 0);
	assert_string_equal(s->plan->tree.control[B], "b");
	assert_null(s->plan->tree.control[C]);
	scene_free(s);
}

static void without_a_right_there_is_no_node(void **state)
{
	struct scene *s = scene_of_monitor();

	(void)state;
	s->context[LINUX].controls = NULL;
	s->context[B].controls = linux_alone;
	s->context[B].controls_size = sizeof(linux_alone);
	scene_good(s);
	assert_true(has(s, "/psci"));
	assert_false(has(s, "/peerboot-monitor"));
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(linux_controls_whom_the_manifest_names),
		cmocka_unit_test(nobody_controls_what_has_failed),
		cmocka_unit_test(without_a_right_there_is_no_node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
