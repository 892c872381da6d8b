// SPDX-License-Identifier: GPL-3.0-or-later
// picture.ts: what is shown, drawn by cytoscape.js; things keep their place from one drawing to
// the next, by whose they are.
import cytoscape, { type Core, type EdgeSingular, type ElementDefinition, type NodeSingular, type SingularElementReturnValue } from "cytoscape";
import { layOut, type Body } from "./layout";
import { BEND, FONT, NODE_LETTERS, TIE_LETTERS, nodeText, SHAPES, styleOf } from "./look";
import type { Scene, SceneNode, SceneTie } from "./scene";
import { nameOf, recordOf, toneOf } from "./scene";
import { sketch, type Stroke, type Thing } from "./sketch";
import type { Shown } from "./state";

export interface Chosen {
    node: SceneNode | null;
    tie: SceneTie | null;
}

const LABELLED = 200; // with more lines than this nothing stands on them but on the chosen one
const PLAIN = 700;    // with more elements, less is drawn while it moves
const MARGIN = 24, LARGEST = 1.4; // of a picture that is fitted

/* What cytoscape.js has besides, and its types do not say. */
interface Renderer {
    textureOnViewport: boolean;
    redrawHint: (layer: string, anew: boolean) => void;
    redraw: () => void;
}

let pen: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>(); // of lines of text that were measured: most are said of many

function widthOf(line: string): number {
    let width = widths.get(line);
    if (width === undefined) {
        pen ??= document.createElement("canvas").getContext("2d");
        if (!pen)
            return 0;
        pen.font = `${NODE_LETTERS}px ${FONT}`;
        width = pen.measureText(line).width;
        widths.set(line, width);
    }
    return width;
}

function sizeOf(text: string, className: string): { width: number; height: number } {
    const lines = text.split("\n"), shape = SHAPES[className] ?? SHAPES["object"];
    const width = Math.max(20, ...lines.map(widthOf));
    return { width: Math.ceil((width + 10) * (shape?.wide ?? 1.2)), height: Math.ceil((lines.length * NODE_LETTERS * 1.14 + 8) * (shape?.high ?? 1.2)) };
}

interface Box {
    x: number;
    y: number;
    width: number;
    height: number;
}

function boxed(node: NodeSingular): Box {
    return { ...node.position(), width: Number(node.data("width")), height: Number(node.data("height")) };
}

/* What these things cover, by the places and sizes that they were given. */
function boxOf(boxes: readonly Box[]): { x1: number; x2: number; y1: number; y2: number } {
    const all = { x1: Infinity, x2: -Infinity, y1: Infinity, y2: -Infinity };
    for (const { x, y, width, height } of boxes) {
        all.x1 = Math.min(all.x1, x - width / 2);
        all.x2 = Math.max(all.x2, x + width / 2);
        all.y1 = Math.min(all.y1, y - height / 2);
        all.y2 = Math.max(all.y2, y + height / 2);
    }
    return all;
}

function textSize(text: string): { width: number; height: number } {
    pen ??= document.createElement("canvas").getContext("2d");
    if (!pen)
        return { width: 0, height: 0 };
    pen.font = `${TIE_LETTERS}px ${FONT}`;
    const width = pen.measureText(text).width + 4;
    return { width: Math.min(width, 170), height: Math.ceil(width / 170) * TIE_LETTERS * 1.2 };
}

function tieText(tie: SceneTie): string {
    return `${toneOf(tie) === "protective" ? "+ " : ""}${tie.label ?? ""}`;
}

interface Made extends Thing {
    id: string;
    key: string;
    record: string;
}

/* The lines, by their ends; several between the same two are drawn side by side, in the order of the scene.
   One that is alone is straight, and needs no looking for others. */
