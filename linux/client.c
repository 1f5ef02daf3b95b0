// SPDX-License-Identifier: GPL-2.0-only
/* An echo for peers. See client.h. */
#include <linux/iopoll.h>
#include <linux/rpmsg.h>
#include <linux/rpmsg/ns.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "client.h"

#define ECHO_POLL_US	100
#define ECHO_TIMEOUT_US 1000000

static const char echo_name[] = "rpmsg-raw";

struct client {
	struct rpmsg_endpoint *ept;
};

/*
 * Waits for a buffer, and so makes a peer wait that sends faster than it takes answers. By looking
 * again: on virtio_rpmsg_bus, what would wake a sleeper is the interrupt whose thread this is.
 */
static int echo(struct rpmsg_device *rpdev, void *data, int len, void *priv, u32 src)
{
	struct client *client = priv;
	struct rpmsg_endpoint *ept = READ_ONCE(client->ept);
	int ret;

	if (!ept)
		return -EAGAIN;
	if (read_poll_timeout(rpmsg_trysendto, ret, ret != -ENOMEM, ECHO_POLL_US, ECHO_TIMEOUT_US,
			      false, ept, data, len, src))
		dev_warn_ratelimited(&rpdev->dev, "echo to %#x dropped: no buffer\n", src);
	return ret;
}

/* A channel whose driver answers for itself would need a device of its own; an address will do. */
static int announce(struct rpmsg_device *rpdev, struct rpmsg_endpoint *ept, u32 flags)
{
	struct rpmsg_ns_msg message = {
		.addr = cpu_to_rpmsg32(rpdev, ept->addr),
		.flags = cpu_to_rpmsg32(rpdev, flags),
	};

	strscpy_pad(message.name, echo_name, sizeof(message.name));
	return flags == RPMSG_NS_CREATE ?
		       rpmsg_sendto(ept, &message, sizeof(message), RPMSG_NS_ADDR) :
		       rpmsg_trysendto(ept, &message, sizeof(message), RPMSG_NS_ADDR);
}

static int client_probe(struct rpmsg_device *rpdev)
{
	struct client *client = devm_kzalloc(&rpdev->dev, sizeof(*client), GFP_KERNEL);
	struct rpmsg_channel_info info = { .src = RPMSG_ADDR_ANY, .dst = RPMSG_ADDR_ANY };
	int ret;

	if (!client)
		return -ENOMEM;
	strscpy(info.name, echo_name, sizeof(info.name));
	WRITE_ONCE(client->ept, rpmsg_create_ept(rpdev, echo, client, info));
	if (!client->ept)
		return -ENOMEM;
	dev_set_drvdata(&rpdev->dev, client);
	ret = announce(rpdev, client->ept, RPMSG_NS_CREATE);
	if (ret)
		rpmsg_destroy_ept(client->ept);
	return ret;
}

static void client_remove(struct rpmsg_device *rpdev)
{
	struct client *client = dev_get_drvdata(&rpdev->dev);

	announce(rpdev, client->ept, RPMSG_NS_DESTROY); /* in vain where the session has ended */
	rpmsg_destroy_ept(client->ept);
}

static const struct rpmsg_device_id client_ids[] = { { .name = "peerboot-ctl" }, {} };

static struct rpmsg_driver client_driver = {
	.probe = client_probe,
	.remove = client_remove,
	.id_table = client_ids,
	.drv.name = "peerboot-echo",
};

int client_register(void)
{
	return register_rpmsg_driver(&client_driver);
}

void client_unregister(void)
{
	unregister_rpmsg_driver(&client_driver);
}

const struct bus_type *client_bus(void)
{
	return client_driver.drv.bus;
}
