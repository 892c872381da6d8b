// SPDX-License-Identifier: GPL-3.0-or-later
// days.ts: days as YYYY-MM-DD.

const DAY = 86_400_000;

function time(day: string): number {
    return Date.parse(`${day}T00:00:00Z`);
}

export function isDay(text: string): boolean {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time(text));
}

export function addDays(day: string, days: number): string {
    return new Date(time(day) + days * DAY).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
    return Math.round((time(to) - time(from)) / DAY);
}

/** The last days of the months from one day to another, the later day itself at the end. */
export function monthEnds(from: string, to: string): string[] {
    const ends: string[] = [];
    let year = Number(from.slice(0, 4)), month = Number(from.slice(5, 7));
    for (;;) {
        const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
        if (end >= to)
            break;
        ends.push(end);
        month = month === 12 ? 1 : month + 1;
        year += month === 1 ? 1 : 0;
    }
    ends.push(to);
    return ends;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"];

export function monthName(day: string): string {
    return `${MONTHS[Number(day.slice(5, 7)) - 1] ?? ""} ${day.slice(0, 4)}`;
}