function strokesOf(ties: readonly SceneTie[], index: ReadonlyMap<string, number>): Stroke[] {
    const pair = (t: SceneTie): string => t.from < t.to ? `${t.from} ${t.to}` : `${t.to} ${t.from}`;
    const between = new Map<string, number>(), seen = new Map<string, number>();
    for (const tie of ties)
        between.set(pair(tie), (between.get(pair(tie)) ?? 0) + 1);
    return ties.map(tie => {
        const count = between.get(pair(tie)) ?? 1, nth = seen.get(pair(tie)) ?? 0;
        seen.set(pair(tie), nth + 1);
        return { from: index.get(tie.from) ?? -1, to: index.get(tie.to) ?? -1, bend: (0.5 - count / 2 + nth) * BEND, alone: count === 1, line: tie.line, tone: toneOf(tie),
            inferred: tie.inferred === true && tie.barred !== true, arrow: tie.arrow === true, barred: tie.barred === true, change: tie.change ?? "" };
    });
}

export class Picture {
    readonly cy: Core;
    private readonly places = new Map<string, { x: number; y: number }>();
    private nodes = new Map<string, SceneNode>();
    private ties = new Map<string, SceneTie>();
    private of = "";
    private rough = false; // the one on the screen is a first picture
    private fitted = { zoom: 0, x: 0, y: 0 };
    private loose = new Set<string>(); // what a first picture laid out: the whole one may give it more room
    private readonly picked = new Set<string>(); // ids of what is chosen, the last one last

    constructor(private readonly container: HTMLElement, chosen: (chosen: Chosen) => void, moved: (records: string[]) => void) {
        this.cy = cytoscape({
            container, style: styleOf(), layout: { name: "preset" }, minZoom: 0.05, maxZoom: 4, boxSelectionEnabled: true,
            textureOnViewport: false, pixelRatio: Math.min(2, window.devicePixelRatio || 1),
        });
        this.cy.on("select unselect", "edge", event => { const edge = event.target as EdgeSingular; edge.data("text", edge.selected() ? this.fullText(edge) : edge.data("short") as string); });
        this.cy.on("select", event => { this.picked.add((event.target as SingularElementReturnValue).id()); });
        this.cy.on("unselect", event => { this.picked.delete((event.target as SingularElementReturnValue).id()); });
        this.cy.on("select unselect", () => chosen(this.chosen()));
        this.cy.on("tap", event => { if (event.target === this.cy) this.clear(); });
        this.cy.on("dragfree", "node", event => {
            const node = event.target as NodeSingular;
            this.keep(node);
            this.loose.delete(String(node.data("record")));
            this.frames();
            this.label();
            moved([String(node.data("record"))]);
        });
        this.dragAlone();
        this.cy.on("mouseover", "edge", event => { (event.target as EdgeSingular).data("text", this.fullText(event.target as EdgeSingular)); });
        this.cy.on("mouseout", "edge", event => { const edge = event.target as EdgeSingular; if (!edge.selected()) edge.data("text", edge.data("short") as string); });
    }

    private renderer(): Renderer {
        return (this.cy as unknown as { renderer: () => Renderer }).renderer();
    }

    /* What is dragged has a layer of its own, with its lines; but each of its moves makes the layer of all
       others old, which is then drawn anew: a thousand things for one. While it lasts they stay as they are. */
    private dragAlone(): void {
        const renderer = this.renderer(), hint = renderer.redrawHint.bind(renderer);
        let dragged = false;
        renderer.redrawHint = (layer, anew) => {
            if (layer !== "eles" || !dragged)
                hint(layer, anew);
        };
        this.cy.on("drag", "node", () => { dragged = true; });
        this.cy.on("free", "node", () => {
            dragged = false;
            renderer.redrawHint("eles", true);
            renderer.redraw();
        });
    }

