/* SPDX-License-Identifier: GPL-3.0-or-later */
/* policy.c: `kith policy`: the method statement.
 *
 * Nothing is typed twice: commands and their options come from the tables that run them,
 * figures from the settings and constants that the analyses read, rules from the table
 * that lets records flow in. Only sentences that say what no table can stand here. */
#include <string.h>

#include "commands.h"
#include "kith/forms.h"
#include "kith/frame.h"
#include "kith/hotspots.h"
#include "kith/outcomes.h"
#include "kith/peers.h"
#include "policy_tables.h"
#include "weigh.h"

typedef struct statement {
    const char *name, *text;
} statement;

static const statement purposes[] = {
    { "purpose", "Kith maps the networks around children who are harmed outside the home, for those "
                 "who work to make the children's surroundings safer. It shows what is recorded, "
                 "not what is true." },
    { "where", "It runs on one computer, on a local file that is encrypted with keys of named "
               "holders, without any network." },
    { "who decides", "People do. Every figure is a prompt for a discussion and can be taken apart "
                     "into the records that it rests on (`kith explain`)." },
};

static const statement people[] = {
    { "children", "A child is somebody under 18 on the day of the event in question, by the date of "
                  "birth; where that is not known, the age is called unknown and the person is "
                  "counted among children. A child is drawn as a child whatever the role." },
    { "roles", "A role (victim, alleged perpetrator, witness, ...) belongs to one event or link, never "
               "to a person. Without a reference to a conviction everybody who is said to have done "
               "harm is \"alleged\"." },
    { "identity", "Records are read as one person only where somebody confirmed it, and come apart "
                  "again when that is taken back." },
    { "grades", "What is graded E (suspected to be false) is kept and listed, and never counted. What "
                "has no grade is called ungraded." },
    { "contested", "Whoever a record is about, or knows of it, may contest it (`kith contest`). Until that is "
                   "settled the record counts less, no line drawn from it is solid or dashed, and evidence, "
                   "explanations and packs say so; what is found to be wrong is listed and never counted. Who had the earlier picture is listed." },
    { "reports", "One report counts once, whichever agencies sent it. To be named in one report ties "
                 "nobody to anybody." },
};

static const statement never[] = {
    { "no score of a child", "No command, export or picture gives a child a score of risk or a rank, and "
                             "none compares children. A form's band is said only where the form's own "
                             "sentence gives one; of a partnership's own criteria it is shown which a "
                             "record meets." },
    { "no prediction", "Nothing is predicted. What `link` learns from the records is only how often two "
                       "records of one person agree." },
    { "protected characteristics", "Ethnicity, sex, religion and every other characteristic of a person "
                                   "take no part in any analysis. Sex is compared in one place: when "
                                   "two records are suggested to be one person (`link`)." },
    { "key players", "Sets of people whom a network depends on are sought among adults alleged to have "
                     "done harm only, never among children." },
    { "sources", "There is no field for who gave a piece of intelligence; columns that would name one "
                 "are refused." },
};

static const statement limits[] = {
    { "recorded is not true", "Everything rests on what agencies recorded. Those who are watched more "
                              "are recorded more and look worse; what is not recorded is unknown, not "
                              "zero." },
    { "not validated", "The weighting of contexts is a proposal of this project: its figures are "
                       "defaults, not findings, and turn ordinal judgements into numbers." },
    { "opinions", "That one context drives another is an opinion, is marked as one, and carries much "
                  "of a weighting's result." },
    { "no comparison group", "Counts before and after the work began have no comparison group." },
};

static void add(kith_table *table, const char *section, const char *name, const char *value,
                const char *meaning)
{
    kith_table_text(table, section);
    kith_table_text(table, name);
    kith_table_text(table, value);
    kith_table_text(table, meaning);
}

static void add_statements(kith_table *table, const char *section, const statement *list,
                           size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(table, section, list[i].name, NULL, list[i].text);
}

/* Every command, and every parameter that has a default. */
static void add_commands(kith_table *table)
{
    const char *section = "what it does";
    char name[64];

    for (const kith_command *const *row = commands; *row != NULL; row++) {
        add(table, section, (*row)->name, NULL, (*row)->summary);
        for (const option_row *option = (*row)->options; option != NULL && option->name != NULL;
             option++) {
            if (option->initial == NULL)
                continue;
            snprintf(name, sizeof name, "%s --%s", (*row)->name, option->name);
            add(table, section, name, option->initial, option->help);
        }
    }
}

static void add_integer(kith_table *table, const char *section, const char *name, int value,
                        const char *meaning)
{
    char text[32];

    snprintf(text, sizeof text, "%d", value);
    add(table, section, name, text, meaning);
}

static void add_number(kith_table *table, const char *section, const char *name, double value,
                       const char *meaning)
{
    char text[KITH_NUMBER_SIZE];

    kith_number_shortest(text, value);
    add(table, section, name, text, meaning);
}

