// The door of sign-in: what services may use of it. Start reading at viewer.ts.
export { identity, identityClaims, identityParts, memberSchema } from "./identity.ts";
export { guest, type Member, mayAct, type Role, roleSchema, roles, type Viewer } from "./viewer.ts";
