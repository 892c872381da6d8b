/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_draw.c: what kith-draw makes of a scene. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/drawing.h"
#include "support.h"
#include "svg.h"

static const kith_drawing plain = { .seed = 1 };

/* A small generator of its own, so that the pictures are the same everywhere. */
static uint32_t dice(uint32_t *state, uint32_t sides)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % sides;
}

static void add_someone(kith_scene *scene, uint32_t *state, uint32_t index)
{
    static const char *const badges[] = { "", "[LAC]", "victim 3\nmissing 12\n[NRM: referred]",
                                          "witness 1" };
    const uint32_t kind = index == 0 ? 0 : dice(state, 10);
    char label[64];
    uint32_t node;

    snprintf(label, sizeof label, "%c%c %u\nchild, %u", 'A' + (char)dice(state, 26),
             'A' + (char)dice(state, 26), index, 11 + dice(state, 7));
    if (kind < 5)
        node = kith_scene_add_node(scene, KITH_DRAW_CHILD, label, badges[dice(state, 4)], "");
    else if (kind < 7)
        node = kith_scene_add_node(scene, KITH_DRAW_PLACE, "North Quay bus station\nstation", "",
                                   dice(state, 3) == 0 ? "hotspot 1" : "");
    else if (kind == 7)
        node = kith_scene_add_node(scene, KITH_DRAW_ADULT, "XY\nadult",
                                   "alleged perpetrator\nin 2 reports", "");
    else
        node =
            kith_scene_add_node(scene, (kith_scene_class)(2 + dice(state, 5)), "something", "", "");
    if (scene->nodes[node].class == KITH_DRAW_CHILD && dice(state, 4) != 0)
        scene->nodes[node].cluster = dice(state, (uint32_t)scene->cluster_count);
}

/* Somebody's surroundings: groups of children, shared places, adults, a few conditions. */
static void build_ego(kith_scene *scene, uint32_t count, uint32_t seed)
{
    static const kith_scene_tie likes[] = {
        { .line = KITH_DRAW_DOTTED, .inferred = true, .label = (char *)"inferred" },
        { .line = KITH_DRAW_DASHED, .label = (char *)"friend" },
        { .line = KITH_DRAW_SOLID, .label = (char *)"present 4" },
        { .line = KITH_DRAW_DASHED,
          .tone = KITH_DRAW_RISK,
          .arrow = true,
          .label = (char *)"exploited by (alleged)" },
        { .line = KITH_DRAW_SOLID, .tone = KITH_DRAW_PROTECTIVE, .label = (char *)"trusted adult" },
        { .barred = true, .label = (char *)"no contact (bail, to 2022-09-01)" },
    };
    uint32_t state = seed;

    *scene = (kith_scene){ 0 };
    kith_scene_set(scene, &scene->title, "Map of AB 0 and those within 1 step");
    kith_scene_set(scene, &scene->header,
                   "OFFICIAL-SENSITIVE. Prepared for: case team.\nWithheld: 0.");
    kith_scene_set(scene, &scene->footer, "This shows what is recorded, not what is true.");
    kith_scene_set(scene, &scene->as_of, "2022-06-30");
    for (uint32_t i = 0; i < 1 + count / 20; i++)
        kith_scene_add_cluster(scene, i == 0 ? "group A" : "group B");
    for (uint32_t i = 0; i < count; i++) {
        add_someone(scene, &state, i);
        for (uint32_t k = 0; i > 0 && k < 1 + dice(&state, 2); k++) {
            kith_scene_tie tie = likes[dice(&state, 6)];
            tie.from = i;
            tie.to = dice(&state, 3) == 0 ? 0 : dice(&state, i);
            kith_scene_add_tie(scene, &tie);
        }
    }
}

static void draw_back(kith_scene *drawn, const kith_scene *scene)
{
    kith_text json = { 0 };
    kith_error err = { 0 };

    cr_assert(eq(int, kith_scene_draw(&json, scene, "json", &plain, &err), KITH_OK), "%s",
              err.message);
    cr_assert(eq(int, kith_scene_read(drawn, json.data, json.size, &err), KITH_OK), "%s",
              err.message);
    kith_text_free(&json);
}

