/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_private.h: the parts of a load.
 *
 *     import_files   which files, of which tables, in which order
 *     import_tables  the tables: columns, their types, their statements (data)
 *     import_header  a file's header: which column is which
 *     import_value   a field to a value of its column's type
 *     import_origin  the origin columns, grades and handling
 *     import_check   rules that concern several fields of a row
 *     import_contest what a contest is of
 *     import_roles   role words
 *     import_extra   columns that the table does not have
 *     import_write   a row to records
 *     import_plain   a row of which there is nothing to tell, to where it is held
 *     import_queue   records on their way into the hub
 *     import_known   a row that is about a known record: the same, a correction, a clash
 *     import_compare the row beside the record
 *     import_correct a record takes a row's content
 *     import_mapped  an extract's rows to rows of a table, by a mapping
 *     import_gone    what a full extract has no more
 *     import_undo    a load taken back
 *     import_report  faults, listed or gathered
 *     import         the load itself
 *
 * A row that is at fault is not written, but its id is known from then on (row
 * REFUSED_ROW), so that one fault is not reported again by every row that refers to it. */
#ifndef KITH_ENGINE_IMPORT_PRIVATE_H
#define KITH_ENGINE_IMPORT_PRIVATE_H

#include <pthread.h>

#include "idmap.h"
#include "kith/csv.h"
#include "kith/date.h"
#include "kith/import.h"
#include "kith/mapping.h"
#include "kith/text.h"
#include "kith/waiting.h"
#include "kith/words.h"
#include "tally.h"

/* What a text in the id map is the id of. The first four are the kinds of entity. */
typedef enum id_space {
    SPACE_NONE,
    SPACE_PERSON,
    SPACE_LOCATION,
    SPACE_GROUP,
    SPACE_OBJECT,
    SPACE_EVENT,
    SPACE_LINK,
    SPACE_ASSESSMENT,
    SPACE_ACTION,
    SPACE_CONTEST,
    SPACE_WORD,
    SPACE_SOURCE,
    SPACE_ORIGIN,
    SPACE_COUNT
} id_space;

#define IN(space)     (1u << (space))
#define IN_ANY_ENTITY (IN(SPACE_PERSON) | IN(SPACE_LOCATION) | IN(SPACE_GROUP) | IN(SPACE_OBJECT))

enum { ID_SIZE_MAX = 64, TABLE_COLUMNS_MAX = 16, REFUSED_ROW = -1, ORIGIN_COLUMNS = 7 };

typedef enum column_type {
    COLUMN_TEXT,
    COLUMN_ID,       /* the record's own id */
    COLUMN_DATE,     /* day or month */
    COLUMN_TIME,     /* also with a time of day */
    COLUMN_WORD,     /* an open list; kept as written */
    COLUMN_CHOICE,   /* one of choices */
    COLUMN_INTEGER,  /* low to high */
    COLUMN_NUMBER,   /* low to high */
    COLUMN_REF,      /* an id of one of the spaces */
    COLUMN_CONTEXTS /* one context, or several with '+' */
} column_type;

enum column_flag {
    REQUIRED = 1,        /* the header has it */
    FILLED = 2,          /* and no cell is blank */
    NOT_FUTURE = 4,      /* a date after today is a warning */
    IDENTITY = 8,        /* another value from another source is another thing */
    ABOVE_LOW = 16,      /* low itself is not allowed */
    MISSING_IS_NULL = 32 /* a text that is NULL, not '', when blank */
};

typedef struct table_column {
    const char *name;
    column_type type;
    unsigned flags;
    unsigned spaces;       /* COLUMN_REF */
    const char *choices;   /* COLUMN_CHOICE: "|a|b|" */
    kith_word_class words; /* COLUMN_WORD */
    double low, high;
    const char *expected; /* for messages: "a number above 0" */
} table_column;

typedef struct import_value {
    bool missing;
    int64_t integer; /* COLUMN_INTEGER; row of COLUMN_REF and COLUMN_WORD */
    double number;
    const char *text; /* the canonical form; "" when missing */
    char buffer[96];
} import_value;

typedef struct import_row import_row;

typedef enum identity { BY_ID, BY_DIGEST, BY_ID_OR_DIGEST, BY_PARTICIPATION } identity;

