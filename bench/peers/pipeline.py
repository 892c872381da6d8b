# SPDX-License-Identifier: GPL-3.0-or-later
"""pipeline.py SOURCE FOLDER: hotspots.csv and groups.csv as somebody who knows the libraries scripts them.

SOURCE is a database of SQLite, or a folder of CSV files. Ids to integers once, scipy for the ties
and the ranking, igraph for Leiden alone.
"""
import os
import sqlite3
import sys

import igraph
import numpy
import pandas
import scipy.sparse as sparse

TABLES = [("event", ["event_id", "location_id"]), ("participation", ["event_id", "person_id"]),
          ("location", ["location_id", "name"])]
source = sys.argv[1]
if os.path.isdir(source):
    events, parts, places = (pandas.read_csv("%s/%ss.csv" % (source, table), usecols=columns) for table, columns in TABLES)
else:
    connection = sqlite3.connect(source)
    events, parts, places = (pandas.read_sql_query("SELECT %s FROM %s" % (", ".join(columns), table), connection)
                             for table, columns in TABLES)
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
