/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_tables.c: the input tables of the data format, as data.
 *
 * The order is that of loading: what a table refers to stands before it. */
#include "import_private.h"

#define COUNT(array)   ((int)(sizeof(array) / sizeof((array)[0])))
#define COLUMNS(array) .columns = (array), .column_count = COUNT(array)

/* clang-format off */
#define IS(n, is) .name = (n), .type = (is)
#define ID(n) { IS(n, COLUMN_ID), .flags = REQUIRED | FILLED }
#define TEXT(n) { IS(n, COLUMN_TEXT) }
#define NAME(n) { IS(n, COLUMN_TEXT), .flags = IDENTITY }
#define NEEDED(n) { IS(n, COLUMN_TEXT), .flags = REQUIRED | FILLED }
#define DATE(n) { IS(n, COLUMN_DATE) }
#define KIND(n, class) { IS(n, COLUMN_WORD), .words = (class) }
#define NEEDED_KIND(n, class) { IS(n, COLUMN_WORD), .flags = REQUIRED | FILLED, .words = (class) }
#define CHOICE(n, list) { IS(n, COLUMN_CHOICE), .choices = (list) }
#define NEEDED_CHOICE(n, list) { IS(n, COLUMN_CHOICE), .flags = REQUIRED | FILLED, .choices = (list) }
#define REF(n, in) { IS(n, COLUMN_REF), .spaces = (in) }
#define NEEDED_REF(n, in) { IS(n, COLUMN_REF), .flags = REQUIRED | FILLED, .spaces = (in) }
#define NUMBER(n, least, most, wanted) \
    { IS(n, COLUMN_NUMBER), .low = (least), .high = (most), .expected = (wanted) }
#define SEVERITY { IS("severity", COLUMN_INTEGER), .low = 1, .high = 3, .expected = "1, 2 or 3" }
/* clang-format on */

static const table_column locations[] = {
    ID("location_id"),
    NAME("name"),
    KIND("kind", KITH_PLACE_WORD),
    NUMBER("lat", -90, 90, "degrees from -90 to 90"),
    NUMBER("lon", -180, 180, "degrees from -180 to 180"),
    NUMBER("easting", 0, 800000, "metres on the National Grid, 0 to 800000"),
    NUMBER("northing", 0, 1400000, "metres on the National Grid, 0 to 1400000"),
    TEXT("postcode"),
    TEXT("address"),
};

static const table_column groups[] = {
    ID("group_id"),
    NAME("name"),
    KIND("kind", KITH_GROUP_WORD),
};

static const table_column objects[] = {
    ID("object_id"),
    KIND("kind", KITH_OBJECT_WORD),
    NAME("label"),
};

static const table_column persons[] = {
    ID("person_id"),
    NAME("name"),
    TEXT("aliases"),
    { .name = "dob", .type = COLUMN_DATE, .flags = NOT_FUTURE | IDENTITY },
    TEXT("sex"),
    TEXT("ethnicity"),
    TEXT("local_authority"),
    REF("school_id", IN(SPACE_LOCATION)),
    TEXT("postcode"),
    TEXT("address"),
    TEXT("identifiers"),
    TEXT("notes"),
};

static const table_column events[] = {
    ID("event_id"),
    NEEDED_KIND("kind", KITH_EVENT_WORD),
    { .name = "occurred_at", .type = COLUMN_TIME, .flags = REQUIRED | NOT_FUTURE },
    { .name = "ended_at", .type = COLUMN_TIME, .flags = NOT_FUTURE },
    REF("location_id", IN(SPACE_LOCATION)),
    SEVERITY,
    TEXT("summary"),
};

static const table_column participations[] = {
    [PART_EVENT] = NEEDED_REF("event_id", IN(SPACE_EVENT)),
    [PART_PERSON] = NEEDED_REF("person_id", IN(SPACE_PERSON)),
    [PART_ROLE] = TEXT("role"),
    [PART_CONVICTION] = TEXT("conviction_ref"),
};