typedef struct import_table {
    const char *name;   /* of the file, without .csv */
    const char *record; /* the table in the hub */
    id_space space;
    identity identity;
    const table_column *columns; /* column 0 is the id of BY_ID and BY_ID_OR_DIGEST */
    int column_count;
    void (*check)(import_row *row); /* NULL: nothing more to check */
    /* Statements: add takes columns (an entity's row for its id), extra, digest and nth
     * unless BY_ID, origin and batch unless an entity. read takes a row and gives columns,
     * extra and the origin's columns. correct takes columns from 1, extra, origin unless
     * an entity, row. */
    kith_query add, read, correct;
    kith_query first; /* add of a hub's first load; of most tables the same */
} import_table;

extern const import_table import_tables[KITH_IMPORT_TABLES]; /* in the order of loading */

/* The columns of participations, by far the most rows: looked up by place, not by name. */
enum { PART_EVENT, PART_PERSON, PART_ROLE, PART_CONVICTION };

extern const table_column origin_columns[ORIGIN_COLUMNS];

/* What read gives of an origin, in its order. */
enum {
    FIELD_SOURCE,
    FIELD_REPORT_REF,
    FIELD_SOURCE_GRADE,
    FIELD_INFO_GRADE,
    FIELD_OTHER_GRADE,
    FIELD_HANDLING,
    FIELD_CONDITIONS,
    FIELD_RECORDED_ON,
    ORIGIN_FIELDS
};
extern const char *const origin_fields[ORIGIN_FIELDS];

typedef struct import_file {
    char *path;
    const import_table *table;
    const struct mapping_section *section; /* of the mapping; NULL: a table as it is */
    bool again;                            /* an earlier section has read this file */
    bool rows_again;                       /* and the same rows of it */
    const char *bytes;                     /* of a table in memory; else NULL */
    uint64_t size;
    unsigned long long device, inode;
} import_file;

typedef struct file_list {
    import_file *files;
    size_t count;
    uint64_t bytes;
} file_list;

typedef enum import_severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE } import_severity;

typedef struct listed_fault {
    const char *file; /* a file's path, or a folder's */
    char *field;
    char *message;
    uint64_t count;
    uint32_t lines[8]; /* the first of them; 0: none */
    import_severity severity;
} listed_fault;

typedef struct fault_kind {
    const char *format; /* the sentence stands for the kind */
    import_severity severity;
    uint64_t count;
    size_t example; /* index of its first fault */
} fault_kind;

typedef struct fault_list {
    listed_fault *faults;
    size_t count, room;
    fault_kind kinds[64]; /* of the file under way */
    size_t kind_count;
    kith_idmap gathered; /* sentence to index + 1 */
    bool failed;
} fault_list;

/* Rows that wait to be written; see import_queue.c. Starts as { 0 }: without a writer. */
enum { QUEUE_BATCHES = 4, QUEUE_LANES = 2 };

/* Rows of one statement. */
typedef struct import_lane {
    kith_waiting rows;
    kith_query query;
    int nth;      /* the place of the number that tells equal rows apart, when the writer counts */
    bool counted; /* as added, or as the same as another */
    int64_t row;  /* that the last of them must get; 0: any */
} import_lane;

typedef struct import_queue {
    import_lane batches[QUEUE_BATCHES][QUEUE_LANES]; /* in turn; the last of them under way */
    import_lane holding[QUEUE_LANES]; /* of rows that the store holds */
    import_lane *lane; /* of the row under way */
    bool threaded;
    pthread_t writer;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    size_t filled, written; /* batches handed over, and done with */
    bool failed, ended;
    /* Of the rows written: the writer's while it is at work, else the reader's. */
    uint64_t added, same;
    kith_status status;
    kith_error err;
} import_queue;

/* Columns that a record is found by, beside its id. */
enum { FIND_NAME, FIND_ALIASES, FIND_DOB, FIND_IDENTIFIERS, FIND_POSTCODE, FIND_COLUMNS };

