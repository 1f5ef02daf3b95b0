/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vsnprintf() and snprintf() in place of newlib's, which bring streams and a heap: a tenth of the
 * flash. One flag of - and 0 (to 23 digits), width, of s a precision, lengths l ll z, and the
 * conversions d u x s: all that the loader uses. Anything else is printed as it stands.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "divide() takes a number's parts by index");

struct out {
	char *to;
	size_t room; /* with the NUL */
	size_t count;
};

struct spec {
	char flag; /* '-', '0' or neither */
	int width;
	size_t precision; /* at most so many characters of a string, which need not end then */
	unsigned longs;
};

static void put(struct out *o, char c)
{
	if (o->count + 1 < o->room)
		o->to[o->count] = c;
	o->count++;
}

static void put_field(struct out *o, const struct spec *s, const char *text, size_t size)
{
	int pad = s->width - (int)size;

	for (; pad > 0 && s->flag != '-'; pad--)
		put(o, ' ');
	while (size--)
		put(o, *text++);
	for (; pad > 0; pad--)
		put(o, ' ');
}

/* By 16 bits at a time: libgcc's 64-bit division is as large as this whole file. */
static uint32_t divide(uint64_t *value, uint32_t by)
{
	union {
		uint64_t whole;
		uint16_t part[4];
	} v = { *value };
	uint32_t rest = 0;

	if (!(*value >> 32)) { /* as most are */
		rest = (uint32_t)*value % by;
		*value = (uint32_t)*value / by;
		return rest;
	}
	for (int i = 3; i >= 0; i--) {
		rest = rest << 16 | v.part[i];
		v.part[i] = (uint16_t)(rest / by);
		rest %= by;
	}
	*value = v.whole;
	return rest;
}

static void put_number(struct out *o, const struct spec *s, uint64_t value, unsigned base,
		       bool negative)
{
	char text[24], *const end = text + sizeof(text), *p = end;

	do {
		*--p = "0123456789abcdef"[divide(&value, base)];
	} while (value || (s->flag == '0' && end - p < s->width - negative && p > text + 1));
	if (negative)
		*--p = '-';
	put_field(o, s, p, (size_t)(end - p));
}

static const char *read_decimal(const char *f, int *number)
{
	for (*number = 0; *f >= '0' && *f <= '9'; f++)
		*number = *number * 10 + (*f - '0');
	return f;
}

static const char *read_spec(const char *f, struct spec *s)
{
	int precision;

	*s = (struct spec){ .precision = SIZE_MAX };
	if (*f == '-' || *f == '0')
		s->flag = *f++;
	f = read_decimal(f, &s->width);
	if (*f == '.') {
		f = read_decimal(f + 1, &precision);
		s->precision = (size_t)precision;
	}
	for (; *f == 'l' || *f == 'z'; f++)
		s->longs++;
	return f;
}

static void put_conversion(struct out *o, char conversion, const struct spec *s, va_list *args)
{
	bool wide = (s->longs > 1 ? sizeof(long long) : sizeof(long) * s->longs) > sizeof(int);
	bool negative = false;
	const char *text;
	uint64_t value;

	if (conversion == 's') {
		text = va_arg(*args, const char *);
		put_field(o, s, text, strnlen(text, s->precision));
		return;
	}
	if (!strchr("dux", conversion)) { /* "%%", and the unknown */
		put(o, conversion);
		return;
	}
	/* long and size_t are as wide as each other, and shorter ones as int */
	value = wide ? va_arg(*args, uint64_t) : va_arg(*args, uint32_t);
	if (conversion == 'd' && !wide)
		value = (uint64_t)(int32_t)value;
	if (conversion == 'd' && value >> 63) {
		value = 0 - value;
		negative = true;
	}
	put_number(o, s, value, conversion == 'x' ? 16 : 10, negative);
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
