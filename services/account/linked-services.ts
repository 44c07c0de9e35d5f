// Linked services: the parts of this site by the names that people know them by, and what each is for.
// A service that is not described here is shown by its own name.
import type { AccountParts } from "./routes.ts";

interface Described {
  readonly title: string;
  readonly purpose: string;
}

const described: Readonly<Record<string, Described>> = {
  account: { title: "Your account", purpose: "These pages: who you are here and what you can look after." },
  blog: {
    title: "The blog",
    purpose: "Posts and pages; being signed in, you can like them and read what is for members.",
  },
  likes: { title: "Likes", purpose: "Remembers what you like." },
  relations: {
    title: "Menus and series",
    purpose: "Remembers which page belongs where; it knows nothing of persons.",
  },
};

/** A service as people know it. */
export function describeService(name: string): Described {
  return Object.hasOwn(described, name) ? (described[name] as Described) : { title: name, purpose: "" }; // it has it
}

export interface LinkedService extends Described {
  readonly name: string;
  /** Null for one without pages. */
  readonly href: string | null;
}

/** The services with a session of this member, by title. */
export async function linkedServices(
  { store, originOf, origin }: AccountParts,
  memberId: string,
): Promise<LinkedService[]> {
  const devices = await store.devices.listOf(memberId);
  const clients = await Promise.all(devices.map(({ idHash }) => store.devices.clientsOf(idHash)));
  return [...new Set(clients.flat())]
    .map((name) => {
      const address = name === "account" ? origin : originOf(name);
      return { name, ...describeService(name), href: address === null ? null : `${address}/` };
    })
    .sort((a, b) => a.title.localeCompare(b.title));
}
