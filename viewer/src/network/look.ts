// SPDX-License-Identifier: GPL-3.0-or-later
// look.ts: the grammar of the printed pictures, in cytoscape.js's words: a class is a shape, a
// line's dashes say how sure it is, a risk is thick, what protects is double, a condition is barred
// at both ends. Colours only repeat it.
import type { StylesheetJson } from "cytoscape";
import type { Line, Tone } from "./scene";

export interface Palette {
    paper: string; ink: string; faint: string; risk: string; good: string; barred: string; chosen: string; frame: string; frameLine: string;
    fills: Record<string, string>;
}

const LIGHT: Palette = {
    paper: "#ffffff", ink: "#1a1a1a", faint: "#666666", risk: "#a33b00", good: "#00664d", barred: "#742157", chosen: "#005ea5", frame: "#f5f5f5", frameLine: "#888888",
    fills: { child: "#d3eafa", adult: "#fbe0c3", unknown_age: "#efdcea", place: "#d5f0e4", group: "#faf3bd", object: "#ffffff", event: "#eeeeee" },
};
const DARK: Palette = {
    paper: "#15191c", ink: "#f0f0f0", faint: "#a8a8a8", risk: "#ff9a5c", good: "#5fd3ae", barred: "#e597c8", chosen: "#7cc4ff", frame: "#20262a", frameLine: "#7a8085",
    fills: { child: "#173a52", adult: "#553616", unknown_age: "#48304a", place: "#17432f", group: "#4a4414", object: "#15191c", event: "#33383c" },
};

export function isDark(): boolean {
    return document.documentElement.dataset["theme"] === "dark";
}

export function palette(dark = isDark()): Palette {
    return dark ? DARK : LIGHT;
}

/** Shapes of each class, by corners from -1 to 1; without corners an ellipse: a child, whatever the role. An adult is a box. `down`: where text stands, below the middle. */
export const SHAPES: Record<string, { points?: number[]; wide: number; high: number; down?: number }> = {
    child: { wide: 1.38, high: 1.42 },
    adult: { points: [-1, -1, 1, -1, 1, 1, -1, 1], wide: 1.1, high: 1.15 },
    unknown_age: { points: [-0.414, -1, 0.414, -1, 1, -0.414, 1, 0.414, 0.414, 1, -0.414, 1, -1, 0.414, -1, -0.414], wide: 1.25, high: 1.3 },
    place: { points: [-1, -0.45, 0, -1, 1, -0.45, 1, 1, -1, 1], wide: 1.12, high: 1.65, down: 6 },
    group: { points: [-1, -1, -0.72, -1, -0.72, -0.74, 1, -0.74, 1, 1, -1, 1], wide: 1.12, high: 1.5, down: 3 },
    object: { points: [-0.5, -1, 0.5, -1, 1, 0, 0.5, 1, -0.5, 1, -1, 0], wide: 1.35, high: 1.2 },
    event: { points: [-1, -1, 0.8, -1, 1, -0.6, 1, 1, -1, 1], wide: 1.12, high: 1.2 },
};

/* Larger than in print, where the eye is nearer; places are the same. */
export const NODE_LETTERS = 15, TIE_LETTERS = 12;
export const FONT = "\"DejaVu Sans\", Verdana, sans-serif";

const WIDTHS = { plain: 1.4, inferred: 0.9, risk: 2.8, protective: 1.6, around: 1.3, barred: 1.8 };
const DASHES: Record<Line, number[]> = { solid: [], dashed: [8, 5], dotted: [1, 5] }, DOUBLE_DOTS = [2.5, 5];
const HEADS = { arrow: 0.9, bar: 1.7 };
export const BEND = 36; // between the middles of lines that join the same two

export interface Look {
    colour: string;
    width: number;
    dashes: number[];
    round: boolean;
    outline: string; // of a double line, so much wider
    around: number;
    head: string;
    scale: number; // of its head
}

/** The rules of styleOf for one line. */
export function lookOf(tie: { line: Line; tone: Tone; inferred: boolean; barred: boolean }, p: Palette): Look {
    const plain: Look = { colour: p.ink, width: WIDTHS.plain, dashes: DASHES[tie.line], round: tie.line === "dotted", outline: "", around: 0, head: p.ink, scale: HEADS.arrow };
    if (tie.barred)
        return { ...plain, colour: p.barred, width: WIDTHS.barred, dashes: [], head: p.barred, scale: HEADS.bar };
    if (tie.tone === "risk")
        return { ...plain, colour: p.risk, width: WIDTHS.risk, head: p.risk };
    if (tie.tone === "protective")
        return { ...plain, colour: p.paper, width: WIDTHS.protective, outline: p.good, around: WIDTHS.around, head: p.good, dashes: tie.line === "dotted" ? DOUBLE_DOTS : plain.dashes };
    return tie.inferred ? { ...plain, colour: p.faint, width: WIDTHS.inferred } : plain;
}

