/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-256's block function (FIPS 180-4, 6.2.2), by the name of OpenSSL's: that one has a way for
 * every Arm core, 6.3 KiB in one piece. This is a fifth of it, with as many instructions a byte as
 * its way for NEON: first all 64 words of the schedule, four at a time, then the rounds.
 *
 * void sha256_block_data_order(uint32_t state[8], const void *data, size_t blocks);
 */
	.syntax unified
	.thumb

#define SCHEDULE 4 * 64	/* bytes */

	.section .rodata.sha256, "a"
	.balign	4
constants:
	.word	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5
	.word	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174
	.word	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da
	.word	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967
	.word	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85
	.word	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070
	.word	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3
	.word	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2

/* \sum = \word rotated right by \r1, by \r2, and shifted by \shift, exclusive-or'ed. Uses \t. */
	.macro	sigma sum, word, t, r1, r2, shift
	vshr.u32 \sum, \word, #\r1
	vsli.32	\sum, \word, #32 - \r1
	vshr.u32 \t, \word, #\r2
	vsli.32	\t, \word, #32 - \r2
	veor	\sum, \sum, \t
	vshr.u32 \t, \word, #\shift
	veor	\sum, \sum, \t
	.endm

/* Store four words of the schedule, each with its round's constant. */
	.macro	store w
	vld1.32	{q8}, [r2]!
	vadd.i32 q8, q8, \w
	vst1.32	{q8}, [r3]!
	.endm

/*
 * The next four words in place of \w0, from the sixteen before. The last two take the first two
 * in: half a register at a time.
 */
	.macro	schedule w0, w1, w2, w3, low, high, last
	vext.32	q8, \w0, \w1, #1	/* those fifteen back */
	vext.32	q9, \w2, \w3, #1	/* seven back */
	sigma	q10, q8, q11, 7, 18, 3
	vadd.i32 \w0, \w0, q9
	vadd.i32 \w0, \w0, q10
	sigma	d16, \last, d17, 17, 19, 10
	vadd.i32 \low, \low, d16
	sigma	d16, \low, d17, 17, 19, 10
	vadd.i32 \high, \high, d16
	store	\w0
	.endm

/*
 * A round. \bc is b ^ c, and \ab becomes a ^ b, which is the next round's b ^ c: the majority is
 * (a ^ b) & (b ^ c) ^ b. Rotations are put off until the sum: Σ1 is by 6, 11, 25, Σ0 by 2, 13, 22.
 */
	.macro	round a, b, c, d, e, f, g, h, ab, bc
	ldr	r0, [r3], #4
	add	\h, \h, r0
	eor	r0, \f, \g
	and	r0, r0, \e
	eor	r0, r0, \g
	add	\h, \h, r0
	eor	r0, \e, \e, ror #11 - 6
	eor	r0, r0, \e, ror #25 - 6
	add	\h, \h, r0, ror #6
	add	\d, \d, \h
	eor	r0, \a, \a, ror #13 - 2
	eor	r0, r0, \a, ror #22 - 2
	add	\h, \h, r0, ror #2
	eor	\ab, \a, \b
	and	\bc, \bc, \ab
	eor	\bc, \bc, \b
	add	\h, \h, \bc
	.endm

	.section .text.sha256, "ax"
	.global sha256_block_data_order
	.type	sha256_block_data_order, %function
	.thumb_func
sha256_block_data_order:
	cmp	r2, #0
	it	eq
	bxeq	lr
	push	{r0, r2, r4-r12, lr}
	sub	sp, sp, #SCHEDULE
1:	movw	r2, #:lower16:constants
	movt	r2, #:upper16:constants
	mov	r3, sp
	vld1.8	{q0-q1}, [r1]!
	vld1.8	{q2-q3}, [r1]!
	vrev32.8 q0, q0
	vrev32.8 q1, q1
	vrev32.8 q2, q2
	vrev32.8 q3, q3
	store	q0
	store	q1
	store	q2
	store	q3
	movs	r4, #3
2:	schedule q0, q1, q2, q3, d0, d1, d7
	schedule q1, q2, q3, q0, d2, d3, d1
	schedule q2, q3, q0, q1, d4, d5, d3
	schedule q3, q0, q1, q2, d6, d7, d5
	subs	r4, r4, #1
	bne	2b
	ldr	r0, [sp, #SCHEDULE]	/* the state, as it was pushed */
	ldm	r0, {r4-r11}
	eor	lr, r5, r6
	mov	r3, sp
	movs	r2, #8
3:	round	r4, r5, r6, r7, r8, r9, r10, r11, r12, lr
	round	r11, r4, r5, r6, r7, r8, r9, r10, lr, r12
	round	r10, r11, r4, r5, r6, r7, r8, r9, r12, lr
	round	r9, r10, r11, r4, r5, r6, r7, r8, lr, r12
	round	r8, r9, r10, r11, r4, r5, r6, r7, r12, lr
	round	r7, r8, r9, r10, r11, r4, r5, r6, lr, r12
	round	r6, r7, r8, r9, r10, r11, r4, r5, r12, lr
	round	r5, r6, r7, r8, r9, r10, r11, r4, lr, r12
	subs	r2, r2, #1
	bne	3b
	ldr	r0, [sp, #SCHEDULE]
	ldm	r0, {r2, r3, r12, lr}
	add	r4, r4, r2
	add	r5, r5, r3
	add	r6, r6, r12
	add	r7, r7, lr
	stm	r0!, {r4-r7}
	ldm	r0, {r2, r3, r12, lr}
	add	r8, r8, r2
	add	r9, r9, r3
	add	r10, r10, r12
	add	r11, r11, lr
	stm	r0, {r8-r11}
	ldr	r2, [sp, #SCHEDULE + 4]	/* blocks */
	subs	r2, r2, #1
	str	r2, [sp, #SCHEDULE + 4]
	bne	1b
	add	sp, sp, #SCHEDULE + 8
	pop	{r4-r12, pc}
	.size	sha256_block_data_order, . - sha256_block_data_order
