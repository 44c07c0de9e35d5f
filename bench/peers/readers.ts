// Other readers of S-expressions and of EDN, which SX's text also is as far as ../reader.ts generates it.

// biome-ignore lint/suspicious/noExplicitAny: the packages are not installed where types are checked
const load = (name: string): Promise<any> => import(name);

export interface ReaderPeer {
  readonly name: string;
  read(text: string): unknown;
}

const readers: Readonly<Record<string, () => Promise<(text: string) => unknown>>> = {
  "s-expression": async () => {
    const { default: parse } = await load("s-expression");
    return (text) => {
      const tree = parse(text);
      if (tree instanceof Error) throw tree;
      return tree;
    };
  },
  "sexpr-plus": async () => (await load("sexpr-plus")).default.parse,
  "@thi.ng/sexpr": async () => (await load("@thi.ng/sexpr")).parse,
  "edn-data": async () => (await load("edn-data")).parseEDNString,
};

/** The readers that are installed here; none where the folder's packages are not. */
export async function loadReaderPeers(): Promise<ReaderPeer[]> {
  const peers: ReaderPeer[] = [];
  for (const [name, loadReader] of Object.entries(readers)) {
    const read = await loadReader().catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return null;
      throw error;
    });
    if (read) peers.push({ name, read });
  }
  return peers;
}
