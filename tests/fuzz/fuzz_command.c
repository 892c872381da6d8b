/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_command.c: any words as a command line, one a line, over a small hub. It ends with one of
 * the exit codes that are promised; what fails says why, in one sentence that begins with "kith: ";
 * and the hub is sound afterwards.
 *
 * Words that would lead out of the target's folder are left out, as is the server. */
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "hub.h"

enum { WORDS_MOST = 24 };

int kith_main(int argc, char **argv);
int64_t __wrap_kith_now(void);

static kith_text sound_hub, sound_log;

int64_t __wrap_kith_now(void)
{
    return 1718452800;
}

/* In a session of its own: no terminal is asked for a passphrase. */
static void begin(void)
{
    fuzz_hub_make();
    fuzz_read(&sound_hub, "h.kith");
    fuzz_read(&sound_log, "h.kith.audit");
    setsid();
    unsetenv("KITH_KEY_FILE");
    unsetenv("KITH_HUB");
    setenv("TZ", "UTC", 1);
    MUST(chdir(fuzz_folder) == 0);
    MUST(freopen("/dev/null", "r", stdin) != NULL && freopen("/dev/null", "w", stdout) != NULL);
}

static void lay_out(void)
{
    fuzz_clear();
    fuzz_write("h.kith", sound_hub.data, sound_hub.size);
    fuzz_write("h.kith.audit", sound_log.data, sound_log.size);
    fuzz_write("persons.csv", "person_id,name\nP9,Di\n", 21);
    fuzz_write("key", "0123456789abcdef0123456789abcdef", 32);
}

static int split(char *words[WORDS_MOST + 4], char *text, size_t size)
{
    int count = 0;

    words[count++] = (char *)"kith";
    words[count++] = (char *)"--hub=h.kith";
    for (char *at = text; at < text + size && count < WORDS_MOST; at += strlen(at) + 1) {
        at[strcspn(at, "\n")] = '\0';
        if (strchr(at, '/') == NULL && strstr(at, "..") == NULL && strcmp(at, "serve") != 0)
            words[count++] = at;
    }
    words[count] = NULL;
    return count;
}

/* The exit code; what was said. */
static int call(int count, char **words, char **said)
{
    size_t size;
    FILE *kept = stderr, *messages = open_memstream(said, &size);

    MUST(messages != NULL);
    stderr = messages;
    const int code = kith_main(count, words);
    stderr = kept;
    fclose(messages);
    return code;
}

static void check_hub(void)
{
    char *words[] = { (char *)"kith", (char *)"check", (char *)"--integrity", (char *)"--hub", (char *)"h.kith", NULL }, *said;

    MUST(call(5, words, &said) == 0);
    free(said);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *words[WORDS_MOST + 4], *said = NULL;
    char *text = malloc(size + 1);

    MUST(text != NULL);
    if (fuzz_folder[0] == '\0')
        begin();
    memcpy(text, data, size);
    text[size] = '\0';
    lay_out();
    const int code = call(split(words, text, size), words, &said);
    MUST(code >= 0 && code <= 6);
    MUST(code < 2 || strstr(said, "kith: ") != NULL);
    check_hub();
    free(said);
    free(text);
    return 0;
}
