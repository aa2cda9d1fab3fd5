import glob, json, os, sys
import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

seen = {"images": set(), "annotations": set()}
for path in sorted(glob.glob(os.path.join(sys.argv[1], "annotations", "*.json"))):
    truth = COCO(path)
    for kind in seen:
        ids = [record["id"] for record in truth.dataset[kind]]
        assert len(ids) == len(set(ids)) and not seen[kind] & set(ids), "ids repeat"
        seen[kind] |= set(ids)
    for annotation in truth.dataset["annotations"]:
        x, y, w, h = annotation["bbox"]
        assert w > 0 and h > 0 and annotation["area"] > 0 and annotation["image_id"] in truth.imgs
        if annotation["segmentation"]:
            # The mask of a turned box covers what its area says, cut off at the edge, up to the pixels of its outline.
            image = truth.imgs[annotation["image_id"]]
            points = np.array(annotation["segmentation"][0]).reshape(-1, 2)
            assert np.allclose([*points.min(0), *np.ptp(points, 0)], [x, y, w, h], atol=1e-5)
            if (points >= 0).all() and (points <= [image["width"], image["height"]]).all():
                assert abs(truth.annToMask(annotation).sum() - annotation["area"]) < 2 * (w + h)
    results = [
        {key: a[key] for key in ("image_id", "category_id", "bbox")} | {"score": 0.9}
        for a in truth.dataset["annotations"]
    ]
    evaluation = COCOeval(truth, truth.loadRes(results), "bbox")
    evaluation.evaluate(), evaluation.accumulate(), evaluation.summarize()
    assert evaluation.stats[0] > 1 - 1e-9, evaluation.stats[0]
    print(path, len(truth.imgs), "images", len(truth.anns), "annotations", [c["name"] for c in truth.cats.values()])
