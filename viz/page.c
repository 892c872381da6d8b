/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c: a report as one HTML file.
 *
 * The running header and footer stand before the page's matter, because only what has been
 * read can be repeated on the first sheet; screens show the footer last by order alone.
 * The policy names the style sheet by its digest: a style that got in with a text is not
 * that one, and nothing else may run, load or send. */
#include "kith/page.h"

#include <sodium.h>
#include <stdio.h>

#include "kith/date.h"
#include "page_data.h"
#include "page_private.h"

void page_element(kith_text *html, const char *name, const char *text)
{
    kith_text_format(html, "<%s>", name);
    kith_text_add_xml(html, text);
    kith_text_format(html, "</%s>\n", name);
}

static void add_policy(kith_text *html, const kith_embedded_page_data *style)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char words[sodium_base64_ENCODED_LEN(sizeof digest, sodium_base64_VARIANT_ORIGINAL)];

    crypto_hash_sha256(digest, (const unsigned char *)style->bytes, style->size);
    sodium_bin2base64(words, sizeof words, digest, sizeof digest, sodium_base64_VARIANT_ORIGINAL);
    kith_text_format(
        html,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'\">\n",
        words);
}

static void add_head(kith_text *html, const char *title, const char *as_of, const char *class)
{
    const kith_embedded_page_data *style = &kith_page_data[0];

    kith_text_add(html,
                  "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"UTF-8\">\n");
    add_policy(html, style);
    kith_text_add(html, "<meta name=\"viewport\" content=\"width=device-width\">\n"
                        "<meta name=\"referrer\" content=\"no-referrer\">\n"
                        "<meta name=\"robots\" content=\"noindex\">\n");
    kith_text_add(html, "<meta name=\"dcterms.created\" content=\"");
    kith_text_add_xml(html, as_of);
    kith_text_add(html, "\">\n");
    page_element(html, "title", title);
    kith_text_add(html, "<style>");
    kith_text_add_bytes(html, style->bytes, style->size);
    kith_text_format(html, "</style>\n</head>\n<body class=\"%s\">\n", class);
}

static void begin(kith_page *page, const char *title, const char *as_of, const char *header,
                  const char *footer, const char *class)
{
    *page = (kith_page){ .level = 1 };
    add_head(&page->html, title, as_of, class);
    page_element(&page->html, "header", header);
    page_element(&page->html, "footer", footer);
    kith_text_add(&page->html, "<main>\n");
    page_element(&page->html, "h1", title);
}

void kith_page_begin(kith_page *page, const kith_view *view, const kith_frame *frame)
{
    kith_text header = { 0 }, footer = { 0 };
    char as_of[KITH_TIME_SIZE];

    kith_day_write(as_of, view->as_of);
    kith_frame_header(&header, view, frame);
    kith_frame_footer(&footer, view, frame);
    begin(page, frame->title, as_of, kith_text_string(&header), kith_text_string(&footer),
          "report");
    page->html.failed = page->html.failed || header.failed || footer.failed;
    kith_text_free(&header);
    kith_text_free(&footer);
}

void page_begin_class(kith_page *page, const kith_scene *scene, const char *class)
{
    begin(page, scene->title, scene->as_of, scene->header, scene->footer, class);
    page->html.failed = page->html.failed || scene->failed;
}

void kith_page_begin_scene(kith_page *page, const kith_scene *scene)
{
    page_begin_class(page, scene, "report");
}

static void end_section(kith_page *page)
{
    if (page->open)
        kith_text_add(&page->html, "</section>\n");
    page->open = false;
}

void kith_page_columns(kith_page *page)
{
    kith_text_add(&page->html, "<div class=\"columns\">\n");
}

void kith_page_columns_end(kith_page *page)
{
    kith_text_add(&page->html, "</div>\n");
}

static void begin_section(kith_page *page, const char *title, const char *class)
{
    end_section(page);
    page->open = true;
    page->level = 1;
    kith_text_format(&page->html, "<section id=\"s%u\"%s>\n", ++page->sections, class);
    if (title[0] != '\0')
        kith_page_heading(page, 2, title);
}

void kith_page_section(kith_page *page, const char *title, kith_page_sheet sheet)
{
    static const char *const classes[] = { "", " class=\"wide\"", " class=\"a3 wide\"" };

    begin_section(page, title, classes[sheet]);
}

void kith_page_card(kith_page *page, const char *title, int picture_cm)
{
    char class[32];

    snprintf(class, sizeof class, " class=\"card cm%d\"", picture_cm);
    begin_section(page, title, class);
}

void kith_page_index(kith_page *page, const char *const *words, size_t count)
{
    if (count == 0)
        return;
    kith_text_add(&page->html, "<nav>\n<ol>\n");
    for (size_t i = 0; i < count; i++) {
        kith_text_format(&page->html, "<li><a href=\"#s%zu\">", i + 1);
        kith_text_add_xml(&page->html, words[i]);
        kith_text_add(&page->html, "</a></li>\n");
    }
    kith_text_add(&page->html, "</ol>\n</nav>\n");
}

void kith_page_heading(kith_page *page, int level, const char *text)
{
    static const char *const names[] = { "h2", "h3", "h4" };

    level = level > page->level + 1 ? page->level + 1 : level;
    level = level < 2 ? 2 : level > 4 ? 4 : level;
    page->level = level;
    page_element(&page->html, names[level - 2], text);
}

void kith_page_paragraph(kith_page *page, const char *text)
{
    page_element(&page->html, "p", text);
}

void kith_page_notice(kith_page *page, const char *text)
{
    kith_text_add(&page->html, "<p class=\"notice\">");
    kith_text_add_xml(&page->html, text);
    kith_text_add(&page->html, "</p>\n");
}

void kith_page_list(kith_page *page, const char *const *items, size_t count)
{
    if (count == 0)
        return;
    kith_text_add(&page->html, "<ul>\n");
    for (size_t i = 0; i < count; i++)
        page_element(&page->html, "li", items[i]);
    kith_text_add(&page->html, "</ul>\n");
}

void kith_page_facts(kith_page *page, const char *const *keys, const char *const *values,
                     size_t count)
{
    if (count == 0)
        return;
    kith_text_add(&page->html, "<dl>\n");
    for (size_t i = 0; i < count; i++) {
        kith_text_add(&page->html, "<div>");
        page_element(&page->html, "dt", keys[i]);
        page_element(&page->html, "dd", values[i]);
        kith_text_add(&page->html, "</div>\n");
    }
    kith_text_add(&page->html, "</dl>\n");
}

kith_status kith_page_end(kith_text *html, kith_page *page, kith_error *err)
{
    end_section(page);
    kith_text_add(&page->html, "</main>\n</body>\n</html>\n");
    kith_status status = kith_text_status(&page->html, err);
    if (status == KITH_OK)
        kith_text_add_bytes(html, page->html.data, page->html.size);
    if (status == KITH_OK)
        status = kith_text_status(html, err);
    kith_page_free(page);
    return status;
}

void kith_page_free(kith_page *page)
{
    kith_text_free(&page->html);
    *page = (kith_page){ 0 };
}
