/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/console.h"
#include "boot/feature/explain.h"
#include "boot/plan/plan.h"
#include "boot/record.h"

void plan_show(const struct plan *plan)
{
	if (explains() && record_is_in_full())
		plan_print(plan, console_put_line);
}
