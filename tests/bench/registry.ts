import { agreement } from './agreement';
import type { Benchmark } from './benchmark';
import { blobs } from './blobs';
import { boxes } from './boxes';
import { bytesAtRest } from './bytes-at-rest';
import { coldLoad } from './cold-load';
import { exportCoco } from './export-coco';
import { javascriptSize } from './javascript-size';
import { joining } from './joining';
import { largeProject } from './large-project';
import { million } from './million';
import { offlineStart } from './offline-start';
import { peers } from './peers';
import { photos } from './photos';
import { projectFile } from './project-file';
import { quality } from './quality';
import { spans } from './spans';
import { truth } from './truth';
import { verifyProject } from './verify-project';

export const benchmarks: readonly Benchmark[] = [
  javascriptSize,
  coldLoad,
  offlineStart,
  largeProject,
  photos,
  boxes,
  spans,
  exportCoco,
  projectFile,
  quality,
  verifyProject,
  truth,
  bytesAtRest,
  peers,
  blobs,
  joining,
  million,
  agreement,
];
