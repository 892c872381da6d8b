/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_page.c: what stands in a page, and what cannot get into one. */
#define _GNU_SOURCE /* syscall */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <linux/landlock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../viz/page_private.h"
#include "kith/date.h"
#include "support.h"

static const char hostile[] =
    "<b>\"x\"</b> & 'y' </style><script>alert(1)</script>\n=cmd \\N \xE2\x80\xAE";

static kith_view view;
static const kith_frame frame = {
    .title = "Children <1>", .names = "initials", .header = "", .footer = ""
};

static void begin(kith_page *page)
{
    view = (kith_view){ .user = "tester",
                        .purpose = hostile,
                        .audience = "police",
                        .as_of = kith_day(2022, 6, 30),
                        .since = kith_day(2021, 7, 1) };
    kith_page_begin(page, &view, &frame);
}

static void end(kith_text *html, kith_page *page)
{
    kith_error err;

    cr_assert(eq(int, kith_page_end(html, page, &err), KITH_OK), "%s", err.message);
}

static void add_some_table(kith_page *page)
{
    kith_table table = { .title = "Places" };

    kith_table_column(&table, "location_id", KITH_CELL_TEXT);
    kith_table_column(&table, "children", KITH_CELL_INTEGER);
    kith_table_text(&table, hostile);
    kith_table_integer(&table, 3);
    kith_table_text(&table, "L2");
    kith_table_missing(&table);
    kith_table_fact(&table, "as_of", "2022-06-30");
    kith_table_note(&table, "Homes stand apart.");
    kith_page_table(page, &table);
    kith_table_free(&table);
}

static size_t count(const kith_text *html, const char *piece)
{
    size_t found = 0;

    for (const char *p = strstr(html->data, piece); p != NULL; p = strstr(p + 1, piece))
        found++;
    return found;
}

Test(page, text_of_strangers_is_text_everywhere)
{
    static const char *const words[] = { hostile };
    kith_page page;
    kith_text html = { 0 };

    begin(&page);
    kith_page_index(&page, words, 1);
    kith_page_section(&page, hostile, KITH_PAGE_WIDE);
    kith_page_heading(&page, 3, hostile);
    kith_page_paragraph(&page, hostile);
    kith_page_notice(&page, hostile);
    kith_page_list(&page, words, 1);
    kith_page_facts(&page, words, words, 1);
    add_some_table(&page);
    end(&html, &page);
    cr_assert(eq(sz, count(&html, "<script"), 0));
    cr_assert(eq(sz, count(&html, "<b>"), 0));
    cr_assert(eq(sz, count(&html, "</style>"), 1));
    cr_assert(eq(sz, count(&html, "&#60;script&#62;"), 10), "%zu",
              count(&html, "&#60;script&#62;"));
    kith_text_free(&html);
}

Test(page, what_must_stand_on_every_page_is_there)
{
    kith_page page;
    kith_text html = { 0 };

    begin(&page);
    end(&html, &page);
    cr_assert(eq(sz, count(&html, "<header>" KITH_MARKING ". Prepared for: police. Purpose: "), 1));
    cr_assert(eq(sz, count(&html, "As of 2022-06-30, from 2021-07-01. Names: initials."), 1));
    cr_assert(eq(sz,
                 count(&html, "<footer>This shows what is recorded, not what is true. Review or "
                              "destroy by 2022-07-28."),
                 1));
    /* What a browser prints, which cannot repeat the header. */
    cr_assert(eq(sz, count(&html, "content: \"" KITH_MARKING "\";"), 1));
    cr_assert(eq(sz, count(&html, "lang=\"en-GB\""), 1));
    kith_text_free(&html);
}

Test(page, a_table_has_headings_for_columns_and_rows)
{
    kith_page page;
    kith_text html = { 0 };

    begin(&page);
    add_some_table(&page);
    end(&html, &page);
    cr_assert(eq(sz, count(&html, "<caption>Places</caption>"), 1));
    cr_assert(eq(
        sz, count(&html, "<th scope=\"col\">location id</th><th scope=\"col\">children</th>"), 1));
    cr_assert(eq(sz, count(&html, "<th scope=\"row\">L2</th><td class=\"number\"></td>"), 1));
    cr_assert(eq(sz, count(&html, "<td class=\"number\">3</td>"), 1));
    cr_assert(eq(sz, count(&html, "<dt>as_of</dt>\n<dd>2022-06-30</dd>"), 1));
    cr_assert(eq(sz, count(&html, "<li>Homes stand apart.</li>"), 1));
    kith_text_free(&html);
}

