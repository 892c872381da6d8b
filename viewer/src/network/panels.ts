// SPDX-License-Identifier: GPL-3.0-or-later
// panels.ts: beside the picture: what is chosen and what it rests on, filters, the legend; below
// it the table that says the same.
import { ask, type Row, type Table } from "../api";
import { button, fill, h, s } from "../dom";
import { settings } from "../settings";
import { notesOf, number, recordLink, tableOf } from "../table";
import { show } from "../work";
import { palette, SHAPES } from "./look";
import type { Scene, SceneNode, SceneTie } from "./scene";
import { nameOf, recordOf, toneOf } from "./scene";
import { facetsOf, type Shown, type State } from "./state";

const SURE: Record<string, string> = { solid: "confirmed", dashed: "unconfirmed", dotted: "tentative" };

/** In words what a line's drawing says. */
export function tieWords(tie: SceneTie): string {
    if (tie.barred)
        return "a condition that keeps the two apart; no tie";
    return [SURE[tie.line] ?? tie.line, tie.inferred ? "inferred: nobody recorded it" : "", toneOf(tie) === "neutral" ? "" : toneOf(tie), tie.change ?? ""].filter(Boolean).join(", ");
}

/* ---- evidence ---- */

function evidenceOf(answer: Table): HTMLElement {
    const sum = answer.rows.reduce((n, row) => n + (typeof row["value"] === "number" ? row["value"] : 0), 0);
    const columns = [{ key: "term" }, { key: "value" }, { key: "record_id", title: "record", show: (v: Row[string]) => v ? recordLink(String(v)) : "" },
        { key: "severity" }, { key: "reliability" }, { key: "recency" }, { key: "mass", title: "evidence" }, { key: "record", title: "which" }];
    return h("div", {}, h("p", {}, "Weight ", number(Number(answer.facts["weight"] ?? sum)), answer.facts["evidence"] ? [", evidence ", number(Number(answer.facts["evidence"]))] : null, ". The values add up to the weight."),
        tableOf(answer.rows, columns, { caption: "Terms of the evidence", sortable: true }), notesOf(answer.notes));
}

export function showTie(place: HTMLElement, tie: SceneTie, from: SceneNode, to: SceneNode, asOf: string, window: string | undefined): void {
    const evidence = h("div");
    fill(place, h("h2", {}, `${nameOf(from)} ${tie.arrow ? "→" : "–"} ${nameOf(to)}`), h("p", {}, h("b", {}, tie.label ?? ""), ": ", tieWords(tie)),
        tie.basis ? h("p", {}, `Rests on: ${tie.basis}`) : null, tie.agencies && tie.agencies.length > 0 ? h("p", {}, `From: ${tie.agencies.join(", ")}`) : null, evidence);
    if (tie.barred)
        return;
    void show(evidence, "Reading what it rests on", (signal, job) => ask("tie", { a: recordOf(from), b: recordOf(to), layer: tie.layer ?? (tie.inferred ? "together" : "all"), as_of: asOf, window }, signal, job),
        answer => fill(evidence, evidenceOf(answer)));
}

/* ---- a thing ---- */

function beyondWords(count: number): string {
    return `${count} ${count === 1 ? "neighbour" : "neighbours"}`;
}

export interface NodeDeeds {
    expand: () => void;
    collapse: () => void;
    hide: () => void;
    path: (() => void) | null; // null: not for this user
    focus: () => void;
    pin: (() => void) | null;
    tie: (tie: SceneTie) => void;
}

