/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_style.c: any bytes as a style. What is accepted keeps what every picture must keep: a child has
 * one shape that nothing else has, a risk is thick, a weak line is not solid, a condition is told. */
#include <string.h>

#include "fuzz.h"
#include "kith/style.h"

static char nothing[] = "", said[] = "x\nnamed as alleged\nfriend", badges[] = "[LAC]\nnamed as alleged (2)";

static const char *shape_of(const kith_style *style, kith_scene_class class, bool loud)
{
    const kith_scene_node node = { .class = class, .label = loud ? said : nothing, .badges = loud ? badges : nothing,
                                   .emphasis = loud ? said : nothing, .focus = loud };
    const kith_style_thing thing = kith_style_of_node(&node);
    const char *shape = kith_style_value(style, KITH_STYLE_SHAPE, &thing);

    MUST(shape[0] != '\0' && kith_style_value(style, KITH_STYLE_FILL, &thing)[0] == '#');
    return shape;
}

static void check_tie(const kith_style *style, kith_scene_tie tie)
{
    const kith_style_thing thing = kith_style_of_tie(&tie);

    MUST(kith_style_value(style, KITH_STYLE_INK, &thing)[0] == '#');
    MUST(kith_style_width(style, &thing) >= 0.5);
    if (!tie.barred)
        MUST(strcmp(kith_style_value(style, KITH_STYLE_LINE, &thing), kith_scene_line_word(tie.line)) == 0);
    if (!tie.barred && !tie.inferred)
        MUST((kith_style_width(style, &thing) >= 2) == (tie.tone == KITH_DRAW_RISK));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static kith_style style, again;
    kith_error err = { 0 };

    if (kith_style_read(&style, "f", (const char *)data, size, &err) != KITH_OK) {
        MUST(err.message[0] != '\0');
        return 0;
    }
    MUST(kith_style_read(&again, "f", style.source, strlen(style.source), &err) == KITH_OK);
    MUST(again.count == style.count);
    const char *child = shape_of(&style, KITH_DRAW_CHILD, false);
    MUST(strcmp(child, shape_of(&style, KITH_DRAW_CHILD, true)) == 0);
    for (kith_scene_class class = KITH_DRAW_ADULT; (int)class < KITH_DRAW_CLASSES; class++)
        MUST(strcmp(child, shape_of(&style, class, true)) != 0);
    for (int i = 0; i < 18; i++) {
        const kith_scene_line line = (kith_scene_line)(i % 3);
        check_tie(&style, (kith_scene_tie){ .line = line, .tone = (kith_scene_tone)(i / 3 % 3), .label = i < 9 ? nothing : said });
    }
    check_tie(&style, (kith_scene_tie){ .inferred = true, .label = nothing });
    check_tie(&style, (kith_scene_tie){ .barred = true, .label = said });
    return 0;
}
