// Outgoing mail against a small mail server: letters arrive as written, letters that could be more than one or
// carry other headers do not leave, and every failure says what to do without telling the password.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { createMailer, type Letter, type Mailer } from "./mail.ts";
import { readMessage, type SmtpServer, serveSmtp } from "./test/smtp-server.ts";

const from = "Rose Ash <hello@example.org>";
const letter: Letter = { to: "ann@example.org", subject: "Your bread", text: "It is baked.\n" };

test("a letter arrives as it was written: sender, recipient, subject, text, HTML and further headers", async (t) => {
  const server = await serveSmtp(t);
  await mailerFor(t, server).send({
    ...letter,
    html: "<p>It is <b>baked</b>.</p>",
    headers: { "List-Unsubscribe": "<https://example.org/leave>", "Reply-To": "baker@example.org" },
  });
  assert.equal(server.messages.length, 1);
  const [message] = server.messages;
  assert.deepEqual([message!.from, message!.to], ["hello@example.org", ["ann@example.org"]]);
  const { headers, parts } = readMessage(message!.raw);
  assert.equal(headers.get("from"), "Rose Ash <hello@example.org>");
  assert.equal(headers.get("to"), "ann@example.org");
  assert.equal(headers.get("subject"), "Your bread");
  assert.equal(headers.get("list-unsubscribe"), "<https://example.org/leave>");
  assert.equal(headers.get("reply-to"), "baker@example.org");
  assert.match(headers.get("message-id") ?? "", /^<[^<>\s]+@example\.org>$/);
  assert.ok(Number.isFinite(Date.parse(headers.get("date") ?? "")));
  assert.deepEqual(
    [...parts],
    [
      ["text/plain", "It is baked.\n"],
      ["text/html", "<p>It is <b>baked</b>.</p>"],
    ],
  );
});

test("letters of every script, with dots and long lines, arrive to the letter", async (t) => {
  const server = await serveSmtp(t);
  const mailer = mailerFor(t, server, "Röse Åsh, Bäckerei <hello@example.org>");
  const texts = ["ü 🌹 日本語 ".repeat(40).trim(), "plain", "a=b?= =3D _ & <b>"];
  const bodies = texts.map((text) => `${text}\n.\n..\n.dot ${text}\n${"long ".repeat(400)}\n`);
  for (const [index, subject] of texts.entries()) {
    await mailer.send({ ...letter, subject, text: bodies[index]! });
  }
  assert.equal(server.messages.length, texts.length);
  for (const [index, { raw }] of server.messages.entries()) {
    assert.match(raw, /^[\x20-\x7e\r\n]*$/, "only ASCII on the way");
    assert.ok(raw.split("\r\n").every((line) => line.length <= 998));
    const { headers, parts } = readMessage(raw);
    assert.equal(headers.get("subject"), texts[index]);
    assert.equal(parts.get("text/plain"), bodies[index]);
    assert.match(headers.get("from") ?? "", /^"?Röse Åsh, Bäckerei"? <hello@example\.org>$/);
  }
});

test("two letters go over one connection", async (t) => {
  const server = await serveSmtp(t);
  const mailer = mailerFor(t, server);
  await mailer.send({ ...letter, subject: "one" });
  await mailer.send({ ...letter, subject: "two" });
  const subjects = server.messages.map(({ raw }) => readMessage(raw).headers.get("subject"));
  assert.deepEqual(subjects, ["one", "two"]);
  assert.equal(server.count.made, 1);
});

const breaks = ["\n", "\r", "\r\n", "\0", "\u2028", "\u0085"];
const injection = "Bcc: eve@example.org";

