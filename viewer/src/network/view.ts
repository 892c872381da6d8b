// SPDX-License-Identifier: GPL-3.0-or-later
// view.ts: the network: a picture around somebody, and what can be done with it.
import { askInParts, download, may, write as post, type Parameters, type Session } from "../api";
import { addDays, daysBetween, isDay, monthEnds } from "../days";
import { button, field, fill, h, say, select, toolbar } from "../dom";
import { viewKeys } from "../keys";
import { go, note, settings } from "../settings";
import type { View } from "../view";
import { afterFrame, show, write } from "../work";
import { Months } from "./months";
import { showFilters, showLegend, showNode, showTie, tableOfShown } from "./panels";
import { Picture } from "./picture";
import { askRoute } from "./route";
import { nameOf, recordOf, type Scene, type SceneNode } from "./scene";
import { copyOf, History, lineName, parametersOf, reachOf, seedsOf, shownOf, stateOf, type Shown, type State } from "./state";

const WINDOW = 365; // days, where none is given: the command's own
const MOST = 1500;

class Network {
    private readonly history = new History();
    private readonly scenes = new Map<string, Scene>();
    private scene: Scene | null = null;
    private shown: Shown | null = null;
    private names: ReadonlyMap<string, string> = new Map();
    private readonly box = h("div", { class: "picture", tabindex: "0", role: "application", "aria-label": "Picture" });
    private readonly about = h("div", { class: "about-picture" });
    private readonly details = h("div", { class: "details", role: "region", "aria-label": "What is chosen", tabindex: "-1" });
    private readonly filters = h("div");
    private readonly legend = h("details", { class: "legend-box", open: true }, h("summary", {}, "Legend"), h("div"));
    private readonly table = h("div", { class: "same", tabindex: "-1" });
    private readonly told = h("div", { role: "status", class: "told" });
    private readonly footer = h("div", { class: "foot" });
    private readonly since = h("input", { type: "date", name: "since" });
    private readonly months: Months;
    private readonly picture: Picture;
    private whole = true; // the scene is; else peer groups, hotspots and what chance says are still to come
    private gone = false;

    constructor(private readonly main: HTMLElement, private state: State, private readonly session: Session) {
        this.months = new Months(monthEnds(addDays(settings.as_of, -this.window() + 1), settings.as_of),
            month => this.change(s => { s.month = month; }), alone => this.change(s => { s.alone = alone; }));
        void this.load(); // asked first: while the program answers the page is made
        this.place();
        this.picture = new Picture(this.box, () => this.chosen(), () => this.said("Moved. Pin it to keep it there in the hub."));
        this.box.addEventListener("keydown", event => this.walk(event));
        window.addEventListener("kith-theme", this.relook);
        window.addEventListener("hashchange", () => this.end(), { once: true });
        this.keys();
    }

    private readonly relook = (): void => {
        if (!this.gone) {
            this.picture.look();
            if (this.scene)
                showLegend(this.legend.lastElementChild as HTMLElement, this.scene, this.picture.numbered > 0);
        }
    };

    private end(): void {
        this.gone = true;
        this.months.stop();
        window.removeEventListener("kith-theme", this.relook);
        this.picture.destroy();
    }

    private window(): number {
        return Number(settings.window) || WINDOW;
    }

    /* ---- the page ---- */

