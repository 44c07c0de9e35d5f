// The rule "the project speaks of itself alone": no paths of somebody's machine, no package registry, no
// address of a real person. Example addresses end in example.org.
import type { Finding } from "./finding.ts";
import { listFiles, readText } from "./project-files.ts";

const textFiles =
  /(?:^|\/)(?:\.[a-z]+|[A-Z]+|Dockerfile|Caddyfile|run)$|\.(?:ts|mjs|js|sx|md|json|ya?ml|sql|css|sh|html|xml|txt|svg|toml)$/;

/** The package manager's own record: full of other people's addresses, which are its business. */
const lockFile = "package-lock.json";

const patterns: readonly { readonly pattern: RegExp; readonly sentence: string; readonly inLock?: true }[] = [
  {
    pattern: /(?<![\w.-])(?:\/(?:work|root|home\/\w+|Users\/\w+)\/|[A-Z]:\\Users\\)/,
    sentence: "names a path of one machine: use a path relative to the project.",
    inLock: true,
  },
  {
    pattern:
      /\bhttps?:\/\/(?!registry\.npmjs\.org\b)[\w.-]*(?:registry|artifactory|nexus|verdaccio)[\w.-]*[:/]|^\s*registry\s*=/,
    sentence: "names a package registry: leave that to each machine's own settings.",
    inLock: true,
  },
  {
    pattern: /(?<![\w.+/-])[\w.+-]+@(?!(?:[\w-]+\.)*example\.org\b)(?!\d+x?\.)(?:[\w-]+\.)+[A-Za-z]{2,}\b/,
    sentence: "has an address outside example.org: invent one there.",
  },
];

/** Finds lines with a machine's path, a registry or an address, in all text files. */
export function checkWords(root: string): Finding[] {
  return listFiles(root)
    .filter((file) => textFiles.test(file))
    .flatMap((file) => checkFile(file, readText(root, file)));
}

function checkFile(file: string, text: string): Finding[] {
  const wanted = file === lockFile ? patterns.filter(({ inLock }) => inLock) : patterns;
  return text
    .split("\n")
    .flatMap((line, index) =>
      wanted
        .filter(({ pattern }) => pattern.test(line))
        .map(({ sentence }) => ({ file, line: index + 1, sentence })),
    );
}
