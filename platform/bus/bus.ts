// The door of the bus: what services may use of it. Start reading at reaction.ts; the promises are in README.md.
export { deadLettersOf, replayIn } from "./dead-letters.ts";
export { type AnyReaction, effect, type Reaction, relay } from "./reaction.ts";
