// SPDX-License-Identifier: GPL-3.0-or-later
// api.ts: questions to the server, which are command lines (docs/viewer.md), and their answers.
import { common, remember, remembered } from "./settings";

export type Cell = string | number | null;
export type Row = Record<string, Cell>;

export interface Table {
    facts: Record<string, string>;
    rows: Row[];
    notes: string[];
}

export interface Session {
    state: "signed-in" | "locked" | "signed-out";
    user: string;
    hub: string;
    open_hub: boolean;
    idle_seconds: number;
    lock_seconds: number;
    today: string;
    version: string;
    me?: { facts: Record<string, string>; rows: Row[] };
    page?: string; // of an answer to signing in, or out
}

/* The page's own token, without which the cookie is worth nothing: the browser shows a cookie to whatever listens on
   this computer, and what it remembers for this page to nobody else. All windows of this page have the same. */
let held = "";

export function holdPage(token: string): void {
    held = token;
    remember("page", token);
}

/** Whether the user's roles have this operation; when the server does not say, it will when asked. */
export function may(session: Session, operation: string): boolean {
    return !session.me || session.me.rows.some(row => row["operation"] === operation);
}

export interface Progress {
    what: string;
    done: number;
    total: number;
}

export type Value = string | number | boolean | undefined | null;
export type Parameters = Record<string, Value>;

/** What the server would not answer; the message is its sentence. `wait`: seconds after which it may be asked again. */
export class Refused extends Error {
    constructor(message: string, readonly status: number, readonly state = "", readonly report?: Table, readonly wait = 0) {
        super(message);
    }
}

/** Called when an answer says that nobody is signed in any more. */
export const onSignedOut: { call: () => void } = { call: () => undefined };

function query(parameters: Parameters): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters))
        if (value !== undefined && value !== null && value !== "" && value !== false)
            search.set(name, value === true ? "1" : String(value));
    return search.toString();
}

async function refusal(response: Response): Promise<Refused> {
    let error = `The server answered ${response.status}.`, state = "", report: Table | undefined;
    try {
        const body = await response.json() as { error?: string; state?: string; rows?: Row[] };
        error = body.error ?? error;
        state = body.state ?? "";
        if (body.rows)
            report = body as unknown as Table;
    } catch { /* no JSON: the status says it */ }
    if (report)
        error = "Nothing was recorded: the report says why.";
    if (state === "locked" || state === "signed-out")
        onSignedOut.call();
    return new Refused(error, response.status, state, report, Number(response.headers.get("Retry-After")));
}

async function send(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
        response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...init, headers: { ...init.headers, "Kith-Page": remembered("page") || held } });
    } catch (fault) {
        if (fault instanceof DOMException && fault.name === "AbortError")
            throw fault;
        throw new Refused("The server does not answer. Is kith serve still running?", 0);
    }
    if (!response.ok)
        throw await refusal(response);
    return response;
}

const PATIENCE = 5; // seconds

function later(seconds: number, signal?: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
        const timer = window.setTimeout(resolve, seconds * 1000);
        signal?.addEventListener("abort", () => { window.clearTimeout(timer); reject(signal.reason as Error); }, { once: true });
    });
}

/* What only reads and came too soon is asked once more, when the server says it may. */
async function read(path: string, init: RequestInit): Promise<Response> {
    try {
        return await send(path, init);
    } catch (fault) {
        const wait = fault instanceof Refused && fault.status === 429 ? fault.wait : 0;
        if (wait <= 0 || wait > PATIENCE)
            throw fault;
        await later(wait, init.signal);
        return send(path, init);
    }
}

let jobs = 0;

/** A name for a request, by which its progress is read and it can be ended. */
export function newJob(): string {
    return `p${Date.now().toString(36)}-${++jobs}`;
}

/** Asks; the common parameters (as-of, window, names, ...) are added unless given. */
export async function ask<T = Table>(route: string, parameters: Parameters = {}, signal?: AbortSignal,
                                     job?: string): Promise<T> {
    const all = query({ ...common(), ...parameters, job });
    const response = await read(`/api/${route}${all ? `?${all}` : ""}`, signal ? { signal } : {});
    return await response.json() as T;
}

/** Asks with what may be a name, which stands in no address and so in no server's log. */
export async function askUnseen<T = Table>(route: string, parameters: Parameters, signal?: AbortSignal, job?: string): Promise<T> {
    const asked = post(given({ ...common(), ...parameters, job }));
    return await (await read(`/api/${route}`, signal ? { ...asked, signal } : asked)).json() as T;
}

const RECORD = "\u001e"; // begins each part (RFC 7464)

/**
 * The same of what comes in parts: each is given to `take` as it comes, but for the last, which is the answer.
 */
export async function askInParts<T>(route: string, parameters: Parameters, take: (part: T) => void, signal?: AbortSignal,
                                    job?: string): Promise<T> {
    const all = query({ ...common(), ...parameters, job });
    const response = await read(`/api/${route}${all ? `?${all}` : ""}`, signal ? { signal } : {});
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        text += piece.value;
        const parts = text.split(RECORD);
        text = parts.pop() ?? "";
        for (const part of parts)
            if (part.trim() !== "")
                take(JSON.parse(part) as T);
    }
    return JSON.parse(text) as T;
}

/** Asks what has no common parameters. */
export async function plain<T = Table>(route: string, parameters: Parameters = {}): Promise<T> {
    const all = query(parameters);
    return await (await read(`/api/${route}${all ? `?${all}` : ""}`, {})).json() as T;
}

function post(body: object): RequestInit {
    return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function given(body: object): object {
    return Object.fromEntries(Object.entries(body).filter(([, v]) => v !== undefined && v !== null && v !== ""));
}

/** Writes: one command, one entry in the log. */
export async function write<T = Table & { said?: string[] }>(route: string, body: object): Promise<T> {
    return await (await send(`/api/${route}`, post(given(body)))).json() as T;
}

/** A file that the server makes, handed to the browser to keep. */
export async function download(route: string, body: object, name: string): Promise<void> {
    save(await (await send(`/api/${route}`, post(given(body)))).blob(), name);
}

export function save(blob: Blob, name: string): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Tells how far a job is until it ends or `stop` is called. */
export function follow(job: string, tell: (progress: Progress) => void): () => void {
    const control = new AbortController();
    void watch(`/api/progress?job=${encodeURIComponent(job)}`, tell, control.signal).catch(() => undefined); // the answer itself says what went wrong
    return () => control.abort();
}

/* Server-sent events; the browser's own reader of them sends no header. */
async function watch(path: string, tell: (progress: Progress) => void, signal: AbortSignal): Promise<void> {
    const reader = (await send(path, { signal })).body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        const events = (text + piece.value).split("\n\n");
        text = events.pop() ?? "";
        for (const event of events) {
            const data = /^event: progress\ndata: (.*)$/.exec(event)?.[1];
            if (data)
                tell(JSON.parse(data) as Progress);
        }
    }
}

export async function cancel(job: string): Promise<void> {
    try {
        await send("/api/cancel", post({ job }));
    } catch { /* it has ended by itself */ }
}
