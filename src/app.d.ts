declare global {
  namespace App {
    /** What SvelteKit shows when a page cannot be loaded. */
    interface Error {
      message: string;
    }
  }
}

export {};
