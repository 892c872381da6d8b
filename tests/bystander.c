/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bystander.c: a library that begins a thread before main, as some libraries of numbers do
 * (LD_PRELOAD): signals may come to it, too. */
#include <pthread.h>
#include <unistd.h>

static void *stand_by(void *nothing)
{
    for (;;)
        pause();
    return nothing;
}

__attribute__((constructor)) static void begin(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, stand_by, NULL);
}
