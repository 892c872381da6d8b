// SPDX-License-Identifier: GPL-3.0-or-later
// manners.mjs: axe-core, the key that blanks the room, 200 %, print, faults.
import { assert, axeSource, DAY, equal, go, settled, SUMMER } from "./harness.mjs";

const AT = `as_of=${DAY}`, THEN = `as_of=${SUMMER}`;
export const VIEWS = [`today?${AT}`, `find?${AT}`, `network?ids=P001&hops=1&${THEN}`, `groups?${AT}`, `contexts?ids=G2&${AT}`, `places?${AT}`, `places?id=L11&${AT}`,
    `meeting?ids=P001,G2&${AT}`, `intake?${AT}`, `views?${AT}`, `quality?${AT}`, `audit?${AT}`, `person?id=P001&${AT}`];

export async function the_room_is_blanked_at_once({ page }) {
    await go(page, VIEWS[0]);
    await page.keyboard.press("b");
    const anything = () => [...document.querySelectorAll("body > :not(.cover) *")].some(e => e.checkVisibility({ visibilityProperty: true }));
    const seen = () => page.evaluate(anything), again = () => page.waitForFunction(anything);
    assert(!await seen(), "nothing is seen");
    equal(await page.title(), "Kith", "nor in the title");
    await page.keyboard.press("Escape");
    assert(!await seen(), "Escape shows nothing by mistake");
    await page.keyboard.press("b");
    await again();
    await page.locator("[name=ids]").focus();
    await page.keyboard.press("F9");
    assert(!await seen(), "F9 while somebody types");
    await page.keyboard.press("Enter");
    await again();
}

const TAGS = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }, COLOURS = { type: "rule", values: ["color-contrast"] };

/* Serious findings of axe-core, of what stands round every view only once. */
function findings(page, view, theme, runOnly, whole) {
    return page.evaluate(async ([v, t, only, all]) => {
        const result = await axe.run(all ? document : { include: [["#main"]] }, { resultTypes: ["violations"], runOnly: only });
        return result.violations.filter(x => ["serious", "critical"].includes(x.impact))
            .map(x => `${t} ${v}: ${x.id}: ${x.nodes.slice(0, 2).map(n => `${n.target} ${n.failureSummary}`).join(" | ")}`);
    }, [view, theme, runOnly, whole]);
}

/* Each view at 100 % and at 200 % of 1366 x 768, in the light and, where colours differ, in the dark. */
export async function axe_finds_nothing_serious_and_nothing_is_lost_at_two_hundred_per_cent({ page }) {
    const found = [], dark = VIEWS.filter((_, i) => [0, 2, 4, 5].includes(i));
    await page.evaluate(axeSource);
    for (const view of VIEWS) {
        await page.setViewportSize({ width: 683, height: 384 });
        await go(page, view);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert(over <= 0, `${view} is ${over} px too wide at 200 %`);
        await page.setViewportSize({ width: 1366, height: 768 });
        await page.evaluate(() => {
            document.querySelectorAll(".known, .filters, .legend-box").forEach(d => { (d.closest("details") ?? d).open = true; });
            document.querySelectorAll("#main tbody").forEach(body => [...body.rows].slice(4).forEach(row => row.remove())); // more of the same
        });
        found.push(...await findings(page, view, "light", TAGS, view === VIEWS[0]));
        if (dark.includes(view)) {
            await page.emulateMedia({ colorScheme: "dark" });
            found.push(...await findings(page, view, "dark", COLOURS, view === VIEWS[0]));
            await page.emulateMedia({ colorScheme: null });
        }
    }
    equal(found, [], "serious findings of axe-core");
}

/* Another window of the page is signed in too; whoever has the cookie alone is not. */
export async function the_cookie_is_worth_nothing_without_the_page({ page, context }) {
    const asked = own => page.evaluate(async o => (await fetch("/api/info", { headers: o ? { "Kith-Page": localStorage.getItem("kith-page") } : {} })).status, own);
    equal([await asked(true), await asked(false)], [200, 403], "with the page's token, and without");
    assert(!/page=/.test(page.url()), "nor is the token in the address");
    const other = await context.newPage();
    await other.goto(page.url());
    await other.waitForSelector("#nav a");
    await other.close();
}

export async function paper_and_stillness_are_respected({ page }) {
    await go(page, VIEWS[0]);
    await page.emulateMedia({ media: "print" });
    assert(!await page.locator("#nav").isVisible() && await page.locator(".card").first().isVisible(), "cards and no list of views on paper");
    await page.emulateMedia({ media: "screen", reducedMotion: "reduce" });
    assert(await page.evaluate(() => document.getAnimations().length) === 0, "nothing moves");
    await page.emulateMedia({ media: null, reducedMotion: null });
}

const SOME = /\/api\/(peers|decision)\b/;
const SLOWLY = { status: 429, headers: { "Retry-After": "1", "Content-Type": "application/json" }, body: '{"error": "too many requests; slow down"}' };

