/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_scene.c: any bytes as a scene. What is accepted is written as JSON that reads back as
 * the same; what is refused is refused with a sentence. */
#include <string.h>

#include "fuzz.h"
#include "kith/scene.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kith_scene scene, again;
    kith_text first = { 0 }, second = { 0 };
    kith_error err = { 0 };

    if (kith_scene_read(&scene, (const char *)data, size, &err) != KITH_OK) {
        MUST(err.message[0] != '\0');
        return 0;
    }
    kith_scene_write(&first, &scene);
    MUST(kith_scene_read(&again, first.data, first.size, &err) == KITH_OK);
    kith_scene_write(&second, &again);
    MUST(first.size == second.size && memcmp(first.data, second.data, first.size) == 0);
    kith_scene_free(&scene);
    kith_scene_free(&again);
    kith_text_free(&first);
    kith_text_free(&second);
    return 0;
}
