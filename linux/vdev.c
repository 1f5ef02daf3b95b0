// SPDX-License-Identifier: GPL-2.0-only
/* The virtio device of a link whose Linux end is the master. See vdev.h. */
#include <linux/delay.h>
#include <linux/iopoll.h>
#include <linux/jiffies.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/virtio.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#include "compat.h"
#include "lifetime.h"
#include "link.h"
#include "memory.h"
#include "session.h"
#include "vdev.h"

/* How long a peer may take to let go of the rings when the link stops. */
#define STOP_POLL_US	100
#define STOP_TIMEOUT_US 1000000

/* How long a start over is put off. */
#define RESTART_MIN_MS 10u
#define RESTART_MAX_MS 1000u

/* What ordinary firmware gets to see that the status has gone, before its rings do. */
#define QUIET_MS 100u

struct link_vdev {
	struct virtio_device vdev;
	struct lifetime life;
	struct peer_link *link;
};

static struct peer_link *to_link(struct virtio_device *vdev)
{
	return container_of(vdev, struct link_vdev, vdev)->link;
}

/*
 * Start the link over, a little later: later still where it did not live as long as the last start
 * was put off. Any context.
 */
static void start_over(struct peer_link *link, atomic_t *why)
{
	bool again = time_before(jiffies, link->restarted + msecs_to_jiffies(link->restart_ms));

	if (atomic_xchg(&link->restarting, 1))
		return;
	atomic_inc(why);
	link->restart_ms = again ? min(2 * link->restart_ms, RESTART_MAX_MS) : RESTART_MIN_MS;
	schedule_delayed_work(&link->restart, msecs_to_jiffies(link->restart_ms));
}

/*
 * A peer can't have used more buffers than there were. The stock rings don't ask: to them an index
 * too far ahead is old entries, one after the other, each for a buffer that is there. Both indices
 * may move while they are read; what is asked is whether they fit at a moment.
 */
static bool index_holds(struct peer_link *link, unsigned int i)
{
	struct vring vring;
	u16 used, away;

	vring_init(&vring, link->layout.num[i], link->vring[i].va, link->layout.align[i]);
	used = virtio16_to_cpu(link->vdev, READ_ONCE(vring.used->idx));
	rmb();
	away = virtio16_to_cpu(link->vdev, READ_ONCE(vring.avail->idx)) - used;
	rmb();
	return away <= vring.num || used != virtio16_to_cpu(link->vdev, READ_ONCE(vring.used->idx));
}

static bool look_at_rings(struct peer_link *link)
{
	struct virtqueue *vq;

	virtio_device_for_each_vq(link->vdev, vq)
	{
		if (virtqueue_is_broken(vq) || !index_holds(link, vq->index))
			return false;
	}
	return true;
}

/* A peer that gives up need not ring, so this is asked when we ring, too. Any context. */
static bool look_at_peer(struct peer_link *link)
{
	atomic_t *why = NULL;

	if (session_status(link) & VIRTIO_CONFIG_S_NEEDS_RESET)
		why = &link->counters.needs_reset;
	else if (session_peer_left(link))
		why = &link->counters.peer_left;
	else if (!look_at_rings(link))
		why = &link->counters.broken;
	if (why)
		start_over(link, why);
	return !why;
}

/*
 * The driver sees the status that it wrote: the virtio core dies of a DRIVER_OK that it has not set
 * itself, and the table is the peer's to scribble on.
 */
static u8 vdev_get_status(struct virtio_device *vdev)
{
	return to_link(vdev)->status;
}

/* From DRIVER_OK on the peer works on the rings, so from there on it is heard. */
static void vdev_set_status(struct virtio_device *vdev, u8 status)
{
	struct peer_link *link = to_link(vdev);

	link->status = status;
	session_set_status(link, status | (session_status(link) & VIRTIO_CONFIG_S_NEEDS_RESET));
	if (status & VIRTIO_CONFIG_S_DRIVER_OK) {
		link->let_go = false;
		link->used = false;
		atomic_inc(&link->counters.starts);
		session_go_ahead(link); /* the driver kicks after this */
		doorbell_listen(&link->doorbell, true);
	}
}

