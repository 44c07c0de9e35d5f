// The control socket: how a command line hands its work to the running site, which alone may touch the
// embedded databases. One connection is one command: a JSON line asks, JSON lines answer, the last of them
// is "finished", "refused" or "failed". Whoever hangs up cancels.
// Promise: only the site's own user can connect (mode 0600 in a folder of mode 0700).
import { createHash } from "node:crypto";
import { chmod, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type CommandSession, WrongUsage } from "./command.ts";
import { splitLines } from "./lines.ts";
import { refusalOf, systemCode } from "./refusal.ts";
import type { CommandRequest, RunCommand } from "./site-commands.ts";

/** What comes back over the socket, one JSON line each. */
const messageSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("progress"),
    text: z.string(),
    done: z.number().optional(),
    total: z.number().optional(),
  }),
  z.object({ kind: z.literal("line"), text: z.string() }),
  z.object({ kind: z.literal("finished"), exitCode: z.int(), report: z.unknown().optional() }),
  /** A person can mend it; `usage` when the command line itself was wrong. */
  z.object({ kind: z.literal("refused"), sentence: z.string(), usage: z.boolean() }),
  /** It broke; the site's log has the details. */
  z.object({ kind: z.literal("failed"), sentence: z.string() }),
]);
export type ControlMessage = z.infer<typeof messageSchema>;

const requestSchema = z.object({
  verb: z.string(),
  service: z.string().nullable(),
  args: z.array(z.string()),
  cwd: z.string(),
});

/** A socket's path may have 107 bytes on Linux and fewer elsewhere. */
const longestPath = 100;
const longestRequest = 1024 * 1024;

/** Where the socket of a data folder is: in it, or under a hashed name when its path is too long for a socket. */
export function controlPath(data: string): string {
  const path = join(data, "control.sock");
  if (Buffer.byteLength(path) <= longestPath) return path;
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 20);
  return join(tmpdir(), `rose-ash-${hash}.sock`);
}

export interface ControlServer {
  /** Cancels what is running, waits for it to end, at most `graceMs`, and removes the socket. */
  stop(graceMs: number): Promise<void>;
}

/** Listens on the socket. The caller holds the data folder's lock, so a socket that is there is a dead one's. */
export async function serveControl(data: string, runCommand: RunCommand): Promise<ControlServer> {
  const path = controlPath(data);
  await rm(path, { force: true });
  const running = new Set<Promise<void>>();
  const cancel = new AbortController();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const work = answerConnection(socket, runCommand, cancel.signal).finally(() => {
      running.delete(work);
      sockets.delete(socket);
    });
    running.add(work);
  });
  await listenOn(server, path);
  await chmod(path, 0o600);
  return {
    async stop(graceMs) {
      server.close();
      cancel.abort();
      const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([Promise.allSettled(running), grace]);
      for (const socket of sockets) socket.destroy();
      await rm(path, { force: true });
    },
  };
}

function listenOn(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
}

async function answerConnection(
  socket: Socket,
  runCommand: RunCommand,
  stopping: AbortSignal,
): Promise<void> {
  const hungUp = new AbortController();
  socket.on("close", () => hungUp.abort());
  socket.on("error", () => socket.destroy());
  const say = (message: ControlMessage) => {
    if (!socket.destroyed && socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  const line = await readLine(socket);
  if (line === null) return void socket.destroy();
  const parsed = requestSchema.safeParse(parseJson(line));
  if (parsed.success) {
    const { cwd, ...request } = parsed.data;
    const signal = AbortSignal.any([hungUp.signal, stopping]);
    say(await runToMessage(runCommand, request, openSession(cwd, signal, say)));
  } else {
    say({
      kind: "refused",
      sentence: "The request is not one this site understands: run the command of the same version.",
      usage: true,
    });
  }
  socket.end();
}

/** A session whose words are messages. */
export function openSession(
  cwd: string,
  signal: AbortSignal,
  say: (message: ControlMessage) => void,
): CommandSession {
  return {
    cwd,
    signal,
    progress: (text, done, total) =>
      say({
        kind: "progress",
        text,
        ...(done === undefined ? {} : { done }),
        ...(total === undefined ? {} : { total }),
      }),
    print: (text) => say({ kind: "line", text }),
  };
}

/** Runs a command to its end and tells it as the last message. */
export async function runToMessage(
  runCommand: RunCommand,
  request: CommandRequest,
  session: CommandSession,
): Promise<ControlMessage> {
  try {
    const { exitCode = 0, report } = await runCommand(request, session);
    return { kind: "finished", exitCode, ...(report === undefined ? {} : { report }) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== null) return { kind: "refused", sentence: refusal, usage: false };
    if (error instanceof WrongUsage) return { kind: "refused", sentence: error.message, usage: true };
    if (session.signal.aborted)
      return { kind: "refused", sentence: "The command was stopped before its end.", usage: false };
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      kind: "failed",
      sentence: `The command ${request.verb} broke; this is a fault of the program.\n${stack}`,
    };
  }
}

/**
 * Hands a command to the site that runs on this data folder; `say` gets every message, the last one too.
 * Answers "absent" when no site listens there. Aborting `signal` hangs up, which cancels the command.
 */
export async function askSite(
  data: string,
  request: CommandRequest & { readonly cwd: string },
  signal: AbortSignal,
  say: (message: ControlMessage) => void,
): Promise<"answered" | "absent"> {
  const socket = await connectTo(controlPath(data));
  if (!socket) return "absent";
  const hangUp = () => socket.destroy();
  signal.addEventListener("abort", hangUp, { once: true });
  socket.on("error", hangUp);
  socket.write(`${JSON.stringify(request)}\n`);
  let ended = false;
  try {
    for await (const line of splitLines(socket)) {
      const message = messageSchema.parse(parseJson(line));
      ended ||= message.kind !== "progress" && message.kind !== "line";
      say(message);
    }
  } catch (error) {
    // A connection that breaks off, from either side, is told below.
    if (!["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "EPIPE"].includes(systemCode(error) ?? "")) throw error;
  }
  signal.removeEventListener("abort", hangUp);
  if (!ended) {
    const sentence = signal.aborted
      ? "Stopped."
      : "The site ended before the command did: look at its log and run the command again.";
    say({ kind: "refused", sentence, usage: false });
  }
  return "answered";
}

function connectTo(path: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(socket));
    socket.once("error", (error) => {
      const code = systemCode(error);
      if (code === "ENOENT" || code === "ECONNREFUSED") resolve(null);
      else reject(error);
    });
  });
}

/** The first line, or null when the other side hangs up or sends too much before ending it. */
function readLine(socket: Socket): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    socket.on("close", () => resolve(null));
    socket.on("data", (chunk: Buffer) => {
      const end = chunk.indexOf(10);
      size += chunk.byteLength;
      if (size > longestRequest) resolve(null);
      else chunks.push(chunk);
      if (end >= 0) resolve(Buffer.concat(chunks).toString("utf8").split("\n", 1)[0] ?? "");
    });
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
