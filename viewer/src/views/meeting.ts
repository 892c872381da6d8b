// SPDX-License-Identifier: GPL-3.0-or-later
// meeting.ts: one item a screen, in large type; what is decided is typed in as the meeting speaks.
import { ask, download, write as post, type Row, type Table } from "../api";
import { button, field, fill, h, say, select } from "../dom";
import { viewKeys } from "../keys";
import { go, settings, writePlace } from "../settings";
import { tableOf } from "../table";
import type { View } from "../view";
import { show, write } from "../work";
import { drop, gradeFields, recordedList, tryAndKeep } from "./sheet";
import { idField } from "./intake";
import { cardOf, type Pack } from "./today";

const CONTEXTS = ["", "home", "peer", "school", "neighbourhood", "online"];
const STATES = ["open", "started", "done", "no action", "withdrawn"];

function kind(): string {
    return new URLSearchParams(location.hash.split("?")[1] ?? "").get("meeting") ?? "drmm";
}

/* ---- what an item has, and what can be typed ---- */

function stepButtons(row: Row, told: HTMLElement, again: () => void): HTMLElement {
    const action = String(row["action_id"]);
    const status = select(`status-${action}`, STATES, String(row["status"] ?? "open")), note = h("input", { name: `note-${action}`, maxlength: "1000", "aria-label": `How ${action} goes on` });
    status.setAttribute("aria-label", `Status of ${action}`);
    return h("span", { class: "row" }, status, note, button("Set", () => void write(told, () =>
        post("action-step", { action, status: status.value, note: note.value, on: settings.as_of }), again), { "aria-label": `Set the status of ${action}` }));
}

function actionsOf(id: string, place: HTMLElement): void {
    const told = h("div", { role: "status" }), list = h("div");
    const read = (): void => void show(list, "Reading actions", (signal, job) => ask("actions", { ids: id, state: "all" }, signal, job), answer => fill(list,
        tableOf(answer.rows, [{ key: "action_id", title: "no" }, { key: "action" }, { key: "due" }, { key: "owner_role", title: "by whom" }, { key: "when", title: "state" },
            { key: "status", title: "goes on", show: (_, row) => stepButtons(row, told, read) }], { caption: `Actions for ${id}`, empty: "No action yet." })));
    const action = h("textarea", { name: "action", rows: "2", required: true, maxlength: "1000" }), goal = h("input", { name: "goal", maxlength: "1000" });
    const due = h("input", { type: "date", name: "due" }), owner = h("input", { name: "owner_role", maxlength: "200" }), known = h("input", { name: "measure_of_success", maxlength: "1000" });
    const context = select("context", CONTEXTS.map(c => [c, c || "any"])), source = h("input", { name: "action_source", maxlength: "64" });
    const form = h("form", { class: "action-form" }, h("h3", {}, "A new action"), field("What will be done", action), h("div", { class: "row" }, field("So that", goal), field("Context", context), field("By when", due),
        field("By whom", owner, "a role, not a name"), field("Agency", source), field("What will we see when it has worked", known)), h("button", { type: "submit" }, "Write the action"));
    form.addEventListener("submit", event => {
        event.preventDefault();
        void write(told, () => post("action", { subject: id, action: action.value, goal: goal.value, context: context.value, due: due.value, owner_role: owner.value,
            measure_of_success: known.value, source: source.value, on: settings.as_of }), answer => {
            form.reset();
            read();
            fill(told, h("p", { class: "notice" }, (answer.said ?? []).join(" ") || "Written."));
        });
    });
    fill(place, list, form, told);
    read();
}

