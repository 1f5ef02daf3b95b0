/* SPDX-License-Identifier: BSD-2-Clause */
/* peerboot plan: what would be where, and who would enter where. */
#include <stdio.h>

#include <libfdt.h>

#include "tools/peerboot/file.h"
#include "tools/peerboot/loader.h"
#include "tools/peerboot/machine.h"
#include "tools/peerboot/plan_view.h"

static void print_image(FILE *to, const char *context, const struct plan_image *image)
{
	fprintf(to, "%-8s image %s: %s, %zu bytes, hashed by", context, image->image.name,
		image->image.format, image->image.data.size);
	for (unsigned i = 0; i < image->fit.hashes; i++)
		fprintf(to, " %s", image->fit.hash[i].algorithm->name);
	fprintf(to, "%s\n", image->fit.hashes ? "" : " nothing");
}

static void print_end(FILE *to, const struct plan *plan, const struct manifest_link *m,
		      unsigned end)
{
	const struct link_doorbell *doorbell = &m->doorbell[end];

	fprintf(to, "%-8s %s is woken by ", m->name, plan->context[m->end[end]].manifest->name);
	if (doorbell->kind)
		fprintf(to, "%s %u\n", plan_doorbell_name(doorbell->kind),
			(unsigned)doorbell->cell[0]);
	else
		fprintf(to, "nothing\n");
}

/* All that there are, and which of them counts here. */
static void print_configurations(FILE *to, const struct fit *fit)
{
	const void *tree = fit->tree.data;
	int node;

	fdt_for_each_subnode(node, tree, fit->configurations) {
		const char *name;

		fputs("configuration ", to);
		file_put_text(to, fdt_get_name(tree, node, NULL));
		if (plan_configuration_is_default(fit, node))
			fputs(", default", to);
		for (int i = 0; (name = plan_configuration_board(fit, node, i)); i++) {
			fputs(i ? ", " : ", for ", to);
			file_put_text(to, name);
		}
		fputs(node == fit->configuration ? ": chosen\n" : "\n", to);
	}
}

/* What the board's table leaves out. */
static void print_more(FILE *to, const struct plan *plan)
{
	for (unsigned i = 0; i < plan->contexts; i++)
		for (unsigned k = 0; k < PLAN_IMAGES && !plan->context[i].failed; k++)
			if (plan->context[i].image[k].present)
				print_image(to, plan->context[i].manifest->name,
					    &plan->context[i].image[k]);
	for (unsigned i = 0; i < plan->links; i++) {
		if (plan->link[i].failed)
			continue;
		print_end(to, plan, plan->link[i].manifest, 0);
		print_end(to, plan, plan->link[i].manifest, 1);
	}
	if (plan->fdt.size)
		fprintf(to, "device tree for Linux: %llu bytes, from %s\n",
			(unsigned long long)plan->fdt.size,
			plan->context[plan->linux_context].manifest->fdt[0] ? "the boot image" :
									      "the board");
	fprintf(to, "boot image: %llu bytes of %llu in its slot\n",
		(unsigned long long)plan->in->fit.size,
		(unsigned long long)plan->in->fit.slot.size);
}

/* A plan that does not hold: the claims that there were, those that do not fit marked. */
static void print_claims(FILE *to, const struct plan *plan)
{
	unsigned order[CLAIMS_MAX];

	plan_sort_claims(plan, order);
	for (unsigned n = 0; n < plan->claims.count; n++) {
		const struct claim *c = &plan->claims.claim[order[n]];
		char text[CLAIM_TEXT];

		claim_text(c, text);
		fprintf(to, "%c ", plan_claim_is_bad(plan, order[n]) ? '!' : ' ');
		file_put_text(to, text);
		fputc('\n', to);
	}
}

/* The board's table has been printed if the plan holds; what is added to it, or stands for it. */
static void print_rest(FILE *to, const struct boot *boot, enum status status, const struct error *e)
{
	if (e->stage == STAGE_PLAN && e->code != E_CORE_WIDTH)
		print_claims(to, &boot->plan);
	if (boot->in.fit.configurations > 0) {
		fputc('\n', to);
		print_configurations(to, &boot->in.fit);
	}
	if (!status)
		print_more(to, &boot->plan);
}

static enum status plan(const struct options *o)
{
	static struct boot boot;
	static struct error e;
	FILE *to = file_create(o->output);
	const struct machine_console console = { .plan = o->json ? NULL : to };
	enum status status = machine_boot(o, &console, &boot, &e);

	if (status == STATUS_USAGE)
		return status;
	if (o->json)
		plan_write_json(to, o->file, &boot, &e);
	else
		print_rest(to, &boot, status, &e);
	if (!o->json && !status) {
		fputs("for ", to);
		loader_print(to, o);
		fputc('\n', to);
	}
	file_close(to, o->output);
	return status;
}

const struct command plan_command = {
	.name = "plan",
	.operand = "IMAGE",
	.letters = "bcfjkLmow",
	.summary = "Print what the board would put where, and which core would enter where",
	.run = plan,
};
