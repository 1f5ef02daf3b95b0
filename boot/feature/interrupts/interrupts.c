/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/interrupts.h"
#include "doorbell/kind.h"

const struct interrupts_feature interrupts_feature = { doorbell_find_user };
