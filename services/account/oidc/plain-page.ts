// The pages that the OpenID Connect server shows by itself, where the site's views cannot be reached: a refusal,
// and the question before signing out. Promise: nothing of a request is printed unescaped.

/** Text as it may stand in HTML, between tags and in quotes. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? "");
}

/** A whole document; `markup` is trusted, `title` is not. */
export function plainPage(title: string, markup: string): string {
  const heading = escapeHtml(title);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${heading}</title>
</head>
<body style="font-family: system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1.25rem; line-height: 1.5">
<main>
<h1>${heading}</h1>
${markup}
</main>
</body>
</html>
`;
}

/** What a refused request sees: a sentence, the protocol's own word for it, and a way on. */
export function refusalPage(error: string, description: string | undefined): string {
  const isOver = error === "invalid_request" && /session|expired/.test(description ?? "");
  const sentence = isOver
    ? "This sign-in has run out, or was begun in another browser. Begin again, and it will go through."
    : "The service that sent you here asked for something that is not possible. It is not your fault.";
  const detail = [error, description].filter((text) => text !== undefined).join(": ");
  return plainPage(
    "The sign-in could not go on",
    `<p>${sentence}</p>\n<p><a href="/">Begin again</a></p>\n<p><small>${escapeHtml(detail)}</small></p>`,
  );
}
