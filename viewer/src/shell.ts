// SPDX-License-Identifier: GPL-3.0-or-later
// shell.ts: what stands around every view: whom it is for, as of when, the list of views, the
// key that blanks the room, help.
import { holdPage, may, write as post, type Session } from "./api";
import { button, field, fill, h, say, select } from "./dom";
import { allKeys, globalKeys, listKeys, type Key } from "./keys";
import { go, placeOf, remember, remembered, settings, writePlace } from "./settings";
import type { View } from "./view";

function byId(id: string): HTMLElement {
    const element = document.getElementById(id);
    if (!element)
        throw new Error(`the page has no ${id}`);
    return element;
}

export const main = (): HTMLElement => byId("main");

/* ---- how it looks ---- */

const computer = window.matchMedia("(prefers-color-scheme: dark)");

/** Light or dark: as chosen in this browser, else as the computer has it. */
function setTheme(): void {
    document.documentElement.dataset["theme"] = remembered("theme") || (computer.matches ? "dark" : "light");
    window.dispatchEvent(new Event("kith-theme"));
}

function nextTheme(): void {
    const order = ["", "light", "dark"], names = ["as the computer has it", "light", "dark"];
    const next = (order.indexOf(remembered("theme")) + 1) % order.length;
    remember("theme", order[next] ?? "");
    setTheme();
    say(`Colours: ${names[next]}.`);
}

/* ---- the key that blanks the room ---- */

function blank(): void {
    if (document.documentElement.dataset["blank"] !== undefined)
        return;
    document.documentElement.dataset["blank"] = "";
    const title = document.title;
    const before = document.activeElement;
    const again = button("Show the page again", () => cover.close());
    const cover = h("dialog", { class: "cover", "aria-label": "The screen is blank" },
        h("p", {}, "Nothing is shown."), again);
    cover.addEventListener("close", () => {
        delete document.documentElement.dataset["blank"];
        document.title = title;
        cover.remove();
        if (before instanceof HTMLElement)
            before.focus();
    });
    cover.addEventListener("keydown", event => {
        if (event.key === "F9" || event.key.toLowerCase() === "b") {
            event.preventDefault();
            cover.close();
        }
        event.stopPropagation();
    });
    cover.addEventListener("cancel", event => event.preventDefault()); // Escape shows nothing by mistake
    document.body.append(cover);
    document.title = "Kith";
    cover.showModal();
    again.focus();
}

/* ---- help ---- */

function keyList(title: string, keys: readonly Key[]): HTMLElement | null {
    return keys.length === 0 ? null : h("section", {}, h("h3", {}, title), h("dl", { class: "keys" },
        keys.map(k => h("div", {}, h("dt", {}, h("kbd", {}, k.key === " " ? "Space" : k.key)), h("dd", {}, k.says)))));
}

export function dialog(title: string, ...content: Parameters<typeof h>[2][]): HTMLDialogElement {
    const before = document.activeElement;
    const box = h("dialog", { "aria-label": title }, h("h2", {}, title), content,
        h("p", { class: "buttons" }, button("Close", () => box.close(), { class: "quiet" })));
    box.addEventListener("close", () => {
        box.remove();
        if (before instanceof HTMLElement)
            before.focus();
    });
    document.body.append(box);
    box.showModal();
    return box;
}

function help(): void {
    const { here, everywhere } = allKeys();
    dialog("Keys", keyList("On this page", here), keyList("Everywhere", everywhere),
        h("p", {}, "Everything on the page can be reached with Tab and done with Enter. A table says all that a picture says."));
}

/* ---- above every view ---- */

function takeOver(name: keyof typeof settings, value: string): void {
    settings[name] = value;
    const { view, parameters } = placeOf(location.hash);
    go(view, parameters);
}

function asOfField(): HTMLElement {
    const input = h("input", { type: "date", name: "as_of", value: settings.as_of, required: true });
    input.addEventListener("change", () => { if (input.value) takeOver("as_of", input.value); });
    return field("As of", input);
}

function windowField(): HTMLElement {
    const input = h("input", { type: "number", name: "window", min: "1", max: "100000", value: settings.window, placeholder: "usual" });
    input.addEventListener("change", () => takeOver("window", input.value));
    return field("Days", input);
}

