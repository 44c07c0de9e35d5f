// Plans: which parts of a form belong together, which may begin a line, and how far in. What a part is, its role, comes
// from the form around it and the shapes of the forms (shapes.ts).

import { type Role, type Shape, shapeOf } from "./shapes.ts";
import { markOf, partsOf, type Syntax } from "./syntax.ts";

/** Where a unit goes when its form has several lines: on the line of what is before it, on a line of its own, or as written. */
export type Mode = "stay" | "line" | "flow";

/** Keywords keep their value; a variable does while it can; a test lets go of a result of several lines. */
export type Pair = "keyword" | "variable" | "clause";

/** How units that flow are laid out where no line break is written: as a call's arguments, or as data. */
export type Flow = "call" | "data" | "none";

/** One group of parts that becomes a unit. */
export interface Group {
  readonly mode: Mode;
  readonly roles: readonly [Role | "prop" | "binding"] | readonly [Role, Role];
  readonly pair?: Pair;
}

export interface Plan {
  readonly groups: readonly Group[];
  readonly indent: number;
  readonly flow: Flow;
}

export class Planner {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  private textOf(node: Syntax | undefined): string {
    return node ? this.text.slice(node.start, node.end) : "";
  }

  /** How a node's parts are grouped, where it plays a role and stands so many columns behind its parent. */
  plan(node: Syntax, role: Group["roles"][number], place: number): Plan {
    const parts = partsOf(node);
    const each = (inner: Role | "binding", mode: Mode): Group[] =>
      parts.map((_, index) => ({ mode: index === 0 ? "stay" : mode, roles: [inner] }));
    if (node.kind === "prefix") {
      const inner = role === "data" || this.text.charAt(node.start) === "'" ? "data" : "code";
      return { groups: each(inner, "stay"), indent: markOf(this.text, node).length, flow: "none" };
    }
    if (node.kind === "dict") {
      const value = role === "data" ? "data" : "code";
      return { groups: inPairs(parts.length, ["data", value]), indent: 1, flow: "data" };
    }
    switch (role) {
      case "bindings":
        return { groups: each("binding", "line"), indent: 1, flow: "none" };
      case "binding":
        if (parts.length !== 2) return { groups: each("data", "flow"), indent: 1, flow: "data" };
        return {
          groups: [{ mode: "stay", roles: ["data", "code"], pair: "variable" }],
          indent: 1,
          flow: "none",
        };
      case "header":
        return this.planHeader(parts, place);
      case "prop":
        return {
          groups: [
            ...parts.slice(0, 1).map(() => one("data")),
            ...this.keywordGroups(parts.slice(1), "flow"),
          ],
          indent: 2,
          flow: "none",
        };
      case "target":
      case "parameters":
        return { groups: each("data", "flow"), indent: 1, flow: "none" };
    }
    if (role === "data") return { groups: each("data", "flow"), indent: 1, flow: "data" };
    return node.kind === "bracket"
      ? { groups: each("code", "flow"), indent: 1, flow: "data" }
      : this.planForm(parts);
  }

  private planForm(parts: readonly Syntax[]): Plan {
    const [first, ...rest] = parts;
    const head = first?.kind === "atom" ? this.textOf(first) : null;
    const shape = shapeOf(head, this.textOf(rest[0]), this.textOf(rest[1]));
    const lead = shape.lead.slice(0, rest.length);
    const indent = shape.aligned && head !== null ? head.length + 2 : 2;
    const groups = [
      ...(first ? [one("code")] : []),
      ...lead.map(one),
      ...this.restOf(shape, rest.slice(lead.length)),
    ];
    return { groups, indent, flow: shape.aligned ? "data" : shape.rest === "call" ? "call" : "none" };
  }

  private restOf({ rest, paired }: Shape, parts: readonly Syntax[]): Group[] {
    if (rest === "clauses")
      return inPairs(parts.length, ["code", "code"]).map((group) => ({
        ...group,
        mode: "line",
        pair: "clause",
      }));
    if (paired) return this.keywordGroups(parts, "line");
    return parts.map(() => ({ mode: rest === "call" ? "flow" : "line", roles: ["code"] }));
  }

  /** Keywords with their values, and what follows them. Attributes flow until the first child. */
  private keywordGroups(parts: readonly Syntax[], others: Mode): Group[] {
    const groups: Group[] = [];
    let mode: Mode = "flow";
    for (let i = 0; i < parts.length; i++) {
      const text = this.textOf(parts[i]);
      if (text.startsWith(":") && i + 1 < parts.length) {
        groups.push({ mode, roles: ["data", "code"], pair: "keyword" });
        i++;
        continue;
      }
      if (!/^\(\s*spread[\s)]/.test(text)) mode = others;
      groups.push({ mode, roles: ["code"] });
    }
    return groups;
  }

  /** Props each on a line of their own, four columns in from the definition. */
  private planHeader(parts: readonly Syntax[], place: number): Plan {
    const groups: Group[] = [];
    for (let i = 0; i < parts.length; i++) {
      const mode = i === 0 ? "stay" : "line";
      const isMark = /^&(?:rest|attrs|env)$/.test(this.textOf(parts[i])) && i + 1 < parts.length;
      groups.push(isMark ? { mode, roles: ["data", "data"], pair: "keyword" } : { mode, roles: ["prop"] });
      if (isMark) i++;
    }
    return { groups, indent: 4 - place, flow: "none" };
  }
}

function one(role: Role): Group {
  return { mode: "stay", roles: [role] };
}

function inPairs(count: number, roles: readonly [Role, Role]): Group[] {
  return Array.from({ length: Math.ceil(count / 2) }, (_, index): Group => {
    const mode = index === 0 ? "stay" : "flow";
    return index * 2 + 1 < count ? { mode, roles, pair: "keyword" } : { mode, roles: [roles[0]] };
  });
}
