// SPDX-License-Identifier: GPL-3.0-or-later
// table.ts: answers as tables that can be read, sorted, kept as CSV, and heard.
import type { Cell, Row, Table } from "./api";
import { save } from "./api";
import { button, fill, h, say, type Child } from "./dom";
import { writePlace } from "./settings";

export interface Column {
    key: string;
    title?: string;
    /** What the cell shows; text of the value when left out. */
    show?: (value: Cell, row: Row) => Child;
}

const FIRST = 100;

/** A number as the command line's tables print it (%.6g); its whole value is in the element. */
export function number(value: number): HTMLElement {
    const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
    return h("data", { value: String(value) }, text);
}

export function percent(value: number): HTMLElement {
    return h("data", { value: String(value) }, `${(value * 100).toFixed(1)} %`);
}

/** Text, in which a day or a time does not break over two lines. */
export function text(value: string): Child {
    return /^\d{4}-\d{2}-\d{2}(T[\d:]+Z?)?$/.test(value) ? h("time", {}, value) : value;
}

export function plainCell(value: Cell): Child {
    return value === null ? "" : typeof value === "number" ? number(value) : text(value);
}

/** A link to the page of a person, place, group, object or event. */
export function recordLink(id: string, text = id): HTMLElement {
    return h("a", { href: writePlace("person", { id }) }, text);
}

export function pictureLink(ids: string, text = "picture", hops = "1"): HTMLElement {
    return h("a", { href: writePlace("network", { ids, hops }), "aria-label": `Picture of ${ids}` }, text);
}

function compare(a: Cell, b: Cell): number {
    if (a === null || b === null)
        return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a === "number" && typeof b === "number")
        return a - b;
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function csvCell(value: Cell): string {
    const text = value === null ? "" : String(value);
    const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== "number" ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
    const lines = [columns.map(c => csvCell(c.key))];
    for (const row of rows)
        lines.push(columns.map(c => csvCell(row[c.key] ?? null)));
    return `${lines.map(l => l.join(",")).join("\r\n")}\r\n`;
}

export interface Options {
    caption: string;
    empty?: string;
    sortable?: boolean;
    /** Marks a row of a kind: for tests and for what a row stands for. */
    rowClass?: (row: Row) => string;
}

/** Columns of the first row, in its order. */
export function columnsOf(rows: readonly Row[]): Column[] {
    return Object.keys(rows[0] ?? {}).map(key => ({ key }));
}

class View {
    private readonly body = h("tbody");
    private readonly more = h("p");
    private order: Row[];
    private sorted = "";
    private down = false;
    private all = false;

    constructor(private readonly columns: readonly Column[], rows: readonly Row[], private readonly options: Options) {
        this.order = [...rows];
    }

    private row(row: Row): HTMLElement {
        return h("tr", { class: this.options.rowClass?.(row) || null }, this.columns.map((column, i) => {
            const value = row[column.key] ?? null;
            const cell = column.show ? column.show(value, row) : plainCell(value);
            const attributes = { class: typeof value === "number" ? "number" : null, "data-key": column.key };
            return i === 0 ? h("th", { scope: "row", ...attributes }, cell) : h("td", attributes, cell);
        }));
    }

    private draw(): void {
        const shown = this.all ? this.order : this.order.slice(0, FIRST);
        fill(this.body, shown.map(row => this.row(row)));
        fill(this.more, shown.length < this.order.length
            ? [`${shown.length} of ${this.order.length} rows. `, button("Show all", () => { this.all = true; this.draw(); })] : null);
    }

    private sort(key: string, heads: HTMLElement[]): void {
        this.down = this.sorted === key && !this.down;
        this.sorted = key;
        const sign = this.down ? -1 : 1;
        this.order = this.order.map((row, i) => ({ row, i }))
            .sort((a, b) => sign * compare(a.row[key] ?? null, b.row[key] ?? null) || a.i - b.i).map(x => x.row);
        heads.forEach((head, i) => head.setAttribute("aria-sort",
            this.columns[i]?.key !== key ? "none" : this.down ? "descending" : "ascending"));
        say(`Sorted by ${key.replace(/_/g, " ")}, ${this.down ? "descending" : "ascending"}.`);
        this.draw();
    }

    element(): HTMLElement {
        const { caption, sortable, empty } = this.options;
        if (this.order.length === 0)
            return h("div", { class: "table empty" }, h("h3", {}, caption), h("p", {}, empty ?? "Nothing is recorded here."));
        const heads: HTMLElement[] = this.columns.map(column => {
            const title = column.title ?? column.key.replace(/_/g, " ");
            return h("th", { scope: "col", "aria-sort": sortable ? "none" : null },
                sortable ? button(title, () => this.sort(column.key, heads), { class: "sort" }) : title);
        });
        this.draw();
        const keep = button("Keep as CSV", () => save(new Blob([toCsv(this.columns, this.order)], { type: "text/csv" }),
            `${caption.replace(/[^A-Za-z0-9]+/g, "-").toLowerCase()}.csv`), { class: "quiet" });
        return h("div", { class: "table" },
            h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
                h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads)), this.body)),
            this.more, h("p", { class: "under" }, keep));
    }
}

export function tableOf(rows: readonly Row[], columns: readonly Column[], options: Options): HTMLElement {
    return new View(columns, rows, options).element();
}

/** Facts as a list of terms. */
export function factsOf(facts: Record<string, string>, only?: readonly string[]): HTMLElement {
    const entries = only ? only.flatMap(key => facts[key] !== undefined ? [[key, facts[key]] as const] : []) : Object.entries(facts);
    return h("dl", { class: "facts" }, entries.map(([key, value]) =>
        h("div", {}, h("dt", {}, key.replace(/_/g, " ")), h("dd", { "data-fact": key }, value ?? ""))));
}

/** Method, limits and warnings, under what they are about. */
export function notesOf(notes: readonly string[] | undefined): HTMLElement | null {
    return notes && notes.length > 0
        ? h("details", { class: "notes", open: notes.length <= 3 }, h("summary", {}, `Method and limits (${notes.length})`),
            h("ul", {}, notes.map(note => h("li", {}, note))))
        : null;
}

export function answerOf(answer: Table, caption: string, columns?: readonly Column[], empty?: string): HTMLElement {
    return h("section", {}, Object.keys(answer.facts).length > 0 ? h("details", { class: "about" }, h("summary", {}, "What was asked"), factsOf(answer.facts)) : null,
        tableOf(answer.rows, columns ?? columnsOf(answer.rows), { caption, sortable: true, ...(empty !== undefined ? { empty } : {}) }),
        notesOf(answer.notes));
}
