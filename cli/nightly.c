/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly.c: `kith nightly`, the steps of a night in their order.
 *
 * Lock; a notice in the place of the last report; load, one call a source; alerts; work out,
 * compare, write, verify; publish by one rename; keep in the hub that it was. Whatever fails
 * is said in the notice, on standard error and by the exit code, and the next run begins anew:
 * loads that were made stay, and loading the same files again changes nothing. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alerts.h"
#include "commands.h"
#include "hub.h"
#include "kith/access.h"
#include "kith/date.h"
#include "kith/suppress.h"
#include "nightly.h"

static void stage(night *n, const char *what)
{
    kith_sentence(n->stage, sizeof n->stage, "%s", what);
    call_say(n->call, "%s", what);
}

/* "a,b, c" as a list whose pieces lie in *copy; free both. */
static kith_status split_kinds(char ***list, size_t *count, char **copy, const char *kinds, kith_error *err)
{
    char *rest = NULL;

    *copy = kinds != NULL ? strdup(kinds) : NULL;
    *list = calloc(kinds != NULL ? strlen(kinds) + 1 : 1, sizeof **list);
    *count = 0;
    if (*list == NULL || (kinds != NULL && *copy == NULL))
        return kith_no_memory(err);
    for (char *word = kinds != NULL ? strtok_r(*copy, ", ", &rest) : NULL; word != NULL;
         word = strtok_r(NULL, ", ", &rest))
        (*list)[(*count)++] = word;
    return KITH_OK;
}

static kith_status make_alerts(night *n, kith_call *call, const night_alerts *which,
                               const kith_alerts_options *options, kith_error *err)
{
    kith_network network = { 0 };
    kith_alerts alerts = { 0 };
    size_t files = 0;

    call->format = KITH_FORMAT_CSV;
    call->view.as_of = n->date - 1;
    call->view.since = kith_alerts_since(n->date - 1, options);
    kith_status status = alerts_strange_kinds(&n->alerts_strange, call, options, err);
    if (status == KITH_OK)
        status = kith_network_build(&network, call->store, &call->view, err);
    if (status == KITH_OK)
        status = kith_alerts_find(&alerts, call->store, &network, options, err);
    if (status == KITH_OK)
        status = alerts_write(&files, call, &alerts, &network, which->folder, err);
    if (status == KITH_OK)
        status = alerts_keep(call, &alerts, &network, err);
    n->alert_rows += status == KITH_OK ? alerts.count : 0;
    n->alert_files += status == KITH_OK ? files : 0;
    kith_alerts_free(&alerts);
    kith_network_free(&network);
    return status;
}

static const char *audience_of(const night_alerts *alerts)
{
    if (alerts->audience != NULL)
        return alerts->audience;
    return alerts->ppn ? "social-care" : "school";
}

static kith_status send_alerts(night *n, const night_alerts *which, kith_error *err)
{
    kith_alerts_options options = { .list = which->ppn ? KITH_ALERTS_PPN : KITH_ALERTS_SCHOOLS,
                                    .late_days = KITH_ALERTS_LATE_DAYS };
    kith_call call = *n->call;
    char **kinds = NULL, *copy = NULL;

    kith_status status = split_kinds(&kinds, &options.kind_count, &copy, which->kinds, err);
    options.kinds = options.kind_count > 0 ? (const char *const *)kinds : NULL;
    if (status == KITH_OK)
        status = call_prepare_for(&call, audience_of(which), err);
    if (status == KITH_OK && which->names != NULL)
        call.names = strcmp(which->names, "full") == 0       ? KITH_NAMES_FULL
                     : strcmp(which->names, "initials") == 0 ? KITH_NAMES_INITIALS
                                                             : KITH_NAMES_NONE;
    if (status == KITH_OK && call.names < call.audience->names_most)
        status = kith_fail(err, KITH_POLICY, "the audience %s may not be given names in full", call.audience->name);
    if (status == KITH_OK)
        status = make_alerts(n, &call, which, &options, err);
    free(kinds);
    free(copy);
    return status;
}

