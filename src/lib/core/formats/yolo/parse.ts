import { strFromU8 } from 'fflate';
import { fault } from '../../errors';
import { err, ok, type Result } from '../../result';
import { firstBytes } from '../first-bytes';
import type { Dataset, FileMap, ParseOptions } from '../format';
import { hasNames, isDataYaml, readConfig } from './config';
import { YoloDataset } from './dataset';
import { parseLine } from './label-line';
import { labelPathsOf, layoutOf } from './layout';

/** Label files that are looked at, and bytes of each, where no file says that these are a data set. */
const SAMPLE = 10;
const HEAD = 4096;

/**
 * A `data.yaml` tells; without one, text files that lie where labels lie, with lines as labels have them. Empty ones say
 * something only beside a list of names.
 */
export async function isYolo(files: FileMap): Promise<boolean> {
  for (const [path, file] of files) if (await isDataYaml(path, file)) return true;
  const labelPaths = labelPathsOf(layoutOf(files.keys())).slice(0, SAMPLE);
  const lines = await Promise.all(
    labelPaths.map(async (path) => {
      const head = strFromU8(await firstBytes(files.get(path)!, HEAD), true);
      return head.split('\n', 1)[0]!.trim();
    }),
  );
  const written = lines.filter((line) => line !== '');
  return written.length > 0 ? written.every((line) => parseLine(line).ok) : labelPaths.length > 0 && hasNames(files);
}

export async function parseYolo(files: FileMap, options: ParseOptions): Promise<Result<Dataset>> {
  const config = await readConfig(files, options);
  const layout = layoutOf(files.keys());
  if (config.names === null && labelPathsOf(layout).length === 0) {
    const reason = 'there is neither a data.yaml nor a list of names nor a label file';
    return err(fault('dataset.invalid', '', { reason }));
  }
  return ok(await YoloDataset.open(files, options, layout, config));
}