static void add_constants(kith_table *table)
{
    const char *section = "other figures";

    add_integer(table, section, "window", DEFAULT_WINDOW_DAYS,
                "days up to as-of that are looked at, where nothing else is said");
    add_number(table, section, "peers: resolution", KITH_PEERS_RESOLUTION,
               "density that a peer group has, and two groups between them do not");
    add_integer(table, section, "hotspots: recent days", KITH_HOTSPOT_RECENT_DAYS,
                "the days of which it is asked whether a place has changed,");
    add_integer(table, section, "hotspots: earlier days", KITH_HOTSPOT_EARLIER_DAYS,
                "against so many days before them");
    add_integer(table, section, "hotspots: resamples", KITH_HOTSPOT_RESAMPLES,
                "how often a place's rank is tried again, for its interval");
    add_integer(table, section, "outcomes: interval", KITH_OUTCOME_LEVEL, "percent, of a rate and of a ratio of rates; exact");
    add_integer(table, section, "outcomes: small numbers", KITH_OUTCOME_SMALL, "fewer in one period are called so");
    add_integer(table, section, "review days", KITH_REVIEW_DAYS,
                "after which a picture is to be looked at again, or destroyed");
}

static void add_list(kith_table *table, const char *name, const double *values, size_t count,
                     const char *meaning)
{
    kith_text text = { 0 };

    for (size_t i = 0; i < count; i++)
        kith_text_format(&text, "%s%g", i > 0 ? ", " : "", values[i]);
    table->failed = table->failed || text.failed;
    add(table, "how contexts are weighed", name, kith_text_string(&text), meaning);
    kith_text_free(&text);
}

static void add_weighing(kith_table *table, const kith_settings *settings)
{
    const char *section = "how contexts are weighed";

    for (size_t i = 0; i < kith_setting_count; i++)
        add_number(table, section, kith_setting_rows[i].name,
                   kith_setting_value(settings, &kith_setting_rows[i]),
                   kith_setting_rows[i].meaning);
    add_number(table, section, "grade.info.E", kith_reliability((kith_grade){ .source = '1', .info = 'E' }, &settings->weigh.weighting),
               "suspected to be false: listed, never counted");
    add_integer(table, section, "sensitivity runs", KITH_WEIGH_RUNS,
                "each weighting is done so often, with every combination of what follows, and with "
                "grades and without");
    add_list(table, "runs: U", kith_run_interplay, KITH_RUN_INTERPLAYS, "");
    add_list(table, "runs: L", kith_run_protection, KITH_RUN_PROTECTIONS, "");
    add_list(table, "runs: half-lives times", kith_run_scale, KITH_RUN_SCALES, "");
}

static void add_rules(kith_table *table, const kith_rules *rules)
{
    kith_text text = { 0 };

    for (size_t i = 0; i < rules->count; i++) {
        const kith_rule *rule = &rules->list[i];
        kith_text_clear(&text);
        kith_text_format(&text, "%s %s", kith_rule_source_word(rule), rule->kinds);
        if (rule->of[0] != '\0')
            kith_text_format(&text, " (%s)", rule->of);
        if (rule->test[0] != '\0')
            kith_text_format(&text, " if %s", rule->test);
        kith_text_format(&text, " -> %s %s, %s", kith_rule_context_word(rule),
                         kith_rule_valence_word(rule), rule->nature);
        if (rule->severity > 0)
            kith_text_format(&text, ", severity %d", rule->severity);
        table->failed = table->failed || text.failed;
        add(table, "what flows into a weighting from other records", rule->name,
            kith_text_string(&text), rule->why);
    }
    kith_text_free(&text);
}

static void add_range(kith_text *out, int from, int to, int most, const char *what)
{
    if (to >= most)
        kith_text_format(out, "%d or more %s", from, what);
    else if (from == to)
        kith_text_format(out, "%d %s", from, what);
    else
        kith_text_format(out, "%d to %d %s", from, to, what);
}

/* The GAT's own rule, from the file that `assess` reads. */
static kith_status add_bands(kith_table *table, kith_error *err)
{
    kith_band_rules rules;
    kith_text text = { 0 };
    const kith_status status = kith_band_rules_read(&rules, NULL, err);

    for (size_t i = 0; status == KITH_OK && i < rules.count; i++) {
        const kith_band_rule *rule = &rules.rows[i];
        kith_text_clear(&text);
        add_range(&text, rule->strong_from, rule->strong_to, KITH_GAT_STRONG, "strong");
        kith_text_add(&text, " and ");
        add_range(&text, rule->moderate_from, rule->moderate_to, KITH_GAT_MODERATE, "moderate signs");
        add(table, "the band that a GAT form itself gives", rule->band, kith_text_string(&text),
            "no band where no rule fits; --with takes a partnership's own rules");
    }
    table->failed = table->failed || text.failed;
    kith_text_free(&text);
    kith_band_rules_free(&rules);
    return status;
}

