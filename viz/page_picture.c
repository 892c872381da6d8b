/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_picture.c: an SVG taken apart and put together again inside a page.
 *
 * The drawing program reads what strangers wrote, so its picture is not believed: it is read
 * as XML, and only elements and attributes that draw are written again. Ids get the
 * picture's number before them, since several pictures share a page. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "page_private.h"

typedef struct picture {
    XML_Parser parser;
    kith_text html;
    unsigned number;
    int depth, text; /* elements open; of them, those whose text is shown or said */
    const page_place *how;
    bool links;  /* it has any; then it is no single image */
    char id[64]; /* of the element begun last that has one */
    bool refused;
    char what[64]; /* was refused */
} picture;

static bool listed(const char *name, const char *const *list)
{
    while (*list != NULL && strcmp(name, *list) != 0)
        list++;
    return *list != NULL;
}

static void refuse(picture *p, const char *what)
{
    if (!p->refused)
        kith_sentence(p->what, sizeof p->what, "%s", what);
    p->refused = true;
    XML_StopParser(p->parser, XML_FALSE);
}

static void add_name(picture *p, const char *before, const char *name)
{
    kith_text_format(&p->html, " %s%u-", before, p->number);
    kith_text_add_xml(&p->html, name);
}

/* What an attribute may hold: a link leads to a place in the same picture, and nothing else
 * names an address. */
static bool add_attribute(picture *p, const char *name, const char *value)
{
    static const char *const draws[] = { "class",
                                         "cx",
                                         "cy",
                                         "d",
                                         "dx",
                                         "dy",
                                         "fill",
                                         "fill-opacity",
                                         "font-family",
                                         "font-size",
                                         "font-style",
                                         "font-weight",
                                         "height",
                                         "opacity",
                                         "points",
                                         "r",
                                         "rx",
                                         "ry",
                                         "stroke",
                                         "stroke-dasharray",
                                         "stroke-linecap",
                                         "stroke-linejoin",
                                         "stroke-opacity",
                                         "stroke-width",
                                         "tabindex",
                                         "text-anchor",
                                         "text-decoration",
                                         "textLength",
                                         "transform",
                                         "viewBox",
                                         "width",
                                         "x",
                                         "x1",
                                         "x2",
                                         "y",
                                         "y1",
                                         "y2",
                                         NULL };
    static const char *const dropped[] = {
        "xmlns",     "xmlns:xlink", "version",         "xlink:title",      "lengthAdjust", "role",
        "xml:space", "aria-label",  "aria-labelledby", "aria-describedby", "focusable",    "lang",
        "xml:lang",  NULL
    };
    static const char *const measures[] = { "viewBox", "width", "height", NULL };
    const bool link = strcmp(name, "href") == 0 || strcmp(name, "xlink:href") == 0;

    if (listed(name, dropped) || (p->depth == 1 && p->how->cut != NULL && listed(name, measures)))
        return true;
    if (strcmp(name, "id") == 0) {
        kith_sentence(p->id, sizeof p->id, "%s", value);
        add_name(p, "id=\"p", value);
    } else if (link && value[0] == '#') {
        add_name(p, p->how->rows ? "href=\"#r" : "href=\"#p", p->how->rows ? p->id : value + 1);
    } else if (listed(name, draws) && strstr(value, "url") == NULL) {
        kith_text_format(&p->html, " %s=\"", name);
        kith_text_add_xml(&p->html, value);
    } else {
        return false;
    }
    kith_text_add_char(&p->html, '"');
    return true;
}

static void begin_element(void *context, const char *name, const char **attributes)
{
    static const char *const draws[] = { "a",    "circle", "desc",    "ellipse",  "g",
                                         "line", "path",   "polygon", "polyline", "rect",
                                         "svg",  "text",   "title",   "tspan",    NULL };
    static const char *const says[] = { "desc", "text", "title", "tspan", NULL };
    picture *p = context;

    if (!listed(name, draws) || (strcmp(name, "svg") == 0) != (p->depth == 0)) {
        refuse(p, name);
        return;
    }
    p->depth++;
    p->text += listed(name, says);
    kith_text_format(&p->html, "<%s", name);
    for (size_t i = 0; attributes[i] != NULL; i += 2)
        if (!add_attribute(p, attributes[i], attributes[i + 1])) {
            refuse(p, attributes[i]);
            return;
        }
    if (p->depth == 1 && p->how->cut != NULL)
        kith_text_format(&p->html,
                         " width=\"%.2fpt\" height=\"%.2fpt\" viewBox=\"%.2f %.2f %.2f %.2f\"",
                         p->how->cut->width, p->how->cut->height, p->how->cut->x, p->how->cut->y,
                         p->how->cut->width, p->how->cut->height);
    if (p->depth == 1) {
        kith_text_format(&p->html, " role=\"%s\" aria-label=\"", p->links ? "group" : "img");
        kith_text_add_xml(&p->html, p->how->alt);
        kith_text_add_char(&p->html, '"');
    }
    kith_text_add_char(&p->html, '>');
}