    /* Where there is no room for a label its number stands, as in print: the table has it. */
    private label(): void {
        const lines = this.cy.edges().toArray() as EdgeSingular[];
        this.numbered = lines.length;
        if (lines.length > LABELLED) // only what is chosen has one, which it gets when it is chosen
            return;
        const taken = this.cy.nodes().filter(n => n.data("class") !== "frame").map(n => n.boundingBox({ includeLabels: false, includeOverlays: false }));
        const order = (e: EdgeSingular): number => (e.data("barred") || e.data("tone") === "risk" ? 0 : e.data("arrow") ? 1 : e.data("inferred") ? 4 : e.data("line") === "solid" ? 2 : 3);
        this.numbered = 0;
        this.cy.startBatch();
        for (const edge of lines.sort((a, b) => order(a) - order(b) || (a.id() < b.id() ? -1 : 1))) {
            const full = this.fullText(edge), at = edge.midpoint(), size = textSize(full);
            const box = { x1: at.x - size.width / 2, x2: at.x + size.width / 2, y1: at.y - size.height / 2, y2: at.y + size.height / 2 };
            const free = taken.every(t => t.x1 > box.x2 || t.x2 < box.x1 || t.y1 > box.y2 || t.y2 < box.y1);
            if (free)
                taken.push({ ...box, w: size.width, h: size.height });
            else
                this.numbered++;
            const short = free ? full : edge.id().slice(1);
            edge.data({ short, text: edge.selected() ? full : short });
        }
        this.cy.endBatch();
    }

    /** How many lines have a number in place of their label. */
    numbered = 0;

    private fullText(edge: EdgeSingular): string {
        const tie = this.ties.get(edge.id());
        return tie ? tieText(tie) : "";
    }

    private keep(node: NodeSingular): void {
        const { x, y } = node.position();
        this.places.set(String(node.data("record")), { x, y });
    }

    /** Forgets where things stood: another picture comes, with places of its own. */
    forget(): void {
        this.places.clear();
    }

    place(record: string): { x: number; y: number } | undefined {
        return this.places.get(record);
    }

    private sketched: HTMLCanvasElement | null = null;
    private rest: (() => void) | null = null; // what makes of a sketch a picture

    /**
     * Draws what is shown; `of` says whose picture it is: a new one is fitted, and sketched at once (and fitted again when
     * more of it comes after the first, and has no room, unless somebody moved it meanwhile); finish() makes the
     * rest of it. `first`: another of the same follows, with more said of each.
     */
    draw(scene: Scene, shown: Shown, of: string, names: ReadonlyMap<string, string>, first: boolean): void {
        const follows = this.of === of && this.rough && this.isAsFitted();
        this.rough = first;
        this.nodes = new Map(shown.nodes.map(n => [n.id, n]));
        this.ties = new Map(shown.ties.map(t => [`t${t.number}`, t]));
        const made = shown.nodes.map(n => this.nodeOf(n, shown.beyond.get(n.id) ?? 0, names));
        this.settle(scene, shown, made, first);
        const things = made.map(data => ({ ...data, ...this.places.get(data.record) ?? { x: 0, y: 0 } }));
        const strokes = strokesOf(shown.ties, new Map(shown.nodes.map((n, i) => [n.id, i])));
        this.rest = () => this.fill(scene, shown, things, strokes);
        if (this.of === of) {
            this.finish();
            if (follows && !this.isInSight())
                this.fit();
            return;
        }
        this.of = of;
        this.fitTo(things);
        this.sketched?.remove();
        this.sketched = sketch(this.container, things, strokes, this.cy.zoom(), this.cy.pan());
    }

    /** What was sketched can be walked through, chosen and moved from here on. */
    finish(): void {
        const rest = this.rest;
        this.rest = null;
        rest?.();
    }

