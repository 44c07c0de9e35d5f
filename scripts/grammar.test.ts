// The editor folder: the grammar is current and colours every word of the language for what it is, and the extension
// starts the server. A small tokeniser reads the grammar as an editor does, one line after the other.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nativeRows, rows } from "../sx/core/primitives/rows.ts";
import { formDocs } from "../sx/lsp/special-forms.ts";
import { htmlTags } from "../sx/render/tags.ts";
import type { Grammar, Rule } from "./editor/grammar.ts";

const folder = join(import.meta.dirname, "../editors/vscode");
const readJson = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const grammar: Grammar = readJson("sx.tmLanguage.json");

interface Token {
  readonly text: string;
  readonly scope: string;
}

/** The rules that a list of patterns comes to, references followed. */
function rulesOf(patterns: readonly Rule[]): Rule[] {
  return patterns.flatMap((rule) => {
    const found = rule.include ? (grammar.repository[rule.include.slice(1)] as Rule) : rule; // every one is there
    return found.match || found.begin ? [found] : rulesOf(found.patterns ?? []);
  });
}

/** The tokens of a text that have a scope, with the innermost one. */
function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const open: Rule[] = [];
  for (const line of text.split("\n")) {
    for (let at = 0; at <= line.length; ) {
      const rule = open.at(-1);
      const step = nextMatch(line, at, rule);
      const end = step?.found.index ?? line.length;
      if (rule && end > at) tokens.push({ text: line.slice(at, end), scope: rule.name ?? "" });
      if (!step) break;
      tokens.push(...scopesOf(step));
      if (step.isEnd) open.pop();
      else if (step.rule.begin) open.push(step.rule);
      at = Math.max(at + (step.found[0] === "" ? 1 : 0), end + step.found[0].length);
    }
  }
  return tokens;
}

interface Step {
  readonly rule: Rule;
  readonly found: RegExpExecArray;
  readonly isEnd: boolean;
}

/** The match that begins first; of several the first rule's. */
function nextMatch(line: string, at: number, open: Rule | undefined): Step | undefined {
  const candidates = [
    ...(open ? [{ rule: open, source: open.end, isEnd: true }] : []),
    ...rulesOf(open ? (open.patterns ?? []) : grammar.patterns).map((rule) => ({
      rule,
      source: rule.match ?? rule.begin,
      isEnd: false,
    })),
  ];
  const steps = candidates.flatMap(({ rule, source, isEnd }) => {
    const pattern = new RegExp(source ?? "", "gd");
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    return found ? [{ rule, found, isEnd }] : [];
  });
  return steps.sort((a, b) => a.found.index - b.found.index)[0];
}

function scopesOf({ rule, found }: Step): Token[] {
  if (!rule.captures) return [{ text: found[0], scope: rule.name ?? "" }];
  return Object.entries(rule.captures).flatMap(([index, { name }]) => {
    const text = found[Number(index)];
    return text === undefined ? [] : [{ text, scope: name }];
  });
}

/** The tokens of a text as `text scope`, scopes without what they all end in. */
function show(text: string): string[] {
  return tokenise(text)
    .filter(({ scope }) => scope !== "variable.other.sx")
    .map((token) => `${token.text} ${token.scope.replace(/\.sx$/, "")}`);
}

test("the grammar is what the language's tables make", () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "grammar.ts"), "--check"],
    {
      encoding: "utf8",
    },
  );
  assert.equal(status, 0, stdout);
});

test("every expression of the grammar compiles, and every reference leads somewhere", () => {
  const visit = (rule: Rule): void => {
    for (const source of [rule.match, rule.begin, rule.end]) if (source !== undefined) new RegExp(source);
    if (rule.include) assert.ok(Object.hasOwn(grammar.repository, rule.include.slice(1)), rule.include);
    for (const inner of rule.patterns ?? []) visit(inner);
  };
  for (const rule of [...grammar.patterns, ...Object.values(grammar.repository)]) visit(rule);
});

test("every special form, definition, tag and primitive has its colour", () => {
  const scopeAtHead = (name: string) => tokenise(`(${name} x)`)[0];
  for (const name of formDocs.keys()) {
    const scope = name.startsWith("def") ? "storage.type.definition.sx" : "keyword.control.sx";
    assert.deepEqual(scopeAtHead(name), { text: name, scope });
  }
  for (const name of htmlTags)
    if (name !== "map") assert.deepEqual(scopeAtHead(name), { text: name, scope: "entity.name.tag.sx" });
  for (const name of [...Object.keys(rows), ...Object.keys(nativeRows)]) {
    if (formDocs.has(name) || (htmlTags.has(name) && name !== "map")) continue;
    assert.deepEqual(scopeAtHead(name), { text: name, scope: "support.function.sx" });
    assert.deepEqual(tokenise(`(f ${name})`)[1], { text: name, scope: "support.function.sx" });
  }
});