    private place(): void {
        const exportForm = select("form", ["svg", "pdf", "png", "html", "dot", "graphml", "json"], "svg");
        exportForm.setAttribute("aria-label", "Form of the file");
        const tools = toolbar("Picture",
            button("Fit", () => this.picture.fit(), { title: "F" }), button("+", () => this.picture.zoom(1.25), { "aria-label": "Larger" }), button("−", () => this.picture.zoom(0.8), { "aria-label": "Smaller" }),
            button("Undo", () => this.undo(), { title: "Ctrl+Z" }), button("Redo", () => this.redo(), { title: "Ctrl+Shift+Z" }),
            button("Show hidden", () => this.change(s => { s.hidden = []; }), { title: "Shift+H" }), may(this.session, "path") ? button("Path", () => this.path(), { title: "P" }) : null, button("Table", () => this.toTable(), { title: "T" }),
            may(this.session, "map --keep") ? button("Keep places", () => this.pin(null), { title: "Keeps in the hub where everything stands, for the printed pictures too" }) : null,
            h("span", { class: "together" }, exportForm, button("Export", () => this.export(exportForm.value))));
        this.since.addEventListener("change", () => this.change(s => { s.since = isDay(this.since.value) ? this.since.value : ""; }));
        const time = h("div", { class: "time", role: "group", "aria-label": "Months" }, field("What changed since", this.since), this.months.element);
        this.main.append(h("div", { class: "above" }, this.askForm(), tools), this.told, h("div", { class: "network" }, h("div", { class: "left" }, this.about, this.box, this.footer, time),
            h("aside", { class: "side" }, this.details, h("details", { class: "filters" }, h("summary", {}, "Filters"), this.filters), this.legend)), this.table);
        fill(this.details, h("p", { class: "hint" }, "Choose a thing or a line: with the mouse, or with the arrow keys in the picture."));
    }

    private askForm(): HTMLElement {
        const ids = h("input", { name: "ids", value: this.state.ids.join(","), placeholder: "P001, G2, L01", required: true, title: "ids of children, groups or places; Find has them" });
        const hops = select("hops", ["0", "1", "2", "3"], String(this.state.hops));
        const layer = select("layer", [["", "all recorded"], ["links", "declared links"], ["together", "recorded together"], ["presence", "people and places"], ["events", "people and events"]], this.state.layer);
        const form = h("form", { class: "ask" }, field("Around", ids), field("Steps", hops), field("Of", layer), h("button", { type: "submit" }, "Draw"));
        form.addEventListener("submit", event => {
            event.preventDefault();
            go("network", parametersOf({ ...stateOf(new URLSearchParams()), ids: ids.value.split(/[,\s]+/).filter(Boolean), hops: Number(hops.value), layer: layer.value }));
        });
        return form;
    }

    private keys(): void {
        viewKeys([
            { key: "F", says: "fit the picture", run: () => this.picture.fit() }, { key: "Shift+F", says: "fit what is chosen and its neighbours", run: () => this.picture.fitChosen() }, { key: "+", says: "larger", run: () => this.picture.zoom(1.25) }, { key: "-", says: "smaller", run: () => this.picture.zoom(0.8) },
            { key: "N", says: "bring in the neighbours of what is chosen", run: () => this.expand() }, { key: "Shift+N", says: "fold them in again", run: () => this.collapse() },
            { key: "P", says: "path from what is chosen to another", run: () => this.path() }, { key: "H", says: "hide what is chosen", run: () => this.hide() }, { key: "Shift+H", says: "show all that is hidden", run: () => this.change(s => { s.hidden = []; }) },
            { key: "G", says: "legend", run: () => { this.legend.open = !this.legend.open; } }, { key: "T", says: "the table that says the same", run: () => this.toTable() },
            { key: "K", says: "pin what is chosen", run: () => this.pinChosen() },
            { key: ",", says: "the month before", run: () => this.months.step(-1) }, { key: ".", says: "the month after", run: () => this.months.step(1) },
            { key: "Ctrl+Z", says: "undo", run: () => this.undo() }, { key: "Ctrl+Shift+Z", says: "do it again", run: () => this.redo() }, { key: "Ctrl+Y", says: "do it again", run: () => this.redo() },
            { key: "Escape", says: "choose nothing", run: () => { this.picture.clear(); this.chosen(); } }]);
    }

