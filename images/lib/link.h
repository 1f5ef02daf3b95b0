/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RPMsg links of an image, made from their description. A vdev of our own resource table describes
 * a link, or a vdev of another context's table that a reference of ours points to, or constants. A
 * description from a table is copied once and checked: it can't lead to an access outside the
 * board's shared memory.
 */
#ifndef IMAGES_LIB_LINK_H
#define IMAGES_LIB_LINK_H

#include "rpmsg/rpmsg.h"
#include "images/lib/table.h"
#include "resource_table/link_layout.h"

struct image_link {
	struct rpmsg_link rpmsg;
	uint16_t shadow[2 * IMAGE_VRING_NUM];
	struct link_resource about; /* what we were told; both names end */
	struct link_layout layout;  /* handshake: of the last session */
	enum link_end end;	    /* ours */
	struct link_doorbell bell;  /* wakes the other end */
	/* In shared memory; of a static link there is the session alone. */
	volatile struct resource_vdev *vdev;
	volatile struct link_session *session;
	volatile struct image_table *table; /* ours, if it describes the link: as number … */
	unsigned number;		    /* … so much */
	const char *problem;		    /* of RPMSG_E_CONFIG: what makes no sense; NULL */
	struct {			    /* what image_link_report() has said so far */
		uint32_t sessions;
		uint32_t broken;
		uint32_t mismatches;
		uint32_t dropped;
		bool up, heard;
	} told;
};

#define IMAGE_LINK_UNUSED 1

/*
 * Prepare link number @n of our @table: from 0 on those that @table describes itself, from
 * IMAGE_VDEVS to IMAGE_LINKS - 1 those that another context's table describes. Then call
 * rpmsg_link_start(); before that, the caller may set session_changed and name_service in
 * rpmsg.config, whose arg is @l.
 * IMAGE_LINK_UNUSED: the manifest has no such link. RPMSG_E_CONFIG: its description makes no
 * sense, @l->problem says why.
 */
int image_link_open(struct image_link *l, volatile struct image_table *table, unsigned n);

/* A link of the static way, the same for both its ends. */
struct image_static_link {
	const char *name[2]; /* of the contexts: [LINK_OWNER], [LINK_PEER], as all that follows */
	enum link_role role[2];
	struct link_static layout;
	struct link_doorbell doorbell[2];
};

/* Prepare a static link likewise. IMAGE_LINK_UNUSED: context @own is at neither end of it. */
int image_link_open_static(struct image_link *l, const struct image_static_link *s,
			   const char *own);

/*
 * To standard output, the trace: lines for what has changed since the last call. The link is up or
 * down, the other end broke it, the layouts differ, messages were dropped (at 1, 2, 4, 8 …).
 * Ticks are those of the call: what a line says came before.
 */
void image_link_report(struct image_link *l);

/* Names of the contexts at both ends of the link. */
static inline const char *image_link_own(const struct image_link *l)
{
	return l->about.name[l->end];
}

static inline const char *image_link_peer(const struct image_link *l)
{
	return l->about.name[!l->end];
}

#endif
