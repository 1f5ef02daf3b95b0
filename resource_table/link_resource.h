/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The link resource: what a classic resource table lacks to describe one RPMsg link. One vendor
 * entry per link, filled in by the loader or, where the ends shake hands, by the master; stock
 * remoteproc skips it. docs/protocol.md has the layout in words.
 *
 * An image that takes part in a link which another's table describes keeps an entry for it too, a
 * reference (vdev is LINK_NO_VDEV): the loader fills in a copy, and table[LINK_OWNER] is where the
 * entry is that counts.
 *
 * Everything that exists once per end is an array of two: [LINK_OWNER] is the end whose ELF
 * carries the table, [LINK_PEER] the other. All numbers are little-endian, every field is
 * naturally aligned if the entry starts at a multiple of 8.
 */
#ifndef RESOURCE_TABLE_LINK_RESOURCE_H
#define RESOURCE_TABLE_LINK_RESOURCE_H

#include <stdint.h>

#include "doorbell/kinds.h"

#define RESOURCE_LINK 336	  /* entry type, in the vendor range 128..512 */
#define LINK_MAGIC    0x4b4c4250u /* "PBLK" */
#define LINK_VERSION  2
#define LINK_NO_VDEV  0xFFFFFFFFu /* a reference: the link is described by table[LINK_OWNER] */

enum link_end {
	LINK_OWNER,
	LINK_PEER
};

/* As two bits: bit 0, driver of its receive ring; bit 1, driver of its transmit ring. */
enum link_role {
	LINK_REMOTE = 0,
	LINK_SYMMETRIC = 2,
	LINK_MASTER = 3,
};
#define LINK_ROLE_RX_DRIVER 1u
#define LINK_ROLE_TX_DRIVER 2u

struct link_doorbell {	  /* how to wake an end */
	uint32_t kind;	  /* doorbell/kinds.h */
	uint32_t cell[2]; /* the kind's own: which one, and whatever else ringing it takes */
};

enum link_method { /* how the ends learn what they share */
	LINK_PRESET,
	LINK_HANDSHAKE,
	LINK_STATIC
};

/*
 * The words by which two ends come together and part, whatever their roles and the way:
 * docs/protocol.md, "Sessions". Each word is written by its end alone.
 */
struct link_session {
	uint32_t epoch[2];  /* the end's life on this link, counted up; 0: it has never started */
	uint32_t seen[2];   /* the other end's epoch that this end is ready for; 0: none */
	uint32_t layout[2]; /* what the end thinks they share: link_layout_checksum() */
};

struct link_resource {
	uint32_t type;	/* RESOURCE_LINK */
	uint32_t magic; /* LINK_MAGIC */
	uint16_t version;
	uint16_t length;   /* bytes, of this whole entry */
	uint32_t vdev;	   /* which of the table's vdev entries carries the link, or LINK_NO_VDEV */
	uint64_t table[2]; /* address of each end's own table; 0: none */
	uint64_t pristine; /* the owner's table, as the loader filled it in at first */
	uint64_t memory_base;	  /* what vrings and buffers are laid out in */
	uint64_t memory_size;	  /* bytes */
	uint64_t buffer_base;	  /* the buffer pool */
	uint64_t buffer_size;	  /* bytes */
	uint32_t buffer_len;	  /* bytes of one buffer, its 16-byte header included */
	uint32_t buffer_count[2]; /* buffers that each end transmits in */
	uint32_t role[2];	  /* enum link_role */
	uint32_t method;	  /* enum link_method */
	struct link_session session;
	struct link_doorbell doorbell[2]; /* the one that wakes that end */
	char name[2][32];		  /* context names, NUL-terminated */
} __attribute__((packed));

#endif
