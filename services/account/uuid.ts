// The form of ids in addresses: members and erasures are named by UUIDs.

/** Is this the text of a UUID? */
export function isUuid(text: string | null | undefined): text is string {
  return typeof text === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