typedef struct import_load {
    kith_store *store;
    const kith_view *view;
    const kith_import_options *options;
    kith_import_report *report;
    kith_import_count *counts; /* of the table under way */
    kith_error *err;
    kith_status status; /* the first failure that is not a fault of the data */
    file_list list;
    kith_mapping *mapping;                 /* NULL: the files are tables */
    const struct mapping_section *section; /* under way, or NULL */
    kith_tally extract_rows;               /* of the section's table */
    kith_tally origin_told;                /* faults of the mapping's [origin], by row */
    fault_list faults;
    char **folders; /* owned paths that faults point to */
    size_t folder_count;
    kith_idmap ids;
    kith_tally tally;
    kith_text scratch;
    kith_text old; /* what the hub has of the record that a row is about */
    int64_t batch;
    int64_t last_row[SPACE_COUNT]; /* of the records that the hub had before */
    int64_t newest[SPACE_COUNT];   /* row of each space, given or to be given; [SPACE_NONE]: of all entities */
    import_queue queue;
    bool fresh; /* the hub held nothing that a row could be equal to */
    int32_t today;
    uint64_t bytes_before; /* of the files already read */
    unsigned incomplete;   /* spaces of which a file could not be read whole */
    size_t file;           /* under way, index into list */
    const import_table *table;
    import_row *row;
    struct find_keys *find; /* what the load can be found by; NULL: nothing is loaded */
    const import_table *find_table; /* of which find_place has the columns, -1 without */
    int find_place[FIND_COLUMNS];
    kith_text last_origin; /* its fields, each with its NUL */
    int64_t last_origin_row;
    /* Of the references in the next rows, by column: index + 1 of the entry where it is known already,
     * as far as they were looked up; the last one is always 0. */
    uint32_t ahead[TABLE_COLUMNS_MAX][KITH_IDMAP_FETCH + 1];
    size_t ahead_next, ahead_count;
    uint64_t told; /* how often there was something to tell, new or not */
    struct import_plain *plain; /* NULL where the store does not hold rows as they come */
} import_load;

/* Where a file's columns go, and the row under way. */
struct import_row {
    import_load *load;
    size_t line;
    int place[TABLE_COLUMNS_MAX]; /* of each column of the table in the file, -1 without */
    int origin_place[ORIGIN_COLUMNS];
    bool has_origin; /* the file has one of them */
    int *extra_place; /* other columns, sorted by name */
    char **extra_name;
    size_t extra_count;

    const char *const *fields;
    size_t nth_ahead; /* its place in load->ahead */
    import_value values[TABLE_COLUMNS_MAX];
    import_value origin[ORIGIN_COLUMNS];
    const char *origin_text[ORIGIN_FIELDS]; /* canonical, in the order of origin_fields */
    char other_grade[32];
    int64_t origin_row; /* 0: not known yet */
    kith_text extra;
    bool faulty; /* not to be written */
};

/* import_report */
void import_fault(import_load *load, import_severity severity, size_t line, const char *field,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same sentence about the same field again only adds to its count and its lines. */
void import_gather(import_load *load, import_severity severity, size_t line, const char *field,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));
void import_path_fault(import_load *load, import_severity severity, const char *path,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));
/* An error of a file that is not of the list: of the mapping. */
void import_line_fault(import_load *load, const char *path, size_t line, const char *field,
                       const char *message);
