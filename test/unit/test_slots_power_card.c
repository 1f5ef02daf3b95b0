/* SPDX-License-Identifier: BSD-2-Clause */
/* Boot state and slots on a card: the same cuts. */
#include "test/unit/card_model.h"
#include "test/unit/test_slots_power.c"
