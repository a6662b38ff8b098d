"""Reads a workbook with openpyxl and compares it value by value with the CSV file of the same export.

Usage: read_back_xlsx.py FOLDER VENV. FOLDER has out.csv and out.xlsx; VENV is where openpyxl is, or is put.
Exits with 0 when they are equal, 1 when they are not, 77 when there is no openpyxl to read with.
"""

import csv
import datetime
import os
import sys
from decimal import Decimal

from run_again import again_with


def significant(text):
    return len(Decimal(text).normalize().as_tuple().digits)


def check(name, cell, text):
    value = cell.value
    assert cell.data_type != "f", (name, value)
    if text == "":
        assert value is None, (name, value)
    elif isinstance(value, bool):
        assert str(value).lower() == text, (name, value, text)
    elif isinstance(value, (int, float)):
        assert not name.lower().endswith("id"), (name, value)
        assert Decimal(repr(value)) == Decimal(text), (name, value, text)
        assert significant(text) <= 15, (name, text)
        if "." in text:
            places = len(text.split(".")[1])
            assert cell.number_format == "0." + "0" * places, (name, cell.number_format, text)
    elif isinstance(value, datetime.datetime):
        assert name.endswith("_utc"), (name, value)
        assert value.isoformat(timespec="milliseconds") + "Z" == text, (name, value, text)
    else:
        assert not name.endswith("_utc"), (name, value)
        assert value == text, (name, value, text)


def main(folder):
    with open(os.path.join(folder, "out.csv"), encoding="utf-8", newline="") as file:
        names, *records = csv.reader(file)
    sheet = openpyxl.load_workbook(os.path.join(folder, "out.xlsx")).active
    header, *rows = sheet.iter_rows()
    assert [cell.value for cell in header] == names
    assert len(rows) == len(records) > 0, (len(rows), len(records))
    for cells, record in zip(rows, records):
        for name, cell, text in zip(names, cells, record):
            check(name, cell, text)
    print(f"{len(rows)} rows are equal")


try:
    import openpyxl
except ImportError:
    again_with("openpyxl", sys.argv[2])
main(sys.argv[1])