export function showNode(place: HTMLElement, node: SceneNode, beyond: number, expanded: boolean, ties: { tie: SceneTie; other: SceneNode }[], deeds: NodeDeeds): void {
    const [name = "", ...rest] = node.label.split("\n");
    fill(place, h("h2", {}, name), h("p", {}, [node.class.replace("_", " "), ...rest.filter(r => !r.startsWith(node.class))].join("; ")),
        node.emphasis ? h("p", {}, h("b", {}, node.emphasis)) : null, node.badges ? h("ul", { class: "badges" }, node.badges.split("\n").map(b => h("li", {}, b))) : null,
        h("p", {}, beyond > 0 ? `${beyondWords(beyond)} ${beyond === 1 ? "is" : "are"} not shown.` : "All neighbours are shown."),
        h("p", { class: "buttons" }, node.record ? h("a", { class: "button", href: `#person?id=${encodeURIComponent(node.record)}&as_of=${settings.as_of}${settings.names !== "initials" ? `&names=${settings.names}` : ""}` }, "Everything held") : null,
            button("Neighbours", deeds.expand, { title: "N" }), expanded ? button("Fold in", deeds.collapse, { title: "Shift+N" }) : null, button("Hide", deeds.hide, { title: "H", class: "quiet" }),
            deeds.path ? button("Path from here", deeds.path, { title: "P", class: "quiet" }) : null, button("Around this only", deeds.focus, { class: "quiet" }),
            deeds.pin ? button(node.pinned ? "Unpin" : "Pin", deeds.pin, { class: "quiet", title: "K" }) : null),
        h("h3", {}, `Lines (${ties.length})`), h("ul", { class: "lines" }, ties.map(({ tie, other }) =>
            h("li", {}, button(`${tie.label ?? ""}: ${nameOf(other)}`, () => deeds.tie(tie), { class: "link" }), " ", h("span", { class: "hint" }, tieWords(tie))))));
}

/* ---- filters ---- */

const GROUPS: [string, string][] = [["line:", "How sure"], ["tone:", "Risk or protection"], ["inferred:", "Inferred"], ["kind:", "Kinds"], ["role:", "Roles"], ["agency:", "Agencies"]];
const FACETS: Record<string, string> = { "line:solid": "confirmed (solid)", "line:dashed": "unconfirmed (dashed)", "line:dotted": "tentative (dotted)", "inferred:yes": "inferred lines" };

export function showFilters(place: HTMLElement, scene: Scene, state: State, change: (off: string[]) => void): void {
    const byId = new Map(scene.nodes.map(n => [n.id, n]));
    const counts = new Map<string, number>();
    for (const tie of scene.ties)
        if (!tie.barred)
            for (const facet of new Set(facetsOf(tie, id => byId.get(id))))
                counts.set(facet, (counts.get(facet) ?? 0) + 1);
    for (const facet of state.off)
        if (!counts.has(facet))
            counts.set(facet, 0);
    const box = (facet: string): HTMLElement => {
        const input = h("input", { type: "checkbox", checked: !state.off.includes(facet), "data-facet": facet });
        input.addEventListener("change", () => change(input.checked ? state.off.filter(f => f !== facet) : [...state.off, facet]));
        return h("label", { class: "check" }, input, ` ${FACETS[facet] ?? facet.slice(facet.indexOf(":") + 1)} (${counts.get(facet) ?? 0})`);
    };
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["facet"] : undefined;
    fill(place, GROUPS.map(([prefix, title]) => {
        const facets = [...counts.keys()].filter(f => f.startsWith(prefix)).sort();
        return facets.length === 0 ? null : h("fieldset", {}, h("legend", {}, title), facets.map(box));
    }), state.off.length > 0 ? button("All lines again", () => change([]), { class: "quiet" }) : null);
    if (focused)
        [...place.querySelectorAll<HTMLElement>("[data-facet]")].find(e => e.dataset["facet"] === focused)?.focus();
}

/* ---- legend: the rows that the program gave, each with what it looks like here ---- */

function shapeMark(name: string): SVGElement {
    const p = palette(), shape = SHAPES[name], fillColour = p.fills[name] ?? p.paper;
    if (!shape?.points)
        return s("ellipse", { cx: 20, cy: 12, rx: 17, ry: 10, fill: fillColour, stroke: p.ink });
    return s("polygon", { points: shape.points.map((v, i) => i % 2 === 0 ? 20 + v * 16 : 12 + v * 10).join(" "), fill: fillColour, stroke: p.ink });
}

function lineMark(attributes: Record<string, string | number>): SVGElement {
    return s("line", { x1: 2, y1: 12, x2: 38, y2: 12, stroke: palette().ink, "stroke-width": 1.5, ...attributes });
}

