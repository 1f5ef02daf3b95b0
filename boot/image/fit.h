/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flattened image tree, as mkimage makes it (U-Boot's doc/uImage.FIT, flattened image tree
 * specification): images with in-line data or external data (`data-offset`, `data-position`,
 * `data-size`; mkimage -E [-p]), hash nodes, configurations.
 */
#ifndef BOOT_IMAGE_FIT_H
#define BOOT_IMAGE_FIT_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/explain.h"
#include "boot/hash.h"
#include "boot/image/image.h"
#include "boot/staging.h"

#define FIT_HASHES 4 /* of one image */

struct fit {
	struct bytes slot; /* where it was found; external data lies behind the tree */
	struct bytes tree; /* the tree alone, in memory */
	size_t size;	   /* tree and external data, where that is in the slot: what it occupies */
	int images;	   /* node offset of /images */
	int configurations;
	int configuration; /* node offset of the chosen one */
	const char *configuration_name;
	bool verified;	  /* the configuration is signed: by boot/feature/signature.h */
	uint32_t version; /* of a verified configuration */
};

struct fit_hash {
	const struct hash_algorithm *algorithm;
	uint8_t value[HASH_SIZE];
};

struct fit_image {
	const char *name;
	const char *type;	 /* "kernel", "standalone", "flat_dt" …; "" if absent */
	const char *arch, *os;	 /* "arm", "arm64" …; "linux" …; "" if absent */
	const char *compression; /* "none" if absent */
	struct bytes data;	 /* compressed, if it is: boot/unpack.h */
	/*
	 * Feature late_unpack: what data is yet to be made of, and the place for it in memory if it
	 * lies in the window. Size 0: it is not put off.
	 */
	struct bytes packed;
	uint8_t *packed_at;
	bool verified; /* its hashes are right: by boot/verify.h */
	struct image_hint hint;
	unsigned hashes;
	struct fit_hash hash[FIT_HASHES];
};

/*
 * A FIT at the start of @slot (which is at a multiple of 8): magic (E_NO_IMAGE if the flash is
 * empty, all 0xff or 0; E_BAD_MAGIC for anything else), size (E_FIT_TRUNCATED if it passes the
 * slot or the tree ends in erased flash), a well-formed tree with /images (E_FIT_BROKEN) and
 * /configurations (E_NO_CONFIGURATION). None is chosen yet, and no image is looked at: what is
 * wrong with one matters to who wants it. Where @slot is no memory, the tree is copied to @staging
 * (E_STAGING_FULL).
 *
 * Nodes are found by their whole name: "kernel" is not "kernel@1", as it would be for libfdt.
 */
int fit_open(struct fit *fit, struct bytes slot, struct staging *staging, struct error *e);

/*
 * Does any configuration have a `compatible`, or is there no default one? Then fit_choose() wants
 * to know the board's.
 */
bool fit_asks_for_board(const struct fit *fit);

/*
 * Choose the configuration for the board whose names are @compatible (strings, each with its NUL,
 * the most specific first, as in its device tree; size 0: it has none). It is the first whose
 * `compatible` has the first of the names that any has, which is U-Boot's rule
 * (fit_conf_find_compat()); if there is none, the default one, whatever it is for.
 * E_NO_CONFIGURATION.
 *
 * Nothing is verified yet: what was chosen is then the one whose signature counts.
 */
int fit_choose(struct fit *fit, struct bytes compatible, struct error *e);

/* The string at @index of a property of the configuration; NULL if there is none. */
const char *fit_configuration_string(const struct fit *fit, const char *property, int index);

/*
 * The image node @name: data, hints, hash nodes. Its data is in the tree, or behind that in the
 * slot, and there over no other image's but one that has just the same (E_IMAGE_DATA), and not
 * erased (E_FIT_TRUNCATED). A node without data has that of the node that its `image-data` names,
 * which must have some of its own (E_IMAGE_DATA); all else it must say by itself.
 * A node that begins with "cipher" says that the data is encrypted: E_IMAGE_FORMAT.
 *
 * Every node that begins with "hash" counts,
 * `uboot-ignore` or not: its algorithm must be known (E_HASH_UNKNOWN), its value of the right
 * length (E_FIT_BROKEN), no more than FIT_HASHES (E_TOO_MANY). None at all: E_NO_HASH unless
 * @allow_unhashed. Nothing is hashed here: that is done while the bytes are copied.
 * E_IMAGE_MISSING, E_IMAGE_DATA, E_FIT_BROKEN; of a signed boot image also what
 * signature_check_image() refuses, @allow_unhashed or not.
 */
int fit_image(struct fit_image *image, const struct fit *fit, const char *name, bool allow_unhashed,
	      struct error *e);

/* Go on with an E_NO_HASH that was set just now: what to write. Returns @code. */
static inline int fit_advise_hash(int code, struct error *e)
{
	if (advises())
		error_explain(e, "; in the .its its node needs: hash-1 { algo = \"sha256\"; };");
	return code;
}

/*
 * Does a node's `type`, `arch`, `os` or `compression` say @word, which is in small letters? Case
 * does not matter, as for U-Boot (boot/image.c, get_table_entry_id()).
 */
bool fit_word_is(const char *said, const char *word);

#endif
