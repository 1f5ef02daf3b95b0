/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A plugin of QEMU's that counts instructions of each core: its interface, version 1, as
 * docs/devel/tcg-plugins.rst and include/qemu/qemu-plugin.h of QEMU 7.2 have it; Debian has no
 * package with that header.
 *
 *	-plugin per_core.so,out=FILE,mark=ADDRESS…,apart=FROM:TO…
 *
 * Each time that a core comes to a mark, which has to begin what QEMU translates as one (a function
 * does), a line goes to the file: the address and the core; the instructions of each core by then;
 * and of these, of each core, those between the addresses `apart`.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
#define CORES  8
#define MARKS  8
#define RANGES 64

typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
enum qemu_plugin_cb_flags {
	QEMU_PLUGIN_CB_NO_REGS
};

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
					   void (*cb)(qemu_plugin_id_t id,
						      struct qemu_plugin_tb *tb));
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb,
					  void (*cb)(unsigned int vcpu_index, void *userdata),
					  enum qemu_plugin_cb_flags flags, void *userdata);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

static FILE *out;
static uint64_t mark[MARKS], done[CORES], done_apart[CORES];
static unsigned marks, ranges;
static struct range {
	uint64_t from, to;
} apart[RANGES];

static bool is_marked(uint64_t address)
{
	for (unsigned i = 0; i < marks; i++)
		if (mark[i] == address)
			return true;
	return false;
}

static bool is_within(const struct range *r, uint64_t address)
{
	return address >= r->from && address < r->to;
}

static bool is_apart(uint64_t address)
{
	for (unsigned i = 0; i < ranges; i++)
		if (is_within(&apart[i], address))
			return true;
	return false;
}

static void count(unsigned core, void *instructions)
{
	if (core < CORES)
		done[core] += (uintptr_t)instructions;
}

static void count_apart(unsigned core, void *instructions)
{
	if (core < CORES)
		done_apart[core] += (uintptr_t)instructions;
}

static void show(unsigned core, void *address)
{
	fprintf(out, "%" PRIxPTR " %u", (uintptr_t)address, core);
	for (unsigned i = 0; i < CORES; i++)
		fprintf(out, " %" PRIu64, done[i]);
	for (unsigned i = 0; i < CORES; i++)
		fprintf(out, " %" PRIu64, done_apart[i]);
	fputc('\n', out);
	fflush(out);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	const uint64_t address = qemu_plugin_tb_vaddr(tb);
	const size_t size = qemu_plugin_tb_n_insns(tb);

	(void)id;
	if (is_marked(address))
		qemu_plugin_register_vcpu_tb_exec_cb(tb, show, QEMU_PLUGIN_CB_NO_REGS,
						     (void *)(uintptr_t)address);
	qemu_plugin_register_vcpu_tb_exec_cb(tb, count, QEMU_PLUGIN_CB_NO_REGS,
					     (void *)(uintptr_t)size);
	if (is_apart(address))
		qemu_plugin_register_vcpu_tb_exec_cb(tb, count_apart, QEMU_PLUGIN_CB_NO_REGS,
						     (void *)(uintptr_t)size);
}

static struct range range_of(const char *text)
{
	char *colon;
	struct range r;

	r.from = strtoull(text, &colon, 0);
	r.to = *colon ? strtoull(colon + 1, NULL, 0) : 0;
	return r;
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++)
		if (!strncmp(argv[i], "out=", 4))
			out = fopen(argv[i] + 4, "w");
		else if (!strncmp(argv[i], "mark=", 5) && marks < MARKS)
			mark[marks++] = strtoull(argv[i] + 5, NULL, 0);
		else if (!strncmp(argv[i], "apart=", 6) && ranges < RANGES)
			apart[ranges++] = range_of(argv[i] + 6);
		else
			return -1;
	if (!out)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	return 0;
}
