// SPDX-License-Identifier: GPL-3.0-or-later
// tasks.mjs: what an analyst does with the page, from beginning to end.
import fs from "node:fs";
import { assert, DAY, equal, go, rowsOf, settled, SUMMER } from "./harness.mjs";

const AT = `as_of=${DAY}`, THEN = `as_of=${SUMMER}`;
const girls = `network?ids=P001&hops=1&${THEN}`;
const count = (page, what) => page.locator(".picture").getAttribute(`data-${what}`).then(Number);
export const press = (page, text, scope = "#main") => page.locator(scope).getByRole("button", { name: text, exact: true }).first().click();

async function choose(page, record) {
    await page.locator(".same button.link").filter({ hasText: record }).first().click();
    await settled(page);
}

export async function the_board_of_a_day_has_its_cards({ page }) {
    await go(page, `today?${AT}`);
    equal(await page.locator(".card").evaluateAll(cards => cards.map(c => c.dataset.id)), ["P018", "P049", "P014", "P020", "P060", "P045"], "cards");
    const card = page.locator(".card[data-id=P014]");
    assert((await card.textContent()).includes("Weekly session at the youth club"), "a due action is on its card");
    await card.getByText("Open the picture").click();
    await page.waitForSelector(".picture[data-nodes]");
    await settled(page);
    assert((await page.locator(".about-picture").textContent()).includes("SP"), "the picture of the card's child");
}

export async function a_picture_grows_is_filtered_and_comes_back({ page }) {
    await go(page, girls);
    const nodes = await count(page, "nodes"), ties = await count(page, "ties");
    equal([nodes, ties], [14, 42], "things and lines");
    equal(await page.locator(".legend svg").evaluateAll(marks => [marks.length, marks.filter(m => m.childElementCount === 0).length]), [15, 0], "marks of the legend, and those that are blank");
    await choose(page, "PE");
    assert(/10 neighbours are not shown/.test(await page.locator(".details").textContent()), "how many neighbours are not shown");
    await press(page, "Neighbours", ".details");
    await page.waitForFunction(n => Number(document.querySelector(".picture").dataset.nodes) > n, nodes);
    await settled(page);
    const grown = await count(page, "nodes");
    equal(grown, 24, "things with her neighbours");
    await page.locator(".picture").focus();
    await page.keyboard.press("Control+z");
    await page.waitForFunction(n => Number(document.querySelector(".picture").dataset.nodes) === n, nodes);
    await page.locator(".filters > summary").click();
    await page.locator("[data-facet='line:dotted']").uncheck();
    assert(await count(page, "ties") < ties, "tentative lines are left out");
    assert(await page.locator(".about-picture .notice").count() === 1, "what is left out is said");
    await page.locator("[data-facet='line:dotted']").check();
    equal(await count(page, "ties"), ties, "lines again");
    for (const facet of ["agency:police", "kind:friend", "tone:protective", "inferred:yes"])
        assert(await page.locator(`[data-facet="${facet}"]`).count() === 1, `a filter by ${facet}`);
}

/* The whole picture says more of each than the first: who grew finds room. */
export async function nothing_stands_on_another_in_the_whole_picture({ page }) {
    for (const view of [girls, `network?ids=P014&hops=1&${AT}`]) {
        await go(page, view);
        const over = await page.evaluate(() => {
            const boxes = document.querySelector(".picture")._cyreg.cy.nodes().filter(n => n.data("class") !== "frame").map(n => ({ id: n.data("record"), ...n.position(), w: n.data("width"), h: n.data("height") }));
            return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => Math.abs(a.x - b.x) < (a.w + b.w) / 2 && Math.abs(a.y - b.y) < (a.h + b.h) / 2).map(b => `${a.id} ${b.id}`));
        });
        equal(over, [], `things on others in ${view}`);
    }
}

