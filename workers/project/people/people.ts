import type { AuthorId } from '#core/model/ids';
import type { Invitation } from '#core/peers/invitation';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import type { InviteId, MemberChange, NewInvite, People } from '../api';
import type { Session } from '../session';

export const people = (session: Session): Promise<Result<People>> =>
  Promise.resolve(session.role === 'none' ? ok({ members: [], invites: [] }) : ok({ members: [], invites: [] }));

export const invite = (session: Session, asked: NewInvite): Promise<Result<Invitation>> =>
  Promise.resolve(err(fault('item.unknown', `${session.id} ${asked.note}`)));

export const withdrawInvite = (session: Session, id: InviteId): Promise<Result<null>> =>
  Promise.resolve(err(fault('item.unknown', `${session.id} ${id}`)));

export const changeMember = (session: Session, author: AuthorId, change: MemberChange): Promise<Result<null>> =>
  Promise.resolve(err(fault('item.unknown', `${session.id} ${author} ${change.role}`)));
