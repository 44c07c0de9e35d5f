// The one stylesheet: css/ground.css, css/prose.css and the utility classes that the views use.
// Promise: the same class strings give the same text, byte for byte, in whatever order they come; a class that
// means nothing to Tailwind is left alone (ground.css and prose.css have names of their own).
// The scale of the utilities is css/theme.css; the strings come from the views (platform/app/views.ts).
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { compile } from "tailwindcss";

const folder = join(import.meta.dirname, "css");

export interface StylesheetBuilder {
  /** The folder of the .css files. */
  readonly folder: string;
  /**
   * The text of the stylesheet for these `class` values, each of them one or more classes. What earlier calls
   * asked for stays in: a builder is for one set of views, whose classes change only while they are worked on.
   */
  build(classStrings: readonly string[]): string;
}

/** Reads the theme and prepares the utilities. Throws when css/theme.css is not what Tailwind understands. */
export async function createStylesheet(): Promise<StylesheetBuilder> {
  const theme = await readFile(join(folder, "theme.css"), "utf8");
  const utilities = await compile(theme);
  return {
    folder,
    build(classStrings) {
      const classes = new Set(classStrings.flatMap((text) => text.split(/\s+/)).filter(Boolean));
      // Read anew each time: in development a change shows on the next request.
      const ground = ["ground.css", "prose.css"].map((name) => readFileSync(join(folder, name), "utf8"));
      return [utilities.build([...classes].sort()), ...ground].map(withoutLayout).join("");
    },
  };
}

/** Without comments, indentation and empty lines; text in quotes never spans lines here. */
function withoutLayout(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s+|\s+$/gm, "")
    .replace(/\n{2,}/g, "\n")
    .concat("\n");
}
