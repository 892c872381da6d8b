// SPDX-License-Identifier: GPL-3.0-or-later
// audit.ts: who did what with the hub, for the auditor; whether the log is as it was written.
import { ask, type Table } from "../api";
import { button, field, fill, h, select } from "../dom";
import { go, settings } from "../settings";
import { columnsOf, factsOf, notesOf, tableOf } from "../table";
import type { View } from "../view";
import { show } from "../work";

const ACTS = ["", "collection", "alteration", "consultation", "disclosure", "combination", "erasure"];

function verified(answer: Table): HTMLElement {
    return h("div", {}, answer.rows.length === 0 ? h("p", { class: "notice" }, "The log is as it was written.") : null,
        factsOf(answer.facts), answer.rows.length > 0 ? tableOf(answer.rows, columnsOf(answer.rows), { caption: "Faults of the log" }) : null, notesOf(answer.notes));
}

export const audit: View = {
    id: "audit", title: "Audit", listed: true, needs: "audit",
    show(main, parameters, session) {
        const id = h("input", { name: "id", value: parameters.get("id") ?? "" });
        const user = h("input", { name: "user", value: parameters.get("user") ?? "" });
        const act = select("act", ACTS.map(a => [a, a || "any"]), parameters.get("act") ?? "");
        const proof = h("div", { role: "status" }), place = h("div");
        const form = h("form", { class: "ask" }, field("About a record", id), field("By", user), field("Act", act), h("button", { type: "submit" }, "Show"),
            button("Is the log as it was written?", () => void show(proof, "Reading the whole log", (signal, job) =>
                ask("audit-verify", { as_of: undefined, window: undefined }, signal, job), answer => fill(proof, verified(answer))), { class: "quiet" }));
        form.addEventListener("submit", event => {
            event.preventDefault();
            go("audit", Object.fromEntries([["id", id.value], ["user", user.value], ["act", act.value]].filter(([, v]) => v)) as Record<string, string>);
        });
        main.append(h("p", { class: "hint" }, "The log is of the days that people used the hub: it goes by today, not by as-of. Reading it is an entry too."), form, proof, place);
        void show(place, "Reading the log", (signal, job) => ask("audit", { id: parameters.get("id"), user: parameters.get("user"), act: parameters.get("act"), as_of: session.today, window: settings.window || 30 }, signal, job),
            answer => fill(place, tableOf([...answer.rows].reverse(), columnsOf(answer.rows), { caption: "Entries, the newest first", sortable: true }), notesOf(answer.notes)));
    },
};
