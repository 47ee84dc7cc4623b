"""pyrudof, file to report: DATA SHAPES REPORT."""

import json
import sys
import time
from pathlib import Path

import pyrudof

data, shapes, report = sys.argv[1:]
start = time.perf_counter()
rudof = pyrudof.Rudof()
rudof.read_data(data, format=pyrudof.RDFFormat.NTriples)
rudof.read_shacl(shapes, format=pyrudof.ShaclFormat.NTriples)
read = time.perf_counter()
rudof.validate_shacl()
validated = time.perf_counter()
text = rudof.serialize_shacl_validation_results(format=pyrudof.ResultShaclValidationFormat.NTriples)
Path(report).write_text(text, "utf-8")
json.dump({"read": read - start, "validate": validated - read}, sys.stdout)
