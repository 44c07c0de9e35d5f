// Other languages that run on JavaScript or beside it, with the workloads of ../language.sx in their own words.
// They are installed apart (npm ci --prefix bench/peers), so that nobody who only runs the program carries
// them. A peer that gives another answer than JavaScript is no row: it says so and is left out.

import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

export interface LanguagePeer {
  readonly name: string;
  /** The answer of a workload, by its name in language.sx; undefined where the peer does not have it. */
  run(workload: string, size: number): unknown;
  /** Runs only the workloads that are listed, at a smaller size: `work` is how many times less there is to do. */
  readonly smaller?: Readonly<Record<string, { readonly size: number; readonly work: number }>>;
}

/** The peers that are installed here; none where the folder's packages are not. */
export async function loadLanguagePeers(): Promise<LanguagePeer[]> {
  const peers: LanguagePeer[] = [];
  for (const load of [loadSquint, loadNbb, loadWasmoon, loadQuickJs, loadFengari, loadBiwaScheme]) {
    const peer = await load().catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return null;
      throw error;
    });
    if (peer) peers.push(peer);
  }
  return peers;
}

// biome-ignore lint/suspicious/noExplicitAny: the packages are not installed where types are checked
const load = (name: string): Promise<any> => import(name);
const text = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const without = (names: string, run: (workload: string, size: number) => unknown) => {
  const missing = new Set(names.split(" "));
  return (workload: string, size: number) => (missing.has(workload) ? undefined : run(workload, size));
};

async function loadSquint(): Promise<LanguagePeer> {
  const name = "squint-cljs";
  const { compileString } = await load(name);
  // What it compiles to imports its library by name, which only a module in this folder can resolve.
  const library = import.meta.resolve(`${name}/core.js`);
  const code = String(compileString(text("workloads.clj"))).replaceAll(
    /(['"])squint-cljs\/core\.js\1/g,
    JSON.stringify(library),
  );
  const module = await load(`data:text/javascript,${encodeURIComponent(code)}`);
  return {
    name: "squint",
    run: without("mutual-calls", (workload, size) => module.run_workload(workload, size)),
  };
}

async function loadNbb(): Promise<LanguagePeer> {
  const { loadString } = await load("nbb");
  const run = await loadString(`${text("workloads.clj")}\nrun-workload`);
  return { name: "nbb", run: without("mutual-calls", run) };
}

async function loadWasmoon(): Promise<LanguagePeer> {
  const { LuaFactory } = await load("wasmoon");
  const lua = await new LuaFactory().createEngine();
  lua.doStringSync(text("workloads.lua"));
  return {
    name: "wasmoon",
    run: (workload, size) => lua.doStringSync(`return run_workload("${workload}", ${size})`),
  };
}

async function loadQuickJs(): Promise<LanguagePeer> {
  const { getQuickJS } = await load("quickjs-emscripten");
  const context = (await getQuickJS()).newContext();
  const evaluate = (code: string) => {
    const handle = context.unwrapResult(context.evalCode(code));
    const value = context.dump(handle);
    handle.dispose();
    return value;
  };
  evaluate(stripTypeScriptTypes(text("../native.ts")).replaceAll("export function", "function"));
  const twin = (workload: string) => workload.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return { name: "QuickJS", run: (workload, size) => evaluate(`${twin(workload)}(${size})`) };
}

async function loadFengari(): Promise<LanguagePeer> {
  const { lua, lauxlib, lualib, to_luastring } = (await load("fengari")).default;
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  const evaluate = (code: string) => {
    if (lauxlib.luaL_dostring(state, to_luastring(code))) throw new Error(lua.lua_tojsstring(state, -1));
    const value = lua.lua_tonumber(state, -1);
    lua.lua_settop(state, 0);
    return value;
  };
  evaluate(text("workloads.lua"));
  // Its integers wrap around at 32 bits, so sums come out wrong.
  return {
    name: "fengari",
    run: without("self-loop square-sum closures", (workload, size) =>
      evaluate(`return run_workload("${workload}", ${size})`),
    ),
  };
}

async function loadBiwaScheme(): Promise<LanguagePeer> {
  const { Interpreter } = (await load("biwascheme")).default;
  const scheme = new Interpreter((error: unknown) => {
    throw error;
  });
  scheme.evaluate(text("workloads.scm"));
  const run = (_workload: string, size: number) => {
    let answer: unknown;
    scheme.evaluate(`(fib ${size})`, (value: unknown) => {
      answer = Number(value);
    });
    return answer;
  };
  // fib(27) makes 832,039 calls, fib(18) 10,945.
  return { name: "BiwaScheme", run, smaller: { fib: { size: 18, work: 832_039 / 10_945 } } };
}