static bool overlap(const kith_scene_box *a, const kith_scene_box *b)
{
    return a->placed && b->placed && fabs(a->x - b->x) < (a->width + b->width) / 2 - 0.02 &&
           fabs(a->y - b->y) < (a->height + b->height) / 2 - 0.02;
}

static bool holds(const kith_scene_box *outer, const kith_scene_box *inner)
{
    return fabs(outer->x - inner->x) <= (outer->width - inner->width) / 2 + 0.02 &&
           fabs(outer->y - inner->y) <= (outer->height - inner->height) / 2 + 0.02;
}

/* Every box of text in the picture: nodes, labels of ties, header, legend, footer. */
static size_t boxes_of(const kith_scene_box **boxes, const kith_scene *scene)
{
    size_t count = 0;

    for (size_t i = 0; i < scene->node_count; i++)
        boxes[count++] = &scene->nodes[i].box;
    for (size_t i = 0; i < scene->tie_count; i++)
        boxes[count++] = &scene->ties[i].box;
    boxes[count++] = &scene->header_box;
    boxes[count++] = &scene->legend_box;
    boxes[count++] = &scene->footer_box;
    return count;
}

static void check_nothing_overlaps(const kith_scene *scene)
{
    const kith_scene_box **boxes = calloc(scene->node_count + scene->tie_count + 3, sizeof *boxes);
    const size_t count = boxes_of(boxes, scene);

    for (size_t i = 0; i < count; i++) {
        if (!boxes[i]->placed)
            continue;
        cr_assert(holds(&scene->page, boxes[i]), "box %zu is off the page", i);
        for (size_t j = 0; j < i; j++)
            cr_assert(not(overlap(boxes[i], boxes[j])), "boxes %zu and %zu overlap", i, j);
    }
    free(boxes);
    for (uint32_t c = 0; c < scene->cluster_count; c++)
        for (size_t i = 0; i < scene->node_count; i++)
            if (scene->nodes[i].cluster == c)
                cr_assert(holds(&scene->clusters[c].box, &scene->nodes[i].box));
            else
                cr_assert(not(overlap(&scene->clusters[c].box, &scene->nodes[i].box)),
                          "the frame of cluster %u covers node %zu", c, i);
}

Test(draw, nothing_overlaps_in_pictures_of_10_to_60_nodes)
{
    for (uint32_t count = 10; count <= 60; count += 10) {
        kith_scene scene, drawn;
        build_ego(&scene, count, count * 7 + 1);
        draw_back(&drawn, &scene);
        check_nothing_overlaps(&drawn);
        for (size_t i = 0; i < drawn.tie_count; i++) {
            cr_assert(drawn.ties[i].box.placed, "of %u: the label of tie %zu is missing", count, i);
            cr_assert(not(drawn.ties[i].numbered), "of %u: tie %zu has only its number", count, i);
        }
        kith_scene_free(&scene);
        kith_scene_free(&drawn);
    }
}

Test(draw, the_same_scene_gives_the_same_bytes)
{
    static const char *const formats[] = { "svg", "dot", "png", "pdf", "json" };
    kith_scene scene;

    build_ego(&scene, 20, 5);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        kith_text one = { 0 }, two = { 0 };
        cr_assert(eq(int, kith_scene_draw(&one, &scene, formats[i], &plain, NULL), KITH_OK));
        cr_assert(eq(int, kith_scene_draw(&two, &scene, formats[i], &plain, NULL), KITH_OK));
        cr_assert(eq(sz, one.size, two.size));
        cr_assert(memcmp(one.data, two.data, one.size) == 0, "%s differs", formats[i]);
        kith_text_free(&one);
        kith_text_free(&two);
    }
    kith_scene_free(&scene);
}

