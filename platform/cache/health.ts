// The health of a Redis: turns single failures into one warning for each stretch of them. A stretch of silence
// ends with any answer; a stretch of refusals (a full or read-only server) ends when that command works again,
// because there the others go on being answered all the while.

export interface Health {
  answered(command: string): void;
  /** `command` is "connect" for what happened to the connection itself. */
  failed(command: string, error: unknown): void;
}

/** Watches the server at `where`, an address without credentials. */
export function watchHealth(where: string, warn: (sentence: string, error: unknown) => void): Health {
  let trouble:
    | { readonly kind: "silent" }
    | { readonly kind: "refusing"; readonly command: string }
    | undefined;

  return {
    answered(command) {
      if (trouble?.kind === "silent" || trouble?.command === command) trouble = undefined;
    },
    failed(command, error) {
      const bare = withoutCommand(error);
      const isRefusal = command !== "connect" && error instanceof Error && error.name === "ReplyError";
      if (trouble && (isRefusal || trouble.kind === "silent")) return;
      trouble = isRefusal ? { kind: "refusing", command } : { kind: "silent" };
      const what = isRefusal ? `refuses ${command}` : "cannot be used";
      warn(
        `The cache at ${where} ${what} (${bare.message}). The site goes on without it, only slower: see that ` +
          "Redis runs there and that the cache's URL is right.",
        bare,
      );
    },
  };
}

/**
 * What is said about an error: without the command that the client attaches to it, and without the one that the
 * server repeats, because their arguments are keys, values and passwords.
 */
function withoutCommand(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  // The client's way to say that the connection went while a command was under way.
  if (error.name === "MaxRetriesPerRequestError") return new Error("the connection ended");
  const code = "code" in error ? String(error.code) : error.name;
  return new Error(error.message.replace(/,? with args beginning with.*/s, "") || code);
}