const refusals: { claim: string; letters: Letter[]; reason: RegExp }[] = [
  {
    claim: "a letter with a line break in its subject is refused",
    letters: breaks.map((mark) => ({ ...letter, subject: `Hello${mark}${injection}` })),
    reason: /"Hello.*" to "ann@example\.org" is not sent: its subject has a line break/,
  },
  {
    claim: "a letter with a line break in a header is refused",
    letters: breaks.map((mark) => ({ ...letter, headers: { "X-Order": `7${mark}${injection}` } })),
    reason: /its header "X-Order" has a line break/,
  },
  {
    claim: "a letter with something else than a name for a header is refused",
    letters: ["", "X Order", "X-Order:", "X-Örder", `X-Order: 7\r\n${injection}\r\nX`].map((name) => ({
      ...letter,
      headers: { [name]: "7" },
    })),
    reason: /is no name for a header/,
  },
  {
    claim: "a letter whose headers would redirect or rewrite it is refused",
    letters: ["Bcc", "CC", "to", "From", "Sender", "Subject", "Date", "Resent-To", "Content-Type"].map(
      (name) => ({ ...letter, headers: { [name]: "eve@example.org" } }),
    ),
    reason: /is not the caller's to write/,
  },
  {
    claim: "a letter that is not to exactly one address is refused",
    letters: [
      ...["", "ann", "@example.org", "ann@", "ann@eve@example.org", "ann@example.org.", "ann@-example"],
      ...["ann@example.org, eve@example.org", "ann@example.org;eve@example.org", " ann@example.org"],
      ...["ann@example.org eve@example.org", "Ann <ann@example.org>", "<ann@example.org>"],
      ...["all: ann@example.org, eve@example.org;", "ann@example.org(eve@example.org)"],
      ...[
        '"ann@example.org,eve"@example.org',
        "ann@[127.0.0.1]",
        "ann\\@example.org",
        "ann\u200b@example.org",
      ],
      ...breaks.flatMap((mark) => [`ann@example.org${mark}`, `ann@example.org${mark}${injection}`]),
      ...["ann@example.org>\r\nRCPT TO:<eve@example.org", `${"a".repeat(250)}@example.org`],
    ].map((to) => ({ ...letter, to })),
    reason: /^The letter "Your bread" to ".*" is not sent: it needs exactly one address/,
  },
];

for (const { claim, letters, reason } of refusals) {
  test(`${claim}, and nobody is dialled`, async (t) => {
    const server = await serveSmtp(t);
    const mailer = mailerFor(t, server);
    assert.ok(letters.length > 0);
    for (const refused of letters) {
      await assert.rejects(
        mailer.send(refused),
        (error) =>
          error instanceof Error && reason.test(error.message) && !/[\0\r\n\u2028]/.test(error.message),
        inspect(refused),
      );
    }
    assert.equal(server.count.made, 0);
    await mailer.send(letter);
    assert.equal(server.messages.length, 1, "the same letter without the mistake is sent");
  });
}

test("addresses that people have are taken", async (t) => {
  const server = await serveSmtp(t);
  const mailer = mailerFor(t, server);
  const addresses = ["o'brien+shop@example.org", "a@example.org", "first.last_1@sub.example.org"];
  for (const to of addresses) await mailer.send({ ...letter, to });
  await mailer.send({ ...letter, to: "ann@bäckerei.example.org" });
  assert.deepEqual(
    server.messages.map(({ to }) => to),
    [...addresses, "ann@xn--bckerei-5wa.example.org"].map((to) => [to]),
  );
});

test("where no mail server runs, the error names the letter, the server and the remedy", async (t) => {
  const mailer = createMailer({ kind: "smtp", url: "smtp://ann:hunter2@127.0.0.1:1", from });
  t.after(() => mailer.close());
  await assert.rejects(mailer.send(letter), (error) => {
    assert.ok(error instanceof Error);
    const parts =
      /^The letter "Your bread" to "ann@example\.org" was not sent by 127\.0\.0\.1:1: .*ECONNREFUSED/;
    assert.match(error.message, parts);
    assert.match(error.message, /See that a mail server runs there/);
    assert.doesNotMatch(inspect(error), /hunter2/);
    return true;
  });
});

test("a recipient whom the server refuses is an error, and the next letter goes out", async (t) => {
  const server = await serveSmtp(t, {
    answer: (command) => {
      if (command.includes("nobody@")) return "550 no such\tmailbox";
      return command.includes("later@") ? "451 come back" : undefined;
    },
  });
  const mailer = mailerFor(t, server);
  await assert.rejects(mailer.send({ ...letter, to: "nobody@example.org" }), {
    message: /"nobody@example\.org" was not sent by 127.*: .*550 no such mailbox\. Check the address/,
  });
  await assert.rejects(mailer.send({ ...letter, to: "later@example.org" }), {
    message: /451 come back\. Send it again later\./,
  });
  assert.equal(server.messages.length, 0);
  await mailer.send(letter);
  assert.equal(server.messages.length, 1);
});

test("a server that hangs up or says nothing is an error", async (t) => {
  const rude = await serveSmtp(t, { answer: (command) => (command.startsWith("MAIL") ? null : undefined) });
  await assert.rejects(mailerFor(t, rude).send(letter), {
    message: /was not sent by.*See that a mail server/,
  });
  assert.ok(rude.commands.some((command) => command.startsWith("MAIL")));
  const silent = await serveSmtp(t, { isSilent: true });
  const mailer = createMailer({ kind: "smtp", url: `smtp://${silent.at}?greetingTimeout=50`, from });
  t.after(() => mailer.close());
  await assert.rejects(mailer.send(letter), {
    message: /was not sent by.*[Gg]reeting.*See that a mail server/,
  });
  assert.ok(silent.count.made > 0);
});

