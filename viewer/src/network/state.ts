// SPDX-License-Identifier: GPL-3.0-or-later
// state.ts: what is shown of a picture: plain data, so that it can be undone, put into the address
// and remembered as text.
import type { Scene, SceneNode, SceneTie } from "./scene";
import { kindsOf, recordOf, rolesOf, stepsOf, toneOf } from "./scene";

export interface State {
    ids: string[];
    hops: number;
    layer: string;
    expanded: string[];
    hidden: string[];
    off: string[];      // "line:dotted", "tone:neutral", "kind:friend", "role:missing", "agency:police", "inferred:yes"
    since: string;
    month: string;      // "" is as-of itself
    alone: boolean;     // that month alone, not all up to it
}

export function stateOf(parameters: URLSearchParams): State {
    const list = (name: string): string[] => (parameters.get(name) ?? "").split(",").map(t => t.trim()).filter(Boolean);
    const hidden = list("hidden").filter(h => !/^#\d+$/.test(h)); // a number is of one picture: another line has it in the next
    const hops = Number(parameters.get("hops") ?? 1);
    return {
        ids: list("ids"), hops: Number.isInteger(hops) && hops >= 0 && hops <= 6 ? hops : 1, layer: parameters.get("layer") ?? "",
        expanded: list("expanded"), hidden, off: list("off"), since: parameters.get("since") ?? "",
        month: parameters.get("month") ?? "", alone: parameters.get("alone") === "1",
    };
}

export function parametersOf(state: State): URLSearchParams {
    const all = new URLSearchParams();
    const set = (name: string, value: string): void => { if (value) all.set(name, value); };
    set("ids", state.ids.join(","));
    set("hops", String(state.hops));
    set("layer", state.layer);
    set("expanded", state.expanded.join(","));
    set("hidden", state.hidden.join(","));
    set("off", state.off.join(","));
    set("since", state.since);
    set("month", state.month);
    set("alone", state.alone ? "1" : "");
    return all;
}

export function copyOf(state: State): State {
    return { ...state, ids: [...state.ids], expanded: [...state.expanded], hidden: [...state.hidden], off: [...state.off] };
}

/**
 * What a line is called by what it is, in every picture that has it: its ends, its layer and, when it is
 * declared, its kind. Its number is another in each picture, and what is counted on it grows.
 */
export function lineName(tie: SceneTie, node: (id: string) => SceneNode | undefined): string {
    const record = (id: string): string => recordOf(node(id) ?? { id, class: "", label: "" });
    const ends = [record(tie.from), record(tie.to)], counted = (tie.basis ?? "").includes("; evidence ");
    const what = tie.barred ? ["barred", tie.label ?? ""] : [tie.layer ?? "", ...counted ? [] : tie.kinds ?? []];
    return `#${[...tie.arrow ? ends : ends.sort(), ...what].map(encodeURIComponent).join(">")}`;
}

/** What a tie can be left out by. */
export function facetsOf(tie: SceneTie, node: (id: string) => SceneNode | undefined): string[] {
    return [`line:${tie.line}`, `tone:${toneOf(tie)}`, ...(tie.inferred ? ["inferred:yes"] : []),
        ...kindsOf(tie).map(k => `kind:${k}`), ...rolesOf(tie, node).map(r => `role:${r}`), ...(tie.agencies ?? []).map(a => `agency:${a}`)];
}

/* Left out by a line, a tone or being inferred; by kinds, roles or agencies when all it has are off. */
function isOff(tie: SceneTie, off: ReadonlySet<string>, node: (id: string) => SceneNode | undefined): boolean {
    const facets = facetsOf(tie, node);
    if (facets.some(f => /^(line|tone|inferred):/.test(f) && off.has(f)))
        return true;
    return ["kind:", "role:", "agency:"].some(group => {
        const own = facets.filter(f => f.startsWith(group));
        return own.length > 0 && own.every(f => off.has(f));
    });
}

export interface Shown {
    nodes: SceneNode[];
    ties: SceneTie[];
    hidden: number;   // by hand
    filtered: number; // ties left out by filters
    beyond: Map<string, number>; // neighbours of each that are not shown, as far as known
}

/** How far the scene has to reach for what is expanded in it. */
export function reachOf(state: State, known: Scene | null): number {
    if (state.expanded.length === 0 || state.hops === 1)
        return state.hops;
    const steps = known ? stepsOf(known, state.ids) : new Map<string, number>();
    const far = known ? known.nodes.filter(n => state.expanded.includes(recordOf(n))).map(n => steps.get(n.id) ?? state.hops) : [state.hops];
    return Math.min(6, Math.max(state.hops, ...far.map(f => f + 1)));
}

/** Whom the scene is asked for around: of one step, what is expanded too. */
export function seedsOf(state: State): string[] {
    return state.hops === 1 ? [...state.ids, ...state.expanded.filter(e => !state.ids.includes(e))] : state.ids;
}

function within(scene: Scene, state: State): Set<string> {
    if (state.ids.length === 0 || state.hops === 1 || state.expanded.length === 0)
        return new Set(scene.nodes.map(n => n.id));
    const steps = stepsOf(scene, state.ids);
    const inside = new Set(scene.nodes.filter(n => (steps.get(n.id) ?? 99) <= state.hops).map(n => n.id));
    const open = new Set(scene.nodes.filter(n => state.expanded.includes(recordOf(n))).map(n => n.id));
    for (const tie of scene.ties)
        if (!tie.barred) {
            if (open.has(tie.from))
                inside.add(tie.to);
            if (open.has(tie.to))
                inside.add(tie.from);
        }
    return inside;
}

export function shownOf(scene: Scene, state: State): Shown {
    const byId = new Map(scene.nodes.map(n => [n.id, n]));
    const node = (id: string): SceneNode | undefined => byId.get(id);
    const inside = within(scene, state), off = new Set(state.off), away = new Set(state.hidden), named = state.hidden.some(h => h.startsWith("#"));
    const isAway = (n: SceneNode): boolean => away.has(recordOf(n));
    const candidates = scene.nodes.filter(n => inside.has(n.id) && !isAway(n));
    const ids = new Set(candidates.map(n => n.id));
    const between = scene.ties.filter(t => ids.has(t.from) && ids.has(t.to) && !(named && away.has(lineName(t, node))));
    const ties = between.filter(t => t.barred || off.size === 0 || !isOff(t, off, node));
    const tied = new Set(ties.flatMap(t => [t.from, t.to]));
    const nodes = off.size === 0 ? candidates : candidates.filter(n => tied.has(n.id) || state.ids.includes(recordOf(n)));
    const seen = new Set(nodes.map(n => n.id));
    const beyond = new Map<string, number>();
    const unseen = new Map<string, Set<string>>();
    for (const tie of scene.ties)
        if (!tie.barred)
            for (const [a, b] of [[tie.from, tie.to], [tie.to, tie.from]] as const)
                if (seen.has(a) && !seen.has(b))
                    unseen.set(a, (unseen.get(a) ?? new Set()).add(b));
    for (const n of nodes)
        beyond.set(n.id, (n.beyond ?? 0) + (unseen.get(n.id)?.size ?? 0));
    return { nodes, ties, hidden: scene.nodes.filter(n => inside.has(n.id) && isAway(n)).length, filtered: between.length - ties.length, beyond };
}

/** Steps back and forth between states. */
export class History {
    private back: State[] = [];
    private forth: State[] = [];

    done(before: State): void {
        this.back.push(copyOf(before));
        this.forth = [];
    }

    undo(now: State): State | null {
        const state = this.back.pop() ?? null;
        if (state)
            this.forth.push(copyOf(now));
        return state;
    }

    redo(now: State): State | null {
        const state = this.forth.pop() ?? null;
        if (state)
            this.back.push(copyOf(now));
        return state;
    }
}
