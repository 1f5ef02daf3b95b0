/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory map of AMD's Versal (Technical Reference Manual, AM011) as QEMU's `xlnx-versal-virt` has
 * it and the demo uses it: the one place for its addresses. Included by C, assembler, linker
 * scripts and device-tree sources alike, so: plain numbers only.
 */
#ifndef MEMORY_MAP_H
#define MEMORY_MAP_H

/* The core that runs the loader, by the affinity of its MPIDR. */
#define BOOT_CORE 0x0

/* Devices of the A72s: their GIC, which the R5s do not see. */
#define GIC_VERSION	3
#define GICD_BASE	0xf9000000
#define GICR_BASE	0xf9080000
#define GIC_SIZE	0x00200000
#define GIC_SPIS	160
#define ALARM_INTERRUPT 27 /* the virtual timer's */
/* Of the R5s: the DMA channels that they ring by, and how fast their cycle counters go. */
#define PEER_DEVICE_BASE  0xffa80000
#define PEER_DEVICE_SIZE  0x00080000
#define ADMA_STEP	  0x00010000
#define ADMA_CHANNELS	  8
#define ADMA_SPI	  60	     /* the first one's */
#define PMCCNTR_FREQUENCY 1000000000 /* QEMU's: of its virtual time */
/* Of the power management controller, and of the low power domain. */
#define PMC_BASE  0xf1000000
#define PMC_SIZE  0x00200000
#define LPD_BASE  0xff000000
#define LPD_SIZE  0x00c00000
#define CRL_BASE  0xff5e0000
#define UART_BASE 0xff000000 /* UART0: Linux's ttyAMA0 */

/* RAM: the first GiB of DDR. QEMU passes its device tree in x0: at 128 MiB, as a rule. */
#define RAM_BASE       0x00000000
#define RAM_SIZE       0x40000000
#define BOARD_FDT_BASE 0x08000000

/* Where R5s begin and take exceptions: the first page of it (arch/armv7-r/vectors.h). */
#define VECTORS_BASE 0x00000000
#define VECTORS_SIZE 0x00001000

/*
 * The loader: where QEMU takes an arm64 Image to, which it is. Its data lies within 1 MiB of its
 * code, which reaches it by single instructions (-mcmodel=tiny).
 */
#define LOADER_BASE	0x00200000
#define LOADER_SIZE	0x00080000
#define LOADER_RAM_BASE 0x00280000
#define LOADER_RAM_SIZE 0x00040000
/* Boot record and pristine tables, for Linux to read. */
#define RECORD_BASE	 0x002c0000
#define RECORD_SIZE	 0x00010000
#define LOADER_IS_KERNEL 1

/* Linux: kernel, tree, initrd. */
#define KERNEL_BASE 0x10200000
#define FDT_BASE    0x14000000
#define FDT_SIZE    0x00100000
#define INITRD_BASE 0x15000000

/*
 * The SD card of the first controller, and the window of addresses by which the loader reads its
 * first 64 MiB: nothing lies there. The boot state's two records lie 4 MiB apart: as much as cards
 * write at once.
 */
#define SDHCI_BASE	  0xf1040000
#define SDHCI_CLOCK	  25000000 /* Hz */
#define SDHCI_IS_USDHC	  0
#define FLASH_BASE	  0x90000000
#define FLASH_SIZE	  0x04000000
#define STATE_OFFSET	  0x00400000
#define FLASH_SECTOR_SIZE 0x00400000
#define SLOT_A_OFFSET	  0x00c00000
#define SLOT_B_OFFSET	  0x02600000
#define SLOT_SIZE	  0x01a00000
/* Where recovery receives a boot image. */
#define RECEIVED_BASE 0x20000000

/* The loader's to unpack to while it loads; Linux's once it runs. */
#define STAGING_BASE 0x24000000
#define STAGING_SIZE 0x08000000

/*
 * Cores, as masks: Linux's, then each peer's, which are of the R5s' cluster. Peers: private memory,
 * cached.
 */
#define LINUX_CPUS  0x3
#define PEER_B_BASE 0x2c000000
#define PEER_B_SIZE 0x00200000
#define PEER_B_CPUS 0x1
#define PEER_C_BASE 0x2c200000
#define PEER_C_SIZE 0x00200000
#define PEER_C_CPUS 0x2

/* Shared memory: normal, non-cacheable to everybody. Divided as virt's, which says why. */
#define SHARED_BASE	 0x2d000000
#define SHARED_SIZE	 0x01000000
#define TABLE_SIZE	 0x00001000
#define TRACE_SIZE	 0x00004000
#define LINK_SIZE	 0x00080000
#define LINKS_PER_AREA	 3
#define TABLE_B_BASE	 0x2d000000
#define TRACE_B_BASE	 0x2d004000
#define LINK_B_BASE	 0x2d040000
#define TABLE_C_BASE	 0x2d200000
#define TRACE_C_BASE	 0x2d204000
#define LINK_C_BASE	 0x2d240000
#define TABLE_LINUX_BASE 0x2d400000
#define LINK_LINUX_BASE	 0x2d440000

/* Words that peers count up to feed their watchdogs. */
#define FED_BASE 0x2e050000
#define FED_SIZE 0x00001000
/* Copies that Linux starts the peers anew from. */
#define PRISTINE_BASE 0x2e100000
#define PRISTINE_SIZE 0x00400000

/* Doorbells (docs/device-tree-binding.md). */
#define DOORBELL_NONE 0
#define DOORBELL_SGI  1
#define DOORBELL_SPI  2
#define DOORBELL_ADMA 4

#endif
