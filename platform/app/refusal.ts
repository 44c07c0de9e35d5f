// The app's expected refusals: situations a person can mend, told in sentences fit for the terminal.
// The launcher prints `message` and exits 1; anything else that is thrown is a fault and keeps its stack.
// The store has its own (store/refusal.ts); `refusalOf` recognises both.
import { StoreRefusal } from "../store/store.ts";

/** An expected refusal: what was being done, to what, and what to do now; it holds no secrets. */
export class Refusal extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "Refusal";
  }
}

/** The sentence to show when `error` is an expected refusal, else null. */
export function refusalOf(error: unknown): string | null {
  return error instanceof Refusal || error instanceof StoreRefusal ? error.message : null;
}

/** The system's code of a failure ("ENOENT", "EADDRINUSE" …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