/* Alerts are about children who are in school in an hour: they stop nothing, and nothing later
 * stops them. */
static kith_status alert(night *n, kith_error *err)
{
    for (size_t i = 0; i < n->config->alerts_count; i++) {
        kith_error own = { KITH_OK, "" };
        stage(n, n->config->alerts[i].ppn ? "writing alerts for children's social care" : "writing alerts for schools");
        const kith_status status = send_alerts(n, &n->config->alerts[i], &own);
        if (status == KITH_NO_MEMORY)
            return kith_no_memory(err);
        if (status != KITH_OK)
            kith_text_format(&n->alerts_failed, "%s%s", n->alerts_failed.size > 0 ? "; " : "", own.message);
        if (status != KITH_OK)
            call_say(n->call, "alerts were not written: %s", own.message);
    }
    return kith_text_status(&n->alerts_failed, err);
}

/* Those whom the policy does not know are told before anything is loaded. The policy is the hub's own, where it keeps one. */
static kith_status look_at_audiences(const night *n, kith_error *err)
{
    const night_config *c = n->config;
    kith_call call = *n->call;
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < c->audience_count; i++) {
        status = call_prepare_for(&call, c->audiences[i].name, err);
        if (status == KITH_OK)
            status = kith_suppress_check((uint32_t)call.audience->small, err);
    }
    for (size_t i = 0; status == KITH_OK && i < c->alerts_count; i++)
        status = call_prepare_for(&call, audience_of(&c->alerts[i]), err);
    return status;
}

static kith_status digest_policy(night *n, kith_error *err)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    kith_text text = { 0 };
    kith_status status = kith_policy_kept(&text, n->call->store, err);

    if (status == KITH_OK && text.size == 0 && call_given(n->call, "policy"))
        status = kith_policy_load(&text, call_text(n->call, "policy"), err);
    if (status == KITH_OK && text.size > 0) {
        crypto_hash_sha256(digest, (const unsigned char *)text.data, text.size);
        sodium_bin2hex(n->policy_sha256, sizeof n->policy_sha256, digest, sizeof digest);
    }
    kith_text_free(&text);
    return status;
}

static kith_status open_and_load(night *n, kith_error *err)
{
    stage(n, "opening the hub");
    kith_status status = hub_open(n->call, KITH_READ_WRITE, err);
    if (status == KITH_OK)
        stage(n, "looking at the policy");
    if (status == KITH_OK)
        status = look_at_audiences(n, err);
    if (status == KITH_OK)
        status = digest_policy(n, err);
    if (status == KITH_OK)
        status = kith_night_last_read(&n->last, n->call->store, &n->call->view, n->date, err);
    if (status == KITH_OK)
        status = night_notice(n, NULL, err); /* again: now it can name the last report */
    if (status == KITH_OK)
        status = night_load_sources(n, err);
    if (status == KITH_OK)
        status = kith_night_newest_load(&n->load, n->call->store, &n->call->view, err);
    return status;
}

static bool reads_every_page(const night *n)
{
    const night_integrity when = n->config->integrity;

    return when == INTEGRITY_ALWAYS || (when == INTEGRITY_WEEKLY && kith_weekday(n->date) == 6);
}

static kith_status make_report(night *n, kith_error *err)
{
    stage(n, "beginning the report");
    kith_status status = night_stage(n, err);
    if (status == KITH_OK)
        status = night_report(n, err);
    if (status != KITH_OK)
        return status;
    stage(n, "writing the manifest");
    status = night_manifest(n, err);
    if (status != KITH_OK)
        return status;
    stage(n, "reading the files again");
    status = night_verify(n, err);
    if (status != KITH_OK || !reads_every_page(n))
        return status;
    stage(n, "reading every page of the hub");
    return kith_store_verify(n->call->store, err);
}

