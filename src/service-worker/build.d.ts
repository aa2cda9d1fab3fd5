/** What SvelteKit tells of the build; its own types of it bring those of pages along. */
declare module '$service-worker' {
  /** Path of the folder that the service worker lies in, without a slash at its end. */
  export const base: string;
  /** Paths of the files that Vite made. */
  export const build: string[];
  /** Paths of the files of the static folder. */
  export const files: string[];
  export const version: string;
}
