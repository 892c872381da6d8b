# SPDX-License-Identifier: GPL-3.0-or-later
"""libraries: ties, groups and the whole way by the Python libraries an analyst would use.

    libraries.py scipy-ties WORK
    libraries.py igraph-groups|networkx-groups|graphtool-groups WORK RESOLUTION
    libraries.py expert WORK DATABASE       pandas, scipy and igraph, from SQLite to groups.csv

Prints one line of JSON as bench-groups does. bench/groups calls it.
"""
import json
import os
import resource
import sys
import time


def now():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, time.monotonic()


def say(since, **facts):
    cpu, wall = now()
    print(json.dumps(dict(cpu=round(cpu - since[0], 4), wall=round(wall - since[1], 4), **facts)))


def shared_events(people, events, person, event):
    """Scipy: people by events, times its transpose, each event counting 1/(n-1)."""
    import numpy as np
    import scipy.sparse as sparse
    count = np.bincount(event, minlength=events)
    share = np.where(count > 1, 1 / np.maximum(1, count - 1), 0)
    at = sparse.csr_matrix((np.ones(len(person)), (person, event)), shape=(people, events))
    return sparse.triu(at @ sparse.diags(share) @ at.T, 1).tocoo()


def scipy_ties(work):
    import numpy as np
    people, events = map(int, open(os.path.join(work, "size.txt")).read().split())
    pairs = np.fromfile(os.path.join(work, "meetings.bin"), dtype=np.uint32).reshape(-1, 2)
    since = now()
    ties = shared_events(people, events, pairs[:, 0], pairs[:, 1])
    say(since, ties=int(ties.nnz))


def read_ties(work):
    import numpy as np
    people = int(open(os.path.join(work, "size.txt")).read().split()[0])
    kind = [("low", "<u4"), ("high", "<u4"), ("weight", "<f8")]
    return people, np.fromfile(os.path.join(work, "ties.bin"), dtype=kind)


def igraph_groups(work, resolution):
    import igraph
    import numpy as np
    people, ties = read_ties(work)
    graph = igraph.Graph(n=people, edges=np.stack([ties["low"], ties["high"]], 1))
    weights = ties["weight"].tolist()
    since = now()
    found = graph.community_leiden(objective_function="CPM", weights=weights,
                                   resolution_parameter=resolution, n_iterations=2)
    say(since, ties=len(ties), groups=len(found))


def networkx_groups(work, _):
    import networkx
    people, ties = read_ties(work)
    graph = networkx.Graph()
    graph.add_nodes_from(range(people))
    graph.add_weighted_edges_from(zip(ties["low"].tolist(), ties["high"].tolist(), ties["weight"].tolist()))
    since = now()
    found = networkx.community.louvain_communities(graph, seed=1)
    say(since, ties=len(ties), groups=len(found))


def graphtool_groups(work, _):
    import graph_tool.all as tool
    import numpy as np
    people, ties = read_ties(work)
    graph = tool.Graph(directed=False)
    graph.add_vertex(people)
    graph.add_edge_list(np.stack([ties["low"], ties["high"]], 1))
    since = now()
    found = tool.minimize_blockmodel_dl(graph)
    say(since, ties=len(ties), groups=int(found.get_nonempty_B()))


def expert(work, database):
    import igraph
    import numpy as np
    import pandas
    import sqlite3
    since = now()
    with sqlite3.connect(database) as connection:
        table = pandas.read_sql_query("SELECT event_id, person_id FROM participation", connection)
    person, names = pandas.factorize(table["person_id"])
    event, _ = pandas.factorize(table["event_id"])
    ties = shared_events(len(names), int(event.max()) + 1, person, event)
    graph = igraph.Graph(n=len(names), edges=np.stack([ties.row, ties.col], 1))
    found = graph.community_leiden(objective_function="CPM", weights=ties.data.tolist(),
                                   resolution_parameter=0.02, n_iterations=2)
    pandas.DataFrame({"person_id": names, "group": found.membership}).to_csv(
        os.path.join(work, "expert.csv"), index=False)
    say(since, ties=int(ties.nnz), groups=len(found))


if __name__ == "__main__":
    if sys.argv[1] == "scipy-ties":
        scipy_ties(sys.argv[2])
    elif sys.argv[1] == "expert":
        expert(sys.argv[2], sys.argv[3])
    else:
        {"igraph-groups": igraph_groups, "networkx-groups": networkx_groups,
         "graphtool-groups": graphtool_groups}[sys.argv[1]](sys.argv[2], float(sys.argv[3]))
