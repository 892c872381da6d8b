// SPDX-License-Identifier: GPL-3.0-or-later
// view.ts: what a view is: a name in the address, a title, and what it puts into the page.
import type { Session } from "./api";

export interface View {
    id: string;
    title: string;
    /** In the list of views; a person's page is not. */
    listed: boolean;
    /** The operation without which it has nothing to show. */
    needs: string;
    show: (main: HTMLElement, parameters: URLSearchParams, session: Session) => void;
}
