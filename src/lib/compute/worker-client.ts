import { proxy, wrap, type Endpoint } from 'comlink';
import { fault } from '#core/errors';
import { err, type Result } from '#core/result';

type Method = (...parameters: never[]) => Promise<unknown>;

/**
 * Turns a worker into its typed interface. Every call settles: when the worker dies, calls in flight and later ones
 * give the error `worker.died`. Functions among the arguments are passed as proxies.
 */
export function workerClient<Api extends { [K in keyof Api]: Method }>(worker: Worker): Api {
  const remote = wrap(worker as Endpoint) as unknown as Record<string, (...parameters: unknown[]) => Promise<unknown>>;
  const inFlight = new Set<(result: Result<never>) => void>();
  let isDead = false;
  const die = () => {
    isDead = true;
    for (const settle of inFlight) settle(err(fault('worker.died', '')));
  };
  worker.addEventListener('messageerror', die);
  worker.addEventListener('error', (event) => {
    // Errors inside a running worker come as ErrorEvents, and to the call that met them; a script that cannot load does not.
    if (!(event instanceof ErrorEvent)) die();
  });

  const call = (name: string, parameters: readonly unknown[]): Promise<unknown> => {
    if (isDead) return Promise.resolve(err(fault('worker.died', '')));
    return new Promise<unknown>((resolve, reject) => {
      inFlight.add(resolve);
      const sent = parameters.map((value) => (typeof value === 'function' ? proxy(value) : value));
      remote[name]!(...sent)
        .then(resolve, reject)
        .finally(() => inFlight.delete(resolve));
    });
  };
  return new Proxy({} as Api, {
    get: (_, name) =>
      typeof name === 'string' && name !== 'then' ? (...parameters: unknown[]) => call(name, parameters) : undefined,
  });
}