Test(draw, a_drawn_scene_draws_the_same_again)
{
    kith_scene scene, drawn;
    kith_text one = { 0 }, two = { 0 };

    build_ego(&scene, 25, 9);
    draw_back(&drawn, &scene);
    cr_assert(eq(int, kith_scene_draw(&one, &scene, "svg", &plain, NULL), KITH_OK));
    cr_assert(eq(int, kith_scene_draw(&two, &drawn, "svg", &plain, NULL), KITH_OK));
    cr_assert(eq(str, one.data, two.data));
    kith_text_free(&one);
    kith_text_free(&two);
    kith_scene_free(&scene);
    kith_scene_free(&drawn);
}

Test(draw, what_has_a_place_keeps_it_and_new_things_stand_beside)
{
    kith_scene scene, drawn, later;

    build_ego(&scene, 15, 3);
    draw_back(&drawn, &scene);
    const uint32_t added = kith_scene_add_node(&drawn, KITH_DRAW_CHILD, "NEW\nchild, 12", "", "");
    kith_scene_add_tie(&drawn,
                       &(kith_scene_tie){ .from = added, .to = 0, .line = KITH_DRAW_SOLID });
    draw_back(&later, &drawn);
    for (size_t i = 0; i < scene.node_count; i++) {
        cr_assert(eq(dbl, later.nodes[i].box.x, drawn.nodes[i].box.x));
        cr_assert(eq(dbl, later.nodes[i].box.y, drawn.nodes[i].box.y));
    }
    for (size_t i = 0; i < added; i++)
        cr_assert(not(overlap(&later.nodes[i].box, &later.nodes[added].box)));
    kith_scene_free(&scene);
    kith_scene_free(&drawn);
    kith_scene_free(&later);
}

/* So many that one layout is made and nothing is chosen by looks. */
Test(draw, a_condition_pulls_nobody_together)
{
    enum { MANY = 700 };
    kith_scene scenes[2] = { { 0 } }, drawn[2];

    for (int barred = 0; barred < 2; barred++) {
        for (int i = 0; i < MANY; i++)
            kith_scene_add_node(&scenes[barred], KITH_DRAW_CHILD, "AB", "", "");
        for (uint32_t i = 1; i < MANY; i++)
            kith_scene_add_tie(&scenes[barred], &(kith_scene_tie){ .from = i / 3, .to = i });
        if (barred)
            kith_scene_add_tie(&scenes[1],
                               &(kith_scene_tie){ .from = 1, .to = MANY - 1, .barred = true });
        draw_back(&drawn[barred], &scenes[barred]);
    }
    for (size_t i = 0; i < MANY; i++) {
        cr_assert(eq(dbl, drawn[0].nodes[i].box.x, drawn[1].nodes[i].box.x));
        cr_assert(eq(dbl, drawn[0].nodes[i].box.y, drawn[1].nodes[i].box.y));
    }
    for (int barred = 0; barred < 2; barred++) {
        kith_scene_free(&scenes[barred]);
        kith_scene_free(&drawn[barred]);
    }
}

/* The title of the SVG element with an id, its entities read. "" when there is none. */
static void title_in(char *out, size_t size, const char *svg, const char *id)
{
    static const char *const entities[][2] = {
        { "&lt;", "<" },    { "&gt;", ">" },  { "&amp;", "&" },
        { "&quot;", "\"" }, { "&#39;", "'" }, { "&#45;", "-" },
    };
    char mark[64];
    size_t at = 0;

    snprintf(mark, sizeof mark, "<g id=\"%s\"", id);
    const char *p = strstr(svg, mark);
    cr_assert(p != NULL, "no element %s", id);
    for (p = strstr(p, "<title>") + 7; strncmp(p, "</title>", 8) != 0 && at + 1 < size;) {
        size_t e = 0;
        while (e < 6 && strncmp(p, entities[e][0], strlen(entities[e][0])) != 0)
            e++;
        out[at++] = e < 6 ? entities[e][1][0] : *p;
        p += e < 6 ? strlen(entities[e][0]) : 1;
    }
    out[at] = '\0';
}

