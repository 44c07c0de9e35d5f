// The door of internal calls: what services may use of it. Start reading at contract.ts.
export { type Activity, type ActivityOf, activitySchema, type Emission, factName } from "./activity.ts";
export {
  type Answers,
  type AnyAnswers,
  type Asked,
  type Drawing,
  defineAnswers,
  type Ordered,
} from "./answers.ts";
export type { Caller, CallOutcome } from "./caller.ts";
export {
  type Action,
  type AnyContract,
  type Contract,
  defineContract,
  type Fact,
  type Fragment,
  type Query,
} from "./contract.ts";
export { eraseDataIn, type PersonalData, personalDataOf } from "./personal-data.ts";
export { readReference, refer, reference } from "./reference.ts";
export { RefusedRequest } from "./server.ts";
