/* SPDX-License-Identifier: BSD-2-Clause */
/* Whose devices are in the end, when a context fails. What is said: test_host_devices.py. */
#include "test/unit/plan_scene.h"

static const char devices_of_c[] = "/serial\0/keys\0/leds";

/* In the scene's tree: /gpio@9030000 is b's, and /keys and /leds need it. */
static struct bytes tree_of_keys(struct scene *s)
{
	struct bytes plain = make_board_tree(s->cores, s->ram);
	const fdt32_t gpios[] = { cpu_to_fdt32(2), cpu_to_fdt32(3), 0 };
	void *fdt = malloc(8192);
	int node;

	assert_non_null(fdt);
	assert_int_equal(fdt_open_into(plain.data, fdt, 8192), 0);
	bytes_free(plain);
	node = fdt_path_offset(fdt, "/gpio@9030000");
	assert_int_equal(fdt_setprop_u32(fdt, node, "phandle", 2), 0);
	assert_int_equal(fdt_setprop_u32(fdt, node, "#gpio-cells", 2), 0);
	for (unsigned i = 0; i < 3; i++) {
		static const char *const names[] = { "serial", "leds", "keys" };

		node = fdt_add_subnode(fdt, 0, names[i]);
		assert_true(node > 0);
		if (i)
			assert_int_equal(fdt_setprop(fdt, node, "gpios", gpios, sizeof(gpios)), 0);
	}
	return (struct bytes){ fdt, fdt_totalsize(fdt) };
}

static bool is_disabled(const struct plan *plan, const char *path)
{
	unsigned found = 0;

	for (unsigned i = 0; i < plan->tree.disables; i++)
		found += !strcmp(plan->tree.disable[i], path);
	assert_true(found < 2);
	return found;
}

static void linux_lacks_what_it_needs(void **state)
{
	struct scene *s = scene_new();
	struct error why = { 0 }, e = { 0 };

	(void)state;
	s->context[C].optional = true;
	s->context[C].device = devices_of_c;
	s->context[C].device_size = sizeof(devices_of_c);
	s->tree_data = tree_of_keys(s);
	scene_good(s);
	assert_int_equal(s->plan->tree.disables, 4);
	error_set(&why, E_HASH_WRONG, "c is broken");
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[C], &why, &e), 0);
	assert_true(is_disabled(s->plan, "/gpio@9030000"));
	assert_true(is_disabled(s->plan, "/keys") && is_disabled(s->plan, "/leds"));
	assert_false(is_disabled(s->plan, "/serial"));
	scene_free(s);
}

/* Who has it gives it back, and then all of it works again. */
static void linux_has_what_it_needs(void **state)
{
	struct scene *s = scene_new();
	struct error why = { 0 }, e = { 0 };

	(void)state;
	s->context[B].optional = s->context[C].optional = true;
	s->context[C].device = devices_of_c;
	s->context[C].device_size = sizeof(devices_of_c);
	s->tree_data = tree_of_keys(s);
	scene_good(s);
	error_set(&why, E_HASH_WRONG, "broken");
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[C], &why, &e), 0);
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[B], &why, &e), 0);
	assert_int_equal(s->plan->tree.disables, 0);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(linux_lacks_what_it_needs),
		cmocka_unit_test(linux_has_what_it_needs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
