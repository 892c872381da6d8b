// SPDX-License-Identifier: GPL-3.0-or-later
// numbers.mjs: what the server answers a user is what the command line answers the same user.
import { assert, DAY, equal, go, settled, SUMMER } from "./harness.mjs";

const AT = { as_of: DAY }, OPT = ["--as-of", DAY];
const CASES = [
    ["info", AT, ["info", ...OPT]], ["show", { id: "P001", ...AT }, ["show", "P001", ...OPT]], ["peers", AT, ["peers", ...OPT]],
    ["member", { id: "P030", ...AT }, ["explain", "member", "P030", ...OPT]], ["weigh", { ids: "G2", ...AT }, ["weigh", "G2", ...OPT]],
    ["share", { id: "G2", context: "school", ...AT }, ["explain", "share", "G2", "school", ...OPT]], ["hotspots", AT, ["hotspots", ...OPT]],
    ["place", { id: "L11", ...AT }, ["explain", "place", "L11", ...OPT]], ["tie", { a: "P001", b: "P002", as_of: SUMMER }, ["explain", "tie", "P001", "P002", "--as-of", SUMMER]],
    ["path", { a: "P072", b: "P001", as_of: SUMMER }, ["path", "P072", "P001", "--as-of", SUMMER]], ["gaps", AT, ["gaps", ...OPT]], ["actions", AT, ["actions", ...OPT]],
    ["changes", { since: "2022-06-01", ...AT }, ["changes", "--since", "2022-06-01", ...OPT]], ["today", { date: DAY }, ["drmm", "--date", DAY, "--cards"]],
    ["assess", { id: "P010", ...AT }, ["assess", "P010", ...OPT]], ["outcomes", { ids: "G1", baseline: "2021-11-01", until: "2022-04-30" }, ["outcomes", "G1", "--baseline", "2021-11-01", "--until", "2022-04-30"]],
    ["check", AT, ["check", ...OPT]],
];

/* Whoever is not an analyst is asked what their role decides. */
const OF_ROLE = { chair: ["info", "show", "weigh", "tie", "today"], lead: ["show", "hotspots", "place", "peers", "check"], auditor: ["info", "show"] };

export async function the_server_answers_as_the_command_line({ page, hub, user }) {
    for (const [route, parameters, args] of CASES.filter(([name]) => OF_ROLE[user]?.includes(name) ?? true)) {
        const [answer, expected] = await Promise.all([page.evaluate(async ([name, query]) => {
            const response = await fetch(`/api/${name}?${new URLSearchParams(query)}`, { headers: { "Kith-Page": localStorage.getItem("kith-page") } });
            return { ok: response.ok, text: await response.text() };
        }, [route, parameters]), told(hub, args, { user })]);
        equal(answer.ok, expected !== null, `${route} for ${user} is answered`);
        if (expected !== null)
            equal(JSON.parse(answer.text), expected, `${route} for ${user}`);
    }
}

/* What the command line says, null where it refuses; a check that found something says it too. */
async function told(hub, args, options) {
    try {
        return await hub.json(args, options);
    } catch (fault) {
        if (fault.code === 1 && fault.stdout)
            return JSON.parse(fault.stdout);
        if (fault.code === 4) // not for this user
            return null;
        throw fault;
    }
}

/* ---- every number on a page ---- */

const SHARES = ["home", "peer", "school", "neighbourhood", "online"];
const groups = rows => [...new Set(rows.map(r => r.group_id))].map(id => [`Members of group ${id}`, rows.filter(r => r.group_id === id)]);
/* An address, a command line, and the tables of the page with the rows of the answer that each shows. */
const PAGES = [
    [`groups?as_of=${DAY}`, ["peers", ...OPT], rows => [...groups(rows), ["Children at an edge, or between groups", rows.filter(r => r.place !== "core" || r.beside !== "")]]],
    [`contexts?ids=G2&as_of=${DAY}`, ["weigh", "G2", ...OPT], rows => [["Shares of this subject's own evidence", rows.filter(r => SHARES.includes(r.context))],
        ["Beside the computed shares", rows.filter(r => !SHARES.includes(r.context))]]],
    [`places?as_of=${DAY}`, ["hotspots", ...OPT], rows => [["Public places", rows.filter(r => r.section === "public")],
        ["Service places, not ranked: where help is given, harm is recorded", rows.filter(r => r.section === "service")],
        ["Homes, not ranked: an id only", rows.filter(r => r.section === "home" && r.events > 0)]]],
    [`places?id=L11&as_of=${DAY}`, ["explain", "place", "L11", ...OPT], rows => [["The children and events that its rank goes by", rows]]],
    [`quality?as_of=${DAY}`, ["check", ...OPT], rows => [["What is wrong or missing", rows]]],
    [`audit?act=collection&as_of=${DAY}`, ["audit", "--act", "collection"], rows => [["Entries, the newest first", rows.reverse()]]],
];

/* Rows of every table of answers on the page: of each cell its numbers, whole. */
const numbersOn = page => page.evaluate(() => ({
    tables: Object.fromEntries([...document.querySelectorAll("#main table")].filter(t => t.caption && t.tBodies[0]?.querySelector("[data-key]")).map(table =>
        [table.caption.textContent, [...table.tBodies[0].rows].map(row => Object.fromEntries([...row.cells].map(cell =>
            [cell.dataset.key, [...cell.querySelectorAll("data")].map(d => Number(d.value))])))])),
    loose: [...document.querySelectorAll("#main data")].filter(d => !d.closest("table")).map(d => d.parentElement.textContent),
}));

