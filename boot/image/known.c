/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/image/image.h"
#include "boot/image/known.h"

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
	{ 0x5d, 0x0affffff, "lzma", true },	     /* then a size that is no odd one */
	{ 0x37303730, 0xffffffff, "cpio", true },    /* "0707" */
	{ 0xffffffff, 0xffffffff, "erased", false }, /* undefined in every instruction set */
	{ 0x73717368, 0xffffffff, "squashfs", true },
	{ 0x52444e41, 0xffffffff, "Android", false }, /* "ANDROID!": a kernel and more */
	{ 0x96f3b83d, 0xffffffff, "MCUboot", false }, /* its header, then the program */
	{ 0x04034b50, 0xffffffff, "zip", false },
	{ 0x0a324655, 0xffffffff, "UF2", false },      /* blocks of 256 bytes, each with a header */
	{ 0x43525052, 0xffffffff, "RPRC", false },     /* what TI's tools make of an ELF */
	{ 0x402000d1, 0xf0ffffff, "i.MX IVT", false }, /* 32 bytes long, big-endian; version 4.x */
	{ 0x23494255, 0xffffffff, "UBI", false },      /* flash with volumes */
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
	unsigned i = sizeof(head);

	if (!bytes_read(&data, 0, head, sizeof(head)))
		return false;
	while (i--)
		if ((head[i] < ' ' || head[i] > '~') && (head[i] < '\t' || head[i] > '\r'))
			return false;
	return true;
}

const struct known *known_find(struct bytes data)
{
	uint32_t word = 0;

	bytes_read_le32(&data, 0, &word);
	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if ((word & list[i].mask) == list[i].magic)
			return &list[i];
	if (image_has_magic(data, EXT4_MAGIC_AT, EXT4_MAGIC))
		return &ext4;
	if (is_text(data))
		return &text;
	return data.size && bytes_are(data, 0) ? &cleared : NULL;
}