    private walk(event: KeyboardEvent): void {
        if (event.key.startsWith("Arrow")) {
            event.preventDefault();
            const node = this.picture.step(event.key as "ArrowLeft");
            if (node)
                say(`${this.called(node)}, ${node.label.split("\n").slice(1).join(", ")}; ${(node.badges ?? "").split("\n").join(", ")}`);
        } else if (event.key === "Enter") {
            event.preventDefault();
            (this.details.querySelector<HTMLElement>("button, a") ?? this.details).focus();
        }
    }

    private said(text: string): void {
        fill(this.told, h("p", {}, text));
    }

    private called(node: SceneNode): string {
        return this.names.get(recordOf(node)) ?? nameOf(node);
    }

    /* ---- what is asked for ---- */

    private when(month = this.state.month): { as_of: string; window: number | undefined } {
        if (!month)
            return { as_of: settings.as_of, window: settings.window ? this.window() : undefined };
        const start = addDays(settings.as_of, -this.window() + 1);
        const first = this.state.alone ? `${month.slice(0, 7)}-01` : start;
        return { as_of: month, window: Math.max(1, daysBetween(first, month) + 1) };
    }

    private question(reach: number, month = this.state.month): Parameters {
        const since = this.state.since && !month ? { since: this.state.since } : {};
        return { ids: seedsOf(this.state).join(","), hops: reach, layer: this.state.layer || undefined, most: MOST, ...this.when(month), ...since };
    }

    private async read(question: Parameters, signal: AbortSignal, job?: string, early?: (scene: Scene) => void): Promise<Scene> {
        const key = JSON.stringify([question, settings.names, settings.audience, settings.purpose]);
        const known = this.scenes.get(key);
        if (known)
            return known;
        const scene = await askInParts<Scene>("map", { ...question, first: early !== undefined }, part => early?.(part), signal, job);
        this.scenes.set(key, scene);
        return scene;
    }

    /* Names are numbered in each picture by itself ("BW 2"): while months are replayed, whoever is in
       the whole picture is called as there. */
    private async namesOf(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
        if (!this.state.month)
            return new Map();
        const whole = await this.read(this.question(this.state.hops, ""), signal);
        return new Map(whole.nodes.map(n => [recordOf(n), nameOf(n)]));
    }

    private async load(): Promise<void> {
        if (this.state.ids.length === 0) {
            fill(this.about, h("p", { class: "empty" }, "Say around whom: an id from Find, Today or Groups."));
            return;
        }
        const began = performance.now();
        await show<{ scene: Scene; names: ReadonlyMap<string, string> }>(this.about, "Drawing", async (signal, job, early) => {
            const reach = reachOf(this.state, this.scene);
            const scene = await this.read(this.question(reach), signal, job, this.state.month ? undefined : part => early({ scene: part, names: new Map() }));
            return { scene, names: await this.namesOf(signal) };
        }, ({ scene, names }, whole) => {
            this.whole = whole;
            this.scene = scene;
            this.names = names;
            this.draw();
            this.box.dataset["drawnIn"] = String(Math.round(performance.now() - began));
        });
    }

    private draw(): void {
        const scene = this.scene;
        if (!scene || this.gone)
            return;
        for (const node of scene.nodes)
            node.focus = this.state.ids.includes(recordOf(node)) || (node.focus === true && !this.state.expanded.includes(recordOf(node)));
        const shown = shownOf(scene, this.state);
        this.shown = shown;
        this.picture.draw(scene, shown, this.state.ids.join(","), this.names, !this.whole);
        fill(this.about, h("h2", {}, scene.title), h("p", { class: "picture-head" }, scene.header), this.leftOut(shown), this.whole ? null : h("p", { class: "hint" }, "What is judged over the whole hub comes next: peer groups, hotspots, episodes recorded apart."));
        fill(this.footer, h("p", {}, scene.footer));
        this.box.setAttribute("aria-label", `${scene.title}: ${this.picture.summary()}`);
        this.box.dataset["nodes"] = String(shown.nodes.length);
        this.box.dataset["ties"] = String(shown.ties.length);
        this.table.setAttribute("aria-busy", "true");
        const still = (run: () => void): void => afterFrame(() => { if (this.shown === shown && !this.gone) run(); });
        still(() => {
            this.picture.finish();
            still(() => this.drawBeside(scene, shown));
        });
        this.months.show(this.state.month, this.state.alone);
        this.since.value = this.state.since;
        this.chosen();
    }

