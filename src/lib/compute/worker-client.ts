import { proxy, wrap, type Endpoint } from 'comlink';
import type { ConcordError } from '#core/errors';
import { pageFault } from '#core/page-errors';
import { err, type Result } from '#core/result';

type Method = (...parameters: never[]) => Promise<unknown>;

/** Hears what goes wrong, whoever called. */
export interface WorkerObserver {
  /** A call gave an error. */
  failed(error: ConcordError): void;
  /** The worker stopped; no call will reach it. */
  died(): void;
}

/**
 * Turns a worker into its typed interface; it is started by the first call. Every call settles: when the worker dies,
 * calls in flight and later ones give the error `worker.died`. Functions among the arguments are passed as proxies.
 */
export function workerClient<Api extends { [K in keyof Api]: Method }>(
  start: () => Worker,
  observer: WorkerObserver,
): Api {
  const inFlight = new Set<(result: Result<never>) => void>();
  let remote: Record<string, (...parameters: unknown[]) => Promise<unknown>> | null = null;
  let isDead = false;
  const die = () => {
    if (isDead) return;
    isDead = true;
    observer.died();
    for (const settle of inFlight) settle(err(pageFault('worker.died', '')));
  };
  const started = () => {
    const worker = start();
    worker.addEventListener('messageerror', die);
    worker.addEventListener('error', (event) => {
      // Errors inside a running worker come as ErrorEvents, and to the call that met them; a script that cannot load does not.
      if (!(event instanceof ErrorEvent)) die();
    });
    return wrap(worker as Endpoint) as unknown as NonNullable<typeof remote>;
  };

  const call = (name: string, parameters: readonly unknown[]): Promise<unknown> => {
    if (isDead) return Promise.resolve(err(pageFault('worker.died', '')));
    const { [name]: method } = (remote ??= started());
    return new Promise<unknown>((resolve, reject) => {
      inFlight.add(resolve);
      method!(...parameters.map((value) => (typeof value === 'function' ? proxy(value) : value)))
        .then((result) => {
          if (isFailure(result)) observer.failed(result.error);
          resolve(result);
        }, reject)
        .finally(() => inFlight.delete(resolve));
    });
  };
  return new Proxy({} as Api, {
    get: (_, name) =>
      typeof name === 'string' && name !== 'then' ? (...parameters: unknown[]) => call(name, parameters) : undefined,
  });
}

const isFailure = (result: unknown): result is Result<never> & { readonly ok: false } =>
  typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