    private fill(scene: Scene, shown: Shown, things: readonly Made[], strokes: readonly Stroke[]): void {
        const selected = new Set([...this.picked].map(id => String(this.cy.getElementById(id).data("key"))));
        const nodes: ElementDefinition[] = things.map(({ x, y, ...data }) => ({ group: "nodes", data, position: { x, y } }));
        const edges: ElementDefinition[] = shown.ties.map((t, i) => ({ group: "edges", data: { ...strokes[i], id: `t${t.number}`, key: `${t.from}|${t.to}|${t.label ?? ""}`, source: t.from, target: t.to, text: "", short: "" } }));
        this.picked.clear();
        this.cy.startBatch();
        this.cy.elements().remove();
        this.cy.add([...nodes, ...edges]);
        this.cy.endBatch();
        if (selected.size > 0)
            this.cy.elements().filter(e => selected.has(String(e.data("key")))).select();
        this.clusters(scene, shown);
        this.label();
        this.renderer().textureOnViewport = nodes.length + edges.length > PLAIN;
        const sketched = this.sketched;
        if (sketched)
            this.cy.one("render", () => sketched.remove());
        this.sketched = null;
    }

    private nodeOf(node: SceneNode, beyond: number, names: ReadonlyMap<string, string>): Omit<Made, "x" | "y"> {
        const record = recordOf(node), name = names.get(record);
        const label = name !== undefined ? [name, ...node.label.split("\n").slice(1)].join("\n") : node.label;
        const text = nodeText({ ...node, label, beyond });
        return { id: node.id, key: record, record, class: node.class, text, focus: node.focus === true, emphasis: Boolean(node.emphasis), pinned: node.pinned === true, ...sizeOf(text, node.class) };
    }

    /* Places: as last seen here, else as kept in the hub, else laid out. */
    private settle(scene: Scene, shown: Shown, made: readonly Omit<Made, "x" | "y">[], first: boolean): void {
        const known = this.places.size > 0;
        for (const n of shown.nodes) {
            const record = recordOf(n);
            if (!this.places.has(record) && n.x !== undefined && n.y !== undefined && (!known || n.pinned))
                this.places.set(record, { x: n.x, y: -n.y });
        }
        const index = new Map(shown.nodes.map((n, i) => [n.id, i]));
        const bodies: Body[] = shown.nodes.map((n, i) => {
            const at = this.places.get(recordOf(n)), { width = 0, height = 0 } = made[i] ?? {};
            return { id: n.id, width, height, x: at?.x ?? 0, y: at?.y ?? 0, fixed: at !== undefined && !this.loose.has(recordOf(n)), placed: at !== undefined };
        });
        const springs = shown.ties.filter(t => !t.barred).flatMap(t => {
            const a = index.get(t.from), b = index.get(t.to);
            return a !== undefined && b !== undefined ? [{ a, b }] : [];
        });
        for (const { id } of scene.clusters) { // a peer group stands together
            const inside = shown.nodes.flatMap((n, i) => n.cluster === id ? [i] : []);
            springs.push(...inside.flatMap((a, i) => inside.slice(i + 1, i + 4).map(b => ({ a, b }))));
        }
        this.loose = new Set(first ? shown.nodes.filter((_, i) => !bodies[i]?.fixed).map(recordOf) : []);
        layOut(bodies, springs);
        shown.nodes.forEach((n, i) => { const b = bodies[i]; if (b) this.places.set(recordOf(n), { x: b.x, y: b.y }); });
    }

    private members = new Map<string, string[]>();

    /* A frame round a peer group, unless it would hold others too: then its label stands on the members. */
    private clusters(scene: Scene, shown: Shown): void {
        this.members = new Map(scene.clusters.map(c => [c.label, shown.nodes.filter(n => n.cluster === c.id).map(n => n.id)]));
        this.frames();
    }

    private framed: string[] = []; // ids of the frames that are drawn

