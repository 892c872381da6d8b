/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_queue.c: rows on their way into the hub.
 *
 * Rows wait in batches, which are handed to a second thread, which writes them in their order
 * while the next rows are read and checked. A small load has no second thread: a batch is
 * written when it is full, by the same code.
 *
 * The store belongs to one thread at a time: whoever reads or changes it beside the queue
 * calls import_settle first, after which all rows are in and the writer waits. */
#include <sodium.h>
#include <string.h>

#include "import_private.h"

enum { BATCH_SIZE = 1 << 17 };

static import_lane *under_way(import_queue *queue)
{
    return queue->batches[queue->filled % QUEUE_BATCHES];
}

/* Whether the store holds the rows of a statement: they are not packed, and do not wait. */
static bool is_held(import_lane *lane, import_load *load, kith_query query)
{
    if (lane->rows.held != NULL && lane->query == query)
        return true;
    if (!kith_store_holds(load->store, query))
        return false;
    lane->query = query;
    kith_store_hold_rows(&lane->rows, load->store, query);
    return true;
}

static bool end_held(import_lane *lane, import_load *load, bool counted)
{
    load->queue.added += counted;
    return import_goes_on(load, kith_store_held_row(&lane->rows, load->store, load->err));
}

/* A record of an entity is two rows, each in its lane; other rows need one. */
kith_waiting *import_row_begin(import_load *load, kith_query query)
{
    import_queue *queue = &load->queue;
    const int lane = query == KITH_QUERY_ENTITY_ADD ? 0 : 1;

    if (is_held(&queue->holding[lane], load, query)) {
        queue->lane = &queue->holding[lane];
        return &queue->lane->rows;
    }
    queue->lane = &under_way(queue)[lane];
    if (queue->lane->rows.count > 0 && queue->lane->query != query) {
        import_settle(load);
        queue->lane = &under_way(queue)[lane];
    }
    queue->lane->query = query;
    return &queue->lane->rows;
}

/* In a fresh hub the first of equal rows went in without being counted: which of them each
 * of these is. */
static kith_status write_equals(import_lane *lane, import_load *load, kith_error *err)
{
    const size_t count = kith_waiting_same_count(&lane->rows);
    kith_waiting again = { 0 };
    kith_status status = KITH_OK;

    for (size_t i = 0; i < count && status == KITH_OK; i++) {
        unsigned char key[KITH_DIGEST_SIZE];
        uint32_t nth;
        size_t size;
        const char *row = kith_waiting_same(&lane->rows, i, &size);
        crypto_generichash(key, sizeof key, (const unsigned char *)row, size, NULL, 0);
        if (kith_tally_add(&nth, &load->tally, key))
            kith_waiting_again(&again, lane->rows.values, row, size, lane->nth, (int64_t)nth + 1);
        else
            status = kith_no_memory(err);
    }
    if (status == KITH_OK)
        status = kith_store_write(&again, load->store, lane->query, true, err);
    load->queue.added += again.count - kith_waiting_same_count(&again);
    load->queue.same += kith_waiting_same_count(&again);
    kith_waiting_free(&again);
    return status;
}

static kith_status write_lane(import_lane *lane, import_load *load, kith_error *err)
{
    kith_waiting *rows = &lane->rows;
    kith_status status = kith_store_write(rows, load->store, lane->query, lane->nth > 0, err);
    const size_t same = kith_waiting_same_count(rows);

    if (status == KITH_OK && lane->counted)
        load->queue.added += rows->count - same;
    if (status == KITH_OK && lane->row > 0 && kith_store_last_row(load->store) != lane->row)
        status = kith_fail(err, KITH_HUB,
                           "a record did not get row %lld; the hub is damaged: run check "
                           "--integrity, and put back a backup", (long long)lane->row);
    if (status == KITH_OK && same > 0 && lane->nth > 0)
        status = write_equals(lane, load, err);
    else if (lane->counted)
        load->queue.same += same;
    return status;
}

/* Writes a batch; nothing after a failure. */
static void write_batch(import_load *load, import_lane *batch)
{
    import_queue *queue = &load->queue;

    for (int i = 0; i < QUEUE_LANES; i++) {
        if (queue->status == KITH_OK && batch[i].rows.count > 0)
            queue->status = write_lane(&batch[i], load, &queue->err);
        kith_waiting_clear(&batch[i].rows);
        batch[i].row = 0;
    }
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
        import_lane *batch = queue->batches[queue->written % QUEUE_BATCHES];
        pthread_mutex_unlock(&queue->lock);
        write_batch(load, batch);
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
    write_batch(load, under_way(queue));
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
    import_lane *lane = queue->lane;

    if (lane->rows.held != NULL)
        return end_held(lane, load, counted);
    kith_waiting_end(&lane->rows);
    lane->row = row;
    lane->nth = nth;
    lane->counted = counted;
    if (lane->rows.bytes.size < BATCH_SIZE && !lane->rows.bytes.failed)
        return load->status == KITH_OK;
    return queue->threaded && hand_over(queue) ? load->status == KITH_OK : import_settle(load);
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
    for (int i = 0; i < QUEUE_BATCHES * QUEUE_LANES; i++)
        kith_waiting_free(&queue->batches[i / QUEUE_LANES][i % QUEUE_LANES].rows);
}