Test(page, headings_never_skip_a_level)
{
    kith_page page;
    kith_text html = { 0 };

    begin(&page);
    kith_page_heading(&page, 4, "a");
    kith_page_heading(&page, 4, "b");
    kith_page_heading(&page, 9, "c");
    kith_page_section(&page, "", KITH_PAGE_UPRIGHT);
    kith_page_heading(&page, 3, "d");
    end(&html, &page);
    cr_assert(eq(sz, count(&html, "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>"), 1));
    cr_assert(eq(sz, count(&html, "<h2>d</h2>"), 1));
    kith_text_free(&html);
}

static const char small[] =
    "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" "
    "\"http://x/svg11.dtd\">"
    "<!-- secret --><svg width=\"9pt\" xmlns=\"http://www.w3.org/2000/svg\" "
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\"><g id=\"n1\"><title>A &amp; &lt;B&gt;</title>"
    "<a xlink:href=\"#n1\"><text x=\"1\" fill=\"#000\">&#x202E;t</text></a></g></svg>";

Test(page, pictures_keep_their_ids_apart)
{
    kith_page page;
    kith_text html = { 0 };
    kith_error err;

    begin(&page);
    cr_assert(
        eq(int, kith_page_picture(&page, small, sizeof small - 1, "one \"1\"", &err), KITH_OK),
        "%s", err.message);
    cr_assert(eq(int, kith_page_picture(&page, small, sizeof small - 1, "two", &err), KITH_OK));
    end(&html, &page);
    cr_assert(
        eq(sz,
           count(&html, "<g id=\"p1-n1\"><title>A &#38; &#60;B&#62;</title>"
                        "<a href=\"#p1-n1\"><text x=\"1\" fill=\"#000\">\xE2\x80\xAEt</text></a>"),
           1));
    cr_assert(eq(sz, count(&html, "<g id=\"p2-n1\">"), 1));
    cr_assert(eq(sz, count(&html, "aria-label=\"one &#34;1&#34;\""), 1));
    cr_assert(eq(sz, count(&html, "secret"), 0));
    kith_text_free(&html);
}

Test(page, a_picture_that_could_fetch_or_run_is_refused)
{
    static const char *const bad[] = {
        "<svg><script>x</script></svg>",
        "<svg onload=\"x\"></svg>",
        "<svg><a href=\"http://x/\"><text>t</text></a></svg>",
        "<svg><a xlink:href=\"javascript:x\"><text>t</text></a></svg>",
        "<svg><image href=\"#x\"/></svg>",
        "<svg><style>x</style></svg>",
        "<svg><g style=\"x\"/></svg>",
        "<svg><g fill=\"url(http://x)\"/></svg>",
        "<svg><foreignObject/></svg>",
        "<!DOCTYPE svg [<!ENTITY e \"x\">]><svg>&e;</svg>",
        "<html></html>",
        "<svg><svg/></svg>",
        "<svg>",
        "",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        kith_page page;
        kith_text html = { 0 };
        kith_error err;
        begin(&page);
        const size_t before = page.html.size;
        cr_assert(eq(int, kith_page_picture(&page, bad[i], strlen(bad[i]), "x", &err), KITH_INPUT),
                  "%s", bad[i]);
        cr_assert(eq(sz, page.html.size, before));
        end(&html, &page);
        kith_text_free(&html);
    }
}

static void build_report(kith_text *html, size_t sheets)
{
    kith_page page;
    kith_error err;

    begin(&page);
    for (size_t i = 0; i < sheets; i++) {
        kith_page_section(&page, "Child", KITH_PAGE_UPRIGHT);
        cr_assert(eq(int, kith_page_picture(&page, small, sizeof small - 1, "x", &err), KITH_OK));
        add_some_table(&page);
    }
    end(html, &page);
}

