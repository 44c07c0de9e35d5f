// The error pages: what a visitor sees when there is no page to see.
// Promise: one sentence that helps and the request's id, never a stack or an internal message; when drawing
// the site's own error page fails too, a page of plain HTML still comes.
import type { Reply } from "./send.ts";

export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly sentence: string;
  readonly requestId: string;
}

const titles: Readonly<Record<number, string>> = {
  400: "That request is not right",
  403: "Not allowed",
  404: "Nothing here",
  405: "Not that way",
  410: "Gone",
  413: "Too large",
  415: "Not a form",
  421: "Wrong address",
  500: "Something went wrong",
  503: "Not ready",
};

export function describeProblem(status: number, sentence: string, requestId: string): Problem {
  return { status, title: titles[status] ?? "That did not work", sentence, requestId };
}

/** Does an Accept header ask for JSON rather than for a page? */
export function wantsJson(accept: string | undefined): boolean {
  return (
    accept !== undefined &&
    /\bapplication\/(?:[a-z.-]+\+)?json\b/i.test(accept) &&
    !/\btext\/html\b/i.test(accept)
  );
}

export function problemAsJson({ status, sentence, requestId }: Problem): Pick<Reply, "type" | "body"> {
  return {
    type: "application/json; charset=utf-8",
    body: `${JSON.stringify({ error: { status, sentence, requestId } })}\n`,
  };
}

const bodyStyle = "font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto 0;padding:0 1rem";

/** A page that needs nothing but itself. */
export function problemAsPlainPage(problem: Problem): Pick<Reply, "type" | "body"> {
  return plainPage(
    `${problem.status} ${problem.title}`,
    `<body style="${bodyStyle}">
<h1>${escapeHtml(problem.title)}</h1>
<p>${escapeHtml(problem.sentence)}</p>
<p><a href="/">To the front page</a></p>
<p><small>${problem.status} · ${escapeHtml(problem.requestId)}</small></p>
</body>`,
  );
}

/** What a developer sees while a view has an error: the explanation as the language gives it. */
export function explanationPage(explanation: string): Pick<Reply, "type" | "body"> {
  return plainPage(
    "A view has an error",
    `<body style="font:1rem/1.5 system-ui,sans-serif;margin:2rem">
<h1>A view has an error</h1>
<pre style="overflow:auto;padding:1rem;border:1px solid;font:0.95rem/1.5 ui-monospace,monospace">${escapeHtml(explanation)}</pre>
<p>Mend it and reload this page. In production, visitors would see a plain error page.</p>
</body>`,
  );
}

function plainPage(title: string, body: string): Pick<Reply, "type" | "body"> {
  return {
    type: "text/html; charset=utf-8",
    body: `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>
${body}
</html>
`,
  };
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
