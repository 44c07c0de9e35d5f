// The teller: what a command says, for a person at a terminal, for a log, or as JSON lines for a program.
// Results go to standard output; progress and refusals to standard error, so that results can be piped.
import type { ControlMessage } from "./control.ts";

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Teller {
  readonly tell: (message: ControlMessage) => void;
  /** 0 done, 1 refused or failed (or never ended), 2 wrong usage. */
  exitCode(): number;
}

const barWidth = 24;
/** Without a terminal, progress with numbers is told at every tenth part. */
const plainSteps = 10;

export function createTeller({
  json,
  output,
  errors,
}: {
  json: boolean;
  output: Output;
  errors: Output;
}): Teller {
  let exitCode = 1;
  let barShown = false;
  let lastPlain = "";
  const clearBar = () => {
    if (barShown) errors.write("\r\x1b[K");
    barShown = false;
  };

  return {
    exitCode: () => exitCode,
    tell(message) {
      if (message.kind === "finished") exitCode = message.exitCode;
      if (message.kind === "refused") exitCode = message.usage ? 2 : 1;
      if (json) {
        output.write(`${JSON.stringify(message)}\n`);
        return;
      }
      switch (message.kind) {
        case "progress":
          return tellProgress(message);
        case "line":
          clearBar();
          output.write(`${message.text}\n`);
          return;
        case "finished":
          return clearBar();
        case "refused":
        case "failed":
          clearBar();
          errors.write(`${message.sentence}\n`);
      }
    },
  };

  function tellProgress({ text, done, total }: ControlMessage & { kind: "progress" }): void {
    const part = done !== undefined && total ? Math.min(1, done / total) : null;
    if (errors.isTTY) {
      const count = done === undefined ? "" : ` ${done}${total === undefined ? "" : `/${total}`}`;
      errors.write(`\r\x1b[K${part === null ? "" : `${drawBar(part)} `}${text}${count}`);
      barShown = true;
      return;
    }
    const step = part === null ? "" : ` (${Math.floor(part * plainSteps) * (100 / plainSteps)} %)`;
    const line = `${text}${step}`;
    if (line !== lastPlain) errors.write(`${line}\n`);
    lastPlain = line;
  }
}

function drawBar(part: number): string {
  const full = Math.round(part * barWidth);
  return `[${"#".repeat(full)}${"-".repeat(barWidth - full)}]`;
}