Test(draw, hostile_names_are_just_text)
{
    static const char *const names[] = {
        "<b>bold</b> &amp; &lt;script&gt;",
        "back\\N slash \\\\ \\l \\G \\",
        "a\" image=\"/etc/passwd\" URL=\"javascript:alert(1)",
        "=cmd|'/C calc'!A0",
        "\xd9\x85\xd8\xad\xd9\x85\xd8\xaf \xe2\x80\xae right to left",
        "\xf0\x9f\x98\x80 emoji ]]> --> <!--",
        "<<table><tr><td><img src=\"/etc/passwd\"/></td></tr></table>>",
        "%s%n$(touch x)`id`",
    };
    const size_t count = sizeof names / sizeof *names;
    kith_scene scene = { 0 };
    kith_text svg = { 0 }, dot = { 0 };
    char title[512], id[16];

    for (size_t i = 0; i < count; i++)
        kith_scene_add_node(&scene, (kith_scene_class)(i % KITH_DRAW_CLASSES), names[i], "", "");
    kith_scene_add_tie(&scene,
                       &(kith_scene_tie){ .from = 0, .to = 1, .label = (char *)"\\E \\T <i>" });
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, NULL), KITH_OK));
    cr_assert(eq(int, kith_scene_draw(&dot, &scene, "dot", &plain, NULL), KITH_OK));
    for (size_t i = 0; i < count; i++) {
        snprintf(id, sizeof id, "n%zu", i + 1);
        title_in(title, sizeof title, svg.data, id);
        cr_assert(eq(str, title, (char *)names[i]));
    }
    cr_assert(strstr(svg.data, "<image") == NULL);
    for (const char *p = strstr(svg.data, "href="); p != NULL; p = strstr(p + 1, "href="))
        cr_assert(strncmp(p, "href=\"#n", 8) == 0, "links lead to nodes of the picture alone");
    cr_assert(strstr(svg.data, "<b>") == NULL);
    cr_assert(strstr(svg.data, "back\\N") != NULL, "the backslash is drawn, not read");
    cr_assert(strstr(dot.data, "label=<") == NULL, "no label is HTML");
    kith_text_free(&svg);
    kith_text_free(&dot);
    kith_scene_free(&scene);
}

Test(draw, a_long_name_is_cut_in_the_picture_and_whole_in_its_title)
{
    kith_scene scene = { 0 };
    kith_text svg = { 0 };
    char *name = malloc(10001), *title = malloc(10100);

    memset(name, 'x', 10000);
    name[10000] = '\0';
    kith_scene_add_node(&scene, KITH_DRAW_CHILD, name, "", "");
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, NULL), KITH_OK));
    title_in(title, 10100, svg.data, "n1");
    cr_assert(eq(str, title, name));
    cr_assert(strstr(svg.data, "xx\xE2\x80\xA6</text>") != NULL);
    free(name);
    free(title);
    kith_text_free(&svg);
    kith_scene_free(&scene);
}

Test(draw, control_characters_are_shown_as_their_pictures)
{
    kith_scene scene = { 0 };
    kith_text svg = { 0 };

    kith_scene_add_node(&scene, KITH_DRAW_CHILD,
                        "a\x01"
                        "b\x1b"
                        "c\xEF\xBF\xBF",
                        "", "");
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, NULL), KITH_OK));
    cr_assert(strstr(svg.data, "a\xE2\x90\x81"
                               "b\xE2\x90\x9B"
                               "c\xEF\xBF\xBD</text>") != NULL);
    for (size_t i = 0; i < svg.size; i++)
        cr_assert(svg.data[i] == '\n' || (unsigned char)svg.data[i] >= 0x20);
    kith_text_free(&svg);
    kith_scene_free(&scene);
}

/* The element of a tie, up to the next one. */
static char *element_of(const char *svg, const char *id)
{
    char mark[64];

    snprintf(mark, sizeof mark, "<g id=\"%s\"", id);
    const char *begin = strstr(svg, mark);
    cr_assert(begin != NULL);
    const char *end = strstr(begin, "</g>");
    char *made = calloc((size_t)(end - begin) + 1, 1);
    memcpy(made, begin, (size_t)(end - begin));
    return made;
}

