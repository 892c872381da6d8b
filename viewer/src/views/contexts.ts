// SPDX-License-Identifier: GPL-3.0-or-later
// contexts.ts: which context of a life weighs most: computed, with what it hangs on; and what the
// panel holds, entered beside it.
import { ask, write as post, type Row, type Table } from "../api";
import { field, fill, h, s } from "../dom";
import { go, settings } from "../settings";
import { answerOf, columnsOf, factsOf, notesOf, percent, plainCell, tableOf } from "../table";
import type { View } from "../view";
import { show, write } from "../work";

const CONTEXTS = ["home", "peer", "school", "neighbourhood", "online"];

/* A bar a context: risk dark, strengths striped; the figures stand beside, and in the table. */
function chart(rows: readonly Row[]): SVGElement {
    const line = 34, left = 120, wide = 560;
    const bars = rows.map((row, i) => {
        const y = i * line, share = Number(row["share"] ?? 0), own = Number(row["own_share"] ?? 0);
        const text = row["share"] === null ? "not recorded" : `${(share * 100).toFixed(1)} %${own !== share ? ` (by itself ${(own * 100).toFixed(1)} %)` : ""}`;
        return s("g", {}, s("text", { x: left - 8, y: y + 20, "text-anchor": "end", class: "bar-name" }, String(row["context"])),
            s("rect", { x: left, y: y + 6, width: Math.max(1, share * wide * 0.7), height: 20, class: "bar-share" }),
            s("line", { x1: left + own * wide * 0.7, x2: left + own * wide * 0.7, y1: y + 3, y2: y + 29, class: "bar-own" }),
            s("text", { x: left + Math.max(share, own) * wide * 0.7 + 10, y: y + 21 }, text));
    });
    const moved = rows.flatMap(row => CONTEXTS.filter(c => Number(row[`drives_${c}`] ?? 0) > 0)
        .map(c => `${String(row["context"])} is said to drive ${c} (${Number(row[`drives_${c}`]).toPrecision(3)})`));
    const label = rows.map(r => `${String(r["context"])} ${r["share"] === null ? "not recorded" : `${(Number(r["share"]) * 100).toFixed(1)} %`}`).join(", ");
    return s("svg", { viewBox: `0 0 ${left + wide + 40} ${rows.length * line + 24 * moved.length + 8}`, role: "img", class: "chart", "aria-label": `Shares: ${label}. ${moved.join("; ")}` },
        bars, moved.map((text, i) => s("text", { x: left, y: rows.length * line + 20 + 24 * i, class: "interplay" }, `→ ${text}`)));
}

function sensitivity(facts: Record<string, string>): HTMLElement {
    return h("section", { class: "verdict" }, h("h2", {}, facts["verdict"] ?? "", ""),
        factsOf(facts, ["subject", "people", "lead", "runs_led", "entered_alone", "evidence", "window"]));
}

function termsOf(id: string, found: string, place: HTMLElement): void {
    fill(place, CONTEXTS.map(context => {
        const box = h("div"), details = h("details", {}, h("summary", {}, `What ${context} rests on`), box);
        details.addEventListener("toggle", () => {
            if (details.open && box.childElementCount === 0 && !found)
                void show(box, `Taking ${context} apart`, (signal, job) => ask("share", { id, context }, signal, job), answer =>
                    fill(box, answerOf(answer, `Terms of ${context}; they add up to the share`)));
        });
        return found || id.includes(",") ? null : details;
    }));
}

