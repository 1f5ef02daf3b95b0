/* SPDX-License-Identifier: BSD-2-Clause */
/* Included by processor.h: of what programs here need it has what ARMv7-A has. */
#include "test/boot/images/armv7-a.h"