/*
 * A peer in the middle of a message still writes to the rings after the status is gone, and the
 * next driver zeroes them. A peer with a link resource says when it has let go: wait for that, but
 * not for ever. Of ordinary firmware nobody knows, so it gets a while: descriptors that turn into
 * zeros under its hands may be its end.
 */
static void vdev_reset(struct virtio_device *vdev)
{
	struct peer_link *link = to_link(vdev);
	bool started = link->status & VIRTIO_CONFIG_S_DRIVER_OK, let_go;

	doorbell_listen(&link->doorbell, false);
	link->status = 0;
	atomic_set(&link->restarting, 0);
	if (link->let_go)
		return;
	link->let_go = true;
	session_set_status(link, 0);
	session_let_go(link);
	if (link->session) /* ordinary firmware may take any bell for DRIVER_OK (rpmsg-lite does) */
		doorbell_ring(&link->doorbell);
	if (read_poll_timeout(session_peer_let_go, let_go, let_go, STOP_POLL_US, STOP_TIMEOUT_US,
			      false, link))
		atomic_inc(&link->counters.stop_timeouts);
	if (started && !link->session)
		msleep(QUIET_MS);
}

static u64 vdev_get_features(struct virtio_device *vdev)
{
	struct peer_link *link = to_link(vdev);

	return link->live ? link->table.vdev->dfeatures : RPMSG_FEATURE_NS;
}

/* The table has 32 feature bits: neither VERSION_1 nor anything that would need it. */
static int vdev_finalize_features(struct virtio_device *vdev)
{
	struct peer_link *link = to_link(vdev);

	vring_transport_features(vdev);
	if (vdev->features >> 32)
		return -EINVAL;
	link->features = (u32)vdev->features;
	if (!link->session && link->live->gfeatures)
		dev_warn(
			link->dev,
			"%s is started anew: %s has no words for that, and must see it by its status, or be restarted\n",
			link->name, link->peer);
	if (link->live)
		link->live->gfeatures = link->features;
	return 0;
}

static bool vdev_notify(struct virtqueue *vq)
{
	struct peer_link *link = to_link(vq->vdev);

	atomic_inc(&link->counters.kicks[vq->index]);
	look_at_peer(link);
	doorbell_ring(&link->doorbell);
	return true;
}

/*
 * The bus has removed its channels and is about to free what they stand on: the last chance to wait
 * for programs that are in the middle of a stock driver (stock.h).
 */
static void vdev_del_vqs(struct virtio_device *vdev)
{
	struct peer_link *link = to_link(vdev);
	struct virtqueue *vq, *next;

	doorbell_listen(&link->doorbell, false);
	lifetime_wait_for_files(link->dev);
	list_for_each_entry_safe(vq, next, &vdev->vqs, list)
		vring_del_virtqueue(vq);
}

static int vdev_find_vqs(struct virtio_device *vdev, unsigned int nvqs, struct virtqueue *vqs[],
			 FIND_VQS_PARAMETERS)
{
	struct peer_link *link = to_link(vdev);
	unsigned int i;

	if (nvqs > LINK_VRINGS)
		return -EINVAL;
	for (i = 0; i < nvqs; i++) {
		const struct link_vring *vring = &link->vring[i];
		unsigned int num = link->layout.num[i], align = link->layout.align[i];

		memset(vring->va, 0, vring_size(num, align));
		vqs[i] = vring_new_virtqueue(i, num, align, vdev, false, FIND_VQS_CONTEXT(i),
					     vring->va, vdev_notify, FIND_VQS_CALLBACK(i),
					     FIND_VQS_NAME(i));
		if (!vqs[i]) {
			vdev_del_vqs(vdev);
			return -ENOMEM;
		}
		vqs[i]->num_max = num;
	}
	return 0;
}

static const char *vdev_bus_name(struct virtio_device *vdev)
{
	return dev_name(vdev->dev.parent);
}

static const struct virtio_config_ops vdev_ops = {
	.get_status = vdev_get_status,
	.set_status = vdev_set_status,
	.reset = vdev_reset,
	.get_features = vdev_get_features,
	.finalize_features = vdev_finalize_features,
	.find_vqs = vdev_find_vqs,
	.del_vqs = vdev_del_vqs,
	.bus_name = vdev_bus_name,
};

