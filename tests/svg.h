/* SPDX-License-Identifier: GPL-3.0-or-later */
/* svg.h: a drawn SVG as another program reads it: the boxes of what stands in it. */
#ifndef KITH_TEST_SVG_H
#define KITH_TEST_SVG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an element of an SVG covers, and its colours. */
typedef struct svg_element {
    char id[32], fill[32], ink[32];
    double left, top, right, bottom;
    bool shape; /* an ellipse or polygon was in it */
} svg_element;

/** The elements of nodes, labels and words; not of lines and frames. The text is taken apart. */
size_t svg_elements(svg_element *list, size_t most, char *svg);

/** Contrast of two colours by WCAG 2.2. */
double svg_contrast(const char *a, const char *b);

/** Asserts that none overlaps another, that words are dark enough, and that at least as many are drawn. */
void svg_check(const svg_element *list, size_t count, uint32_t nodes);

#endif
