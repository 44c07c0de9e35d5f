// How deep a program may go: the number of activations that may wait for each other, the same on every
// engine. Tail calls replace an activation; functions that call functions, such as `map`, are activations
// too. Engines that use the host's stack need the host to give it enough room (ADR 1).

export const deepestActivation = 5_000;