Test(page, a_pdf_is_the_same_twice_and_on_any_locale)
{
    const kith_page_pdf_options options = { .as_of = kith_day(2022, 6, 30) };
    kith_text html[2] = { { 0 }, { 0 } }, pdf[2], again[2];
    kith_error err;

    if (access("/usr/bin/weasyprint", X_OK) != 0)
        cr_skip_test("WeasyPrint is not installed");
    build_report(&html[0], 1);
    build_report(&html[1], 3);
    cr_assert(eq(int, kith_page_pdf(pdf, html, 2, &options, &err), KITH_OK), "%s", err.message);
    setenv("LC_ALL", "tr_TR.UTF-8", 1);
    setenv("TZ", "Pacific/Auckland", 1);
    setenv("PYTHONHASHSEED", "7", 1);
    cr_assert(eq(int, kith_page_pdf(again, html, 2, &options, &err), KITH_OK));
    for (int i = 0; i < 2; i++) {
        cr_assert(eq(sz, pdf[i].size, again[i].size));
        cr_assert(memcmp(pdf[i].data, again[i].data, pdf[i].size) == 0);
        cr_assert(memcmp(pdf[i].data, "%PDF-", 5) == 0);
        kith_text_free(&pdf[i]);
        kith_text_free(&again[i]);
        kith_text_free(&html[i]);
    }
}

Test(page, without_weasyprint_the_remedy_is_named)
{
    const kith_page_pdf_options options = { .as_of = 0 };
    kith_text html = { 0 }, pdf;
    kith_error err;

    build_report(&html, 1);
    cr_assert(
        eq(int, page_pdf_by(&pdf, &html, 1, &options, "/nonexistent/python3", &err), KITH_IO));
    cr_assert_not_null(strstr(err.message, "install the package weasyprint"), "%s", err.message);
    kith_text_free(&pdf);
    cr_assert(eq(int, page_pdf_by(&pdf, &html, 1, &options, "/bin/false", &err), KITH_INTERNAL));
    cr_assert_not_null(strstr(err.message, "write .html"), "%s", err.message);
    kith_text_free(&pdf);
    kith_text_free(&html);
}

static void write_in(const char *folder, const char *name, const char *text)
{
    char *path = path_in(folder, name);

    write_file(path, text, strlen(text));
    cr_assert(eq(int, chmod(path, 0700), 0));
    free(path);
}

/* In WeasyPrint's place stands a module that tries what a page has no use for, and prints what it could do. */
static const char attempts[] =
    "import os, socket\n"
    "class Part: pass\n"
    "svg, text = Part(), Part()\n"
    "svg.TAGS, text.fonts = {'text': None}, Part()\n"
    "here = os.path.dirname(__file__)\n"
    "kept = os.open(here, os.O_RDONLY)\n"
    "attempts = {\n"
    "    'library': lambda: open(os.__file__).read(),\n"
    "    'read': lambda: open(here + '/weasyprint.py').read(),\n"
    "    'read by a folder': lambda: os.open('weasyprint.py', os.O_RDONLY, dir_fd=kept),\n"
    "    'list': lambda: os.listdir(here),\n"
    "    'write': lambda: open(here + '/new', 'w'),\n"
    "    'remove': lambda: os.remove(here + '/weasyprint.py'),\n"
    "    'socket': lambda: socket.socket(),\n"
    "    'signal': lambda: os.kill(os.getppid(), 0),\n"
    "    'program': lambda: os.execv('/bin/true', ['true']),\n"
    "}\n"
    "class HTML:\n"
    "    def __init__(self, **named): pass\n"
    "    def write_pdf(self, **named):\n"
    "        done = []\n"
    "        for name, attempt in attempts.items():\n"
    "            try:\n"
    "                attempt()\n"
    "                done.append(name)\n"
    "            except OSError:\n"
    "                pass\n"
    "        return ','.join(done).encode()\n";

Test(page, whoever_prints_can_read_programs_and_fonts_and_do_nothing_else)
{
    const kith_page_pdf_options options = { .as_of = 0 };

    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) <= 0)
        cr_skip("this kernel has no Landlock");
    char *folder = make_folder(), starter[4200];
    kith_text html = { 0 }, pdf;
    kith_error err;

    snprintf(starter, sizeof starter, "#!/bin/sh\nPYTHONPATH=%s exec /usr/bin/python3 \"$@\"\n", folder);
    write_in(folder, "python", starter);
    write_in(folder, "weasyprint.py", attempts);
    char *python = path_in(folder, "python");
    build_report(&html, 1);
    cr_assert(eq(int, page_pdf_by(&pdf, &html, 1, &options, python, &err), KITH_OK), "%s", err.message);
    cr_expect(eq(str, pdf.data, "library"));
    kith_text_free(&pdf);
    kith_text_free(&html);
    free(python);
    drop_folder(folder);
}

