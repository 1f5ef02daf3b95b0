/* SPDX-License-Identifier: BSD-2-Clause */
/* What linker scripts have to know of the architecture. */
#define ARCH_OUTPUT_FORMAT   "elf32-littlearm"
#define ARCH_EXCEPTION_STACK 0x400 /* a report's, in C */
/* What a linker makes, and what compilers say of their objects. */
#define ARCH_LINKER_TEXT     *(.glue_7 .glue_7t .v4_bx .vfp11_veneer .iplt .rel.iplt .rel.got)
#define ARCH_LINKER_DATA     *(.igot.plt)
#define ARCH_NO_CODE	     *(.ARM.exidx .ARM.exidx.* .ARM.extab .ARM.extab.*)
