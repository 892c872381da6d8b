/* SPDX-License-Identifier: MIT */
/* order.c: clusters in the order in which they are made.
 *
 * Graphviz keeps subgraphs by the address of their name's text, so that two runs could write the
 * same clusters in two orders. Here a graph's identity is its turn; everything else keeps the
 * identities that Graphviz gives (nodes and ties are kept in order of their making anyhow).
 *
 * A name that is given back must be a text of Graphviz's own: before each of those it keeps whether
 * it is HTML, and the writer of DOT looks there. */
#include <stdlib.h>
#include <string.h>

#include "draw.h"

enum { STEP = 2 /* odd identities are of things without a name */ };

typedef struct turns {
    Agraph_t *graph;
    void *others; /* the state of Graphviz's own discipline */
    char **names;
    size_t count;
} turns;

static void *open_turns(Agraph_t *graph, Agdisc_t *disciplines)
{
    turns *t = calloc(1, sizeof *t);

    if (t == NULL)
        abort(); /* Graphviz asks for no status here */
    t->graph = graph;
    t->others = AgIdDisc.open(graph, disciplines);
    return t;
}

static long add_turn(turns *t, const char *name)
{
    char **more = realloc(t->names, (t->count + 1) * sizeof *more);

    if (more == NULL)
        return 0;
    t->names = more;
    more[t->count] = agstrdup(t->graph, (char *)name);
    return more[t->count] != NULL ? (long)++t->count : 0;
}

/* 1 when there is an identity for this name. */
static long map_turn(void *state, int kind, char *name, IDTYPE *id, int create)
{
    turns *t = state;
    long turn = 0;

    if (kind != AGRAPH || name == NULL)
        return AgIdDisc.map(t->others, kind, name, id, create);
    for (size_t i = 0; turn == 0 && i < t->count; i++)
        if (strcmp(t->names[i], name) == 0)
            turn = (long)i + 1;
    if (turn == 0 && create)
        turn = add_turn(t, name);
    *id = (IDTYPE)turn * STEP;
    return turn != 0;
}

static long allocate(void *state, int kind, IDTYPE id)
{
    return AgIdDisc.alloc(((turns *)state)->others, kind, id);
}

static void release(void *state, int kind, IDTYPE id)
{
    if (kind != AGRAPH || id % STEP != 0)
        AgIdDisc.free(((turns *)state)->others, kind, id);
}

static char *print_name(void *state, int kind, IDTYPE id)
{
    const turns *t = state;

    if (kind == AGRAPH && id % STEP == 0)
        return id > 0 && id / STEP <= t->count ? t->names[id / STEP - 1] : NULL;
    return AgIdDisc.print(t->others, kind, id);
}

static void close_turns(void *state)
{
    turns *t = state;

    AgIdDisc.close(t->others);
    for (size_t i = 0; i < t->count; i++)
        agstrfree(t->graph, t->names[i]);
    free(t->names);
    free(t);
}

static void take_note(void *state, int kind, void *object)
{
    AgIdDisc.idregister(((turns *)state)->others, kind, object);
}

Agraph_t *sheet_graph(char *name)
{
    static Agiddisc_t in_turn = { open_turns, map_turn, allocate, release,
                                  print_name, close_turns, take_note };
    static Agdisc_t disciplines = { &AgMemDisc, &in_turn, &AgIoDisc };

    return agopen(name, Agundirected, &disciplines);
}
