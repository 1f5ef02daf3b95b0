/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RPMsg over two virtqueues, blind to roles: each ring's side follows from two bits (enum
 * link_role), everything above the rings is the same for master, remote and symmetric ends.
 * Wire format: Linux's drivers/rpmsg/virtio_rpmsg_bus.c and rpmsg/ns.h.
 *
 * Life of a link. rpmsg_link_init() takes over the description, rpmsg_link_start() begins, and from
 * then on the ends find each other by the words of struct link_session, whoever comes first and
 * whoever is started anew (docs/protocol.md, "Sessions"). One end leads: the master, or between two
 * alike the one that does not own the table. It waits until the other, the follower, has let go of
 * everything, prepares both rings, and goes ahead. No call below ever waits: each looks at what has
 * changed and takes the next step.
 * Whatever ends a session (the other end's restart, a reset, nonsense in a ring, our own start),
 * what was held is void, and both ends begin a new one by themselves, with all channels announced
 * again. An end without session words, ordinary firmware, has the vdev's status alone: a remote
 * comes up when it sees DRIVER_OK, a master at once. A remote that meets nonsense sets NEEDS_RESET
 * in it. Such an end hears no bell before DRIVER_OK, and may return buffers without one.
 *
 * Memory: no heap, no globals. Link, endpoints and shadow belong to the caller and live as long
 * as the link. Calls for one link come from one context; no locks.
 * Payloads lie in shared memory: the other end can change them while they are read.
 */
#ifndef RPMSG_RPMSG_H
#define RPMSG_RPMSG_H

#include "rpmsg/virtqueue.h"
#include "resource_table/layout.h"
#include "resource_table/link_layout.h"
#include "resource_table/link_resource.h"

#define RPMSG_ADDRESS_ANY   0xffffffffu
#define RPMSG_ADDRESS_NAMES 53	    /* the name service */
#define RPMSG_DYNAMIC_FIRST 1024    /* addresses chosen by us start here … */
#define RPMSG_DYNAMIC_COUNT 0xfc00u /* … and are so many, one after the other, then anew */
#define RPMSG_NAME_SIZE	    32	    /* its NUL included */

enum rpmsg_error {
	RPMSG_E_DOWN = -1,	/* no session: not up yet, reset, or broken by the peer */
	RPMSG_E_NO_BUFFER = -2, /* all transmit buffers are at the other end: try again later */
	RPMSG_E_TOO_LONG = -3,	/* payload does not fit into a buffer, or name into a message */
	RPMSG_E_NO_DESTINATION = -4, /* the endpoint does not know its counterpart yet */
	RPMSG_E_ADDRESS = -5,	     /* local address taken or reserved */
	RPMSG_E_STALE = -6,	     /* buffer of an earlier session, or not in our hands */
	RPMSG_E_CONFIG = -7,	     /* a description that makes no sense */
};

struct rpmsg_header {
	uint32_t src;
	uint32_t dst;
	uint32_t reserved;
	uint16_t len; /* bytes of payload, which follows */
	uint16_t flags;
};

struct rpmsg_name_message {
	char name[RPMSG_NAME_SIZE];
	uint32_t addr;
	uint32_t flags;
};
#define RPMSG_NAME_CREATE  0
#define RPMSG_NAME_DESTROY 1

/* A received message, or a buffer for one to send. */
struct rpmsg_message {
	uint8_t *data; /* payload, in shared memory */
	uint32_t len;  /* bytes received; to send: bytes that fit */
	uint32_t src;
	uint32_t dst;
	uint32_t session;
	uint32_t id;
};

enum rpmsg_verdict {   /* what becomes of a received buffer */
	RPMSG_RELEASE, /* done with it */
	RPMSG_HOLD,    /* the receiver keeps it until rpmsg_release() */
	RPMSG_NOT_NOW, /* deliver it again at the next poll, nothing else before it */
};

struct rpmsg_link;
struct rpmsg_ept;

/*
 * @m is the receiver's to copy. Calls that send or release are allowed inside; rpmsg_link_poll()
 * takes nothing there, and returns 0.
 */
typedef enum rpmsg_verdict (*rpmsg_receive)(struct rpmsg_ept *e, const struct rpmsg_message *m);

struct rpmsg_ept {
	struct rpmsg_ept *next;
	struct rpmsg_link *link;
	uint32_t addr;
	uint32_t dst; /* RPMSG_ADDRESS_ANY: not known yet; message or announcement tells */
	bool dst_fixed;
	bool announced;
	char name[RPMSG_NAME_SIZE]; /* "": no channel, never announced */
	rpmsg_receive receive;
	void *arg; /* the owner's */
};

struct rpmsg_ring_config {
	void *vring;	/* in shared memory, vring_bytes() of them */
	uint32_t num;	/* descriptors */
	uint32_t align; /* bytes */
	uint32_t first; /* driver: index of its first buffer in the pool … */
	uint32_t count; /* … and how many are its own, at most num */
};

struct rpmsg_config {
	enum link_role role; /* ours */
	enum link_end end;
	void (*kick)(void *arg); /* ring the peer's doorbell */
	void *arg;
	volatile struct resource_vdev *vdev;   /* status and features; NULL: there is none */
	volatile struct link_session *session; /* NULL: ordinary firmware; needs a vdev */
	uint32_t layout; /* link_layout_checksum() to compare with the other end's; 0: don't */
	/*
	 * A session has begun or ended. From inside other calls: not the place to call any for @l.
	 */
	void (*session_changed)(void *arg, bool up);
	/*
	 * The ends shake hands: the follower's table is laid out anew, unfilled, for each offer.
	 * When a session begins and before a ring is touched, the leader fills it in and the
	 * follower reads it; then both call rpmsg_link_set_rings(). false: what it says makes no
	 * sense; it is tried anew a few times. NULL otherwise.
	 */
	void (*lay_out)(void *arg);
	bool (*open)(void *arg, struct rpmsg_link *l);
	/* The peer announces or withdraws a channel; NULL: only endpoints of that name listen. */
	void (*name_service)(void *arg, const char *name, uint32_t addr, bool created);
	/* The rings: see rpmsg_config_layout(). With open() they are of no account before it. */
	struct rpmsg_ring_config receive, transmit;
	uint8_t *pool;	       /* all buffers of the link, as we see them, 4-byte aligned */
	uint64_t pool_address; /* as descriptors do */
	uint32_t pool_size;    /* bytes */
	uint32_t buffer_len;   /* bytes, header included */
	uint16_t *shadow;      /* private: receive.num + transmit.num entries */
};

enum rpmsg_state {
	RPMSG_DOWN,    /* not started */
	RPMSG_WAITING, /* for the other end */
	RPMSG_UP,
	RPMSG_MISMATCH, /* layouts differ, or open() failed: until either end is begun anew */
};

struct rpmsg_counters {
	uint32_t sent;
	uint32_t received;
	uint32_t no_endpoint; /* dropped: nobody has that address */
	uint32_t bad_message; /* dropped: header or name message makes no sense */
	uint32_t no_buffer;   /* times that RPMSG_E_NO_BUFFER was answered */
	uint32_t names;	      /* announcements and withdrawals of the other end */
	uint32_t broken;      /* lives of ours ended because somebody broke the protocol */
	uint32_t mismatches;  /* lives of the other end that were refused: RPMSG_MISMATCH */
	uint32_t sessions;    /* begun */
	uint32_t kicks;	      /* of ours */
};

/* One end's words: struct link_session has those of both, by turns. */
struct rpmsg_words {
	uint32_t epoch, of_other_epoch;
	uint32_t seen, of_other_seen;
	uint32_t layout;
};

struct rpmsg_link {
	/* First what each message needs: Thumb has short instructions for the first 124 bytes. */
	bool started;
	bool up;
	bool leads;
	bool has_status;
	bool transmit_wanted; /* RPMSG_E_NO_BUFFER was answered since the last success */
	uint8_t status_ok;    /* stands in for a status where there is none */
	uint32_t attention;   /* what rarely is, by bits: one look at all of it for each poll */
#define ATTEND_RINGS	 1u   /* a remote without session words: rpmsg_link_rings_zeroed() */
#define ATTEND_NAMES	 2u   /* announcements are still to be sent */
#define ATTEND_LISTENING 4u   /* kicks for received messages are wanted */
#define ATTEND_POSTPONED 8u   /* RPMSG_NOT_NOW was the last answer */
#define ATTEND_POLLING	 16u  /* a receiver is being called */
	uint32_t session;     /* in every message's buffer, so that stale ones are known */
	/* What says that the session holds. */
	const volatile uint8_t *status;
	uint32_t status_seen; /* RPMSG_NO_STATUS while there is no session */
	volatile struct rpmsg_words *own, *peer;
	uint32_t seen;	       /* own->seen: the peer's epoch that we are ready for */
	uint32_t epoch;	       /* own->epoch */
	uint32_t refused;      /* the peer's epoch that we are not ready for: RPMSG_MISMATCH */
	uint32_t cannot_open;  /* failures of open() in a row */
	uint32_t next_address; /* to be tried, from RPMSG_DYNAMIC_FIRST on */
	struct rpmsg_ept *endpoints;
	struct rpmsg_counters counters;
	struct rpmsg_config config;
	struct virtqueue receive, transmit;
	struct link_session alone; /* stands in for words that ordinary firmware has not */
};

/*
 * The rings of @c, and the checksum, for its role and end, from what both ends agree on. @vring and
 * @pool are where we see what @layout has by its address.
 */
void rpmsg_config_layout(struct rpmsg_config *c, const struct link_layout *layout,
			 void *const vring[2], void *pool);

/* RPMSG_E_CONFIG. Changes nothing shared. */
int rpmsg_link_init(struct rpmsg_link *l, const struct rpmsg_config *config);

/* From inside open(): take over @config's rings, receive to shadow above. RPMSG_E_CONFIG. */
int rpmsg_link_set_rings(struct rpmsg_link *l, const struct rpmsg_config *config);

/* Begin, or begin anew. 0, although the session may be still to come. */
int rpmsg_link_start(struct rpmsg_link *l);

/* End the session from our side, and begin no other. */
void rpmsg_link_stop(struct rpmsg_link *l);

/* Is there a session? Looks at all that the other end may have done, and takes the next step. */
bool rpmsg_link_up(struct rpmsg_link *l);

/* The same without looking. */
enum rpmsg_state rpmsg_link_state(const struct rpmsg_link *l);

/*
 * Add @e to the link. @addr or @dst may be RPMSG_ADDRESS_ANY. With a @name (else NULL) it is
 * a channel: announced as soon as the link is up and a buffer is free, again in each session.
 * RPMSG_E_ADDRESS, RPMSG_E_TOO_LONG.
 */
int rpmsg_ept_create(struct rpmsg_link *l, struct rpmsg_ept *e, const char *name, uint32_t addr,
		     uint32_t dst, rpmsg_receive receive, void *arg);

/*
 * Make an endpoint without a name a channel after all, announced as others are; withdraw the
 * channel, and it is an endpoint without a name. RPMSG_E_TOO_LONG; RPMSG_E_NO_BUFFER: nothing has
 * changed, try again later.
 */
int rpmsg_ept_announce(struct rpmsg_ept *e, const char *name);
int rpmsg_ept_withdraw(struct rpmsg_ept *e);

/* Withdraw its announcement and take @e off. RPMSG_E_NO_BUFFER: it stays, try again later. */
int rpmsg_ept_destroy(struct rpmsg_ept *e);

/* Deliver up to @budget messages and do what is pending; returns how many were taken. */
unsigned rpmsg_link_poll(struct rpmsg_link *l, unsigned budget);

/*
 * Nothing to do until the next kick? Asks the peer to kick and looks again. The caller then waits
 * in a way that a kick since before this call ends too, and because kicks can get lost, not for
 * ever.
 */
bool rpmsg_link_may_sleep(struct rpmsg_link *l);

/* Give back a message that was held. RPMSG_E_STALE. */
int rpmsg_release(struct rpmsg_link *l, const struct rpmsg_message *m);

/* Zero-copy: get a buffer (->data, ->len bytes fit), fill it, send it or put it back. */
int rpmsg_get_buffer(struct rpmsg_link *l, struct rpmsg_message *m);
int rpmsg_send_buffer(struct rpmsg_link *l, const struct rpmsg_message *m, uint32_t src,
		      uint32_t dst, uint32_t len);
int rpmsg_put_back(struct rpmsg_link *l, const struct rpmsg_message *m);

/* Copying: to the endpoint's counterpart, or to any address. */
int rpmsg_ept_send(struct rpmsg_ept *e, const void *data, uint32_t len);
int rpmsg_ept_send_to(struct rpmsg_ept *e, uint32_t dst, const void *data, uint32_t len);

#endif
