// SPDX-License-Identifier: GPL-3.0-or-later
// today.ts: the daily meeting's board: the 24 hours before, a card a child or group, and what is due.
import { ask, download, type Row, type Table } from "../api";
import { addDays } from "../days";
import { add, button, field, fill, h } from "../dom";
import { viewKeys } from "../keys";
import { go, settings, writePlace } from "../settings";
import { columnsOf, notesOf, recordLink, tableOf, text } from "../table";
import type { View } from "../view";
import { afterFrame, show, write } from "../work";

export interface Card {
    id: string;
    heading: string;
    standing: string;
    beyond: string;
    recent: Table | null;
    news: Table | null;
    conditions: Table | null;
    strengths: Table | null;
    places: Table | null;
    plan: Table | null;
    decisions: Table | null;
    corrected: Table | null;
}

export interface Pack extends Table {
    cards: Card[];
    other: Table | null;
    due: Table | null;
    adopted: Table | null;
    late: Table | null;
}

/** What a page says of one thing, a line a row; nothing when there is nothing. */
function lines(title: string, table: Table | null, none?: string): HTMLElement | null {
    const rows = table?.rows ?? [];
    if (rows.length === 0)
        return none === undefined ? null : h("section", { class: "part none" }, h("h3", {}, title), h("p", {}, none));
    return h("section", { class: "part" }, h("h3", {}, title), h("ul", {}, rows.map(row =>
        h("li", {}, Object.entries(row).filter(([, v]) => v !== null && v !== "").map(([key, value], i) =>
            [i > 0 ? "; " : "", h("span", { class: `is-${key.replace(/\W+/g, "-")}`, title: key }, text(String(value)))]))),
        (table?.notes ?? []).map(note => h("li", { class: "hint" }, note))));
}

export function cardOf(card: Card, large = false): HTMLElement {
    const late = (card.plan?.rows ?? []).filter(r => Object.values(r).some(v => String(v).includes("overdue"))).length;
    return h("article", { class: large ? "card large" : "card", "data-id": card.id, "aria-label": card.heading },
        h("h2", {}, h("a", { href: writePlace("person", { id: card.id }) }, card.heading)),
        card.standing ? h("p", { class: "standing" }, card.standing) : null,
        late > 0 ? h("p", { class: "late" }, `${late} ${late === 1 ? "action is" : "actions are"} late`) : null,
        lines("In these hours", card.recent, "Nothing of harm or risk in these hours; on the agenda."),
        lines("Heard of since", card.news),
        lines("Conditions in force", card.conditions, "None is recorded."),
        lines("Strengths and trusted adults", card.strengths, "None is recorded: ask."),
        lines("Plan", card.plan, "No action is open."),
        lines("Decided before", card.decisions),
        lines("Corrected since others were given it", card.corrected),
        lines("Places", card.places),
        h("p", { class: "buttons" },
            h("a", { class: "button", href: writePlace("network", { ids: card.id, hops: "1" }), "aria-label": `Open the picture of ${card.heading}` }, "Open the picture"), " ",
            large ? null : h("a", { class: "button quiet", href: writePlace("meeting", { ids: card.id }), "aria-label": `Discuss ${card.heading}` }, "Discuss")),
        card.beyond ? h("p", { class: "hint" }, card.beyond) : null);
}

function section(title: string, table: Table | null, link?: string): HTMLElement | null {
    if (!table || table.rows.length === 0)
        return null;
    const columns = columnsOf(table.rows).map(c => c.key === link
        ? { ...c, show: (value: Row[string]) => recordLink(String(value)) } : c);
    return h("section", {}, tableOf(table.rows, columns, { caption: title }), notesOf(table.notes));
}

const FIRST = 12, SLICE = 40; // cards drawn at once: what a screen has, and what a frame has time for

/* A day of hundreds: the first screen stands while the rest is made. */
function draw(place: HTMLElement, pack: Pack): void {
    const cards = h("div", { class: "cards" }), below = h("div");
    let drawn = 0;
    const more = (): void => {
        const end = drawn + (drawn === 0 ? FIRST : SLICE);
        add(cards, pack.cards.slice(drawn, end).map(card => cardOf(card)));
        drawn = end;
        if (drawn < pack.cards.length) {
            cards.setAttribute("aria-busy", "true");
            return afterFrame(() => { if (cards.isConnected) more(); });
        }
        cards.removeAttribute("aria-busy");
        add(below, pack.rows.length > 0 ? section("Agenda", pack) : null,
            section("Also recorded in the period", pack.other), section("Heard of since, and happened before", pack.late),
            section("Other actions that are due or overdue", pack.due), section("Adopted by the hub, nothing in these hours", pack.adopted));
    };
    more();
    fill(place, h("p", { class: "covers" }, pack.facts["covers"] ?? ""),
        pack.rows.length === 0 ? h("p", { class: "empty" }, "Nobody is named in an event of harm or risk in these hours.") : null, cards, below);
}

export const today: View = {
    id: "today", title: "Today", listed: true, needs: "drmm",
    show(main, parameters) {
        const date = parameters.get("date") ?? settings.as_of, from = parameters.get("from") ?? addDays(date, -1);
        const ids = parameters.get("ids") ?? "";
        const told = h("div", { role: "status" }), place = h("div");
        const day = h("input", { type: "date", name: "date", value: date });
        const first = h("input", { type: "date", name: "from", value: from });
        const named = h("input", { name: "ids", value: ids, placeholder: "P001,G2" });
        const again = (): void => go("today", { date: day.value, from: first.value, ...(named.value ? { ids: named.value } : {}) });
        const print = (form: string): void => {
            void write(told, () => download("drmm", { ...ids ? { ids: ids.split(",") } : {}, date, from, form, as_of: undefined }, `drmm-${date}.${form}`),
                () => fill(told, h("p", {}, "The pack is made.")));
        };
        const form = h("form", { class: "ask" }, field("Meeting of", day), field("Hours from", first), field("Agenda first", named, "ids, in the chair's order"),
            h("button", { type: "submit" }, "Show"), button("Print the pack (PDF)", () => print("pdf"), { class: "quiet" }), button("as a page (HTML)", () => print("html"), { class: "quiet" }));
        form.addEventListener("submit", event => { event.preventDefault(); again(); });
        main.append(form, told, place);
        viewKeys([{ key: "[", says: "the day before", run: () => go("today", { date: addDays(date, -1) }) },
            { key: "]", says: "the day after", run: () => go("today", { date: addDays(date, 1) }) }]);
        void show(place, "Reading the last hours", (signal, job) =>
            ask<Pack>("today", { date, from: from === addDays(date, -1) ? undefined : from, ids, as_of: undefined }, signal, job), pack => draw(place, pack));
    },
};
