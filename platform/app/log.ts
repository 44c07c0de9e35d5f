// Logs: JSON lines, one per request and one per thing worth telling, to standard output or to a file.
// Promise: no query values, form fields, header values or settings are logged, since secrets stand in them.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Logger, pino } from "pino";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where lines go: standard output, or one file per service with warnings and errors shown on the terminal as well. */
export type LogDestination =
  | { readonly kind: "output" }
  | { readonly kind: "files"; readonly directory: string; readonly show: (line: string) => void };

export interface ServiceLog {
  readonly logger: Logger;
  /** Writes out what is still held back. */
  close(): void;
}

function logFile(directory: string, service: string): string {
  return join(directory, `${service}.log`);
}

export async function openLog(
  service: string,
  level: LogLevel,
  destination: LogDestination,
): Promise<ServiceLog> {
  const options = { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime };
  if (destination.kind === "output") {
    const output = pino.destination({ dest: 1, sync: true });
    return { logger: pino(options, output), close: () => output.flushSync() };
  }
  await mkdir(destination.directory, { recursive: true, mode: 0o700 });
  const file = pino.destination({ dest: logFile(destination.directory, service), sync: true, mode: 0o600 });
  const terminal = { write: (line: string) => destination.show(readable(service, line)) };
  const streams = pino.multistream([
    { level: "trace", stream: file },
    { level: "warn", stream: terminal },
  ]);
  return {
    logger: pino(options, streams),
    close() {
      file.flushSync();
      file.end();
    },
  };
}

const steering = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g;

/** A line of the log for a person at a terminal. */
function readable(service: string, line: string): string {
  const { level, msg, err, status, method, path } = JSON.parse(line) as Record<string, unknown>;
  const what = Number(level) >= 50 ? "error" : "warning";
  const request = typeof method === "string" ? ` ${method} ${String(path)} ${String(status ?? "")}` : "";
  const cause =
    typeof err === "object" && err !== null && "stack" in err
      ? `\n  ${String(err.stack).replaceAll("\n", "\n  ")}`
      : "";
  // What a visitor sent may stand in an error: it must not steer the terminal.
  return `${service} ${what}:${request} ${String(msg ?? "")}${cause}`.replace(steering, "\ufffd");
}