export function styleOf(p: Palette = palette()): StylesheetJson {
    const style = [
        { selector: "node", style: {
            "label": "data(text)", "text-wrap": "wrap", "text-max-width": "400px", "text-valign": "center", "text-halign": "center", "font-family": FONT, "font-size": NODE_LETTERS,
            "color": p.ink, "width": "data(width)", "height": "data(height)", "border-width": 1.2, "border-color": p.ink, "min-zoomed-font-size": 5 } },
        ...Object.entries(SHAPES).map(([name, s]) => ({ selector: `node[class = "${name}"]`, style: {
            "background-color": p.fills[name] ?? p.paper, "text-margin-y": s.down ?? 0,
            ...(s.points ? { "shape": "polygon", "shape-polygon-points": s.points } : { "shape": "ellipse", "overlay-shape": "ellipse", "underlay-shape": "ellipse" }) } })),
        { selector: "node[?focus]", style: { "border-width": 3 } },
        { selector: "node[?emphasis]", style: { "border-style": "double", "border-width": 6 } },
        { selector: "node[?pinned]", style: { "underlay-color": p.faint, "underlay-opacity": 0.25, "underlay-padding": 4 } },
        { selector: "node[class = \"frame\"]", style: {
            "shape": "round-rectangle", "background-color": p.frame, "border-color": p.frameLine, "border-width": 1, "text-valign": "top", "text-halign": "center",
            "text-margin-y": -3, "z-index": 0, "z-index-compare": "manual", "events": "no", "label": "data(text)", "font-size": NODE_LETTERS, "background-opacity": 0.6 } },
        { selector: "edge", style: {
            "curve-style": "bezier", "control-point-step-size": BEND, "line-color": p.ink, "width": WIDTHS.plain, "label": "data(text)", "font-family": FONT, "font-size": TIE_LETTERS, "color": p.ink,
            "text-wrap": "wrap", "text-max-width": "170px", "text-background-color": p.paper, "text-background-opacity": 0.9, "text-background-padding": "1px",
            "min-zoomed-font-size": 6, "line-style": "dashed", "line-dash-pattern": DASHES.dotted, "line-cap": "round", "target-arrow-color": p.ink, "source-arrow-color": p.ink, "arrow-scale": HEADS.arrow, "z-index": 5, "z-index-compare": "manual" } },
        { selector: "edge[?alone]", style: { "curve-style": "straight" } },
        { selector: "edge[line = \"solid\"]", style: { "line-style": "solid" } },
        { selector: "edge[line = \"dashed\"]", style: { "line-dash-pattern": DASHES.dashed, "line-cap": "butt" } },
        { selector: "edge[?inferred]", style: { "line-color": p.faint, "width": WIDTHS.inferred, "color": p.faint } },
        { selector: "edge[tone = \"risk\"]", style: { "line-color": p.risk, "width": WIDTHS.risk, "color": p.risk, "target-arrow-color": p.risk } },
        { selector: "edge[tone = \"protective\"]", style: { "line-color": p.paper, "width": WIDTHS.protective, "line-outline-width": WIDTHS.around, "line-outline-color": p.good, "color": p.good, "target-arrow-color": p.good } },
        { selector: "edge[tone = \"protective\"][line = \"dotted\"]", style: { "line-dash-pattern": DOUBLE_DOTS } },
        { selector: "edge[?arrow]", style: { "target-arrow-shape": "triangle" } },
        { selector: "edge[?barred]", style: { "line-style": "solid", "width": WIDTHS.barred, "line-color": p.barred, "color": p.barred, "source-arrow-shape": "tee", "target-arrow-shape": "tee",
            "source-arrow-color": p.barred, "target-arrow-color": p.barred, "arrow-scale": HEADS.bar } },
        { selector: "edge[change = \"gone\"]", style: { "opacity": 0.6 } },
        { selector: ":selected", style: { "overlay-color": p.chosen, "overlay-opacity": 0.22, "overlay-padding": 5 } },
        { selector: ".route", style: { "underlay-color": p.chosen, "underlay-opacity": 0.45, "underlay-padding": 6 } },
        { selector: ".dim", style: { "opacity": 0.28 } },
    ];
    return style as unknown as StylesheetJson;
}

/** Words in lines of so many letters; what is too long ends in an ellipsis, and stands whole in the table. */
export function wrap(text: string, width: number, most: number): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(/\s+/).filter(Boolean)) {
        const cut = word.length > width + 6 ? `${word.slice(0, width + 5)}…` : word;
        if (line && line.length + 1 + cut.length > width) {
            lines.push(line);
            line = cut;
        } else {
            line = line ? `${line} ${cut}` : cut;
        }
    }
    if (line)
        lines.push(line);
    return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}…`] : lines;
}

/** The lines of a node, as the printed picture breaks them. */
export function nodeText(node: { label: string; badges?: string; emphasis?: string; beyond?: number }): string {
    const lines = node.label.split("\n").flatMap(l => wrap(l, 18, 3));
    if (node.emphasis)
        lines.push(...wrap(node.emphasis, 24, 4));
    let line = "";
    for (const badge of (node.badges ?? "").split("\n").filter(Boolean)) {
        if (line && line.length + badge.length > 24) {
            lines.push(...wrap(line, 26, 4));
            line = badge;
        } else {
            line = line ? `${line} ${badge}` : badge;
        }
    }
    if (line)
        lines.push(...wrap(line, 26, 4));
    if (node.beyond)
        lines.push(`(${node.beyond} more)`);
    return lines.join("\n");
}
