// SPDX-License-Identifier: GPL-3.0-or-later
// hostile.mjs: texts that would be markup, scripts, styles or addresses anywhere else, in every
// field of every table: on the page they are text.
import fs from "node:fs";
import path from "node:path";
import { assert, DAY, go, root, settled } from "./harness.mjs";

const PAYLOADS = [
    "<script>window.__hit=1</script>", "<img src=x onerror=\"window.__hit=2\">", "<svg onload=\"window.__hit=3\">", "javascript:window.__hit=4", "\"><iframe srcdoc=\"<script>parent.__hit=5</script>\">",
    "<style>@import 'http://127.0.0.2/x.css'</style>", "<img src=http://127.0.0.2/x.png>", "<a href=\"javascript:window.__hit=6\" id=x tabindex=1 onfocus=\"window.__hit=7\" autofocus>x</a>",
    "{{constructor.constructor('window.__hit=8')()}}", "${window.__hit=9}", "'-window.__hit-'", "</textarea><script>window.__hit=10</script>", "<base href=http://127.0.0.2/>", "<meta http-equiv=refresh content=\"0;url=http://127.0.0.2/\">",
    "data:text/html,<script>window.__hit=11</script>", "&lt;script&gt;", "=cmd|' /C calc'!A0", "<form action=http://127.0.0.2/><button>", "\u202Egnp.exe", "__proto__", "constructor", "<math><mtext><style><img src onerror=window.__hit=12>",
];

const WORDS = /^(name|aliases|notes|address|label|summary|conditions|goal|action|owner_role|measure_of_success|holder|imposed_by|assessor_role|text|level|ethnicity|local_authority|report_ref|kind)$/;
const KEPT = { "locations.csv": ["kind"], "groups.csv": ["kind"], "events.csv": ["kind"], "links.csv": ["kind"], "objects.csv": [], "constraints.csv": ["kind"] };

function cells(line) {
    return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(m => m[1].replace(/^"|"$/g, "").replace(/""/g, "\""));
}

