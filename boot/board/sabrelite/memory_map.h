/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory map of the SABRE Lite (i.MX 6Quad, 1 GiB) as the demo uses it: the one place for its
 * addresses. Included by C, assembler, linker scripts and device-tree sources alike, so: plain
 * numbers only.
 */
#ifndef MEMORY_MAP_H
#define MEMORY_MAP_H

/* The core that runs the loader, by the affinity of its MPIDR. */
#define BOOT_CORE 0x0

/* Devices: the cores' own, then the rest (i.MX 6Dual/6Quad Reference Manual, chapter 2). */
#define GLOBAL_TIMER_BASE      0x00a00200
#define GLOBAL_TIMER_FREQUENCY 100000000 /* QEMU's; half the cores' clock in silicon */
#define ALARM_INTERRUPT	       27	 /* the global timer's */
#define GICC_BASE	       0x00a00100
#define GIC_VERSION	       2
#define GICD_BASE	       0x00a01000
#define GIC_SPIS	       128
#define PEER_DEVICE_BASE       0x00a00000
#define PEER_DEVICE_SIZE       0x00100000
#define WDOG_BASE	       0x020bc000 /* WDOG1 */
#define SRC_BASE	       0x020d8000
#define UART_BASE	       0x021e8000 /* UART2: Linux's ttymxc1 */
#define DEVICE_BASE	       0x02000000
#define DEVICE_SIZE	       0x00200000

/* RAM: 1 GiB. */
#define RAM_BASE 0x10000000
#define RAM_SIZE 0x40000000

/* Linux: kernel in the first 128 MiB (it decompresses to the start of them), tree, initrd. */
#define KERNEL_BASE 0x12000000
#define FDT_BASE    0x14000000
#define FDT_SIZE    0x00100000
#define INITRD_BASE 0x15000000

/*
 * The SD card in the micro SD slot, at uSDHC4, and the window of addresses by which the loader
 * reads its first 64 MiB: nothing lies there. What the boot ROM looks for, 1 KiB from the
 * card's start, is what `image` makes of the loader; QEMU brings it to RAM by itself. The boot
 * state's two records lie 4 MiB apart: as much as cards write at once.
 */
#define SDHCI_BASE	  0x0219c000
#define SDHCI_CLOCK	  198000000 /* Hz, as the boot ROM leaves it */
#define SDHCI_IS_USDHC	  1
#define FLASH_BASE	  0x80000000
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

/* Cores, as masks: Linux's, then each peer's. Peers: private memory, cached. */
#define LINUX_CPUS  0x3
#define PEER_B_BASE 0x2c000000
#define PEER_B_SIZE 0x00200000
#define PEER_B_CPUS 0x4
#define PEER_C_BASE 0x2c200000
#define PEER_C_SIZE 0x00200000
#define PEER_C_CPUS 0x8

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

/* The loader's data; boot record and pristine tables, for Linux to read; its code. */
#define LOADER_RAM_BASE 0x2e000000
#define LOADER_RAM_SIZE 0x00040000
#define RECORD_BASE	0x2e040000
#define RECORD_SIZE	0x00010000
#define LOADER_BASE	0x2e200000
#define LOADER_SIZE	0x00100000

/* Doorbells: Linux hears edge SPIs, bare-metal peers hear SGIs (docs/device-tree-binding.md). */
#define DOORBELL_NONE 0
#define DOORBELL_SGI  1
#define DOORBELL_SPI  2
#define DOORBELL_IPCC 3

#endif
