/** How names of project files end. */
export const EXTENSION = '.concord';