Test(draw, an_inferred_tie_is_dotted_and_has_no_arrowhead)
{
    kith_scene scene = { 0 };
    kith_text svg = { 0 };

    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "AB", "", "");
    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "CD", "", "");
    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = 0, .to = 1, .inferred = true });
    kith_scene_add_tie(
        &scene, &(kith_scene_tie){ .from = 1, .to = 0, .line = KITH_DRAW_SOLID, .arrow = true });
    kith_scene_add_tie(
        &scene, &(kith_scene_tie){
                    .from = 1, .to = 0, .line = KITH_DRAW_SOLID, .tone = KITH_DRAW_PROTECTIVE });
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, NULL), KITH_OK));
    char *inferred = element_of(svg.data, "_tie1"), *declared = element_of(svg.data, "_tie2");
    char *good = element_of(svg.data, "_tie3");
    cr_assert(strstr(inferred, "stroke-dasharray=\"1,5\"") != NULL);
    cr_assert(strstr(inferred, "<polygon") == NULL);
    cr_assert(strstr(declared, "stroke-dasharray") == NULL);
    cr_assert(strstr(declared, "<polygon") != NULL);
    cr_assert(strstr(strstr(strstr(good, "<path") + 1, "<path") + 1, "<path") != NULL,
              "a double line");
    free(inferred);
    free(declared);
    free(good);
    kith_text_free(&svg);
    kith_scene_free(&scene);
}

/* Bars tell their tone in grey too: filled, striped, or light. */
Test(draw, marks_stand_where_they_are_told)
{
    kith_scene scene = { 0 };
    kith_text svg = { 0 };

    for (int tone = KITH_DRAW_NEUTRAL; tone <= KITH_DRAW_PROTECTIVE; tone++)
        kith_scene_add_mark(&scene, &(kith_scene_mark){ .tone = (kith_scene_tone)tone, .x = 50.0 * tone,
                                                        .x2 = 50.0 * tone + 40, .y2 = 60,
                                                        .text = "a <bar>" });
    kith_scene_add_mark(&scene, &(kith_scene_mark){ .shape = KITH_DRAW_RULE, .line = KITH_DRAW_SOLID,
                                                    .x2 = 150, .arrow = true });
    kith_scene_add_mark(&scene, &(kith_scene_mark){ .shape = KITH_DRAW_WORDS, .x = 20, .y = -10,
                                                    .text = "a\nb\\N" });
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, NULL), KITH_OK));
    char *grey = element_of(svg.data, "_at1"), *dark = element_of(svg.data, "_at2");
    char *striped = element_of(svg.data, "_at3"), *line = element_of(svg.data, "_at4");
    cr_expect(strstr(grey, "fill=\"#c9c9c9\"") != NULL);
    cr_expect(strstr(grey, "<title>a &lt;bar&gt;</title>") != NULL);
    cr_expect(strstr(dark, "fill=\"#a33a00\"") != NULL);
    cr_expect(strstr(striped, "#d5f0e4") != NULL && strstr(striped, "#00664a") != NULL);
    cr_expect(strstr(line, "<polygon") != NULL, "an arrowhead");
    /* the second bar's left and right edge, 50 to 90 */
    cr_expect(strstr(dark, "90,0 50,0") != NULL || strstr(dark, "90,-60 50,-60") != NULL, "%s", dark);
    free(grey);
    free(dark);
    free(striped);
    free(line);
    kith_text_free(&svg);
    kith_scene_free(&scene);
}

/* Places of the nodes n1, n2, ... as plain dot draws them. */
static size_t read_plain(FILE *in, double (*places)[2], size_t most)
{
    char line[4096];
    size_t count = 0;
    unsigned number;
    double x, y;

    while (fgets(line, sizeof line, in) != NULL)
        if (sscanf(line, "node n%u %lf %lf", &number, &x, &y) == 3 && number <= most) {
            places[number - 1][0] = x * 72;
            places[number - 1][1] = y * 72;
            count++;
        }
    return count;
}

