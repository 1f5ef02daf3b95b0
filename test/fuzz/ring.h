/* SPDX-License-Identifier: BSD-2-Clause */
/* One side of a virtqueue, and anybody at the other end: fuzz_ring_driver.c, fuzz_ring_device.c. */
#ifndef TEST_FUZZ_RING_H
#define TEST_FUZZ_RING_H

#include "rpmsg/virtqueue.h"

/* The input says what is called, what an honest other end does, and where it is not. */
void ring_fuzz(struct bytes input, enum virtqueue_side side);

#endif
