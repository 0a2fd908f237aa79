"""One rival engine of the bench `flows`, as a process that answers questions.

    rivals.py ENGINE FLOWS PAIRS SCRATCH

FLOWS is the directory of the flows' Parquet files, PAIRS a Parquet file with one row a port (port,
protocol, name), SCRATCH a directory that the engine may fill. The process first writes its ways to
answer, one line each: the question, a tab, the way; then an empty line. For each such line that it reads
it answers with the seconds taken and the number of groups, tab between them, and a line a group: the
name (empty for none), a tab, the number. An empty name stands for flows without a service.
"""

import os
import sys
import time

THREADS = 2
SERVICE = "https"


class DuckDB:
    """A left join; and the same written by hand, with the ports summed first."""

    def __init__(self, flows, pairs, scratch):
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute(f"set threads = {THREADS}")
        self.connection.execute("set parquet_metadata_cache = true")
        self.connection.execute(f"set temp_directory = '{scratch}'")
        self.connection.execute(f"create view flows as select * from read_parquet('{flows}/*.parquet')")
        self.connection.execute(f"create table pairs as select * from read_parquet('{pairs}')")
        # An enumeration groups by its number.
        self.connection.execute("create type service as enum (select distinct name from pairs)")
        self.connection.execute("create table typed as select port, protocol, name::service as name from pairs")

    def run(self, sql):
        return self.connection.execute(sql).fetchall()

    def count_join(self):
        return self.run(
            f"""select '{SERVICE}', count(*) from flows f
            join pairs p on f.dstport = p.port and f.protocol = p.protocol where p.name = '{SERVICE}'"""
        )

    def sum_join(self, pairs="pairs"):
        return self.run(
            f"""select p.name, sum(f.bytes) from flows f
            left join {pairs} p on f.dstport = p.port and f.protocol = p.protocol group by p.name"""
        )

    def sum_join_enum(self):
        return self.sum_join("typed")

    def sum_by_hand(self):
        return self.run(
            """select p.name, sum(f.bytes) from
            (select dstport, protocol, sum(bytes) as bytes from flows group by dstport, protocol) f
            left join pairs p on f.dstport = p.port and f.protocol = p.protocol group by p.name"""
        )


class Polars:
    """The same in Polars' streaming engine."""

    def __init__(self, flows, pairs, scratch):
        os.environ["POLARS_MAX_THREADS"] = str(THREADS)
        os.environ["POLARS_TEMP_DIR"] = scratch
        import polars

        self.polars = polars
        self.flows = polars.scan_parquet(f"{flows}/*.parquet")
        self.pairs = polars.read_parquet(pairs)
        self.typed = self.pairs.with_columns(polars.col("name").cast(polars.Categorical))

    def run(self, frame):
        return frame.collect(engine="streaming").rows()

    def joined(self, flows, pairs, how):
        return flows.join(
            pairs.lazy(), left_on=["dstport", "protocol"], right_on=["port", "protocol"], how=how
        )

    def count_join(self):
        named = self.pairs.filter(self.polars.col("name") == SERVICE)
        rows = self.run(self.joined(self.flows, named, "inner").select(self.polars.len()))
        return [(SERVICE, rows[0][0])]

    def sum_join(self, pairs=None):
        joined = self.joined(self.flows, self.pairs if pairs is None else pairs, "left")
        return self.run(joined.group_by("name").agg(self.polars.col("bytes").sum()))

    def sum_join_categorical(self):
        return self.sum_join(self.typed)

    def sum_by_hand(self):
        by_port = self.flows.group_by("dstport", "protocol").agg(self.polars.col("bytes").sum())
        return self.run(
            self.joined(by_port, self.pairs, "left").group_by("name").agg(self.polars.col("bytes").sum())
        )


class ClickHouse:
    """`dictGet`, by a key of both columns and by one integer in a flat dictionary, its fastest."""

    # Without `Nullable`, which costs time; a port that is missing reads as 0.
    COLUMNS = "dstport Int32, protocol Int32, bytes Int64"
    COMPLEX = "dictGet('bench.complex', 'name', (dstport, protocol))"
    KEY = "bitOr(bitShiftLeft(toUInt32(protocol), 16), toUInt32({}))"
    FLAT = f"dictGet('bench.flat', 'name', toUInt64({KEY.format('dstport')}))"

    def __init__(self, flows, pairs, scratch):
        from chdb import session

        self.session = session.Session(os.path.join(scratch, "chdb"))
        self.flows = f"file('{flows}/*.parquet', Parquet, '{self.COLUMNS}')"
        for statement in (
            "create database if not exists bench engine = Atomic",
            "create table bench.pairs (port Int32, protocol Int32, pair UInt64, name String) engine = Memory",
            f"insert into bench.pairs select port, protocol, {self.KEY.format('port')}, name"
            f" from file('{pairs}', Parquet, 'port Int32, protocol Int32, name String')",
            "create dictionary bench.complex (port Int32, protocol Int32, name String) primary key port, protocol"
            " source(clickhouse(db 'bench' table 'pairs')) layout(complex_key_hashed()) lifetime(0)",
            "create dictionary bench.flat (pair UInt64, name String) primary key pair"
            " source(clickhouse(db 'bench' table 'pairs')) layout(flat(max_array_size 16777216)) lifetime(0)",
        ):
            self.session.query(statement)

    def run(self, sql):
        answer = self.session.query(f"{sql} settings max_threads = {THREADS}", "TSV").data()
        return [line.split("\t") for line in answer.splitlines()]

    def count(self, name):
        return self.run(f"select '{SERVICE}', count() from {self.flows} where {name} = '{SERVICE}'")

    def sum(self, name):
        return self.run(f"select {name} as name, sum(bytes) from {self.flows} group by name")

    def count_dictget_complex(self):
        return self.count(self.COMPLEX)

    def count_dictget_flat(self):
        return self.count(self.FLAT)

    def sum_dictget_complex(self):
        return self.sum(self.COMPLEX)

    def sum_dictget_flat(self):
        return self.sum(self.FLAT)

    def sum_by_hand(self):
        return self.run(
            f"""select dictGet('bench.flat', 'name', toUInt64(pair)) as name, sum(bytes) from
            (select {self.KEY.format('dstport')} as pair, sum(bytes) as bytes from {self.flows} group by pair)
            group by name"""
        )


ENGINES = {"duckdb": DuckDB, "polars": Polars, "clickhouse": ClickHouse}


def main():
    engine, flows, pairs, scratch = sys.argv[1:]
    rival = ENGINES[engine](flows, pairs, scratch)
    ways = [way.split("_", 1) for way in dir(rival) if way.startswith(("count_", "sum_"))]
    for question, way in ways:
        print(question, way, sep="\t")
    print(flush=True)
    for line in sys.stdin:
        question, way = line.rstrip("\n").split("\t")
        started = time.perf_counter()
        rows = getattr(rival, f"{question}_{way}")()
        taken = time.perf_counter() - started
        print(f"{taken:.6f}\t{len(rows)}")
        for name, number in rows:
            print(name or "", number, sep="\t")
        sys.stdout.flush()


main()
