import type { Benchmark } from './benchmark';
import { coldLoad } from './cold-load';
import { javascriptSize } from './javascript-size';
import { largeProject } from './large-project';
import { photos } from './photos';

export const benchmarks: readonly Benchmark[] = [javascriptSize, coldLoad, largeProject, photos];
