// SPDX-License-Identifier: GPL-3.0-or-later
// layout.ts: where things stand. What has a place keeps it; the rest is laid out around it, the
// same every time: springs from fixed beginnings, then boxes pushed apart.

export interface Body {
    id: string;
    width: number;
    height: number;
    x: number;
    y: number;
    fixed: boolean;
    placed?: boolean; // it stands already, and may be pushed where others need room
}

export interface Spring {
    a: number;
    b: number;
}

const GAP = 44;
const IDEAL = 250;  // length of a spring at rest
const CROWD = 400;  // with more than this, what is left without room stays
const WIDE = 1.25; // screens are wider than high

function stands(body: Body): boolean {
    return body.fixed || body.placed === true;
}

/* Beginnings on a spiral: the first in the middle, in the order of the scene. */
function begin(bodies: Body[], springs: readonly Spring[]): void {
    const placed = bodies.filter(stands);
    const near = bodies.map(() => [] as number[]);
    for (const s of springs) {
        near[s.a]?.push(s.b);
        near[s.b]?.push(s.a);
    }
    bodies.forEach((body, i) => {
        if (stands(body))
            return;
        const known = (near[i] ?? []).map(n => bodies[n]).filter((b): b is Body => b !== undefined && stands(b));
        const angle = i * 2.399963, radius = 190 * Math.sqrt(i + 0.5);
        const cx = known.length > 0 ? known.reduce((n, b) => n + b.x, 0) / known.length : placed.length > 0 ? placed.reduce((n, b) => n + b.x, 0) / placed.length : 0;
        const cy = known.length > 0 ? known.reduce((n, b) => n + b.y, 0) / known.length : placed.length > 0 ? placed.reduce((n, b) => n + b.y, 0) / placed.length : 0;
        const out = known.length > 0 ? IDEAL : radius;
        body.x = cx + out * WIDE * Math.cos(angle);
        body.y = cy + out / WIDE * Math.sin(angle);
    });
}

const CELL = IDEAL * 2;
const ROW = 1 << 15; // cells of the grid in a row: more than there ever are

/* What is in each cell: its first, and of each the next, which stands behind it in the list. */
function deal(x: Float64Array, y: Float64Array, cell: Int32Array, first: Map<number, number>, next: Int32Array): void {
    first.clear();
    for (let i = x.length - 1; i >= 0; i--) {
        const at = Math.floor((y[i] ?? 0) / CELL) * ROW + Math.floor((x[i] ?? 0) / CELL);
        cell[i] = at;
        next[i] = first.get(at) ?? -1;
        first.set(at, i);
    }
}

const AFTER = [1, ROW - 1, ROW, ROW + 1]; // of the eight cells around one, those that come after it

/* Pushes each two in the same cell, or in cells that touch, apart; each pair is met once. */
function push(x: Float64Array, y: Float64Array, dx: Float64Array, dy: Float64Array, cell: Int32Array, first: Map<number, number>, next: Int32Array): void {
    dx.fill(0);
    dy.fill(0);
    for (let i = 0; i < x.length; i++) {
        const ax = x[i] ?? 0, ay = y[i] ?? 0, at = cell[i] ?? 0;
        let fx = dx[i] ?? 0, fy = dy[i] ?? 0, j = next[i] ?? -1;
        for (let around = 0; around <= AFTER.length; around++) {
            for (; j >= 0; j = next[j] ?? -1) {
                const ex = ax - (x[j] ?? 0) || (i - j) * 0.01, ey = ay - (y[j] ?? 0) || 0.01;
                const force = IDEAL * IDEAL * 1.2 / Math.max(1, ex * ex + ey * ey);
                fx += ex * force;
                fy += ey * force;
                dx[j] = (dx[j] ?? 0) - ex * force;
                dy[j] = (dy[j] ?? 0) - ey * force;
            }
            j = around < AFTER.length ? first.get(at + (AFTER[around] ?? 0)) ?? -1 : -1;
        }
        dx[i] = fx;
        dy[i] = fy;
    }
}

function pull(x: Float64Array, y: Float64Array, dx: Float64Array, dy: Float64Array, springs: readonly Spring[]): void {
    for (const { a, b } of springs) {
        const ex = (x[a] ?? 0) - (x[b] ?? 0), ey = (y[a] ?? 0) - (y[b] ?? 0), force = Math.sqrt(ex * ex + ey * ey) / IDEAL;
        dx[a] = (dx[a] ?? 0) - ex * force;
        dy[a] = (dy[a] ?? 0) - ey * force;
        dx[b] = (dx[b] ?? 0) + ex * force;
        dy[b] = (dy[b] ?? 0) + ey * force;
    }
}

