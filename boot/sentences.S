/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's packed sentences (boot/sentence.c). */
	.section .rodata.sentences, "a"
	.global sentences_packed
sentences_packed:
	.incbin SENTENCES
