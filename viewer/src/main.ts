// SPDX-License-Identifier: GPL-3.0-or-later
// main.ts: where the page begins.
import cytoscape from "cytoscape";

document.documentElement.dataset["drawsWith"] = typeof cytoscape;
