// SPDX-License-Identifier: GPL-3.0-or-later
// quality.ts: what is wrong or missing in the data, records that may be one, loads, questions.
import { ask, write as post, type Row } from "../api";
import { button, fill, h } from "../dom";
import { columnsOf, notesOf, recordLink, tableOf } from "../table";
import type { View } from "../view";
import { show, write } from "../work";

function decide(row: Row): HTMLElement {
    const told = h("span", { role: "status" });
    const a = String(row["left_id"]), b = String(row["right_id"]);
    const set = (decision: string): void => void write(told, () => post("link-decision", { a, b, decision }), () => fill(told, `${decision}ed`.replace("undoed", "undone")));
    return h("span", { class: "buttons" }, ["confirm", "refuse", "undo"].map(d => button(d, () => set(d), { class: "quiet", "aria-label": `${d} that ${a} and ${b} are one` })), told);
}

function section(title: string, hint: string, draw: (place: HTMLElement) => void): HTMLElement {
    const place = h("div");
    const details = h("details", {}, h("summary", {}, title), h("p", { class: "hint" }, hint), place);
    details.addEventListener("toggle", () => {
        if (details.open && place.childElementCount === 0)
            draw(place);
    });
    return details;
}

export const quality: View = {
    id: "quality", title: "Quality", listed: true, needs: "check",
    show(main) {
        const place = h("div");
        main.append(place,
            section("Records that may be one person", "Nothing is one until somebody confirms it.", box =>
                void show(box, "Comparing records", (signal, job) => ask("links", {}, signal, job), answer => fill(box,
                    tableOf(answer.rows, [{ key: "left_id", show: v => recordLink(String(v)) }, { key: "left" }, { key: "right_id", show: v => recordLink(String(v)) }, { key: "right" },
                        { key: "probability" }, { key: "decision" }, { key: "why" }, { key: "decide", show: (_, row) => decide(row) }], { caption: "Pairs" }), notesOf(answer.notes)))),
            section("Questions to agencies", "Pairs that share places and people, and no recorded contact: questions, never links.", box =>
                void show(box, "Looking for gaps", (signal, job) => ask("gaps", {}, signal, job), answer => fill(box,
                    tableOf(answer.rows, [{ key: "left_id", show: v => recordLink(String(v)) }, { key: "right_id", show: v => recordLink(String(v)) }, { key: "ask" }], { caption: "Questions" }), notesOf(answer.notes)))),
            section("Loads", "What was loaded, when and by whom.", box =>
                void show(box, "Reading loads", (signal, job) => ask("loads", { as_of: undefined, window: undefined }, signal, job), answer => fill(box,
                    tableOf(answer.rows, columnsOf(answer.rows), { caption: "Loads" })))));
        void show(place, "Checking the records", (signal, job) => ask("check", {}, signal, job), answer => fill(place, tableOf(answer.rows, [
            { key: "severity" }, { key: "table" }, { key: "id", show: (v, row) => v === "" ? "" : /^(persons|events|locations|groups|objects|people|contexts)$/.test(String(row["table"])) ? recordLink(String(v)) : String(v) },
            { key: "field" }, { key: "message" }],
        { caption: "What is wrong or missing", sortable: true, empty: "Nothing was found to be wrong or missing.", rowClass: r => `is-${String(r["severity"]).toLowerCase()}` }), notesOf(answer.notes)));
    },
};
