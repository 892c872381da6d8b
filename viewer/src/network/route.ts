// SPDX-License-Identifier: GPL-3.0-or-later
// route.ts: how two are connected: asked for in a box, listed step by step, and marked in the picture.
import { ask, type Parameters, type Row, type Table } from "../api";
import { button, field, fill, h } from "../dom";
import { dialog } from "../shell";
import { notesOf, number, recordLink, tableOf } from "../table";
import { show } from "../work";

export interface RouteOf {
    from: string;
    offered: [record: string, name: string][];
    when: Parameters;
    /** Marks these in the picture; answers how many of them are in it. */
    mark: (records: string[]) => number;
    bringIn: (records: string[]) => void;
}

const steps = [
    { key: "step" }, { key: "from_id", title: "from", show: (v: Row[string]) => recordLink(String(v)) },
    { key: "to_id", title: "to", show: (v: Row[string]) => recordLink(String(v)) }, { key: "kind" },
    { key: "weight", show: (v: Row[string]) => v === null ? "" : number(Number(v)) }, { key: "line" }, { key: "records" }];

function draw(place: HTMLElement, answer: Table, caption: string, of: RouteOf, close: () => void): void {
    const first = answer.rows[0]?.["from_id"];
    const route = first === undefined ? [] : [String(first), ...answer.rows.map(r => String(r["to_id"]))];
    const inside = route.length > 0 ? of.mark(route) : 0;
    const onwards = button(inside === route.length ? "Show it" : "Bring in the rest", () => {
        close();
        if (inside < route.length)
            of.bringIn(route);
    });
    fill(place, tableOf(answer.rows, steps, { caption, empty: "No route is recorded." }), notesOf(answer.notes),
        route.length > 0 ? h("p", {}, `${inside} of its ${route.length} are in the picture, and marked. `, onwards) : null);
}

export function askRoute(of: RouteOf): void {
    const a = h("input", { name: "path-from", value: of.from, list: "in-picture", required: true });
    const b = h("input", { name: "path-to", list: "in-picture", required: true });
    const offered = h("datalist", { id: "in-picture" }, of.offered.map(([value, text]) => h("option", { value }, text)));
    const answer = h("div");
    const form = h("form", { class: "ask" }, field("From", a), field("To", b, "an id; those in the picture are offered"),
        offered, h("button", { type: "submit" }, "Find the path"));
    form.addEventListener("submit", event => {
        event.preventDefault();
        const from = a.value.trim(), to = b.value.trim();
        void show(answer, "Looking for the strongest route", (signal, job) => ask("path", { a: from, b: to, ...of.when }, signal, job),
            found => draw(answer, found, `From ${from} to ${to}`, of, () => box.close()));
    });
    const box = dialog("Path between two", form, answer);
    (a.value ? b : a).focus();
}
