import { pageScripts } from './tools/page-scripts.js';

export default [
  { name: 'JavaScript of the first page', path: await pageScripts('/'), limit: '90 kB', gzip: true },
  { name: 'JavaScript of the labeling page', path: await pageScripts('/p/[id]/label'), limit: '150 kB', gzip: true },
];