function namesField(): HTMLElement {
    const choice = select("names", [["initials", "Initials"], ["full", "Full names"], ["pseudonym", "Pseudonyms"], ["none", "No names"]], settings.names);
    choice.addEventListener("change", () => takeOver("names", choice.value));
    return field("Names", choice);
}

function audienceField(session: Session): HTMLElement {
    const usual = session.me?.facts["audience"] ?? "case-team";
    const choice = select("audience", [["", usual === "case-team" ? "The case team" : `As usual: ${usual}`], ["meeting", "A meeting"], ["chair", "The chair"], ["analyst", "The analyst"],
        ["police", "Police"], ["social-care", "Social care"], ["health", "Health"], ["school", "A school"], ["youth-justice", "Youth justice"],
        ["partner", "A partner"], ["parents", "Parents"], ["public", "The public"]], settings.audience);
    choice.addEventListener("change", () => takeOver("audience", choice.value));
    return field("Prepared for", choice);
}

function purposeField(): HTMLElement {
    const input = h("input", { name: "purpose", maxlength: "200", value: settings.purpose, placeholder: "not stated", title: "What it is asked for: in the log, and on every picture and pack. Never a person's name." });
    input.addEventListener("change", () => takeOver("purpose", input.value.trim()));
    return field("For", input);
}

/** `over`: nobody is signed in any more. */
export function drawTop(session: Session, over: () => void): void {
    const lock = (): void => { void post("lock", {}).catch(() => undefined).then(over); };
    const signOut = async (): Promise<void> => {
        try {
            holdPage((await post<Session>("sign-out", {})).page ?? "");
        } catch { /* whether somebody is signed in yet is asked next */ }
        history.replaceState(null, "", "/"); // the address has what was asked for
        over();
    };
    fill(byId("top"),
        h("p", { class: "brand" }, h("a", { href: writePlace("today") }, "Kith"), " ", h("span", { class: "marking" }, "OFFICIAL-SENSITIVE")),
        h("div", { class: "asked", role: "group", "aria-label": "What everything is asked with" },
            asOfField(), windowField(), namesField(), audienceField(session), purposeField()),
        h("div", { class: "tools", role: "group", "aria-label": "Page" },
            h("span", { class: "user" }, `${session.user || "owner"}`),
            button("Blank", blank, { title: "Blank the screen at once (B or F9)", class: "blank" }),
            button("Colours", nextTheme, { class: "quiet" }), button("Keys", help, { class: "quiet", title: "?" }),
            session.open_hub ? null : button("Lock", lock, { class: "quiet", title: "Forget the key; you can open it again" }),
            session.open_hub ? null : button("Sign out", () => { void signOut(); }, { class: "quiet", title: "Forget the key and who was here" })));
}

const DIGITS = "1234567890";

/** The list of views, and below it the button that remembers the one on the page, as it is in the address. */
export function drawNav(views: readonly View[], chosen: string, session: Session, rememberIt: () => void): void {
    const own = views.filter(v => v.listed && may(session, v.needs));
    fill(byId("nav"), h("ul", {}, own.map(v =>
        h("li", {}, h("a", { href: writePlace(v.id), "aria-current": v.id === chosen ? "page" : null }, v.title)))),
        may(session, "view keep") ? h("p", {}, button("Remember this view", rememberIt, { class: "remember" })) : null);
    listKeys(own.slice(0, DIGITS.length).map((v, i) => ({ key: DIGITS[i] ?? "", says: v.title, run: () => go(v.id) })));
}

/** Nobody is signed in: nothing of the hub stays on the page. */
export function drawNothing(): void {
    fill(byId("top"), h("p", { class: "brand" }, "Kith"), button("Keys", help, { class: "quiet" }));
    fill(byId("nav"));
    listKeys([]);
    fill(main());
}

export function startShell(): void {
    setTheme();
    computer.addEventListener("change", setTheme);
    globalKeys({ key: "/", says: "find", run: () => go("find") },
        { key: "B", says: "blank the screen at once (F9 also while typing)", run: blank },
        { key: "F9", says: "blank the screen at once", run: blank },
        { key: "?", says: "this list", run: help });
}