Test(page, a_picture_and_its_table_link_to_each_other)
{
    kith_page page;
    kith_scene scene = { 0 };
    kith_text html = { 0 };
    kith_error err;

    kith_scene_set(&scene, &scene.title, "Two children");
    kith_scene_set(&scene, &scene.header, "HEAD");
    kith_scene_set(&scene, &scene.footer, "FOOT");
    kith_scene_set(&scene, &scene.as_of, "2022-06-30");
    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "AB", "", "");
    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "CD", "", "");
    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = 0, .to = 1, .label = (char *)"friend" });
    kith_page_begin_scene(&page, &scene);
    cr_assert(eq(int, kith_page_map(&page, &scene, &(kith_drawing){ .seed = 1 }, &err), KITH_OK),
              "%s", err.message);
    end(&html, &page);
    cr_assert(eq(sz, count(&html, "HEAD"), 1));
    cr_assert(eq(sz, count(&html, "FOOT"), 1));
    cr_assert(eq(sz, count(&html, "<title>Two children</title>"), 1));
    static const char *const ids[] = { "n1", "n2", "_tie1" };
    for (size_t i = 0; i < 3; i++) {
        char piece[64];
        snprintf(piece, sizeof piece, "<g id=\"p1-%s\"", ids[i]);
        cr_assert(eq(sz, count(&html, piece), 1));
        snprintf(piece, sizeof piece, "href=\"#p1-%s\"", ids[i]);
        cr_assert(eq(sz, count(&html, piece), 1));
        snprintf(piece, sizeof piece, "<tr id=\"r1-%s\"", ids[i]);
        cr_assert(eq(sz, count(&html, piece), 1));
        snprintf(piece, sizeof piece, "href=\"#r1-%s\"", ids[i]);
        cr_assert(eq(sz, count(&html, piece), 1));
    }
    kith_text_free(&html);
    kith_scene_free(&scene);
}

static void build_row(kith_scene *scene, uint32_t count)
{
    *scene = (kith_scene){ 0 };
    kith_scene_set(scene, &scene->title, "A row");
    kith_scene_set(scene, &scene->header, "HEAD");
    kith_scene_set(scene, &scene->footer, "FOOT");
    kith_scene_set(scene, &scene->as_of, "2022-06-30");
    for (uint32_t i = 0; i < count; i++) {
        kith_scene_add_node(scene, KITH_DRAW_PLACE, "Place", "", "");
        scene->nodes[i].box = (kith_scene_box){ .placed = true, .x = 500.0 * i };
    }
}

/* Four places 500 points apart and a legend are less than 4 wide sheets of 758 points of which
 * 30 are shared, and more than 2. */
Test(page, a_wide_picture_takes_several_sheets)
{
    kith_scene scene;
    kith_text html = { 0 };
    kith_error err;

    build_row(&scene, 4);
    cr_assert(
        eq(int,
           kith_page_sheets(&html, &scene, KITH_PAPER_TILES, &(kith_drawing){ .seed = 1 }, &err),
           KITH_OK),
        "%s", err.message);
    cr_assert(eq(sz, count(&html, "class=\"sheets wide\""), 1));
    cr_assert(eq(sz, count(&html, ">Sheet 1 of 3: row 1, column 1</h2>"), 1));
    cr_assert(
        eq(sz,
           count(&html,
                 "width=\"758.00pt\" height=\"380.00pt\" viewBox=\"728.00 0.00 758.00 380.00\""),
           1));
    cr_assert(eq(sz, count(&html, "id=\"p3-n4\""), 1));
    cr_assert(eq(sz, count(&html, "HEAD"), 1));
    kith_text_free(&html);
    kith_scene_free(&scene);
}

Test(page, a_picture_of_too_many_sheets_is_refused)
{
    kith_scene scene;
    kith_text html = { 0 };
    kith_error err;

    build_row(&scene, 100);
    cr_assert(eq(
        int, kith_page_sheets(&html, &scene, KITH_PAPER_TILES, &(kith_drawing){ .seed = 1 }, &err),
        KITH_USAGE));
    cr_assert_not_null(strstr(err.message, "--paper a3"));
    cr_assert(eq(int,
                 kith_page_sheets(&html, &scene, KITH_PAPER_A3, &(kith_drawing){ .seed = 1 }, &err),
                 KITH_OK));
    cr_assert(eq(sz, count(&html, "class=\"sheets a3 wide\""), 1));
    kith_text_free(&html);
    kith_scene_free(&scene);
}