export async function every_number_on_a_page_is_the_command_lines({ page, hub }) {
    let compared = 0;
    for (const [address, args, tablesOf] of PAGES) {
        const [answer] = await Promise.all([told(hub, args), go(page, address)]);
        await settled(page);
        const { tables, loose } = await numbersOn(page), expected = tablesOf(answer.rows).filter(([, rows]) => rows.length > 0);
        equal(Object.keys(tables), expected.map(([caption]) => caption), `tables of ${address}`);
        equal(loose, [], `numbers of ${address} that no table has`);
        for (const [caption, rows] of expected) {
            equal(tables[caption].length, Math.min(rows.length, 100), `rows of ${caption}`);
            tables[caption].forEach((cells, i) => Object.entries(cells).forEach(([key, shown]) => {
                const told = (key === "rank_low" ? ["rank_low", "rank_high"] : [key]).map(k => rows[i][k]).filter(v => typeof v === "number");
                equal(shown, told, `${key} of row ${i + 1} of ${caption}`);
                compared += shown.length;
            }));
        }
    }
    assert(compared > 300, `numbers compared: ${compared}`);
}

/* What is found, what is held of somebody, and what a meeting has of them. */
export async function find_a_person_and_a_meeting_say_what_the_command_line_says({ page, hub }) {
    const [found, held, cards, actions] = await Promise.all([hub.json(["find", "--most", "50", ...OPT], { input: "Quillmarsh" }), hub.json(["show", "P014", ...OPT]),
        hub.json(["drmm", "P014", "--date", DAY, "--cards"]), hub.json(["actions", "P014", "--state", "all", ...OPT]), go(page, `find?as_of=${DAY}`)]);
    await page.fill("[name=q]", "Quillmarsh");
    await page.keyboard.press("Enter");
    await page.waitForSelector("caption:text-is('Found')");
    await settled(page);
    const told = (await numbersOn(page)).tables["Found"], rows = await page.locator("#main tbody tr").evaluateAll(all => all.map(tr => Object.fromEntries([...tr.cells].map(c => [c.dataset.key, c.textContent]))));
    equal(rows.map(r => [r.id, r.name, r.kind, r.matched]), found.rows.map(r => [r.id, r.name, r.kind, r.matched]), "who is found");
    equal(told.map(r => r.score), found.rows.map(r => [r.score]), "how alike they are written");
    await go(page, `person?id=P014&as_of=${DAY}`);
    const cells = await page.locator("#main .table tbody tr").evaluateAll(all => all.map(tr => [...tr.cells].map(c => c.textContent)));
    equal(cells, held.rows.map(r => ["record", "date", "detail", "source", "report_ref", "grade", "handling", "recorded_on"].map(k => String(r[k] ?? ""))), "everything held");
    await go(page, `meeting?ids=P014&as_of=${DAY}`);
    const card = cards.cards.find(c => c.id === "P014");
    equal(await page.locator(".card li > span").allTextContents(), PARTS.flatMap(p => (card[p]?.rows ?? []).flatMap(r => Object.values(r).filter(v => v !== null && v !== "").map(String))), "what the item says");
    const listed = await page.locator("table:has(caption:text-is('Actions for P014')) tbody tr").evaluateAll(all => all.map(tr => [...tr.cells].slice(0, 5).map(c => c.textContent)));
    equal(listed, actions.rows.map(r => ["action_id", "action", "due", "owner_role", "when"].map(k => String(r[k] ?? ""))), "its actions");
}

const PARTS = ["recent", "news", "conditions", "strengths", "plan", "decisions", "corrected", "places"];

/* Cards have their figures in sentences; hours of a week are in a grid; a picture is counted. */
export async function cards_weeks_and_pictures_are_the_command_lines({ page, hub }) {
    const [day, week, scene] = await Promise.all([hub.json(["drmm", "--date", DAY, "--cards"]), hub.json(["hotspots", "--week", "L11", ...OPT]),
        hub.json(["map", "P001", "--hops", "1", "--view", "--as-of", SUMMER]), go(page, `today?as_of=${DAY}`)]);
    equal(await page.locator(".card").evaluateAll(cards => cards.map(c => [...c.querySelectorAll("li > span")].map(s => s.textContent))),
        day.cards.map(c => PARTS.flatMap(p => (c[p]?.rows ?? []).flatMap(r => Object.values(r).filter(v => v !== null && v !== "").map(String)))), "what the cards say");
    await go(page, `places?id=L11&as_of=${DAY}`);
    equal(await page.locator(".week tbody tr").evaluateAll(days => days.flatMap((tr, d) => [...tr.querySelectorAll("td")].flatMap((td, hour) => td.textContent ? [[d + 1, hour, Number(td.textContent)]] : []))),
        week.rows.filter(r => r.hour !== null).map(r => [r.day, r.hour, r.events]), "events by day and hour");
    await go(page, `network?ids=P001&hops=1&as_of=${SUMMER}`);
    const rows = await page.locator(".same tbody tr").evaluateAll(all => all.map(tr => Object.fromEntries([...tr.cells].map(c => [c.dataset.key, c.textContent]))));
    equal(rows.filter(r => r.number === "").map(r => [r.from, r.record, Number(/(\d+) neighbours? not shown/.exec(r.says)?.[1] ?? 0)]),
        scene.nodes.map(n => [n.label.split("\n")[0], n.record, n.beyond ?? 0]), "things and how many neighbours are not shown");
    equal(rows.filter(r => r.number !== "").map(r => [Number(r.number), r.says.split("; ")[0], r.basis]), scene.ties.map(t => [t.number, (t.label ?? "").split("; ")[0], t.basis ?? ""]), "lines");
}
