// Turns: at most so many requests under way to one host; the others wait in the order they came.
// A turn taken must be given back exactly once, whatever happened; a host with no one waiting is forgotten.

/** Gives a turn back. Calling it again does nothing. */
export type GiveBack = () => void;

export type Turns = {
  /** Waits for a turn at `host`; rejects with the signal's reason if that fires first. */
  take(host: string, signal?: AbortSignal): Promise<GiveBack>;
};

type Queue = { busy: number; waiting: (() => void)[] };

/** Turns for `limit` requests at once for each host. */
export function createTurns(limit: number): Turns {
  const queues = new Map<string, Queue>();

  function giveBackOnce(host: string, queue: Queue): GiveBack {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = queue.waiting.shift();
      if (next) return next();
      queue.busy -= 1;
      if (queue.busy === 0) queues.delete(host);
    };
  }

  return {
    take(host, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const queue = queues.get(host) ?? { busy: 0, waiting: [] };
      queues.set(host, queue);
      if (queue.busy < limit) {
        queue.busy += 1;
        return Promise.resolve(giveBackOnce(host, queue));
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          queue.waiting.splice(queue.waiting.indexOf(enter), 1);
          reject(signal?.reason);
        };
        // The turn passes straight from its last holder, so `busy` stays as it is.
        const enter = () => {
          signal?.removeEventListener("abort", leave);
          resolve(giveBackOnce(host, queue));
        };
        queue.waiting.push(enter);
        signal?.addEventListener("abort", leave, { once: true });
      });
    },
  };
}
