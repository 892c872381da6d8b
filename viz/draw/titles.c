/* SPDX-License-Identifier: MIT */
/* titles.c: what is set right in the bytes that Graphviz wrote.
 *
 * The titles of an SVG say what a thing is, in full, in place of Graphviz' names; and a
 * PDF's date is the scene's as-of date, because a clock would make two runs differ. */
#include "draw.h"

#include <stdlib.h>
#include <string.h>

/* Text in XML, on one line. */
static void add_xml(kith_text *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;
        if (c == '&')
            kith_text_add(out, "&amp;");
        else if (c == '<')
            kith_text_add(out, "&lt;");
        else if (c == '>')
            kith_text_add(out, "&gt;");
        else if (c == '\n')
            kith_text_add(out, "; ");
        else if (c == '\t')
            kith_text_add_char(out, ' ');
        else if (c < 0x20 || c == 0x7F)
            kith_text_format(out, "\xE2\x90%c", c == 0x7F ? 0xA1 : 0x80 + c);
        else if (c == 0xEF && (unsigned char)text[1] == 0xBF && (unsigned char)text[2] >= 0xBE) {
            kith_text_add(out, "\xEF\xBF\xBD");
            text += 2;
        } else
            kith_text_add_char(out, *text);
    }
}

static void node_title(kith_text *out, const kith_scene *scene, const kith_scene_node *node)
{
    add_xml(out, node->label);
    if (node->emphasis[0] != '\0')
        kith_text_add(out, "; ");
    add_xml(out, node->emphasis);
    if (node->badges[0] != '\0')
        kith_text_add(out, "; ");
    add_xml(out, node->badges);
    if (node->cluster != KITH_NO_CLUSTER && scene->clusters[node->cluster].label[0] != '\0') {
        kith_text_add(out, "; ");
        add_xml(out, scene->clusters[node->cluster].label);
    }
}

static void first_line(kith_text *out, const char *label)
{
    kith_text line = { 0 };

    kith_text_add_bytes(&line, label, strcspn(label, "\n"));
    add_xml(out, kith_text_string(&line));
    out->failed = out->failed || line.failed;
    kith_text_free(&line);
}

static void tie_title(kith_text *out, const kith_scene *scene, const kith_scene_tie *tie)
{
    first_line(out, scene->nodes[tie->from].label);
    kith_text_add(out, tie->arrow ? " \xE2\x86\x92 " : " \xE2\x80\x93 ");
    first_line(out, scene->nodes[tie->to].label);
    kith_text_add(out, ": ");
    add_xml(out, tie->label);
    kith_text_format(out, " (%s", tie->barred ? "barred" : kith_scene_line_word(tie->line));
    if (tie->tone != KITH_DRAW_NEUTRAL)
        kith_text_format(out, ", %s", kith_scene_tone_word(tie->tone));
    kith_text_add_char(out, ')');
}

/* What the element with this id is; nothing for the frame's own. */
static void title_of(kith_text *out, const sheet *s, const char *id)
{
    const kith_scene *scene = s->scene;

    if (strcmp(id, "graph0") == 0) {
        add_xml(out, scene->title);
    } else if (strncmp(id, "_tie", 4) == 0) {
        tie_title(out, scene, &scene->ties[strtoul(id + 4, NULL, 10) - 1]);
    } else if (strncmp(id, "_at", 3) == 0) {
        add_xml(out, scene->marks[strtoul(id + 3, NULL, 10) - 1].text);
    } else if (id[0] != '_') {
        Agnode_t *node = agnode(s->graph, (char *)id, 0);
        for (size_t i = 0; node != NULL && i < scene->node_count; i++)
            if (s->nodes[i] == node)
                node_title(out, scene, &scene->nodes[i]);
        for (size_t i = 0; node == NULL && i < scene->cluster_count; i++)
            if (strcmp(scene->clusters[i].id, id) == 0)
                add_xml(out, scene->clusters[i].label);
    }
}

/* Where a thing's link leads, so that a keyboard reaches it and it says its title: a node to
 * itself, a tie to its second end. Nothing for the frame's own. */
static const char *link_of(const sheet *s, const char *id)
{
    if (strncmp(id, "_tie", 4) == 0)
        return s->scene->nodes[s->scene->ties[strtoul(id + 4, NULL, 10) - 1].to].id;
    return id[0] != '_' && agnode(s->graph, (char *)id, 0) != NULL ? id : NULL;
}

/* How many there are of what, for those who cannot see the picture. */
static void describe(kith_text *out, const kith_scene *scene)
{
    kith_text_format(out, "<desc>%zu people, places and things, %zu tie%s", scene->node_count,
                     scene->tie_count, scene->tie_count == 1 ? "" : "s");
    if (scene->header[0] != '\0')
        kith_text_add(out, ". ");
    add_xml(out, scene->header);
    kith_text_add(out, "</desc>\n");
}

static void add_title(kith_text *out, const sheet *s, const char *id, const char *title)
{
    const char *link = link_of(s, id);

    if (link != NULL)
        kith_text_format(out, "<a xlink:href=\"#%s\">\n", link);
    kith_text_format(out, "<title>%s</title>\n", title);
    if (strcmp(id, "graph0") == 0)
        describe(out, s->scene);
}

/* Graphviz writes an element as <g id="..." class="...">, then its title on a line of
 * its own, and </g> on another; no text of ours begins a line. */
kith_status svg_retitled(kith_text *out, const sheet *s, const char *svg, size_t size,
                         kith_error *err)
{
    char id[64] = "";
    bool linked = false;

    for (const char *line = svg, *end = svg + size; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        const size_t length = (size_t)((stop != NULL ? stop + 1 : end) - line);
        if (length > 8 && memcmp(line, "<g id=\"", 7) == 0) {
            const size_t name = strcspn(line + 7, "\"");
            snprintf(id, sizeof id, "%.*s", (int)(name < sizeof id ? name : 0), line + 7);
        }
        if (length > 8 && memcmp(line, "<title>", 7) == 0) {
            kith_text title = { 0 };
            title_of(&title, s, id);
            if (title.size > 0)
                add_title(out, s, id, title.data);
            linked = title.size > 0 && link_of(s, id) != NULL;
            out->failed = out->failed || title.failed;
            kith_text_free(&title);
        } else {
            if (linked && length > 4 && memcmp(line, "</g>", 4) == 0) {
                kith_text_add(out, "</a>\n");
                linked = false;
            }
            kith_text_add_bytes(out, line, length);
        }
        line += length;
    }
    return kith_text_status(out, err);
}

/* Writes the as-of date over the time of drawing, which has the same number of digits. */
void pdf_redate(char *pdf, size_t size, const char *as_of)
{
    static const char mark[] = "/CreationDate (D:";
    const size_t length = sizeof mark - 1;
    char digits[16] = "20000101000000";

    if (strlen(as_of) == 10)
        snprintf(digits, sizeof digits, "%.4s%.2s%.2s000000", as_of, as_of + 5, as_of + 8);
    for (size_t i = 0; i + length + 14 <= size; i++)
        if (memcmp(pdf + i, mark, length) == 0)
            memcpy(pdf + i + length, digits, 14);
}