/* Fruchterman and Reingold, Graph drawing by force-directed placement, 1991, over a grid. */
function settle(bodies: Body[], springs: readonly Spring[], rounds: number): void {
    const x = Float64Array.from(bodies, b => b.x), y = Float64Array.from(bodies, b => b.y);
    const dx = new Float64Array(bodies.length), dy = new Float64Array(bodies.length);
    const first = new Map<number, number>(), next = new Int32Array(bodies.length), cell = new Int32Array(bodies.length);
    for (let round = 0; round < rounds; round++) {
        const heat = 60 * (1 - round / rounds) + 1;
        deal(x, y, cell, first, next);
        push(x, y, dx, dy, cell, first, next);
        pull(x, y, dx, dy, springs);
        bodies.forEach((b, i) => {
            if (stands(b))
                return;
            const ax = x[i] ?? 0, ay = y[i] ?? 0;
            const ex = (dx[i] ?? 0) - ax * 0.003 / WIDE, ey = (dy[i] ?? 0) - ay * 0.003 * WIDE * WIDE, d = Math.sqrt(ex * ex + ey * ey) || 1, step = Math.min(d, heat);
            x[i] = ax + ex / d * step;
            y[i] = ay + ey / d * step;
        });
    }
    bodies.forEach((b, i) => {
        b.x = x[i] ?? 0;
        b.y = y[i] ?? 0;
    });
}

/* Boxes that overlap are moved apart along the shorter way; those with a place stay. */
function separate(bodies: Body[]): void {
    const order = [...bodies]; // nearly in order from the second round on, where sorting costs little
    for (let round = 0; round < 60; round++) {
        let moved = false;
        order.sort((a, b) => a.x - a.width / 2 - (b.x - b.width / 2) || (a.id < b.id ? -1 : 1));
        for (let i = 0; i < order.length; i++) {
            const a = order[i];
            for (let j = i + 1; a && j < order.length; j++) {
                const b = order[j];
                if (!b || b.x - b.width / 2 > a.x + a.width / 2 + GAP)
                    break;
                const ox = (a.width + b.width) / 2 + GAP - Math.abs(a.x - b.x), oy = (a.height + b.height) / 2 + GAP - Math.abs(a.y - b.y);
                if (ox <= 0 || oy <= 0 || (a.fixed && b.fixed))
                    continue;
                const alongX = ox < oy, share = a.fixed || b.fixed ? 1 : 0.5, by = (alongX ? ox : oy) * share + 0.5;
                const sign = alongX ? (a.x <= b.x ? 1 : -1) : (a.y <= b.y ? 1 : -1);
                if (!a.fixed)
                    a[alongX ? "x" : "y"] -= sign * by;
                if (!b.fixed)
                    b[alongX ? "x" : "y"] += sign * by;
                moved = true;
            }
        }
        if (!moved)
            return;
    }
}

function touch(a: Body, b: Body): boolean {
    return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 8 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + 8;
}

/* What is hemmed in by things that stay goes to the nearest free place, along a spiral. */
function findRoom(bodies: readonly Body[]): void {
    for (const body of bodies.length <= CROWD ? bodies : []) {
        const { x, y } = body, lies = (): boolean => bodies.some(b => b !== body && touch(body, b));
        for (let k = 1; !body.fixed && lies() && k < 1000; k++) {
            body.x = x + 20 * Math.sqrt(k) * Math.cos(k * 2.399963) * WIDE;
            body.y = y + 20 * Math.sqrt(k) * Math.sin(k * 2.399963) / WIDE;
        }
    }
}

/** Gives every body a place. */
export function layOut(bodies: Body[], springs: readonly Spring[]): void {
    if (bodies.every(b => b.fixed))
        return;
    if (!bodies.every(stands)) {
        begin(bodies, springs);
        settle(bodies, springs, bodies.length > 600 ? 40 : bodies.length > 200 ? 90 : 200);
    }
    if (bodies.every(b => !stands(b)))
        for (const b of bodies) {
            b.x *= WIDE;
            b.y /= WIDE;
        }
    separate(bodies);
    findRoom(bodies);
}
