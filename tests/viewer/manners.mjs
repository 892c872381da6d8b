// SPDX-License-Identifier: GPL-3.0-or-later
// manners.mjs: the keyboard alone, axe-core, the key that blanks the room, 200 %, print, faults.
import { assert, axeSource, DAY, equal, go, settled, SUMMER } from "./harness.mjs";

const AT = `as_of=${DAY}`, THEN = `as_of=${SUMMER}`;
export const VIEWS = [`today?${AT}`, `find?${AT}`, `network?ids=P001&hops=1&${THEN}`, `groups?${AT}`, `contexts?ids=G2&${AT}`, `places?${AT}`, `places?id=L11&${AT}`,
    `meeting?ids=P001,G2&${AT}`, `intake?${AT}`, `views?${AT}`, `quality?${AT}`, `audit?${AT}`, `person?id=P001&${AT}`];

const typed = (page, ...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

/* Tab, as somebody without a mouse does, until something is reached. */
async function tabTo(page, test, most = 150) {
    for (let i = 0; i < most; i++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(test))
            return;
    }
    throw new Error(`Tab does not reach ${test}`);
}

export async function the_keyboard_alone_does_every_task({ page }) {
    await go(page, `find?${AT}`);
    await page.evaluate(() => document.activeElement.blur());
    await typed(page, "/");
    await page.waitForFunction(() => document.activeElement.name === "q");
    await page.keyboard.type("P001");
    await typed(page, "Enter");
    await page.waitForSelector("th a");
    await settled(page);
    await tabTo(page, () => document.activeElement.textContent === "picture");
    await typed(page, "Enter");
    await page.waitForSelector(".picture[data-nodes]");
    await settled(page);
    await tabTo(page, () => document.activeElement.classList.contains("picture"));
    await typed(page, "ArrowDown");
    await page.waitForSelector(".details .buttons");
    const nodes = () => page.locator(".picture").getAttribute("data-nodes").then(Number);
    const before = await nodes();
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowDown"])
        if (!/neighbours? (is|are) not shown/.test(await page.locator(".details").textContent()))
            await typed(page, key);
    await typed(page, "n");
    await page.waitForFunction(n => Number(document.querySelector(".picture").dataset.nodes) > n, before);
    await settled(page);
    await typed(page, "Control+z");
    await page.waitForFunction(n => Number(document.querySelector(".picture").dataset.nodes) === n, before);
    await settled(page);
    await typed(page, "h");
    equal(await nodes(), before - 1, "hidden by key");
    await typed(page, "Shift+H", "ArrowDown", "Enter");
    assert(await page.evaluate(() => document.activeElement.closest(".details") !== null), "Enter goes to what is chosen");
    await tabTo(page, () => document.activeElement.closest(".lines") !== null);
    await typed(page, "Enter");
    await page.waitForSelector(".details table, .details p");
    await typed(page, "t");
    assert(await page.evaluate(() => document.activeElement.classList.contains("same")), "T goes to the table");
    await typed(page, "p");
    await page.waitForSelector("dialog[open] [name=path-to]");
    await page.keyboard.type("P072");
    await typed(page, "Enter");
    await page.waitForSelector("dialog .table");
    await typed(page, "Escape");
    await typed(page, "Escape"); // the first may only have closed the list of ids
    await page.waitForFunction(() => !document.querySelector("dialog"));
    const open = () => page.evaluate(() => document.querySelector(".legend-box").open);
    const legend = await open();
    await typed(page, "g");
    assert(await open() !== legend, "G is the legend");
    await typed(page, "?");
    await page.waitForSelector("dialog kbd");
    await typed(page, "Escape");
    await settled(page);
}

export async function a_decision_is_written_by_key_alone({ page }) {
    await go(page, `meeting?ids=P002&${AT}`);
    await page.waitForSelector(".decision-form");
    await settled(page);
    await page.evaluate(() => document.activeElement.blur());
    await typed(page, "d");
    await page.keyboard.type("Her worker asks her first");
    await tabTo(page, () => document.activeElement.textContent === "Write the decision", 5);
    await typed(page, "Enter");
    await page.waitForSelector("td:text-is('Her worker asks her first')");
    await settled(page);
}

export async function the_room_is_blanked_at_once({ page }) {
    await go(page, VIEWS[0]);
    await page.keyboard.press("b");
    const seen = () => page.evaluate(() => [...document.querySelectorAll("body > :not(.cover) *")].some(e => e.checkVisibility({ visibilityProperty: true })));
    assert(!await seen(), "nothing is seen");
    equal(await page.title(), "Kith", "nor in the title");
    await page.keyboard.press("Escape");
    assert(!await seen(), "Escape shows nothing by mistake");
    await page.keyboard.press("b");
    assert(await seen(), "shown again");
    await page.locator("[name=ids]").focus();
    await page.keyboard.press("F9");
    assert(!await seen(), "F9 while somebody types");
    await page.keyboard.press("Enter");
    assert(await seen(), "and again");
}

/* Every view as it is, and a few in the dark: only colours differ there. */
export async function axe_finds_nothing_serious({ page }) {
    const found = [], dark = VIEWS.filter((_, i) => [0, 2, 4, 5].includes(i));
    const runs = [...VIEWS.map(view => ({ view, theme: "light", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], type: "tag" })),
        ...dark.map(view => ({ view, theme: "dark", values: ["color-contrast"], type: "rule" }))];
    await page.evaluate(axeSource);
    for (const { view, theme, ...only } of runs) {
        await page.evaluate(t => { document.documentElement.dataset.theme = t; }, theme);
        await go(page, view);
        await page.evaluate(() => document.querySelectorAll(".known, .filters, .legend-box").forEach(d => { (d.closest("details") ?? d).open = true; }));
        await page.evaluate(() => document.querySelectorAll("#main tbody").forEach(body => [...body.rows].slice(6).forEach(row => row.remove()))); // more of the same
        const result = await page.evaluate(runOnly => axe.run(document, { resultTypes: ["violations"], runOnly }), only);
        for (const v of result.violations)
            if (["serious", "critical"].includes(v.impact))
                found.push(`${theme} ${view}: ${v.id}: ${v.nodes.slice(0, 2).map(n => `${n.target} ${n.failureSummary}`).join(" | ")}`);
    }
    await page.evaluate(() => { delete document.documentElement.dataset.theme; });
    equal(found, [], "serious findings of axe-core");
}

export async function nothing_is_lost_at_two_hundred_per_cent({ page }) {
    await page.setViewportSize({ width: 683, height: 384 });
    for (const view of VIEWS) {
        await go(page, view);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert(over <= 0, `${view} is ${over} px too wide at 200 %`);
    }
    await page.setViewportSize({ width: 1366, height: 768 });
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
