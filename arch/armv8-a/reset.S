/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From reset to C: stacks, .data, .bss, SIMD. The core comes at EL2 where nobody sits below us, at
 * EL1, or at EL3 on a board with a monitor of our own, and stays there. When its own
 * state is set up, it goes on at x21: in cold_ram if it boots, in helpers/entry.S if it helps.
 *
 * The loader's stack is SP_EL0; SP_ELx is that of exceptions, which so have one when the loader's
 * is used up. Until there are stacks SP_ELx is zero, and a fault goes on at x10
 * (exception_entry.S).
 */
#include BOARD_MEMORY_MAP
#include "arch/armv8-a/coherent.inc"

#define HCR_RW	   (1 << 31)	/* EL1, should anybody go there, is AArch64 */
#define HCR_AMO	   (1 << 5)	/* SErrors are taken at EL2, not kept for Linux; till enter_off */
#define SCR_EA	   (1 << 3)	/* at EL3 likewise */
#define CPTR_NONE  0x33ff	/* no traps; these bits are one always */
#define CPACR_SIMD (3 << 20)

	.section .vectors, "ax"
	.global vectors
vectors:
	b	cold_core
#ifdef LOADER_IS_KERNEL
	/* For who starts us as a kernel: the header of Documentation/arm64/booting.rst. */
	.long	0
	.quad	LOADER_BASE & 0x1fffff		/* from a multiple of 2 MiB */
	.quad	LOADER_SIZE
	.quad	1 << 1				/* little-endian, 4 KiB pages, low in memory */
	.quad	0, 0, 0
	.ascii	"ARM\x64"
	.long	0
#endif

	.section .text.reset, "ax"
	.global reset
	.type	reset, %function
reset:
	ldr	x21, =cold_ram
	.global reset_core
reset_core:
	msr	spsel, #1
	mov	x0, #0
	mov	sp, x0
	msr	tpidr_el1, x0			/* no exception yet (exception.c) */
	ldr	x9, =exception_vectors
	mrs	x0, CurrentEL
	tbnz	x0, #3, 1f
	msr	vbar_el1, x9
	mov	x0, #CPACR_SIMD
	msr	cpacr_el1, x0
	b	3f
1:	tbz	x0, #2, 2f
	msr	vbar_el3, x9
	mov	x0, #SCR_EA			/* Secure, and nobody else yet */
	msr	scr_el3, x0
	msr	cptr_el3, xzr			/* no traps */
	be_coherent
	b	3f
2:	msr	vbar_el2, x9
	ldr	x0, =HCR_RW | HCR_AMO
	msr	hcr_el2, x0
	mov	x0, #CPTR_NONE
	msr	cptr_el2, x0
	msr	cntvoff_el2, xzr		/* the counter is everybody's */
3:	isb
	br	x21

	.global reset_stacks
reset_stacks:
	ldr	x0, =exception_stack_end
	mov	sp, x0
	msr	spsel, #0
	ldr	x0, =stack_end
	mov	sp, x0

	/* .data from flash, .bss cleared: both aligned to 8 by the linker script. */
	ldr	x0, =data_start
	ldr	x1, =data_end
	ldr	x2, =data_load
	b	4f
3:	ldr	x3, [x2], #8
	str	x3, [x0], #8
4:	cmp	x0, x1
	b.lo	3b
	ldr	x1, =bss_end
	b	6f
5:	str	xzr, [x0], #8
6:	cmp	x0, x1
	b.lo	5b

	msr	daifclr, #4			/* SError: what reports it is there now */
	bl	memory_start			/* caches come invalid from reset */
	mov	x0, x20
	bl	boot_main
	b	arch_park
	.size	reset, . - reset
