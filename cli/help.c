/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help.c: --help and the manual page, from the tables alone. */
#include <stdio.h>
#include <string.h>

#include "options.h"

static const char *value_of(const option_row *row)
{
    return row->type == OPTION_CHOICE ? row->choices : row->unit != NULL ? row->unit : "VALUE";
}

static void print_option(FILE *out, const option_row *row)
{
    char left[128];

    if (row->type == OPTION_FLAG)
        snprintf(left, sizeof left, "--%s", row->name);
    else if (row->letter != 0)
        snprintf(left, sizeof left, "-%c, --%s %s", row->letter, row->name, value_of(row));
    else
        snprintf(left, sizeof left, "--%s %s", row->name, value_of(row));
    fprintf(out, "  %-30s%s%s", left, strlen(left) > 29 ? "\n                                " : "",
            row->help);
    if (row->initial != NULL)
        fprintf(out, " (default %s)", row->initial);
    fputc('\n', out);
}

static void print_options(FILE *out, const char *heading, const option_row *rows)
{
    if (rows == NULL || rows[0].name == NULL)
        return;
    fprintf(out, "\n%s\n", heading);
    for (; rows->name != NULL; rows++)
        print_option(out, rows);
}

void help_overview(FILE *out)
{
    fputs("kith " KITH_VERSION ": maps the networks around children who are harmed outside the home\n"
          "\nusage: kith [--hub FILE] COMMAND [options]\n\ncommands\n", out);
    for (const kith_command *const *row = commands; *row != NULL; row++)
        fprintf(out, "  %-11s %s\n", (*row)->name, (*row)->summary);
    print_options(out, "options of every command", common_options);
    fputs("\nThe hub is opened with --key-file or KITH_KEY_FILE, else with a passphrase asked for on the\n"
          "terminal. Answers go to standard output, messages to standard error. Exit codes: 0 done, 1 not\n"
          "found (or check found something), 2 wrong use, 3 input refused, 4 refused by policy, 5 the hub\n"
          "cannot be opened, 6 failure inside.\n"
          "\nexample\n"
          "  kith init --plain --hub town.kith\n"
          "  kith --hub town.kith import samples/harbour-town\n"
          "  kith --hub town.kith peers --as-of 2021-07-31\n", out);
}

void help_command(FILE *out, const kith_command *command)
{
    fprintf(out, "kith %s: %s\n\nusage: kith [--hub FILE] %s%s%s [options]\n", command->name,
            command->summary, command->name, command->operands[0] != '\0' ? " " : "",
            command->operands);
    if (command->about != NULL)
        fprintf(out, "\n%s\n", command->about);
    print_options(out, "options", command->options);
    print_options(out, "options of every command", common_options);
    fputs("\nexample\n", out);
    for (const char *line = command->example; line != NULL && *line != '\0';) {
        const size_t size = strcspn(line, "\n");
        fprintf(out, "  %.*s\n", (int)size, line);
        line += size + (line[size] == '\n');
    }
}

/* Text in man's language: a leading dot or quote and every backslash and dash are marks there. */
static void print_roff(FILE *out, const char *text)
{
    bool line_start = true;

    for (; *text != '\0'; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
        line_start = *text == '\n';
    }
}

static void manual_options(FILE *out, const option_row *rows)
{
    for (; rows != NULL && rows->name != NULL; rows++) {
        fputs(".TP\n\\fB", out);
        print_roff(out, "--");
        print_roff(out, rows->name);
        fputs("\\fR", out);
        if (rows->type != OPTION_FLAG) {
            fputs(" \\fI", out);
            print_roff(out, value_of(rows));
            fputs("\\fR", out);
        }
        fputc('\n', out);
        print_roff(out, rows->help);
        if (rows->initial != NULL)
            fprintf(out, " (default %s)", rows->initial);
        fputc('\n', out);
    }
}

static void manual_command(FILE *out, const kith_command *command)
{
    fputs(".SS kith ", out);
    print_roff(out, command->name);
    fputc(' ', out);
    print_roff(out, command->operands);
    fputc('\n', out);
    print_roff(out, command->summary);
    fputs(".\n", out);
    if (command->about != NULL) {
        fputs(".PP\n", out);
        print_roff(out, command->about);
        fputc('\n', out);
    }
    manual_options(out, command->options);
    fputs(".PP\n.nf\n", out);
    print_roff(out, command->example);
    fputs("\n.fi\n", out);
}

void help_manual(FILE *out)
{
    fputs(".TH KITH 1 \"\" \"kith " KITH_VERSION "\" \"User commands\"\n"
          ".SH NAME\nkith \\- map the networks around children who are harmed outside the home\n"
          ".SH SYNOPSIS\n\\fBkith\\fR [\\fB\\-\\-hub\\fR \\fIFILE\\fR] \\fICOMMAND\\fR [options]\n"
          ".SH DESCRIPTION\n"
          "Kith loads the links between victims, peers, alleged perpetrators and places, finds peer\n"
          "groups, weighs the contexts of a child's life, ranks places by the children harmed there,\n"
          "and draws the diagrams that mapping meetings work from. It shows what is recorded, not\n"
          "what is true.\n.SH COMMANDS\n", out);
    for (const kith_command *const *row = commands; *row != NULL; row++)
        manual_command(out, *row);
    fputs(".SH OPTIONS OF EVERY COMMAND\n", out);
    manual_options(out, common_options);
    fputs(".SH EXIT STATUS\n0 done; 1 a named thing was not found, or check found something; 2 wrong\n"
          "use; 3 input refused; 4 refused by policy; 5 the hub cannot be opened; 6 failure inside.\n"
          ".SH ENVIRONMENT\n.TP\n\\fBKITH_HUB\\fR\nThe hub file, when \\-\\-hub is not given.\n"
          ".TP\n\\fBKITH_KEY_FILE\\fR\nThe key file, when \\-\\-key\\-file is not given.\n"
          ".TP\n\\fBKITH_THREADS\\fR\nHow many threads may work, 1 to 64; else as many as there are "
          "processors. No answer depends on it.\n"
          ".TP\n\\fBKITH_WAIT\\fR\nHow many seconds to wait for another program that uses the hub, 0 to 3600; else 30.\n", out);
}
