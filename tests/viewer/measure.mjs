// SPDX-License-Identifier: GPL-3.0-or-later
// measure.mjs: how long the page takes on a large hub, in Chromium without a graphics card. No test.
//
//   node tests/viewer/measure.mjs BUILD_DIR HUB USER KEY_FILE AS_OF [CHILD|find:TEXT]...
//
// Of each child two steps are drawn, from the click to the picture; then of the first child as many steps
// as make 2,000 things and lines, in which one is dragged, and then the whole is. Each text is found. With - for
// USER and KEY_FILE the hub is an open one, and only pictures and texts are measured: of a whole country.
import path from "node:path";
import { chromium, CHROMIUM, go, open, serve, settled } from "./harness.mjs";

const [build, file, user, key, day, ...asked] = process.argv.slice(2);
const children = asked.filter(a => !a.startsWith("find:")), texts = asked.filter(a => a.startsWith("find:")).map(a => a.slice(5)), isOpen = user === "-";
const hub = { file: path.resolve(file), key: () => path.resolve(key) };
const milliseconds = list => {
    const sorted = [...list].sort((a, b) => a - b), at = share => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
    return `median ${at(0.5)} ms, 95th ${at(0.95)} ms, worst ${at(1)} ms of ${sorted.length}`;
};

/* Each by the page's own clock, from when it is asked for: until it stands with its list of views, until the first
   of the day's cards are on the screen, and until all are made. */
const clock = () => {
    const seen = window.__seen = {}, after = name => { seen[name] = 0; requestAnimationFrame(() => setTimeout(() => { seen[name] = performance.now(); })); };
    new MutationObserver(() => {
        if (!("stands" in seen) && document.querySelector("#nav a"))
            after("stands");
        if (!("cards" in seen) && document.querySelector(".covers"))
            after("cards");
        if (!("all" in seen) && document.querySelector(".covers") && !document.querySelector("[aria-busy]"))
            after("all");
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] });
};

async function firstPage(page) {
    const seen = { stands: [], cards: [], all: [], answer: [] };
    await page.addInitScript(clock);
    for (let i = 0; i < 5; i++) {
        await page.goto("about:blank");
        await page.goto(`${server.origin}/#today?as_of=${day}`);
        await page.waitForFunction(() => window.__seen?.all > 0);
        const times = await page.evaluate(() => ({ ...window.__seen, answer: performance.getEntriesByType("resource").filter(e => e.name.includes("/api/today")).at(-1).duration }));
        for (const [name, list] of Object.entries(seen))
            list.push(times[name]);
        await settled(page);
    }
    return `${milliseconds(seen.stands)}; with a screen of the day's cards: ${milliseconds(seen.cards)}; with all of them: ${milliseconds(seen.all)}; of it the server's answer: ${milliseconds(seen.answer)}`;
}

/* By the page's own clock, from its form being sent until the frame after the first picture. */
const watch = page => page.evaluate(() => {
    window.__first = 0;
    document.addEventListener("submit", () => { window.__began = performance.now(); }, { capture: true, once: true });
    new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.__first = performance.now() - window.__began; }));
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-nodes"] });
});
const drawn = page => page.waitForFunction(() => !document.querySelector("[aria-busy]") && Number(document.querySelector(".picture")?.dataset.nodes) > 0);

/* The click on Draw until a picture stands, of what lies near, and until it has what is judged over the whole
   hub; and what of it was the server's answer. */
