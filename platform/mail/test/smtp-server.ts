// A mail server for tests: takes letters as RFC 5321 says and keeps them, and refuses what it is told to.
import { createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

export interface TakenMessage {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, without the dots that the protocol adds. */
  readonly raw: string;
}

export interface SmtpServer {
  /** host:port */
  readonly at: string;
  readonly messages: readonly TakenMessage[];
  /** Every line a client sent, apart from messages. */
  readonly commands: readonly string[];
  readonly count: { made: number; open: number };
}

export interface Behaviour {
  /** The answer to a command, instead of the usual one; undefined leaves it, null ends the connection. */
  readonly answer?: (command: string) => string | null | undefined;
  /** What comes before a message is taken. */
  readonly beforeTaking?: () => Promise<void>;
  /** Extensions it says it has. */
  readonly extensions?: readonly string[];
  /** Greets nobody. */
  readonly isSilent?: boolean;
}

/** A server on all addresses of this machine, gone when the test ends. */
export async function serveSmtp(t: TestContext, behaviour: Behaviour = {}): Promise<SmtpServer> {
  const messages: TakenMessage[] = [];
  const commands: string[] = [];
  const count = { made: 0, open: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    count.made += 1;
    count.open += 1;
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      count.open -= 1;
      sockets.delete(socket);
    });
    if (!behaviour.isSilent) converse(socket, behaviour, commands, messages);
  });
  await new Promise<void>((ready) => server.listen(0, "0.0.0.0", ready));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server has no port");
  return { at: `127.0.0.1:${address.port}`, messages, commands, count };
}

/** One connection, line by line. */
function converse(socket: Socket, behaviour: Behaviour, commands: string[], messages: TakenMessage[]): void {
  let text = "";
  let envelope: { from: string; to: string[] } = { from: "", to: [] };
  let isData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);

  async function takeMessage(raw: string): Promise<void> {
    await behaviour.beforeTaking?.();
    messages.push({ ...envelope, raw });
    envelope = { from: "", to: [] };
    say("250 taken");
  }

  function obey(line: string): void {
    commands.push(line);
    const said = behaviour.answer?.(line);
    if (said === null) return void socket.destroy();
    if (said !== undefined) return void say(said);
    const [, address = ""] = /<([^>]*)>/.exec(line) ?? [];
    switch (line.slice(0, 4).toUpperCase()) {
      case "EHLO":
        say(["mail.example.org", ...(behaviour.extensions ?? [])].map((each) => `250-${each}`).join("\r\n"));
        say("250 8BITMIME");
        break;
      case "MAIL":
        envelope = { from: address, to: [] };
        say("250 go on");
        break;
      case "RCPT":
        envelope.to.push(address);
        say("250 go on");
        break;
      case "DATA":
        isData = true;
        say("354 go ahead");
        break;
      case "RSET":
        say("250 forgotten");
        break;
      case "QUIT":
        socket.end("221 goodbye\r\n");
        break;
      default:
        say("502 not known here");
    }
  }

  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    for (;;) {
      const mark = isData ? "\r\n.\r\n" : "\r\n";
      const end = text.indexOf(mark);
      if (end < 0) return;
      const taken = text.slice(0, end);
      text = text.slice(end + mark.length);
      if (!isData) obey(taken);
      else {
        isData = false;
        void takeMessage(`${taken}\r\n`.replace(/^\.\./gm, "."));
      }
    }
  });
  say("220 mail.example.org");
}

/** A message as its reader sees it. */
export interface ReadMessage {
  readonly headers: ReadonlyMap<string, string>;
  /** Text by media type. */
  readonly parts: ReadonlyMap<string, string>;
}

/** Unfolds and decodes a message (RFC 2045 to 2047), as far as nodemailer makes use of that. */
export function readMessage(raw: string): ReadMessage {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const [, name = "", value = ""] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (headers.has(key)) throw new Error(`the header ${name} is there twice`);
    headers.set(key, decodeWords(value));
  }
  const type = headers.get("content-type") ?? "";
  const [, boundary] = /boundary="([^"]+)"/.exec(type) ?? [];
  const parts = new Map<string, string>();
  if (boundary === undefined) {
    parts.set(type.replace(/;.*/, ""), decodeBody(body, headers.get("content-transfer-encoding") ?? "7bit"));
  } else {
    for (const piece of body.split(`--${boundary}`).slice(1, -1)) {
      for (const [inner, text] of readMessage(piece.replace(/^\r\n|\r\n$/g, "")).parts)
        parts.set(inner, text);
    }
  }
  return { headers, parts };
}

function decodeWords(value: string): string {
  return value
    .replace(/\?= (?==\?)/g, "?=")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === "B"
        ? Buffer.from(text, "base64").toString()
        : unquote(text.replaceAll("_", " ")),
    );
}

function decodeBody(body: string, encoding: string): string {
  const text =
    encoding === "base64"
      ? Buffer.from(body, "base64").toString()
      : encoding === "quoted-printable"
        ? unquote(body.replace(/=\r\n/g, ""))
        : body;
  return text.replaceAll("\r\n", "\n");
}

function unquote(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString();
}
