import { expose } from 'comlink';
import { projectHost } from './host';

expose(projectHost());
