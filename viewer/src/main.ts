// SPDX-License-Identifier: GPL-3.0-or-later
// main.ts: where the page begins: who is there, which view is asked for, and the view.
import { ask, holdPage, may, onSignedOut, plain, type Session } from "./api";
import { addDays } from "./days";
import { button, h, fill, say } from "./dom";
import { listen, viewKeys } from "./keys";
import { warm } from "./network/picture";
import { go, placeOf, readPlace, settings, usual } from "./settings";
import { drawNav, drawNothing, drawTop, main, startShell } from "./shell";
import { signIn } from "./signin";
import { views } from "./views/all";
import { rememberView } from "./views/saved";
import { leave, trouble, whenAnswered } from "./work";

let session: Session | null = null;

function route(): void {
    if (!session || session.state !== "signed-in")
        return;
    const place = readPlace(location.hash);
    const own = session;
    const view = views.find(v => v.id === place.view) ?? views.find(v => v.listed && may(own, v.needs)) ?? views[0];
    if (!view)
        return;
    leave();
    viewKeys([]);
    document.querySelectorAll<HTMLDialogElement>("dialog[open]:not(.cover)").forEach(box => box.close());
    document.title = `${view.title} – Kith`;
    document.body.dataset["view"] = view.id;
    const heading = h("h1", { tabindex: "-1" }, view.title);
    fill(main(), heading, newest());
    if (may(session, view.needs))
        view.show(main(), place.parameters, session); // it asks first; what stands around it is made meanwhile
    else
        fill(main(), heading, h("p", { class: "empty" }, "This is not for your role. The list on the left has what is."));
    drawTop(session, () => { void begin(); });
    drawNav(views, view.id, session, () => rememberPage(view.title));
    window.scrollTo(0, 0);
    if (document.activeElement === document.body || document.activeElement === null)
        heading.focus({ preventScroll: true });
}

/* What the address says is the view: it follows each deed. */
function rememberPage(title: string): void {
    const { view, parameters } = placeOf(location.hash);
    rememberView(`${title}${parameters.has("ids") ? ` ${parameters.get("ids")}` : ""}`, view, parameters);
}

/* Of a hub whose newest record is older than the window, the day to look at. */
let lastRecorded = "";

function newest(): HTMLElement | null {
    const day = lastRecorded;
    if (!day || addDays(settings.as_of, -112) <= day)
        return null;
    return h("p", { class: "notice" }, `The newest record is of ${day}. `,
        button(`Show as of ${day}`, () => { settings.as_of = day; const { view, parameters } = placeOf(location.hash); go(view, parameters); }));
}

async function learnNewest(): Promise<void> {
    try {
        const info = await ask("info", {});
        const day = String(info.rows.find(r => r["key"] === "last_event")?.["value"] ?? "").slice(0, 10);
        const first = lastRecorded === "";
        lastRecorded = day;
        const heading = main().querySelector("h1");
        const told = first ? newest() : null;
        if (told && heading)
            heading.after(told);
    } catch { /* who may not read it is not told */ }
}

function signedIn(answer: Session): void {
    session = answer;
    if (answer.page)
        holdPage(answer.page);
    heard = Date.now();
    patience = answer.open_hub ? Infinity : answer.lock_seconds * 1000;
    usual.audience = answer.me?.facts["audience"] ?? usual.audience;
    if (!settings.as_of)
        settings.as_of = answer.today;
    say(`Signed in as ${answer.user}.`);
    route();
    if (may(answer, "info"))
        whenAnswered(() => { void learnNewest(); });
    if (may(answer, "map"))
        whenAnswered(() => { window.setTimeout(warm); });
}

/* What was on the page, and what it remembers of who was there, goes with the session: it begins anew. */
let heard = Date.now(), patience = 0; // of the server, and how long nothing may be heard

function forget(): void {
    fill(document.body);
    location.reload();
}

async function begin(): Promise<void> {
    leave();
    viewKeys([]);
    readPlace(location.hash);
    if (session?.state === "signed-in") {
        forget();
        return;
    }
    try {
        session = await plain<Session>("session");
    } catch (fault) {
        drawNothing();
        fill(main(), trouble(fault, () => { void begin(); }));
        return;
    }
    if (session.state === "signed-in") {
        signedIn(session);
        return;
    }
    drawNothing();
    document.title = "Sign in – Kith";
    document.body.dataset["view"] = "sign-in";
    signIn(main(), session, signedIn);
}

/* The server's clock decides; asking does not put it off. */
async function watch(): Promise<void> {
    if (!session || session.state !== "signed-in")
        return;
    try {
        const now = await plain<Session>("session");
        heard = Date.now();
        if (now.state !== "signed-in")
            forget();
        else if (!now.open_hub && now.idle_seconds < 60)
            say("In less than a minute the page is locked, for nothing has been asked.");
    } catch { /* the next question says what is wrong */
        if (Date.now() - heard > patience)
            forget();
    }
}

onSignedOut.call = () => {
    if (session?.state === "signed-in")
        forget();
};
/* The link that works once leads here with the page's token, which stays neither in the address nor among those that were visited. */
const token = /^#page=([0-9a-f]+)$/.exec(location.hash)?.[1];
if (token) {
    holdPage(token);
    history.replaceState(null, "", "/");
}
startShell();
listen();
window.addEventListener("hashchange", route);
window.setInterval(() => { void watch(); }, 30_000);
void begin();