    private frames(): void {
        for (const id of this.framed.splice(0))
            this.cy.getElementById(id).remove();
        const all = this.members.size > 0 ? this.cy.nodes().toArray() as NodeSingular[] : [];
        for (const [label, ids] of this.members) {
            const inside = all.filter(n => ids.includes(n.id())), box = boxOf(inside.map(boxed));
            if (inside.length < 2)
                continue;
            const isOther = (n: NodeSingular): boolean => { const { x, y } = n.position(); return !ids.includes(n.id()) && x > box.x1 - 20 && x < box.x2 + 20 && y > box.y1 - 20 && y < box.y2 + 20; };
            if (all.some(isOther))
                continue;
            this.framed.push(`frame-${label}`);
            this.cy.add({ group: "nodes", data: { id: `frame-${label}`, key: `frame-${label}`, class: "frame", text: label, width: box.x2 - box.x1 + 36, height: box.y2 - box.y1 + 36, record: "" },
                position: { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }, selectable: false, grabbable: false });
        }
    }

    chosen(): Chosen {
        const id = [...this.picked].at(-1) ?? "";
        return { node: this.nodes.get(id) ?? null, tie: this.ties.get(id) ?? null };
    }

    choose(id: string): void {
        this.finish();
        this.cy.$(":selected").unselect();
        const element = this.cy.getElementById(id);
        element.select();
    }

    clear(): void {
        this.cy.elements().unselect();
        this.cy.elements().removeClass("route dim");
    }

    fit(): void {
        this.finish();
        this.fitTo(this.cy.nodes().map(boxed));
    }

    /** What is chosen, with what it is tied to; all of it when nothing is. */
    fitChosen(): void {
        this.finish();
        const chosen = this.cy.$(":selected"), near = chosen.closedNeighborhood().union(chosen.connectedNodes()).nodes();
        this.fitTo((chosen.empty() ? this.cy.nodes() : near).map(boxed));
    }

    /* By the places and sizes that are known: cytoscape.js would work out every line and label first, and again when it draws. */
    private fitTo(boxes: readonly Box[]): void {
        this.cy.resize();
        if (boxes.length === 0)
            return;
        const box = boxOf(boxes), wide = this.cy.width(), high = this.cy.height();
        const zoom = Math.min((wide - 2 * MARGIN) / (box.x2 - box.x1), (high - 2 * MARGIN) / (box.y2 - box.y1), LARGEST);
        const level = Math.max(zoom, this.cy.minZoom());
        this.cy.viewport({ zoom: level, pan: { x: (wide - level * (box.x1 + box.x2)) / 2, y: (high - level * (box.y1 + box.y2)) / 2 } });
        this.fitted = { zoom: this.cy.zoom(), ...this.cy.pan() };
    }

    /* Nobody moved or zoomed it since. */
    private isAsFitted(): boolean {
        const { x, y } = this.cy.pan();
        return this.fitted.zoom === this.cy.zoom() && this.fitted.x === x && this.fitted.y === y;
    }

    private isInSight(): boolean {
        const box = boxOf(this.cy.nodes().map(boxed)), zoom = this.cy.zoom(), { x, y } = this.cy.pan();
        return box.x1 * zoom + x >= 0 && box.y1 * zoom + y >= 0 && box.x2 * zoom + x <= this.cy.width() && box.y2 * zoom + y <= this.cy.height();
    }

    zoom(factor: number): void {
        this.finish();
        this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
    }

    look(): void {
        this.finish();
        this.cy.style(styleOf());
    }

    /** The things of a route, and the lines between them; the rest steps back. */
    route(records: readonly string[]): number {
        this.finish();
        this.clear();
        const on = this.cy.nodes().filter(n => records.includes(String(n.data("record"))));
        const lines = on.edgesWith(on).filter(e => {
            const a = records.indexOf(String(e.source().data("record"))), b = records.indexOf(String(e.target().data("record")));
            return Math.abs(a - b) === 1;
        });
        this.cy.elements().addClass("dim");
        on.union(lines).removeClass("dim").addClass("route");
        return on.length;
    }

