/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_queue.c: rows on their way into the hub.
 *
 * A row waits as a statement and its values, in batches that are handed to a second thread,
 * which writes them in their order while the next rows are read and checked. A small load has
 * no second thread: each row is written at once, by the same code.
 *
 * The store belongs to one thread at a time: whoever reads or changes it beside the queue
 * calls import_settle first, after which all rows are in and the writer waits. */
#include <sodium.h>
#include <string.h>

#include "import_private.h"

enum { BATCH_SIZE = 1 << 17 };

typedef struct row_head {
    int64_t row;    /* that the record must get; 0: any */
    uint16_t query;
    uint8_t values; /* how many follow, each after a byte that tells its type */
    uint8_t nth;    /* the place of nth, when equal rows of the load count it; 0: nowhere */
    bool counted;
} row_head;

static kith_text *under_way(import_queue *queue)
{
    return &queue->batches[queue->filled % QUEUE_BATCHES];
}

void import_row_begin(import_load *load, kith_query query)
{
    import_queue *queue = &load->queue;
    const row_head head = { 0 };

    queue->query = query;
    queue->values = 0;
    queue->row = under_way(queue)->size;
    kith_text_add_bytes(under_way(queue), (const char *)&head, sizeof head);
}

static void add_value(import_load *load, char type, const void *bytes, size_t size)
{
    kith_text *batch = under_way(&load->queue);

    kith_text_add_char(batch, type);
    kith_text_add_bytes(batch, bytes, size);
    load->queue.values++;
}

void import_row_integer(import_load *load, int64_t value)
{
    add_value(load, 'i', &value, sizeof value);
}

void import_row_number(import_load *load, double value)
{
    add_value(load, 'n', &value, sizeof value);
}

void import_row_text(import_load *load, const char *text)
{
    add_value(load, 't', text, strlen(text) + 1);
}

void import_row_digest(import_load *load, const unsigned char digest[KITH_DIGEST_SIZE])
{
    add_value(load, 'd', digest, KITH_DIGEST_SIZE);
}

void import_row_missing(import_load *load)
{
    add_value(load, 'm', "", 0);
}

/* Binds one value; gives what follows it. */
static const char *bind(kith_change *change, int place, const char *at)
{
    int64_t integer;
    double number;

    switch (*at++) {
    case 'i':
        memcpy(&integer, at, sizeof integer);
        kith_change_integer(change, place, integer);
        return at + sizeof integer;
    case 'n':
        memcpy(&number, at, sizeof number);
        kith_change_number(change, place, number);
        return at + sizeof number;
    case 't':
        kith_change_text(change, place, at);
        return at + strlen(at) + 1;
    case 'd':
        kith_change_bytes(change, place, at, KITH_DIGEST_SIZE);
        return at + KITH_DIGEST_SIZE;
    default:
        kith_change_missing(change, place);
        return at;
    }
}

/* Runs a row's statement; nth 0: as the row has it. Gives what follows the row. */
static const char *run(int64_t *added, import_load *load, const row_head *head, const char *at,
                       uint32_t nth)
{
    import_queue *queue = &load->queue;
    kith_change *change;

    *added = 0;
    queue->status = kith_store_change(&change, load->store, (kith_query)head->query, &queue->err);
    if (queue->status != KITH_OK)
        return at;
    for (int place = 1; place <= head->values; place++)
        at = bind(change, place, at);
    if (nth > 0)
        kith_change_integer(change, head->nth, nth);
    queue->status = kith_change_run(change, added, &queue->err);
    return at;
}

/* In a fresh hub the first of equal rows went in without being counted: which of them this
 * one is. */
static void run_equal(int64_t *added, import_load *load, const row_head *head, const char *at,
                      const char *end)
{
    unsigned char key[KITH_DIGEST_SIZE];
    uint32_t nth;

    crypto_generichash(key, sizeof key, (const unsigned char *)at, (size_t)(end - at), NULL, 0);
    if (kith_tally_add(&nth, &load->tally, key))
        run(added, load, head, at, nth + 1);
    else
        load->queue.status = kith_no_memory(&load->queue.err);
}

