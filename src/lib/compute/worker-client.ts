import { proxy, wrap, type Endpoint } from 'comlink';
import { fault, type ConcordError } from '#core/errors';
import { err, type Result } from '#core/result';

type Method = (...parameters: never[]) => Promise<unknown>;

/**
 * Turns a worker into its typed interface. Every call settles: when the worker dies, calls in flight and later ones
 * give the error `worker.died`. Functions among the arguments are passed as proxies.
 */
export function workerClient<Api extends { [K in keyof Api]: Method }>(worker: Worker): Api {
  const remote = wrap(worker as Endpoint) as unknown as Record<string, (...parameters: unknown[]) => Promise<unknown>>;
  const death = new Promise<Result<never, ConcordError>>((resolve) => {
    worker.addEventListener('error', (event) => {
      // An error inside a running worker is reported by the call that met it; only a script that cannot load is death.
      if (event.message === undefined || event.message === '') resolve(err(fault('worker.died', '')));
    });
    worker.addEventListener('messageerror', () => {
      resolve(err(fault('worker.died', '')));
    });
  });
  return new Proxy({} as Api, {
    get(_, name) {
      if (typeof name !== 'string' || name === 'then') return undefined;
      return (...parameters: unknown[]) =>
        Promise.race([
          remote[name]!(...parameters.map((value) => (typeof value === 'function' ? proxy(value) : value))),
          death,
        ]);
    },
  });
}
