// SPDX-License-Identifier: GPL-3.0-or-later
// numbers.mjs: what the server answers a user is what the command line answers the same user.
import { DAY, equal, SUMMER } from "./harness.mjs";

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

export async function the_server_answers_as_the_command_line({ page, hub, user }) {
    for (const [route, parameters, args] of CASES) {
        const answer = await page.evaluate(async ([name, query]) => {
            const response = await fetch(`/api/${name}?${new URLSearchParams(query)}`);
            return { ok: response.ok, text: await response.text() };
        }, [route, parameters]);
        let expected = null;
        try {
            expected = hub.kith([...args, "--format", "json", "--quiet"], { user });
        } catch (fault) {
            expected = fault.status === 1 && fault.stdout ? fault.stdout : null; // a check that found something
        }
        equal(answer.ok, expected !== null, `${route} for ${user} is answered`);
        if (expected !== null)
            equal(JSON.parse(answer.text), JSON.parse(expected), `${route} for ${user}`);
    }
}
