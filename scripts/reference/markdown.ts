// The few shapes of Markdown that the reference is written in.

/** A page: its title, what it is about, and its sections. */
export function page(title: string, prose: string, sections: readonly string[]): string {
  const origin = "<!-- Written by `npm run reference`; change what it is made from, not this page. -->";
  return `${[origin, `# ${title}`, prose, ...sections].filter(Boolean).join("\n\n")}\n`;
}

/** A block of SX. */
export function example(lines: readonly string[]): string {
  return `\`\`\`lisp\n${lines.join("\n")}\n\`\`\``;
}

/** A table; cells may hold Markdown, and bars in them are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** Text as code, whatever backquotes it holds. */
export function code(text: string): string {
  if (!text.includes("`")) return `\`${text}\``;
  return `\`\` ${text} \`\``;
}