Test(draw, plain_dot_redraws_the_dot_with_everything_in_its_place)
{
    kith_scene scene, drawn;
    kith_text dot = { 0 };
    double places[12][2];
    char command[4096];

    if (system("dot -V >/dev/null 2>&1") != 0)
        cr_skip("the program dot is not here");
    build_ego(&scene, 12, 4);
    draw_back(&drawn, &scene);
    cr_assert(eq(int, kith_scene_draw(&dot, &scene, "dot", &plain, NULL), KITH_OK));
    char *folder = make_folder(), *path = path_in(folder, "x.dot");
    write_file(path, dot.data, dot.size);
    snprintf(command, sizeof command, "dot -Tplain '%s'", path);
    FILE *in = popen(command, "r");
    cr_assert(eq(sz, read_plain(in, places, 12), 12));
    cr_assert(eq(int, pclose(in), 0));
    for (size_t i = 0; i < 12; i++) {
        cr_assert(epsilon_eq(dbl, places[i][0], drawn.nodes[i].box.x, 0.1));
        cr_assert(epsilon_eq(dbl, places[i][1], drawn.nodes[i].box.y, 0.1));
    }
    free(path);
    drop_folder(folder);
    kith_text_free(&dot);
    kith_scene_free(&scene);
    kith_scene_free(&drawn);
}

Test(draw, a_pdf_bears_the_as_of_date)
{
    kith_scene scene;
    kith_text pdf = { 0 };
    const char *date = NULL;

    setenv("TZ", "Asia/Tokyo", 1);
    build_ego(&scene, 10, 2);
    cr_assert(eq(int, kith_scene_draw(&pdf, &scene, "pdf", &plain, NULL), KITH_OK));
    for (size_t i = 0; date == NULL && i + 32 < pdf.size; i++)
        if (memcmp(pdf.data + i, "/CreationDate (D:", 17) == 0)
            date = pdf.data + i + 17;
    cr_assert(date != NULL);
    cr_assert(strncmp(date, "20220630000000Z)", 16) == 0, "wherever it is drawn");
    kith_text_free(&pdf);
    kith_scene_free(&scene);
}

Test(draw, an_empty_scene_gives_an_empty_page)
{
    kith_scene scene = { 0 };
    kith_text svg = { 0 };

    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, NULL), KITH_OK));
    cr_assert(strstr(svg.data, "</svg>") != NULL);
    kith_text_free(&svg);
}

Test(draw, too_many_nodes_without_a_place_are_refused)
{
    kith_scene scene = { 0 };
    kith_text svg = { 0 };
    kith_error err = { 0 };

    for (int i = 0; i <= KITH_SCENE_LAID_OUT; i++)
        kith_scene_add_node(&scene, KITH_DRAW_CHILD, "", "", "");
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, &err), KITH_INPUT));
    cr_assert(strstr(err.message, "1501 nodes") != NULL, "%s", err.message);
    kith_text_free(&svg);
    kith_scene_free(&scene);
}

Test(draw, a_drawing_that_takes_too_long_is_ended)
{
    kith_scene scene;
    kith_text svg = { 0 };
    kith_error err = { 0 };

    build_ego(&scene, 1400, 1);
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &(kith_drawing){ .seconds = 1 }, &err),
                 KITH_INTERNAL));
    cr_assert(strstr(err.message, "draw fewer things") != NULL, "%s", err.message);
    kith_text_free(&svg);
    kith_scene_free(&scene);
}

Test(draw, a_format_that_nobody_writes_fails_with_its_name)
{
    kith_scene scene = { 0 };
    kith_text out = { 0 };
    kith_error err = { 0 };

    cr_assert(eq(int, kith_scene_draw(&out, &scene, "gif", &plain, &err), KITH_INTERNAL));
    cr_assert(strstr(err.message, "\"gif\" is no format") != NULL, "%s", err.message);
    kith_text_free(&out);
}

