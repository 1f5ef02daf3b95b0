/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan as JSON; tools/peerboot/plan.schema.json describes it. */
#include <libfdt.h>

#include "arch/arch.h"
#include "tools/peerboot/json.h"
#include "tools/peerboot/plan_view.h"

static void put_range(struct json *j, const char *key, struct range r)
{
	if (!r.size) {
		json_null(j, key);
		return;
	}
	json_object(j, key);
	json_number(j, "base", r.base);
	json_number(j, "size", r.size);
	json_end_object(j);
}

static void put_error(struct json *j, const char *key, const struct error *e, enum stage stage)
{
	if (!e->code) {
		json_null(j, key);
		return;
	}
	json_object(j, key);
	json_text(j, "name", error_name(e->code));
	json_signed(j, "number", e->code);
	json_text(j, "stage", stage_name(stage));
	json_text(j, "text", e->text);
	json_end_object(j);
}

static void put_conflicts(struct json *j, const struct claims *claims, unsigned n)
{
	json_list(j, "conflicts");
	for (unsigned i = 0; i < claims->count; i++)
		if (i != n && !claims_compatible(claims, i < n ? i : n, i < n ? n : i))
			json_number(j, NULL, i);
	json_end_list(j);
}

/* By the string itself: a context may have the name of a link. */
static const char *link_of(const struct plan *plan, const struct claim *c)
{
	for (unsigned i = 0; i < plan->links; i++)
		if (c->owner == plan->link[i].manifest->name)
			return c->owner;
	return NULL;
}

static void put_claim(struct json *j, const struct plan *plan, unsigned n)
{
	const struct claim *c = &plan->claims.claim[n];
	char name[64];

	claim_name(c, name, sizeof(name));
	json_object(j, NULL);
	json_text(j, "name", name);
	json_text(j, "owner", c->owner);
	json_number(j, "base", c->range.base);
	json_number(j, "size", c->range.size);
	json_bool(j, "loading", c->phases & CLAIM_LOADING);
	json_bool(j, "running", c->phases & CLAIM_RUNNING);
	json_text(j, "context", c->context < 0 ? NULL : plan->context[c->context].manifest->name);
	json_text(j, "link", link_of(plan, c));
	json_bool(j, "holds", c->holds);
	json_bool(j, "foreign", c->foreign);
	if (c->parent < 0)
		json_null(j, "parent");
	else
		json_signed(j, "parent", c->parent);
	put_conflicts(j, &plan->claims, n);
	json_end_object(j);
}

/* As it lies in flash: what has been unpacked from there is elsewhere by now. */
static void put_place(struct json *j, const struct plan *plan, const char *name)
{
	struct fit_image packed = { 0 };
	struct error e = { 0 };
	struct range at = { 0 };

	if (!fit_image(&packed, &plan->in->fit, name, true, &e))
		at = (struct range){ arch_address(packed.data.data), packed.data.size };
	put_range(j, "at", range_contains(&plan->in->board->flash, &at) ? at : (struct range){ 0 });
}

static void put_image(struct json *j, const struct plan *plan, const struct plan_image *image)
{
	json_object(j, NULL);
	json_text(j, "name", image->image.name);
	json_text(j, "format", image->image.format);
	json_number(j, "bytes", image->image.data.size);
	put_place(j, plan, image->fit.name);
	json_list(j, "hashes");
	for (unsigned i = 0; i < image->fit.hashes; i++)
		json_text(j, NULL, image->fit.hash[i].algorithm->name);
	json_end_list(j);
	json_list(j, "segments");
	for (unsigned i = 0; i < image->image.segments; i++)
		put_range(j, NULL, image->image.segment[i].to);
	json_end_list(j);
	json_end_object(j);
}

static void put_configurations(struct json *j, const struct fit *fit)
{
	const void *tree = fit->tree.data;
	const char *board;
	int node;

	json_list(j, "configurations");
	if (fit->configurations > 0) {
		fdt_for_each_subnode(node, tree, fit->configurations) {
			json_object(j, NULL);
			json_text(j, "name", fdt_get_name(tree, node, NULL));
			json_bool(j, "default", plan_configuration_is_default(fit, node));
			json_bool(j, "chosen", node == fit->configuration);
			json_list(j, "compatible");
			for (int i = 0; (board = plan_configuration_board(fit, node, i)); i++)
				json_text(j, NULL, board);
			json_end_list(j);
			json_end_object(j);
		}
	}
	json_end_list(j);
}

/* By their hardware ids; nothing if the plan has not come so far. */
static void put_cores(struct json *j, const struct plan *plan, const struct plan_context *context)
{
	json_text(j, "cluster", context->cluster ? context->cluster->name : NULL);
	json_list(j, "cores");
	for (unsigned i = 0; context->cores >> i; i++)
		if (context->cores >> i & 1)
			json_number(j, NULL, plan->in->board->core.id[i]);
	json_end_list(j);
	if (context->cores)
		json_number(j, "core", context->id);
	else
		json_null(j, "core");
}

