/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_hub.c: a hub that somebody tampered with. The first byte says which file: the hub, its
 * log, or the keys of an encrypted one; and whether the bytes that follow are the file, or
 * places (three bytes) and what stands there now (one byte) in a sound one. Whatever is opened
 * and read, it ends with an answer or a sentence. */
#include <string.h>

#include "fuzz.h"
#include "hub.h"
#include "kith/audit.h"
#include "kith/check.h"
#include "kith/find.h"
#include "kith/network.h"
#include "kith/show.h"

static const char *const file_name[] = { "h.kith", "h.kith.audit", "k.kith.keys" };
static kith_text sound[3];
static kith_secret *secret;
static const kith_view view = { .user = "open", .purpose = "", .audience = "case-team", .as_of = 19900, .since = 19000 };

static void path_to(char path[400], const char *name)
{
    snprintf(path, 400, "%s/%s", fuzz_folder, name);
}

/* Keys that belong to no hub: only the file of keys is read. */
static void make_keys(void)
{
    unsigned char bytes[32];
    kith_keyring *ring;
    char path[400];

    memset(bytes, 7, sizeof bytes);
    fuzz_write("key", bytes, sizeof bytes);
    path_to(path, "key");
    MUST(kith_secret_from_file(&secret, path, NULL) == KITH_OK);
    MUST(kith_keyring_create(&ring, "ann", secret, NULL) == KITH_OK);
    path_to(path, "k.kith");
    MUST(kith_keyring_save(ring, path, NULL) == KITH_OK);
    kith_keyring_free(ring);
}

static void make_files(void)
{
    fuzz_hub_make();
    make_keys();
    for (int i = 0; i < 3; i++)
        fuzz_read(&sound[i], file_name[i]);
}

/* The file as it is now. */
static void tamper(kith_text *out, const kith_text *file, bool whole, const uint8_t *data, size_t size)
{
    if (whole) {
        kith_text_add_bytes(out, (const char *)data, size);
        return;
    }
    kith_text_add_bytes(out, file->data, file->size);
    MUST(!out->failed);
    for (; size >= 4; data += 4, size -= 4)
        out->data[((size_t)data[0] << 16 | (size_t)data[1] << 8 | data[2]) % out->size] = (char)data[3];
}

static void told(kith_status status, const kith_error *err)
{
    MUST(status == KITH_OK || err->message[0] != '\0');
}

static void answered(kith_status status, kith_table *table, const kith_error *err)
{
    told(status, err);
    kith_table_free(table);
}

static void read_all(kith_store *store)
{
    static const char *const ids[] = { "P1", "L1", "E1", "G1", "O1" };
    kith_network network;
    kith_table table;
    kith_error err = { 0 };
    size_t found;

    kith_status status = kith_store_verify(store, &err);
    told(status, &err);
    status = kith_network_build(&network, store, &view, &err);
    told(status, &err);
    kith_network_free(&network);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        status = kith_show(&table, store, &view, ids[i], &err);
        answered(status, &table, &err);
    }
    status = kith_find(&table, store, &view, "Ann", 20, &err);
    answered(status, &table, &err);
    status = kith_check(&table, &found, store, &view, NULL, true, &err);
    answered(status, &table, &err);
    if (kith_audit_is_kept(store)) {
        status = kith_audit_verify(&table, store, &view, NULL, &err);
        answered(status, &table, &err);
    }
}

static void open_hub(kith_access access)
{
    kith_store *store = NULL;
    kith_error err = { 0 };
    char path[400];

    path_to(path, "h.kith");
    const kith_status status = kith_store_open(&store, path, NULL, access, &err);
    told(status, &err);
    if (status == KITH_OK)
        read_all(store);
    kith_store_close(store);
}

static void open_keys(void)
{
    kith_keyring *ring = NULL;
    kith_error err = { 0 };
    char path[400];

    path_to(path, "k.kith");
    const kith_status status = kith_keyring_open(&ring, path, secret, &err);
    told(status, &err);
    if (status == KITH_OK)
        MUST(kith_keyring_user(ring)[0] != '\0');
    kith_keyring_free(ring);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kith_text bytes = { 0 };

    if (size == 0)
        return 0;
    if (fuzz_folder[0] == '\0')
        make_files();
    const unsigned which = data[0] % 3;
    tamper(&bytes, &sound[which], (data[0] & 64) != 0, data + 1, size - 1);
    fuzz_clear();
    for (unsigned i = 0; i < 3; i++)
        fuzz_write(file_name[i], i == which ? bytes.data : sound[i].data, i == which ? bytes.size : sound[i].size);
    if (which == 2) {
        open_keys();
    } else {
        open_hub(KITH_READ_ONLY);
        open_hub(KITH_READ_WRITE);
    }
    kith_text_free(&bytes);
    return 0;
}
