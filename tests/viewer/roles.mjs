// SPDX-License-Identifier: GPL-3.0-or-later
// roles.mjs: what a chair, a school's lead and an auditor do with the page, and what is not theirs.
import fs from "node:fs";
import { assert, DAY, equal, go, rowsOf, settled, SUMMER } from "./harness.mjs";
import { a_path_between_two_is_shown, contexts_stand_beside_the_panels_own, press, the_board_of_a_day_has_its_cards } from "./tasks.mjs";

const AT = `as_of=${DAY}`, THEN = `as_of=${SUMMER}`;

/* ---- a chair ---- */

export async function a_chair_opens_the_day_and_decides({ page, hub }) {
    equal(await page.locator("#nav a").allTextContents(), ["Today", "Find", "Network", "Groups", "Contexts", "Places", "Meeting", ...(await page.locator("#nav a", { hasText: "Intake" }).count() ? ["Intake"] : []), "Views"], "what a chair has");
    await the_board_of_a_day_has_its_cards({ page });
    await go(page, `meeting?ids=P014&${AT}`);
    await page.fill("[name=decision]", "Review in a week");
    await press(page, "Write the decision");
    await page.waitForSelector("td:text-is('Review in a week')");
    equal((await hub.json(["actions", "decisions", "P014"])).rows.map(r => [r.by, r.decision]), [["chair", "Review in a week"]], "under the chair's name");
    await settled(page);
    await a_path_between_two_is_shown({ page, hub });
    await contexts_stand_beside_the_panels_own({ page, hub });
    const [file] = await Promise.all([page.waitForEvent("download"), (async () => { await go(page, `today?${AT}`); await press(page, "as a page (HTML)"); })()]);
    assert(fs.readFileSync(await file.path(), "utf8").includes("<html"), "a pack to print");
}

/* ---- a school's lead ---- */

export async function a_lead_sees_what_is_shared_and_no_more({ page, hub }) {
    equal(await page.locator("#nav a").allTextContents(), ["Find", "Network", "Places", "Views"], "what a lead has");
    await go(page, `places?${AT}&audience=school`);
    const options = ["--as-of", DAY, "--audience", "school"];
    const expected = (await hub.json(["hotspots", ...options], { user: "lead" })).rows.filter(r => r.section === "public");
    equal((await rowsOf(page, "Public places")).map(r => [r.rank, r.location_id, r.children]), expected.map(r => [r.rank, r.location_id, r.children]), "places as the lead has them");
    await go(page, `network?ids=L01&hops=1&${THEN}&audience=school`);
    const text = await page.locator("#main").textContent();
    assert(!text.includes("alleged exploitation"), "no line that is for police and social care only");
    assert(!/withheld/i.test(text), "a school reads nothing of what is withheld");
    assert(await page.locator(".toolbar button", { hasText: "Keep places" }).count() === 0, "no places to keep");
    await go(page, `today?${AT}`);
    assert((await page.locator("#main").textContent()).includes("not for your role"), "the day is not theirs");
    const status = await page.evaluate(async () => (await fetch("/api/today?date=2022-06-30", { headers: { "Kith-Page": localStorage.getItem("kith-page") } })).status);
    equal(status, 403, "nor by asking the server");
}

/* ---- an auditor ---- */

export async function an_auditor_reads_the_log_and_nothing_of_children({ page, hub, user }) {
    equal(await page.locator("#nav a").allTextContents(), ["Audit", "Views"], "what an auditor has");
    await page.waitForFunction(() => document.body.dataset.view === "audit");
    await settled(page);
    const logged = (await hub.json(["audit"], { user })).rows;
    const shown = await rowsOf(page, "Entries, the newest first");
    assert(logged.length > 5 && shown.length >= logged.length - 2, `entries: ${shown.length} of ${logged.length}`);
    equal(shown.at(-1).seq, logged[0].seq, "the oldest last");
    await page.fill("[name=user]", "analyst");
    await page.selectOption("[name=act]", "collection");
    await press(page, "Show");
    await page.waitForFunction(() => location.hash.includes("act=collection"));
    await settled(page);
    const collected = await rowsOf(page, "Entries, the newest first");
    equal([...new Set(collected.map(r => `${r.user} ${r.act}`))], ["analyst collection"], "by whom and what");
    await press(page, "Is the log as it was written?");
    await page.waitForSelector("text=The log is as it was written.");
    for (const view of [`person?id=P001&${AT}`, `network?ids=P001&hops=1&${AT}`, `today?${AT}`, `quality?${AT}`]) {
        await go(page, view);
        assert((await page.locator("#main").textContent()).includes("not for your role"), `${view} is not an auditor's`);
    }
    for (const route of ["show?id=P001", "map?ids=P001&hops=1", "peers", "check"])
        equal(await page.evaluate(async r => (await fetch(`/api/${r}`, { headers: { "Kith-Page": localStorage.getItem("kith-page") } })).status, route), 403, `${route}, asked of the server`);
    equal(await page.evaluate(async () => (await fetch("/api/find", { method: "POST", headers: { "Content-Type": "application/json", "Kith-Page": localStorage.getItem("kith-page") }, body: "{\"q\": \"P001\"}" })).status), 403, "nor find");
}

export const chair = [a_chair_opens_the_day_and_decides];
export const lead = [a_lead_sees_what_is_shared_and_no_more];
export const auditor = [an_auditor_reads_the_log_and_nothing_of_children];
