/* SPDX-License-Identifier: MIT */
/* progress.h: telling whoever waits how far long work has come. */
#ifndef KITH_PROGRESS_H
#define KITH_PROGRESS_H

#include <stdint.h>

/** Told now and then, always by the thread that asked for the work. A NULL pointer to one,
 * or a NULL tell, is nobody to tell. */
typedef struct kith_progress {
    void (*tell)(void *context, const char *what, uint64_t done, uint64_t total);
    void *context;
} kith_progress;

static inline void kith_progress_tell(const kith_progress *progress, const char *what,
                                      uint64_t done, uint64_t total)
{
    if (progress != 0 && progress->tell != 0)
        progress->tell(progress->context, what, done, total);
}

#endif
