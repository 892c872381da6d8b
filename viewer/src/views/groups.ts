// SPDX-License-Identifier: GPL-3.0-or-later
// groups.ts: peer groups: members with stability and reasons, who stands between groups, and the
// groups through time.
import { ask, type Row, type Table } from "../api";
import { addDays, monthEnds, monthName } from "../days";
import { button, fill, h } from "../dom";
import { settings, writePlace } from "../settings";
import { factsOf, notesOf, number, recordLink, tableOf, type Column } from "../table";
import type { View } from "../view";
import { show } from "../work";

const MONTHS_BACK = 6;

const memberColumns: Column[] = [
    { key: "person_id", title: "who", show: value => recordLink(String(value)) },
    { key: "stability", show: value => [number(Number(value)), " ", meter(Number(value))] },
    { key: "place", title: "core or edge" }, { key: "beside", title: "also tied to" }, { key: "mark" }, { key: "reasons", title: "why: the ties that hold them in" },
];

function meter(value: number): HTMLElement {
    return h("meter", { min: "0", max: "1", value: String(value), "aria-hidden": "true" });
}

function groupsOf(rows: readonly Row[]): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
        const id = String(row["group_id"]);
        groups.set(id, [...(groups.get(id) ?? []), row]);
    }
    return groups;
}

function groupSection(id: string, rows: Row[]): HTMLElement {
    const ids = rows.map(r => String(r["person_id"])).join(",");
    return h("section", { class: "group", "data-group": id }, h("h2", {}, `Group ${id}: ${rows.length} members`),
        h("p", {}, `Recorded by: ${String(rows[0]?.["agencies"] ?? "")}`),
        tableOf(rows, memberColumns, { caption: `Members of group ${id}`, sortable: true }),
        h("p", { class: "buttons" }, h("a", { class: "button", href: writePlace("network", { ids, hops: "0" }), "aria-label": `Picture of group ${id}` }, "Picture"), " ",
            h("a", { class: "button quiet", href: writePlace("network", { ids, hops: "1" }), "aria-label": `Group ${id} and around it` }, "and around it"), " ",
            h("a", { class: "button quiet", href: writePlace("contexts", { found: id }), "aria-label": `Contexts of group ${id}` }, "Contexts")));
}

function boundary(rows: readonly Row[]): HTMLElement {
    const edge = rows.filter(r => r["place"] !== "core" || r["beside"] !== "");
    return h("section", {}, tableOf(edge, memberColumns.slice(0, 5).concat([{ key: "group_id", title: "group" }]), {
        caption: "Children at an edge, or between groups", empty: "Every member is in the core of one group.",
    }));
}

function draw(place: HTMLElement, answer: Table): void {
    const groups = groupsOf(answer.rows);
    fill(place, h("p", {}, answer.facts["groups"] ?? ""),
        groups.size === 0 ? h("p", { class: "empty" }, "No peer group is recorded in this window.") : null,
        [...groups].map(([id, rows]) => groupSection(id, rows)),
        groups.size > 0 ? boundary(answer.rows) : null,
        h("details", {}, h("summary", {}, "What was asked"), factsOf(answer.facts)), notesOf(answer.notes));
}

/* Letters go on from month to month: each month is asked for after the one before. */
async function throughTime(signal: AbortSignal): Promise<Row[]> {
    const ends = monthEnds(addDays(settings.as_of, -31 * (MONTHS_BACK - 1)), settings.as_of);
    const rows: Row[] = [];
    let before: string | undefined;
    for (const end of ends) {
        const answer = await ask("peers", { as_of: end, after: before }, signal);
        for (const [id, members] of groupsOf(answer.rows))
            rows.push({ month: monthName(end), as_of: end, group: id, members: members.length, who: members.map(m => m["person_id"]).join(", ") });
        for (const text of answer.notes.filter(n => /\b(born|grew|grown|shrank|shrunk|split|merged|ended)\b/.test(n)))
            rows.push({ month: monthName(end), as_of: end, group: "", members: null, who: text });
        before = end;
    }
    return rows;
}

export const groups: View = {
    id: "groups", title: "Groups", listed: true, needs: "peers",
    show(main) {
        const place = h("div"), time = h("div"), since = h("div");
        const start = addDays(settings.as_of, -30);
        main.append(h("p", { class: "hint" }, "Who is recorded together. It is no finding about any child, and peers protect too."), place,
            h("section", {}, h("h2", {}, "Through time"), h("p", { class: "buttons" },
                button(`Month by month, ${MONTHS_BACK} months`, () => {
                    void show(time, "Groups month by month", signal => throughTime(signal), rows => fill(time,
                        tableOf(rows, [{ key: "month" }, { key: "group" }, { key: "members" }, { key: "who" }], { caption: "Groups through time" })));
                }),
                button("What became of them in 30 days", () => {
                    void show(since, "Comparing", (signal, job) => ask("changes", { since: start }, signal, job), answer => fill(since,
                        tableOf(answer.rows.filter(r => r["kind"] === "peer group"), [{ key: "change" }, { key: "id", title: "group" }, { key: "detail" }],
                            { caption: `Groups since ${start}`, empty: "No group has changed." }), notesOf(answer.notes)));
                }, { class: "quiet" })), time, since));
        void show(place, "Finding peer groups", (signal, job) => ask("peers", {}, signal, job), answer => draw(place, answer));
    },
};
