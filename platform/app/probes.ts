// Probes: /healthz, /readyz and /metrics, for what watches over the process.
// They are answered under any Host and never cached; the metrics only to those who may see them.
import type { Answering } from "./answering.ts";
import type { Exchange } from "./exchange.ts";
import { isNearby, type RequestMetrics } from "./metrics.ts";

export interface ProbeSettings {
  /** Who may read /metrics: near addresses that no proxy speaks for, anyone, or nobody. */
  readonly metrics: "private" | "open" | "off";
  /** Does the database answer, and is the site not about to stop? */
  readonly isReady: () => Promise<boolean>;
}

export function isProbe(path: string): boolean {
  return path === "/healthz" || path === "/readyz" || path === "/metrics";
}

export async function answerProbe(
  exchange: Exchange,
  settings: ProbeSettings,
  metrics: RequestMetrics,
  answering: Answering,
): Promise<Response> {
  exchange.route = exchange.path;
  switch (exchange.path) {
    case "/healthz":
      return answering.text(exchange, 200, "alive\n");
    case "/readyz": {
      const ready = await settings.isReady();
      return answering.text(exchange, ready ? 200 : 503, ready ? "ready\n" : "not ready\n");
    }
    default:
      return maySeeMetrics(exchange, settings)
        ? answering.text(exchange, 200, await metrics.expose())
        : answering.problem(exchange, 403, "The metrics are not shown to this address.");
  }
}

function maySeeMetrics({ incoming }: Exchange, { metrics }: ProbeSettings): boolean {
  if (metrics !== "private") return metrics === "open";
  const { headers, socket } = incoming;
  const speaksForAnother = Object.keys(headers).some((name) =>
    /^(?:x-forwarded-|x-real-ip$|forwarded$|via$|cf-connecting-ip$|true-client-ip$)/.test(name),
  );
  return !speaksForAnother && isNearby(socket.remoteAddress);
}
