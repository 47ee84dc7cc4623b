"""pyshifty, file to report: DATA SHAPES REPORT. It reads and validates in one call."""

import json
import sys
import time

import shifty

data, shapes, report = sys.argv[1:]
start = time.perf_counter()
_, found, _ = shifty.validate(data, shapes, graph_mode="data", infer=False, sort_results=False)
called = time.perf_counter() - start
found.serialize(report, format="nt", encoding="utf-8")
json.dump({"call": called}, sys.stdout)
