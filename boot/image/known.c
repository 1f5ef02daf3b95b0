/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/explain.h"
#include "boot/image/image.h"
#include "boot/image/known.h"

#define CPIO 0x37303730u /* "0707": then "01" or "02", or Linux can't unpack it */

/*
 * None of these is how code begins, by which raw data would be refused: of magics that are shorter
 * than a word, or may be few bits, the mask excludes a branch, which has 0xea in its highest byte.
 */
static const struct known list[] = {
	{ 0xedfe0dd0, 0xffffffff, "devicetree", false },
	{ 0x5a4d, 0x0a00ffff, "EFI/PE", false }, /* "MZ": a kernel of another machine, say */
	{ 0x088b1f, 0xffffff, "gzip", true },
	{ 0x184d2204, 0xffffffff, "lz4", true },
	{ 0x184c2102, 0xffffffff, "lz4 -l", true }, /* as Linux takes it */
	{ 0x4f5a4c89, 0xffffffff, "lzop", true },
	{ 0x587a37fd, 0xffffffff, "xz", true },
	{ 0xfd2fb528, 0xffffffff, "zstd", true },
	{ 0x685a42, 0xffffff, "bzip2", true },
	{ 0x5d, 0x0affffff, "lzma", true }, /* then a size that is no odd one */
	{ CPIO, 0xffffffff, "cpio", true },
	{ 0x28cd3d45, 0xffffffff, "cramfs", true },
	{ 0x6d6f722d, 0xffffffff, "romfs", true },   /* "-rom1fs-" */
	{ 0xffffffff, 0xffffffff, "erased", false }, /* undefined in every instruction set */
	{ 0x73717368, 0xffffffff, "squashfs", true },
	{ 0x96f3b83d, 0xffffffff, "MCUboot", false }, /* its header, then the program */
	{ 0x52444e41, 0xffffffff, "Android", false }, /* "ANDROID!": a kernel and more */
	{ 0x04034b50, 0xffffffff, "zip", false },
	{ 0x0a324655, 0xffffffff, "UF2", false },      /* blocks of 256 bytes, each with a header */
	{ 0x43525052, 0xffffffff, "RPRC", false },     /* what TI's tools make of an ELF */
	{ 0x23494255, 0xffffffff, "UBI", false },      /* flash with volumes */
	{ 0x402000d1, 0xf0ffffff, "i.MX IVT", false }, /* 32 bytes long, big-endian; version 4.x */
};

/*
 * Some that a board has no room for, wherever their magic is: code may begin with one, or have it
 * there, but nobody has seen any.
 */
static const struct {
	uint32_t at;
	struct known known;
} closer[] = {
	{ 0, { CPIO, 0xffffffff, "old cpio", false } },
	{ 0, { 0x71c7, 0x0200ffff, "old cpio", false } }, /* binary; then a device's number */
	{ 0, { 0xaa640001, 0xffffffff, "FIP", false } },  /* TF-A's package of images */
	{ 0, { 0x4554504f, 0xffffffff, "OP-TEE", false } },
	{ 0, { 0x324d5453, 0xffffffff, "STM32", false } }, /* its ROM's header */
	{ 0, { 0x42464346, 0xffffffff, "FCFB", false } },  /* i.MX RT's flash configuration */
	{ 0, { 0xed26ff3a, 0xffffffff, "sparse", false } },
	{ 0, { 0x30425641, 0xffffffff, "AVB", false } },
	{ 0, { 0x1eabb7d7, 0xffffffff, "DTBO", false } },
	{ 0, { 0xafbc7a37, 0xffffffff, "7z", false } },
	{ 0, { 0xfb494651, 0xffffffff, "qcow2", false } },
	{ 0, { 0x534b554c, 0xffffffff, "LUKS", false } },
	{ 0, { 0xe0001985, 0xfffcffff, "jffs2", false } },
	{ 0, { 0x20031985, 0xffffffff, "jffs2", false } }, /* an empty block */
	{ 0, { 0x06101831, 0xffffffff, "ubifs", false } },
	{ 257, { 0x61747375, 0xffffffff, "tar", false } }, /* "ustar" */
	{ 512, { 0x20494645, 0xffffffff, "GPT", false } }, /* "EFI PART" */
	{ 1024, { 0xe0f5e1e2, 0xffffffff, "erofs", false } },
	{ 1024, { 0xf2f52010, 0xffffffff, "f2fs", false } },
	{ 0x8001, { 0x30304443, 0xffffffff, "iso9660", false } },
};
static const struct known cleared = { .name = "all zeros" };
static const struct known ext4 = { .name = "ext4", .ramdisk = true };
static const struct known text = { .name = "text" };

#define EXT4_MAGIC_AT 0x438
#define EXT4_MAGIC    0x0001ef53u /* of ext2 and ext3, too; clean */
#define TEXT_HEAD     32u	  /* bytes; no code is so many characters */

static bool is_text(struct bytes data)
{
	char head[TEXT_HEAD];
	size_t i = data.size < sizeof(head) ? data.size : sizeof(head);

	if (!i || !bytes_read(&data, 0, head, i))
		return false;
	while (i--)
		if ((head[i] < ' ' || head[i] > '~') && (head[i] < '\t' || head[i] > '\r'))
			return false;
	return true;
}

/* By the end of its magic, as init/initramfs.c has it: do_header(). */
static bool is_new_cpio(struct bytes data)
{
	uint32_t word;

	return bytes_read_le32(&data, 2, &word) && !((word - 0x31303730) & ~0x01000000u);
}

static const struct known *find_closer(struct bytes data)
{
	for (size_t i = 0; i < sizeof(closer) / sizeof(closer[0]); i++) {
		const struct known *k = &closer[i].known;
		uint32_t word;

		if (bytes_read_le32(&data, closer[i].at, &word) && (word & k->mask) == k->magic)
			return k;
	}
	return NULL;
}

const struct known *known_find(struct bytes data)
{
	uint32_t word = 0;

	bytes_read_le32(&data, 0, &word);
	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if ((word & list[i].mask) == list[i].magic && (word != CPIO || is_new_cpio(data)))
			return &list[i];
	if (image_has_magic(data, EXT4_MAGIC_AT, EXT4_MAGIC))
		return &ext4;
	if (looks_closer() && find_closer(data))
		return find_closer(data);
	if (is_text(data))
		return &text;
	return data.size && bytes_are(data, 0) ? &cleared : NULL;
}
