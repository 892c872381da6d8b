// SPDX-License-Identifier: GPL-3.0-or-later
// run.mjs: the page in a browser, as those who work with it use it.
//
//   node tests/viewer/run.mjs BUILD_DIR [WORD...]    only tests whose name has one of the words
//
// Ends with 77 where there is no browser, or a store that cannot encrypt (no users can sign in).
import fs from "node:fs";
import path from "node:path";
import { chromium, CHROMIUM, makeHub, open, root, serve } from "./harness.mjs";
import { hostileTown, no_text_of_the_hub_is_more_than_text } from "./hostile.mjs";
import * as manners from "./manners.mjs";
import { the_server_answers_as_the_command_line } from "./numbers.mjs";
import { analyst, chair, lead } from "./tasks.mjs";

const build = path.resolve(process.argv[2] ?? "build/debug"), words = process.argv.slice(3);
if (!fs.existsSync(CHROMIUM) || process.env.KITH_STORE === "system") {
    console.log(`viewer: skipped, ${fs.existsSync(CHROMIUM) ? "this store cannot encrypt" : `there is no ${CHROMIUM}`}`);
    process.exit(77);
}
const { the_keyboard_alone_does_every_task, a_decision_is_written_by_key_alone, the_room_is_blanked_at_once, axe_finds_nothing_serious, nothing_is_lost_at_two_hundred_per_cent,
    paper_and_stillness_are_respected, faults_and_emptiness_are_said, a_server_that_has_gone_is_said } = manners;
const town = path.join(root, "samples/harbour-town");
const RUNS = [
    { user: "analyst", tests: [...analyst, the_server_answers_as_the_command_line, the_keyboard_alone_does_every_task, a_decision_is_written_by_key_alone, the_room_is_blanked_at_once, paper_and_stillness_are_respected,
        faults_and_emptiness_are_said, nothing_is_lost_at_two_hundred_per_cent, axe_finds_nothing_serious] },
    { user: "chair", tests: [...chair, the_server_answers_as_the_command_line, a_server_that_has_gone_is_said] },
    { user: "lead", tests: [...lead, the_server_answers_as_the_command_line] },
    { user: "analyst", hostile: true, tests: [no_text_of_the_hub_is_more_than_text] },
];
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

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--disable-dev-shm-usage", ...process.getuid() === 0 ? ["--no-sandbox"] : []] });
const hub = makeHub(build, [town]);
try {
    for (const { user, tests, hostile } of RUNS) {
        const chosen = tests.filter(t => words.length === 0 || words.some(w => t.name.includes(w) || w === user));
        if (chosen.length === 0)
            continue;
        const own = hostile ? makeHub(build, [hostileTown(path.join(hub.dir, "hostile"))]) : hub;
        const server = await serve(build, own);
        const session = await open(browser, server, own, user);
        for (const test of chosen)
            await one(test, { ...session, server, hub: own, user, browser });
        await session.context.close();
        await server.stop();
        if (hostile)
            own.drop();
    }
} finally {
    await browser.close();
    hub.drop();
}
console.log(`viewer: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