static const table_column links[] = {
    { .name = "link_id", .type = COLUMN_ID, .flags = MISSING_IS_NULL },
    NEEDED_REF("from_id", IN_ANY_ENTITY),
    NEEDED_REF("to_id", IN_ANY_ENTITY),
    NEEDED_KIND("kind", KITH_LINK_WORD),
    CHOICE("valence", "|risk|protective|neutral|"),
    { .name = "weight",
      .type = COLUMN_NUMBER,
      .flags = ABOVE_LOW,
      .low = 0,
      .high = 1e300,
      .expected = "a number above 0" },
    DATE("valid_from"),
    DATE("valid_to"),
    TEXT("conviction_ref"),
    TEXT("notes"),
};

static const table_column contexts[] = {
    NEEDED_REF("subject_id", IN(SPACE_PERSON) | IN(SPACE_GROUP) | IN(SPACE_LOCATION)),
    { .name = "context", .type = COLUMN_CONTEXTS, .flags = REQUIRED | FILLED },
    NEEDED_CHOICE("valence", "|risk|protective|drives|"),
    { .name = "to_context", .type = COLUMN_CONTEXTS },
    CHOICE("nature", "|incident|condition|standing|"),
    SEVERITY,
    { .name = "observed_on", .type = COLUMN_DATE, .flags = NOT_FUTURE },
    REF("event_id", IN(SPACE_EVENT)),
    TEXT("summary"),
};

static const table_column flags[] = {
    NEEDED_REF("person_id", IN(SPACE_PERSON)),
    NEEDED("flag"),
    TEXT("status"),
    DATE("valid_from"),
    DATE("valid_to"),
    TEXT("holder"),
};

static const table_column restrictions[] = {
    NEEDED_REF("person_id", IN(SPACE_PERSON)),
    REF("other_id", IN_ANY_ENTITY),
    NEEDED("kind"),
    TEXT("imposed_by"),
    DATE("valid_from"),
    DATE("valid_to"),
};

static const table_column assessments[] = {
    ID("assessment_id"),
    NEEDED_REF("person_id", IN(SPACE_PERSON)),
    NEEDED("tool"),
    { .name = "assessed_on", .type = COLUMN_DATE, .flags = REQUIRED | FILLED | NOT_FUTURE },
    TEXT("assessor_role"),
    TEXT("level"),
};

static const table_column indicators[] = {
    NEEDED_REF("assessment_id", IN(SPACE_ASSESSMENT)),
    NEEDED("item"),
    CHOICE("status", "|present|current|historic|"),
    CHOICE("voice", "|child|parent|worker|"),
    TEXT("text"),
};

static const table_column scales[] = {
    NEEDED_REF("person_id", IN(SPACE_PERSON)),
    { .name = "on", .type = COLUMN_DATE, .flags = REQUIRED | FILLED | NOT_FUTURE },
    NEEDED_CHOICE("rater", "|worker|parent|child|"),
    { .name = "score",
      .type = COLUMN_INTEGER,
      .flags = REQUIRED,
      .low = 0,
      .high = 10,
      .expected = "0 to 10 (the form prints 1-10 and also says that 0 is not safe)" },
};

static const table_column actions[] = {
    ID("action_id"),
    REF("subject_id", IN_ANY_ENTITY),
    { .name = "context", .type = COLUMN_CONTEXTS },
    TEXT("goal"),
    TEXT("action"),
    DATE("due"),
    TEXT("owner_role"),
    TEXT("measure_of_success"),
    TEXT("status"),
};

static const table_column contests[] = {
    ID("contest_id"),
    REF("subject_id", IN_ANY_ENTITY),
    REF("event_id", IN(SPACE_EVENT)),
    REF("link_id", IN(SPACE_LINK)),
    TEXT("record"),
    TEXT("role"),
    TEXT("field"),
    NEEDED("contested_by"),
    { .name = "contested_on", .type = COLUMN_DATE, .flags = REQUIRED | FILLED | NOT_FUTURE },
    NEEDED("reason"),
    CHOICE("state", "|open|upheld|rejected|"),
    { .name = "resolved_on", .type = COLUMN_DATE, .flags = NOT_FUTURE },
    TEXT("resolved_by"),
    TEXT("resolution"),
};

