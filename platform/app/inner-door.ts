// The inner door: everything other services may ask of one, its contract and what every service answers.
// Promise: a service that keeps nothing of persons still answers about them, so that an export and an erasure
// hear from each; the operator's page hears of each service's dead letters.

import { deadLettersOf, replayIn } from "../bus/dead-letters.ts";
import type { Deliveries } from "../bus/deliveries.ts";
import type { Outbox } from "../bus/outbox.ts";
import type { AnyAnswers, Ordered } from "../rpc/answers.ts";
import { type AnyContract, defineContract } from "../rpc/contract.ts";
import type { KeyRing } from "../rpc/keys.ts";
import { eraseDataIn, type PersonalData, personalDataOf } from "../rpc/personal-data.ts";
import { createInternalServer } from "../rpc/server.ts";
import type { InternalHandler } from "../rpc/transport.ts";
import type { AnyService, ServiceParts } from "./service.ts";

export interface InnerDoorRequest {
  readonly service: AnyService;
  // biome-ignore lint/suspicious/noExplicitAny: the service's own parts, whose types only it knows
  readonly parts: ServiceParts<any, any>;
  readonly keys: KeyRing;
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  /** Draws a component of the service's views. */
  readonly render: (component: string, props: Record<string, unknown>) => string;
}

/** Makes the handler of internal calls of a service. */
export function createInnerDoor(request: InnerDoorRequest): InternalHandler {
  const { service, parts, keys, outbox, render } = request;
  const contract = service.contract ?? defineContract(service.name, {});
  const answers = service.answers?.(parts) ?? { queries: {}, actions: {}, fragments: {} };
  return createInternalServer({
    service: service.name,
    contract: withCommonParts(contract),
    answers: withCommonAnswers(answers, request),
    keys,
    database: parts.database,
    draw: ({ component, props }) => render(component, { ...props }),
    receive: outbox.receive,
    log: parts.log,
    now: parts.now,
  });
}

function withCommonParts(contract: AnyContract): AnyContract {
  const { service } = contract;
  return {
    ...contract,
    queries: {
      ...contract.queries,
      personalData: personalDataOf(service),
      deadLetters: deadLettersOf(service),
    },
    actions: {
      ...contract.actions,
      erasePersonalData: eraseDataIn(service),
      replayDeadLetter: replayIn(service),
    },
  };
}

function withCommonAnswers(
  answers: AnyAnswers,
  { service, parts, deliveries }: InnerDoorRequest,
): AnyAnswers {
  // biome-ignore lint/suspicious/noExplicitAny: the service's own parts, whose types only it knows
  const personal: PersonalData<any> = service.personalData ?? {
    gather: async () => ({}),
    erase: async () => [],
  };
  return {
    ...answers,
    queries: {
      ...answers.queries,
      personalData: ({ memberId }: { memberId: string }) => personal.gather(memberId, parts),
      async deadLetters({ limit }: { limit: number }) {
        const letters = await deliveries.deadLetters(limit);
        return {
          backlog: await deliveries.backlog(),
          letters: letters.map((letter) => ({
            ...letter,
            publishedAt: letter.publishedAt.toISOString(),
            settledAt: letter.settledAt.toISOString(),
          })),
        };
      },
    },
    actions: {
      ...answers.actions,
      erasePersonalData: async ({ memberId }: { memberId: string }, { tx }: Ordered) => ({
        kept: await personal.erase(memberId, tx, parts),
      }),
      async replayDeadLetter(
        { activityId, target }: { activityId: string; target: string },
        { tx }: Ordered,
      ) {
        return { kind: (await deliveries.replay(tx, activityId, target)) ? "replayed" : "not-there" };
      },
    },
  };
}
