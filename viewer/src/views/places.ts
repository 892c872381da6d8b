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

function mapOf(nodes: Placed[], rows: readonly Row[]): SVGElement | HTMLElement {
    const points = nodes.flatMap(n => n.latitude !== undefined && n.longitude !== undefined ? [{ id: n.record ?? "", name: nameOf(n), lon: n.longitude, lat: n.latitude }] : []);
    if (points.length === 0)
        return h("p", { class: "empty" }, "None of these places has coordinates in view.");
    const lat = points.map(p => p.lat), lon = points.map(p => p.lon);
    const south = Math.min(...lat), west = Math.min(...lon), shrink = Math.cos(south * Math.PI / 180);
    const scale = 640 / Math.max((Math.max(...lon) - west) * shrink, Math.max(...lat) - south, 0.001);
    const height = (Math.max(...lat) - south) * scale, width = (Math.max(...lon) - west) * shrink * scale;
    const marks = points.map(p => {
        const row = rows.find(r => p.id ? r["location_id"] === p.id : r["name"] === p.name);
        const x = 40 + (p.lon - west) * shrink * scale, y = 30 + height - (p.lat - south) * scale;
        const children = Number(row?.["children"] ?? 0);
        const words = `${row?.["rank"] !== null && row?.["rank"] !== undefined ? `${row["rank"]}. ` : ""}${p.name || p.id}`;
        return s("g", {}, s("title", {}, `${words}: ${children} children, ${String(row?.["change"] ?? "")}`),
            s("circle", { cx: x, cy: y, r: 3 + 2.2 * Math.sqrt(children), class: `place is-${String(row?.["change"] ?? "")}` }),
            Number(row?.["rank"] ?? 99) <= 12 ? s("text", { x: x + 6 + 2.2 * Math.sqrt(children), y: y + 4 }, `${words} (${children})`) : null);
    });
    const metres = 1000 / 111_195 * scale;
    return s("svg", { viewBox: `0 0 ${Math.max(width, 300) + 280} ${height + 90}`, class: "places-map", role: "img", "aria-label": `Map of ${points.length} places; the table says the same` },
        marks, s("line", { x1: 40, y1: height + 72, x2: 40 + metres, y2: height + 72, class: "scale" }), s("text", { x: 48 + metres, y: height + 76 }, "1 km; north is up; the larger the circle, the more children"));
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

function drawList(place: HTMLElement, answer: Table): void {
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