#define ALL(list) list, sizeof(list) / sizeof *(list)

static kith_status fill(kith_table *table, const weigh_call *figures, kith_error *err)
{
    static const char *const columns[] = { "section", "name", "value", "meaning" };

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(table, columns[i], KITH_CELL_TEXT);
    add_statements(table, "what this is", ALL(purposes));
    add_statements(table, "who and what is counted", ALL(people));
    add_statements(table, "what is never done", ALL(never));
    add_commands(table);
    add_constants(table);
    const kith_status status = add_bands(table, err);
    add_weighing(table, &figures->settings);
    add_rules(table, &figures->rules);
    add_statements(table, "limits", ALL(limits));
    return status;
}

static const char *cell(const kith_table *table, size_t row, size_t column)
{
    const char *text = table->cells[row * table->column_count + column].text;

    return text != NULL ? text : "";
}

/* "what this is": "## What this is". */
static void print_heading(FILE *out, const char *section)
{
    const bool any = section[0] != '\0';

    fprintf(out, "\n## %c", any ? section[0] - 'a' + 'A' : ' ');
    fprintf(out, "%s\n\n", any ? section + 1 : "");
}

/* The same rows as a page to be read: a heading a section, a line a row. */
static kith_status print_page(FILE *out, const kith_table *table, kith_error *err)
{
    fputs("# How Kith " KITH_VERSION " works\n", out);
    for (size_t row = 0; row < kith_table_rows(table); row++) {
        if (row == 0 || strcmp(cell(table, row, 0), cell(table, row - 1, 0)) != 0)
            print_heading(out, cell(table, row, 0));
        fprintf(out, "- %s", cell(table, row, 1));
        if (cell(table, row, 2)[0] != '\0')
            fprintf(out, " = %s", cell(table, row, 2));
        if (cell(table, row, 3)[0] != '\0')
            fprintf(out, ": %s", cell(table, row, 3));
        fputc('\n', out);
    }
    return ferror(out) ? kith_fail(err, KITH_IO, "the statement could not be written whole") : KITH_OK;
}

static kith_status print_statement(kith_call *call, const weigh_call *figures, kith_error *err)
{
    kith_table table = { 0 };

    kith_status status = fill(&table, figures, err);
    if (status == KITH_OK)
        status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call->format == KITH_FORMAT_TABLE ? print_page(call->out, &table, err)
                                                   : call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status print_settings(kith_call *call, const kith_settings *settings, kith_error *err)
{
    kith_text text = { 0 };

    kith_settings_write(&text, settings);
    const kith_status status = kith_text_status(&text, err);
    if (status == KITH_OK)
        fputs(text.data, call->out);
    kith_text_free(&text);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    if (call_flag(call, "default-policy")) {
        fputs(kith_policy_default(), call->out);
        return KITH_OK;
    }
    if (call_flag(call, "audiences"))
        return policy_audiences(call, err);
    if (call_flag(call, "roles"))
        return policy_roles(call, err);

    weigh_call figures;
    kith_status status = weigh_call_open(&figures, call, err);

    if (status == KITH_OK)
        status = call_flag(call, "default-settings") ? print_settings(call, &figures.settings, err)
                                                     : print_statement(call, &figures, err);
    weigh_call_close(&figures);
    return status;
}

static const option_row options[] = {
    { "default-settings", OPTION_FLAG,
      .help = "print a settings file instead, to be changed and given to --settings" },
    { "audiences", OPTION_FLAG, .help = "whom an answer may be for, and what they are given" },
    { "roles", OPTION_FLAG, .help = "who may ask, and what they are given" },
    { "default-policy", OPTION_FLAG,
      .help = "print the policy file of both, to be changed and given to --policy" },
    WEIGH_OPTIONS,
    OPTION_END
};

const kith_command command_policy = {
    .name = "policy",
    .summary = "what is computed, with every figure: for a DPIA and the public page",
    .operands = "",
    .hub = HUB_NONE,
    .options = options,
    .about =
        "Prints the method statement: what Kith is for, who and what is counted, what it never does,\n"
        "every analysis with its defaults, how contexts are weighed, which records flow into that,\n"
        "and the limits. The figures are those with which this program runs; with --settings and\n"
        "--rules, those of these files. It needs no hub and holds no record.\n"
        "\n"
        "With --audiences and --roles it prints instead who may be given what: by the program's own\n"
        "policy, or with --policy FILE laid over it.",
    .example = "kith policy -o method.md\n"
               "kith policy --format csv --quiet\n"
               "kith policy --default-settings -o team.settings\n"
               "kith policy --audiences --policy team.ini",
    .run = run,
};
