// SPDX-License-Identifier: GPL-3.0-or-later
// harness.mjs: a town, a server, a browser, and what is watched while a test uses the page: scripts'
// errors, requests that leave, and what the content security policy refused.
import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const run = promisify(execFile);
const require = createRequire(path.join(root, "viewer/package.json"));
export const { chromium } = require("playwright-core");
export const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const CHROMIUM = process.env.KITH_CHROMIUM ?? "/usr/bin/chromium";
const PATIENCE_MS = 180_000; // a busy machine is slow, and no fault
export const DAY = "2022-06-30", SUMMER = "2021-07-31";

export function assert(condition, message) {
    if (!condition)
        throw new Error(message);
}

export function equal(found, expected, message) {
    const a = JSON.stringify(found), b = JSON.stringify(expected);
    assert(a === b, `${message}: ${a.slice(0, 400)}, not ${b.slice(0, 400)}`);
}

/** A hub in a folder: its command line as one of its users, whose answers are waited for. */
function hubIn(build, dir) {
    const hub = { dir, file: path.join(dir, "town.kith"), key: user => path.join(dir, `${user}.key`) };
    hub.kith = async (args, options = {}) => {
        const running = run(path.join(build, "kith"), args, {
            encoding: "utf8", maxBuffer: 1 << 28,
            env: { ...process.env, KITH_HUB: hub.file, KITH_KEY_FILE: hub.key(options.user ?? "analyst"), LC_ALL: "C.UTF-8" },
        });
        running.child.stdin.on("error", () => undefined); // it may have ended without reading
        running.child.stdin.end(options.input ?? "");
        return (await running).stdout;
    };
    hub.json = async (args, options) => JSON.parse(await hub.kith([...args, "--format", "json", "--quiet"], options));
    hub.drop = () => fs.rmSync(dir, { recursive: true, force: true });
    return hub;
}

const ROLES = { chair: ["chair"], lead: ["partner", "--agency", "school"], auditor: ["auditor"] };

/** A hub with an analyst and these others; `tables` are loaded. */
export async function makeHub(build, tables, others = Object.keys(ROLES)) {
    const hub = hubIn(build, fs.mkdtempSync(path.join(os.tmpdir(), "kith-viewer-")));
    await hub.kith(["key", "new", hub.key("analyst"), "--quiet"]);
    await hub.kith(["init", "--quiet", "--user", "analyst"]);
    await hub.kith(["import", "--quiet", ...tables]);
    for (const user of others) {
        await hub.kith(["key", "new", hub.key(user), "--quiet"]);
        await hub.kith(["key", "add", user, "--new-key-file", hub.key(user), "--quiet"]);
        await hub.kith(["user", "add", user, ...ROLES[user], "--quiet"]);
    }
    return hub;
}

/** The same hub once more: what is written in one is not in the other. */
export function copyHub(build, hub) {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "kith-viewer-"));
    fs.cpSync(hub.dir, dir, { recursive: true });
    return hubIn(build, dir);
}

/** Starts the server; the link works once. Its workers may trace nothing, themselves neither: no leak checker runs in them. */
export async function serve(build, hub) {
    const child = spawn(path.join(build, "kith"), ["serve", "--port", "0"], { env: { ASAN_OPTIONS: "detect_leaks=0", ...process.env, KITH_HUB: hub.file }, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    const link = await new Promise((resolve, reject) => {
        const read = chunk => {
            text += chunk;
            const found = /http:\/\/\S+\/start\?token=[0-9a-f]+/.exec(text);
            if (found)
                resolve(found[0]);
        };
        child.stdout.on("data", read);
        child.stderr.on("data", read);
        child.on("exit", code => reject(new Error(`kith serve ended with ${code}: ${text}`)));
        setTimeout(() => reject(new Error(`kith serve says no link: ${text}`)), PATIENCE_MS).unref();
    });
    const stop = () => new Promise(resolve => {
        if (child.exitCode !== null || child.signalCode !== null)
            return resolve();
        child.once("exit", resolve);
        child.kill("SIGTERM");
    });
    return { link, origin: new URL(link).origin, stop, child, said: () => text };
}

/** A page on which somebody has signed in (user null: to an open hub, where nobody does), and what is watched on it. */
export async function open(browser, server, hub, user, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB", acceptDownloads: true, ...options });
    const page = await context.newPage();
    const watched = { errors: [], outside: [], refused: [], failed: [] };
    await page.addInitScript(() => {
        window.__refused = [];
        document.addEventListener("securitypolicyviolation", e => window.__refused.push(`${e.violatedDirective} ${e.blockedURI}`));
    });
    page.on("pageerror", error => watched.errors.push(error.message));
    page.on("dialog", dialog => { watched.errors.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
    page.on("request", request => { if (!request.url().startsWith(server.origin) && !/^(blob|data):/.test(request.url())) watched.outside.push(request.url()); });
    page.on("response", response => { if (response.status() >= 400) watched.failed.push(`${response.status()} ${response.url().slice(server.origin.length)}`); });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(server.link);
    if (user !== null) {
        await page.waitForSelector("form.sign-in");
        await page.fill("[name=user]", user);
        await page.setInputFiles("[name=key_file]", hub.key(user));
        await page.click("form.sign-in button[type=submit]");
    }
    await page.waitForSelector("#nav a");
    const watch = async () => {
        watched.refused.push(...await page.evaluate(() => window.__refused.splice(0)));
        equal(watched.errors, [], "errors of scripts");
        equal(watched.outside, [], "requests that leave");
        equal(watched.refused, [], "refused by the content security policy");
    };
    return { context, page, watched, watch };
}

/** Goes to a view, and waits until the page has heard of it and the view has its answers. */
export async function go(page, hash) {
    await page.evaluate(h => new Promise(heard => {
        const before = location.hash;
        window.addEventListener("hashchange", () => heard(), { once: true }); // after the page's own listener
        location.hash = h;
        if (location.hash === before)
            heard();
    }), hash);
    await page.waitForFunction(v => document.body.dataset.view === v, hash.split("?")[0]);
    await settled(page);
}

export async function settled(page) {
    await page.waitForTimeout(40);
    await page.waitForFunction(() => !document.querySelector("[aria-busy]"));
}

/** Rows of a table by its caption, a cell by the column's key: whole values of numbers. */
export function rowsOf(page, caption) {
    return page.evaluate(text => {
        const table = [...document.querySelectorAll("table")].find(t => t.caption?.textContent === text);
        return table ? [...table.tBodies[0].rows].map(row => Object.fromEntries([...row.cells].map(cell =>
            [cell.dataset.key, cell.querySelector("data") ? Number(cell.querySelector("data").value) : cell.textContent]))) : null;
    }, caption);
}
