/* SPDX-License-Identifier: BSD-2-Clause */
/* Which core: by what the hardware calls it, and sets of them. */
#ifndef BASE_CORE_H
#define BASE_CORE_H

#include <stdint.h>

/*
 * A core's hardware id: all affinity fields of its MPIDR, where they are in that register, as PSCI
 * takes it and as `reg` of its node in a device tree has it (Linux:
 * Documentation/devicetree/bindings/arm/cpus.yaml). Cores without an MPIDR have numbers that no
 * other core of the board has.
 */
typedef unsigned long core_id_t;

/* Of a list of cores, those whose bits are set: bit n is that of id[n]. */
struct core_set {
	const core_id_t *id;
	uint32_t mask;
};

/* The bit of the core @id in @set; 0: it is not in it. @id may be wider than any that there is. */
uint32_t core_set_find(const struct core_set *set, uint64_t id);

#endif
