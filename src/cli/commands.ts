import { agreementCommand } from './agreement';
import type { Command } from './command';
import { exportCommand } from './export';
import { init } from './init';
import { reportCommand } from './report';
import { truthCommand } from './truth';
import { verifyCommand } from './verify';

/** Every command, in the order in which the help lists them. A new one is one file, and one line here. */
export const commands: readonly Command[] = [
  init,
  verifyCommand,
  exportCommand,
  agreementCommand,
  truthCommand,
  reportCommand,
];
