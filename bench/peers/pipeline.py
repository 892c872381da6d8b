# SPDX-License-Identifier: GPL-3.0-or-later
"""pipeline.py DATABASE FOLDER: hotspots.csv and groups.csv as somebody who knows the libraries scripts them.

Ids to integers once, scipy for the ties and the ranking, igraph for Leiden alone.
"""
import sqlite3
import sys

import igraph
import numpy
import pandas
import scipy.sparse as sparse

connection = sqlite3.connect(sys.argv[1])
events = pandas.read_sql_query("SELECT event_id, location_id FROM event", connection)
parts = pandas.read_sql_query("SELECT event_id, person_id FROM participation", connection)
places = pandas.read_sql_query("SELECT location_id, name FROM location", connection)
person, people = pandas.factorize(parts["person_id"])
known = pandas.Index(events["event_id"])
event = known.get_indexer(parts["event_id"])
place = pandas.Index(places["location_id"]).get_indexer(events["location_id"])
count, place_count = len(people), len(places)

at = sparse.csr_matrix((numpy.ones(len(person), dtype=numpy.float32), (person, event)), shape=(count, len(known)))
ties = sparse.triu(at @ at.T, 1).tocoo()
graph = igraph.Graph(n=count, edges=numpy.stack([ties.row, ties.col], 1))
groups = graph.community_leiden(objective_function="modularity", weights=ties.data.tolist(), n_iterations=2).membership

there = sparse.csr_matrix((numpy.ones(len(person)), (person, place[event])), shape=(count, place_count))
back = there.T.tocsr()
of_person = numpy.asarray(there.sum(1)).ravel()
of_place = numpy.maximum(1e-300, numpy.asarray(there.sum(0)).ravel())
total = count + place_count
rank_people, rank_places = numpy.full(count, 1 / total), numpy.full(place_count, 1 / total)
for _ in range(200):
    new = 0.15 / total + 0.85 * (back @ (rank_people / of_person))
    rank_people = 0.15 / total + 0.85 * (there @ (new / of_place))
    moved = abs(new - rank_places).sum()
    rank_places = new
    if moved < 1e-6:
        break
places.assign(score=rank_places).nlargest(50, "score").to_csv(sys.argv[2] + "/hotspots.csv", index=False)
pandas.DataFrame({"person_id": people, "group": groups}).to_csv(sys.argv[2] + "/groups.csv", index=False)
