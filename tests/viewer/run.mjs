// SPDX-License-Identifier: GPL-3.0-or-later
// run.mjs: the page in a browser, as those who work with it use it.
//
//   node tests/viewer/run.mjs BUILD_DIR [WORD...]    only tests whose name has one of the words; some need what one before them left
//
// Ends with 77 where there is no browser, or a store that cannot encrypt (no users can sign in).
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium, CHROMIUM, copyHub, makeHub, open, root, serve } from "./harness.mjs";
import { hostile, hostileTown } from "./hostile.mjs";
import { keyboard } from "./keyboard.mjs";
import * as manners from "./manners.mjs";
import { cards_weeks_and_pictures_are_the_command_lines, find_a_person_and_a_meeting_say_what_the_command_line_says, every_number_on_a_page_is_the_command_lines, the_server_answers_as_the_command_line } from "./numbers.mjs";
import { auditor, chair, lead } from "./roles.mjs";
import { analyst } from "./tasks.mjs";

const build = path.resolve(process.argv[2] ?? "build/debug"), words = process.argv.slice(3);
if (!fs.existsSync(CHROMIUM) || process.env.KITH_STORE === "system") {
    console.log(`viewer: skipped, ${fs.existsSync(CHROMIUM) ? "this store cannot encrypt" : `there is no ${CHROMIUM}`}`);
    process.exit(77);
}
const town = path.join(root, "samples/harbour-town");
/* Each has a hub, a server and a page of its own, so that two can run side by side; the longest first. */
const RUNS = [
    { user: "analyst", tests: analyst },
    { user: "analyst", tests: [manners.axe_finds_nothing_serious_and_nothing_is_lost_at_two_hundred_per_cent, manners.the_room_is_blanked_at_once, manners.the_cookie_is_worth_nothing_without_the_page, manners.paper_and_stillness_are_respected, manners.faults_and_emptiness_are_said, manners.whoever_is_fast_waits_and_reads_no_error,
        every_number_on_a_page_is_the_command_lines, cards_weeks_and_pictures_are_the_command_lines, find_a_person_and_a_meeting_say_what_the_command_line_says, the_server_answers_as_the_command_line] },
    { user: "analyst", hostile: true, tests: hostile },
    { user: "analyst", tests: keyboard },
    { user: "chair", tests: [...chair, the_server_answers_as_the_command_line, manners.what_was_on_the_page_goes_with_the_session, manners.a_server_that_has_gone_is_said] },
    { user: "lead", tests: [...lead, the_server_answers_as_the_command_line] },
    { user: "auditor", tests: [...auditor, the_server_answers_as_the_command_line] },
];
const SIDE_BY_SIDE = 2;
const GIVE_UP_MS = 1_500_000, CLOSE_MS = 20_000;
const at = new Map(); // what each run is at
let passed = 0, failed = 0;

async function one(test, surroundings) {
    const began = Date.now();
    try {
        await test(surroundings);
        await surroundings.watch();
        passed++;
        console.log(`ok ${surroundings.user} ${test.name} (${Date.now() - began} ms)`);
    } catch (fault) {
        failed++;
        console.log(`NOT OK ${surroundings.user} ${test.name}: ${fault.stack}\n  answers: ${surroundings.watched.failed.splice(0).join("; ")}`);
        if (process.env.KITH_KEEP) // a folder: what the page looked like then
            await surroundings.page.screenshot({ path: path.join(process.env.KITH_KEEP, `${test.name}.png`) }).catch(() => undefined);
    }
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--disable-dev-shm-usage", "--lang=en-GB", ...process.getuid() === 0 ? ["--no-sandbox"] : []] });
const hub = await makeHub(build, [town]);

async function all({ user, tests, hostile: payloads }) {
    const chosen = tests.filter(t => words.length === 0 || words.some(w => t.name.includes(w) || w === user));
    if (chosen.length === 0)
        return;
    const tables = payloads ? hostileTown(fs.mkdtempSync(path.join(os.tmpdir(), "kith-viewer-"))) : null;
    const own = tables ? await makeHub(build, [tables], []) : copyHub(build, hub);
    const server = await serve(build, own);
    const session = await open(browser, server, own, user);
    for (const test of chosen) {
        at.set(own, `${user} ${test.name}`);
        await one(test, { ...session, server, hub: own, user, browser });
    }
    at.set(own, `${user}: closing the page`); // which waits for ever for what a server that has gone still owes
    await Promise.race([session.context.close(), new Promise(late => { setTimeout(late, CLOSE_MS).unref(); })]);
    at.set(own, `${user}: ending the server`);
    await server.stop();
    at.delete(own);
    own.drop();
    if (tables)
        fs.rmSync(tables, { recursive: true });
}

setTimeout(() => {
    console.log(`viewer: no end after ${GIVE_UP_MS / 1000} s, at ${[...at.values()].join(" and ") || "the browser's end"}`);
    process.exit(1);
}, GIVE_UP_MS).unref();
try {
    const waiting = [...RUNS];
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift())
            await all(next);
    }));
} finally {
    await browser.close();
    hub.drop();
}
console.log(`viewer: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