function decisionsOf(id: string, place: HTMLElement): void {
    const told = h("div", { role: "status" }), list = h("div");
    const undo = (row: Row): HTMLElement => button("Take back", () => void write(told, () => post("decision-undo", { number: Number(row["number"]) }), read), { class: "quiet", "aria-label": `Take decision ${row["number"]} back` });
    const read = (): void => void show(list, "Reading decisions", (signal, job) => ask("decisions", { id, as_of: undefined, window: undefined }, signal, job), answer => fill(list,
        tableOf(answer.rows, [{ key: "on" }, { key: "decision" }, { key: "decided", title: "as" }, { key: "meeting" }, { key: "by" }, { key: "undo", title: "", show: (_, row) => undo(row) }],
            { caption: `Decisions on ${id}`, empty: "None yet." })));
    const text = h("textarea", { name: "decision", rows: "2", required: true, maxlength: "1000" });
    const as = select("as", [["decision", "a decision"], ["adopted", "adopted by the hub"], ["released", "no longer adopted"]]);
    const form = h("form", { class: "decision-form" }, h("h3", {}, "A decision"), field("What is decided", text),
        h("div", { class: "row with-button" }, field("As", as), h("button", { type: "submit" }, "Write the decision")));
    form.addEventListener("submit", event => {
        event.preventDefault();
        void write(told, () => post("decision", { subject: id, decision: text.value, meeting: kind(), as: as.value, on: settings.as_of }), () => {
            form.reset();
            read();
            fill(told, h("p", { class: "notice" }, "Written."));
        });
    });
    fill(place, list, form, told);
    read();
}

/* New links and context items, with source and grade. */
function knownForms(id: string, today: string, place: HTMLElement): void {
    const grade = gradeFields(today), told = h("div", { role: "status" }), typed = h("div");
    const to = idField("Link to", "link_to"), linkKind = h("input", { name: "link_kind", placeholder: "friend, trusted_adult, frequents" });
    const valence = select("link_valence", [["neutral", "neutral"], ["risk", "risk"], ["protective", "protective"]]);
    const context = select("item_context", [["", "no item"], ...CONTEXTS.slice(1).map(c => [c, c] as [string, string])]);
    const itemValence = select("item_valence", [["risk", "risk"], ["protective", "protective"]]);
    const severity = select("item_severity", [["", "not given"], ["1", "1"], ["2", "2"], ["3", "3"]]), summary = h("input", { name: "item_summary", maxlength: "500" });
    const form = h("form", { class: "known" }, h("h3", {}, "What somebody here knows"),
        h("fieldset", {}, h("legend", {}, "A link"), h("div", { class: "row" }, to.element, field("Kind of link", linkKind), field("It is", valence))),
        h("fieldset", {}, h("legend", {}, "A context item"), h("div", { class: "row" }, field("Context", context), field("Is a", itemValence), field("How serious", severity), field("In a sentence", summary))),
        grade.element, h("button", { type: "submit" }, "See what would be recorded"), told);
    form.addEventListener("submit", event => {
        event.preventDefault();
        const origin = grade.read();
        const links = to.value() ? [drop({ from_id: id, to_id: to.value(), kind: linkKind.value.trim(), valence: valence.value, valid_from: settings.as_of, ...origin })] : [];
        const items = context.value ? [drop({ subject_id: id, context: context.value, valence: itemValence.value, severity: severity.value, summary: summary.value.trim(), observed_on: settings.as_of, ...origin })] : [];
        if (links.length + items.length === 0)
            fill(told, h("p", { role: "alert" }, "Say to whom the link goes, or of which context the item is."));
        else
            tryAndKeep(told, { links, contexts: items }, grade.source(), () => recordedList(typed));
    });
    fill(place, form, typed);
}

/* ---- the screens ---- */

function opened(title: string, draw: (place: HTMLElement) => void): HTMLElement {
    const place = h("div"), details = h("details", {}, h("summary", {}, title), place);
    details.addEventListener("toggle", () => {
        if (details.open && place.childElementCount === 0)
            draw(place);
    });
    return details;
}

function item(place: HTMLElement, ids: string[], at: number, pack: Pack | null, today: string): void {
    const id = ids[at] ?? "", card = pack?.cards.find(c => c.id === id);
    const actions = h("div"), decisions = h("div");
    fill(place, h("div", { class: "item" },
        card ? cardOf(card, true) : h("article", { class: "card large" }, h("h2", {}, h("a", { href: writePlace("person", { id }) }, id)),
            h("p", { class: "buttons" }, h("a", { class: "button", href: writePlace("network", { ids: id, hops: "1" }) }, "Open the picture"))),
        h("div", {}, h("section", {}, decisions), h("section", {}, actions))),
        opened("Something known here that is not recorded", box => knownForms(id, today, box)));
    decisionsOf(id, decisions);
    actionsOf(id, actions);
    say(`Item ${at + 1} of ${ids.length}: ${card?.heading ?? id}.`);
}

