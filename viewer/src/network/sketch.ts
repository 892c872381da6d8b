// SPDX-License-Identifier: GPL-3.0-or-later
// sketch.ts: a picture at once, on one canvas. Before cytoscape.js draws it works out the style, the
// ends and the layers of each thing, which takes longer than a click should. What stands here stands
// there some frames later: the same places, by the same looks.
import { FONT, lookOf, NODE_LETTERS, palette, SHAPES, type Palette } from "./look";
import type { Line, Tone } from "./scene";

export interface Thing {
    class: string;
    text: string;
    x: number;
    y: number;
    width: number;
    height: number;
    focus: boolean;
    emphasis: boolean;
    pinned: boolean;
}

export interface Stroke {
    from: number; // of the things
    to: number;
    alone: boolean; // between the two
    bend: number;   // how far to the side its middle is drawn, where others are
    line: Line;
    tone: Tone;
    inferred: boolean;
    arrow: boolean;
    barred: boolean;
    change: string;
}

interface Point {
    x: number;
    y: number;
}

const READ = 0.25; // pixels a point, above which cytoscape.js draws text too (min-zoomed-font-size, in powers of two)

function outline(pen: CanvasRenderingContext2D, thing: Thing): void {
    const { x, y } = thing, a = thing.width / 2, b = thing.height / 2, points = SHAPES[thing.class]?.points;
    pen.beginPath();
    if (!points) {
        pen.ellipse(x, y, a, b, 0, 0, 2 * Math.PI);
        return;
    }
    for (let i = 0; i + 1 < points.length; i += 2)
        pen.lineTo(x + (points[i] ?? 0) * a, y + (points[i + 1] ?? 0) * b);
    pen.closePath();
}

function border(pen: CanvasRenderingContext2D, thing: Thing, p: Palette): void {
    pen.strokeStyle = p.ink;
    pen.lineWidth = thing.emphasis ? 6 : thing.focus ? 3 : 1.2;
    pen.stroke();
    if (!thing.emphasis)
        return;
    pen.strokeStyle = p.paper;
    pen.lineWidth = 2;
    pen.stroke();
}

function drawThing(pen: CanvasRenderingContext2D, thing: Thing, p: Palette): void {
    outline(pen, thing);
    if (thing.pinned) {
        pen.globalAlpha = 0.25;
        pen.strokeStyle = p.faint;
        pen.lineWidth = 8;
        pen.stroke();
        pen.globalAlpha = 1;
    }
    pen.fillStyle = p.fills[thing.class] ?? p.paper;
    pen.fill();
    border(pen, thing, p);
}

function drawText(pen: CanvasRenderingContext2D, thing: Thing): void {
    const lines = thing.text.split("\n"), down = SHAPES[thing.class]?.down ?? 0;
    lines.forEach((line, i) => pen.fillText(line, thing.x, thing.y + down + (i - (lines.length - 1) / 2) * NODE_LETTERS));
}

/* Where a line from `from` comes to the edge of a thing: of its ellipse, or of the box around it. */
function edgeOf(thing: Thing, from: Point): Point {
    const dx = from.x - thing.x, dy = from.y - thing.y, across = Math.abs(dx) / (thing.width / 2), along = Math.abs(dy) / (thing.height / 2);
    const share = SHAPES[thing.class]?.points ? Math.max(across, along) : Math.hypot(across, along);
    return share > 1 ? { x: thing.x + dx / share, y: thing.y + dy / share } : thing;
}

/* The middle of the two ends, moved aside: seen from the one that comes first, to the same side each time. */
function bendOf(a: Thing, b: Thing, stroke: Stroke): Point {
    const sign = stroke.from < stroke.to ? 1 : -1, dx = (b.x - a.x) * sign, dy = (b.y - a.y) * sign, length = Math.hypot(dx, dy) || 1;
    return { x: (a.x + b.x) / 2 - dy / length * stroke.bend, y: (a.y + b.y) / 2 + dx / length * stroke.bend };
}

/* An arrow's head, or the bar of a condition, at the end of a line that comes from `from`. */
function drawHead(pen: CanvasRenderingContext2D, end: Point, from: Point, size: number, bar: boolean): void {
    const length = Math.hypot(end.x - from.x, end.y - from.y) || 1, ux = (end.x - from.x) / length, uy = (end.y - from.y) / length;
    const back = (bar ? 0.1 : 0.3) * size, half = 0.15 * size;
    pen.beginPath();
    if (bar) {
        pen.moveTo(end.x - uy * half, end.y + ux * half);
        pen.lineTo(end.x + uy * half, end.y - ux * half);
    } else {
        pen.moveTo(end.x, end.y);
    }
    pen.lineTo(end.x - ux * back + uy * half, end.y - uy * back - ux * half);
    pen.lineTo(end.x - ux * back - uy * half, end.y - uy * back + ux * half);
    pen.closePath();
    pen.fill();
}

function drawStroke(pen: CanvasRenderingContext2D, things: readonly Thing[], stroke: Stroke, p: Palette): void {
    const a = things[stroke.from], b = things[stroke.to], look = lookOf(stroke, p);
    if (!a || !b)
        return;
    const middle = bendOf(a, b, stroke), from = edgeOf(a, middle), to = edgeOf(b, middle);
    const path = (colour: string, width: number): void => {
        pen.strokeStyle = colour;
        pen.lineWidth = width;
        pen.stroke();
    };
    pen.globalAlpha = stroke.change === "gone" ? 0.6 : 1;
    pen.setLineDash(look.dashes);
    pen.lineCap = look.round ? "round" : "butt";
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    if (stroke.alone)
        pen.lineTo(to.x, to.y);
    else
        pen.quadraticCurveTo(middle.x, middle.y, to.x, to.y);
    if (look.outline)
        path(look.outline, look.width + look.around);
    path(look.colour, look.width);
    pen.setLineDash([]);
    pen.fillStyle = look.head;
    const size = Math.max(29, Math.pow(look.width * 13.37, 0.9)) * look.scale;
    if (stroke.arrow || stroke.barred)
        drawHead(pen, to, middle, size, stroke.barred);
    if (stroke.barred)
        drawHead(pen, from, middle, size, true);
    pen.globalAlpha = 1;
}

/** Draws on a canvas as large as `place`; `zoom` and `pan` are what cytoscape.js will have. */
export function sketch(place: HTMLElement, things: readonly Thing[], strokes: readonly Stroke[], zoom: number, pan: Point): HTMLCanvasElement {
    const canvas = document.createElement("canvas"), dense = Math.min(2, window.devicePixelRatio || 1), pen = canvas.getContext("2d"), p = palette();
    canvas.className = "sketch";
    canvas.width = place.clientWidth * dense;
    canvas.height = place.clientHeight * dense;
    place.append(canvas);
    if (!pen)
        return canvas;
    pen.setTransform(zoom * dense, 0, 0, zoom * dense, pan.x * dense, pan.y * dense);
    pen.lineJoin = "round";
    for (const stroke of strokes)
        drawStroke(pen, things, stroke, p);
    pen.lineCap = "butt";
    pen.lineJoin = "miter";
    for (const thing of things)
        drawThing(pen, thing, p);
    if (zoom * dense <= READ)
        return canvas;
    pen.fillStyle = p.ink;
    pen.font = `${NODE_LETTERS}px ${FONT}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const thing of things)
        drawText(pen, thing);
    return canvas;
}
