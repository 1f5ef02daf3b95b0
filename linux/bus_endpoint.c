// SPDX-License-Identifier: GPL-2.0-only
/* Endpoints on the bus of a link: receive callbacks, and every way to send. See bus.h. */
#include <linux/jiffies.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "bus_internal.h"

/* Buffers come back with a kick; should that get lost, somebody who waits looks all the same. */
#define WAIT_SLICE_MS 10
/* As virtio_rpmsg_bus, and as rpmsg_send() is documented. */
#define WAIT_SEND_MS	 15000
#define WAIT_WITHDRAW_MS 1000

static struct bus_endpoint *to_endpoint(struct rpmsg_endpoint *ept)
{
	return container_of(ept, struct bus_endpoint, ept);
}

static int to_errno(int result)
{
	switch (result) {
	case RPMSG_E_NO_BUFFER:
		return -ENOMEM; /* what drivers know from virtio_rpmsg_bus */
	case RPMSG_E_TOO_LONG:
		return -EMSGSIZE;
	case RPMSG_E_NO_DESTINATION:
		return -EDESTADDRREQ;
	case RPMSG_E_ADDRESS:
		return -EADDRINUSE;
	default:
		return result ? -ENOTCONN : 0;
	}
}

/* ---- attempts: one call of the library each, that may lack a buffer ---- */

struct attempt {
	int (*make)(struct link_bus *bus, const struct attempt *a);
	struct rpmsg_endpoint *ept;
	u32 src, dst;
	const void *data;
	u32 len;
};

static int send_message(struct link_bus *bus, const struct attempt *a)
{
	struct rpmsg_ept *lib = &to_endpoint(a->ept)->lib;
	u32 dst = a->dst == RPMSG_ADDR_ANY ? lib->dst : a->dst;
	struct rpmsg_message m;
	int result;

	if (dst == RPMSG_ADDR_ANY)
		return RPMSG_E_NO_DESTINATION;
	result = rpmsg_get_buffer(&bus->rpmsg, &m);
	if (result)
		return result;
	if (a->len > m.len) {
		rpmsg_put_back(&bus->rpmsg, &m);
		return RPMSG_E_TOO_LONG;
	}
	memcpy(m.data, a->data, a->len);
	return rpmsg_send_buffer(&bus->rpmsg, &m, a->src, dst, a->len);
}

static int withdraw(struct link_bus *bus, const struct attempt *a)
{
	return rpmsg_ept_withdraw(&to_endpoint(a->ept)->lib);
}

static int try_once(struct link_bus *bus, const struct attempt *a)
{
	int result = RPMSG_E_DOWN;

	mutex_lock(&bus->lock);
	if (!bus->dead) {
		result = a->make(bus, a);
		/* Ask for a kick when a buffer is back. One that has come already is looked for. */
		if ((result == RPMSG_E_NO_BUFFER && !rpmsg_link_may_sleep(&bus->rpmsg)) ||
		    bus->session != bus->rpmsg.session)
			bus_wake(bus);
	}
	mutex_unlock(&bus->lock);
	return result;
}

static int try_for(struct link_bus *bus, const struct attempt *a, unsigned int timeout_ms)
{
	unsigned long end = jiffies + msecs_to_jiffies(timeout_ms);
	int result = try_once(bus, a);

	while (result == RPMSG_E_NO_BUFFER && time_before(jiffies, end))
		if (wait_event_interruptible_timeout(
			    bus->senders, (result = try_once(bus, a)) != RPMSG_E_NO_BUFFER,
			    msecs_to_jiffies(WAIT_SLICE_MS)) < 0)
			return -ERESTARTSYS;
	if (result == RPMSG_E_NO_BUFFER && timeout_ms)
		return -ERESTARTSYS; /* what rpmsg_send() is documented to return */
	return to_errno(result);
}

static int transmit(struct rpmsg_endpoint *ept, u32 src, u32 dst, const void *data, int len,
		    unsigned int timeout_ms)
{
	const struct attempt a = {
		.make = send_message,
		.ept = ept,
		.src = src,
		.dst = dst,
		.data = data,
		.len = len,
	};

	if (len < 0 || src == RPMSG_ADDR_ANY)
		return -EINVAL;
	return try_for(to_bus(ept->rpdev), &a, timeout_ms);
}

/* ---- struct rpmsg_endpoint_ops ---- */

static int send(struct rpmsg_endpoint *ept, void *data, int len)
{
	return transmit(ept, ept->addr, ept->rpdev->dst, data, len, WAIT_SEND_MS);
}

static int sendto(struct rpmsg_endpoint *ept, void *data, int len, u32 dst)
{
	return transmit(ept, ept->addr, dst, data, len, WAIT_SEND_MS);
}

static int send_offchannel(struct rpmsg_endpoint *ept, u32 src, u32 dst, void *data, int len)
{
	return transmit(ept, src, dst, data, len, WAIT_SEND_MS);
}

static int trysend(struct rpmsg_endpoint *ept, void *data, int len)
{
	return transmit(ept, ept->addr, ept->rpdev->dst, data, len, 0);
}

static int trysendto(struct rpmsg_endpoint *ept, void *data, int len, u32 dst)
{
	return transmit(ept, ept->addr, dst, data, len, 0);
}

static int trysend_offchannel(struct rpmsg_endpoint *ept, u32 src, u32 dst, void *data, int len)
{
	return transmit(ept, src, dst, data, len, 0);
}

