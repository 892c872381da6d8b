// SPDX-License-Identifier: GPL-3.0-or-later
// all.ts: the views, in the order of the list.
import type { View } from "../view";
import { network } from "../network/view";
import { audit } from "./audit";
import { contexts } from "./contexts";
import { find } from "./find";
import { groups } from "./groups";
import { intake } from "./intake";
import { meeting } from "./meeting";
import { person } from "./person";
import { places } from "./places";
import { quality } from "./quality";
import { saved } from "./saved";
import { today } from "./today";

export const views: readonly View[] = [today, find, network, groups, contexts, places, meeting, intake, quality, audit, saved, person];
