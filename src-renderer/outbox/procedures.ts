import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/api/root.ts'

type Inputs = inferRouterInputs<AppRouter>
type Outputs = inferRouterOutputs<AppRouter>
type Procedures = AppRouter['_def']['record']

/** Every write but those that take or give a secret: that is not for keeping on a disk, and the server doesn't remember them. */
type Noun = Exclude<keyof Procedures & string, 'auth' | 'setup' | 'live'>
type MutationOf<N extends Noun> = {
  [P in keyof Procedures[N] & string]: Procedures[N][P] extends { _def: { type: 'mutation' } } ? P : never
}[keyof Procedures[N] & string]

/** A write that may wait in the outbox, as `noun.verb`. */
export type CommandName = Exclude<
  { [N in Noun]: `${N}.${MutationOf<N>}` }[Noun],
  'agents.create' | 'agents.resetPassword' | 'agents.invite' | 'agents.renewInvitation'
>

type Part<All, Name extends string> = Name extends `${infer N}.${infer P}`
  ? N extends keyof All
    ? P extends keyof All[N]
      ? All[N][P]
      : never
    : never
  : never

export type CommandInput<Name extends CommandName> = Part<Inputs, Name>
export type CommandAnswer<Name extends CommandName> = Part<Outputs, Name>
