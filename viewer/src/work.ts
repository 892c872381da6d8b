// SPDX-License-Identifier: GPL-3.0-or-later
// work.ts: waiting for an answer: what is going on, how to end it, and what went wrong.
import { cancel, follow, newJob, Refused, type Progress } from "./api";
import { button, fill, h, say } from "./dom";
import { writePlace } from "./settings";
import { tableOf, columnsOf } from "./table";

const PATIENCE = 500; // ms before anything is said of waiting

/** The view on the page; when another takes its place, what it still waits for is ended. */
let current = new AbortController();

export function leave(): void {
    current.abort();
    current = new AbortController();
}

function headline(status: number): string {
    if (status === 403)
        return "Not allowed";
    if (status === 404)
        return "Not found";
    if (status === 400 || status === 422)
        return "Not done";
    if (status === 429)
        return "Too many requests at once";
    if (status === 499)
        return "Ended";
    return "It did not work";
}

/** What went wrong, in a box; `again` asks once more. */
export function trouble(fault: unknown, again?: () => void): HTMLElement {
    const refused = fault instanceof Refused ? fault : new Refused(fault instanceof Error ? fault.message : String(fault), 0);
    const title = headline(refused.status);
    say(`${title}. ${refused.message}`);
    return h("div", { class: "trouble", role: "group", "aria-label": title }, h("h2", {}, title), h("p", {}, refused.message),
        refused.report ? tableOf(refused.report.rows, columnsOf(refused.report.rows), { caption: "Report" }) : null,
        h("p", { class: "buttons" }, again ? button("Try again", again) : null,
            refused.status === 404 ? h("a", { class: "button quiet", href: writePlace("find") }, "Find") : null));
}

export function isAbort(fault: unknown): boolean {
    return fault instanceof DOMException && fault.name === "AbortError";
}

function waitingBox(what: string, job: string): { element: HTMLElement; tell: (p: Progress) => void } {
    const bar = h("progress", { "aria-label": what });
    const text = h("p", {}, `${what} ...`);
    const element = h("div", { class: "waiting" }, text, bar, button("End it", () => { void cancel(job); }));
    const tell = (p: Progress): void => {
        text.textContent = `${what}: ${p.what}${p.total > 0 ? `, ${p.done} of ${p.total}` : ""}`;
        if (p.total > 0) {
            bar.max = p.total;
            bar.value = p.done;
        }
    };
    return { element, tell };
}

/** After the next frame is on the screen; soon where none comes, as in a page that nobody sees. */
export function afterFrame(run: () => void): void {
    let done = false;
    const once = (): void => {
        if (!done)
            run();
        done = true;
    };
    requestAnimationFrame(() => requestAnimationFrame(() => window.setTimeout(once)));
    window.setTimeout(once, 300);
}

let asking = 0; // questions without an answer
const patient: (() => void)[] = [];

/** When no question is without its answer: for what may come later than the view itself. */
export function whenAnswered(run: () => void): void {
    patient.push(run);
    rest();
}

function rest(): void {
    if (asking === 0)
        patient.splice(0).forEach(run => run());
}

const latest = new WeakMap<Element, string>(); // the job that a place waits for

/**
 * Runs a question and shows its answer in `place`; meanwhile, if it takes long, how far it is.
 * Nothing is shown when the page has gone on to something else, or when the place has been asked
 * anew: answers do not come in the order in which they were asked for. What comes of an answer before
 * the rest `run` gives to `early`.
 */
export async function show<T>(place: Element, what: string, run: (signal: AbortSignal, job: string, early: (part: T) => void) => Promise<T>,
                              draw: (answer: T, whole: boolean) => void): Promise<void> {
    const job = newJob(), signal = current.signal, asked = (): boolean => latest.get(place) === job;
    let stop = (): void => undefined;
    latest.set(place, job);
    const timer = window.setTimeout(() => {
        if (!asked())
            return;
        const box = waitingBox(what, job);
        fill(place, box.element);
        say(`${what}.`);
        stop = follow(job, box.tell);
    }, PATIENCE);
    const end = (): void => {
        window.clearTimeout(timer);
        stop();
    };
    place.setAttribute("aria-busy", "true");
    asking++;
    try {
        const answer = await run(signal, job, part => {
            if (!signal.aborted && asked())
                draw(part, false);
        });
        end();
        if (!signal.aborted && asked())
            draw(answer, true);
    } catch (fault) {
        end();
        if (!signal.aborted && asked() && !isAbort(fault))
            fill(place, trouble(fault, () => { void show(place, what, run, draw); }));
    } finally {
        if (asked())
            place.removeAttribute("aria-busy");
        asking--;
        rest();
    }
}

/** Runs something that writes; says what came of it below the button that began it. */
export async function write<T>(place: Element, run: () => Promise<T>, done: (answer: T) => void): Promise<void> {
    fill(place, h("p", {}, "Writing ..."));
    try {
        const answer = await run();
        fill(place);
        done(answer);
    } catch (fault) {
        fill(place, trouble(fault));
    }
}
