# SPDX-License-Identifier: GPL-3.0-or-later
"""import_csv.py DATABASE TABLES_SQL INDEXES_SQL FOLDER: Python's csv reader and executemany."""
import csv
import sqlite3
import sys

database, tables, indexes, folder = sys.argv[1:]
db = sqlite3.connect(database)
db.executescript(open(tables).read())
for name in ("persons", "locations", "events", "participations", "links"):
    with open("%s/%s.csv" % (folder, name), encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        places = ",".join("?" * len(next(rows)))
        db.executemany("INSERT INTO %s VALUES (%s)" % (name, places), rows)
db.commit()
db.executescript(open(indexes).read())
db.close()
