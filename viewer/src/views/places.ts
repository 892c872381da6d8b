// SPDX-License-Identifier: GPL-3.0-or-later
// places.ts: places by the children harmed there, on a map, through the week, and why.
import { ask, type Row, type Table } from "../api";
import { field, fill, h, s } from "../dom";
import { nameOf, type SceneNode } from "../network/scene";
import { go, writePlace } from "../settings";
import { answerOf, notesOf, number, recordLink, tableOf, type Column } from "../table";
import type { View } from "../view";
import { show } from "../work";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MAPPED = 60; // places on the map picture

function weekLink(value: Row[string], row: Row): HTMLElement {
    const id = String(row["location_id"]);
    return h("a", { href: writePlace("places", { id }) }, value === null || value === "" ? id : String(value));
}

const columns: Column[] = [
    { key: "rank" }, { key: "name", title: "place", show: weekLink }, { key: "children" }, { key: "events" },
    { key: "rank_low", title: "rank lies in", show: (value, row) => value === null ? "" : [number(Number(value)), " to ", number(Number(row["rank_high"]))] },
    { key: "change" }, { key: "kinds" }, { key: "times", title: "when" }, { key: "protective", title: "what protects" }, { key: "displacement" },
    { key: "q_value", title: "q" }, { key: "age_unknown", title: "of unknown age" }, { key: "missing" }, { key: "agencies" },
    { key: "location_id", title: "id", show: value => recordLink(String(value)) },
];

/* ---- the map picture: where the ranked places lie, by their coordinates; no home is on it ---- */

interface Placed extends SceneNode { latitude?: number; longitude?: number }

interface Point { id: string; name: string; lon: number; lat: number }
interface Box { x: number; y: number; width: number; height: number }

const WIDE = 920, HIGH = 440, LETTER = 8.2; // of the drawing; the width of a letter of its labels, about
const LARGEST = 20;                         // a circle, in steps of the drawing
const METRES = 111_195;                     // of a degree of latitude

function meet(a: Box, b: Box): boolean {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

interface Mark extends Box { cx: number; cy: number; r: number }

const HEIGHT = 17; // of a label

function isFree(box: Box, taken: readonly Box[], but?: Box): boolean {
    return box.x >= 0 && box.x + box.width <= WIDE && box.y >= 0 && box.y + box.height <= HIGH + 20 && taken.every(t => t === but || !meet(t, box));
}

/* Beside its circle, where it covers no other. */
function labelOf(text: string, { cx, cy, r }: Mark, taken: Box[]): SVGElement | null {
    const width = text.length * LETTER, near = r * 0.7 + 4;
    const places = [[1, r + 4, 0], [-1, r + 4, 0], [0, 0, r + 11], [0, 0, -r - 11], [1, near, near + 4], [-1, near, near + 4], [1, near, -near - 4], [-1, near, -near - 4]] as const;
    for (const [side, out, down] of places) {
        const x = cx + side * out, box = { x: x - width * (1 - side) / 2, y: cy + down - HEIGHT / 2, width, height: HEIGHT };
        if (isFree(box, taken)) {
            taken.push(box);
            return s("text", { x, y: cy + down + 5, "text-anchor": side > 0 ? "start" : side < 0 ? "end" : "middle" }, text);
        }
    }
    return null;
}

const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1]] as const, ROUNDS = 6;

/* Where its label has no room: the number of its rank, on its circle if no other lies there, else further and further out, with a line to it among `lines`. */
function rankOf(text: string, mark: Mark, taken: Box[], lines: SVGElement[]): SVGElement | null {
    const width = text.length * LETTER + 8;
    for (let round = 0; round <= ROUNDS; round++)
        for (const [across, down] of round === 0 ? [[0, 0]] as const : SIDES) {
            const out = round === 0 ? 0 : mark.r + 14 * round - 10, x = mark.cx + across * (out + width / 2), y = mark.cy + down * (out + HEIGHT / 2);
            const box = { x: x - width / 2, y: y - HEIGHT / 2, width, height: HEIGHT };
            if (!isFree(box, taken, round === 0 ? mark : undefined) && !(round === ROUNDS && across < 0 && down < 0)) // the last place, free or not
                continue;
            taken.push(box);
            if (round > 1)
                lines.push(s("line", { x1: mark.cx, y1: mark.cy, x2: x - across * width / 2, y2: y - down * HEIGHT / 2, class: "leader" }));
            return s("text", { x, y: y + 5, "text-anchor": "middle", class: "rank" }, text);
        }
    return null;
}

