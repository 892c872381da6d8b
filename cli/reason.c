/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reason.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

kith_status reason_read(char reason[REASON_SIZE + 2], const char *prompt, kith_error *err)
{
    size_t size = 0;

    if (isatty(STDIN_FILENO)) {
        fprintf(stderr, "%s, on one line: ", prompt);
        if (fgets(reason, REASON_SIZE + 2, stdin) != NULL)
            size = strlen(reason);
    } else {
        size = fread(reason, 1, REASON_SIZE + 1, stdin);
    }
    if (memchr(reason, '\0', size) != NULL)
        return kith_fail(err, KITH_USAGE, "the reason has a byte 0 in it; write it as text");
    while (size > 0 && strchr("\r\n", reason[size - 1]) != NULL)
        size--;
    reason[size] = '\0';
    return KITH_OK;
}
