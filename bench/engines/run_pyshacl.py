"""pySHACL, file to report: DATA SHAPES REPORT."""

import json
import sys
import time

import pyshacl
import rdflib

data, shapes, report = sys.argv[1:]
start = time.perf_counter()
graph = rdflib.Graph().parse(data, format="nt")
wanted = rdflib.Graph().parse(shapes, format="nt")
read = time.perf_counter()
_, found, _ = pyshacl.validate(graph, shacl_graph=wanted, inplace=True)
validated = time.perf_counter()
found.serialize(report, format="nt", encoding="utf-8")
json.dump({"read": read - start, "validate": validated - read}, sys.stdout)
