// SPDX-License-Identifier: GPL-3.0-or-later
// months.ts: the months of the window, one after another: a slider, a button that plays them, and
// whether each is shown by itself.
import { monthName } from "../days";
import { button, h, say } from "../dom";

const STEP_MS = 1500; // between two months that are played

export class Months {
    readonly element: HTMLElement;
    private readonly slider = h("input", { type: "range", min: "0", step: "1", name: "month", "aria-label": "Month" });
    private readonly says = h("output");
    private readonly control = button("Play", () => this.play(), { "aria-pressed": "false" });
    private readonly byItself = h("input", { type: "checkbox", name: "alone" });
    private playing = 0;

    /** `choose` is told the last day of a month, "" for the whole window; `alone`, whether months stand alone. */
    constructor(private readonly ends: readonly string[], private readonly choose: (month: string) => void,
                alone: (alone: boolean) => void) {
        this.byItself.addEventListener("change", () => alone(this.byItself.checked));
        this.slider.max = String(ends.length - 1);
        this.slider.addEventListener("input", () => this.to(Number(this.slider.value)));
        this.element = h("div", { class: "months" }, h("span", {}, "Months"), this.slider, this.says, this.control,
            h("label", { class: "check" }, this.byItself, " this month alone"));
    }

    private to(index: number): void {
        const last = this.ends.length - 1, at = Math.min(Math.max(index, 0), last), month = this.ends[at] ?? "";
        this.choose(at === last && !this.byItself.checked ? "" : month);
        this.show(month, this.byItself.checked);
        say(this.says.textContent ?? "");
    }

    step(by: number): void {
        this.to(Number(this.slider.value) + by);
    }

    /** Stands at a month that was chosen otherwise: by undoing, or by the address. */
    show(chosen: string, alone: boolean): void {
        this.byItself.checked = alone;
        const last = this.ends.length - 1, at = chosen ? this.ends.indexOf(chosen) : last;
        this.slider.value = String(at < 0 ? last : at);
        const month = this.ends[Number(this.slider.value)] ?? "";
        this.says.textContent = `${monthName(month)}, as of ${month}`;
        this.slider.setAttribute("aria-valuetext", this.says.textContent);
    }

    private play(): void {
        if (this.playing)
            return this.stop();
        this.control.textContent = "Stop";
        this.control.setAttribute("aria-pressed", "true");
        const last = this.ends.length - 1;
        let at = Number(this.slider.value) >= last ? -1 : Number(this.slider.value);
        const next = (): void => {
            this.to(++at);
            if (at >= last)
                this.stop();
        };
        this.playing = window.setInterval(next, STEP_MS);
        next();
    }

    stop(): void {
        window.clearInterval(this.playing);
        this.playing = 0;
        this.control.textContent = "Play";
        this.control.setAttribute("aria-pressed", "false");
    }
}
