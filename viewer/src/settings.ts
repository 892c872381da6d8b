// SPDX-License-Identifier: GPL-3.0-or-later
// settings.ts: what every question is asked with, and where in the page we are. Both stand in the
// address after the #, so that going back, a bookmark and a remembered view all mean the same.
import type { Parameters } from "./api";

export interface Settings {
    as_of: string;
    window: string;
    names: string;
    audience: string;
    purpose: string;
}

export const settings: Settings = { as_of: "", window: "", names: "initials", audience: "", purpose: "" };
/** Whom answers are for when nobody is named: it depends on who is signed in. */
export const usual = { audience: "case-team" };
const KEYS = Object.keys(settings) as (keyof Settings)[];

/** The common parameters of a question. */
export function common(): Parameters {
    return {
        as_of: settings.as_of,
        window: settings.window || undefined,
        names: settings.names !== "initials" || settings.audience ? settings.names : undefined,
        audience: settings.audience || (settings.names === "full" ? usual.audience : undefined),
        purpose: settings.purpose || undefined,
    };
}

export interface Place {
    view: string;
    parameters: URLSearchParams;
}

/** "#network?ids=P001&hops=2&as_of=2022-06-30": the view, and what is its own. */
export function placeOf(hash: string): Place {
    const { view, parameters } = partsOf(hash);
    for (const key of KEYS)
        parameters.delete(key);
    return { view, parameters };
}

let standing = ""; // the address whose view is on the page

/** The same of the page's address; the settings in it are taken over. */
export function readPlace(hash: string): Place {
    standing = hash;
    const { parameters } = partsOf(hash);
    for (const key of KEYS)
        settings[key] = parameters.get(key) ?? settings[key];
    return placeOf(hash);
}

function partsOf(hash: string): Place {
    const [view = "", rest = ""] = hash.replace(/^#\/?/, "").split("?", 2);
    return { view, parameters: new URLSearchParams(rest) };
}

export function writePlace(view: string, parameters: URLSearchParams | Record<string, string> = {}): string {
    const all = new URLSearchParams(parameters);
    for (const key of KEYS)
        if (settings[key] && !(key === "names" && settings.names === "initials"))
            all.set(key, settings[key]);
    return `#${view}?${all}`;
}

/** Goes there; the same place again is shown anew. */
export function go(view: string, parameters: URLSearchParams | Record<string, string> = {}): void {
    const hash = writePlace(view, parameters);
    if (location.hash === hash)
        window.dispatchEvent(new HashChangeEvent("hashchange"));
    else
        location.hash = hash;
}

/** Changes the address, and nothing on the page; not where somebody has gone elsewhere already, and that view is not yet there. */
export function note(view: string, parameters: URLSearchParams): void {
    if (location.hash !== standing)
        return;
    history.replaceState(null, "", writePlace(view, parameters));
    standing = location.hash;
}

/* Of the browser, not of the hub: how the page looks, and that it is this page (api.ts). Never what it shows. */
export function remembered(name: string): string {
    try {
        return localStorage.getItem(`kith-${name}`) ?? "";
    } catch {
        return "";
    }
}

export function remember(name: string, value: string): void {
    try {
        localStorage.setItem(`kith-${name}`, value);
    } catch { /* then it is not remembered */ }
}
