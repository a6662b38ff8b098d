"""Computes the figures of a report from the same files with Python's decimal, and compares them with the report as JSON.

Usage: report_figures.py FOLDER. FOLDER has um.csv, cm.csv, margin.csv, income.csv and report.json, which was made of them in
UTC with events of 60 seconds. Exits with 0 when all figures are equal.
"""

import csv
import json
import os
import sys
from collections import Counter, defaultdict
from datetime import datetime, timezone
from decimal import Decimal, getcontext

getcontext().prec = 200
GAP = 60_000
QUOTES = ["FDUSD", "USDT", "USDC", "BTC", "ETH", "BNB"]


def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quote_of(symbol):
    name = symbol.split("_")[0]
    for quote in QUOTES:
        if name.endswith(quote) and name != quote:
            return name[: -len(quote)], quote
    return f"base of {symbol}", f"quote of {symbol}"


def closes(folder):
    kinds = {"": "not_stated"}
    found = []
    for row in rows(folder, "um.csv"):
        base, quote = quote_of(row["symbol"])
        found.append(("um", row, base, Decimal(row["executedQty"]), quote, Decimal(row["cumQuote"]), row["close_kind"]))
    for row in rows(folder, "cm.csv"):
        unit, coin = f"contracts of {row['pair']}", row["pair"].removesuffix("USD")
        found.append(("cm", row, unit, Decimal(row["executedQty"]), coin, Decimal(row["cumBase"]), row["close_kind"]))
    for row in rows(folder, "margin.csv"):
        base, quote = quote_of(row["symbol"])
        value = Decimal(row["avgPrice"]) * Decimal(row["executedQty"])
        row["time"] = row["updateTime"] = row["updatedTime"]
        found.append(("margin", row, base, Decimal(row["executedQty"]), quote, value, kinds[""]))
    return sorted(found, key=lambda close: int(close[1]["time"]))


def sums(closes, unit, amount):
    totals = defaultdict(Decimal)
    for close in closes:
        totals[close[unit]] += close[amount]
    return dict(totals)


def told(entries):
    return {entry["unit"]: Decimal(entry["amount"]) for entry in entries}


def same(what, computed, reported):
    if computed != reported:
        sys.exit(f"{what}: computed {computed}, reported {reported}")


def same_totals(what, closes, reported):
    same(f"{what}: closes", len(closes), reported["closes"])
    same(f"{what}: kinds", dict(Counter(close[6] for close in closes)), reported["by_kind"])
    same(f"{what}: quantity", sums(closes, 2, 3), told(reported["quantity"]))
    same(f"{what}: value", sums(closes, 4, 5), told(reported["notional"]))
    adl = [(*close[:5], close[5] if close[6] == "adl" else Decimal(0), close[6]) for close in closes]
    same(f"{what}: ADL value", sums(adl, 4, 5), told(reported["adl_notional"]))


def moment(row):
    return datetime.fromtimestamp(int(row["time"]) / 1000, timezone.utc)


def same_groups(closes, report):
    keys = {
        "part": lambda close: close[0],
        "symbol": lambda close: close[1]["symbol"],
        "side": lambda close: close[1]["side"],
        "kind": lambda close: close[6],
        "month": lambda close: moment(close[1]).strftime("%Y-%m"),
    }
    for name, fields in [
        ("by_part", ["part"]),
        ("by_symbol", ["part", "symbol"]),
        ("by_side", ["side"]),
        ("by_kind", ["kind"]),
        ("by_month", ["month"]),
        ("by_all", ["month", "part", "symbol", "side", "kind"]),
    ]:
        groups = defaultdict(list)
        for close in closes:
            groups[tuple(keys[field](close) for field in fields)].append(close)
        same(f"groups of {name}", len(groups), len(report[name]))
        for reported in report[name]:
            key = tuple(reported[field] for field in fields)
            same_totals(f"{name} {key}", groups[key], reported)


def same_events(closes, report):
    events = []
    for close in closes:
        if not events or int(close[1]["time"]) - int(events[-1][-1][1]["time"]) > GAP:
            events.append([])
        events[-1].append(close)
    same("events", len(events), len(report["clusters"]))
    for event, reported in zip(events, report["clusters"]):
        times = [int(close[1]["time"]) for close in event]
        same("an event", (times[0], times[-1]), (reported["from"], reported["to"]))
        same_totals(f"the event at {times[0]}", event, reported)


def same_calendar(closes, report):
    same("days", dict(Counter(moment(close[1]).strftime("%Y-%m-%d") for close in closes)), report["days"])
    hours = Counter(moment(close[1]).hour for close in closes)
    same("hours", [hours[hour] for hour in range(24)], report["hours"])


def same_prices(closes, report):
    better, equal, worse, gain = 0, 0, 0, defaultdict(Decimal)
    for part, row, _, quantity, quote, _, _ in closes:
        average, limit = Decimal(row["avgPrice"]), Decimal(row["price"])
        if average == 0 or limit == 0:
            continue
        difference = average - limit if row["side"] == "SELL" else limit - average
        better, equal, worse = better + (difference > 0), equal + (difference == 0), worse + (difference < 0)
        if part != "cm":
            gain[quote] += difference * quantity
    reported = report["against_limit"]
    same("fills", (better, equal, worse), (reported["better"], reported["equal"], reported["worse"]))
    same("gain", dict(gain), told(reported["gain"]))


def same_income(closes, folder, report):
    period = report["period"]
    lines = defaultdict(lambda: [0, Decimal(0), 0, Decimal(0)])
    for row in rows(folder, "income.csv"):
        kind, time = row["incomeType"], int(row["time"])
        if kind not in ("REALIZED_PNL", "COMMISSION", "INSURANCE_CLEAR"):
            continue
        late = GAP if kind == "INSURANCE_CLEAR" else 0
        is_at_close = any(
            close[0] != "margin"
            and close[1]["symbol"] == row["symbol"]
            and int(close[1]["time"]) <= time <= int(close[1]["updateTime"]) + late
            for close in closes
        )
        if not is_at_close and not period["from"] <= time <= period["to"]:
            continue
        line = lines[kind, row["asset"]]
        line[0], line[1] = line[0] + 1, line[1] + Decimal(row["income"])
        if is_at_close:
            line[2], line[3] = line[2] + 1, line[3] + Decimal(row["income"])
    reported = {
        (line["kind"], line["asset"]): [
            line["rows"],
            Decimal(line["sum"]),
            line["rows_at_closes"],
            Decimal(line["at_closes"]),
        ]
        for line in report["reconciliation"]["lines"]
    }
    same("income", dict(lines), reported)
    for line in report["reconciliation"]["lines"]:
        same("the difference", Decimal(line["sum"]) - Decimal(line["at_closes"]), Decimal(line["difference"]))


def main(folder):
    found = closes(folder)
    with open(os.path.join(folder, "report.json"), encoding="utf-8") as file:
        report = json.load(file)
    same_totals("all", found, report["totals"])
    same_groups(found, report)
    same_events(found, report)
    same_calendar(found, report)
    same_prices(found, report)
    same_income(found, folder, report)
    print(f"all figures of {len(found)} closes are equal")


main(sys.argv[1])
