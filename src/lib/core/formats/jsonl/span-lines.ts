import { err } from '../../result';
import { fault } from '../../errors';
import type { FileMap, ParseOptions, Dataset } from '../format';
import type { Result } from '../../result';
export const areSpanLines = async (_files: FileMap): Promise<boolean> => Promise.resolve(false);
export const openSpanLines = async (_files: FileMap, _options: ParseOptions): Promise<Result<Dataset>> => Promise.resolve(err(fault('dataset.invalid', '', { reason: 'x' })));
