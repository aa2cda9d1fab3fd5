import type { Benchmark } from './benchmark';
import { coldLoad } from './cold-load';
import { javascriptSize } from './javascript-size';

export const benchmarks: readonly Benchmark[] = [javascriptSize, coldLoad];
