// SPDX-License-Identifier: GPL-3.0-or-later
// find.ts: people, places, groups and objects by name, id, number or date of birth.
import { askUnseen, type Table } from "../api";
import { button, fill, h, say } from "../dom";
import { pictureLink, recordLink, tableOf } from "../table";
import type { View } from "../view";
import { show } from "../work";

/* What was looked for last, while the page is open; names stand in no address. */
let last = "";

function draw(place: HTMLElement, answer: Table): void {
    say(`${answer.rows.length} found.`);
    fill(place, tableOf(answer.rows, [
        { key: "id", show: (value, row) => recordLink(`${row["kind"] === "person" ? "" : ""}${value}`) },
        { key: "name" }, { key: "kind" }, { key: "matched", title: "found by" }, { key: "score", title: "alike" },
        { key: "id2", title: "", show: (_, row) => pictureLink(String(row["id"])) }],
    { caption: "Found", empty: "Nothing in view is written like that. Try less of the name, an id, or a date of birth." }));
}

export const find: View = {
    id: "find", title: "Find", listed: true, needs: "find",
    show(main) {
        const input = h("input", { type: "search", name: "q", value: last, maxlength: "200", "aria-label": "What to find", autocomplete: "off" });
        const place = h("div", { "aria-live": "polite" });
        const look = (): void => {
            last = input.value.trim();
            if (last !== "")
                void show(place, "Looking", (signal, job) => askUnseen("find", { q: last, most: 50 }, signal, job), answer => draw(place, answer));
        };
        const form = h("form", { class: "ask", role: "search" }, input, h("button", { type: "submit" }, "Find"),
            button("Clear", () => { last = ""; input.value = ""; fill(place); input.focus(); }, { class: "quiet" }));
        form.addEventListener("submit", event => { event.preventDefault(); look(); });
        main.append(h("p", {}, "A name or the beginning of it, an id, a number, a postcode, a date of birth. A slip in the spelling is forgiven."), form, place);
        input.focus();
        if (last)
            look();
    },
};
