// The floors of the house, as tables: which part stands where and what it may stand on.
// Imports go down, never up and never sideways; ARCHITECTURE.md draws the same picture. A new part is added
// here first. The rules that read these tables are layers.ts and view-layers.ts.

/** The parts of the language, lowest first; later ones may import earlier ones. */
const languageOrder: readonly (readonly string[])[] = [
  ["core"],
  ["render"],
  ["front"],
  ["bootstrap"],
  ["content"],
  ["js", "cek", "vm"],
  ["realm.ts"],
  ["index.ts"],
  ["spec"],
  ["format"],
  ["check"],
  ["lsp"],
  ["deftest"],
  ["cli"],
];

/** The parts of the platform, lowest first; those of one row do not know each other. `ui` is views alone. */
const platformOrder: readonly (readonly string[])[] = [
  ["tables.ts"],
  ["store", "cache", "fetch", "mail", "media", "ui"],
  ["rpc"],
  ["auth", "bus"],
  ["activitypub"],
  ["app"],
];

/** What may import what, by workspace; a star stands for one name, and the first pattern that fits counts. */
const entrances: readonly { readonly from: string; readonly to: readonly string[] }[] = [
  { from: "sx", to: [] },
  { from: "guests/toolkit", to: ["sx"] },
  { from: "guests/*", to: ["sx", "guests/toolkit"] },
  { from: "platform", to: ["sx", "guests/*"] },
  { from: "services/*", to: ["sx", "guests/*", "platform"] },
  { from: "artdag/engine", to: ["sx"] },
  { from: "artdag/*", to: ["sx", "artdag/engine", "platform"] },
];

/** Whether one workspace may import another by its name; undefined when the first has no floor. */
export function mayEnter(from: string, to: string): boolean | undefined {
  const row = entrances.find((entrance) => fits(from, entrance.from));
  return row?.to.some((pattern) => fits(to, pattern));
}

/** The parts of a workspace in order, where it has an order. */
export function partOrder(workspace: string): readonly (readonly string[])[] | undefined {
  if (workspace === "sx") return languageOrder;
  return workspace === "platform" ? platformOrder : undefined;
}

/** How high a part of a workspace stands; -1 when the order does not name it. */
export function heightOf(part: string, order: readonly (readonly string[])[]): number {
  return order.findIndex((row) => row.includes(part));
}

function fits(workspace: string, pattern: string): boolean {
  const prefix = pattern.slice(0, -1);
  return pattern.endsWith("*") ? workspace.startsWith(prefix) : workspace === pattern;
}
