/* SPDX-License-Identifier: GPL-3.0-or-later */
/* route.h: a route is a row, and so is a parameter of it. */
#ifndef KITH_SERVE_ROUTE_H
#define KITH_SERVE_ROUTE_H

#include "serve_private.h"

typedef enum parameter_type {
    TYPE_DATE,
    TYPE_ID,
    TYPE_IDS,
    TYPE_INTEGER,
    TYPE_NUMBER,
    TYPE_FLAG,
    TYPE_CHOICE,
    TYPE_TEXT,    /* one line */
    TYPE_LINES,   /* several */
    TYPE_WEIGHTS, /* "school=60", "peer", "none" */
    TYPE_PLACES,  /* {"P001": [x, y]} */
    TYPE_HIDDEN,  /* ids, and "#N" for tie N */
    TYPE_MEETING, /* {"purpose": ..., ...}: lines of a meeting's file */
    TYPE_SHEET    /* an object, handed on as it stands */
} parameter_type;

/* Where its value goes. */
typedef enum parameter_place {
    TO_OPTION,  /* --option=value */
    TO_OPERAND, /* behind "--", in the order of the rows */
    TO_INPUT,   /* a line of standard input, an empty one when it is not given */
    TO_OUTPUT   /* -o -.VALUE */
} parameter_place;

typedef struct parameter {
    const char *name;
    parameter_type type;
    parameter_place place;
    double low, high;     /* the range; of texts high is how many bytes */
    const char *choices;  /* "a|b|c" */
    const char *option;   /* NULL: the name, with - for _ */
    bool required;
} parameter;

struct route {
    const char *method, *path, *words;
    answer_kind answer;
    bool writes;  /* a client that goes away does not end it */
    bool plain;   /* without the common parameters but purpose */
    const parameter *parameters; /* name NULL ends them */
};

extern const route routes[];
extern const size_t route_count;
extern const parameter common_parameters[];

/** Whether a parameter is one of the route's, common ones too; NULL when not. */
const parameter *route_parameter(const route *way, const char *name);

/** Adds what a value becomes to words, operands (a NUL after each) and input. */
kith_status parameter_take(const parameter *row, const void *json, kith_text *words, kith_text *operands,
                           kith_text *input, kith_error *err);

#endif