async function twoSteps(page) {
    const first = [], asked = [], begins = [], whole = [], answers = [];
    for (const child of children) {
        await go(page, `network?as_of=${day}`);
        await page.fill("[name=ids]", child);
        await page.selectOption("[name=hops]", "2");
        await page.evaluate(() => performance.clearResourceTimings());
        await watch(page);
        const began = performance.now();
        await page.locator("button:text-is('Draw')").click();
        if (!isOpen)
            await drawn(page);
        await page.waitForFunction(() => window.__first > 0);
        first.push(await page.evaluate(() => window.__first));
        whole.push(performance.now() - began);
        const map = await page.evaluate(() => { const e = performance.getEntriesByType("resource").filter(r => r.name.includes("/api/map")).at(-1) ?? { startTime: NaN }; return [e.startTime - window.__began, e.responseStart - e.startTime, e.duration]; });
        asked.push(map[0]);
        begins.push(map[1]);
        answers.push(map[2]);
        if (isOpen)
            await go(page, `find?as_of=${day}`); // which ends what is still worked out
    }
    return isOpen ? milliseconds(first) : `${milliseconds(first)}; of it until the program is asked: ${milliseconds(asked)}; then until its answer begins: ${milliseconds(begins)}; whole: ${milliseconds(whole)}; of it the server's answer: ${milliseconds(answers)}`;
}

/* From Enter until the frame with what was found. */
async function finding(page) {
    const times = [];
    for (const text of texts) {
        await go(page, `network?as_of=${day}`);
        await go(page, `find?as_of=${day}`);
        await page.fill("[name=q]", text);
        await page.evaluate(() => {
            window.__found = 0;
            document.addEventListener("submit", () => { window.__began = performance.now(); }, { capture: true, once: true });
            new MutationObserver((_, observer) => {
                if (!document.querySelector("#main tbody tr"))
                    return;
                observer.disconnect();
                requestAnimationFrame(() => setTimeout(() => { window.__found = performance.now() - window.__began; }));
            }).observe(document.body, { subtree: true, childList: true });
        });
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => window.__found > 0);
        times.push(await page.evaluate(() => window.__found));
    }
    return milliseconds(times);
}

/* Times between frames while the mouse moves in 120 steps. */
async function frames(page, from, by) {
    await page.evaluate(() => {
        window.__frames = [];
        const next = at => { window.__frames.push(at); window.__going = requestAnimationFrame(next); };
        window.__going = requestAnimationFrame(next);
    });
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (let i = 1; i <= 120; i++)
        await page.mouse.move(from.x + by.x * i / 120, from.y + by.y * i / 120);
    await page.mouse.up();
    const stamps = await page.evaluate(() => { cancelAnimationFrame(window.__going); return window.__frames; });
    return milliseconds(stamps.slice(1).map((at, i) => at - stamps[i]));
}

async function dragging(page) {
    for (const hops of [2, 3, 4]) {
        await go(page, `network?ids=${children[0]}&hops=${hops}&as_of=${day}`);
        await drawn(page);
        const { nodes, ties } = await page.locator(".picture").evaluate(e => ({ nodes: Number(e.dataset.nodes), ties: Number(e.dataset.ties) }));
        console.log(`  ${hops} steps: ${nodes} things, ${ties} lines, drawn in ${await page.locator(".picture").getAttribute("data-drawn-in")} ms`);
        if (nodes + ties >= 2000)
            break;
    }
    const box = await page.locator(".picture").boundingBox();
    await page.locator(".same button.link").first().click();
    await page.keyboard.press("Shift+F");
    const thing = await page.evaluate(() => Object.values(document.querySelector(".picture")._cyreg.cy.$("node:selected").renderedPosition()));
    console.log(`  near, one thing: ${await frames(page, { x: box.x + thing[0], y: box.y + thing[1] }, { x: 200, y: 120 })}`);
    await page.keyboard.press("f");
    console.log(`  whole, the ground: ${await frames(page, { x: box.x + 8, y: box.y + 8 }, { x: 300, y: 200 })}`);
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--disable-dev-shm-usage", ...process.getuid() === 0 ? ["--no-sandbox"] : []] });
const server = await serve(path.resolve(build), hub);
try {
    const { page } = await open(browser, server, hub, isOpen ? null : user);
    await settled(page);
    if (!isOpen)
        console.log(`first page: ${await firstPage(page)}`);
    if (texts.length > 0)
        console.log(`find, from Enter to what was found: ${await finding(page)}`);
    if (children.length > 0)
        console.log(`two steps, from the click to the picture: ${await twoSteps(page)}`);
    if (!isOpen && children.length > 0) {
        console.log("dragging:");
        await dragging(page);
    }
} finally {
    await browser.close();
    await server.stop();
}
