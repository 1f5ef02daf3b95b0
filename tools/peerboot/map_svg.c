/* SPDX-License-Identifier: BSD-2-Clause */
/* The map as SVG 1.1, to be looked at by itself: no scripts, no fonts, no files beside it. */
#include <inttypes.h>
#include <string.h>

#include "tools/peerboot/map.h"

#define CHARACTER 7 /* width at 12 px, about */
#define NARROW	  6 /* at 11 px */

struct colour {
	const char *fill, *line;
};

static const struct colour context_colours[MANIFEST_CONTEXTS] = {
	{ "#bfdbf7", "#2b6cb0" }, { "#c6efce", "#2f855a" }, { "#fddcb5", "#b7590d" },
	{ "#dfd0f5", "#6b46c1" }, { "#b9ebe6", "#1f7f7a" }, { "#fbcfe0", "#b83280" },
	{ "#f4eaa6", "#8a7112" }, { "#e6d3c3", "#7b4f2e" },
};
static const struct colour grey = { "#e2e5e9", "#5a6472" };
static const struct colour red = { "#ffe0e0", "#d00000" };

static void put_text(FILE *to, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			fputs("&lt;", to);
		else if (*text == '>')
			fputs("&gt;", to);
		else if (*text == '&')
			fputs("&amp;", to);
		else if (*text == '"')
			fputs("&quot;", to);
		else
			fputc(*text >= ' ' && *text <= '~' ? *text : '?', to);
	}
}

void map_size_text(char text[MAP_SIZE], uint64_t size)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB" };
	unsigned unit = 0;
	uint64_t scale = 1;

	while (unit < 3 && size / scale >= 1024) {
		scale *= 1024;
		unit++;
	}
	if (size % scale)
		snprintf(text, MAP_SIZE, "%.1f %s", (double)size / (double)scale, units[unit]);
	else
		snprintf(text, MAP_SIZE, "%" PRIu64 " %s", size / scale, units[unit]);
}

static const struct colour *colour_of(const struct map_owner *owner)
{
	return owner->context[0] < 0 ? &grey : &context_colours[owner->context[0]];
}

/* A link has the colours of both its ends, in stripes. */
static void put_fill(FILE *to, const struct map_owner *owner)
{
	if (owner->context[1] < 0)
		fprintf(to, "fill=\"%s\"", colour_of(owner)->fill);
	else
		fprintf(to, "fill=\"url(#ends%d-%d)\"", owner->context[0], owner->context[1]);
}

static void write_stripes(FILE *to, const struct map *map)
{
	for (unsigned i = 0; i < map->plan->links; i++) {
		const unsigned *end = map->plan->link[i].manifest->end;

		fprintf(to,
			"<pattern id=\"ends%u-%u\" width=\"28\" height=\"28\" "
			"patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
			"<rect width=\"28\" height=\"28\" fill=\"%s\"/>"
			"<rect width=\"14\" height=\"28\" fill=\"%s\"/></pattern>\n",
			end[0], end[1], context_colours[end[0]].fill, context_colours[end[1]].fill);
	}
}

static void write_head(FILE *to, const struct map *map)
{
	fprintf(to,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\" font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" "
		"font-size=\"12\">\n<defs>\n",
		map->width, map->height, map->width, map->height);
	write_stripes(to, map);
	fprintf(to,
		"<pattern id=\"clash\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
		"patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"8\" "
		"fill=\"#d00000\"/></pattern>\n"
		"</defs>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n");
}

static void write_title(FILE *to, const struct map *map)
{
	fprintf(to, "<text x=\"24\" y=\"34\" font-size=\"18\" font-weight=\"bold\">");
	put_text(to, map->title);
	fprintf(to, "</text>\n<text x=\"24\" y=\"56\" font-size=\"13\" fill=\"%s\">",
		map->refused ? red.line : context_colours[1].line);
	put_text(to, map->verdict);
	fprintf(to, "</text>\n");
}

