// SPDX-License-Identifier: GPL-2.0-only
/* The virtio device of a link whose Linux end is the master. See vdev.h. */
#include <linux/iopoll.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/virtio.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#include "compat.h"
#include "lifetime.h"
#include "link.h"
#include "memory.h"
#include "vdev.h"

/* How long a peer may take to let go of the rings when the link stops. */
#define STOP_POLL_US	100
#define STOP_TIMEOUT_US 1000000

struct link_vdev {
	struct virtio_device vdev;
	struct peer_link *link;
};

static struct peer_link *to_link(struct virtio_device *vdev)
{
	return container_of(vdev, struct link_vdev, vdev)->link;
}

/*
 * What the driver sees of the status is what it wrote, and one bit of the peer's: the virtio core
 * dies of a DRIVER_OK that it has not set itself, and the table is the peer's to scribble on.
 */
static u8 vdev_get_status(struct virtio_device *vdev)
{
	struct peer_link *link = to_link(vdev);

	return link->status | (table_status(&link->table) & VIRTIO_CONFIG_S_NEEDS_RESET);
}

/* A peer that gives up need not ring, so this is asked when we ring, too. Any context. */
static void look_for_reset_request(struct peer_link *link)
{
	if (!(table_status(&link->table) & VIRTIO_CONFIG_S_NEEDS_RESET) ||
	    atomic_xchg(&link->gave_up, 1))
		return;
	atomic_inc(&link->counters.needs_reset);
	dev_warn(link->dev, "%s has given up the link and needs a reset: unbind and bind it\n",
		 link->peer);
}

/* From here on the peer works on the rings, so from here on it is heard. */
static void vdev_set_status(struct virtio_device *vdev, u8 status)
{
	struct peer_link *link = to_link(vdev);
	u8 kept = table_status(&link->table) & VIRTIO_CONFIG_S_NEEDS_RESET;

	link->status = status & ~VIRTIO_CONFIG_S_NEEDS_RESET;
	table_set_status(&link->table, status | kept);
	if (status & VIRTIO_CONFIG_S_DRIVER_OK) {
		atomic_inc(&link->counters.starts);
		doorbell_listen(&link->doorbell, true);
		table_go_ahead(&link->table); /* the driver kicks after this */
	}
}

/*
 * A peer in the middle of a message still writes to the rings after the status is gone, and the
 * next driver zeroes them. A peer with a link resource says when it has let go: wait for that, but not
 * for ever.
 */
static void stop_peer(struct peer_link *link)
{
	bool let_go;

	table_set_status(&link->table, 0);
	table_let_go(&link->table);
	doorbell_ring(&link->doorbell);
	if (read_poll_timeout(table_peer_let_go, let_go, let_go, STOP_POLL_US, STOP_TIMEOUT_US,
			      false, &link->table))
		atomic_inc(&link->counters.stop_timeouts);
}

static void vdev_reset(struct virtio_device *vdev)
{
	struct peer_link *link = to_link(vdev);

	doorbell_listen(&link->doorbell, false);
	stop_peer(link);
	link->status = 0;
	atomic_set(&link->gave_up, 0);
}

static u64 vdev_get_features(struct virtio_device *vdev)
{
	return table_vdev(&to_link(vdev)->table)->dfeatures;
}

/* The table has 32 feature bits: neither VERSION_1 nor anything that would need it. */
static int vdev_finalize_features(struct virtio_device *vdev)
{
	vring_transport_features(vdev);
	if (vdev->features >> 32)
		return -EINVAL;
	table_set_features(&to_link(vdev)->table, (u32)vdev->features);
	return 0;
}

static bool vdev_notify(struct virtqueue *vq)
{
	struct peer_link *link = to_link(vq->vdev);

	atomic_inc(&link->counters.kicks[vq->index]);
	look_for_reset_request(link);
	doorbell_ring(&link->doorbell);
	return true;
}

static void vdev_del_vqs(struct virtio_device *vdev)
{
	struct virtqueue *vq, *next;

	doorbell_listen(&to_link(vdev)->doorbell, false);
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

void vdev_interrupt(struct peer_link *link)
{
	struct virtqueue *vq;

	look_for_reset_request(link);
	if ((link->status & VIRTIO_CONFIG_S_DRIVER_OK) && table_go_ahead(&link->table))
		doorbell_ring(&link->doorbell);
	virtio_device_for_each_vq(link->vdev, vq) vring_interrupt(link->doorbell.irq, vq);
}

/* The last reference may be dropped long after the link is gone: nothing here may look at it. */
static void vdev_release(struct device *dev)
{
	kfree(container_of(dev_to_virtio(dev), struct link_vdev, vdev));
	lifetime_end();
}

static void vdev_unregister(void *data)
{
	struct peer_link *link = data;

	unregister_virtio_device(link->vdev);
	/* The core has acknowledged the device once more, for a next driver that never comes. */
	table_set_status(&link->table, 0);
}

int vdev_register(struct peer_link *link)
{
	int ret = memory_take_pool(link);
	struct link_vdev *lv;

	if (ret)
		return ret;
	lv = kzalloc(sizeof(*lv), GFP_KERNEL);
	if (!lv)
		return -ENOMEM;
	lifetime_begin();
	lv->link = link;
	lv->vdev.id.device = VIRTIO_ID_RPMSG_DEVICE;
	lv->vdev.config = &vdev_ops;
	lv->vdev.dev.parent = link->dev;
	lv->vdev.dev.release = vdev_release;
	link->vdev = &lv->vdev;

	ret = register_virtio_device(&lv->vdev);
	if (ret) {
		put_device(&lv->vdev.dev);
		return dev_err_probe(link->dev, ret, "cannot register the virtio device\n");
	}
	return devm_add_action_or_reset(link->dev, vdev_unregister, link);
}

const char *vdev_state(struct peer_link *link)
{
	u8 status = table_status(&link->table);

	return status & VIRTIO_CONFIG_S_NEEDS_RESET ? "broken" :
	       status & VIRTIO_CONFIG_S_DRIVER_OK   ? "up" :
						      "down";
}
