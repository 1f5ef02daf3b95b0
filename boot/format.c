/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vsnprintf() and snprintf() in place of newlib's, which bring streams and a heap: a tenth of the
 * flash. Flags - 0 #, width, precision of %s (both also as *), lengths h hh l ll z, and the
 * conversions d i u x X p c s %. Anything else is printed as it stands.
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
	bool left, zero, prefix;
	int width;
	int precision; /* -1: none */
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
		       const char *digits, const char *sign)
{
	char text[24], *p = text + sizeof(text);

	do {
		*--p = digits[divide(&value, base)];
	} while (value);
	put_field(o, s, sign, p, (size_t)(text + sizeof(text) - p));
}

static const char *read_number(const char *f, int *number, va_list *args)
{
	if (*f == '*') {
		*number = va_arg(*args, int);
		return f + 1;
	}
	for (*number = 0; *f >= '0' && *f <= '9'; f++)
		*number = *number * 10 + (*f - '0');
	return f;
}

static const char *read_spec(const char *f, struct spec *s, va_list *args)
{
	*s = (struct spec){ .precision = -1 };
	for (;; f++) {
		if (*f == '-')
			s->left = true;
		else if (*f == '0')
			s->zero = true;
		else if (*f == '#')
			s->prefix = true;
		else
			break;
	}
	f = read_number(f, &s->width, args);
	if (*f == '.')
		f = read_number(f + 1, &s->precision, args);
	for (; *f == 'l' || *f == 'z' || *f == 'h'; f++)
		s->longs += *f == 'l';
	return f;
}

/* long and size_t are 32 bits wide, as is all that is shorter */
static uint64_t read_unsigned(const struct spec *s, va_list *args)
{
	return s->longs > 1 ? va_arg(*args, uint64_t) : va_arg(*args, uint32_t);
}

static int64_t read_signed(const struct spec *s, va_list *args)
{
	return s->longs > 1 ? va_arg(*args, int64_t) : va_arg(*args, int32_t);
}

static void put_conversion(struct out *o, char conversion, struct spec *s, va_list *args)
{
	static const char lower[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
	const char *text;
	char c[2] = { 0 };
	int64_t value;

	switch (conversion) {
	case 'd':
	case 'i':
		value = read_signed(s, args);
		put_number(o, s, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10, lower,
			   value < 0 ? "-" : "");
		break;
	case 'u':
		put_number(o, s, read_unsigned(s, args), 10, lower, "");
		break;
	case 'x':
	case 'X':
		put_number(o, s, read_unsigned(s, args), 16, conversion == 'x' ? lower : upper,
			   s->prefix ? "0x" : "");
		break;
	case 'p':
		put_number(o, s, (uintptr_t)va_arg(*args, void *), 16, lower, "0x");
		break;
	case 's':
		text = va_arg(*args, const char *);
		s->zero = false;
		put_field(o, s, "", text,
			  s->precision < 0 ? strlen(text) : strnlen(text, (size_t)s->precision));
		break;
	default: /* %c, %%, and what we do not know */
		c[0] = conversion == 'c' ? (char)va_arg(*args, int) : conversion;
		s->zero = false;
		put_field(o, s, "", c, 1);
	}
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
		f = read_spec(f + 1, &spec, &list);
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