static int write_key(FILE *to, int x, const char *name, const struct map_owner *owner)
{
	fprintf(to, "<rect x=\"%d\" y=\"72\" width=\"22\" height=\"14\" rx=\"2\" stroke=\"%s\" ", x,
		colour_of(owner)->line);
	put_fill(to, owner);
	fprintf(to, "/><text x=\"%d\" y=\"83\">", x + 28);
	put_text(to, name);
	fprintf(to, "</text>\n");
	return x + 28 + (int)strlen(name) * CHARACTER + 20;
}

static void write_legend(FILE *to, const struct map *map)
{
	const struct plan *plan = map->plan;
	int x = 24;

	for (unsigned i = 0; i < plan->contexts; i++)
		x = write_key(to, x, plan->context[i].manifest->name,
			      &(struct map_owner){ { (int)i, -1 } });
	for (unsigned i = 0; i < plan->links; i++) {
		const struct manifest_link *m = plan->link[i].manifest;

		x = write_key(to, x, m->name,
			      &(struct map_owner){ { (int)m->end[0], (int)m->end[1] } });
	}
	write_key(to, x, "loader, board", &(struct map_owner){ { -1, -1 } });
}

/* As much of @text as fits @width, from @x on. */
static void write_label(FILE *to, int x, int y, int width, const char *style, int character,
			const char *text)
{
	int room = width / character, length = (int)strlen(text);
	char cut[96];

	if (room < 3)
		return;
	snprintf(cut, sizeof(cut), "%.*s%s", length <= room ? length : room - 1, text,
		 length <= room ? "" : "~");
	/* a light edge around the letters: stripes and hatches lie below */
	fprintf(to,
		"<text x=\"%d\" y=\"%d\" paint-order=\"stroke\" stroke=\"#fff\" "
		"stroke-width=\"3\" stroke-opacity=\"0.6\" %s>",
		x, y, style);
	put_text(to, cut);
	fprintf(to, "</text>\n");
}

static void write_addresses(FILE *to, const struct map_region *region)
{
	int last = 0;

	for (unsigned i = 0; i < region->edges; i++) {
		const struct map_edge *edge = &region->edge[i];

		if (i && edge->y - last < 11)
			continue;
		last = edge->y;
		fprintf(to,
			"<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"11\" "
			"font-family=\"DejaVu Sans Mono, monospace\" fill=\"#444\">%04x_%04x</text>\n",
			region->place.x - 8, edge->y + 4, (unsigned)(edge->address >> 16),
			(unsigned)(edge->address & 0xffff));
		fprintf(to, "<path d=\"M%d %dh5\" stroke=\"#888\"/>\n", region->place.x - 5,
			edge->y);
	}
}

static bool covered(const struct map_region *region, struct range r, int parent)
{
	for (unsigned i = 0; i < region->boxes; i++)
		if (region->box[i].parent == parent && range_overlaps(&region->box[i].range, &r))
			return true;
	return false;
}

static bool disputed(const struct map *map, struct range r)
{
	for (unsigned i = 0; i < map->clashes; i++)
		if (range_overlaps(&map->clash[i].range, &r))
			return true;
	return false;
}

/* Between two edges that lie in @parent (-1: the region), what is nobody's. */
static void write_gaps(FILE *to, const struct map *map, const struct map_region *region, int parent)
{
	struct range all = parent < 0 ? region->range : region->box[parent].range;
	struct map_place in = parent < 0 ? region->place : region->box[parent].place;
	char size[MAP_SIZE], text[48];

	for (unsigned i = 1; i < region->edges; i++) {
		const struct map_edge *edge = &region->edge[i - 1];
		struct range r = { edge->address, edge[1].address - edge->address };
		int height = edge[1].y - edge->y;

		if (!range_contains(&all, &r) || covered(region, r, parent) || disputed(map, r) ||
		    height < 14)
			continue;
		map_size_text(size, r.size);
		snprintf(text, sizeof(text), "%s %s", size,
			 parent < 0 ? map_gap_use(map->plan, r) : "unused");
		fprintf(to,
			"<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"11\" "
			"font-style=\"italic\" fill=\"#777\">",
			parent < 0 ? in.x + in.width / 2 : in.x + in.width - 10,
			edge->y + height / 2 + 4, parent < 0 ? "middle" : "end");
		put_text(to, text);
		fprintf(to, "</text>\n");
	}
}

