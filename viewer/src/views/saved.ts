// SPDX-License-Identifier: GPL-3.0-or-later
// saved.ts: remembered views: a name, and in small text what to show; anybody may read and write one.
import { ask, write as post } from "../api";
import { button, field, fill, h, say } from "../dom";
import { recordedText, placeOfText } from "../saved-text";
import { dialog } from "../shell";
import { tableOf } from "../table";
import type { View } from "../view";
import { show, write } from "../work";

/** Asks for a name, and keeps the view under it. */
export function rememberView(usual: string, view: string, parameters: URLSearchParams): void {
    const name = h("input", { name: "remember", required: true, maxlength: "64", value: usual.slice(0, 64) });
    const told = h("div", { role: "status" });
    const form = h("form", { class: "ask" }, field("Name of the view", name), h("button", { type: "submit" }, "Remember"));
    form.addEventListener("submit", event => {
        event.preventDefault();
        void write(told, () => post("view", { name: name.value, text: recordedText(view, parameters) }), () => {
            fill(told, h("p", { class: "notice" }, "Remembered, under Views."));
            say("Remembered, under Views.");
        });
    });
    dialog("Remember this view", form, told);
    name.select();
}

export const saved: View = {
    id: "views", title: "Views", listed: true, needs: "view",
    show(main) {
        const place = h("div"), told = h("div", { role: "status" });
        const name = h("input", { name: "view-name", maxlength: "64", required: true }), text = h("textarea", { name: "view-text", rows: "6", maxlength: "8000", required: true });
        const read = (): void => void show(place, "Reading views", (signal, job) => ask("views", { as_of: undefined, window: undefined }, signal, job), answer => fill(place,
            tableOf(answer.rows, [
                { key: "name", show: (value, row) => h("a", { href: placeOfText(String(row["text"])) }, String(value)) },
                { key: "text", title: "what it shows", show: value => h("pre", {}, String(value)) }, { key: "kept_at", title: "kept" }, { key: "user", title: "by" },
                { key: "drop", title: "", show: (_, row) => button("Drop", () => void write(told, () => post("view-drop", { name: String(row["name"]) }), read), { class: "quiet", "aria-label": `Drop the view ${row["name"]}` }) }],
            { caption: "Remembered views", empty: "None yet. A view is remembered by the button under the list of views." })));
        const form = h("form", {}, h("h2", {}, "A view, written by hand"), field("Name", name), field("Text", text, "a line each: view network, ids P001, hops 2"), h("button", { type: "submit" }, "Remember"));
        form.addEventListener("submit", event => { event.preventDefault(); void write(told, () => post("view", { name: name.value, text: text.value }), () => { form.reset(); read(); }); });
        main.append(place, told, form);
        read();
    },
};
