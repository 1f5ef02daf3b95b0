/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vsnprintf() and snprintf() in place of newlib's, which bring streams and a heap: a tenth of the
 * flash. Flags - and 0, width, lengths l ll z, and the conversions d u x s: all that the loader
 * uses. Anything else is printed as it stands.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct out {
	char *to;
	size_t room; /* with the NUL */
	size_t count;
};

struct spec {
	bool left, zero;
	int width;
	int longs;
};

static void put(struct out *o, char c)
{
	if (o->count + 1 < o->room)
		o->to[o->count] = c;
	o->count++;
}

static void fill(struct out *o, char c, int count)
{
	for (; count > 0; count--)
		put(o, c);
}

static void put_field(struct out *o, const struct spec *s, const char *sign, const char *text,
		      size_t size)
{
	int pad = s->width - (int)(strlen(sign) + size);

	if (!s->left && !s->zero)
		fill(o, ' ', pad);
	while (*sign)
		put(o, *sign++);
	if (!s->left && s->zero)
		fill(o, '0', pad);
	while (size--)
		put(o, *text++);
	if (s->left)
		fill(o, ' ', pad);
}

/* By 16 bits at a time: libgcc's 64-bit division is as large as this whole file. */
static uint32_t divide(uint64_t *value, uint32_t by)
{
	uint32_t rest = 0;
	uint64_t quotient = 0;

	if (!(*value >> 32)) { /* as most are */
		rest = (uint32_t)*value % by;
		*value = (uint32_t)*value / by;
		return rest;
	}
	for (int shift = 48; shift >= 0; shift -= 16) {
		rest = rest << 16 | (uint32_t)(*value >> shift & 0xffff);
		quotient |= (uint64_t)(rest / by) << shift;
		rest %= by;
	}
	*value = quotient;
	return rest;
}

static void put_number(struct out *o, const struct spec *s, uint64_t value, unsigned base,
		       const char *sign)
{
	char text[24], *p = text + sizeof(text);

	do {
		*--p = "0123456789abcdef"[divide(&value, base)];
	} while (value);
	put_field(o, s, sign, p, (size_t)(text + sizeof(text) - p));
}

static const char *read_spec(const char *f, struct spec *s)
{
	*s = (struct spec){ 0 };
	for (; *f == '-' || *f == '0'; f++) {
		s->left |= *f == '-';
		s->zero |= *f == '0';
	}
	for (; *f >= '0' && *f <= '9'; f++)
		s->width = s->width * 10 + (*f - '0');
	for (; *f == 'l' || *f == 'z'; f++)
		s->longs += *f == 'l';
	return f;
}

static void put_conversion(struct out *o, char conversion, struct spec *s, va_list *args)
{
	const char *text, *sign = "";
	uint64_t value;

	if (conversion == 's') {
		text = va_arg(*args, const char *);
		s->zero = false;
		put_field(o, s, sign, text, strlen(text));
		return;
	}
	if (conversion != 'd' && conversion != 'u' &&
	    conversion != 'x') { /* "%%", and the unknown */
		put(o, conversion);
		return;
	}
	/* long and size_t are 32 bits wide, as is all that is shorter */
	value = s->longs > 1 ? va_arg(*args, uint64_t) : va_arg(*args, uint32_t);
	if (conversion == 'd' && s->longs < 2)
		value = (uint64_t)(int32_t)value;
	if (conversion == 'd' && value >> 63) {
		value = 0 - value;
		sign = "-";
	}
	put_number(o, s, value, conversion == 'x' ? 16 : 10, sign);
}

int vsnprintf(char *restrict to, size_t room, const char *restrict format, va_list args)
{
	struct out o = { to, room, 0 };
	struct spec spec;
	va_list list;

	va_copy(list, args);
	for (const char *f = format; *f; f++) {
		if (*f != '%') {
			put(&o, *f);
			continue;
		}
		f = read_spec(f + 1, &spec);
		if (!*f)
			break;
		put_conversion(&o, *f, &spec, &list);
	}
	va_end(list);
	if (room)
		to[o.count < room ? o.count : room - 1] = '\0';
	return (int)o.count;
}

int snprintf(char *restrict to, size_t room, const char *restrict format, ...)
{
	va_list args;
	int count;

	va_start(args, format);
	count = vsnprintf(to, room, format, args);
	va_end(args);
	return count;
}