static void write_box(FILE *to, const struct map_box *box)
{
	const struct colour *colour = box->bad ? &red : colour_of(&box->owner);

	fprintf(to,
		"<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" stroke=\"%s\" "
		"stroke-width=\"%s\" %s",
		box->place.x, box->place.y, box->place.width, box->place.height, colour->line,
		box->bad ? "2" : "1", box->parts ? "fill-opacity=\"0.45\" " : "");
	put_fill(to, &box->owner);
	fprintf(to, "><title>");
	put_text(to, box->name);
	fprintf(to, " 0x%08" PRIx64 "..0x%08" PRIx64 ", %" PRIu64 " bytes</title></rect>\n",
		box->range.base, range_end(box->range), box->range.size);
}

#define BOLD	     "font-weight=\"bold\""
#define SMALL	     "font-size=\"11\" fill=\"#333\""
#define SMALL_AT_END SMALL " text-anchor=\"end\""

/* A box with boxes inside has its text left of them, in two lines. */
static void label_outer(FILE *to, const struct map_region *region, const struct map_box *box,
			const char *size)
{
	const struct map_place *p = &box->place;
	int width = p->width;

	for (unsigned i = 0; i < region->boxes; i++)
		if (region->box[i].parent == box - region->box &&
		    region->box[i].place.x - p->x < width)
			width = region->box[i].place.x - p->x;
	write_label(to, p->x + 8, p->y + MAP_LINE, width - 10, BOLD, CHARACTER + 1, box->name);
	if (p->height > 2 * MAP_LINE)
		write_label(to, p->x + 8, p->y + 2 * MAP_LINE, width - 10, SMALL, NARROW, size);
}

static bool is_crossed(const struct map_region *region, const struct map_box *box)
{
	for (unsigned i = 0; i < region->edges; i++)
		if (region->edge[i].address > box->range.base &&
		    region->edge[i].address < range_end(box->range))
			return true;
	return false;
}

/* One line, in the middle, or on top where edges of others go through; if narrow, name first. */
static void label_inner(FILE *to, const struct map_region *region, const struct map_box *box,
			const char *size)
{
	const struct map_place *p = &box->place;
	int y = p->y + (is_crossed(region, box) ? MAP_LINE : p->height / 2 + 4);
	int name = (int)strlen(box->name) * (CHARACTER + 1) + 20, room = p->width - name;
	char line[64];

	snprintf(line, sizeof(line), "%s%s", size, box->note);
	if ((int)strlen(line) * NARROW > room)
		snprintf(line, sizeof(line), "%s", size);
	write_label(to, p->x + 8, y, p->width - 12, BOLD, CHARACTER + 1, box->name);
	if ((int)strlen(line) * NARROW <= room)
		write_label(to, p->x + p->width - 8, y, room, SMALL_AT_END, NARROW, line);
}

static void write_labels(FILE *to, const struct map_region *region)
{
	for (unsigned i = 0; i < region->boxes; i++) {
		const struct map_box *box = &region->box[i];
		char size[MAP_SIZE];

		map_size_text(size, box->range.size);
		if (box->parts)
			label_outer(to, region, box, size);
		else
			label_inner(to, region, box, size);
	}
}

static void write_region(FILE *to, const struct map_region *region)
{
	const struct map_place *p = &region->place;
	char size[MAP_SIZE];

	map_size_text(size, region->range.size);
	fprintf(to,
		"<text x=\"%d\" y=\"%d\" font-size=\"14\" font-weight=\"bold\" fill=\"%s\">%s, %s"
		"</text>\n",
		p->x, p->y - 10, region->bad ? red.line : "#000", region->title, size);
	fprintf(to,
		"<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f8f8f8\" "
		"stroke=\"%s\" stroke-dasharray=\"5 3\"/>\n",
		p->x, p->y, p->width, p->height, region->bad ? red.line : "#999");
	for (unsigned i = 0; i < region->boxes; i++)
		write_box(to, &region->box[i]);
}

static void write_texts(FILE *to, const struct map *map, const struct map_region *region)
{
	write_addresses(to, region);
	write_labels(to, region);
	write_gaps(to, map, region, -1);
	for (unsigned i = 0; i < region->boxes; i++)
		if (region->box[i].parts)
			write_gaps(to, map, region, (int)i);
}

