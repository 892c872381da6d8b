/* SPDX-License-Identifier: GPL-3.0-or-later */
/* town.h: what generate.c draws from: how much of everything, who is friends
 * with whom, what may be recorded where and by whom, and the parts of names. */
enum {
    EVENTS = 700,      /* rows of events.csv, the story's included */
    FIRST_EVENT = 201, /* number of the first event that is made here */
    DAYS = 546,        /* 2021-01-01 to 2022-06-30 */
    REPEAT_EVERY = 60, /* every so many events, one is a second agency's row of the last */
    FIRST_CHILD = 26,  /* children made here: P026 to P071 */
    LAST_CHILD = 71,
    FIRST_CARER = 84, /* adults made here: P084 to P096 */
    LAST_CARER = 96,
    YOUTH_WORKER = 80,
    FIRST_ALLEGED = 73, /* adults who are alleged perpetrators in the story: P073 to P078 */
    ALLEGED = 6,
    PEOPLE = 5, /* at most, children in a shared event made here */
};

/* The days at the edges of the windows that ANSWERS.md counts over have no
 * events, so its figures do not hang on which end of a window is included. */
static const char *const edges[] = {
    "2021-01-01", "2021-04-10", "2021-04-11", "2021-06-30", "2021-07-01",
    "2021-07-03", "2021-07-04", "2021-07-31", "2021-12-31", "2022-03-10",
    "2022-03-11", "2022-06-02", "2022-06-03", "2022-06-30",
};

/* Circles of friends: the people of one circle share events. */
static const struct circle {
    int first, last; /* person numbers */
    int share;       /* of the shared events */
} circles[] = {
    { 10, 14, 1 }, { 20, 25, 1 }, { 26, 29, 5 }, { 30, 36, 7 },
    { 37, 38, 1 }, { 39, 40, 1 }, { 41, 43, 2 },
};

/* Whom the events with one child are about, the most often named first. The
 * last three children, P069 to P071, are in no event at all. */
static const struct {
    int first, last;
} pool[] = { { 44, 68 }, { 37, 43 }, { 30, 36 }, { 26, 29 }, { 20, 25 }, { 10, 14 }, { 18, 19 } };

/* What may be recorded. Words between blanks are drawn with equal chance; a
 * word given twice has twice the chance, and "-" is nowhere. */
struct scene {
    const char *kind, *role;
    int weight, from_hour, to_hour;
    const char *severities, *sources, *places, *summary;
};

static const struct scene alone[] = {
    { "missing", "missing", 14, 16, 22, "1 2 2 3", "police police missing_team",
      "L10 L11 L11 L13 L14 L22 L30 L17 L28 L01 L02 L23 -", "Child reported missing; found safe" },
    { "missing", "missing", 8, 15, 21, "1 1 2", "missing_team police", "- L23 L24 L29 L10",
      "Child reported missing; came home with a relative" },
    { "missing", "missing", 3, 17, 22, "2 3", "police", "L17 L12 L31",
      "Child reported missing; found unwell and taken to hospital" },
    { "incident", "victim", 10, 15, 21, "1 2 2 3", "police",
      "L12 L12 L31 L31 L27 L10 L23 L22 L13 L01 L25 L26", "Child threatened and property taken" },
    { "incident", "victim", 16, 9, 15, "1 2 2", "school school police",
      "L03 L03 L03 L03 L03 L04 L05", "Pupil hurt by older pupils" },
    { "incident", "victim", 5, 16, 21, "2 3", "police", "L25 L26 L16 L27 L11 -",
      "Child offered money by adults to carry something" },
    { "incident", "witness", 4, 15, 20, "1 2", "police", "L12 L10 L23 L13 L29",
      "Child saw another child being hurt" },
    { "incident", "witness", 8, 9, 15, "1 1 2", "school", "L03 L03 L03 L03 L04",
      "Pupil told a teacher about a threat" },
    { "incident", "present", 3, 16, 21, "1 2", "police youth_work", "L22 L13 L14 L30 L12",
      "Child was nearby when others were hurt" },
    { "ppn", "victim", 8, 17, 23, "1 2 2 3", "police", "L38 L41 L43 L44 L45 - - L17",
      "Safeguarding notification about a child" },
    { "ppn", "witness", 3, 17, 23, "1 2", "police", "L37 L41 L45 -",
      "Safeguarding notification about a child who saw violence" },
    { "sighting", "present", 6, 16, 21, "1", "youth_work youth_work police",
      "L28 L29 L22 L13 L23 L12 L31 L01 L24", "Child seen on their own in the evening" },
    { "sighting", "present", 3, 16, 22, "1 2", "youth_work police", "L10 L11 L27 L16 L25 L02",
      "Child seen with an adult nobody knows" },
    { "intelligence", "present", 5, 9, 22, "1 2", "police", "- - L27 L16 L30 L25 L11",
      "Information that adults approach children" },
    { "intelligence", "victim", 3, 9, 22, "2 3", "police", "- - L26 L15 L31",
      "Information that a child is being threatened" },
    { "referral", "victim", 4, 9, 16, "1 2", "school health social_care", "- - L32",
      "Referral by a worried professional" },
    { "referral", "victim", 2, 9, 20, "1 2", "health", "L17 L32",
      "Referral after a child was seen by a nurse" },
    { "police_contact", "present", 5, 15, 22, "1", "police", "-",
      "Officers spoke to a child and saw them home" },
};

static const struct scene shared[] = {
    { "incident", "victim", 6, 15, 21, "1 2 2", "police police youth_work",
      "L22 L12 L31 L13 L23 L26", "Children threatened by older youths" },
    { "incident", "present", 4, 16, 21, "1 1 2", "police", "L23 L29 L10 L13 L12",
      "Children were nearby when others were hurt" },
    { "sighting", "present", 6, 16, 21, "1", "youth_work police", "L22 L13 L29 L28 L23",
      "Friends seen together and walking home" },
    { "missing", "missing", 3, 16, 21, "2", "police missing_team", "L13 L10 L11",
      "Children reported missing together; found safe" },
};

static const char police_grades[] = "1A 1A 1A 1B 1B 2B 2B 2C";
static const char intelligence_grades[] = "1B 2B 2B 2C 2C 2D 3C 3D";
static const char *const conditions[] = {
    "Police and social care only",
    "Ask the originator before any onward use",
    "For the daily meeting only; not for schools or families",
};

/* A surname is a front and a back; no such names are known. */
static const char *const given[2][16] = {
    { "Ailsa", "Bettina", "Chidi", "Demelza", "Esme", "Farida", "Greta", "Hana", "Isolde", "Jaya",
      "Keira", "Loveday", "Morwenna", "Nadia", "Orla", "Petra" },
    { "Abel", "Bilal", "Casimir", "Dewi", "Ewan", "Femi", "Gil", "Hari", "Ivo", "Jago", "Kit",
      "Lorcan", "Musa", "Ned", "Otis", "Piran" },
};
static const char *const front[] = { "Wrack",  "Ember", "Thistle", "Marl",   "Quay",
                                     "Cockle", "Gorse", "Tarn",    "Kelp",   "Lantern",
                                     "Salt",   "Teal",  "Bramble", "Samphi", "Curlew" };
static const char *const back[] = { "whistle", "bucket", "spindle", "mantle", "thimble", "lantern",
                                    "kettle",  "borrow", "feather", "pocket", "saddle" };
static const char *const ethnicity[] = {
    "White British", "White British", "White British", "White other", "Asian", "Black", "Mixed", ""
};