const table_column origin_columns[ORIGIN_COLUMNS] = {
    { .name = "source", .type = COLUMN_WORD },
    TEXT("report_ref"),
    TEXT("source_grade"),
    TEXT("info_grade"),
    TEXT("handling"),
    TEXT("conditions"),
    { .name = "recorded_on", .type = COLUMN_DATE, .flags = NOT_FUTURE },
};

const char *const origin_fields[ORIGIN_FIELDS] = { "source",     "report_ref",  "source_grade",
                                                   "info_grade", "other_grade", "handling",
                                                   "conditions", "recorded_on" };

#define ADD(query) .add = KITH_QUERY_##query, .first = KITH_QUERY_##query
#define STATEMENTS(noun) \
    ADD(noun##_ADD), .read = KITH_QUERY_##noun##_READ, .correct = KITH_QUERY_##noun##_CORRECT

const import_table import_tables[KITH_IMPORT_TABLES] = {
    { .name = "locations",
      .record = "location",
      .space = SPACE_LOCATION,
      .identity = BY_ID,
      COLUMNS(locations),
      .check = check_location,
      STATEMENTS(LOCATION) },
    { .name = "groups",
      .record = "grouping",
      .space = SPACE_GROUP,
      .identity = BY_ID,
      COLUMNS(groups),
      STATEMENTS(GROUPING) },
    { .name = "objects",
      .record = "object",
      .space = SPACE_OBJECT,
      .identity = BY_ID,
      COLUMNS(objects),
      STATEMENTS(OBJECT) },
    { .name = "persons",
      .record = "person",
      .space = SPACE_PERSON,
      .identity = BY_ID,
      COLUMNS(persons),
      STATEMENTS(PERSON) },
    { .name = "events",
      .record = "event",
      .space = SPACE_EVENT,
      .identity = BY_ID,
      COLUMNS(events),
      .check = check_event,
      STATEMENTS(EVENT) },
    { .name = "participations",
      .record = "participation",
      .identity = BY_PARTICIPATION,
      COLUMNS(participations),
      .add = KITH_QUERY_PARTICIPATION_ADD,
      .first = KITH_QUERY_PARTICIPATION_FIRST },
    { .name = "links",
      .record = "link",
      .space = SPACE_LINK,
      .identity = BY_ID_OR_DIGEST,
      COLUMNS(links),
      .check = check_link,
      STATEMENTS(LINK) },
    { .name = "contexts",
      .record = "context",
      .identity = BY_DIGEST,
      COLUMNS(contexts),
      .check = check_context,
      ADD(CONTEXT_ADD) },
    { .name = "flags",
      .record = "flag",
      .identity = BY_DIGEST,
      COLUMNS(flags),
      .check = check_validity,
      ADD(FLAG_ADD) },
    { .name = "constraints",
      .record = "restriction",
      .identity = BY_DIGEST,
      COLUMNS(restrictions),
      .check = check_restriction,
      ADD(RESTRICTION_ADD) },
    { .name = "assessments",
      .record = "assessment",
      .space = SPACE_ASSESSMENT,
      .identity = BY_ID,
      COLUMNS(assessments),
      .check = check_assessment,
      STATEMENTS(ASSESSMENT) },
    { .name = "indicators",
      .record = "indicator",
      .identity = BY_DIGEST,
      COLUMNS(indicators),
      ADD(INDICATOR_ADD) },
    { .name = "scales",
      .record = "scale",
      .identity = BY_DIGEST,
      COLUMNS(scales),
      ADD(SCALE_ADD) },
    { .name = "actions",
      .record = "action",
      .space = SPACE_ACTION,
      .identity = BY_ID,
      COLUMNS(actions),
      STATEMENTS(ACTION) },
    { .name = "contests",
      .record = "contest",
      .space = SPACE_CONTEST,
      .identity = BY_ID,
      COLUMNS(contests),
      .check = check_contest,
      STATEMENTS(CONTEST) },
};
