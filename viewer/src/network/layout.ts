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
}

export interface Spring {
    a: number;
    b: number;
}

const GAP = 44;
const IDEAL = 250;  // length of a spring at rest
const CROWD = 400;  // with more than this, what is left without room stays
const WIDE = 1.25; // screens are wider than high

/* Beginnings on a spiral: the first in the middle, in the order of the scene. */
function begin(bodies: Body[], springs: readonly Spring[]): void {
    const placed = bodies.filter(b => b.fixed);
    const near = bodies.map(() => [] as number[]);
    for (const s of springs) {
        near[s.a]?.push(s.b);
        near[s.b]?.push(s.a);
    }
    bodies.forEach((body, i) => {
        if (body.fixed)
            return;
        const known = (near[i] ?? []).map(n => bodies[n]).filter((b): b is Body => b !== undefined && b.fixed);
        const angle = i * 2.399963, radius = 190 * Math.sqrt(i + 0.5);
        const cx = known.length > 0 ? known.reduce((n, b) => n + b.x, 0) / known.length : placed.length > 0 ? placed.reduce((n, b) => n + b.x, 0) / placed.length : 0;
        const cy = known.length > 0 ? known.reduce((n, b) => n + b.y, 0) / known.length : placed.length > 0 ? placed.reduce((n, b) => n + b.y, 0) / placed.length : 0;
        const out = known.length > 0 ? IDEAL : radius;
        body.x = cx + out * WIDE * Math.cos(angle);
        body.y = cy + out / WIDE * Math.sin(angle);
    });
}

/* Fruchterman and Reingold, Graph drawing by force-directed placement, 1991, over a grid. */
function settle(bodies: Body[], springs: readonly Spring[], rounds: number): void {
    const cell = IDEAL * 2;
    const dx = new Float64Array(bodies.length), dy = new Float64Array(bodies.length);
    for (let round = 0; round < rounds; round++) {
        const heat = 60 * (1 - round / rounds) + 1;
        dx.fill(0);
        dy.fill(0);
        const grid = new Map<string, number[]>();
        bodies.forEach((b, i) => {
            const key = `${Math.floor(b.x / cell)},${Math.floor(b.y / cell)}`;
            const list = grid.get(key);
            if (list)
                list.push(i);
            else
                grid.set(key, [i]);
        });
        bodies.forEach((b, i) => {
            if (b.fixed)
                return;
            const gx = Math.floor(b.x / cell), gy = Math.floor(b.y / cell);
            for (let x = gx - 1; x <= gx + 1; x++)
                for (let y = gy - 1; y <= gy + 1; y++)
                    for (const j of grid.get(`${x},${y}`) ?? []) {
                        const o = bodies[j];
                        if (j === i || !o)
                            continue;
                        const ex = b.x - o.x || (i - j) * 0.01, ey = b.y - o.y || 0.01;
                        const d2 = Math.max(1, ex * ex + ey * ey), force = IDEAL * IDEAL / d2 * 1.2;
                        dx[i] = (dx[i] ?? 0) + ex * force;
                        dy[i] = (dy[i] ?? 0) + ey * force;
                    }
        });
        for (const s of springs) {
            const a = bodies[s.a], b = bodies[s.b];
            if (!a || !b)
                continue;
            const ex = a.x - b.x, ey = a.y - b.y, d = Math.sqrt(ex * ex + ey * ey) || 1, force = d / IDEAL;
            dx[s.a] = (dx[s.a] ?? 0) - ex * force;
            dy[s.a] = (dy[s.a] ?? 0) - ey * force;
            dx[s.b] = (dx[s.b] ?? 0) + ex * force;
            dy[s.b] = (dy[s.b] ?? 0) + ey * force;
        }
        bodies.forEach((b, i) => {
            if (b.fixed)
                return;
            const ex = (dx[i] ?? 0) - b.x * 0.003 / WIDE, ey = (dy[i] ?? 0) - b.y * 0.003 * WIDE * WIDE, d = Math.sqrt(ex * ex + ey * ey) || 1, step = Math.min(d, heat);
            b.x += ex / d * step;
            b.y += ey / d * step;
        });
    }
}

/* Boxes that overlap are moved apart along the shorter way; those with a place stay. */
function separate(bodies: Body[]): void {
    for (let round = 0; round < 60; round++) {
        let moved = false;
        const order = [...bodies].sort((a, b) => a.x - a.width / 2 - (b.x - b.width / 2) || (a.id < b.id ? -1 : 1));
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
    begin(bodies, springs);
    settle(bodies, springs, bodies.length > 600 ? 40 : bodies.length > 200 ? 90 : 200);
    if (bodies.every(b => !b.fixed))
        for (const b of bodies) {
            b.x *= WIDE;
            b.y /= WIDE;
        }
    separate(bodies);
    findRoom(bodies);
}