/* Of what is drawn at once (here all of it: what changed since is told in no first picture), nothing stands elsewhere in the picture made of it. */
/* Also of a picture that grew when the rest of it came. */
export async function all_of_a_picture_is_in_sight({ page }) {
    for (const size of [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }]) {
        await page.setViewportSize(size);
        for (const view of [girls, `network?ids=P001&hops=2&${THEN}`]) {
            await go(page, `views?${AT}`);
            await go(page, view);
            const outside = await page.evaluate(() => {
                const cy = document.querySelector(".picture")._cyreg.cy;
                return cy.nodes().filter(n => { const { x1, y1, x2, y2 } = n.renderedBoundingBox({ includeLabels: false, includeOverlays: false }); return x1 < 0 || y1 < 0 || x2 > cy.width() || y2 > cy.height(); }).map(n => n.data("key"));
            });
            equal(outside, [], `cut off in ${view} at ${size.width}`);
        }
        assert(await page.evaluate(() => document.querySelector("#top").offsetHeight) < 50, `one row above the view at ${size.width}`);
    }
}

export async function what_is_sketched_stands_there_in_the_picture({ page }) {
    await page.evaluate(() => {
        const inkOf = canvases => {
            const [{ width, height }] = canvases, copy = new OffscreenCanvas(width, height).getContext("2d");
            copy.fillStyle = "white";
            copy.fillRect(0, 0, width, height);
            canvases.forEach(c => copy.drawImage(c, 0, 0));
            const { data } = copy.getImageData(0, 0, width, height);
            return { width, height, on: Uint8Array.from({ length: width * height }, (_, i) => Number(data[4 * i] + data[4 * i + 1] + data[4 * i + 2] < 690)) };
        };
        window.__inkOf = inkOf;
        new MutationObserver((_, observer) => {
            const canvas = document.querySelector("canvas.sketch");
            if (canvas) {
                window.__sketched = inkOf([canvas]);
                observer.disconnect();
            }
        }).observe(document.body, { subtree: true, childList: true });
    });
    await go(page, `network?ids=P001&hops=1&${THEN}&since=2021-06-30`);
    await page.waitForFunction(() => !document.querySelector("canvas.sketch"));
    const { ink, lost } = await page.evaluate(() => {
        const drawn = window.__inkOf([...document.querySelectorAll(".picture canvas")]), { width, height, on } = window.__sketched;
        const near = i => [-2, -1, 0, 1, 2].some(dy => [-2, -1, 0, 1, 2].some(dx => drawn.on[i + dy * width + dx]));
        const inked = [...on.keys()].filter(i => on[i]);
        return { ink: drawn.width === width && drawn.height === height ? inked.length : 0, lost: inked.filter(i => !near(i)).length };
    });
    assert(ink > 5000 && lost < ink / 200, `${lost} of ${ink} points of a sketch are not in the picture`);
}

