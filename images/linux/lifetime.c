// SPDX-License-Identifier: GPL-2.0-only
/* Devices that outlive their link. See lifetime.h. */
#include <linux/atomic.h>
#include <linux/sched.h>
#include <linux/wait.h>

#include "lifetime.h"

static atomic_t living;
static DECLARE_WAIT_QUEUE_HEAD(ended);

void lifetime_begin(void)
{
	atomic_inc(&living);
}

void lifetime_end(void)
{
	if (atomic_dec_and_test(&living))
		wake_up(&ended);
}

void lifetime_wait(void)
{
	wait_event(ended, !atomic_read(&living));
}
