// SPDX-License-Identifier: GPL-3.0-or-later
// dom.ts: elements made of text, never of markup: what the hub holds is set as text, and nothing
// here writes HTML, a style or a script.

export type Child = Node | string | number | null | undefined | false | Child[];
type Value = string | number | boolean | null | undefined | ((event: never) => void);
export type Attributes = Record<string, Value>;

const REFUSED = /^(style|srcdoc|innerhtml|outerhtml)$/i;

function set(element: Element, attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
        if (REFUSED.test(name))
            throw new Error(`${name} is not set on this page`);
        if (typeof value === "function")
            element.addEventListener(name.replace(/^on/, ""), value as unknown as EventListener);
        else if (value === true)
            element.setAttribute(name, "");
        else if (value !== false && value !== null && value !== undefined)
            element.setAttribute(name, String(value));
    }
}

export function add(parent: Node, ...children: Child[]): void {
    for (const child of children) {
        if (Array.isArray(child))
            add(parent, ...child);
        else if (child instanceof Node)
            parent.appendChild(child);
        else if (child !== null && child !== undefined && child !== false)
            parent.appendChild(document.createTextNode(String(child)));
    }
}

/** h("p", {class: "note"}, "text", h("b", {}, "more")): an element; functions are listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {},
                                                        ...children: Child[]): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    set(element, attributes);
    add(element, ...children);
    return element;
}

/** The same of SVG. */
export function s(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    set(element, attributes);
    add(element, ...children);
    return element;
}

export function fill(parent: Element, ...children: Child[]): void {
    parent.replaceChildren();
    add(parent, ...children);
}

export function button(text: string, onclick: () => void, attributes: Attributes = {}): HTMLButtonElement {
    return h("button", { type: "button", onclick, ...attributes }, text);
}

let fields = 0;

/** A label and its control, tied by an id. */
export function field(label: string, control: HTMLElement, hint?: string): HTMLElement {
    const id = control.id || `f${++fields}`;
    control.id = id;
    const note = hint !== undefined ? h("span", { class: "hint", id: `${id}-hint` }, hint) : null;
    if (note)
        control.setAttribute("aria-describedby", note.id);
    return h("div", { class: "field" }, h("label", { for: id }, label), control, note);
}

export function select(name: string, options: readonly (string | [string, string])[], chosen = ""): HTMLSelectElement {
    return h("select", { name }, options.map(o => {
        const [value, text] = typeof o === "string" ? [o, o] : o;
        return h("option", { value, selected: value === chosen }, text);
    }));
}

/** A row of tools that is one stop of Tab; arrow keys go from one tool to the next. */
export function toolbar(label: string, ...tools: Child[]): HTMLElement {
    const bar = h("div", { class: "toolbar", role: "toolbar", "aria-label": label }, tools);
    const all = [...bar.querySelectorAll<HTMLElement>("button, select")];
    const stop = (at: number): void => all.forEach((tool, i) => { tool.tabIndex = i === at ? 0 : -1; });
    bar.addEventListener("focusin", event => stop(all.indexOf(event.target as HTMLElement)));
    bar.addEventListener("keydown", event => {
        const at = all.indexOf(event.target as HTMLElement);
        const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
        if (next === undefined)
            return;
        event.preventDefault();
        all[(next + all.length) % all.length]?.focus();
    });
    stop(0);
    return bar;
}

let waiting = 0;

/** Says something to whoever listens to the page in place of seeing it. */
export function say(text: string): void {
    const said = document.getElementById("said");
    if (!said)
        return;
    said.textContent = "";
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => { said.textContent = text; }, 30);
}
