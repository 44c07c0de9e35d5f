// A TypeScript file taken apart: what it imports, which functions it has and what it exports empty-handed.
// It is parsed, not searched, so that an import in a comment or a string is none.
import { type Node, type Program, parseSync, Visitor } from "oxc-parser";
import { lineAt } from "./project-files.ts";

/** One import, export-from, dynamic import of a literal, or type import. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** A named function with the number of lines it covers. */
export interface FunctionSpan {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** Everything a file imports, in the order it is visited. Throws where the file cannot be parsed. */
export function readImports(file: string, text: string): Import[] {
  const imports: Import[] = [];
  const add = (source: Node | null | undefined) => {
    if (source?.type === "Literal" && typeof source.value === "string") {
      imports.push({ specifier: source.value, line: lineAt(text, source.start) });
    }
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
  }).visit(parse(file, text));
  return imports;
}

/** The named functions and methods of a file; those without a name count as part of what they stand in. */
export function readFunctions(file: string, text: string): FunctionSpan[] {
  const spans: FunctionSpan[] = [];
  const add = (name: string, { start, end }: Node) => {
    const line = lineAt(text, start);
    spans.push({ name, line, lines: lineAt(text, end) - line + 1 });
  };
  const addValue = (key: Node, value: Node | null, whole: Node) => {
    if (isFunction(value)) add(key.type === "Identifier" ? key.name : text.slice(key.start, key.end), whole);
  };
  new Visitor({
    FunctionDeclaration: (node) => add(node.id?.name ?? "default", node),
    VariableDeclarator: (node) => addValue(node.id, node.init, node),
    MethodDefinition: (node) => addValue(node.key, node.value, node),
    PropertyDefinition: (node) => addValue(node.key, node.value, node),
    Property: (node) => addValue(node.key, node.value, node),
  }).visit(parse(file, text));
  return spans;
}

/** Whether a file exports a value that is more than an empty list or dictionary (or a function that gives one). */
export function exportsSomething(file: string, text: string): boolean {
  return parse(file, text).body.some((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || statement.exportKind === "type") return false;
    const { declaration, specifiers } = statement;
    if (!declaration) return specifiers.length > 0;
    if (declaration.type !== "VariableDeclaration") return !isEmptyFunction(declaration);
    return declaration.declarations.some(({ init }) => init && !isEmptyValue(init));
  });
}

function parse(file: string, text: string): Program {
  const { program, errors } = parseSync(file, text);
  const [error] = errors;
  if (error) throw new Error(`Reading the imports of ${file} failed (${error.message}): mend its syntax.`);
  return program;
}

function isFunction(node: Node | null): boolean {
  return node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression";
}

function isEmptyValue(node: Node): boolean {
  switch (node.type) {
    case "ArrayExpression":
      return node.elements.length === 0;
    case "ObjectExpression":
      return node.properties.length === 0;
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return isEmptyValue(node.expression);
    case "ArrowFunctionExpression":
      return node.body.type === "BlockStatement" ? isEmptyBody(node.body) : isEmptyValue(node.body);
    default:
      return false;
  }
}

function isEmptyFunction(node: Node): boolean {
  return node.type === "FunctionDeclaration" && (node.body === null || isEmptyBody(node.body));
}

/** No statement, or one that returns an empty value. */
function isEmptyBody({ body }: { readonly body: readonly Node[] }): boolean {
  const [first, ...more] = body;
  if (!first) return true;
  if (more.length > 0 || first.type !== "ReturnStatement") return false;
  return !first.argument || isEmptyValue(first.argument);
}
