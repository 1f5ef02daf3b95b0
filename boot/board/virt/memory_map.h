/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory map of QEMU's `virt` machine as the demo uses it: the one place for its addresses.
 * Included by C, assembler, linker scripts and device-tree sources alike, so: plain numbers only.
 */
#ifndef MEMORY_MAP_H
#define MEMORY_MAP_H

/* The core that runs the loader, by the affinity of its MPIDR: others wait at reset. */
#define BOOT_CORE 0x0

/* Flash bank 0: the loader at the reset vector, then two slots for boot images. */
#define FLASH_BASE    0x00000000
#define FLASH_SIZE    0x04000000
#define LOADER_BASE   0x00000000
#define LOADER_SIZE   0x00100000
#define SLOT_A_OFFSET 0x00100000
#define SLOT_B_OFFSET 0x02000000
#define SLOT_SIZE     0x01f00000
/* Flash bank 1: the boot state, in its first two sectors. */
#define FLASH1_BASE	  0x04000000
#define FLASH_SECTOR_SIZE 0x00040000
#define STATE_BASE	  0x04000000

/* Devices. The GIC is a version 2, or 3 (-M virt,gic-version=3). */
#define GIC_VERSION	0
#define GICD_BASE	0x08000000
#define GICC_BASE	0x08010000
#define GICR_BASE	0x080a0000
#define GIC_SPIS	256
#define ALARM_INTERRUPT 27 /* the virtual timer's */
#define UART_BASE	0x09000000
#define DEVICE_BASE	0x08000000
#define DEVICE_SIZE	0x08000000
/* Of these, what peers have to do with: the two MiB of the interrupt controller. */
#define PEER_DEVICE_BASE 0x08000000
#define PEER_DEVICE_SIZE 0x00200000

/* RAM: 512 MiB. What starts at 0x40000000 is QEMU's device tree, until Linux decompresses there. */
#define RAM_BASE       0x40000000
#define RAM_SIZE       0x20000000
#define BOARD_FDT_BASE 0x40000000

/* Linux: kernel in the first 128 MiB (it decompresses to the start of them), tree, initrd. */
#define KERNEL_BASE 0x42000000
#define FDT_BASE    0x44000000
#define FDT_SIZE    0x00100000
#define INITRD_BASE 0x45000000
/*
 * Where Linux is one ELF (images/bootstrap): what runs before the kernel, code and data a MiB each.
 */
#define BOOTSTRAP_BASE 0x44200000
#define BOOTSTRAP_SIZE 0x00200000

/*
 * Where a boot image that is received goes, no longer than a slot, until Linux runs; and behind it
 * a MiB that the loader runs in while it writes the flash that it comes from.
 */
#define RECEIVED_BASE	 0x50000000
#define LOADER_COPY_BASE 0x51f00000

/* The loader's to unpack to while it loads; Linux's once it runs. */
#define STAGING_BASE 0x54000000
#define STAGING_SIZE 0x08000000

/* Cores, as masks: Linux's, then each peer's. Peers: private memory, cached. */
#define LINUX_CPUS  0x3
#define PEER_B_BASE 0x5c000000
#define PEER_B_SIZE 0x00200000
#define PEER_B_CPUS 0x4
#define PEER_C_BASE 0x5c200000
#define PEER_C_SIZE 0x00200000
#define PEER_C_CPUS 0x8

/*
 * Shared memory: mapped normal, non-cacheable by everybody. An area for each context that may own
 * links: its resource table, its trace buffer, then LINKS_PER_AREA times what a link needs (vrings
 * and buffers; LINK_SIZE bytes each, one after the other). Areas begin at multiples of 2 MiB:
 * 32-bit Linux dies in its first page tables if reserved memory begins at an odd MiB and RAM goes
 * on within the next one, as it would where an optional peer below has failed.
 */
#define SHARED_BASE	 0x5d000000
#define SHARED_SIZE	 0x01000000
#define TABLE_SIZE	 0x00001000
#define TRACE_SIZE	 0x00004000
#define LINK_SIZE	 0x00080000
#define LINKS_PER_AREA	 3
#define TABLE_B_BASE	 0x5d000000
#define TRACE_B_BASE	 0x5d004000
#define LINK_B_BASE	 0x5d040000
#define TABLE_C_BASE	 0x5d200000
#define TRACE_C_BASE	 0x5d204000
#define LINK_C_BASE	 0x5d240000
#define TABLE_LINUX_BASE 0x5d400000
#define LINK_LINUX_BASE	 0x5d440000

/* The loader's own RAM, and what it leaves for Linux to read: boot record, pristine tables. */
#define LOADER_RAM_BASE 0x5e000000
#define LOADER_RAM_SIZE 0x00040000
#define RECORD_BASE	0x5e040000
#define RECORD_SIZE	0x00010000

/* Doorbells: Linux hears edge SPIs, bare-metal peers hear SGIs (docs/device-tree-binding.md). */
#define DOORBELL_NONE 0
#define DOORBELL_SGI  1
#define DOORBELL_SPI  2
#define DOORBELL_IPCC 3

#endif