/** What a row of the legend stands for, by the name of the style's rule. */
function markOf(mark: string, which: string): SVGElement[] {
    const p = palette(), rule = mark === "group" ? "group-frame" : which;
    switch (rule) {
    case "focus": return [s("ellipse", { cx: 20, cy: 12, rx: 16, ry: 9, fill: "none", stroke: p.ink, "stroke-width": 3 })];
    case "emphasis": return [s("rect", { x: 4, y: 3, width: 32, height: 18, fill: "none", stroke: p.ink }), s("rect", { x: 7, y: 6, width: 26, height: 12, fill: "none", stroke: p.ink })];
    case "group-frame": return [s("rect", { x: 3, y: 3, width: 34, height: 18, rx: 6, fill: p.frame, stroke: p.frameLine })];
    case "solid": return [lineMark({})];
    case "dashed": return [lineMark({ "stroke-dasharray": "8 5" })];
    case "dotted": case "contested": return [lineMark({ "stroke-dasharray": "1 5", "stroke-linecap": "round", "stroke-width": 2 })];
    case "inferred": return [lineMark({ "stroke-dasharray": "1 5", "stroke-linecap": "round", stroke: p.faint })];
    case "arrow": return [lineMark({ x2: 30 }), s("polygon", { points: "30,8 38,12 30,16", fill: p.ink })];
    case "risk": return [lineMark({ stroke: p.risk, "stroke-width": 3 })];
    case "protective": return [lineMark({ stroke: p.good, y1: 10, y2: 10 }), lineMark({ stroke: p.good, y1: 14, y2: 14 })];
    case "barred": return [lineMark({ stroke: p.barred }), lineMark({ stroke: p.barred, x1: 4, x2: 4, y1: 4, y2: 20, "stroke-width": 3 }), lineMark({ stroke: p.barred, x1: 36, x2: 36, y1: 4, y2: 20, "stroke-width": 3 })];
    default: return mark === "node" ? [shapeMark(rule)] : [];
    }
}

export function showLegend(place: HTMLElement, scene: Scene, numbers: boolean): void {
    fill(place, h("ul", { class: "legend" }, scene.legend.filter(row => row.mark !== "number").map(row => h("li", {},
        row.mark === "term" ? h("span", { class: "term" }, row.which ?? "") : s("svg", { viewBox: "0 0 40 24", "aria-hidden": "true" }, ...markOf(row.mark, row.which ?? "")),
        h("span", {}, row.text))), numbers ? h("li", {}, h("span", { class: "term" }, "12"), h("span", {}, "no room for a label: its number in the table")) : null));
}

/* ---- the table ---- */

export function tableOfShown(scene: Scene, shown: Shown, names: ReadonlyMap<string, string>, choose: (id: string) => void): HTMLElement {
    const clusters = new Map(scene.clusters.map(c => [c.id, c.label]));
    const called = new Map(shown.nodes.map(n => [n.id, names.get(recordOf(n)) ?? nameOf(n)]));
    const rows: Row[] = [
        ...shown.nodes.map(n => ({ id: n.id, number: null, what: n.class.replace("_", " "), from: called.get(n.id) ?? "", to: "", line: "", record: n.record ?? "",
            says: [...n.label.split("\n").slice(1), ...(n.badges ?? "").split("\n"), n.emphasis ?? "", n.cluster ? clusters.get(n.cluster) ?? "" : "", (shown.beyond.get(n.id) ?? 0) > 0 ? `${beyondWords(shown.beyond.get(n.id) ?? 0)} not shown` : ""].filter(Boolean).join("; "), basis: "" })),
        ...shown.ties.map(t => ({ id: `t${t.number}`, number: t.number, what: t.barred ? "condition" : t.inferred ? "inferred tie" : "tie", from: called.get(t.from) ?? "", to: called.get(t.to) ?? "",
            line: t.barred ? "barred" : t.line, record: "", says: [t.label ?? "", toneOf(t) === "neutral" ? "" : toneOf(t), t.change ?? ""].filter(Boolean).join("; "), basis: t.basis ?? "" }))];
    return tableOf(rows, [{ key: "number" }, { key: "what" }, { key: "from", show: (v, row) => button(String(v), () => choose(String(row["id"])), { class: "link" }) }, { key: "to" }, { key: "line" }, { key: "says" }, { key: "basis", title: "rests on" },
        { key: "record", show: v => v ? recordLink(String(v)) : "" }], { caption: "The same as a table", sortable: true, empty: "Nothing is recorded here in the window." });
}
