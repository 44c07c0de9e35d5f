// Servers that stand in for a Redis in trouble: one that never answers, one that answers as told, and a relay
// to a real one whose line can be cut, closed, held and mended.
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import type { TestContext } from "node:test";

/** A port on which nothing listens. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Accepts connections and never says anything; `count` holds those there were and those there are. */
export async function serveSilence(
  t: TestContext,
): Promise<{ url: string; count: { made: number; open: number } }> {
  const count = { made: 0, open: 0 };
  const { url } = await serve(t, (socket) => {
    count.made += 1;
    count.open += 1;
    socket.on("close", () => {
      count.open -= 1;
    });
    socket.resume();
  });
  return { url, count };
}

/** Answers each command with a line of the protocol, such as "+OK". */
export async function serveAnswers(
  t: TestContext,
  answerTo: (command: readonly string[]) => string,
  port = 0,
): Promise<{ url: string }> {
  return await serve(
    t,
    (socket) => {
      let text = "";
      socket.setEncoding("latin1").on("data", (chunk: string) => {
        text += chunk;
        for (let taken = takeCommand(text); taken; taken = takeCommand(text)) {
          text = taken.rest;
          socket.write(`${answerTo(taken.command)}\r\n`);
        }
      });
    },
    port,
  );
}

export interface Relay {
  readonly url: string;
  /** Ends the connections there are; new ones are taken. */
  cut(): void;
  /** Ends the connections there are and takes no new ones. */
  close(): Promise<void>;
  /** Takes connections again. */
  open(): Promise<void>;
  /** Holds back everything the server says. */
  hold(): void;
  /** Says what was held back, and goes on. */
  release(): void;
}

/** A line to the Redis at `target`. */
export async function openRelay(t: TestContext, target: string): Promise<Relay> {
  const { hostname, port: targetPort, pathname } = new URL(target);
  const lines = new Set<{ near: Socket; far: Socket }>();
  let isHeld = false;
  const server = createServer((near) => {
    const far = dial(Number(targetPort || 6379), hostname);
    const line = { near, far };
    lines.add(line);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        other.destroy();
        lines.delete(line);
      });
    }
    near.pipe(far);
    if (!isHeld) far.pipe(near);
  });
  const port = await listen(server, 0);
  const cut = () => {
    for (const { near, far } of lines) {
      near.destroy();
      far.destroy();
    }
  };
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    cut();
    await closed;
  };
  t.after(close);
  return {
    url: `redis://127.0.0.1:${port}${pathname}`,
    cut,
    close,
    async open() {
      await listen(server, port);
    },
    hold() {
      isHeld = true;
      for (const { near, far } of lines) far.unpipe(near).pause();
    },
    release() {
      isHeld = false;
      for (const { near, far } of lines) far.pipe(near);
    },
  };
}

async function serve(t: TestContext, onConnection: (socket: Socket) => void, port = 0) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
    onConnection(socket);
  });
  const taken = await listen(server, port);
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `redis://127.0.0.1:${taken}` };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve(address.port);
    });
  });
}

/** The first command of the client's bytes (RESP arrays of bulk strings), when it is complete. */
function takeCommand(text: string): { command: string[]; rest: string } | null {
  const count = /^\*(\d+)\r\n/.exec(text);
  if (!count) return null;
  let rest = text.slice(count[0].length);
  const command: string[] = [];
  while (command.length < Number(count[1])) {
    const size = /^\$(\d+)\r\n/.exec(rest);
    if (!size) return null;
    const start = size[0].length;
    const end = start + Number(size[1]);
    if (rest.length < end + 2) return null;
    command.push(rest.slice(start, end));
    rest = rest.slice(end + 2);
  }
  return { command, rest };
}
