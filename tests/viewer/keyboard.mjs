// SPDX-License-Identifier: GPL-3.0-or-later
// keyboard.mjs: every task again without a mouse: Tab, Enter, Space, arrows, letters, and nothing else.
import fs from "node:fs";
import { assert, DAY, equal, go, rowsOf, settled, SUMMER } from "./harness.mjs";

const AT = `as_of=${DAY}`;
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

export async function a_picture_is_walked_by_key_alone({ page }) {
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

const named = name => `document.activeElement?.name === ${JSON.stringify(name)}`;
const saying = text => `document.activeElement?.textContent === ${JSON.stringify(text)}`;

/* Goes by Tab through fields in their order, and types into each. */
async function typeInto(page, fields) {
    for (const [name, text] of Object.entries(fields)) {
        await tabTo(page, named(name), 40);
        await page.keyboard.type(text);
    }
}

/* A day as the browser's own language writes it, British or American; and a time. */
async function typeDay(page, name, date, time = "") {
    await tabTo(page, named(name), 40);
    const [year, month, day] = date.split("-"), [hour, minute] = time.split(":").map(Number);
    const british = `${day}${month}${year}`, american = `${month}${day}${year}`, late = hour >= 12;
    for (const [first, second] of [[british, time.replace(":", "")], [american, `${String(hour % 12 || 12).padStart(2, "0")}${minute}${late ? "PM" : "AM"}`]]) {
        await page.keyboard.type(first);
        if (time)
            await typed(page, "ArrowRight");
        await page.keyboard.type(time ? second : "");
        if (await page.evaluate(() => document.activeElement.value) === `${date}${time ? `T${time}` : ""}`)
            return;
        await typed(page, ...Array(8).fill("ArrowLeft")); // to its beginning
    }
    throw new Error(`${date} cannot be typed into ${name}`);
}

async function enterOn(page, text, most = 60) {
    await tabTo(page, saying(text), most);
    await typed(page, "Enter");
}

/* By its digit in the list of views; what has none is reached by Tab. */
async function toView(page, title, id) {
    const digit = (await page.locator("#nav a").allTextContents()).indexOf(title) + 1;
    await page.evaluate(() => document.activeElement?.blur());
    await (digit <= 9 ? typed(page, String(digit)) : enterOn(page, title, 200));
    await page.waitForFunction(v => document.body.dataset.view === v, id);
    await settled(page);
}

/* In the row of tools over the picture, which is one stop, arrow keys go on. */
async function toTool(page, test) {
    await tabTo(page, () => document.activeElement.closest(".toolbar") !== null);
    for (let i = 0; i < 20 && !await page.evaluate(test); i++)
        await typed(page, "ArrowRight");
    assert(await page.evaluate(test), `arrow keys do not reach ${test}`);
}

const seen = (page, text) => page.waitForFunction(t => document.querySelector("#main").textContent.includes(t), text);

export async function the_day_is_opened_by_key_alone({ page }) {
    await go(page, `find?${AT}`);
    await toView(page, "Today", "today");
    await enterOn(page, "Open the picture");
    await page.waitForSelector(".picture[data-nodes]");
    await settled(page);
}

export async function groups_contexts_and_places_by_key_alone({ page }) {
    await toView(page, "Groups", "groups");
    await enterOn(page, "Month by month, 6 months", 300);
    await page.waitForSelector("caption:text-is('Groups through time')");
    await settled(page);
    await page.evaluate(() => document.activeElement.blur());
    await enterOn(page, "Picture");
    await page.waitForSelector(".picture[data-nodes]");
    await settled(page);
    await toView(page, "Contexts", "contexts");
    await typeInto(page, { ids: "P014" });
    await typed(page, "Enter");
    await page.waitForSelector(".panel-form");
    await settled(page);
    await typeInto(page, { school: "70", online: "30", reason: "weighed without a mouse" });
    await enterOn(page, "Record it", 10);
    await seen(page, "weighed without a mouse");
    await settled(page);
    await toView(page, "Places", "places");
    await page.waitForSelector(".places-map circle");
    await tabTo(page, () => document.activeElement.closest("[data-key=name]") !== null);
    await typed(page, "Enter");
    await page.waitForSelector(".week");
    await settled(page);
}

export async function intake_by_key_alone({ page }) {
    await toView(page, "Intake", "intake");
    await typeInto(page, { child: "P001", happened: "Somebody waited outside", kind: "sighting" });
    await typeDay(page, "when", "2022-06-29", "17:40");
    await typeInto(page, { where: "L10",
        "there-1": "P002", "helped-1": "P082", "worried-1": "P003", source: "health", source_grade: "2", info_grade: "B" });
    await enterOn(page, "See what would be recorded", 10);
    await page.waitForFunction(() => document.activeElement?.textContent === "Record it");
    await typed(page, "Enter");
    await seen(page, "Recorded as load");
    await settled(page);
    await tabTo(page, () => document.activeElement.textContent.startsWith("Take load"), 20);
    await typed(page, "Enter");
    await seen(page, "was taken back");
    await settled(page);
}

export async function a_meeting_by_key_alone({ page }) {
    await toView(page, "Meeting", "meeting");
    await typeInto(page, { ids: "P002,G2" });
    await typed(page, "Enter");
    await page.waitForSelector(".decision-form");
    await settled(page);
    await page.evaluate(() => document.activeElement.blur());
    await typed(page, "d");
    await page.keyboard.type("Her worker asks her first");
    await enterOn(page, "Write the decision", 5);
    await page.waitForSelector("td:text-is('Her worker asks her first')");
    await settled(page);
    await page.evaluate(() => document.activeElement.blur());
    await typed(page, "a");
    await page.keyboard.type("Lights for the path");
    await typeDay(page, "due", "2022-07-14");
    await typeInto(page, { owner_role: "community safety" });
    await enterOn(page, "Write the action", 5);
    await page.waitForSelector("td:text-is('Lights for the path')");
    await settled(page);
    await page.evaluate(() => document.activeElement.blur());
    await typed(page, "]");
    await seen(page, "Item 2 of 2");
    await settled(page);
}

export async function what_a_meeting_knows_by_key_alone({ page, hub }) {
    await go(page, `meeting?ids=P001&${AT}`);
    await enterOn(page, "Something known here that is not recorded", 100);
    await page.waitForSelector(".known");
    await typeInto(page, { item_context: "school", item_valence: "protective", item_summary: "Her form tutor walks her to the bus", source: "school", source_grade: "1", info_grade: "A" });
    await enterOn(page, "See what would be recorded", 10);
    await page.waitForFunction(() => document.activeElement?.textContent === "Record it");
    await typed(page, "Enter");
    await seen(page, "Recorded as load");
    await settled(page);
    const held = async () => JSON.stringify((await hub.json(["show", "P001"])).rows).includes("walks her to the bus");
    assert(await held(), "in the hub, with its grade");
    await tabTo(page, () => document.activeElement.textContent.startsWith("Take load"), 20);
    await typed(page, "Enter");
    await seen(page, "was taken back");
    assert(!await held(), "taken back");
    await settled(page);
}

export async function a_meeting_ends_with_its_pack_by_key_alone({ page, hub }) {
    await go(page, `meeting?ids=G2&${AT}`);
    await tabTo(page, named("pack_purpose"), 120);
    await page.keyboard.type("Mapping of the bus station");
    await typeInto(page, { pack_chair: "service manager", pack_attendees: "police, school, health", pack_outcome: "safer ways home" });
    await typeDay(page, "pack_review", "2022-08-01");
    const [file] = await Promise.all([page.waitForEvent("download"), enterOn(page, "Make the pack (PDF)", 6)]);
    const bytes = fs.readFileSync(await file.path());
    assert(bytes.subarray(0, 5).toString() === "%PDF-" && bytes.length > 20_000, `a PDF of ${bytes.length} bytes`);
    await seen(page, "The pack is made.");
    const logged = (await hub.json(["audit"])).rows.map(r => `${r.act} ${r.what}`);
    assert(logged.some(r => /^(consultation|disclosure) pack/.test(r)), `and an entry in the log: ${logged.slice(-3)}`);
    await settled(page);
}

export async function views_quality_and_the_log_by_key_alone({ page }) {
    await toView(page, "Views", "views");
    await typeInto(page, { "view-name": "L10 at night", "view-text": "view places" });
    await typed(page, "Enter");
    await page.keyboard.type("id L10");
    await enterOn(page, "Remember", 5);
    await page.waitForSelector("th a:text-is('L10 at night')");
    await settled(page);
    await enterOn(page, "L10 at night", 100);
    await page.waitForSelector(".week");
    await settled(page);
    await toView(page, "Quality", "quality");
    await enterOn(page, "Records that may be one person", 200);
    await page.waitForSelector("caption:text-is('Pairs')");
    await settled(page);
    await tabTo(page, () => document.activeElement.textContent === "confirm");
    await typed(page, "Enter");
    await seen(page, "confirmed");
    await enterOn(page, "undo", 3);
    await seen(page, "undone");
    await toView(page, "Audit", "audit");
    await enterOn(page, "Is the log as it was written?");
    await seen(page, "The log is as it was written.");
    await settled(page);
}

export async function what_is_seen_becomes_a_file_by_key_alone({ page }) {
    await go(page, `network?ids=P001&hops=1&as_of=${SUMMER}`);
    await tabTo(page, () => document.activeElement.classList.contains("picture"));
    const nodes = Number(await page.locator(".picture").getAttribute("data-nodes"));
    await typed(page, "ArrowDown", "h");
    await settled(page);
    await toTool(page, () => document.activeElement.tagName === "SELECT");
    await page.keyboard.type("json");
    await typed(page, "ArrowRight");
    assert(await page.evaluate(saying("Export")), "beside it is the button");
    const [file] = await Promise.all([page.waitForEvent("download"), typed(page, "Enter")]);
    const scene = JSON.parse(fs.readFileSync(await file.path(), "utf8"));
    await seen(page, "The file shows exactly what is seen here.");
    const shown = (await rowsOf(page, "The same as a table")).filter(r => !["tie", "inferred tie", "condition"].includes(r.what)).map(r => r.from);
    equal(scene.nodes.length, nodes - 1, "all but what was hidden");
    equal(scene.nodes.map(n => n.label.split("\n")[0]).sort(), shown.sort(), "things in the file");
    await typed(page, "Shift+H");
    await settled(page);
}

export async function somebody_is_pinned_by_key_alone({ page, hub }) {
    const writes = async () => (await hub.json(["audit"])).rows.filter(r => r.what.startsWith("map ") && r.what.includes("--keep")).length;
    await go(page, `network?ids=P001&hops=1&as_of=${SUMMER}`);
    await tabTo(page, () => document.activeElement.classList.contains("picture"));
    await typed(page, "ArrowDown", "k");
    await seen(page, "is pinned.");
    await settled(page);
    const kept = () => page.evaluate(() => document.querySelector(".picture")._cyreg.cy.nodes("[?pinned]").map(n => [n.data("record"), Math.round(n.position().x), Math.round(n.position().y)]));
    const before = await kept();
    equal(before.length, 1, "one is pinned");
    await page.reload();
    await page.waitForSelector(".picture[data-nodes]");
    await settled(page);
    equal(await kept(), before, "pinned in the hub, where it stood");
    await tabTo(page, () => document.activeElement.classList.contains("picture"));
    await typed(page, "ArrowDown");
    for (let i = 0; i < 40 && await page.locator(".details button:text-is('Unpin')").count() === 0; i++)
        await typed(page, ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"][i % 4]);
    await tabTo(page, saying("Unpin"), 20);
    await typed(page, "Enter");
    await seen(page, "is free again.");
    await settled(page);
    equal(await kept(), [], "nobody is pinned");
    assert(await writes() >= 2, "each with its entry in the log");
}

export async function who_signs_out_and_in_needs_no_mouse({ page, hub }) {
    page.once("filechooser", chooser => { void chooser.setFiles(hub.key("analyst")); }); // from now on: who asks only at Enter may ask too late
    await go(page, `person?id=P001&${AT}&purpose=a+purpose`);
    await enterOn(page, "Sign out", 200);
    await page.waitForSelector("form.sign-in [name=user]:not([readonly])");
    equal([await page.inputValue("[name=user]"), new URL(page.url()).hash, await page.evaluate(() => /P0\d\d|purpose|analyst/.test(document.documentElement.outerHTML))], ["", "", false], "nothing of who was there");
    assert(await page.evaluate(named("user")), "where one begins to type");
    await page.keyboard.type("analyst");
    await tabTo(page, named("key_file"), 3);
    await typed(page, "Enter");
    await page.waitForFunction(() => document.querySelector("[name=key_file]").files.length === 1);
    await enterOn(page, "Sign in", 5);
    await page.waitForSelector("#nav a");
    await settled(page);
}

export const keyboard = [a_picture_is_walked_by_key_alone, what_is_seen_becomes_a_file_by_key_alone, somebody_is_pinned_by_key_alone, the_day_is_opened_by_key_alone, groups_contexts_and_places_by_key_alone,
    intake_by_key_alone, a_meeting_by_key_alone, what_a_meeting_knows_by_key_alone, a_meeting_ends_with_its_pack_by_key_alone, views_quality_and_the_log_by_key_alone, who_signs_out_and_in_needs_no_mouse];
