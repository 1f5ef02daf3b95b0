/* SPDX-License-Identifier: BSD-2-Clause */
/* What Linux's tree says of the monitor: how cores start, and whom Linux may stop and start. */
#include "test/unit/features.h"
#include "test/unit/make_tree.h"

#include "base/error.h"
#include "boot/feature/monitor.h"
#include "fdt/linux_tree.h"

static const struct monitor_feature monitor;
static const struct linux_firmware firmware = {
	.node = "psci",
	.compatible = "arm,psci-1.0",
	.compatible_size = sizeof("arm,psci-1.0"),
	.method = "smc",
	.enable_method = "psci",
};
static const char *const two[LINUX_CONTROLS] = { [2] = "c", [7] = "linux-2" };
static const char *const other[LINUX_CONTROLS] = { [3] = "c", [7] = "linux-2" };
static const char *const nobody[LINUX_CONTROLS];
static const struct linux_tree all = { .cores = TREE_CORES(3),
				       .firmware = &firmware,
				       .control = two };
static const struct linux_tree none = { .cores = TREE_CORES(3), .control = nobody };

#define TREE FIXTURES "/virt.dtb" /* which says that cores start by HVC */

static void test_contexts(void **state)
{
	void *fdt = make_from(TREE, &all);

	(void)state;
	TREE_EXPECT_STRING(fdt, "/peerboot-monitor", "compatible", "peerboot,monitor");
	TREE_EXPECT_CELLS(fdt, "/peerboot-monitor", "#address-cells", 1);
	TREE_EXPECT_CELLS(fdt, "/peerboot-monitor", "#size-cells", 0);
	TREE_EXPECT_CELLS(fdt, "/peerboot-monitor/c@2", "reg", 2);
	TREE_EXPECT_CELLS(fdt, "/peerboot-monitor/linux-2@7", "reg", 7);
	assert_int_equal(count_nodes(fdt, "/peerboot-monitor"), 2);
	free(fdt);
}

static void test_no_contexts(void **state)
{
	void *fdt = make_from(TREE, &none);

	(void)state;
	tree_expect_absent(fdt, "/peerboot-monitor");
	free(fdt);
}

/* Its own watchdog is a call that Linux makes, too. */
static void test_watchdog(void **state)
{
	struct linux_tree t = none;
	void *fdt;

	(void)state;
	t.watchdog_ms = 5000;
	fdt = make_from(TREE, &t);
	TREE_EXPECT_CELLS(fdt, "/peerboot-monitor", "watchdog-ms", 5000);
	assert_int_equal(count_nodes(fdt, "/peerboot-monitor"), 0);
	free(fdt);
	fdt = make_from(TREE, &all);
	tree_expect_no_property(fdt, "/peerboot-monitor", "watchdog-ms");
	free(fdt);
}

static void test_cores(void **state)
{
	void *fdt = make_from(TREE, &all);

	(void)state;
	TREE_EXPECT_STRING(fdt, "/psci", "compatible", "arm,psci-1.0");
	TREE_EXPECT_STRING(fdt, "/psci", "method", "smc");
	tree_expect_no_property(fdt, "/psci", "cpu_on");
	TREE_EXPECT_STRING(fdt, "/cpus/cpu@0", "enable-method", "psci");
	TREE_EXPECT_STRING(fdt, "/cpus/cpu@1", "enable-method", "psci");
	free(fdt);
}

/* Another manifest, from what an earlier boot left: only what holds now. */
static void test_an_earlier_boots(void **state)
{
	void *old = make_from(TREE, &all), *new;
	const struct bytes from = { old, fdt_totalsize(old) };
	struct linux_tree t = all;

	(void)state;
	t.control = other;
	assert_int_equal(make(from, &t, &new), 0);
	TREE_EXPECT_CELLS(new, "/peerboot-monitor/c@3", "reg", 3);
	assert_int_equal(count_nodes(new, "/peerboot-monitor"), 2);
	assert_int_equal(count_nodes(new, "/"), count_nodes(old, "/"));
	free(new);
	assert_int_equal(make(from, &none, &new), 0);
	tree_expect_absent(new, "/peerboot-monitor");
	free(new);
	free(old);
}

static void test_verify_finds(void **state)
{
	static const char *const paths[] = { "/peerboot-monitor", "/peerboot-monitor/c@2",
					     "/psci" };

	(void)state;
	for (unsigned i = 0; i < COUNT(paths); i++) {
		void *fdt = make_from(TREE, &all);
		struct error e = { 0 };

		assert_int_equal(fdt_nop_node(fdt, tree_node(fdt, paths[i])), 0);
		linux_tree_verify((struct bytes){ fdt, fdt_totalsize(fdt) }, &all, &e);
		assert_int_equal(e.code, E_FDT_CHECK);
		free(fdt);
	}
}

/* A loader without it brings nothing of it. */
static void test_without_the_feature(void **state)
{
	void *fdt;

	(void)state;
	test_features.monitor = NULL;
	fdt = make_from(TREE, &all);
	test_features.monitor = &monitor;
	tree_expect_absent(fdt, "/peerboot-monitor");
	TREE_EXPECT_STRING(fdt, "/psci", "method", "hvc");
	free(fdt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contexts),
		cmocka_unit_test(test_no_contexts),
		cmocka_unit_test(test_cores),
		cmocka_unit_test(test_watchdog),
		cmocka_unit_test(test_an_earlier_boots),
		cmocka_unit_test(test_verify_finds),
		cmocka_unit_test(test_without_the_feature),
	};

	test_features.monitor = &monitor;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