function mapOf(nodes: Placed[], rows: readonly Row[]): SVGElement | HTMLElement {
    const points: Point[] = nodes.flatMap(n => n.latitude !== undefined && n.longitude !== undefined ? [{ id: n.record ?? "", name: nameOf(n), lon: n.longitude, lat: n.latitude }] : []);
    if (points.length === 0)
        return h("p", { class: "empty" }, "None of these places has coordinates in view.");
    const lat = points.map(p => p.lat), lon = points.map(p => p.lon);
    const south = Math.min(...lat), west = Math.min(...lon), shrink = Math.cos(south * Math.PI / 180);
    const across = Math.max((Math.max(...lon) - west) * shrink, 0.001), along = Math.max(Math.max(...lat) - south, 0.001);
    const scale = Math.min((WIDE - 260) / across, (HIGH - 60) / along), left = (WIDE - across * scale) / 2 - 40;
    const most = Math.max(1, ...rows.map(r => Number(r["children"] ?? 0))), grow = Math.min(2.2, LARGEST / Math.sqrt(most));
    const placed = points.map(p => {
        const row = rows.find(r => p.id ? r["location_id"] === p.id : r["name"] === p.name), children = Number(row?.["children"] ?? 0);
        return { row, children, rank: Number(row?.["rank"] ?? 99), name: p.name || p.id, r: 3 + grow * Math.sqrt(children),
            x: left + (p.lon - west) * shrink * scale, y: 30 + (along - (p.lat - south)) * scale };
    }).sort((a, b) => a.rank - b.rank);
    const marks: Mark[] = placed.map(({ x, y, r }) => ({ cx: x, cy: y, r, x: x - r, y: y - r, width: 2 * r, height: 2 * r })), taken: Box[] = [...marks];
    const circles = placed.map(({ row, children, rank, name, x, y, r }) =>
        s("circle", { cx: x, cy: y, r, class: `place is-${String(row?.["change"] ?? "")}` }, s("title", {}, `${rank < 99 ? `${rank}. ` : ""}${name}: ${children} children, ${String(row?.["change"] ?? "")}`)));
    const lines: SVGElement[] = [], words = placed.map(({ children, rank, name }, i) => {
        const mark = marks[i], label = mark ? labelOf(`${rank < 99 ? `${rank}. ` : ""}${name} (${children})`, mark, taken) : null;
        return label ?? (mark && children > 0 ? rankOf(String(rank), mark, taken, lines) : null);
    });
    const metres = 1000 / METRES * scale;
    return s("svg", { viewBox: `0 0 ${WIDE} ${HIGH + 50}`, class: "places-map", role: "img", "aria-label": `Map of ${points.length} places; the table says the same` },
        circles, lines, words, s("line", { x1: 20, y1: HIGH + 34, x2: 20 + metres, y2: HIGH + 34, class: "scale" }),
        s("text", { x: 28 + metres, y: HIGH + 39 }, "1 km; north is up; the larger the circle, the more children"));
}

function drawMap(place: HTMLElement, rows: readonly Row[]): void {
    const ids = rows.filter(r => r["section"] === "public").slice(0, MAPPED).map(r => String(r["location_id"]));
    if (ids.length === 0)
        return;
    const details = h("details", { open: true }, h("summary", {}, `Map of the first ${ids.length} public places`), h("div"));
    fill(place, details);
    void show(details.lastElementChild as HTMLElement, "Drawing the map", (signal, job) => ask<{ nodes: Placed[] }>("map", { ids: ids.join(","), hops: 0, no_groups: true }, signal, job),
        answer => fill(details.lastElementChild as HTMLElement, mapOf(answer.nodes, rows)));
}

/* For an audience that is given no small counts: by ids, with classes, and no map, which is drawn to the counts. */
function drawClasses(place: HTMLElement, answer: Table): void {
    const known = columns.filter(c => ["name", "children", "events", "change", "location_id"].includes(c.key));
    fill(place, h("p", { class: "hint" }, `${answer.facts["compared"] ?? ""}. Counts ${answer.facts["counts"] ?? ""}.`),
        ([["public", "Public places"], ["service", "Service places: where help is given, harm is recorded"], ["home", "Homes: an id only"]] as const).map(([section, caption]) =>
            tableOf(answer.rows.filter(r => r["section"] === section), known.map(c => c.key === "name" ? { key: "name", title: "place" } : c), { caption })),
        notesOf(answer.notes));
}