/* A question is asked once more, and no oftener; nothing is written twice, and who went on meanwhile asks no more. */
export async function whoever_is_fast_waits_and_reads_no_error({ page }) {
    const asked = [];
    let refusals = 1;
    const slow = route => { asked.push(new URL(route.request().url()).pathname); return refusals-- > 0 ? route.fulfill(SLOWLY) : route.continue(); };
    await page.route(SOME, slow);
    await go(page, `groups?${AT}`);
    equal([asked.splice(0).length, await page.locator(".trouble").count(), await page.locator("#main table").count() > 0], [2, 0, true], "once more");
    refusals = 2;
    await go(page, `groups?${THEN}`);
    equal([asked.splice(0).length, await page.locator(".trouble h2").textContent()], [2, "Too many requests at once"], "and then it is said");
    await go(page, `meeting?ids=P014&${AT}`);
    refusals = 1;
    await page.fill("[name=decision]", "Not written twice");
    await page.locator("#main").getByRole("button", { name: "Write the decision", exact: true }).click();
    await page.waitForSelector(".trouble");
    await page.waitForTimeout(1500);
    equal(asked.splice(0).filter(p => p.includes("decision")).length, 1, "what writes is asked once");
    refusals = 1;
    await page.evaluate(at => { location.hash = `groups?${at}`; }, THEN);
    while (asked.length === 0)
        await page.waitForTimeout(20);
    await go(page, `views?${AT}`);
    await page.waitForTimeout(1500);
    equal([asked.length, await page.locator(".trouble").count()], [1, 0], "nobody waits for it any more");
    await page.unroute(SOME, slow);
}

export async function faults_and_emptiness_are_said({ page }) {
    await go(page, `person?id=NOBODY&${AT}`);
    assert((await page.locator(".trouble").textContent()).includes("Not found"), "an id that nothing has");
    await go(page, `network?ids=P001&hops=1&as_of=1999-01-01`);
    assert(/nothing is recorded|Nothing is recorded|TQ/.test(await page.locator("#main").textContent()), "a time without records");
    await go(page, `today?as_of=1999-01-01`);
    assert((await page.locator("#main").textContent()).includes("Nobody is named"), "a day without events");
    await page.evaluate(() => { location.hash = "weird"; });
    await page.waitForFunction(() => document.body.dataset.view === "today");
    await settled(page);
    assert(await page.locator("h1").count() === 1, "an address that is none");
}

const ofTheHub = page => page.evaluate(() => /Quillmarsh|P0\d\d/.test(document.documentElement.outerHTML) || document.querySelector("dialog, #nav a") !== null);

async function findSomebody(page) {
    await go(page, `find?${AT}&names=full&purpose=a+purpose`);
    assert(await page.inputValue("[name=q]") === "", "nothing of who was there before");
    await page.fill("[name=q]", "Quillmarsh");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#main td, #main th[scope=row]");
    await page.locator("h1").focus();
    await page.keyboard.press("?");
    await page.waitForSelector("dialog kbd");
    assert(await ofTheHub(page), "somebody is on the page");
}

/* Whatever ends it: another tab, a time-out, a server that is not heard any more. An open box, too. */
export async function what_was_on_the_page_goes_with_the_session({ page, hub }) {
    await findSomebody(page);
    await page.evaluate(async () => { await fetch("/api/lock", { method: "POST", headers: { "Content-Type": "application/json", "Kith-Page": localStorage.getItem("kith-page") }, body: "{}" }); location.hash = "today"; });
    await page.waitForSelector("form.sign-in");
    assert(!await ofTheHub(page), "locked elsewhere: the page is empty");
    await page.clock.install(); // for the page that comes then
    await page.locator("button", { hasText: "Somebody else signs in" }).click();
    await page.waitForSelector("form.sign-in [name=user]:not([readonly])");
    equal([await page.inputValue("[name=user]"), await page.evaluate(() => location.hash.includes("purpose"))], ["", false], "nothing of who was there before");
    equal(await page.getAttribute("[name=passphrase]", "type"), "password", "what is typed is not shown");
    await page.fill("[name=user]", "analyst");
    await page.setInputFiles("[name=key_file]", hub.key("analyst"));
    await page.click("form.sign-in button[type=submit]");
    await page.waitForSelector("#nav a");
    await findSomebody(page);
    await page.route("**/api/**", route => route.abort());
    await page.clock.fastForward(14 * 60_000);
    assert(await ofTheHub(page), "a server may be away for a while");
    await page.clock.runFor(2 * 60_000);
    await page.waitForSelector("text=The server does not answer");
    assert(!await ofTheHub(page), "but not for longer than until the lock");
    equal(await page.evaluate(() => [Object.keys(localStorage).filter(key => !["kith-theme", "kith-page"].includes(key)), Object.keys(sessionStorage), document.cookie]), [[], [], ""], "the browser keeps nothing");
    await page.unroute("**/api/**");
    await page.reload();
    await page.waitForSelector("#nav a");
}

export async function a_server_that_has_gone_is_said({ page, server }) {
    await go(page, VIEWS[0]);
    await server.stop();
    await page.evaluate(() => { location.hash = "groups"; });
    await page.waitForSelector("text=The server does not answer");
}
