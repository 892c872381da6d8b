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

export async function paper_and_stillness_are_respected({ page }) {
    await go(page, VIEWS[0]);
    await page.emulateMedia({ media: "print" });
    assert(!await page.locator("#nav").isVisible() && await page.locator(".card").first().isVisible(), "cards and no list of views on paper");
    await page.emulateMedia({ media: "screen", reducedMotion: "reduce" });
    assert(await page.evaluate(() => document.getAnimations().length) === 0, "nothing moves");
    await page.emulateMedia({ media: null, reducedMotion: null });
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

export async function a_server_that_has_gone_is_said({ page, server }) {
    await go(page, VIEWS[0]);
    await server.stop();
    await page.evaluate(() => { location.hash = "groups"; });
    await page.waitForSelector("text=The server does not answer");
}