/* The bytes that both want, hatched over both, and beside the region who they are. */
static void write_clash(FILE *to, const struct map_clash *clash)
{
	const struct map_place *a = &clash->box[0]->place, *b = &clash->box[1]->place;
	int x = a->x < b->x ? a->x : b->x;
	int right = a->x + a->width > b->x + b->width ? a->x + a->width : b->x + b->width;
	int y = map_y(clash->region, clash->range.base);
	int end = map_y(clash->region, range_end(clash->range));
	int edge = clash->region->place.x + clash->region->place.width;
	char size[MAP_SIZE], names[160];

	map_size_text(size, clash->range.size);
	fprintf(to,
		"<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"url(#clash)\" "
		"fill-opacity=\"0.45\" stroke=\"%s\" stroke-width=\"2\"/>\n",
		x, y, right - x, end - y, red.line);
	fprintf(to, "<path d=\"M%d %dL%d %dh12\" fill=\"none\" stroke=\"%s\"/>\n", right,
		(y + end) / 2, edge + 8, clash->y, red.line);
	snprintf(names, sizeof(names), "%s and %s", clash->box[0]->name, clash->box[1]->name);
	fprintf(to,
		"<text x=\"%d\" y=\"%d\" font-weight=\"bold\" fill=\"%s\">overlap, %s: "
		"%08" PRIx64 "..%08" PRIx64 "</text>\n",
		edge + 26, clash->y, red.line, size, clash->range.base, range_end(clash->range));
	write_label(to, edge + 26, clash->y + MAP_LINE, 300, "fill=\"#d00000\"", CHARACTER, names);
}

bool map_cluster_is_used(const struct plan *plan, const struct board_cluster *cluster)
{
	for (unsigned i = 0; i < plan->contexts; i++)
		if (plan->context[i].cluster == cluster)
			return true;
	return false;
}

static void write_view(FILE *to, const struct plan *plan, const struct board_cluster *cluster)
{
	const char *comma = " (";

	put_text(to, cluster->name);
	for (unsigned i = 0; i < plan->contexts; i++) {
		if (plan->context[i].cluster != cluster)
			continue;
		fputs(comma, to);
		put_text(to, plan->context[i].manifest->name);
		comma = ", ";
	}
	fputs(cluster->views ? ") sees" : ") sees all where it is", to);
	for (unsigned i = 0; i < cluster->views; i++) {
		const struct board_view *view = &cluster->view[i];

		fprintf(to, "%s %08" PRIx64 "..%08" PRIx64, i ? "," : "", view->range.base,
			range_end(view->range));
		if (view->at == view->range.base)
			fputs(" where it is", to);
		else
			fprintf(to, " at %08" PRIx64, view->at);
	}
}

/* A line for each cluster, at the bottom. */
static void write_views(FILE *to, const struct map *map)
{
	const struct board *board = map->plan->in->board;
	int y = map->height - 14 - (int)map->views * MAP_LINE;

	for (unsigned i = 0; map->views && i < board->clusters; i++) {
		if (!map_cluster_is_used(map->plan, &board->cluster[i]))
			continue;
		fprintf(to, "<text x=\"24\" y=\"%d\">", y);
		write_view(to, map->plan, &board->cluster[i]);
		fputs("</text>\n", to);
		y += MAP_LINE;
	}
}

void map_write_svg(FILE *to, const struct map *map)
{
	write_head(to, map);
	write_title(to, map);
	write_legend(to, map);
	for (unsigned i = 0; i < map->regions; i++)
		write_region(to, &map->region[i]);
	for (unsigned i = 0; i < map->clashes; i++)
		write_clash(to, &map->clash[i]);
	for (unsigned i = 0; i < map->regions; i++)
		write_texts(to, map, &map->region[i]);
	write_views(to, map);
	fprintf(to,
		"<text x=\"24\" y=\"%d\" font-size=\"11\" fill=\"#777\">Addresses go down; heights grow "
		"with the logarithm of sizes. A link has the colours of its ends.</text>\n</svg>\n",
		map->height - 14);
}
