// SPDX-License-Identifier: GPL-3.0-or-later
// saved-text.ts: a view as text, a line a setting: "view network", "ids P001", "hops 2".
import { settings } from "./settings";

export function recordedText(view: string, parameters: URLSearchParams): string {
    const lines = [`view ${view}`];
    for (const [key, value] of parameters)
        if (value !== "")
            lines.push(`${key} ${value}`);
    for (const [key, value] of Object.entries(settings))
        if (value && key !== "purpose")
            lines.push(`${key} ${value}`);
    return lines.join("\n");
}

/** The address of it; lines that say nothing are passed over. */
export function placeOfText(text: string): string {
    const parameters = new URLSearchParams();
    let view = "today";
    for (const line of text.split("\n")) {
        const [, key, value] = /^\s*([a-z_]+)\s+(.+?)\s*$/.exec(line) ?? [];
        if (key === "view")
            view = (value ?? "").replace(/[^a-z-]/g, "");
        else if (key !== undefined && value !== undefined)
            parameters.set(key, value);
    }
    return `#${view}?${parameters}`;
}