    /* What can wait until the picture is on the screen. */
    private drawBeside(scene: Scene, shown: Shown): void {
        fill(this.table, tableOfShown(scene, shown, this.names, id => { this.picture.choose(id); this.chosen(); this.box.scrollIntoView({ block: "nearest" }); }));
        note("network", parametersOf(this.state));
        showFilters(this.filters, scene, this.state, off => this.change(s => { s.off = off; }));
        showLegend(this.legend.lastElementChild as HTMLElement, scene, this.picture.numbered > 0);
        this.table.removeAttribute("aria-busy");
    }

    private leftOut(shown: Shown): HTMLElement | null {
        const words = [shown.hidden > 0 ? `${shown.hidden} hidden by hand` : "", shown.filtered > 0 ? `${shown.filtered} lines left out by filters` : "", shown.nodes.length === 0 ? "nothing is recorded here in this time" : ""].filter(Boolean);
        return words.length > 0 ? h("p", { class: "notice" }, `${words.join("; ")}.`) : null;
    }

    /* ---- deeds; each can be undone ---- */

    private change(deed: (state: State) => void): void {
        const before = copyOf(this.state), after = copyOf(this.state);
        deed(after);
        if (JSON.stringify(before) === JSON.stringify(after))
            return;
        this.history.done(before);
        this.state = after;
        this.again(before);
    }

    private again(before: State): void {
        const question = (s: State): string => JSON.stringify([s.ids, s.hops, s.layer, s.expanded, s.since, s.month, s.alone]);
        if (question(before) === question(this.state))
            this.draw();
        else
            void this.load();
    }

    private undo(): void {
        const before = this.state, state = this.history.undo(before);
        if (!state)
            return this.said("Nothing to undo.");
        this.state = state;
        say("Undone.");
        this.again(before);
    }

    private redo(): void {
        const before = this.state, state = this.history.redo(before);
        if (!state)
            return this.said("Nothing to do again.");
        this.state = state;
        say("Done again.");
        this.again(before);
    }

    private expand(): void {
        const { node } = this.picture.chosen();
        if (!node)
            return this.said("Choose somebody first.");
        this.change(s => { if (!s.expanded.includes(recordOf(node))) s.expanded.push(recordOf(node)); });
    }

    private collapse(): void {
        const { node } = this.picture.chosen();
        if (!node)
            return this.said("Choose somebody first.");
        this.change(s => { s.expanded = s.expanded.filter(e => e !== recordOf(node)); });
    }

    private hide(): void {
        const { node, tie } = this.picture.chosen();
        if (!node && !tie)
            return this.said("Choose something first.");
        if (node)
            say(`${this.called(node)} is hidden.`);
        this.change(s => { s.hidden.push(node ? recordOf(node) : tie ? lineName(tie, id => this.picture.end(id)) : ""); });
    }

    /* ---- what is chosen ---- */

