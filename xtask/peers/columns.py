"""The same answers counted by a column store.

    python columns.py duckdb|polars FILE

Prints a JSON object: for each figure the median and the fastest tenth, in nanoseconds, and everything that was counted, in
the words of crates/tally/examples/tallies. Both programs use all processors, as they do when nobody says otherwise.
"""

import json
import sys
import time

QUESTIONS = [f"q{nth}" for nth in range(50)]
CHOICES = [f"c{nth}" for nth in range(10)]


def is_number(question):
    return int(question[1:]) % 5 == 4


class DuckDb:
    """A table in memory; answers are enumerations and bytes."""

    def __init__(self, path):
        import duckdb

        self.version = duckdb.__version__
        self.connection = duckdb.connect()
        self.all("create type choice as enum (%s)" % ", ".join(f"'{it}'" for it in CHOICES))
        types = {it: "utinyint" if is_number(it) else "choice" for it in QUESTIONS}
        self.all(f"create table sheets as from read_csv('{path}', header = true, columns = {types})")
        self.one = self.connection.execute("from sheets limit 1").fetchall()[0]

    def all(self, query):
        return self.connection.execute(query).fetchall()

    def marginals(self):
        # The fastest of several ways: grouping by each question took twice as long, counting each choice a hundred times.
        columns = ", ".join(f"histogram({it}), count(*) - count({it})" for it in QUESTIONS)
        row = self.all(f"select {columns} from sheets")[0]
        return [({**(row[at] or {}), None: row[at + 1]}) for at in range(0, len(row), 2)]

    def cross(self, condition=""):
        return self.all(f"select q0, q1, count(*) from sheets {condition} group by all")

    def filtered(self):
        return self.cross("where q3 = 'c1' and q9 > 50")

    def append(self):
        self.connection.execute(f"insert into sheets values ({', '.join('?' * len(self.one))})", self.one)


class Polars:
    """A frame in memory; answers are enumerations and bytes."""

    def __init__(self, path):
        import polars

        self.polars = polars
        self.version = polars.__version__
        choice = polars.Enum(CHOICES)
        types = {it: polars.UInt8 if is_number(it) else choice for it in QUESTIONS}
        self.sheets = polars.read_csv(path, schema=types)
        self.one = self.sheets[:1]

    def marginals(self):
        # The fastest of several ways: one question after the other took twice as long.
        lazy = self.sheets.lazy()
        counted = self.polars.collect_all([lazy.group_by(it).len() for it in QUESTIONS])
        return [dict(it.iter_rows()) for it in counted]

    def counted(self, sheets):
        return sheets.group_by("q0", "q1").len().collect(engine="streaming").rows()

    def cross(self):
        return self.counted(self.sheets.lazy())

    def filtered(self):
        column = self.polars.col
        return self.counted(self.sheets.lazy().filter((column("q3") == "c1") & (column("q9") > 50)))

    def append(self):
        self.sheets = self.sheets.vstack(self.one)


def measured(work, at_least):
    """Over some seconds, after once."""
    work()
    times = []
    until = time.perf_counter() + at_least
    while len(times) < 5 or time.perf_counter() < until:
        started = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - started)
    times.sort()
    return {"median": times[len(times) // 2], "fastest_tenth": times[len(times) // 10]}


def figures_of(question, counts):
    """How many gave each choice, and how many nothing; of numbers how many, sum, smallest, quartiles, largest."""
    if not is_number(question):
        return [counts.get(it, 0) for it in CHOICES] + [counts.get(None, 0)]
    numbers = sorted((number, n) for number, n in counts.items() if number is not None)
    total = sum(n for _, n in numbers)

    def at(place):
        for number, n in numbers:
            if place < n:
                return number
            place -= n

    def quartile(quarter):
        place, rest = divmod((total - 1) * quarter, 4)
        return at(place) + (at(place + 1) - at(place)) * rest / 4 if rest else at(place)

    quartiles = [quartile(it) for it in (1, 2, 3)]
    return [total, sum(number * n for number, n in numbers), numbers[0][0], *quartiles, numbers[-1][0]]


def table(rows):
    """The rows of a cross-tab."""
    counts = {(row, column): n for row, column, n in rows}
    return [[counts.get((row, column), 0) for column in CHOICES] for row in CHOICES]


started = time.perf_counter_ns()
peer = {"duckdb": DuckDb, "polars": Polars}[sys.argv[1]](sys.argv[2])
load = time.perf_counter_ns() - started
counts = {
    "marginals": [figures_of(*it) for it in zip(QUESTIONS, peer.marginals())],
    "cross": table(peer.cross()),
    "filtered": table(peer.filtered()),
}
figures = {
    "load": {"median": load, "fastest_tenth": load},
    "marginals": measured(peer.marginals, 3),
    "cross": measured(peer.cross, 2),
    "filtered": measured(peer.filtered, 2),
    "append": measured(peer.append, 2),
}
print(json.dumps({"version": peer.version, "figures": figures, "counts": counts}))
