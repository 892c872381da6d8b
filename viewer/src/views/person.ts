// SPDX-License-Identifier: GPL-3.0-or-later
// person.ts: everything held of one person, place, group, object or event, and where it is from.
import { ask, type Row, type Table } from "../api";
import { fill, h } from "../dom";
import { viewKeys } from "../keys";
import { go, settings, writePlace } from "../settings";
import { columnsOf, notesOf, recordLink, tableOf } from "../table";
import type { View } from "../view";
import { show } from "../work";

const SECTIONS: Record<string, string> = {
    record: "The record", participations: "Events", people: "People", links: "Links", flags: "Flags", constraints: "Conditions",
    contexts: "Contexts", assessments: "Assessments", indicators: "What was ticked", scales: "Scales", actions: "Actions", events: "Events",
};

/* "E031/P001/missing" is in event E031, and of that event P001's. */
function recordCell(value: Row[string], row: Row): HTMLElement | string {
    const id = String(value ?? ""), [event = id, person = id] = id.split("/");
    switch (row["section"]) {
    case "participations":
    case "events": return recordLink(event, id);
    case "people": return recordLink(person, id);
    default: return id;
    }
}

function draw(place: HTMLElement, answer: Table): void {
    const sections = new Map<string, Row[]>();
    for (const row of answer.rows) {
        const name = String(row["section"]);
        sections.set(name, [...(sections.get(name) ?? []), row]);
    }
    fill(place, [...sections].map(([name, rows]) => tableOf(rows, [
        { key: "record", show: recordCell }, { key: "date" }, { key: "detail" }, { key: "source", title: "from" }, { key: "report_ref", title: "report" },
        { key: "grade" }, { key: "handling" }, { key: "recorded_on", title: "recorded" }],
    { caption: `${SECTIONS[name] ?? name} (${rows.length})`, sortable: true })), notesOf(answer.notes));
}

function more(id: string, title: string, route: string, parameters: Record<string, string>): HTMLElement {
    const place = h("div");
    const details = h("details", {}, h("summary", {}, title), place);
    details.addEventListener("toggle", () => {
        if (details.open && place.childElementCount === 0)
            void show(place, title, (signal, job) => ask(route, parameters, signal, job), answer => fill(place,
                tableOf(answer.rows, columnsOf(answer.rows), { caption: `${title} of ${id}` }), notesOf(answer.notes)));
    });
    return details;
}

export const person: View = {
    id: "person", title: "Everything held", listed: false, needs: "show",
    show(main, parameters) {
        const id = parameters.get("id") ?? "";
        const place = h("div"), about = h("p", { class: "buttons" });
        const extra = h("div");
        const picture = (): void => go("network", { ids: id, hops: "1" });
        main.append(h("h2", { class: "of" }, id), about, place, extra);
        viewKeys([{ key: "N", says: "the picture around this", run: picture }]);
        void show(place, `Reading all of ${id}`, (signal, job) => ask("show", { id }, signal, job), answer => {
            const kind = answer.facts["kind"] ?? "";
            const name = answer.rows.find(r => String(r["detail"]).startsWith("name: "));
            const heading = main.querySelector(".of");
            if (heading && name && settings.names === "full")
                heading.textContent = `${id}: ${String(name["detail"]).slice(6)}`;
            fill(about, kind !== "event" ? h("a", { class: "button", href: writePlace("network", { ids: id, hops: "1" }) }, "Picture") : null, " ",
                ["person", "group", "location"].includes(kind) ? h("a", { class: "button quiet", href: writePlace("contexts", { ids: id }) }, "Contexts") : null, " ",
                kind === "location" ? h("a", { class: "button quiet", href: writePlace("places", { id }) }, "Its week") : null);
            draw(place, answer);
            fill(extra, kind === "person" ? more(id, "Forms", "assess", { id }) : null,
                kind !== "event" ? more(id, "Actions", "actions", { ids: id, state: "all" }) : null,
                kind !== "event" ? more(id, "Decisions", "decisions", { id }) : null,
                kind === "person" ? more(id, "What holds them in their group", "member", { id }) : null);
        });
    },
};
