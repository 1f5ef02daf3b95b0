/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For test_differential_*.py: what our readers make of bytes. Each request on standard input is a
 * letter, a size (le32) and so many bytes; each answer one line of JSON: "code" is the reader's, and
 * the rest is there only if that is 0.
 */
#include <libfdt.h>

#include "boot/image/fit.h"
#include "boot/image/image.h"
#include "fdt/check.h"
#include "test/unit/open_fit.h"
#include "test/unit/tree.h"

static void answer_elf(struct bytes data)
{
	static const struct image_hint no_hint;
	struct error e = { 0 };
	struct image image;

	printf("\"code\": %d", image_parse(&image, "it", data, &no_hint, &e));
	if (e.code)
		return;
	printf(", \"entry\": %llu, \"thumb\": %d, \"segments\": [", (unsigned long long)image.entry,
	       image.thumb);
	for (unsigned i = 0; i < image.segments; i++) {
		const struct segment *s = &image.segment[i];

		printf("%s[%td, %zu, %llu, %llu, %llu, %d]", i ? ", " : "",
		       s->from.data - data.data, s->from.size, (unsigned long long)s->to.base,
		       (unsigned long long)s->to.size, (unsigned long long)s->vaddr, s->executable);
	}
	printf("], \"table\": ");
	if (image.table.size)
		printf("[%td, %zu, %llu]", image.table.data - data.data, image.table.size,
		       (unsigned long long)image.table_address);
	else
		printf(image.table_misplaced ? "false" : "null");
}

static void answer_image(const struct fit *fit, const char *name)
{
	struct error e = { 0 };
	struct fit_image image;

	printf("{\"code\": %d", fit_image(&image, fit, name, true, &e));
	if (!e.code) {
		printf(", \"at\": %td, \"size\": %zu, \"type\": \"%s\", \"hashes\": [",
		       image.data.data - fit->slot.data, image.data.size, image.type);
		for (unsigned i = 0; i < image.hashes; i++) {
			printf("%s[\"%s\", \"", i ? ", " : "", image.hash[i].algorithm->name);
			for (size_t k = 0; k < image.hash[i].algorithm->size; k++)
				printf("%02x", image.hash[i].value[k]);
			printf("\"]");
		}
		printf("], \"load\": %lld, \"entry\": %lld",
		       image.hint.has_load ? (long long)image.hint.load : -1,
		       image.hint.has_entry ? (long long)image.hint.entry : -1);
	}
	printf("}");
}

static void answer_fit(struct bytes slot)
{
	struct error e = { 0 };
	const char *comma = "";
	struct fit fit;
	int node;

	printf("\"code\": %d", open_fit(&fit, slot, &e));
	if (e.code)
		return;
	printf(", \"size\": %llu, \"configuration\": \"%s\", \"images\": {",
	       (unsigned long long)fit.size, fit.configuration_name);
	fdt_for_each_subnode(node, fit.tree.data, fit.images) {
		const char *name = fdt_get_name(fit.tree.data, node, NULL);

		printf("%s\"%s\": ", comma, name);
		answer_image(&fit, name);
		comma = ", ";
	}
	printf("}");
}

/* Beside ours, what the host's libfdt says. */
static void answer_tree(struct bytes tree)
{
	struct error e = { 0 };

	printf("\"code\": %d", fdt_check_tree(tree, "it", &e));
	printf(", \"libfdt\": %d", tree_check_full(tree));
}

static const struct {
	int letter;
	void (*answer)(struct bytes data);
} requests[] = { { 'e', answer_elf }, { 'f', answer_fit }, { 't', answer_tree } };

int main(void)
{
	int letter;

	while ((letter = getchar()) != EOF) {
		uint32_t size;
		uint8_t *data;

		if (fread(&size, sizeof(size), 1, stdin) != 1)
			return 2;
		data = malloc(size + !size);
		if (!data || fread(data, 1, size, stdin) != size)
			return 2;
		printf("{");
		for (size_t i = 0; i < COUNT(requests); i++)
			if (requests[i].letter == letter)
				requests[i].answer((struct bytes){ data, size });
		printf("}\n");
		fflush(stdout);
		free(data);
	}
	return 0;
}
