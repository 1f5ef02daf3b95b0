/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What test/bench/bench.py puts into the kernel's place: its first instruction reads the counter,
 * the rest prints the ticks and what the peers' trace buffers hold, and powers off. Two pieces, so
 * that a zImage's header between them stays: the first two words, and all from `body` on.
 */
#include "boot/board/virt/memory_map.h"

#define BODY	 0x1000
#define UART_TX	 0
#define UART_FLAGS 0x18
#define UART_FULL  0x20
#define PSCI_SYSTEM_OFF 0x84000008

	.syntax unified
	.arm
	.text
	.globl	_start
_start:
	mrrc	p15, 1, r4, r5, c14	@ CNTVCT
	b	body

	.org	BODY
body:
	ldr	r6, =UART_BASE
	adr	r0, linux
	bl	print
	mov	r7, #8			@ digits of the low word: 2^32 ticks are 68 s
1:	lsr	r0, r4, #28
	lsl	r4, r4, #4
	cmp	r0, #9
	addls	r0, r0, #'0'
	addhi	r0, r0, #'a' - 10
	bl	put
	subs	r7, r7, #1
	bne	1b
	adr	r0, trace_b
	bl	print
	ldr	r0, =TRACE_B_BASE
	bl	print
	adr	r0, trace_c
	bl	print
	ldr	r0, =TRACE_C_BASE
	bl	print
	adr	r0, done
	bl	print
	ldr	r0, =PSCI_SYSTEM_OFF
	.arch_extension virt
	hvc	#0
2:	wfi
	b	2b

/* r0: NUL-terminated text */
print:
	mov	r8, lr
	mov	r9, r0
3:	ldrb	r0, [r9], #1
	cmp	r0, #0
	bxeq	r8
	bl	put
	b	3b

/* r0: a character */
put:
	ldr	r1, [r6, #UART_FLAGS]
	tst	r1, #UART_FULL
	bne	put
	str	r0, [r6, #UART_TX]
	bx	lr

linux:	.asciz	"\nprobe: linux at tick 0x"
trace_b: .asciz	"\nprobe: trace b\n"
trace_c: .asciz	"\nprobe: trace c\n"
done:	.asciz	"\nprobe: done\n"
	.balign	4
	.ltorg