/* The address follows a picture when it is made; somebody may have gone elsewhere by then, and the page not know it yet. */
export async function whoever_goes_elsewhere_meanwhile_gets_there({ page }) {
    await page.evaluate(to => {
        new MutationObserver((_, observer) => {
            observer.disconnect();
            history.replaceState(null, "", to); // as a click does before the page hears of it
        }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-nodes"] });
    }, `#find?${AT}`);
    await go(page, `network?ids=P001&hops=1&${THEN}`);
    await page.evaluate(() => window.dispatchEvent(new HashChangeEvent("hashchange")));
    await page.waitForFunction(() => document.body.dataset.view === "find");
    await settled(page);
}

export async function what_was_brought_in_is_folded_in_again({ page }) {
    for (const [hops, few, many] of [[1, 14, 24], [2, null, null]]) {
        await go(page, `network?ids=P001&hops=${hops}&${THEN}`);
        const before = await count(page, "nodes");
        if (few !== null)
            equal(before, few, "things at first");
        const folded = (await rowsOf(page, "The same as a table")).filter(r => / neighbours? not shown/.test(r.says)).at(-1);
        await choose(page, hops === 1 ? "PE" : folded.from);
        const says = await page.locator(".details").textContent();
        await page.locator(".picture").focus();
        await page.keyboard.press("n");
        await page.waitForFunction(n => Number(document.querySelector(".picture").dataset.nodes) > n, before);
        await settled(page);
        if (many !== null)
            equal(await count(page, "nodes"), many, "things with the neighbours");
        assert((await page.locator(".details").textContent()).includes("All neighbours are shown."), "nobody beyond");
        await press(page, "Fold in", ".details");
        await page.waitForFunction(n => Number(document.querySelector(".picture").dataset.nodes) === n, before);
        await settled(page);
        equal((await page.locator(".details").textContent()).match(/\d+ neighbours? (is|are) not shown/)?.[0], says.match(/\d+ neighbours? (is|are) not shown/)?.[0], "counted as before");
    }
}

export async function what_is_hidden_is_counted_and_undone({ page }) {
    await go(page, girls);
    await choose(page, "GV");
    await page.locator(".picture").focus();
    await page.keyboard.press("h");
    equal(await count(page, "nodes"), 13, "without him");
    assert((await page.locator(".about-picture").textContent()).includes("1 hidden by hand"), "said");
    await page.keyboard.press("Control+z");
    equal(await count(page, "nodes"), 14, "undone");
    await page.keyboard.press("Control+Shift+Z");
    equal(await count(page, "nodes"), 13, "done again");
    await page.keyboard.press("Shift+H");
    equal(await count(page, "nodes"), 14, "shown again");
}

/* A line is numbered anew in each picture, and what is counted on it grows with the months: it is hidden by what it is. */
export async function a_hidden_line_stays_hidden_and_no_other_is({ page }) {
    const bare = line => line.replace(/\b([A-Z]{2}) \d+\b/g, "$1"); // those of equal initials are numbered in each picture
    const lines = async () => {
        for (const more of await page.locator(".same button:text-is('Show all')").all())
            await more.click();
        return (await rowsOf(page, "The same as a table")).filter(r => ["tie", "inferred tie", "condition"].includes(r.what)).map(r => `${r.from} ${r.to} ${r.what} ${r.says}`.replace(/ \(\d+\)/g, "")).sort();
    };
    await go(page, girls);
    const before = await lines(), chosen = page.locator(".same tbody tr").last(); // the highest number of all
    await chosen.locator("button.link").click();
    const gone = await chosen.evaluate(row => Object.fromEntries([...row.cells].map(c => [c.dataset.key, c.textContent])));
    await page.locator(".picture").focus();
    await page.keyboard.press("h");
    await settled(page);
    const sign = `${gone.from} ${gone.to} ${gone.what} ${gone.says}`.replace(/ \(\d+\)/g, ""), left = await lines();
    assert(left.length === before.length - 1 && !left.includes(sign), `${sign} is hidden`);
    await choose(page, "PE");
    await press(page, "Neighbours", ".details");
    await page.waitForFunction(() => Number(document.querySelector(".picture").dataset.nodes) === 24);
    await settled(page);
    const grown = await lines();
    assert(grown.length > left.length, "more lines");
    await page.locator(".picture").focus();
    await page.keyboard.press("Shift+H");
    await settled(page);
    equal((await lines()).filter(l => !grown.includes(l)).map(bare), [bare(sign)], "what is hidden in the larger picture");
    await page.locator(".picture").focus();
    await page.keyboard.press("Control+z");
    await settled(page);
    const address = await page.evaluate(() => location.hash);
    await page.reload();
    await page.waitForSelector(".picture[data-nodes='24']");
    await settled(page);
    equal(await lines(), grown, "the same by the address alone");
    await page.evaluate(a => { location.hash = a.replace(/hidden=[^&]*/, "hidden=%237"); }, address);
    await page.waitForFunction(() => location.hash.includes("expanded") && !location.hash.includes("hidden"));
    await settled(page);
    equal(await count(page, "ties"), grown.length + 1, "a number of an older kith hides nothing");
}

export async function a_line_says_what_it_rests_on({ page, hub }) {
    await go(page, girls);
    await page.locator(".same button.link").filter({ hasText: "TQ" }).nth(1).click();
    await page.waitForSelector(".details table");
    await settled(page);
    const rows = await rowsOf(page, "Terms of the evidence");
    const expected = await hub.json(["explain", "tie", "P001", "P002", "--layer", "links", "--as-of", SUMMER]);
    equal(rows.map(r => [r.term, r.value, r.record_id]), expected.rows.map(r => [r.term, r.value, r.record_id]), "terms");
}

export async function a_path_between_two_is_shown({ page, hub }) {
    await go(page, girls);
    await press(page, "Path", ".toolbar");
    await page.fill("[name=path-from]", "P072");
    await page.fill("[name=path-to]", "P001");
    await page.click("dialog button[type=submit]");
    await page.waitForSelector("dialog table");
    const rows = await rowsOf(page, "From P072 to P001");
    const expected = (await hub.json(["path", "P072", "P001", "--as-of", SUMMER])).rows;
    equal(rows.map(r => [r.from_id, r.to_id, r.weight]), expected.map(r => [r.from_id, r.to_id, r.weight]), "steps");
    await press(page, "Close", "dialog");
}

export async function months_are_replayed_under_the_same_names({ page }) {
    await go(page, girls);
    const now = await rowsOf(page, "The same as a table");
    await page.locator("[name=month]").focus();
    for (let i = 0; i < 5; i++)
        await page.keyboard.press("ArrowLeft");
    await settled(page);
    await page.waitForFunction(() => document.querySelector(".months output").textContent.includes("2021-02-28"));
    await settled(page);
    const then = await rowsOf(page, "The same as a table");
    assert(then.length < now.length, "less was recorded in February");
    const names = new Map(now.filter(r => r.record).map(r => [r.record, r.from]));
    for (const row of then.filter(r => r.record && names.has(r.record)))
        equal(row.from, names.get(row.record), "the name of who is in both");
}

export async function a_file_shows_exactly_what_is_seen({ page }) {
    await go(page, girls);
    await choose(page, "GV");
    await page.locator(".picture").focus();
    await page.keyboard.press("h");
    await page.locator(".toolbar select").selectOption("json");
    const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Export", ".toolbar")]);
    const scene = JSON.parse(fs.readFileSync(await file.path(), "utf8"));
    const shown = (await rowsOf(page, "The same as a table")).filter(r => !["tie", "inferred tie", "condition"].includes(r.what)).map(r => r.from);
    equal(scene.nodes.map(n => n.label.split("\n")[0]).sort(), shown.sort(), "things in the file");
    equal(scene.ties.length, await count(page, "ties"), "lines in the file");
}

export async function what_changed_since_is_said_in_words({ page }) {
    await go(page, `network?ids=P010&hops=1&${AT}&since=2022-06-01`);
    const says = (await rowsOf(page, "The same as a table")).map(r => r.says).join("\n");
    assert(/\bnew\b/i.test(says), "what is new says so");
}

export async function groups_have_reasons_and_edges({ page, hub }) {
    await go(page, `groups?${AT}`);
    const expected = (await hub.json(["peers", "--as-of", DAY])).rows.filter(r => r.group_id === "A");
    equal((await rowsOf(page, "Members of group A")).map(r => [r.person_id, r.stability, r.reasons]), expected.map(r => [r.person_id, r.stability, r.reasons]), "members of group A");
}

export async function contexts_stand_beside_the_panels_own({ page, hub }) {
    await go(page, `contexts?ids=G2&${AT}`);
    const expected = await hub.json(["weigh", "G2", "--as-of", DAY]);
    equal((await rowsOf(page, "Shares of this subject's own evidence")).map(r => [r.context, r.share, r.risk]), expected.rows.map(r => [r.context, r.share, r.risk]), "shares");
    assert((await page.locator(".verdict").textContent()).includes(expected.facts.runs_led), "how often it led");
    await page.fill(".panel-form [name=school]", "60");
    await page.fill(".panel-form [name=peer]", "40");
    await page.fill(".panel-form [name=reason]", "the toilets come first");
    await press(page, "Record it", ".panel-form");
    await page.waitForFunction(() => document.querySelector("#main").textContent.includes("the toilets come first"));
    await settled(page);
}

export async function places_have_a_map_a_week_and_reasons({ page, hub }) {
    await go(page, `places?${AT}`);
    const expected = (await hub.json(["hotspots", "--as-of", DAY])).rows.filter(r => r.section === "public");
    equal((await rowsOf(page, "Public places")).map(r => [r.rank, r.location_id, r.children, r.change]), expected.map(r => [r.rank, r.location_id, r.children, r.change]), "public places");
    await page.waitForSelector(".places-map circle");
    const unread = await page.evaluate(() => {
        const boxes = selector => [...document.querySelectorAll(`.places-map ${selector}`)].map(e => ({ text: e.textContent, ...e.getBoundingClientRect().toJSON() }));
        const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom, words = boxes("text"), circles = boxes("circle");
        return [...words.flatMap((a, i) => words.slice(i + 1).filter(b => meet(a, b)).map(b => `${a.text} on ${b.text}`)), ...words.filter(w => circles.filter(c => meet(w, c)).length > 1).map(w => `${w.text} on circles`)];
    });
    equal(unread, [], "labels of the map that stand on others");
    await go(page, `places?id=L11&${AT}`);
    const cells = await page.locator(".week td").evaluateAll(all => all.reduce((n, c) => n + Number(c.textContent || 0), 0));
    assert(cells === 13, `13 events through the week, not ${cells}`);
}

export async function a_meeting_is_typed_in_as_it_speaks({ page, hub }) {
    await go(page, `meeting?ids=P001,G2&${AT}`);
    await page.waitForSelector(".decision-form");
    await settled(page);
    await page.keyboard.press("d");
    await page.keyboard.type("The hub adopts her plan");
    await press(page, "Write the decision");
    await page.waitForSelector("td:text-is('The hub adopts her plan')");
    equal((await hub.json(["actions", "decisions", "P001"])).rows.map(r => r.decision), ["The hub adopts her plan"], "in the hub");
    await press(page, "Take decision 1 back");
    await page.waitForFunction(() => document.querySelector("#main").textContent.includes("None yet"));
    await settled(page);
    await page.fill("[name=action]", "Ask her school who sits with her");
    await page.fill("[name=due]", "2022-07-14");
    await page.fill("[name=owner_role]", "school nurse");
    await press(page, "Write the action");
    await page.waitForSelector("td:text-is('Ask her school who sits with her')");
    await settled(page);
    equal((await hub.json(["actions", "P001", "--as-of", DAY])).rows.filter(r => r.owner_role === "school nurse").map(r => r.due), ["2022-07-14"], "the action in the hub");
    await page.keyboard.press("Escape");
    await page.locator("h1").focus();
    await page.keyboard.press("]");
    await page.waitForFunction(() => document.querySelector(".count").textContent === "Item 2 of 2");
    await settled(page);
}

export async function what_a_child_tells_becomes_an_event_and_is_taken_back({ page, hub }) {
    await go(page, `intake?${AT}`);
    await page.fill("[name=child]", "P001");
    await page.fill("[name=happened]", "She was followed from the bus");
    await page.fill("[name=when]", "2022-06-29T17:40");
    await page.fill("[name=where]", "L10");
    await page.fill("[name=there-1]", "P002");
    await page.fill("[name=helped-1]", "P082");
    await page.fill("[name=worried-1]", "P003");
    await page.fill(".intake [name=source]", "health");
    await page.selectOption(".intake [name=source_grade]", "2");
    await page.selectOption(".intake [name=info_grade]", "B");
    const before = (await hub.json(["info"])).rows.find(r => r.key === "events").value;
    await settled(page); // who they are is said beside each: what is clicked must not move meanwhile
    await press(page, "See what would be recorded");
    await page.waitForSelector("button:text-is('Record it')");
    equal((await hub.json(["info"])).rows.find(r => r.key === "events").value, before, "tried, and nothing kept");
    await press(page, "Record it");
    await page.waitForSelector("text=Recorded as load");
    const rows = (await hub.json(["show", "P001"])).rows;
    assert(rows.some(r => r.detail.includes("She was followed from the bus") && r.grade === "2B" && r.source === "health"), "the event, graded");
    assert(rows.some(r => r.section === "links" && r.detail.includes("P003") && r.source === "health"), "the link to whom she worries about");
    await page.locator("button", { hasText: "Take load" }).first().click();
    await page.waitForSelector("text=was taken back");
    equal((await hub.json(["info"])).rows.find(r => r.key === "events").value, before, "taken back");
    await settled(page);
}

/* Who an id is comes while somebody is about to click. */
export async function nothing_moves_when_an_id_is_looked_up({ page }) {
    await go(page, `find?${AT}`); // else the form is as it was left
    await go(page, `intake?${AT}`);
    const top = () => page.locator(".intake button[type=submit]").evaluate(b => b.getBoundingClientRect().top + scrollY), before = await top();
    for (const [name, id] of Object.entries({ child: "P001", where: "L10", "there-1": "P002" }))
        await page.fill(`[name="${name}"]`, id);
    await page.locator("[name=happened]").focus();
    await settled(page);
    equal((await page.locator(".who").allTextContents()).filter(Boolean).map(text => text.slice(0, 4)), ["P001", "L10:", "P002"], "who they are");
    equal(await top(), before, "where the button stands");
}

export async function somebody_is_found_and_all_held_is_shown({ page, hub }) {
    await go(page, `find?${AT}`);
    await page.fill("[name=q]", "Tamsin Quilmarsh");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#main td, #main th[scope=row]");
    await page.locator("th a", { hasText: "P001" }).first().click();
    await page.waitForFunction(() => document.body.dataset.view === "person");
    await settled(page);
    const expected = (await hub.json(["show", "P001", "--as-of", DAY])).rows.filter(r => r.section === "links");
    equal((await rowsOf(page, `Links (${expected.length})`)).map(r => [r.record, r.source, r.grade]), expected.map(r => [r.record, r.source, r.grade]), "links with where they are from");
    assert(!(await page.evaluate(() => location.href)).includes("Tamsin"), "no name in the address");
}

export async function quality_and_the_log_are_read({ page }) {
    await go(page, `quality?${AT}`);
    assert((await rowsOf(page, "What is wrong or missing")).length > 5, "findings");
    await page.locator("summary", { hasText: "Records that may be one" }).click();
    await page.waitForSelector("caption:text-is('Pairs')");
    assert((await rowsOf(page, "Pairs"))[0].left_id === "P007", "one person under two spellings");
    await go(page, `audit?${AT}`);
    assert((await rowsOf(page, "Entries, the newest first")).some(r => r.user === "analyst" && r.what.includes("serve") === false), "entries");
    await press(page, "Is the log as it was written?");
    await page.waitForSelector("text=The log is as it was written.");
}

export async function a_view_is_remembered_as_text({ page }) {
    await go(page, girls);
    await press(page, "Remember this view", "#nav");
    await page.fill("[name=remember]", "the four girls");
    await press(page, "Remember", "dialog");
    await page.waitForSelector("dialog :text('Remembered, under Views.')");
    await page.keyboard.press("Escape");
    await go(page, `views?${AT}`);
    assert((await rowsOf(page, "Remembered views"))[0].text.includes("ids P001"), "as text");
    await page.locator("a", { hasText: "the four girls" }).click();
    await page.waitForSelector(".picture[data-nodes='14']");
    await settled(page);
}

export async function pinned_places_are_those_of_the_printed_picture({ page, hub }) {
    await go(page, girls);
    await press(page, "Keep places", ".toolbar");
    await page.waitForSelector("text=Places are kept");
    await hub.kith(["map", "P001", "--as-of", SUMMER, "-o", `${hub.dir}/kept.json`, "--quiet", "--records"]);
    const scene = JSON.parse(fs.readFileSync(`${hub.dir}/kept.json`, "utf8"));
    await page.reload();
    await page.waitForSelector(".picture[data-nodes='14']");
    await settled(page);
    const [file] = await Promise.all([page.waitForEvent("download"), (async () => { await page.locator(".toolbar select").selectOption("json"); await press(page, "Export", ".toolbar"); })()]);
    const again = JSON.parse(fs.readFileSync(await file.path(), "utf8"));
    const at = s => Object.fromEntries(s.nodes.map(n => [n.label.split("\n")[0], [Math.round(n.x), Math.round(n.y)]]).sort());
    equal(at(again), at(scene), "places");
}

export const analyst = [the_board_of_a_day_has_its_cards, a_picture_grows_is_filtered_and_comes_back, nothing_stands_on_another_in_the_whole_picture, all_of_a_picture_is_in_sight, what_is_sketched_stands_there_in_the_picture, whoever_goes_elsewhere_meanwhile_gets_there, what_was_brought_in_is_folded_in_again, what_is_hidden_is_counted_and_undone, a_hidden_line_stays_hidden_and_no_other_is, a_line_says_what_it_rests_on, a_path_between_two_is_shown,
    months_are_replayed_under_the_same_names, a_file_shows_exactly_what_is_seen, what_changed_since_is_said_in_words, groups_have_reasons_and_edges, contexts_stand_beside_the_panels_own, places_have_a_map_a_week_and_reasons,
    a_meeting_is_typed_in_as_it_speaks, what_a_child_tells_becomes_an_event_and_is_taken_back, nothing_moves_when_an_id_is_looked_up, somebody_is_found_and_all_held_is_shown, quality_and_the_log_are_read,
    a_view_is_remembered_as_text, pinned_places_are_those_of_the_printed_picture];
