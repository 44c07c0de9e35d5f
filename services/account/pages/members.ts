// Members as admins see them: the list with its search, and one member's role and membership level.
// Who may give which role is decided in member.ts; the forms offer only what it would allow.
import {
  type Answer,
  askedPage,
  goOn,
  memberOf,
  momentWriter,
  type PageRequest,
  pageNonsense,
  pagingView,
  privatePage,
} from "@rose-ash/platform/app";
import { type Member, roleSchema, roles } from "@rose-ash/platform/auth";
import { auditWriter } from "../audit-words.ts";
import { changeLevel, type GrantOutcome, grantRole, mayChangeRole } from "../member.ts";
import type { AccountParts } from "../routes.ts";
import type { MemberRow } from "../store-members.ts";
import { isUuid } from "../uuid.ts";

const perPage = 30;
const historyShown = 30;

/** GET /members/ with `q` and `page`. */
export function membersPage({ store }: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    memberOf(request, "admin");
    const question = (request.query.get("q") ?? "").trim().slice(0, 80);
    const asked = askedPage(request);
    if (asked.kind === "nonsense") return { kind: "bad-request", sentence: pageNonsense };
    const page = asked.number;
    const { members, total } = await store.directory.search(question, page, perPage);
    if (page > 1 && members.length === 0) return { kind: "not-found" };
    return privatePage("~members-page", "Members", {
      members: members.map(({ id, name, role, level }) => ({ href: `/members/${id}/`, name, role, level })),
      query: question,
      total,
      paging: pagingView(listAddress(question), page, total, perPage),
    });
  };
}

function listAddress(question: string): string {
  return question === "" ? "/members/" : `/members/?${new URLSearchParams({ q: question })}`;
}

const doneWords: Readonly<Record<string, string>> = {
  role: "The role is given. It counts from the next page they look at.",
  level: "The membership level is saved.",
  unchanged: "That is what they have already: nothing was changed.",
};

/** GET /members/:id/ */
export function memberPage(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const by = memberOf(request, "admin");
    const member = await find(parts, request);
    if (!member) return { kind: "not-found" };
    return await show(parts, by, member, { done: doneWords[request.query.get("done") ?? ""] ?? null });
  };
}

/** POST /members/:id/role/ with `role`. */
export function giveRolePage(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const by = memberOf(request, "admin");
    const member = await find(parts, request);
    if (!member) return { kind: "not-found" };
    const role = roleSchema.safeParse(request.form?.get("role"));
    if (!role.success) return { kind: "bad-request", sentence: "There is no such role." };
    const granting = { memberId: member.id, role: role.data, actor: by.id, requestId: request.id };
    const { kind } = await grantRole(parts, granting);
    if (kind === "changed") return goOn(`/members/${member.id}/?done=role`);
    if (kind === "unchanged") return goOn(`/members/${member.id}/?done=unchanged`);
    return await show(parts, by, member, {
      error: refusals[kind],
      status: kind === "not-allowed" ? 403 : 409,
    });
  };
}

const refusals: Readonly<Record<Exclude<GrantOutcome["kind"], "changed" | "unchanged">, string>> = {
  "own-role": "Nobody changes their own role: ask another operator.",
  "not-allowed": "Only operators make or unmake admins and operators.",
  "last-operator": "This is the only operator: make somebody else one first.",
  meanwhile: "Somebody else gave them another role just now: look again.",
  "no-member": "This member has just left.",
};

/** POST /members/:id/level/ with `level`, empty for none. */
export function giveLevelPage(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const by = memberOf(request, "admin");
    const member = await find(parts, request);
    if (!member) return { kind: "not-found" };
    const wanted = request.form?.get("level") ?? "";
    if (wanted !== "" && wanted !== member.level && !parts.settings.levels.includes(wanted)) {
      return {
        kind: "bad-request",
        sentence: "There is no such membership level: it is not in the settings.",
      };
    }
    const level = wanted === "" ? null : wanted;
    const changed = await changeLevel(parts, {
      memberId: member.id,
      level,
      actor: by.id,
      requestId: request.id,
    });
    return goOn(`/members/${member.id}/?done=${changed ? "level" : "unchanged"}`);
  };
}

async function find({ store }: AccountParts, { params }: PageRequest): Promise<MemberRow | null> {
  return isUuid(params.id) ? await store.members.find(params.id) : null;
}

interface Mood {
  readonly done?: string | null;
  readonly error?: string;
  readonly status?: number;
}

async function show(
  { store, site, settings }: AccountParts,
  by: Member,
  { id, name, role, level, joinedAt }: MemberRow,
  { done = null, error, status = 200 }: Mood,
): Promise<Answer> {
  const written = momentWriter(site);
  const offered = id === by.id ? [] : roles.filter((one) => mayChangeRole(by.role, role, one));
  const levels = level === null ? settings.levels : [...new Set([...settings.levels, level])];
  const history = await store.audit.listOf(id, historyShown);
  const props = {
    role,
    joined: written(joinedAt),
    roleAction: `/members/${id}/role/`,
    roles: offered.map((one) => ({ value: one, label: one, selected: one === role })),
    isSelf: id === by.id,
    levelAction: `/members/${id}/level/`,
    levels: [
      { value: "", label: "None", selected: level === null },
      ...levels.map((one) => ({ value: one, label: one, selected: one === level })),
    ],
    history: await auditWriter(store, written)(history),
    done,
    error: error ?? null,
  };
  return privatePage("~member-page", name, props, status);
}
