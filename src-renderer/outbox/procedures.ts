import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/api/root.ts'

type Inputs = inferRouterInputs<AppRouter>
type Outputs = inferRouterOutputs<AppRouter>
type Procedures = AppRouter['_def']['record']

/** The names of all writes in a router, those of the routers inside it included. */
export type MutationIn<Router, Before extends string = ''> = {
  [Name in keyof Router & string]: Router[Name] extends { _def: { type: infer Type } }
    ? Type extends 'mutation'
      ? `${Before}${Name}`
      : never
    : MutationIn<Router[Name], `${Before}${Name}.`>
}[keyof Router & string]

/** What stands in `All` under a dotted name. */
type At<All, Name extends string> = Name extends `${infer First}.${infer Rest}`
  ? First extends keyof All
    ? At<All[First], Rest>
    : never
  : Name extends keyof All
    ? All[Name]
    : never

/**
 * Every write but those that take or give a secret, which is not for keeping on a disk, and those whose author waits for what comes of
 * it or that mean nothing a minute later: the server doesn't remember them.
 */
type Keepable = Omit<Procedures, 'auth' | 'setup' | 'live'>

/** A write that may wait in the outbox, as `noun.verb`; a noun may have one before it, as in `sla.policies.create`. */
export type CommandName = Exclude<
  MutationIn<Keepable>,
  | 'agents.create'
  | 'agents.resetPassword'
  | 'agents.invite'
  | 'agents.renewInvitation'
  | 'webhooks.create'
  | 'webhooks.rotateSecret'
  | 'webhooks.test'
  | 'phone.createKey'
  | 'phone.test'
  | 'calls.report'
  | 'calls.claim'
  | 'mail.update'
  | 'mail.test'
  | 'exports.start'
  | 'exports.cancel'
>

export type CommandInput<Name extends CommandName> = At<Inputs, Name>
export type CommandAnswer<Name extends CommandName> = At<Outputs, Name>

/** Takes a write's name apart at its last dot. */
export function splitName(procedure: string): { noun: string; verb: string } {
  const dot = procedure.lastIndexOf('.')
  return { noun: procedure.slice(0, Math.max(0, dot)), verb: procedure.slice(dot + 1) }
}