static const char *run_row(import_load *load, const char *at)
{
    import_queue *queue = &load->queue;
    row_head head;
    int64_t added;

    memcpy(&head, at, sizeof head);
    at += sizeof head;
    const char *end = run(&added, load, &head, at, 0);
    if (queue->status == KITH_OK && added == 0 && head.nth > 0)
        run_equal(&added, load, &head, at, end);
    queue->added += head.counted && added > 0;
    queue->same += head.counted && added == 0;
    if (queue->status == KITH_OK && head.row > 0 && kith_store_last_row(load->store) != head.row)
        queue->status = kith_fail(&queue->err, KITH_HUB,
                                  "a record did not get row %lld; the hub is damaged: run check "
                                  "--integrity, and put back a backup", (long long)head.row);
    return end;
}

/* Writes a batch; nothing after a failure. */
static void run_batch(import_load *load, kith_text *batch)
{
    const char *at = kith_text_string(batch), *end = at + batch->size;

    if (load->queue.status == KITH_OK)
        load->queue.status = kith_text_status(batch, &load->queue.err);
    while (load->queue.status == KITH_OK && at < end)
        at = run_row(load, at);
    kith_text_clear(batch);
}

static void *write_batches(void *context)
{
    import_load *load = context;
    import_queue *queue = &load->queue;

    pthread_mutex_lock(&queue->lock);
    for (;;) {
        while (queue->written == queue->filled && !queue->ended)
            pthread_cond_wait(&queue->changed, &queue->lock);
        if (queue->written == queue->filled)
            break;
        kith_text *batch = &queue->batches[queue->written % QUEUE_BATCHES];
        pthread_mutex_unlock(&queue->lock);
        run_batch(load, batch);
        pthread_mutex_lock(&queue->lock);
        queue->written++;
        queue->failed = queue->status != KITH_OK;
        pthread_cond_signal(&queue->changed);
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

/* Waits until at most so many batches are not written. */
static void wait_for_writer(import_queue *queue, size_t most)
{
    while (queue->filled - queue->written > most)
        pthread_cond_wait(&queue->changed, &queue->lock);
}

/* Hands the batch under way over, and waits for a place for the next. False: a row failed. */
static bool hand_over(import_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->filled++;
    pthread_cond_signal(&queue->changed);
    wait_for_writer(queue, QUEUE_BATCHES - 1);
    const bool failed = queue->failed;
    pthread_mutex_unlock(&queue->lock);
    return !failed;
}

bool import_settle(import_load *load)
{
    import_queue *queue = &load->queue;

    if (queue->threaded) {
        pthread_mutex_lock(&queue->lock);
        wait_for_writer(queue, 0);
        pthread_mutex_unlock(&queue->lock);
    }
    run_batch(load, under_way(queue));
    if (queue->status != KITH_OK && load->status == KITH_OK)
        *load->err = queue->err;
    if (load->counts != NULL) {
        load->counts->added += queue->added;
        load->counts->same += queue->same;
    }
    queue->added = queue->same = 0;
    return import_goes_on(load, queue->status);
}

bool import_row_end(import_load *load, int64_t row, int nth, bool counted)
{
    import_queue *queue = &load->queue;
    kith_text *batch = under_way(queue);
    const row_head head = { row, (uint16_t)queue->query, (uint8_t)queue->values, (uint8_t)nth, counted };

    if (!batch->failed)
        memcpy(batch->data + queue->row, &head, sizeof head);
    if (queue->threaded && !batch->failed && (batch->size < BATCH_SIZE || hand_over(queue)))
        return load->status == KITH_OK;
    return import_settle(load);
}

void import_queue_start(import_load *load)
{
    import_queue *queue = &load->queue;

    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->changed, NULL);
    queue->threaded = pthread_create(&queue->writer, NULL, write_batches, load) == 0;
}

void import_queue_end(import_load *load)
{
    import_queue *queue = &load->queue;

    import_settle(load);
    if (queue->threaded) {
        pthread_mutex_lock(&queue->lock);
        queue->ended = true;
        pthread_cond_signal(&queue->changed);
        pthread_mutex_unlock(&queue->lock);
        pthread_join(queue->writer, NULL);
        queue->threaded = false;
        pthread_cond_destroy(&queue->changed);
        pthread_mutex_destroy(&queue->lock);
    }
    for (int i = 0; i < QUEUE_BATCHES; i++)
        kith_text_free(&queue->batches[i]);
}