test("a refused password is not told, even by a server that repeats it", async (t) => {
  const server = await serveSmtp(t, {
    extensions: ["AUTH PLAIN"],
    answer: (command) => {
      if (!command.startsWith("AUTH")) return undefined;
      const told = Buffer.from(command.replace("AUTH PLAIN ", ""), "base64").toString().split("\0").pop();
      return `535 wrong: ${command} ${told}`;
    },
  });
  const mailer = createMailer({ kind: "smtp", url: `smtp://shop:hunter%2F2@${server.at}`, from });
  t.after(() => mailer.close());
  await assert.rejects(mailer.send(letter), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /535 wrong: AUTH PLAIN … …\. Check the user name and the password/);
    assert.doesNotMatch(inspect(error), /hunter/);
    return true;
  });
  const secret = Buffer.from("\0shop\0hunter/2").toString("base64");
  assert.ok(server.commands.includes(`AUTH PLAIN ${secret}`), "the server did see it");
});

test("a password is not sent to another machine without TLS", async (t) => {
  const server = await serveSmtp(t, {
    extensions: ["AUTH PLAIN"],
    answer: (command) => (command.startsWith("AUTH") ? "235 welcome" : undefined),
  });
  const elsewhere = server.at.replace("127.0.0.1", "0.0.0.0"); // leads here, but is not known to
  const mailer = createMailer({ kind: "smtp", url: `smtp://shop:hunter2@${elsewhere}`, from });
  t.after(() => mailer.close());
  await assert.rejects(mailer.send(letter), { message: /Check that the mail server offers TLS/ });
  assert.ok(server.commands.includes("STARTTLS"));
  assert.ok(!server.commands.some((command) => command.startsWith("AUTH")));
  const nearby = createMailer({ kind: "smtp", url: `smtp://shop:hunter2@${server.at}`, from });
  t.after(() => nearby.close());
  await nearby.send(letter);
  assert.ok(server.commands.some((command) => command.startsWith("AUTH")));
});

test("closing waits for letters under way, ends the connections, and refuses further letters", async (t) => {
  const taking = Promise.withResolvers<void>();
  const server = await serveSmtp(t, { beforeTaking: () => taking.promise });
  const mailer = mailerFor(t, server);
  const outcomes: string[] = [];
  const sent = mailer.send(letter).then(() => outcomes.push("sent"));
  await until(() => server.commands.includes("DATA"));
  const closed = mailer.close().then(() => outcomes.push("closed"));
  await assert.rejects(mailer.send(letter), { message: /is not sent: the mailer was closed/ });
  taking.resolve();
  await Promise.all([sent, closed, mailer.close()]);
  assert.deepEqual(outcomes, ["sent", "closed"]);
  assert.equal(server.messages.length, 1);
  await until(() => server.count.open === 0);
});

test("a mailer that never sent a letter closes", async () => {
  await createMailer({ kind: "smtp", url: "smtp://127.0.0.1:1", from }).close();
});

test("a URL that is not one of a mail server is refused without being repeated", () => {
  for (const url of ["hunter2", "https://ann:hunter2@localhost", "smtp:hunter2", "smtp:///hunter2", ""]) {
    assert.throws(
      () => createMailer({ kind: "smtp", url, from }),
      (error) =>
        error instanceof Error && /smtp:\/\/user/.test(error.message) && !/hunter2/.test(inspect(error)),
      url,
    );
  }
});

test("a sender that is not one address with or without a name is refused", () => {
  const wrong = ["", "Rose Ash", "<>", "a@example.org, b@example.org", "A <a@example.org> B <b@example.org>"];
  for (const each of [...wrong, "A\r\nBcc: x <a@example.org>", "A <a@example.org>\r\n"]) {
    assert.throws(
      () => createMailer({ kind: "dev", folder: ".", from: each }),
      /Mail cannot be sent from/,
      each,
    );
  }
});

function mailerFor(t: TestContext, server: SmtpServer, sender = from): Mailer {
  const mailer = createMailer({ kind: "smtp", url: `smtp://${server.at}`, from: sender });
  t.after(() => mailer.close());
  return mailer;
}

/** Waits for something to become true. */
async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + 15_000; // a forgotten connection would end after 30 s by itself
  while (!isTrue()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${isTrue}`);
    await sleep(5);
  }
}
