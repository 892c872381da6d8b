/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people.c: made-up people, a fifth of them recorded again with errors, for `kith link`.
 *
 *     bench-people RECORDS FOLDER     writes FOLDER/persons.csv and FOLDER/truth.csv
 *
 * Names are made of syllables, some common and most rare, as real ones are. A second
 * record of somebody has errors of the kinds that agencies make: a slip of the pen, a name
 * left out or in another order, a short form, day and month exchanged, a date of the month
 * only, another address, no number. Brothers and sisters share a family name and a home.
 * The same count always gives the same bytes. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/random.h"

enum { NAME_SIZE = 48, GIVEN_NAMES = 600, FAMILY_NAMES = 40000, PER_HOME = 3, PER_STREET = 90 };

typedef struct person {
    char given[NAME_SIZE], family[NAME_SIZE], street[NAME_SIZE];
    char postcode[16], nhs[16];
    int year, month, day, house;
    char sex;
    bool month_only;
} person;

static kith_random dice;

static int below(int bound)
{
    return (int)kith_random_below(&dice, (uint64_t)bound);
}

static bool chance(int percent)
{
    return below(100) < percent;
}

/* The number's own name: two to four syllables. */
static void name_of(char out[NAME_SIZE], uint64_t number, int least)
{
    static const char *const heads[] = { "b", "br", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "st", "t", "th", "v", "w" };
    static const char *const tails[] = { "a", "an", "ar", "e", "el", "en", "er", "i", "in", "is", "o", "on", "or", "u", "un", "y" };
    size_t size = 0;

    for (int i = 0; i < least || number > 0; i++) {
        size += (size_t)snprintf(out + size, NAME_SIZE - size, "%s%s", heads[number % 20], tails[number / 20 % 16]);
        number /= 320;
    }
    out[0] = (char)(out[0] - 'a' + 'A');
}

/* Small numbers often, large ones seldom: about as names are. */
static uint64_t skewed(int bound)
{
    const double u = kith_random_unit(&dice), v = kith_random_unit(&dice);

    return (uint64_t)(u * u * v * bound);
}

static void nhs_number(char out[16])
{
    int check;

    do {
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            out[i] = (char)('0' + (i == 0 ? 4 + below(3) : below(10)));
            sum += (10 - i) * (out[i] - '0');
        }
        check = (11 - sum % 11) % 11;
    } while (check == 10);
    out[9] = (char)('0' + check);
    out[10] = '\0';
}

/* A home is made from its number, so that those who live there agree on it. */
static void move_to(person *p, int home)
{
    const int street = home / PER_STREET;

    name_of(p->street, (uint64_t)street * 7919 % 100000, 2);
    p->house = home % PER_STREET + 1;
    snprintf(p->postcode, sizeof p->postcode, "Z%c%d %d%c%c", 'A' + street / 2000 % 26, street / 100 % 20 + 1,
             street / 10 % 10, 'A' + street % 10, 'A' + home % PER_STREET / 30);
}

static void born(person *p)
{
    p->year = chance(80) ? 2004 + below(18) : 1950 + below(54);
    p->month = 1 + below(12);
    p->day = 1 + below(28);
    p->sex = chance(50) ? 'F' : 'M';
    p->month_only = chance(3);
    name_of(p->given, skewed(GIVEN_NAMES) * 17 + (p->sex == 'F'), 2);
    p->nhs[0] = '\0';
    if (chance(50))
        nhs_number(p->nhs);
}

static void slip(char *text)
{
    const size_t size = strlen(text);

    if (size < 4 || size + 2 > NAME_SIZE)
        return;
    const size_t at = 1 + (size_t)below((int)size - 2);
    const char c = text[at];
    switch (below(4)) {
    case 0: /* exchanged */
        text[at] = text[at + 1];
        text[at + 1] = c;
        break;
    case 1: /* left out */
        memmove(text + at, text + at + 1, size - at);
        break;
    case 2: /* doubled */
        memmove(text + at + 1, text + at, size - at + 1);
        break;
    default:
        text[at] = (char)('a' + below(26));
    }
}

static void record_again(person *p, int homes)
{
    if (chance(15))
        slip(p->given);
    if (chance(15))
        slip(p->family);
    if (chance(8) && strlen(p->given) > 4)
        p->given[3] = '\0';
    if (chance(10)) {
        const int day = p->day;
        if (chance(30) && day <= 12)
            p->day = p->month, p->month = day;
        else if (chance(50))
            p->day = 1 + below(28);
        else
            p->year += chance(50) ? 1 : -1;
    }
    p->month_only = p->month_only || chance(5);
    if (chance(25))
        move_to(p, below(homes));
    if (chance(30))
        p->nhs[0] = '\0';
    else if (p->nhs[0] != '\0' && chance(5))
        p->nhs[below(10)] = (char)('0' + below(10));
}

static void write_person(FILE *out, long number, const person *p)
{
    const bool swapped = chance(3), no_home = chance(10);

    fprintf(out, "R%07ld,%s %s,", number, swapped ? p->family : p->given, swapped ? p->given : p->family);
    fprintf(out, p->month_only ? "%04d-%02d," : "%04d-%02d-%02d,", p->year, p->month, p->day);
    fprintf(out, "%c,", p->sex);
    if (!no_home)
        fprintf(out, "%s,%d %s Road,", p->postcode, p->house, p->street);
    else
        fputs(",,", out);
    fprintf(out, "%s%s\n", p->nhs[0] != '\0' ? "nhs=" : "", p->nhs);
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        fprintf(stderr, "bench-people: %s cannot be written: %s\n", path, strerror(errno));
        exit(1);
    }
    return out;
}

static void write_all(FILE *persons, FILE *truth, long records)
{
    const int homes = (int)(records / PER_HOME) + 1;
    person p = { 0 };
    int home = 0;

    kith_random_seed(&dice, 1);
    fputs("person_id,name,dob,sex,postcode,address,identifiers\n", persons);
    fputs("from_id,to_id\n", truth);
    for (long written = 0; written < records;) {
        if (written == 0 || chance(40)) { /* the next family */
            home = below(homes);
            name_of(p.family, skewed(FAMILY_NAMES), 2);
        }
        person again;
        born(&p);
        move_to(&p, home);
        write_person(persons, written++, &p);
        again = p;
        for (long first = written - 1; written < records && chance(20);) {
            record_again(&again, homes);
            for (long other = first; other < written; other++)
                fprintf(truth, "R%07ld,R%07ld\n", other, written);
            write_person(persons, written++, &again);
        }
    }
}

int main(int argc, char **argv)
{
    char *end = NULL;
    const long records = argc == 3 ? strtol(argv[1], &end, 10) : 0;

    if (records < 1 || records > 9999999 || *end != '\0') {
        fputs("usage: bench-people RECORDS FOLDER, with 1 to 9999999 records\n", stderr);
        return 2;
    }
    FILE *persons = open_in(argv[2], "persons.csv"), *truth = open_in(argv[2], "truth.csv");
    write_all(persons, truth, records);
    if (fclose(persons) != 0 || fclose(truth) != 0) {
        fputs("bench-people: the files could not be written whole\n", stderr);
        return 1;
    }
    return 0;
}
