// SPDX-License-Identifier: GPL-2.0-only
/* What a context is made anew from: the loader's copies of what it has loaded (boot/keep.h). */
#include <crypto/sha2.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/sizes.h>

#include "life_internal.h"

struct copy {
	u64 at, size;
	void *data;
	u8 hash[SHA256_DIGEST_SIZE];
};

/* @size bytes from @from on go to @to; what is left of its @room is cleared. */
struct segment {
	u64 to, room, from, size;
};

struct life_copies {
	struct device *dev;
	unsigned int count, segments;
	struct copy *copy;
	struct segment *segment;
	void **place; /* where they go, mapped without our caches: whoever runs there has none */
};

/* The whole property, of u64s by so many; how often, to @count. */
static u64 *read_numbers(struct device *dev, struct device_node *node, const char *name,
			 unsigned int each, unsigned int *count)
{
	int all = of_property_count_u64_elems(node, name);
	u64 *numbers;

	if (all <= 0 || all % each)
		return ERR_PTR(dev_err_probe(dev, -EINVAL, "%pOF: %s are missing\n", node, name));
	numbers = devm_kcalloc(dev, all, sizeof(*numbers), GFP_KERNEL);
	if (!numbers)
		return ERR_PTR(-ENOMEM);
	of_property_read_u64_array(node, name, numbers, all);
	*count = all / each;
	return numbers;
}

static int find_copies(struct life_copies *copies, struct device_node *node)
{
	const u64 *places = read_numbers(copies->dev, node, "copies", 2, &copies->count);
	struct device *dev = copies->dev;
	const u8 *hashes;
	int length;

	if (IS_ERR(places))
		return PTR_ERR(places);
	hashes = of_get_property(node, "sha256", &length);
	if (!hashes || length != copies->count * SHA256_DIGEST_SIZE)
		return dev_err_probe(dev, -EINVAL, "%pOF: not a sha256 for each copy\n", node);
	copies->copy = devm_kcalloc(dev, copies->count, sizeof(*copies->copy), GFP_KERNEL);
	if (!copies->copy)
		return -ENOMEM;
	for (unsigned int i = 0; i < copies->count; i++) {
		struct copy *copy = &copies->copy[i];

		copy->at = places[2 * i];
		copy->size = places[2 * i + 1];
		memcpy(copy->hash, hashes + i * SHA256_DIGEST_SIZE, SHA256_DIGEST_SIZE);
		copy->data = devm_memremap(dev, copy->at, copy->size, MEMREMAP_WB);
		if (IS_ERR(copy->data))
			return dev_err_probe(dev, PTR_ERR(copy->data), "cannot map %#llx\n",
					     copy->at);
	}
	return 0;
}

/* What of a copy a segment has. */
static const void *bytes_of(const struct life_copies *copies, const struct segment *s)
{
	for (unsigned int i = 0; i < copies->count; i++) {
		const struct copy *copy = &copies->copy[i];

		if (s->from >= copy->at && s->from - copy->at <= copy->size &&
		    s->size <= copy->size - (s->from - copy->at))
			return copy->data + (s->from - copy->at);
	}
	return NULL;
}

static int find_segments(struct life_copies *copies, struct device_node *node)
{
	u64 *numbers = read_numbers(copies->dev, node, "segments", 4, &copies->segments);

	if (IS_ERR(numbers))
		return PTR_ERR(numbers);
	copies->segment = (struct segment *)numbers;
	copies->place =
		devm_kcalloc(copies->dev, copies->segments, sizeof(*copies->place), GFP_KERNEL);
	if (!copies->place)
		return -ENOMEM;
	for (unsigned int i = 0; i < copies->segments; i++) {
		const struct segment *s = &copies->segment[i];

		if (!bytes_of(copies, s) || !s->room || s->size > s->room)
			return dev_err_probe(copies->dev, -EINVAL,
					     "%pOF: segment %u is of no copy\n", node, i);
		copies->place[i] = devm_memremap(copies->dev, s->to, s->room, MEMREMAP_WC);
		if (IS_ERR(copies->place[i]))
			return dev_err_probe(copies->dev, PTR_ERR(copies->place[i]),
					     "cannot map %#llx\n", s->to);
	}
	return 0;
}

struct life_copies *life_copies_find(struct device *dev, struct device_node *node)
{
	struct life_copies *copies = devm_kzalloc(dev, sizeof(*copies), GFP_KERNEL);
	int ret;

	if (!copies)
		return ERR_PTR(-ENOMEM);
	copies->dev = dev;
	ret = find_copies(copies, node);
	if (!ret)
		ret = find_segments(copies, node);
	return ret ? ERR_PTR(ret) : copies;
}

static bool is_good(const struct copy *copy)
{
	u8 found[SHA256_DIGEST_SIZE];

	sha256(copy->data, copy->size, found);
	return !memcmp(found, copy->hash, sizeof(found));
}

int life_copies_put(const struct life_copies *copies)
{
	for (unsigned int i = 0; i < copies->count; i++)
		if (!is_good(&copies->copy[i]))
			return -EBADMSG;
	for (unsigned int i = 0; i < copies->segments; i++) {
		const struct segment *s = &copies->segment[i];

		memcpy(copies->place[i], bytes_of(copies, s), s->size);
		memset(copies->place[i] + s->size, 0, s->room - s->size);
	}
	return 0;
}
