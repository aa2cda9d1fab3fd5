"""Writes the data set `foreign`, as others publish theirs, for Concord to read."""

import sys

from datasets import ClassLabel, Dataset, Features, List, Value

features = Features(
    {
        "text": Value("string"),
        "label": ClassLabel(names=["neg", "pos"]),
        "stars": Value("int32"),
        "entities": List({"start": Value("int32"), "end": Value("int32"), "label": Value("string")}),
    }
)
rows = [
    {
        "text": f"text {n} 😀 x" if n % 7 else None,
        "label": n % 2 if n % 5 else None,
        "stars": n % 3,
        "entities": [{"start": 0, "end": 4, "label": "T"}] * (n % 3),
    }
    for n in range(2500)
]
rows[1]["entities"] = [{"start": 7, "end": 8, "label": "E"}, {"start": 5, "end": 99, "label": "E"}]
Dataset.from_list(rows, features=features).to_parquet(sys.argv[1], batch_size=1000)
