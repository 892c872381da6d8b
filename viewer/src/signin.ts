// SPDX-License-Identifier: GPL-3.0-or-later
// signin.ts: who is there.
import { write as post, type Session } from "./api";
import { button, field, fill, h } from "./dom";
import { write } from "./work";

async function base64(file: File): Promise<string> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (const byte of bytes)
        text += String.fromCharCode(byte);
    return btoa(text);
}

const OTHER = "#somebody-else"; // an address of nobody's: nothing of whoever locked the page is in it

function another(): void {
    history.replaceState(null, "", `/${OTHER}`);
    location.reload();
}

const MOST = 65_536; // bytes of a key file

/** Asks for user and key; `done` has the session. */
export function signIn(place: HTMLElement, session: Session, done: (session: Session) => void): void {
    const locked = session.state === "locked" && location.hash !== OTHER;
    const user = h("input", { name: "user", autocomplete: "username", required: true, value: locked ? session.user : "", readonly: locked });
    const word = h("input", { name: "passphrase", type: "password", autocomplete: "current-password" });
    const file = h("input", { name: "key_file", type: "file" });
    const told = h("div", { role: "alert" });
    const submit = async (): Promise<Session> => {
        const chosen = file.files?.[0];
        if (!chosen && word.value === "")
            throw new Error("A key file or a passphrase is needed.");
        if (chosen && chosen.size > MOST)
            throw new Error("That file is too large for a key file.");
        const key = chosen ? { key_file: await base64(chosen) } : { passphrase: word.value };
        return post<Session>("sign-in", { user: user.value.trim(), ...key });
    };
    const form = h("form", { class: "sign-in" },
        h("h1", {}, locked ? "Locked" : "Sign in"),
        h("p", {}, locked ? `Only ${session.user} can open this page again; somebody else begins anew.` : "With the name and the key that open this hub for you."),
        field("User", user), field("Key file", file, "the file made by kith key new"), field("or passphrase", word),
        h("p", { class: "buttons" }, h("button", { type: "submit" }, "Sign in"), locked ? button("Somebody else signs in", another, { class: "quiet" }) : null), told);
    form.addEventListener("submit", event => {
        event.preventDefault();
        void write(told, submit, answer => { word.value = ""; done(answer); });
    });
    fill(place, form);
    (locked ? word : user).focus();
}
