// Lines of a stream of bytes: UTF-8, divided at "\n" and nowhere else. (Node's readline also divides at
// U+2028, which stands unescaped in JSON.)

/** The lines, without their ends; a last line without an end counts too. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    parts[0] = rest + (parts[0] ?? "");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}