bool vdev_interrupt(struct peer_link *link)
{
	struct virtqueue *vq;
	bool any;

	if (!look_at_peer(link))
		return true;
	any = session_go_ahead(link);
	if (any)
		doorbell_ring(&link->doorbell);
	virtio_device_for_each_vq(link->vdev, vq)
	{
		bool used = vring_interrupt(link->doorbell.irq, vq) == IRQ_HANDLED;

		link->used |= used;
		/* What has come back to the transmit ring lies there until somebody sends. */
		any |= used && !vq->index;
	}
	return any;
}

/* Maybe long after the link is gone: nothing here may look at it. */
static void vdev_release(struct device *dev)
{
	kfree(container_of(dev_to_virtio(dev), struct link_vdev, vdev));
}

static void vdev_end(struct lifetime *life)
{
	put_device(life->dev);
}

static int add_vdev(struct peer_link *link)
{
	struct link_vdev *lv = kzalloc(sizeof(*lv), GFP_KERNEL);
	int ret;

	if (!lv)
		return -ENOMEM;
	lv->link = link;
	lv->life.dev = &lv->vdev.dev;
	lv->life.link = link->dev;
	lv->life.end = vdev_end;
	lv->vdev.id.device = VIRTIO_ID_RPMSG_DEVICE;
	lv->vdev.config = &vdev_ops;
	lv->vdev.dev.parent = link->dev;
	lv->vdev.dev.release = vdev_release;
	link->vdev = &lv->vdev;

	ret = register_virtio_device(&lv->vdev);
	if (ret) {
		link->vdev = NULL;
		lifetime_end(&lv->life);
		dev_err(link->dev, "cannot register the virtio device: %d\n", ret);
		return ret;
	}
	get_device(lv->life.dev);
	return 0;
}

static void remove_vdev(struct peer_link *link)
{
	struct link_vdev *lv = link->vdev ? container_of(link->vdev, struct link_vdev, vdev) : NULL;

	if (lv) {
		unregister_virtio_device(&lv->vdev);
		lifetime_end(&lv->life);
	}
	link->vdev = NULL;
	/* The core has acknowledged the device once more, for a next driver that may never come. */
	link->status = 0;
	session_set_status(link, 0);
}

static void restart(struct work_struct *work)
{
	struct peer_link *link = container_of(work, struct peer_link, restart.work);

	mutex_lock(&link->vdev_lock);
	if (!link->ending) {
		atomic_inc(&link->counters.restarts);
		remove_vdev(link);
		link->restarted = jiffies;
		if (add_vdev(link))
			schedule_delayed_work(&link->restart, msecs_to_jiffies(RESTART_MAX_MS));
	}
	mutex_unlock(&link->vdev_lock);
}

static void vdev_unregister(void *data)
{
	struct peer_link *link = data;

	mutex_lock(&link->vdev_lock);
	link->ending = true;
	remove_vdev(link);
	mutex_unlock(&link->vdev_lock);
	cancel_delayed_work_sync(&link->restart); /* with the device, all who ask for it are gone */
}

int vdev_register(struct peer_link *link)
{
	int ret = memory_take_pool(link);

	if (ret)
		return ret;
	mutex_init(&link->vdev_lock);
	INIT_DELAYED_WORK(&link->restart, restart);
	/* The peer is heard before all of the device is there, and may have it started over. */
	mutex_lock(&link->vdev_lock);
	ret = add_vdev(link);
	mutex_unlock(&link->vdev_lock);
	return ret ? ret : devm_add_action_or_reset(link->dev, vdev_unregister, link);
}

const char *vdev_state(struct peer_link *link)
{
	return atomic_read(&link->restarting) ? "broken" : session_state(link);
}

void vdev_show_counters(struct peer_link *link, struct seq_file *s)
{
	const struct link_counters *c = &link->counters;

	seq_printf(s, "kicks0 %d\nkicks1 %d\n", atomic_read(&c->kicks[0]),
		   atomic_read(&c->kicks[1]));
	seq_printf(s, "needs_reset %d\npeer_left %d\nbroken %d\n", atomic_read(&c->needs_reset),
		   atomic_read(&c->peer_left), atomic_read(&c->broken));
	seq_printf(s, "restarts %d\nstop_timeouts %d\nmismatches %d\n", atomic_read(&c->restarts),
		   atomic_read(&c->stop_timeouts), atomic_read(&c->mismatches));
}