/* Nothing: everything, where it is. */
static void put_views(struct json *j, const struct board_cluster *cluster)
{
	json_list(j, "sees");
	for (unsigned i = 0; cluster && i < cluster->views; i++) {
		const struct board_view *view = &cluster->view[i];

		json_object(j, NULL);
		json_number(j, "base", view->range.base);
		json_number(j, "size", view->range.size);
		json_number(j, "at", view->at);
		json_end_object(j);
	}
	json_end_list(j);
}

static void put_context(struct json *j, const struct plan *plan, const struct plan_context *context)
{
	const struct manifest_context *m = context->manifest;
	const struct image *image = &context->image[PLAN_MAIN].image;

	json_object(j, NULL);
	json_text(j, "name", m->name);
	json_bool(j, "linux", context->runs_linux);
	put_cores(j, plan, context);
	put_views(j, context->cluster);
	json_bool(j, "early", m->early);
	json_bool(j, "optional", m->optional);
	/* What the planner finds has no stage of its own. */
	put_error(j, "failed", &context->error,
		  context->error.stage ? context->error.stage : STAGE_PLAN);
	json_number(j, "entry", image->entry);
	json_bool(j, "thumb", image->thumb);
	json_number(j, "bits", image->bits);
	put_range(j, "table", context->table_home);
	json_list(j, "memory");
	for (unsigned i = 0; i < m->memories; i++)
		put_range(j, NULL, m->memory[i]);
	json_end_list(j);
	json_list(j, "images");
	for (unsigned i = 0; i < PLAN_IMAGES; i++)
		if (context->image[i].present && context->image[i].image.format)
			put_image(j, plan, &context->image[i]);
	json_end_list(j);
	json_end_object(j);
}

static void put_end(struct json *j, const struct plan *plan, const struct manifest_link *m,
		    unsigned end)
{
	json_object(j, NULL);
	json_text(j, "context", plan->context[m->end[end]].manifest->name);
	json_text(j, "role", plan_role_name(m->role[end]));
	json_object(j, "doorbell");
	json_text(j, "type", plan_doorbell_name(m->doorbell[end].kind));
	json_number(j, "number", m->doorbell[end].cell[0]);
	json_end_object(j);
	json_end_object(j);
}

static void put_link(struct json *j, const struct plan *plan, const struct plan_link *link)
{
	const struct manifest_link *m = link->manifest;

	json_object(j, NULL);
	json_text(j, "name", m->name);
	json_text(j, "method", plan_method_name(m->method));
	json_bool(j, "failed", link->failed);
	json_list(j, "ends");
	put_end(j, plan, m, 0);
	put_end(j, plan, m, 1);
	json_end_list(j);
	json_text(j, "table", plan->context[m->end[m->table_end]].manifest->name);
	put_range(j, "memory", m->memory);
	json_list(j, "vrings");
	for (unsigned i = 0; i < 2 && link->layout.vring[i].size; i++)
		put_range(j, NULL, link->layout.vring[i]);
	json_end_list(j);
	put_range(j, "buffers", link->layout.buffers);
	json_end_object(j);
}

static void put_board(struct json *j, const struct board *board)
{
	json_text(j, "board", board->name);
	put_range(j, "flash", board->flash);
	json_list(j, "slots");
	put_range(j, NULL, board->slot[0]);
	put_range(j, NULL, board->slot[1]);
	json_end_list(j);
	json_list(j, "clusters");
	for (unsigned i = 0; i < board->clusters; i++) {
		json_object(j, NULL);
		json_text(j, "name", board->cluster[i].name);
		put_views(j, &board->cluster[i]);
		json_end_object(j);
	}
	json_end_list(j);
}

void plan_write_json(FILE *to, const char *file, const struct boot *boot, const struct error *e)
{
	const struct plan *plan = &boot->plan;
	struct json json = { .to = to }, *j = &json;

	json_object(j, NULL);
	json_text(j, "file", file);
	put_board(j, boot->in.board);
	put_error(j, "error", e, e->stage);
	json_number(j, "fit_bytes", boot->in.fit.size);
	put_configurations(j, &boot->in.fit);
	json_list(j, "ram");
	for (unsigned i = 0; i < plan->ram_count; i++)
		put_range(j, NULL, plan->ram[i]);
	json_end_list(j);
	json_list(j, "claims");
	for (unsigned i = 0; i < plan->claims.count; i++)
		put_claim(j, plan, i);
	json_end_list(j);
	json_list(j, "contexts");
	for (unsigned i = 0; i < plan->contexts; i++)
		put_context(j, plan, &plan->context[i]);
	json_end_list(j);
	json_list(j, "links");
	for (unsigned i = 0; i < plan->links; i++)
		put_link(j, plan, &plan->link[i]);
	json_end_list(j);
	put_range(j, "linux_fdt", plan->fdt);
	json_end_object(j);
}
