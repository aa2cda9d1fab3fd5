"""Loads each golden set as anybody would, and compares features and rows with what the fixtures say, by hand."""

import sys
import tempfile

from datasets import ClassLabel, Image, List, Value, load_dataset, load_dataset_builder

root = sys.argv[1]
cache = tempfile.mkdtemp()


def load(folder, **options):
    return load_dataset(f"{root}/{folder}", cache_dir=cache, **options)


def boxes(*names):
    return {
        "bbox": List(List(Value("float64"))),
        "categories": List(ClassLabel(names=list(names))),
        "rotation": List(Value("float64")),
    }


# Texts: Parquet, features of the file and of the card.
string, number = Value("string"), Value("int64")
slots = {"start": number, "end": number, "label": ClassLabel(names=["PER", "no", "time"]), "text": string}
features = {
    "text": string,
    "context": List({"speaker": string, "text": string}),
    "id": string,
    "file": string,
    "row": number,
    "Intent": ClassLabel(names=["book", "Grüße: „hi“"]),
    "Topics": List(ClassLabel(names=["food", "2024-01-01"])),
    "entities": List(slots),
}
texts = load("texts")
assert list(texts) == ["train", "validation"]
for part in texts.values():
    assert part.features == features, part.features
assert load_dataset_builder(f"{root}/texts", cache_dir=cache).info.features == features
plain = load_dataset("parquet", data_files=f"{root}/texts/data/train-*.parquet", cache_dir=cache)["train"]
assert plain.features == features, plain.features

rows = [{key: value for key, value in row.items() if key != "id"} for row in texts["train"]]
assert rows == plain.remove_columns("id").to_list()
assert rows == [
    {
        "text": "👋🏽 Book for Ada 𝒳 at 7",
        "context": None,
        "file": "in/a.csv",
        "row": 3,
        "Intent": 0,
        "Topics": [0, 1],
        "entities": [
            {"start": 12, "end": 17, "label": 0, "text": "Ada 𝒳"},
            {"start": 12, "end": 15, "label": 0, "text": "Ada"},
            {"start": 21, "end": 22, "label": 2, "text": "7"},
        ],
    },
    {
        "text": "yes\r\nplease",
        "context": [{"speaker": "bot", "text": "A table for two? 🍽"}, {"speaker": "", "text": "hm"}],
        "file": "in/a.csv",
        "row": 4,
        "Intent": 1,
        "Topics": [],
        "entities": [],
    },
    {
        "text": '\ufeff"quoted", \\ and \t',
        "context": None,
        "file": None,
        "row": None,
        "Intent": None,
        "Topics": None,
        "entities": [{"start": 1, "end": 2, "label": 1, "text": '"'}],
    },
], rows
for part in texts.values():
    for row in part:
        for span in row["entities"] or []:
            assert row["text"][span["start"] : span["end"]] == span["text"]
assert texts["validation"][0]["text"] == "nobody labelled this" and texts["validation"][0]["entities"] is None

# Images: metadata.jsonl gives classes by name, and by number with the features of the card; metadata.parquet by number.
CAT, HUND, OLD = range(3)
expected = {
    "photos/straße.png": (
        (64, 48),
        ([[4, 6, 20, 12], [10.25, 8.5, 30.75, 22.01], [-5, 40, 20, 12]], [CAT, HUND, CAT], [0, 0, 0]),
        ([[0, 0, 64, 48]], [0], [0]),
        [0, 1],
    ),
    "photos/写真 2.png": (
        (100, 60),
        ([[20, 20, 40, 10], [60, 10, 30, 8], [80, 40, 30, 12]], [CAT, CAT, HUND], [30, 90, 315]),
        ([[1 / 3, 2 / 3, 10.1, 10.1]], [1], [0]),
        [],
    ),
    "photos/empty.png": ((32, 32), ([], [], []), ([], [], []), None),
    "more/Straße.PNG": ((40, 30), ([[2, 3, 5, 7], [10, 10, 12, 12]], [OLD, CAT], [0, 0]), None, [1]),
    "unlabelled.png": ((20, 20), None, None, None),
}
things = ["cat", "Hund: „groß“", "old", "unused"]
features = {
    "image": Image(),
    "id": string,
    "file": string,
    "Things": boxes(*things),
    "Parts": boxes("wheel", "cat"),
    "Scene": List(ClassLabel(names=["indoor", "屋外"])),
}


def lists(value):
    return value and (value["bbox"], value["categories"], value["rotation"])


def check(dataset):
    seen = {}
    for part in dataset.values():
        assert part.features == features, part.features
        for row in part:
            seen[row["file"]] = (row["image"].size, lists(row["Things"]), lists(row["Parts"]), row["Scene"])
    assert seen == expected, seen


card = load_dataset_builder(f"{root}/images", cache_dir=cache).info.features
assert card == features, card
check(load("images", features=card))
check(load("images-split"))
named = load("images")["train"]
assert named[0]["Things"]["categories"] == ["cat", "Hund: „groß“", "cat"] and named[0]["Scene"] == ["indoor", "屋外"]
assert {name: part.num_rows for name, part in load("images-split").items()} == {"train": 3, "validation": 2}

print("texts", {name: part.num_rows for name, part in texts.items()})
print("images", named.num_rows)
