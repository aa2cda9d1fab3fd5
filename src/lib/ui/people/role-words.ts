import type { Role } from '#core/model/project';

/** A role with its article. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  reviewer: 'a reviewer',
  annotator: 'an annotator',
  viewer: 'a viewer',
};

export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  reviewer: 'Reviewer',
  annotator: 'Annotator',
  viewer: 'Viewer',
};

/** What a role may do, in the second person. */
export const ROLE_RIGHTS: Readonly<Record<Role, string>> = {
  owner: 'you label, review, and decide about the project and its people',
  reviewer: 'you label items and decide what others disagree on',
  annotator: 'you label items',
  viewer: 'you look at everything and change nothing',
};
