/** How names of project files end. */
export const EXTENSION = '.concord';

export const isProjectFile = ({ name }: { readonly name: string }): boolean => name.toLowerCase().endsWith(EXTENSION);
