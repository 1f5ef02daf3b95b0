/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/console.h"
#include "boot/feature/explain.h"
#include "boot/plan/plan.h"

void plan_show(const struct plan *plan)
{
	if (explains())
		plan_print(plan, console_put_line);
}
