import glob, os, sys
import cv2
import numpy as np
from ultralytics.data.utils import check_det_dataset, img2label_paths, verify_image_label

data = check_det_dataset(os.path.join(sys.argv[1], "data.yaml"))
print(data["names"])
for part in sorted({data["train"], data["val"]}):
    images = sorted(glob.glob(os.path.join(part, "*")))
    for image, label in zip(images, img2label_paths(images)):
        found = verify_image_label((image, label, "", False, len(data["names"]), 0, 0, False))
        _, boxes, shape, segments, _, missing, _, empty, corrupt, message = found
        assert not corrupt and message == "", message
        print(os.path.basename(image), "missing" if missing else "empty" if empty else "")
        for number, (index, cx, cy, w, h) in enumerate(boxes):
            if segments:
                points = (segments[number] * [shape[1], shape[0]]).astype(np.float32)
                print("  ", int(index), cv2.minAreaRect(points))
            else:
                cx, w, cy, h = cx * shape[1], w * shape[1], cy * shape[0], h * shape[0]
                print("  ", int(index), *(round(float(v), 3) for v in (cx - w / 2, cy - h / 2, w, h)))