/* A keyboard reaches every node and tie, and each says what it is. */
Test(draw, nodes_and_ties_can_be_tabbed_to)
{
    kith_scene scene = { 0 };
    kith_text svg = { 0 };
    size_t links = 0;

    kith_scene_set(&scene, &scene.title, "Two children");
    kith_scene_set(&scene, &scene.header, "OFFICIAL-SENSITIVE");
    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "AB", "", "");
    kith_scene_add_node(&scene, KITH_DRAW_CHILD, "CD", "", "");
    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = 0, .to = 1, .label = (char *)"friend" });
    cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, NULL), KITH_OK));
    for (const char *p = strstr(svg.data, "<a "); p != NULL; p = strstr(p + 1, "<a "))
        links++;
    cr_assert(eq(sz, links, 3));
    cr_assert_not_null(strstr(svg.data, "<a xlink:href=\"#n1\">\n<title>AB</title>"));
    cr_assert_not_null(strstr(
        svg.data, "<a xlink:href=\"#n2\">\n<title>AB \xE2\x80\x93 CD: friend (dotted)</title>"));
    cr_assert_not_null(
        strstr(svg.data, "<desc>2 people, places and things, 1 tie. OFFICIAL-SENSITIVE</desc>"));
    kith_text_free(&svg);
    kith_scene_free(&scene);
}

/* The picture itself, as another program reads it: twenty of them. */
Test(draw, nothing_overlaps_and_every_word_is_dark_enough_in_the_svg_of_10_to_150_nodes)
{
    for (uint32_t i = 0; i < 20; i++) {
        const uint32_t nodes = 10 + 140 * i / 19;
        kith_scene scene;
        kith_text svg = { 0 };
        kith_error err = { 0 };
        build_ego(&scene, nodes, 31 * i + 5);
        const size_t most = scene.node_count + scene.tie_count + 200;
        svg_element *list = calloc(most, sizeof *list);
        cr_assert(eq(int, kith_scene_draw(&svg, &scene, "svg", &plain, &err), KITH_OK), "%s", err.message);
        svg_check(list, svg_elements(list, most, svg.data), nodes);
        free(list);
        kith_text_free(&svg);
        kith_scene_free(&scene);
    }
}

/* One peer group of so many: each tied to the next three, as an inferred tie and now and then a friend. */
static void build_group(kith_scene *scene, uint32_t people, uint32_t seed)
{
    uint32_t state = seed;
    char label[64];

    *scene = (kith_scene){ 0 };
    kith_scene_add_cluster(scene, "group A");
    for (uint32_t i = 0; i < people; i++) {
        snprintf(label, sizeof label, "%c%c %u\nchild, %u", 'A' + (char)dice(&state, 26),
                 'A' + (char)dice(&state, 26), i, 11 + dice(&state, 7));
        kith_scene_add_node(scene, KITH_DRAW_CHILD, label, dice(&state, 3) == 0 ? "missing 4\n[LAC]" : "", "");
        scene->nodes[i].cluster = 0;
    }
    for (uint32_t i = 0; i < people; i++)
        for (uint32_t k = 1; k <= 3; k++) {
            const bool friend = dice(&state, 5) == 0;
            kith_scene_add_tie(scene, &(kith_scene_tie){ .from = i,
                                                         .to = (i + k) % people,
                                                         .line = KITH_DRAW_DOTTED,
                                                         .inferred = !friend,
                                                         .label = (char *)(friend ? "friend (2)" : "inferred (1)") });
        }
}

Test(draw, nothing_overlaps_in_peer_groups_of_10_to_150)
{
    static const uint32_t sizes[] = { 10, 40, 90, 150 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        kith_scene scene, drawn;
        build_group(&scene, sizes[i], 17 + sizes[i]);
        draw_back(&drawn, &scene);
        check_nothing_overlaps(&drawn);
        cr_expect(drawn.clusters[0].box.placed);
        kith_scene_free(&drawn);
        kith_scene_free(&scene);
    }
}

Test(draw, contrast_is_that_of_the_guidelines)
{
    cr_expect(epsilon_eq(dbl, svg_contrast("#000000", "#ffffff"), 21, 1e-9));
    cr_expect(epsilon_eq(dbl, svg_contrast("#767676", "white"), 4.54, 0.005)); /* the lightest grey that passes */
}

