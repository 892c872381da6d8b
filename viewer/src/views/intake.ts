// SPDX-License-Identifier: GPL-3.0-or-later
// intake.ts: what a child tells, in the order in which it is asked: what happened, where, who else
// was there, who helped, is there anyone else you are worried about. It becomes an event, who was in
// it, and a link from whoever tells to each whom they are worried about, all of one load that can be
// taken back.
import { askUnseen } from "../api";
import { button, field, fill, h, select } from "../dom";
import type { View } from "../view";
import { drop, gradeFields, recordedList, tryAndKeep, type Sheet, type Texts } from "./sheet";

const KINDS = ["incident", "missing", "sighting", "ppn", "referral", "health_contact", "intelligence"];
const HELPED = ["helper", "reporter", "witness"];

/** A field for an id, which says who that is once it is left. */
export function idField(label: string, name: string, required = false, hint = "an id; Find has them"): { element: HTMLElement; value: () => string } {
    const input = h("input", { name, required, maxlength: "130", autocomplete: "off" });
    const who = h("span", { class: "hint who", role: "status" });
    let last = 0; // answers do not come in the order in which they were asked for
    input.addEventListener("change", () => {
        const id = input.value.trim(), nth = ++last;
        const tell = (text: string): void => {
            if (nth === last) {
                fill(who, text);
                who.removeAttribute("aria-busy");
            }
        };
        tell("");
        if (id === "")
            return;
        who.setAttribute("aria-busy", "true");
        void askUnseen("find", { q: id, most: 3 }).then(answer => tell(answer.rows.length === 0 ? "nobody of that id in view"
            : answer.rows.slice(0, 3).map(r => `${r["id"]}: ${r["kind"]}${r["name"] ? ", known by name" : ""}`).join("; ")), () => tell("it could not be looked up"));
    });
    return { element: h("div", {}, field(label, input, hint), who), value: () => input.value.trim() };
}

interface Repeated {
    element: HTMLElement;
    read: () => { id: string; as: string }[];
}

/* Several people, each with what they were, where more than one thing is asked. */
function people(legend: string, name: string, roles: readonly string[]): Repeated {
    const list = h("div"), rows: { id: ReturnType<typeof idField>; as: HTMLSelectElement }[] = [];
    const more = (): void => {
        const n = rows.length + 1;
        const id = idField(n === 1 ? "Who" : `Who, ${n}`, `${name}-${n}`);
        const as = select(`${name}-as-${n}`, roles.map(r => [r, r.replace(/_/g, " ")]));
        rows.push({ id, as });
        list.append(h("div", { class: "row" }, id.element, roles.length > 1 ? field(n === 1 ? "as" : `as, ${n}`, as) : null));
    };
    more();
    return {
        element: h("fieldset", {}, h("legend", {}, legend), list, button("One more", more, { class: "quiet" })),
        read: () => rows.flatMap(r => r.id.value() ? [{ id: r.id.value(), as: r.as.value }] : []),
    };
}

export const intake: View = {
    id: "intake", title: "Intake", listed: true, needs: "record",
    show(main, _parameters, session) {
        const child = idField("Who is telling, or is it about", "child", true);
        const role = select("role", ["victim", "missing", "present", "witness"]);
        const kind = select("kind", KINDS.map(k => [k, k.replace(/_/g, " ")]));
        const when = h("input", { type: "datetime-local", name: "when", required: true });
        const happened = h("textarea", { name: "happened", rows: "3", maxlength: "1000", required: true });
        const severity = select("severity", [["", "not given"], ["1", "1 low"], ["2", "2"], ["3", "3 high"]]);
        const where = idField("Where it happened", "where", false, "the id of a venue, park or street; Find has them");
        const there = people("Who else was there", "there", ["present", "victim", "witness", "missing", "alleged_perpetrator"]);
        const helped = people("Who helped", "helped", HELPED);
        const worried = people("Is there anyone else you are worried about? (asked of whoever tells)", "worried", ["worried_about"]);
        const note = h("textarea", { name: "worry", rows: "2", maxlength: "500" });
        const grade = gradeFields(session.today), told = h("div", { role: "status" }), typed = h("div");
        const read = (): Sheet => {
            const origin = grade.read(), key = "told";
            const event = drop({ key, kind: kind.value, occurred_at: when.value, location_id: where.value(), severity: severity.value, summary: happened.value.trim(), ...origin });
            const parts: Texts[] = [{ id: child.value(), as: role.value }, ...there.read(), ...helped.read()].map(p => drop({ event_id: key, person_id: p.id, role: p.as, ...origin }));
            const links = worried.read().map(p => drop({ from_id: child.value(), to_id: p.id, kind: "worried_about", valence: "neutral", valid_from: when.value.slice(0, 10), notes: note.value.trim(), ...origin }));
            return { events: [event], participations: parts, links };
        };
        const form = h("form", { class: "intake" },
            h("fieldset", {}, h("legend", {}, "What happened"), h("div", { class: "row" }, child.element, field("as", role)),
                field("What happened, in the child's own words where you can", happened), h("div", { class: "row" }, field("Kind", kind), field("When", when), field("How serious", severity))),
            h("fieldset", {}, h("legend", {}, "Where"), where.element), there.element, helped.element,
            h("div", {}, worried.element, field("What the worry is", note)), grade.element,
            h("p", { class: "buttons" }, h("button", { type: "submit" }, "See what would be recorded")), told);
        form.addEventListener("submit", event => {
            event.preventDefault();
            tryAndKeep(told, read(), grade.source(), () => recordedList(typed));
        });
        main.append(h("p", { class: "hint" }, "Whoever tells is a child and is believed first. Write what was said, not what it means; nobody is to blame for what was done to them."), form, h("h2", {}, "Typed in lately"), typed);
        recordedList(typed);
    },
};
