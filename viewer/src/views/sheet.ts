// SPDX-License-Identifier: GPL-3.0-or-later
// sheet.ts: what is typed into the hub: one load, graded, tried before it is kept, taken back whole.
import { ask, write as post, type Row, type Table } from "../api";
import { button, field, fill, h, select } from "../dom";
import { columnsOf, tableOf } from "../table";
import { show, trouble, write } from "../work";

export type Texts = Record<string, string>;

export interface Sheet {
    events?: Texts[];
    participations?: Texts[];
    links?: Texts[];
    contexts?: Texts[];
}

export interface Grade {
    element: HTMLElement;
    read: () => Texts;
    source: () => string;
}

/** Where it is from and how sure: every record that is typed has them. */
export function gradeFields(recordedOn: string): Grade {
    const source = h("input", { name: "source", required: true, placeholder: "health", maxlength: "64" });
    const ref = h("input", { name: "report_ref", maxlength: "64" });
    const sourceGrade = select("source_grade", [["", "choose"], ["1", "1 reliable"], ["2", "2 untested"], ["3", "3 not reliable"]]);
    const infoGrade = select("info_grade", [["", "choose"], ["A", "A known directly"], ["B", "B known indirectly, corroborated"], ["C", "C known indirectly"], ["D", "D not known"], ["E", "E suspected to be false"]]);
    sourceGrade.required = true;
    infoGrade.required = true;
    const handling = select("handling", [["", "none"], ["P", "P lawful sharing permitted"], ["C", "C with conditions"]]);
    const conditions = h("input", { name: "conditions", maxlength: "200" });
    const element = h("fieldset", {}, h("legend", {}, "Where it is from, and how sure it is"), h("div", { class: "row" },
        field("Agency", source), field("Report reference", ref, "never a person's name"), field("Source", sourceGrade), field("Information", infoGrade), field("Handling", handling), field("Conditions", conditions)));
    return {
        element, source: () => source.value.trim(),
        read: () => drop({ source: source.value.trim(), report_ref: ref.value.trim(), source_grade: sourceGrade.value, info_grade: infoGrade.value,
            handling: handling.value, conditions: conditions.value.trim(), recorded_on: recordedOn }),
    };
}

export function drop(texts: Texts): Texts {
    return Object.fromEntries(Object.entries(texts).filter(([, v]) => v !== ""));
}

function send(sheet: Sheet, source: string, dry: boolean): Promise<Table> {
    const filled = Object.fromEntries(Object.entries(sheet).filter(([, rows]) => (rows as Texts[] | undefined)?.length));
    return post<Table>("record", { sheet: filled, source, ...(dry ? { dry_run: true } : {}) });
}

function report(answer: Table): HTMLElement | null {
    return answer.rows.length > 0 ? tableOf(answer.rows, columnsOf(answer.rows), { caption: "Report" }) : null;
}

const ONE: Record<string, string> = { events: "an event", participations: "in it", links: "a link", contexts: "a context item" };
const ORIGIN = ["source", "report_ref", "source_grade", "info_grade", "handling", "conditions", "recorded_on"];
const BARE = ["kind", "summary", "notes", "person_id", "role"]; // say themselves what they are

function words([key, value]: [string, string]): string {
    return `${BARE.includes(key) ? "" : `${key.replace(/_id$/, "").replace(/_/g, " ")} `}${key === "kind" || key === "role" ? value.replace(/_/g, " ") : value}`;
}

/* What would be recorded, a line a record; what all of them have in common is said once. */
function recordsOf(sheet: Sheet): HTMLElement {
    const lists = Object.entries(sheet) as [string, Texts[] | undefined][];
    const origin = lists.flatMap(([, rows]) => rows ?? [])[0] ?? {};
    const own = (table: string, texts: Texts): [string, string][] => Object.entries(texts)
        .filter(([key]) => key !== "key" && !ORIGIN.includes(key) && !(table === "participations" && key === "event_id"));
    return h("div", {}, h("ul", {}, lists.flatMap(([table, rows]) => (rows ?? []).map(texts =>
        h("li", {}, h("b", {}, ONE[table] ?? table), ": ", own(table, texts).map(words).join("; "))))),
    h("p", {}, "All of it: ", ORIGIN.flatMap(key => origin[key] === undefined ? [] : [words([key, origin[key]])]).join("; "), "."));
}

/** Tries the sheet and shows what would be recorded; a second button keeps it. */
export function tryAndKeep(told: HTMLElement, sheet: Sheet, source: string, kept: () => void): void {
    const count = Object.values(sheet).reduce((n, rows) => n + (rows?.length ?? 0), 0);
    void write(told, () => send(sheet, source, true), answer => {
        const keep = button("Record it", () => {
            keep.disabled = true;
            void write(told, () => send(sheet, source, false), done => {
                const batch = Number(done.facts["batch"] ?? 0);
                fill(told, h("div", { class: "notice" }, h("p", {}, `Recorded${batch ? ` as load ${batch}` : ""}. `, batch ? undoButton(batch, told, kept) : null), report(done)));
                kept();
            });
        });
        fill(told, h("div", { class: "notice" }, h("h3", {}, count === 1 ? "1 record, not yet kept" : `${count} records, not yet kept`),
            recordsOf(sheet), report(answer), keep));
        keep.focus();
    });
}

export function undoButton(batch: number, told: HTMLElement, after: () => void): HTMLElement {
    return button(`Take load ${batch} back`, () => void write(told, () => post("record-undo", { batch }), () => {
        fill(told, h("p", { class: "notice" }, `Load ${batch} was taken back.`));
        after();
    }), { class: "quiet" });
}

/** What was typed lately, each with the button that takes it back. */
export function recordedList(place: HTMLElement): void {
    const told = h("div", { role: "status" }), list = h("div");
    const read = (): void => void show(list, "Reading what was typed", async (signal, job) => {
        try {
            return await ask("recorded", { as_of: undefined, window: undefined }, signal, job);
        } catch (fault) {
            fill(list, trouble(fault));
            throw new DOMException("said already", "AbortError");
        }
    }, answer => fill(list, tableOf(answer.rows, [{ key: "batch" }, { key: "recorded_at", title: "recorded" }, { key: "records" }, { key: "purpose" }, { key: "state" },
        { key: "undo", title: "", show: (_: Row[string], row: Row) => /undone|taken back/.test(String(row["state"])) ? "" : undoButton(Number(row["batch"]), told, read) }],
    { caption: "Typed in by hand", empty: "Nothing has been typed in yet." })));
    fill(place, told, list);
    read();
}