    private chosen(): void {
        if (this.gone)
            return;
        const { node, tie } = this.picture.chosen();
        const key = node ? `${node.id} ${this.state.expanded.join()}` : tie ? `t${tie.number}` : "";
        if (this.details.dataset["of"] === key && key !== "" && !node)
            return;
        this.details.dataset["of"] = key;
        if (node) {
            showNode(this.details, { ...node, label: [this.called(node), ...node.label.split("\n").slice(1)].join("\n") }, this.shown?.beyond.get(node.id) ?? 0, this.state.expanded.includes(recordOf(node)), this.picture.neighbours(node.id), {
                expand: () => this.expand(), collapse: () => this.collapse(), hide: () => this.hide(), path: may(this.session, "path") ? () => this.path() : null, pin: may(this.session, "map --keep") ? () => this.pinChosen() : null,
                focus: () => go("network", parametersOf({ ...stateOf(new URLSearchParams()), ids: [recordOf(node)], hops: 1 })),
                tie: t => { this.picture.choose(`t${t.number}`); this.chosen(); this.details.focus(); } });
        } else if (tie) {
            const from = this.picture.end(tie.from), to = this.picture.end(tie.to), when = this.when();
            if (from && to)
                showTie(this.details, tie, from, to, when.as_of, when.window === undefined ? undefined : String(when.window));
        } else {
            fill(this.details, h("p", { class: "hint" }, "Choose a thing or a line: with the mouse, or with the arrow keys in the picture."));
        }
    }

    private toTable(): void {
        this.table.scrollIntoView();
        this.table.focus();
    }

    private path(): void {
        const from = this.picture.chosen().node;
        askRoute({
            from: from ? recordOf(from) : this.state.ids[0] ?? "", when: this.when(),
            offered: (this.shown?.nodes ?? []).map(n => [recordOf(n), `${this.called(n)} (${n.class.replace("_", " ")})`]),
            mark: records => this.picture.route(records),
            bringIn: records => this.change(s => { s.ids = [...new Set([...s.ids, ...records])]; }),
        });
    }

    /* ---- places, files, views ---- */

    private pinChosen(): void {
        const { node } = this.picture.chosen();
        if (!node)
            return this.said("Choose what to pin first.");
        this.pin(node);
    }

    private pin(node: SceneNode | null): void {
        const all = this.picture.positions(), at = node ? all[recordOf(node)] : undefined;
        const unpin = node?.pinned === true;
        const pin = node ? (at && !unpin ? { [recordOf(node)]: at } : {}) : all;
        void write(this.told, () => post("pin", { ...this.question(reachOf(this.state, this.scene), ""), ids: seedsOf(this.state), as_of: settings.as_of, names: settings.names, audience: settings.audience || undefined, pin, unpin: unpin ? [recordOf(node)] : undefined }), () => {
            for (const shown of this.shown?.nodes ?? [])
                if (!node || shown.id === node.id)
                    shown.pinned = node ? !unpin : true;
            this.said(node ? `${this.called(node)} is ${unpin ? "free again" : "pinned"}.` : "Places are kept, for this picture and the printed ones.");
            this.scenes.clear();
            this.draw();
        });
    }

    /** What is in the scene and not on the screen, by which the file is made the same. */
    private unseen(): string[] {
        const nodes = new Set(this.shown?.nodes.map(n => n.id)), ties = new Set(this.shown?.ties.map(t => t.number));
        return [...(this.scene?.nodes ?? []).filter(n => !nodes.has(n.id)).map(recordOf),
            ...(this.scene?.ties ?? []).filter(t => !ties.has(t.number) && nodes.has(t.from) && nodes.has(t.to)).map(t => `#${t.number}`)];
    }

    private export(form: string): void {
        if (!this.whole)
            return this.said("The picture is still being worked out; it can be kept when it is whole.");
        const { ids: _, ...question } = this.question(reachOf(this.state, this.scene));
        void write(this.told, () => download("export", { ...question, ids: seedsOf(this.state), names: settings.names, audience: settings.audience || undefined, purpose: settings.purpose, form, hide: this.unseen(), place: this.picture.positions() }, `map-${this.state.ids.join("-")}.${form}`),
            () => this.said("The file shows exactly what is seen here."));
    }
}

export const network: View = {
    id: "network", title: "Network", listed: true, needs: "map",
    show(main, parameters, session) {
        new Network(main, stateOf(parameters), session);
    },
};