static kith_status finish(night *n, kith_error *err)
{
    char hex[65];

    stage(n, "publishing");
    kith_text path = { 0 };
    kith_text_format(&path, "%s/manifest.json", n->staging);
    kith_status status = kith_text_status(&path, err);
    if (status == KITH_OK)
        status = night_digest_file(hex, path.data, err);
    if (status == KITH_OK)
        status = night_publish(n, err);
    kith_text_free(&path);
    if (status != KITH_OK)
        return status;
    stage(n, "keeping in the hub that it was published");
    status = kith_night_record(n->call->store, &n->call->view, n->date, n->load, hex, kith_now(), err);
    kith_error own;
    if (status == KITH_OK && night_prune(n, &own) != KITH_OK) /* tonight's report is none the worse for it */
        call_say(n->call, "what is older than keep_days could not be removed: %s", own.message);
    return status;
}

static size_t sources_left_out(const night *n)
{
    size_t count = 0;

    for (size_t i = 0; n->loads != NULL && i < n->config->source_count; i++)
        count += n->loads[i].status != KITH_OK;
    return count;
}

/* One line for the journal, with no name and no record in it. */
static void say_summary(const night *n, bool produced)
{
    char date[KITH_TIME_SIZE];
    const size_t left_out = sources_left_out(n), sources = n->config->source_count;

    kith_day_write(date, n->date);
    fprintf(n->call->out, "night %s: %s; %zu of %zu sources loaded", date, produced ? "produced" : "NOT PRODUCED",
            n->loads != NULL ? sources - left_out : 0, sources);
    for (size_t i = 0; n->loads != NULL && i < sources; i++)
        if (n->loads[i].status != KITH_OK)
            fprintf(n->call->out, ", %s LEFT OUT", n->loads[i].source->name);
    if (n->summary.size > 0)
        fprintf(n->call->out, "; %s", n->summary.data);
    if (n->config->alerts_count > 0)
        fprintf(n->call->out, n->alerts_failed.size > 0 ? "; ALERTS NOT WRITTEN" : "; alerts: %zu rows in %zu files",
                n->alert_rows, n->alert_files);
    fputc('\n', n->call->out);
}

/* A report that looks current must not be left where the notice cannot be written. */
static void take_away_latest(const night *n)
{
    kith_text link = { 0 };

    kith_text_format(&link, "%s/latest", n->config->output);
    if (!link.failed)
        unlink(link.data);
    kith_text_free(&link);
}

static bool has_latest(const night *n)
{
    kith_text link = { 0 };
    struct stat info;

    kith_text_format(&link, "%s/latest", n->config->output);
    const bool there = !link.failed && lstat(link.data, &info) == 0;
    kith_text_free(&link);
    return there;
}

static void tell_failure(night *n, const kith_error *err)
{
    kith_error own;

    call_say(n->call, "it failed while %s", n->stage);
    if (night_notice(n, err->message, &own) != KITH_OK) {
        take_away_latest(n);
        call_say(n->call, "the notice could not be written either: %s", own.message);
    }
}

static kith_status run_night(night *n, kith_error *err)
{
    kith_error own = { KITH_OK, "" };
    kith_status status;

    kith_sentence(n->stage, sizeof n->stage, "%s", "beginning");
    status = night_notice(n, NULL, &own);
    if (status == KITH_OK)
        status = open_and_load(n, &own);
    if (status == KITH_OK)
        status = alert(n, &own);
    if (status == KITH_OK)
        status = make_report(n, &own);
    if (status == KITH_OK)
        status = finish(n, &own);
    if (status != KITH_OK)
        tell_failure(n, &own);
    say_summary(n, status == KITH_OK);
    if (status != KITH_OK)
        return kith_fail(err, status, "%s", own.message);
    if (sources_left_out(n) > 0)
        return kith_fail(err, KITH_INPUT, "the report is there, without %zu of %zu sources; its top says which and why",
                         sources_left_out(n), n->config->source_count);
    if (n->alerts_failed.size > 0)
        return kith_fail(err, KITH_IO, "the report is there, and alerts were not written: %s", n->alerts_failed.data);
    return KITH_OK;
}

