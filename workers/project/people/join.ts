import { fault } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import type { Invitation } from '#core/peers/invitation';
import { err, type Result } from '#core/result';
import type { Library } from '../library';

export const join = (library: Library, invitation: Invitation, name: string): Promise<Result<ProjectId>> =>
  Promise.resolve(err(fault('item.unknown', `${String(library)} ${invitation.projectName} ${name}`)));