static ssize_t get_mtu(struct rpmsg_endpoint *ept)
{
	return to_bus(ept->rpdev)->rpmsg.config.buffer_len - sizeof(struct rpmsg_header);
}

static void endpoint_release(struct kref *refcount)
{
	kfree(container_of(refcount, struct bus_endpoint, ept.refcount));
}

static void destroy_ept(struct rpmsg_endpoint *ept)
{
	struct link_bus *bus = to_bus(ept->rpdev);
	struct bus_endpoint *e = to_endpoint(ept);

	/* No new message finds it … */
	mutex_lock(&bus->lock);
	e->lib.announced = false; /* withdrawn before, or there was no way to */
	rpmsg_ept_destroy(&e->lib);
	mutex_unlock(&bus->lock);

	/* … and one that is being delivered calls nobody any more. */
	mutex_lock(&ept->cb_lock);
	ept->cb = NULL;
	mutex_unlock(&ept->cb_lock);
	kref_put(&ept->refcount, endpoint_release);
}

static const struct rpmsg_endpoint_ops endpoint_ops = {
	.destroy_ept = destroy_ept,
	.send = send,
	.sendto = sendto,
	.send_offchannel = send_offchannel,
	.trysend = trysend,
	.trysendto = trysendto,
	.trysend_offchannel = trysend_offchannel,
	/* no poll: a program that waits would keep our queue in its hands when the link is gone */
	.get_mtu = get_mtu,
};

/* ---- receiving ---- */

/* The library has a message for this endpoint. With the lock held. */
static enum rpmsg_verdict hold(struct rpmsg_ept *lib, const struct rpmsg_message *m)
{
	struct link_bus *bus = lib->arg;
	struct bus_endpoint *e = container_of(lib, struct bus_endpoint, lib);

	kref_get(&e->ept.refcount);
	bus->event.kind = BUS_MESSAGE;
	bus->event.to = e;
	bus->event.message = *m;
	return RPMSG_HOLD;
}

void bus_deliver(struct link_bus *bus, const struct bus_event *event)
{
	struct rpmsg_endpoint *ept = &event->to->ept;
	const struct rpmsg_message *m = &event->message;

	mutex_lock(&ept->cb_lock);
	if (ept->cb)
		ept->cb(ept->rpdev, m->data, m->len, ept->priv, m->src);
	mutex_unlock(&ept->cb_lock);
	kref_put(&ept->refcount, endpoint_release);

	mutex_lock(&bus->lock);
	rpmsg_release(&bus->rpmsg,
		      m); /* stale if the session has ended: then there is nothing to give back */
	mutex_unlock(&bus->lock);
}

/* ---- making and announcing ---- */

/*
 * A channel's first driver has made its own address what it was given then. When the next one is
 * bound, another channel may have that; another address is as good. With the lock held.
 */
static bool may_move(struct rpmsg_device *rpdev, u32 addr)
{
	struct bus_channel *channel = container_of(rpdev, struct bus_channel, rpdev);
	const struct rpmsg_ept *e = channel->bus->rpmsg.endpoints;

	while (e && e->addr != addr)
		e = e->next;
	return channel->any_source && addr == rpdev->src && e &&
	       container_of(e, struct bus_endpoint, lib)->ept.rpdev != rpdev;
}

struct rpmsg_endpoint *bus_create_ept(struct rpmsg_device *rpdev, rpmsg_rx_cb_t cb, void *priv,
				      struct rpmsg_channel_info chinfo)
{
	struct link_bus *bus = to_bus(rpdev);
	struct bus_endpoint *e = kzalloc(sizeof(*e), GFP_KERNEL);
	int result = RPMSG_E_DOWN;

	if (!e)
		return NULL;
	kref_init(&e->ept.refcount);
	mutex_init(&e->ept.cb_lock);
	e->ept.rpdev = rpdev;
	e->ept.cb = cb;
	e->ept.priv = priv;
	e->ept.ops = &endpoint_ops;
	mutex_lock(&bus->lock);
	if (!bus->dead)
		result = rpmsg_ept_create(&bus->rpmsg, &e->lib, NULL, chinfo.src, RPMSG_ADDRESS_ANY,
					  hold, bus);
	if (result == RPMSG_E_ADDRESS && may_move(rpdev, chinfo.src))
		result = rpmsg_ept_create(&bus->rpmsg, &e->lib, NULL, RPMSG_ADDRESS_ANY,
					  RPMSG_ADDRESS_ANY, hold, bus);
	e->ept.addr = e->lib.addr;
	mutex_unlock(&bus->lock);
	if (result) {
		dev_err(&rpdev->dev, "no endpoint at %#x: %d\n", chinfo.src, to_errno(result));
		kfree(e);
		return NULL;
	}
	return &e->ept;
}

int bus_announce(struct link_bus *bus, struct rpmsg_endpoint *ept, const char *name)
{
	int result = RPMSG_E_DOWN;

	mutex_lock(&bus->lock);
	if (!bus->dead) {
		result = rpmsg_ept_announce(&to_endpoint(ept)->lib, name);
		bus_wake(bus); /* at the first chance, now or when the session begins */
	}
	mutex_unlock(&bus->lock);
	return to_errno(result);
}

int bus_withdraw(struct link_bus *bus, struct rpmsg_endpoint *ept)
{
	const struct attempt a = { .make = withdraw, .ept = ept };

	return try_for(bus, &a, WAIT_WITHDRAW_MS);
}