static void end_element(void *context, const char *name)
{
    picture *p = context;

    p->depth--;
    if (strcmp(name, "text") == 0 || strcmp(name, "title") == 0 || strcmp(name, "desc") == 0 ||
        strcmp(name, "tspan") == 0)
        p->text--;
    kith_text_format(&p->html, "</%s>", name);
}

static void add_characters(void *context, const char *bytes, int size)
{
    picture *p = context;
    kith_text piece = { 0 };

    if (p->text > 0) {
        kith_text_add_bytes(&piece, bytes, (size_t)size);
        kith_text_add_xml(&p->html, kith_text_string(&piece));
    } else if (memchr(bytes, '\n', (size_t)size) != NULL) {
        kith_text_add_char(&p->html, '\n');
    }
    p->html.failed = p->html.failed || piece.failed;
    kith_text_free(&piece);
}

/* Entities of its own are nothing that a picture needs. */
static void refuse_entity(void *context, const char *name, int is_parameter, const char *value,
                          int size, const char *base, const char *system, const char *public,
                          const char *notation)
{
    (void)is_parameter, (void)value, (void)size, (void)base, (void)system, (void)public;
    (void)notation;
    refuse(context, name);
}

static kith_status read_picture(picture *p, const char *svg, size_t size, kith_error *err)
{
    XML_SetUserData(p->parser, p);
    XML_SetElementHandler(p->parser, begin_element, end_element);
    XML_SetCharacterDataHandler(p->parser, add_characters);
    XML_SetEntityDeclHandler(p->parser, refuse_entity);
    if (size <= INT32_MAX && XML_Parse(p->parser, svg, (int)size, 1) == XML_STATUS_OK)
        return kith_text_status(&p->html, err);
    if (p->refused)
        return kith_fail(
            err, KITH_INPUT,
            "the picture holds \"%s\", which does not draw; install the kith-draw that "
            "came with this kith",
            p->what);
    if (XML_GetErrorCode(p->parser) == XML_ERROR_NO_MEMORY)
        return kith_no_memory(err);
    return kith_fail(err, KITH_INPUT, "the picture is no SVG: line %lu: %s",
                     (unsigned long)XML_GetCurrentLineNumber(p->parser),
                     XML_ErrorString(XML_GetErrorCode(p->parser)));
}

static bool has_links(const char *svg, size_t size)
{
    for (const char *p = svg; size >= 3 && (p = memchr(p, '<', size - (size_t)(p - svg))) != NULL;
         p++)
        if (size - (size_t)(p - svg) >= 3 && memcmp(p, "<a ", 3) == 0)
            return true;
    return false;
}

kith_status page_place_picture(kith_page *page, const char *svg, size_t size, const page_place *how,
                               kith_error *err)
{
    picture p = { .parser = XML_ParserCreate("UTF-8"),
                  .number = page->pictures + 1,
                  .how = how,
                  .links = has_links(svg, size) };

    if (p.parser == NULL)
        return kith_no_memory(err);
    const kith_status status = read_picture(&p, svg, size, err);
    if (status == KITH_OK) {
        page->pictures++;
        kith_text_add(&page->html, "<figure>\n");
        kith_text_add_bytes(&page->html, p.html.data, p.html.size);
        kith_text_add(&page->html, "\n</figure>\n");
    }
    XML_ParserFree(p.parser);
    kith_text_free(&p.html);
    return status;
}

kith_status kith_page_picture(kith_page *page, const char *svg, size_t size, const char *alt,
                              kith_error *err)
{
    return page_place_picture(page, svg, size, &(page_place){ .alt = alt }, err);
}

kith_status page_draw(kith_text *svg, const kith_scene *scene, const kith_drawing *drawing,
                      kith_error *err)
{
    kith_scene bare = *scene; /* shares all that it holds but these three */
    char nothing[] = "";

    bare.title = bare.header = bare.footer = nothing;
    return kith_scene_draw(svg, &bare, "svg", drawing, err);
}

static kith_status place_scene(kith_page *page, const kith_scene *scene, const page_place *how,
                               const kith_drawing *drawing, kith_error *err)
{
    kith_text svg = { 0 };

    kith_status status = page_draw(&svg, scene, drawing, err);
    if (status == KITH_OK)
        status = page_place_picture(page, svg.data, svg.size, how, err);
    kith_text_free(&svg);
    return status;
}

kith_status kith_page_scene(kith_page *page, const kith_scene *scene, const char *alt,
                            const kith_drawing *drawing, kith_error *err)
{
    return place_scene(page, scene, &(page_place){ .alt = alt }, drawing, err);
}

kith_status kith_page_map(kith_page *page, const kith_scene *scene, const kith_drawing *drawing,
                          kith_error *err)
{
    const page_place how = { .alt = "The picture; its table says the same", .rows = true };
    kith_table table = { 0 };

    kith_text_add(&page->html, "<div class=\"map\">\n");
    const kith_status status = place_scene(page, scene, &how, drawing, err);
    if (status == KITH_OK) {
        kith_scene_table(&table, scene);
        table.title = "The same as a table";
        const size_t notes = table.note_count;
        table.note_count = 0; /* they are the header and footer, which the page has */
        page_add_table(page, &table, scene);
        table.note_count = notes;
    }
    kith_text_add(&page->html, "</div>\n");
    kith_table_free(&table);
    return status;
}