function panelForm(id: string, after: () => void): HTMLElement {
    const told = h("div", { role: "status" });
    const shares = CONTEXTS.map(context => h("input", { type: "number", min: "0", max: "100", name: context }));
    const reason = h("textarea", { name: "reason", required: true, maxlength: "4000", rows: "3" });
    const on = h("input", { type: "date", value: settings.as_of });
    const form = h("form", { class: "panel-form" }, h("h2", {}, "The panel's own weighting"),
        h("p", {}, "Percentages that sum to 100, or one context with 100. It stands beside the computed shares, and changes nothing of them."),
        h("div", { class: "row" }, CONTEXTS.map((context, i) => field(context, shares[i] as HTMLInputElement))),
        field("Why", reason), field("Panel of", on), h("button", { type: "submit" }, "Record it"), told);
    form.addEventListener("submit", event => {
        event.preventDefault();
        const given = CONTEXTS.flatMap((context, i) => Number(shares[i]?.value) > 0 ? [[context, Number(shares[i]?.value)] as const] : []);
        const weighting = given.length === 0 ? ["none"] : given.length === 1 ? [String(given[0]?.[0])] : given.map(([c, v]) => `${c}=${v}`);
        void write(told, () => post("panel", { subject: id, weighting, reason: reason.value, on: on.value }), after);
    });
    return form;
}

function draw(place: HTMLElement, answer: Table, id: string, found: string): void {
    const shares = answer.rows.filter(r => CONTEXTS.includes(String(r["context"])));
    const others = answer.rows.filter(r => !CONTEXTS.includes(String(r["context"])));
    const terms = h("div"), panels = answer.notes.filter(n => n.startsWith("panel"));
    const percentColumn = (key: string) => ({ key, title: key.replace("_", " "), show: (v: Row[string]) => v === null ? "" : percent(Number(v)) });
    fill(place, sensitivity(answer.facts), chart(shares),
        tableOf(shares, [{ key: "context" }, percentColumn("share"), percentColumn("own_share"),
            ...["risk", "protective", "items", "recorded", "agencies", "newest", "ungraded", "entered"].map(key => ({ key, show: plainCell }))],
        { caption: "Shares of this subject's own evidence" }),
        others.length > 0 ? tableOf(others, columnsOf(others), { caption: "Beside the computed shares" }) : null,
        panels.length > 0 ? h("section", { class: "panels" }, h("h3", {}, "What panels held"), h("ul", {}, panels.map(p => h("li", {}, p)))) : null,
        terms, notesOf(answer.notes));
    termsOf(id, found, terms);
}

export const contexts: View = {
    id: "contexts", title: "Contexts", listed: true, needs: "weigh",
    show(main, parameters) {
        const ids = parameters.get("ids") ?? "", found = parameters.get("found") ?? "";
        const input = h("input", { name: "ids", value: ids || (found ? `found ${found}` : ""), placeholder: "G2 or P001,P002", required: true });
        const entered = h("input", { type: "checkbox", name: "entered_only", checked: parameters.get("entered_only") === "1" });
        const form = h("form", { class: "ask" }, field("Of whom", input, "a child, a group, a place, or a list"), field("Only what practitioners entered", entered), h("button", { type: "submit" }, "Weigh"));
        form.addEventListener("submit", event => {
            event.preventDefault();
            const letters = /^found (\w+)$/.exec(input.value.trim())?.[1];
            go("contexts", { ...(letters ? { found: letters } : { ids: input.value.replace(/\s+/g, "") }), ...(entered.checked ? { entered_only: "1" } : {}) });
        });
        main.append(h("p", { class: "hint" }, "A prompt for discussion, never a finding: no share may be compared with another child's."), form);
        if (!ids && !found) {
            main.append(h("p", { class: "empty" }, "Say of whom: an id from Find, or a group from Groups."));
            return;
        }
        const place = h("div"), moved = h("div");
        main.append(place);
        const of = { ids: found ? undefined : ids, found: found || undefined, entered_only: entered.checked };
        const ask1 = (): void => void show(place, "Weighing contexts", (signal, job) => ask("weigh", of, signal, job), answer => draw(place, answer, ids, found));
        ask1();
        const history = h("details", {}, h("summary", {}, "How the shares moved"), moved);
        history.addEventListener("toggle", () => {
            if (history.open && moved.childElementCount === 0)
                void show(moved, "Reading how they moved", (signal, job) => ask("weigh-history", { ...of, every: 28, window: settings.window || 168 }, signal, job),
                    answer => fill(moved, answerOf(answer, "Shares over time")));
        });
        main.append(history, found || ids.includes(",") ? h("p", { class: "hint" }, "A panel weighs one person, group or place: open one to enter its weighting.") : panelForm(ids, ask1));
    },
};