function drawList(place: HTMLElement, answer: Table): void {
    if (answer.facts["counts"] !== undefined) {
        drawClasses(place, answer);
        return;
    }
    const of = (section: string): Row[] => answer.rows.filter(r => r["section"] === section);
    const map = h("div");
    fill(place, h("p", { class: "hint" }, `${answer.facts["compared"] ?? ""}. Ranked by different children; a rank lies somewhere in its interval.`),
        map, tableOf(of("public"), columns, { caption: "Public places", sortable: true, rowClass: r => `is-${String(r["change"])}` }),
        tableOf(of("service"), columns.filter(c => !c.key.startsWith("rank")), { caption: "Service places, not ranked: where help is given, harm is recorded", sortable: true }),
        tableOf(of("home").filter(r => Number(r["events"]) > 0), columns.filter(c => ["name", "children", "events", "change"].includes(c.key)), { caption: "Homes, not ranked: an id only", sortable: true }),
        notesOf(answer.notes));
    drawMap(map, answer.rows);
}

/* ---- one place: its hours, and what its rank goes by ---- */

function grid(rows: readonly Row[]): HTMLElement {
    const count = new Map(rows.map(r => [`${r["day"]}-${r["hour"]}`, Number(r["events"])]));
    const most = Math.max(1, ...count.values());
    const timeless = rows.filter(r => r["day"] === null || r["hour"] === null).reduce((n, r) => n + Number(r["events"]), 0);
    return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Events by day and hour" },
        h("table", { class: "week" }, h("caption", {}, "Events by day and hour"),
            h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "day"), Array.from({ length: 24 }, (_, hour) => h("th", { scope: "col" }, String(hour))))),
            h("tbody", {}, DAYS.map((day, d) => h("tr", {}, h("th", { scope: "row" }, day), Array.from({ length: 24 }, (_, hour) => {
                const n = count.get(`${d + 1}-${hour}`) ?? 0;
                return h("td", { class: `heat-${Math.ceil(n / most * 4)}` }, n > 0 ? String(n) : "");
            }))))), h("p", {}, `${timeless} without a time of day.`));
}

function onePlace(main: HTMLElement, id: string): void {
    const week = h("div"), why = h("div");
    main.append(h("h2", {}, "Place ", recordLink(id)), h("p", { class: "buttons" },
        h("a", { class: "button", href: writePlace("network", { ids: id, hops: "1" }) }, "Picture"), " ", h("a", { class: "button quiet", href: writePlace("contexts", { ids: id }) }, "Contexts"), " ",
        h("a", { class: "button quiet", href: writePlace("places") }, "All places")), week, why);
    void show(week, "Reading its hours", (signal, job) => ask("place-week", { id }, signal, job), answer => fill(week, grid(answer.rows), notesOf(answer.notes)));
    void show(why, "Taking its rank apart", (signal, job) => ask("place", { id }, signal, job), answer => fill(why, answerOf(answer, "The children and events that its rank goes by")));
}

export const places: View = {
    id: "places", title: "Places", listed: true, needs: "hotspots",
    show(main, parameters) {
        const id = parameters.get("id");
        if (id) {
            onePlace(main, id);
            return;
        }
        const kinds = h("input", { name: "kinds", value: parameters.get("kinds") ?? "", placeholder: "every kind of harm or risk" });
        const form = h("form", { class: "ask" }, field("Only these kinds", kinds, "with commas between"), h("button", { type: "submit" }, "Show"));
        form.addEventListener("submit", event => { event.preventDefault(); go("places", kinds.value ? { kinds: kinds.value } : {}); });
        const place = h("div");
        main.append(h("p", { class: "hint" }, "The figures are about places: no child may be ranked, scored or sanctioned by them."), form, place);
        void show(place, "Ranking places", (signal, job) => ask("hotspots", { kinds: parameters.get("kinds") ?? undefined }, signal, job), answer => drawList(place, answer));
    },
};
