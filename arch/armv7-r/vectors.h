/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The exception vectors of cores without VBAR (ARM DDI 0406C, B1.8.1): they lie at 0 for each core,
 * and where several cores see the same memory there, they share them. So whoever starts the cores
 * puts code there that tells them apart, and leads exception n of a core, 0 being its reset, to
 * 4 * n bytes behind the entry of its image. An image for such cores begins with its vectors, as an
 * executable vector table, or does without exceptions.
 *
 * At its reset a core comes with an argument in r0; at exceptions nothing has changed but TPIDRPRW,
 * which has r0. For whoever starts the cores, whatever its own instruction set: words, which are
 * little-endian A32; it cleans its caches afterwards.
 */
#ifndef ARCH_ARMV7_R_VECTORS_H
#define ARCH_ARMV7_R_VECTORS_H

#include <stdbool.h>
#include <stdint.h>

#define VECTORS	      8
#define VECTORS_CORES 2 /* that MPIDR's bit 0 tells apart */

/* Words from 0 on: a branch each to a way each; of each core where its ways lead, and its r0. */
#define VECTORS_WAY(n)	       (VECTORS + 6 * (n))
#define VECTORS_TO(core, n)    (VECTORS_WAY(VECTORS) + (VECTORS + 1) * (core) + (n))
#define VECTORS_ARGUMENT(core) VECTORS_TO(core, VECTORS)
#define VECTORS_END	       VECTORS_TO(VECTORS_CORES, 0) /* of the road: b . */
#define VECTORS_WORDS	       (VECTORS_END + 1)

/* Of an instruction in word @at that reads word @from: PC is two words ahead. */
#define VECTORS_OFFSET(at, from) (4 * ((from) - (at)-2))

/* ldreq and ldrne by core, in words @at and the next. */
static inline void vectors_load(volatile uint32_t *word, uint32_t at, uint32_t reg, uint32_t of_0,
				uint32_t of_1)
{
	word[at] = 0x059f0000 | reg << 12 | VECTORS_OFFSET(at, of_0);
	word[at + 1] = 0x159f0000 | reg << 12 | VECTORS_OFFSET(at + 1, of_1);
}

/* All that is the same for all images, once; no core is led anywhere yet. */
static inline void vectors_fill(volatile uint32_t word[VECTORS_WORDS])
{
	word[VECTORS_END] = 0xeafffffe;
	for (uint32_t i = VECTORS_TO(0, 0); i < VECTORS_END; i++)
		word[i] = 4 * VECTORS_END;
	for (uint32_t n = 0; n < VECTORS; n++) {
		uint32_t way = VECTORS_WAY(n);

		word[n] = 0xea000000 | (way - n - 2); /* b way */
		if (!n) {
			word[way] = 0xee100fb0;	    /* mrc p15, 0, r0, c0, c0, 5: MPIDR */
			word[way + 1] = 0xe3100001; /* tst r0, #1 */
			vectors_load(word, way + 2, 0, VECTORS_ARGUMENT(0), VECTORS_ARGUMENT(1));
		} else {
			word[way] = 0xee0d0f90;	    /* mcr p15, 0, r0, c13, c0, 4: TPIDRPRW */
			word[way + 1] = 0xee100fb0; /* mrc p15, 0, r0, c0, c0, 5 */
			word[way + 2] = 0xe3100001; /* tst r0, #1: SPSR has the flags */
			word[way + 3] = 0xee1d0f90; /* mrc p15, 0, r0, c13, c0, 4 */
		}
		vectors_load(word, way + 4, 15, VECTORS_TO(0, n), VECTORS_TO(1, n));
	}
}

/* To an image's entry; one that is entered in Thumb state has no vectors there. */
static inline void vectors_lead(volatile uint32_t word[VECTORS_WORDS], unsigned core,
				uint32_t entry, bool thumb, uint32_t argument)
{
	for (unsigned n = 0; n < VECTORS; n++)
		word[VECTORS_TO(core, n)] = thumb ? 4 * VECTORS_END : entry + 4 * n;
	if (thumb)
		word[VECTORS_TO(core, 0)] = entry | 1;
	word[VECTORS_ARGUMENT(core)] = argument;
}

#endif