void row_error(import_row *row, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A value as it may stand in a sentence: in quotes, cut, without control characters. */
enum { SHOWN_SIZE = 88 };
const char *shown(char out[SHOWN_SIZE], const char *text);
/* Adds what was too much to list; then the kinds start anew. */
void import_faults_end_file(import_load *load);
void import_faults_to_table(import_load *load);
void import_faults_free(import_load *load);

/* import_files */
void import_files_find(import_load *load, const char *const *paths, size_t count);
void import_files_free(import_load *load);

/* import_mapped: reads an extract for one section; its rows go to handler as a table's. */
kith_status import_mapped(bool *whole, import_load *load, const import_file *file, FILE *in,
                          const kith_csv_handler *handler);

/* import_header */
bool import_header(import_row *row, const kith_csv_record *record);
void import_header_free(import_row *row);

/* import_value */
static inline void import_leave_blank(import_value *value)
{
    value->missing = true;
    value->text = "";
    value->buffer[0] = '\0';
}
void import_read_value(import_row *row, import_value *value, const table_column *column,
                       const char *field);
/* Whether there would be nothing to tell of an id, or of a date that is not blank, and it is canonical. */
bool import_id_is_plain(const char *field);
bool import_date_is_plain(kith_time *time, const table_column *column, const char *field, int32_t today);

/* import_origin */
enum {
    ORIGIN_SOURCE,
    ORIGIN_REPORT_REF,
    ORIGIN_SOURCE_GRADE,
    ORIGIN_INFO_GRADE,
    ORIGIN_HANDLING,
    ORIGIN_CONDITIONS,
    ORIGIN_RECORDED_ON
};
void import_origin(import_row *row);
/* Finds or makes the row of its origin, of a row that is not faulty. */
void import_origin_row(import_row *row);

/* import_check */
void check_location(import_row *row);
void check_event(import_row *row);
void check_link(import_row *row);
void check_context(import_row *row);
void check_validity(import_row *row);
bool import_ends_before(const kith_time *start, const kith_time *end);
void check_restriction(import_row *row);
void check_assessment(import_row *row);

/* import_contest */
void check_contest(import_row *row);

/* import_find: adds what the record of a row can be found by. */
void import_find(import_row *row, int64_t entity);

/* Whether a word has been found to be one that there is nothing to tell of, as a role or by its class
 * of words; and to find it so. A word is known from its first record on. */
enum { PLAIN_ROLE = 1 << 8, PLAIN_LINK = 1 << 9 /* as a kind of link, whether or not somebody was convicted */ };
bool import_is_plain(import_load *load, unsigned as, const char *word);
void import_found_plain(import_load *load, unsigned as, const char *word);

/* import_roles: how a row's role is read; at most two words, which live as long as the row. */
int import_roles(import_row *row, const char *words[2]);

/* import_extra: the row's attributes in row->extra. */
void import_extra_write(import_row *row);
/* Adds those of the record that the row says nothing of; true when the row changes none. */
bool import_extra_merge(import_row *row, const char *old);

/* import_plain: takes a row of which there is nothing to tell; false for any other, which is left as
 * it came. The header of each file is shown first, and each row that went the long way without a
 * word about its origin. */
struct import_plain *import_plain_new(void); /* NULL: no memory */
void import_plain_free(struct import_plain *plain);
void import_plain_header(import_row *row);
bool import_plain_row(import_row *row);
void import_plain_origin(const import_row *row);

/* import_write */
void import_write(import_row *row);
bool import_is_entity(const import_table *table);
/* Adds the values from a column on, then extra, to a row that is begun. */
void import_row_columns(kith_waiting *to, const import_row *row, int column);
/* Gives the values that are words the rows of their words; before the row is begun. */
void import_words(import_row *row);

/* import_queue: a row is begun, gets its values in their places, and is ended. */
kith_waiting *import_row_begin(import_load *load, kith_query query);
/* row: that the record gets, 0 for any; nth: the place of the number that tells equal rows apart,
 * when the writer is to count them, else 0; counted: as added, or as the same as another. */
bool import_row_end(import_load *load, int64_t row, int nth, bool counted);
/* All rows are written, and the store is the caller's until the next row is begun. Before each
 * use of it; a row must not be under way. False after the first failure. */
bool import_settle(import_load *load);
void import_queue_start(import_load *load); /* a second thread writes from here on */
void import_queue_end(import_load *load);

/* The digest that names a record without an id; role NULL unless it is a participation. */
bool import_digest(unsigned char digest[KITH_DIGEST_SIZE], const import_row *row, const char *role);

/* import_gone: what the hub has of the table under way, from the sources that gave rows to
 * it in this call, and this call does not have. */
void import_gone(import_load *load);

/* import_known: a row whose id is known, by the hub or from this call. */
void import_known(import_row *row, const kith_idmap_entry *entry);

/* import_correct: gives a record of the table under way back the values of some fields. */
void import_restore(import_row *row, int64_t record, const char *const *fields,
                    const char *const *values, size_t count);

/* import: notes how many records a load has in the hub. */
void import_batch_records(import_load *load, int64_t batch, uint64_t records);

/* import: takes the ids of these spaces that the hub has into the map. */
void import_known_ids(import_load *load, unsigned spaces);

/* The section adds to records that are known, and makes none. */
bool import_only_known(const import_load *load);

/* Remembers the first failure of the machine; false when there is one. */
bool import_goes_on(import_load *load, kith_status status);

/* Begins a reading, but for a load that has failed; false when none was begun. */
bool import_reads(kith_rows **rows, import_load *load, kith_query query);

/* Position of a column in the table under way; it must be there. */
import_value *row_value(import_row *row, const char *column);

#endif
