/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "tools/peerboot/features.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/loader.h"

/* As boot/feature/features.c and boot/feature/signature/built_in.S have them. */
#define BOARD_MARK "peerboot on " /* a name, a colon, then the features */
#define KEYS_MARK  "peerboot trusts:"

#define LOADER_MOST 0x10000000u /* bytes of a file; a flash image is one, too */

/* Those that make builds: build.mk has them. */
static const struct {
	const char *name, *board, *features;
} known[] = { LOADERS };

/* What is behind @mark in @file; size 0: nothing. */
static struct bytes behind(struct bytes file, const char *mark)
{
	size_t size = strlen(mark);
	const uint8_t *at = file.size ? memmem(file.data, file.size, mark, size) : NULL;

	if (!at)
		return (struct bytes){ 0 };
	at += size;
	return (struct bytes){ at, file.size - (size_t)(at - file.data) };
}

static bool has(const char *features, const char *name)
{
	size_t size = strlen(name);

	for (const char *at = features; (at = strstr(at, name)); at += size)
		if ((at == features || at[-1] == ' ') && (!at[size] || at[size] == ' '))
			return true;
	return false;
}

static void refuse_other_board(const struct options *o, const char *path, const char *board,
			       int length)
{
	if (strncmp(o->board->name, board, (size_t)length) || o->board->name[length])
		die("%s: a loader of board %.*s, not of %s", path, length, board, o->board->name);
}

/* Its features; NULL: the file has no loader. */
static const char *look_into(const struct options *o, struct bytes file, const char *path)
{
	struct bytes mark = behind(file, BOARD_MARK);
	const char *board = (const char *)mark.data, *colon = NULL;

	if (mark.size && memchr(mark.data, 0, mark.size))
		colon = strchr(board, ':');
	if (!colon)
		return NULL;
	refuse_other_board(o, path, board, (int)(colon - board));
	return colon + 1;
}

void loader_refuse_other(const struct options *o, struct bytes file)
{
	look_into(o, file, o->file);
}

/* The lowest version and the keys, behind their size. */
static void read_trust(struct options *o, struct bytes file)
{
	struct bytes record = behind(file, KEYS_MARK);
	uint32_t minimum, size;

	if (!bytes_read_le32(&record, 0, &minimum) || !bytes_read_le32(&record, 4, &size) ||
	    !bytes_slice(&record, 8, size, &o->loader_keys))
		die("%s: checks signatures, but its keys are not there", o->loader);
	if (!o->minimum_version)
		o->minimum_version = minimum;
}

static void apply(struct options *o, const char *features, struct bytes file)
{
	for (unsigned i = 0; feature_name(i); i++)
		if (!has(features, feature_name(i)))
			feature_leave_out(feature_name(i));
	features_say_no_more();
	if (has(features, "signature")) {
		if (file.size)
			read_trust(o, file);
		else if (!o->keys)
			die("%s checks signatures: by which --keys? Or give its file", o->loader);
	} else if (o->keys) {
		die("%s checks no signatures: --keys are not for it", o->loader);
	}
}

/* A board may have nothing for a feature: then no loader of it has the feature, either. */
static void leave_out_what_none_has(const struct options *o)
{
	for (unsigned i = 0; feature_name(i); i++) {
		bool found = false;

		for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			found |= !strcmp(known[k].board, o->board->name) &&
				 has(known[k].features, feature_name(i));
		if (!found)
			feature_leave_out(feature_name(i));
	}
}

void loader_choose(struct options *o)
{
	const struct bytes none = { 0 };
	const char *features;
	struct bytes file;

	if (!o->loader) {
		leave_out_what_none_has(o);
		return;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(known[i].name, o->loader)) {
			refuse_other_board(o, o->loader, known[i].board,
					   (int)strlen(known[i].board));
			apply(o, known[i].features, none);
			return;
		}
	file = file_read(o->loader, LOADER_MOST);
	features = look_into(o, file, o->loader);
	if (!features)
		die("%s: neither the name of a loader nor a file with one that says its features",
		    o->loader);
	apply(o, features, file);
}

void loader_print(FILE *to, const struct options *o)
{
	unsigned count = 0;

	fputs("a loader ", to);
	for (unsigned i = 0; feature_name(i); i++)
		if (feature_is_there(feature_name(i)))
			fprintf(to, "%s%s", count++ ? ", " : "with ", feature_name(i));
	if (o->keys || o->loader_keys.size)
		fprintf(to, "%s", count++ ? ", signature" : "with signature");
	fputs(count ? "" : "without features", to);
	if (!o->loader) {
		fputs(" (--loader chooses another)", to);
		return;
	}
	fputs(", as ", to);
	file_put_text(to, o->loader);
}