test("lines are coloured as they are read", () => {
  const lines: Readonly<Record<string, readonly string[]>> = {
    '(p "a\\n\\q;b") ; c "d"': [
      "p entity.name.tag",
      '" string.quoted.double',
      "a string.quoted.double",
      "\\n constant.character.escape",
      "\\q invalid.illegal.escape",
      ";b string.quoted.double",
      '" string.quoted.double',
      '; c "d" comment.line.semicolon',
    ],
    "#| a #| b\n|# c |# 1": [
      "#| comment.block",
      " a  comment.block",
      "#| comment.block",
      " b comment.block",
      "|# comment.block",
      " c  comment.block",
      "|# comment.block",
      "1 constant.numeric",
    ],
    "(define (double x) (* 2 x))": [
      "define storage.type.definition",
      "double entity.name.function",
      "* support.function",
      "2 constant.numeric",
    ],
    "(define :shadow map nil)": [
      "define storage.type.definition",
      ":shadow storage.modifier",
      "map entity.name.function",
      "nil constant.language",
    ],
    "(defcomp ~card (&key title &rest more)": [
      "defcomp storage.type.definition",
      "~card entity.name.class.component",
      "&key storage.modifier",
      "&rest storage.modifier",
    ],
    "(~card :title (svg:text) `(a ,@xs ,y 'z))": [
      "~card support.class.component",
      ":title constant.other.keyword",
      "svg:text entity.name.tag",
      "` keyword.operator.quote",
      "a entity.name.tag",
      ",@ keyword.operator.quote",
      ", keyword.operator.quote",
      "' keyword.operator.quote",
    ],
    "-1.5e-3 +7 .5 1x a1 x-1 true? nil-x": [
      "-1.5e-3 constant.numeric",
      "+7 constant.numeric",
      ".5 constant.numeric",
    ],
    "(list if p) (if-not (mapping x))": ["list support.function"],
    "#;(f 1)": ["#; comment.block.discard", "1 constant.numeric"],
  };
  assert.deepEqual(Object.fromEntries(Object.keys(lines).map((text) => [text, show(text)])), lines);
});

test("the extension's files are there, and the words it selects are the language's tokens", () => {
  const { main, contributes } = readJson("package.json");
  const [language] = contributes.languages;
  for (const file of [main, language.configuration, contributes.grammars[0].path])
    assert.ok(existsSync(join(folder, file)), file);
  assert.equal(contributes.grammars[0].scopeName, grammar.scopeName);
  const { wordPattern } = readJson("language-configuration.json");
  assert.deepEqual("(~card :title 'a-b?)".match(new RegExp(wordPattern, "g")), ["~card", ":title", "a-b?"]);
});

/** Runs the extension with the editor's modules replaced; answers what it started. */
async function activate(command: readonly string[]) {
  const started: { server: { command: string; args: string[]; options: object }; selector: unknown }[] = [];
  const messages: string[] = [];
  let stopped = 0;
  const modules: Readonly<Record<string, unknown>> = {
    vscode: {
      window: { showErrorMessage: (message: string) => messages.push(message) },
      workspace: {
        getConfiguration: () => ({ get: () => command }),
        workspaceFolders: [{ uri: { fsPath: "/project" } }],
      },
    },
    "vscode-languageclient/node": {
      LanguageClient: class {
        private readonly found;
        constructor(_id: string, _name: string, server: never, client: { documentSelector: unknown }) {
          this.found = { server, selector: client.documentSelector };
        }
        async start() {
          started.push(this.found);
        }
        async stop() {
          stopped++;
        }
      },
    },
  };
  const module = { exports: {} as { activate(): Promise<void>; deactivate(): Promise<void> } }; // filled below
  const text = readFileSync(join(folder, "extension.js"), "utf8");
  new Function("require", "module", text)((name: string) => modules[name], module);
  await module.exports.activate();
  await module.exports.deactivate();
  return { started, messages, stopped };
}

test("the extension starts the configured server in the workspace, and stops it", async () => {
  const { default: command } =
    readJson("package.json").contributes.configuration.properties["sx.server.command"];
  const { started, messages, stopped } = await activate(command);
  assert.deepEqual([started.length, stopped, messages.length], [1, 1, 0]);
  const [{ server, selector }] = started as [(typeof started)[0]]; // there is one
  assert.deepEqual([server.command, ...server.args], ["npx", "sx", "lsp"]);
  assert.equal("cwd" in server.options && server.options.cwd, "/project");
  assert.deepEqual(selector, [
    { language: "sx", scheme: "file" },
    { language: "sx", scheme: "untitled" },
  ]);
  assert.match((await activate([])).messages[0] ?? "", /sx\.server\.command is empty/);
});
