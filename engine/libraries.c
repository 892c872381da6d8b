/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libraries.c: each library is asked itself. */
#include "kith/libraries.h"

#include <expat.h>
#include <gnu/libc-version.h>
#include <igraph.h>
#include <proj.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "store_private.h"

static void add(kith_library *list, size_t *count, const char *name, const char *version)
{
    list[*count].name = name;
    snprintf(list[*count].version, sizeof list[*count].version, "%s", version);
    (*count)++;
}

#ifdef SQLITE_HAS_CODEC
char *sqlcipher_version(void); /* in SQLCipher's source, and in none of its headers */

static void add_sqlcipher(kith_library *list, size_t *count)
{
    char *version = sqlcipher_version();

    add(list, count, "sqlcipher", version != NULL ? version : "");
    sqlite3_free(version);
}
#else
static void add_sqlcipher(kith_library *list, size_t *count)
{
    (void)list;
    (void)count;
}
#endif

size_t kith_libraries(kith_library list[KITH_LIBRARIES_MOST])
{
    const char *igraph;
    size_t count = 0;

    igraph_version(&igraph, NULL, NULL, NULL);
    const char *expat = XML_ExpatVersion(); /* "expat_2.5.0" */
    const char *digits = strchr(expat, '_');
    add(list, &count, "expat", digits != NULL ? digits + 1 : expat);
    add(list, &count, "glibc", gnu_get_libc_version()); /* the functions of mathematics */
    add(list, &count, "igraph", igraph);
    add(list, &count, "libsodium", sodium_version_string());
    add(list, &count, "proj", proj_info().version);
    add_sqlcipher(list, &count);
    add(list, &count, "sqlite", sqlite3_libversion());
    return count;
}
