// SPDX-License-Identifier: GPL-3.0-or-later
// scene.ts: a picture as the program says it (docs/scene.md, docs/viewer.md), and what of it is
// shown. What things are, how sure a line is, what it is called: all that is decided there, once,
// for the printed picture and this one.

export type Line = "solid" | "dashed" | "dotted";
export type Tone = "risk" | "protective" | "neutral";

export interface SceneNode {
    id: string;
    class: string;
    label: string;
    badges?: string;
    emphasis?: string;
    focus?: boolean;
    cluster?: string;
    pinned?: boolean;
    x?: number;
    y?: number;
    record?: string;
    beyond?: number;
}

export interface SceneTie {
    number: number;
    from: string;
    to: string;
    line: Line;
    tone?: Tone;
    inferred?: boolean;
    arrow?: boolean;
    barred?: boolean;
    label?: string;
    basis?: string;
    weight?: number;
    layer?: string;
    kinds?: string[];
    roles?: string[];
    agencies?: string[];
    strength?: number;
    change?: string;
}

export interface Scene {
    title: string;
    header: string;
    footer: string;
    as_of: string;
    clusters: { id: string; label: string }[];
    nodes: SceneNode[];
    ties: SceneTie[];
    terms: { term: string; meaning: string }[];
    legend: { mark: string; which?: string; text: string }[];
    withheld?: number | null;
    beyond?: number;
}

/** What a thing is asked for by: its id in the hub, or in this picture where that is not told. */
export function recordOf(node: SceneNode): string {
    return node.record ?? node.id;
}

export function nameOf(node: SceneNode): string {
    return node.label.split("\n")[0] ?? "";
}

export function toneOf(tie: SceneTie): Tone {
    return tie.tone ?? "neutral";
}

/** "missing (14), is often at": missing; is often at. */
export function kindsOf(tie: SceneTie): string[] {
    return tie.kinds ?? (tie.label ?? "").split(/[,;\n]\s*/).map(k => k.replace(/\s*\(\d+\)$/, "").replace(/^(new|gone|stronger|weaker):?\s*/i, "").trim()).filter(Boolean);
}

/** Roles of what a tie rests on; without them those that its ends have. */
export function rolesOf(tie: SceneTie, node: (id: string) => SceneNode | undefined): string[] {
    if (tie.roles)
        return tie.roles;
    return [tie.from, tie.to].flatMap(id => (node(id)?.badges ?? "").split("\n"))
        .flatMap(badge => /^([a-z ]+) \(\d+\)$/.exec(badge)?.[1] ?? []);
}

/** How many steps each thing is from those that were asked for; conditions are no ties. */
export function stepsOf(scene: Scene, ids: readonly string[]): Map<string, number> {
    const near = new Map<string, string[]>();
    for (const tie of scene.ties)
        if (!tie.barred) {
            near.set(tie.from, [...(near.get(tie.from) ?? []), tie.to]);
            near.set(tie.to, [...(near.get(tie.to) ?? []), tie.from]);
        }
    const steps = new Map<string, number>();
    let ring = scene.nodes.filter(n => ids.includes(recordOf(n)) || ids.includes(`person:${recordOf(n)}`)).map(n => n.id);
    for (let step = 0; ring.length > 0; step++) {
        for (const id of ring)
            steps.set(id, step);
        ring = [...new Set(ring.flatMap(id => near.get(id) ?? []))].filter(id => !steps.has(id));
    }
    return steps;
}