/** The town's tables with a payload in each field of words, in an empty folder. */
export function hostileTown(dir) {
    const from = path.join(root, "samples/harbour-town");
    let next = 0;
    for (const file of fs.readdirSync(from).filter(f => f.endsWith(".csv"))) {
        const lines = fs.readFileSync(path.join(from, file), "utf8").trimEnd().split("\n");
        const head = lines[0].split(",");
        const rows = lines.slice(1).map(line => {
            const row = cells(`${line}`);
            return head.map((column, i) => {
                const value = WORDS.test(column) && !(KEPT[file] ?? []).includes(column) && (row[i] ?? "") !== "" ? `${PAYLOADS[next++ % PAYLOADS.length]}` : row[i] ?? "";
                return /[",]/.test(value) ? `"${value.replace(/"/g, "\"\"")}"` : value;
            }).join(",");
        });
        fs.writeFileSync(path.join(dir, file), `${[lines[0], ...rows].join("\n")}\n`);
    }
    return dir;
}

const AT = `as_of=${DAY}`;
const VIEWS = [`today?${AT}&names=full&audience=case-team`, `network?ids=P001,P010&hops=1&${AT}&names=full`, `network?ids=P001&hops=2&as_of=2021-07-31&names=full`, `groups?${AT}`, `contexts?ids=G2&${AT}`, `places?${AT}`, `places?id=L11&${AT}`,
    `meeting?ids=P001,G2,L04&${AT}&names=full`, `quality?${AT}`, `audit?${AT}`, `person?id=P001&${AT}&names=full`, `person?id=E131&${AT}&names=full`, `person?id=L04&${AT}`, `views?${AT}`];

export async function no_text_of_the_hub_is_more_than_text({ page }) {
    let seen = 0;
    for (const view of VIEWS) {
        await go(page, view);
        await page.evaluate(() => document.querySelectorAll("details").forEach(d => { d.open = true; }));
        await settled(page);
        seen += await page.evaluate(() => (document.body.textContent.match(/__hit/g) ?? []).length);
        assert(await page.evaluate(() => window.__hit === undefined), `a script ran in ${view}`);
        assert(await page.evaluate(() => document.querySelectorAll("#main script, #main iframe, #main style, #main base, #main meta, #main img").length) === 0, `markup in ${view}`);
    }
    assert(seen > 50, `the payloads are on the page as text (${seen})`);
    for (const payload of PAYLOADS.filter((_, i) => i % 3 === 0)) // and by the address, the search and what is typed
        await go(page, `person?id=${encodeURIComponent(payload)}&${AT}`);
    for (const some of [0, 8, 16])
        await go(page, `network?ids=${encodeURIComponent(PAYLOADS.slice(some, some + 8).join(","))}&hops=1&${AT}`);
    await go(page, `find?${AT}`);
    await page.fill("[name=q]", PAYLOADS[1]);
    await page.keyboard.press("Enter");
    await settled(page);
    await go(page, `meeting?ids=P001&${AT}`);
    await page.fill("[name=decision]", PAYLOADS[0]);
    await page.locator("button", { hasText: "Write the decision" }).click();
    await page.waitForSelector(".decision-form .notice, section .notice, td:has-text('__hit')");
    await settled(page);
    assert(await page.evaluate(() => window.__hit === undefined), "a script ran");
}

/* Every field of the form, first as it is refused and then as it is kept; the list of what was typed and the
   pages of what was recorded have it then. */
export async function what_is_typed_on_the_form_is_only_text({ page }) {
    await go(page, `intake?${AT}`);
    const texts = await page.locator(".intake input:not([type=datetime-local]), .intake textarea").evaluateAll(all => all.map(e => e.name));
    assert(texts.length >= 10, "the fields of words");
    await page.fill("[name=when]", "2022-06-29T17:40");
    await page.selectOption("[name=source_grade]", "2");
    await page.selectOption("[name=info_grade]", "B");
    for (const [i, name] of texts.entries())
        await page.fill(`.intake [name="${name}"]`, PAYLOADS[i % PAYLOADS.length].slice(0, 64));
    await settled(page);
    await page.locator("button", { hasText: "See what would be recorded" }).click();
    await page.waitForSelector(".intake .trouble");
    await settled(page);
    for (const [name, value] of Object.entries({ child: "P001", where: "L10", "there-1": "P002", "helped-1": "P082", "worried-1": "P003", source: "health" }))
        await page.fill(`.intake [name="${name}"]`, value);
    for (const payload of PAYLOADS.slice(0, 2)) {
        for (const name of ["happened", "worry", "report_ref", "conditions"])
            await page.fill(`.intake [name="${name}"]`, payload.slice(0, 64));
        await settled(page);
        await page.locator("button", { hasText: "See what would be recorded" }).click();
        await page.waitForSelector("button:text-is('Record it')");
        assert((await page.locator(".intake .notice").textContent()).includes("__hit"), "the text, before it is kept");
        await page.locator("button:text-is('Record it')").click();
        await page.waitForSelector("text=Recorded as load");
        await settled(page);
    }
    for (const view of [`person?id=P001&${AT}`, `today?as_of=2022-06-30&names=full&audience=case-team&ids=P001`]) {
        await go(page, view);
        assert((await page.locator("#main").textContent()).includes("__hit"), `what was typed is in ${view}`);
    }
    assert(await page.evaluate(() => window.__hit === undefined && document.querySelectorAll("#main script, #main img").length === 0), "a script ran");
}

/* What a meeting types in: actions and how they go on, a link and a context item, a panel's reason, a view, and the
   lines of a pack; each of them is there afterwards, as text. */
export async function what_a_meeting_writes_is_only_text({ page }) {
    let next = 0;
    const payload = most => { while (PAYLOADS[next % PAYLOADS.length].length > most || !PAYLOADS[next % PAYLOADS.length].includes("__hit")) next++; return PAYLOADS[next++ % PAYLOADS.length]; };
    const fill = async (scope, names, most = 64) => { for (const name of names) await page.fill(`${scope} [name="${name}"]`, payload(most)); };
    const write = async (scope, button, seen) => { await settled(page); await page.locator(`${scope} button`, { hasText: button }).first().click(); await page.waitForSelector(seen); await settled(page); };
    await go(page, `meeting?ids=P001&${AT}`);
    await fill(".action-form", ["action", "goal", "owner_role", "measure_of_success"]);
    await write(".action-form", "Write the action", "#main .notice");
    await page.locator("[name^=note-]").first().fill(payload(64));
    await write("#main", "Set", "#main td:has-text('__hit')");
    await page.locator("summary", { hasText: "Something known here" }).click();
    await page.fill(".known [name=link_to]", "P002");
    await page.selectOption(".known [name=item_context]", "school");
    await page.selectOption(".known [name=source_grade]", "2");
    await page.selectOption(".known [name=info_grade]", "B");
    await page.fill(".known [name=source]", "school");
    await fill(".known", ["link_kind", "item_summary", "report_ref"]);
    await write(".known", "See what would be recorded", "button:text-is('Record it')");
    await write(".known", "Record it", "text=Recorded as load");
    for (const name of ["purpose", "chair", "attendees", "outcome"])
        await page.fill(`[name=pack_${name}]`, payload(64));
    await page.fill("[name=pack_review]", "2022-08-01");
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("button", { hasText: "Make the pack (PDF)" }).click()]);
    assert(fs.readFileSync(await file.path()).subarray(0, 5).toString() === "%PDF-", "a pack with such lines");
    await go(page, `contexts?ids=P001&${AT}`);
    await page.fill(".panel-form [name=school]", "60");
    await page.fill(".panel-form [name=peer]", "40");
    const reason = payload(200);
    await page.fill(".panel-form [name=reason]", reason);
    await page.locator(".panel-form button", { hasText: "Record it" }).click();
    await page.waitForFunction(t => document.querySelector("#main").textContent.includes(t), reason);
    await settled(page);
    await go(page, `views?${AT}`);
    await fill("#main", ["view-name", "view-text"]);
    await write("#main form", "Remember", "#main pre:has-text('__hit')");
    for (const [view, says] of [[`person?id=P001&${AT}`, 2], [`network?ids=P001&hops=1&${AT}`, 1], [`contexts?ids=P001&${AT}`, 1], [`meeting?ids=P001&${AT}`, 3], [`today?as_of=${DAY}&ids=P001`, 1]]) {
        await go(page, view);
        const found = await page.evaluate(() => (document.querySelector("#main").textContent.match(/__hit/g) ?? []).length);
        assert(found >= says, `what was typed is in ${view}: ${found}`);
        assert(await page.evaluate(() => window.__hit === undefined && document.querySelectorAll("#main script, #main img, #main iframe, #main style").length === 0), `a script ran in ${view}`);
    }
}

export const hostile = [no_text_of_the_hub_is_more_than_text, what_is_typed_on_the_form_is_only_text, what_a_meeting_writes_is_only_text];
