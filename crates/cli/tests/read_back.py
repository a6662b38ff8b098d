"""Reads an export in all three formats with DuckDB and compares them value by value.

Usage: read_back.py FOLDER VENV. FOLDER has out.csv, out.jsonl and out.parquet; VENV is where DuckDB is, or is put.
Exits with 0 when they are equal, 1 when they are not, 77 when there is no DuckDB to read with.
"""

import json
import os
import sys
from decimal import Decimal

from run_again import again_with


def is_same(parquet, csv, line):
    if parquet is None:
        return csv is None and line is None
    if isinstance(parquet, Decimal):
        return parquet == Decimal(csv) == Decimal(line)
    if isinstance(parquet, bool):
        return csv == str(parquet).lower() and line is parquet
    if isinstance(parquet, int):
        return csv == str(parquet) and line == parquet
    return parquet == csv == line


def main(folder):
    def path(ending):
        return os.path.join(folder, f"out.{ending}")

    connection = duckdb.connect()
    columns = connection.execute("describe select * from read_parquet($1)", [path("parquet")]).fetchall()
    parquet = connection.execute("select * from read_parquet($1)", [path("parquet")]).fetchall()
    csv = connection.execute("select * from read_csv($1, all_varchar = true)", [path("csv")]).fetchall()
    with open(path("jsonl"), encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert len(parquet) == len(csv) == len(lines) > 0, (len(parquet), len(csv), len(lines))
    assert any(kind == "DECIMAL(38,18)" for _, kind, *_ in columns), columns
    for row in zip(parquet, csv, lines):
        for (name, *_), a, b in zip(columns, row[0], row[1]):
            assert is_same(a, b, row[2][name]), (name, a, b, row[2][name])
    print(f"{len(lines)} rows are equal")


try:
    import duckdb
except ImportError:
    again_with("duckdb", sys.argv[2])
main(sys.argv[1])
