// SPDX-License-Identifier: GPL-3.0-or-later
// keys.ts: one key, one deed; nothing is done while somebody types.

export interface Key {
    key: string;      // as KeyboardEvent.key has it, "Ctrl+z" and "Shift+F" with what is held
    says: string;     // for the help
    run: () => void;
}

const everywhere: Key[] = [];
let listed: Key[] = [];
let here: Key[] = [];

export function globalKeys(...keys: Key[]): void {
    everywhere.push(...keys);
}

/** Keys of the list of views: what the user may see decides. */
export function listKeys(keys: Key[]): void {
    listed = keys;
}

/** Keys of the view on the page; those of the one before are forgotten. */
export function viewKeys(keys: Key[]): void {
    here = keys;
}

export function allKeys(): { here: readonly Key[]; everywhere: readonly Key[] } {
    return { here, everywhere: [...everywhere, ...listed] };
}

function isTyping(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && (target.isContentEditable ||
        target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ||
        (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type)));
}

function nameOf(event: KeyboardEvent): string {
    const held = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}`;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const shift = event.shiftKey && (/^[a-z]$/.test(key) || event.key.length > 1) ? "Shift+" : "";
    return `${held}${shift}${key}`;
}

export function listen(): void {
    document.addEventListener("keydown", event => {
        const name = nameOf(event);
        const bare = !name.startsWith("Ctrl+") && !name.startsWith("Alt+") && !/^F\d/.test(event.key) && event.key !== "Escape";
        if (event.defaultPrevented || (isTyping(event.target) && (bare || name.startsWith("Ctrl+"))))
            return;
        if (document.querySelector("dialog[open]") && event.key !== "F9")
            return;
        const found = [...here, ...everywhere, ...listed].find(k => k.key.toLowerCase() === name.toLowerCase());
        if (!found)
            return;
        event.preventDefault();
        found.run();
    });
}