static void free_night(night *n)
{
    night_unlock(n);
    night_loads_free(n);
    for (size_t i = 0; i < n->file_count; i++)
        free(n->files[i].path);
    free(n->files);
    free(n->staging);
    kith_text_free(&n->alerts_failed);
    kith_text_free(&n->alerts_strange);
    kith_text_free(&n->summary);
}

/* Of what is given beside the extracts, before anything is done with it. */
static kith_status take_digests(night *n, kith_error *err)
{
    const night_config *c = n->config;

    if (c->outlines != NULL && night_digest_file(n->outlines_sha256, c->outlines, NULL) != KITH_OK)
        n->outlines_sha256[0] = '\0'; /* the map will say that they cannot be read */
    return night_digest_file(n->config_sha256, c->file, err);
}

/* A configuration that cannot be followed makes no report, so the last one must not look like tonight's. Where
 * nothing was ever published nothing is begun. */
static void refuse(night *n, const kith_error *err)
{
    kith_error own;

    if (n->config->output == NULL || !has_latest(n) || night_lock(n, &own) != KITH_OK)
        return;
    kith_sentence(n->stage, sizeof n->stage, "%s", "reading the configuration");
    tell_failure(n, err);
    say_summary(n, false);
}

static kith_status run(kith_call *call, kith_error *err)
{
    static const char *const elsewhere[] = { "as-of", "since", "window", "output", "seed", "format", "audience", "names" };
    night_config config = { 0 };
    night n = { .call = call, .config = &config, .lock = -1, .last = { .day = INT32_MIN } };

    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (call_given(call, elsewhere[i]))
            return kith_fail(err, KITH_USAGE, "a night is told by --date, and the rest stands in its configuration; "
                                              "leave --%s away", elsewhere[i]);
    kith_error own = { KITH_OK, "" };
    kith_status status = night_config_read(&config, call->operands[0], &own);
    if (status == KITH_OK)
        status = take_digests(&n, &own);
    n.date = call_given(call, "date") ? call_day(call, "date") : kith_today();
    call->view.as_of = n.date - 1;
    call->view.since = n.date - (int32_t)config.window;
    call->seed = (uint64_t)config.seed;
    if (status != KITH_OK) {
        refuse(&n, &own);
        status = kith_fail(err, status, "%s", own.message);
    } else if ((status = night_lock(&n, err)) == KITH_OK) {
        status = run_night(&n, err);
    }
    free_night(&n);
    night_config_free(&config);
    return status;
}

static const option_row options[] = {
    { "date", OPTION_DATE, .unit = "DATE", .help = "the morning on which it is read; it covers up to the day before (default today)" },
    OPTION_END
};

const kith_command command_nightly = {
    .name = "nightly",
    .summary = "loads the night's extracts and publishes the report of places",
    .operands = "CONFIGURATION",
    .least = 1,
    .most = 1,
    .hub = HUB_NONE,
    .options = options,
    .about =
        "One run a night: loads each source of the configuration by a call of its own, writes the\n"
        "alerts, works out the places anew, says what changed since the last report and why, and\n"
        "publishes a report for each audience under OUTPUT/latest. docs/nightly.md has the file.\n"
        "\n"
        "While it runs, and when it fails or is killed, OUTPUT/latest is a dated notice that there is\n"
        "no report; an old one never looks current. A source that is refused is left out and named at the\n"
        "top (exit code 3). Two nights never run at once. One line on standard output is for the\n"
        "journal.",
    .example = "kith nightly /etc/kith/nightly.ini\n"
               "kith nightly nightly.ini --date 2022-06-30",
    .run = run,
};
