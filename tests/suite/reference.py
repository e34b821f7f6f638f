"""Reads the pack of a folder as others do, and prints what they find wrong, a line each; nothing where all is well.

The Data Package by frictionless and by the profile of its standard, the table by Validata, the DCAT by rdflib, the workbook by openpyxl."""

import csv
import json
import sys
from importlib import resources
from pathlib import Path

from frictionless import Package
from jsonschema import Draft7Validator
from openpyxl import load_workbook
from rdflib import Graph, Namespace
from validata_core import validate

folder = Path(sys.argv[1])
package = json.loads((folder / "datapackage.json").read_text("utf-8"))
table = folder / package["resources"][0]["path"]

report = Package(str(folder / "datapackage.json")).validate()
for task in [report, *report.tasks]:
    for error in task.errors:
        print("frictionless:", error.note)

profile = json.loads((resources.files("dplib") / "profiles" / "2.0" / "datapackage.json").read_text("utf-8"))
for error in Draft7Validator(profile).iter_errors(package):
    print("profile:", error.json_path, error.message[:200])

for error in validate(str(table), str(folder / "schema.json")).errors:
    print("validata:", error)

dcat, dct = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
graph = Graph().parse(folder / "metadata.jsonld", format="json-ld")
for missing in {dct.title, dct.description, dct.license, dct.publisher, dcat.distribution, dcat.byteSize} - set(graph.predicates()):
    print("dcat:", missing)

rows = list(csv.reader(table.open(encoding="utf-8", newline="")))
for path in folder.glob("*.xlsx"):
    sheet = load_workbook(path, read_only=True).active
    read = list(sheet.iter_rows(values_only=True))
    text = lambda cell: "" if cell is None else str(cell.date()) if hasattr(cell, "date") else str(cell)
    if len(read) != len(rows):
        print("workbook:", len(read), "rows for", len(rows))
    for line, (found, expected) in enumerate(zip(read, rows), 1):
        found = [text(cell) for cell in found] + [""] * (len(expected) - len(found))
        for cell, wanted in zip(found, expected):
            if cell != wanted and not (wanted and cell and float(cell) == float(wanted)):
                print("workbook:", line, repr(cell), "for", repr(wanted))
