/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "svg.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grow_element(svg_element *e, double x, double y)
{
    e->left = fmin(e->left, x);
    e->right = fmax(e->right, x);
    e->top = fmin(e->top, y);
    e->bottom = fmax(e->bottom, y);
    e->shape = true;
}

static double attribute(const char *line, const char *name)
{
    const char *at = strstr(line, name);

    return at != NULL ? strtod(at + strlen(name), NULL) : 0;
}

static void copy_attribute(char out[32], const char *line, const char *name)
{
    const char *at = strstr(line, name);

    if (at != NULL && out[0] == '\0')
        snprintf(out, 32, "%.*s", (int)strcspn(at + strlen(name), "\""), at + strlen(name));
}

static void read_shape(svg_element *e, const char *line)
{
    if (strncmp(line, "<ellipse", 8) == 0) {
        const double x = attribute(line, "cx=\""), y = attribute(line, "cy=\"");
        const double rx = attribute(line, "rx=\""), ry = attribute(line, "ry=\"");
        grow_element(e, x - rx, y - ry);
        grow_element(e, x + rx, y + ry);
        copy_attribute(e->fill, line, "fill=\"");
    } else if (strncmp(line, "<polygon", 8) == 0) {
        const char *at = strstr(line, "points=\"") + 8;
        for (char *end; *at != '"'; at = end + strspn(end, " ")) {
            const double x = strtod(at, &end);
            const double y = strtod(end + 1, &end);
            grow_element(e, x, y);
        }
        copy_attribute(e->fill, line, "fill=\"");
    } else if (strncmp(line, "<text", 5) == 0) {
        copy_attribute(e->ink, line, "fill=\"");
    }
}

/* The elements of nodes, labels and words; not of lines and frames. */
size_t svg_elements(svg_element *list, size_t most, char *svg)
{
    size_t count = 0;
    bool inside = false;

    for (char *line = strtok(svg, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (strncmp(line, "<g id=\"", 7) == 0) {
            inside = strstr(line, "class=\"node") != NULL && count < most;
            if (inside) {
                list[count] = (svg_element){ .left = INFINITY, .top = INFINITY, .right = -INFINITY,
                                         .bottom = -INFINITY };
                copy_attribute(list[count++].id, line, "id=\"");
            }
        } else if (strcmp(line, "</g>") == 0) {
            inside = false;
        } else if (inside) {
            read_shape(&list[count - 1], line);
        }
    }
    return count;
}

/* Relative luminance and contrast by WCAG 2.2. */
static double luminance(const char *colour)
{
    static const double share[] = { 0.2126, 0.7152, 0.0722 };
    unsigned channel[3] = { 255, 255, 255 };
    double sum = 0;

    if (colour[0] == '#')
        cr_assert(eq(int, sscanf(colour, "#%2x%2x%2x", &channel[0], &channel[1], &channel[2]), 3));
    else
        cr_assert(strcmp(colour, "white") == 0 || strcmp(colour, "") == 0, "%s", colour);
    for (int i = 0; i < 3; i++) {
        const double c = channel[i] / 255.0;
        sum += share[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double svg_contrast(const char *a, const char *b)
{
    const double one = luminance(a), other = luminance(b);

    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

void svg_check(const svg_element *list, size_t count, uint32_t nodes)
{
    size_t drawn = 0;

    for (size_t i = 0; i < count; i++) {
        if (!list[i].shape)
            continue;
        drawn++;
        if (list[i].ink[0] != '\0')
            cr_assert(svg_contrast(list[i].ink, list[i].fill) >= 4.5, "of %u: %s has %s on %s", nodes,
                      list[i].id, list[i].ink, list[i].fill);
        for (size_t j = 0; j < i; j++) {
            if (!list[j].shape)
                continue;
            const bool apart = list[i].right < list[j].left + 0.02 || list[j].right < list[i].left + 0.02 ||
                               list[i].bottom < list[j].top + 0.02 || list[j].bottom < list[i].top + 0.02;
            cr_assert(apart, "of %u: %s and %s overlap", nodes, list[i].id, list[j].id);
        }
    }
    cr_assert(drawn >= nodes, "%zu of %u are drawn", drawn, nodes);
}