    /** The next thing in a direction, as seen from the chosen one. */
    step(direction: "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown"): SceneNode | null {
        this.finish();
        const nodes = this.cy.nodes().filter(n => n.data("class") !== "frame");
        const from = this.cy.$("node:selected")[0] ?? null;
        if (!from) {
            const first = nodes.filter(n => n.data("focus") === true)[0] ?? nodes[0];
            if (first)
                this.choose(first.id());
            return this.chosen().node;
        }
        const a = (from as NodeSingular).position();
        let best: { id: string; cost: number } | null = null;
        nodes.forEach(n => {
            const b = n.position(), dx = b.x - a.x, dy = b.y - a.y;
            const along = direction === "ArrowLeft" ? -dx : direction === "ArrowRight" ? dx : direction === "ArrowUp" ? -dy : dy;
            const across = direction === "ArrowLeft" || direction === "ArrowRight" ? Math.abs(dy) : Math.abs(dx);
            const cost = along + across * 2;
            if (n.id() !== from.id() && along > 1 && (!best || cost < best.cost))
                best = { id: n.id(), cost };
        });
        if (best) {
            this.choose((best as { id: string }).id);
            this.show((best as { id: string }).id);
        }
        return this.chosen().node;
    }

    /* Moves what is chosen into sight. */
    private show(id: string): void {
        const at = this.cy.getElementById(id).renderedPosition();
        if (at.x < 30 || at.y < 30 || at.x > this.cy.width() - 30 || at.y > this.cy.height() - 30)
            this.cy.center(this.cy.getElementById(id));
    }

    neighbours(id: string): { tie: SceneTie; other: SceneNode }[] {
        return [...this.ties.values()].flatMap(tie => {
            const other = tie.from === id ? this.nodes.get(tie.to) : tie.to === id ? this.nodes.get(tie.from) : undefined;
            return other ? [{ tie, other }] : [];
        });
    }

    end(id: string): SceneNode | undefined {
        return this.nodes.get(id);
    }

    /** Where everything shown stands, y upwards as the program has it. */
    positions(): Record<string, [number, number]> {
        this.finish();
        const all: Record<string, [number, number]> = {};
        this.cy.nodes().forEach(n => {
            if (n.data("class") !== "frame")
                all[String(n.data("record"))] = [Math.round(n.position("x") * 100) / 100, Math.round(-n.position("y") * 100) / 100];
        });
        return all;
    }

    summary(): string {
        const counts = new Map<string, number>();
        for (const n of this.nodes.values())
            counts.set(n.class.replace("_", " "), (counts.get(n.class.replace("_", " ")) ?? 0) + 1);
        return `${[...counts].map(([c, n]) => `${n} ${c}`).join(", ")}; ${this.ties.size} lines. Arrow keys walk through it; T goes to the table that says the same.`;
    }

    focusNames(): string {
        return [...this.nodes.values()].filter(n => n.focus).map(nameOf).join(", ");
    }

    destroy(): void {
        this.cy.destroy();
    }
}

/** Lays out and sketches what nobody sees, so that what does it is compiled, and its font found, before somebody waits for it. */
export function warm(): void {
    const place = document.createElement("div"), round = Array.from({ length: 60 }, (_, i) => i);
    const bodies = round.map(i => ({ id: String(i), width: 80 + i, height: 50, x: 0, y: 0, fixed: false }));
    layOut(bodies, round.map(i => ({ a: i, b: i * 7 % 60 })));
    sizeOf("A B", "child");
    const looks = { line: "dotted", tone: "neutral", inferred: false, barred: false, change: "" } as const;
    sketch(place, bodies.map((b, i) => ({ ...b, class: i % 2 ? "adult" : "child", text: "A B", focus: false, emphasis: false, pinned: false })),
        round.map(i => ({ ...looks, from: i, to: i * 7 % 60, alone: i % 2 === 0, bend: 18, arrow: i % 9 === 0 })), 1, { x: 0, y: 0 });
}