function packForm(ids: string[]): HTMLElement {
    const told = h("div", { role: "status" });
    const fields = [["purpose", "What the meeting is for"], ["chair", "Chair (a role)"], ["attendees", "Attendees (roles)"], ["outcome", "What is intended"]] as const;
    const inputs = fields.map(([name]) => h("input", { name: `pack_${name}`, required: true, maxlength: "200" }));
    const review = h("input", { type: "date", name: "pack_review", required: true });
    const form = h("form", {}, h("h2", {}, "The pack, at the end"), h("div", { class: "row" }, fields.map(([, label], i) => field(label, inputs[i] as HTMLInputElement)), field("Review on", review)), h("button", { type: "submit" }, "Make the pack (PDF)"), told);
    form.addEventListener("submit", event => {
        event.preventDefault();
        const meeting = { ...Object.fromEntries(fields.map(([name], i) => [name, inputs[i]?.value ?? ""])), review: review.value };
        void write(told, () => download("pack", { ids, form: "pdf", meeting, as_of: settings.as_of, window: settings.window || undefined }, "pack.pdf"), () => fill(told, h("p", { class: "notice" }, "The pack is made.")));
    });
    return form;
}

function run(main: HTMLElement, ids: string[], at: number, pack: Pack | null, today: string): void {
    const place = h("div", { class: "screen" }), count = h("p", { class: "count" });
    const items = ids.map((id, i) => button(pack?.cards.find(c => c.id === id)?.heading ?? id, () => to(i), { class: "quiet" }));
    let now = Math.min(Math.max(at, 0), ids.length - 1);
    const to = (next: number): void => {
        if (next < 0 || next >= ids.length)
            return;
        if (next !== now)
            main.scrollIntoView();
        now = next;
        items.forEach((one, i) => one.setAttribute("aria-current", String(i === now)));
        fill(count, `Item ${now + 1} of ${ids.length}`);
        item(place, ids, now, pack, today);
    };
    main.append(h("div", { class: "pager" }, button("Before", () => to(now - 1), { title: "[" }), count, button("Next", () => to(now + 1), { title: "]" }),
        h("ol", { class: "agenda", "aria-label": "Agenda" }, items.map(one => h("li", {}, one)))), place, packForm(ids));
    viewKeys([{ key: "]", says: "the next item", run: () => to(now + 1) }, { key: "[", says: "the item before", run: () => to(now - 1) },
        { key: "D", says: "type a decision", run: () => place.querySelector<HTMLElement>("[name=decision]")?.focus() },
        { key: "A", says: "type an action", run: () => place.querySelector<HTMLElement>("[name=action]")?.focus() }]);
    to(now);
}

export const meeting: View = {
    id: "meeting", title: "Meeting", listed: true, needs: "drmm",
    show(main, parameters, session) {
        const given = (parameters.get("ids") ?? "").split(",").filter(Boolean);
        const input = h("input", { name: "ids", value: given.join(","), placeholder: "P001,G2: else today's agenda" });
        const of = select("meeting", [["drmm", "the daily meeting"], ["mapping", "a mapping meeting"], ["other", "another meeting"]], parameters.get("meeting") ?? "drmm");
        const form = h("form", { class: "ask" }, field("Agenda", input), field("Of", of), h("button", { type: "submit" }, "Begin"));
        form.addEventListener("submit", event => { event.preventDefault(); go("meeting", { ...(input.value.trim() ? { ids: input.value.replace(/\s+/g, "") } : {}), meeting: of.value }); });
        const place = h("div");
        main.append(given.length > 0 ? h("details", {}, h("summary", {}, "Another agenda"), form) : form, place);
        void show(place, "Reading the agenda", (signal, job) => ask<Pack>("today", { date: settings.as_of, ids: given.join(","), as_of: undefined }, signal, job), (pack: Pack & Table) => {
            const ids = given.length > 0 ? given : pack.cards.map(c => c.id);
            fill(place);
            if (ids.length === 0)
                fill(place, h("p", { class: "empty" }, "Nobody is on the agenda of this day. Name who is to be talked about."));
            else
                run(place, ids, 0, pack, session.today);
        });
    },
};