/* A and C are a group and B, who is not, stands between them; all keep their places. */
Test(draw, a_frame_never_holds_somebody_of_no_group)
{
    kith_scene scene = { 0 }, drawn;

    kith_scene_add_cluster(&scene, "group A");
    for (uint32_t i = 0; i < 3; i++) {
        kith_scene_add_node(&scene, KITH_DRAW_CHILD, "AB", "", "");
        scene.nodes[i].box = (kith_scene_box){ .placed = true, .x = 200.0 * i };
        scene.nodes[i].cluster = i == 1 ? KITH_NO_CLUSTER : 0;
    }
    draw_back(&drawn, &scene);
    cr_expect(not(drawn.clusters[0].box.placed));
    cr_expect(eq(dbl, drawn.nodes[2].box.x, 400));
    kith_scene_free(&drawn);
    scene.nodes[1].box.y = 300;
    draw_back(&drawn, &scene);
    cr_expect(drawn.clusters[0].box.placed);
    kith_scene_free(&drawn);
    kith_scene_free(&scene);
}

/* Fifty around two, and among themselves: what a meeting looks for has words, the rest has numbers. */
Test(draw, of_very_many_ties_those_that_matter_have_words)
{
    kith_scene scene = { 0 }, drawn;
    size_t words = 0;

    for (uint32_t i = 0; i < 52; i++)
        kith_scene_add_node(&scene, KITH_DRAW_CHILD, "AB", "", "");
    scene.nodes[0].focus = true;
    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = 0, .to = 2, .label = (char *)"friend" });
    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = 1, .to = 3, .tone = KITH_DRAW_RISK, .label = (char *)"risk" });
    kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = 1, .to = 4, .barred = true, .label = (char *)"bail" });
    for (uint32_t i = 2; i < 52; i++)
        for (uint32_t k = 1; k < 5; k++)
            kith_scene_add_tie(&scene, &(kith_scene_tie){ .from = i, .to = 2 + (i - 2 + k) % 50, .label = (char *)"friend" });
    draw_back(&drawn, &scene);
    for (size_t i = 0; i < drawn.tie_count; i++)
        words += drawn.ties[i].box.placed && !drawn.ties[i].numbered;
    cr_expect(eq(sz, words, 3));
    for (size_t i = 0; i < 3; i++)
        cr_expect(drawn.ties[i].box.placed && !drawn.ties[i].numbered, "tie %zu", i + 1);
    kith_scene_free(&scene);
    kith_scene_free(&drawn);
}

/* The nodes stand where they stood; the legend goes where the paper has room. */
Test(draw, the_legend_leaves_most_of_the_paper_to_the_picture)
{
    static const kith_drawing wide = { .seed = 1, .width = 760, .height = 370 },
                              high = { .seed = 1, .width = 515, .height = 650 };
    kith_scene scene, on[2] = { { 0 }, { 0 } };
    kith_error err = { 0 };

    build_ego(&scene, 15, 3);
    for (int i = 0; i < 2; i++) {
        kith_text json = { 0 };
        cr_assert(eq(int, kith_scene_draw(&json, &scene, "json", i == 0 ? &wide : &high, &err), KITH_OK), "%s", err.message);
        cr_assert(eq(int, kith_scene_read(&on[i], json.data, json.size, &err), KITH_OK));
        kith_text_free(&json);
    }
    cr_expect(on[0].legend_box.x - on[0].legend_box.width / 2 > on[0].nodes[0].box.x);
    cr_expect(on[0].page.width / on[0].page.height > on[1].page.width / on[1].page.height);
    for (size_t i = 0; i < scene.node_count; i++) {
        cr_expect(on[1].legend_box.y + on[1].legend_box.height / 2 < on[1].nodes[i].box.y);
        cr_expect(eq(dbl, on[0].nodes[i].box.x, on[1].nodes[i].box.x));
    }
    for (int i = 0; i < 2; i++)
        kith_scene_free(&on[i]);
    kith_scene_free(&scene);
}
