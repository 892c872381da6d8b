/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay.c: gives a fuzz target each file of its corpus, with an ordinary compiler. */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

static void replay(const char *path)
{
    FILE *in = fopen(path, "rb");
    size_t size = 0, room = 1 << 16;
    uint8_t *data = malloc(room);

    MUST(in != NULL && data != NULL);
    for (size_t got; (got = fread(data + size, 1, room - size, in)) > 0;) {
        size += got;
        if (size == room) {
            data = realloc(data, room *= 2);
            MUST(data != NULL);
        }
    }
    fclose(in);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

int main(int argc, char **argv)
{
    struct dirent **files;
    int replayed = 0;
    const int count = argc == 2 ? scandir(argv[1], &files, NULL, alphasort) : -1;

    if (count < 0) {
        fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
        return 2;
    }
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], files[i]->d_name);
        if (files[i]->d_name[0] != '.') {
            replay(path);
            replayed++;
        }
        free(files[i]);
    }
    free(files);
    printf("%d inputs replayed\n", replayed);
    return replayed > 0 ? 0 : 1;
}
