// Metrics: how many requests, how long they took, per route and status class, for Prometheus.
// One registry per app, so two services in one process do not mix; the figures of the process itself
// (memory, event loop, garbage collection) are collected once and shown by each.
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

export interface RequestMetrics {
  /** Records one answered request. `route` is the route's pattern, never the path asked for. */
  record(method: string, route: string, status: number, ms: number): void;
  /** The text for Prometheus. */
  expose(): Promise<string>;
}

/** The figures of the process; make one per process and hand it to every service. */
export function createProcessMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

export function createRequestMetrics(service: string, process: Registry): RequestMetrics {
  const registry = new Registry();
  const labelNames = ["service", "method", "route", "status"];
  const registers = [registry];
  const requests = new Counter({
    name: "http_requests_total",
    help: "Answered requests by route and status class",
    labelNames,
    registers,
  });
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from the request's head to its answer",
    labelNames,
    registers,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  return {
    record(method, route, status, ms) {
      const labels = { service, method, route, status: `${Math.floor(status / 100)}xx` };
      requests.inc(labels);
      durations.observe(labels, ms / 1000);
    },
    expose: () => Registry.merge([process, registry]).metrics(),
  };
}

/** Is `address` one of this machine or its private networks? */
export function isNearby(address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:/, "") ?? "";
  return (
    plain === "::1" ||
    /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(plain) ||
    /^f[cd][0-9a-f]{2}:/i.test(plain)
  );
}
