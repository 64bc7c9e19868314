import type { RuleDefinition, SwitchRule } from '../../server/rules/contract.ts'
import { startPromiseOffice, type PromiseOffice } from './promise-office.ts'
import type { Client } from './server.ts'

type Draft = Pick<RuleDefinition, 'then'> &
  Partial<Omit<RuleDefinition, 'after'>> & {
    after?: { minutes: number; business?: boolean; since?: NonNullable<RuleDefinition['after']>['since'] }
  }

/** A desk with hours and promises, and words for what its rules are told to do. */
export interface RuleOffice extends PromiseOffice {
  /** Makes a rule and switches it on; answers its id. */
  rule(draft: Draft, backlog?: SwitchRule['backlog']): Promise<string>
  toggle(id: string, enabled: boolean, backlog?: SwitchRule['backlog']): Promise<void>
  /** Moves the clock to a time of the story and waits for what falls due, and what is looked for, on the way. */
  until(when: string): Promise<void>
  change(
    ticketId: string,
    changes: Parameters<Client['tickets']['update']['mutate']>[0]['changes'],
  ): Promise<void>
  /** What was written where the customer reads it, and by what. */
  messages(ticketId: string): Promise<{ text: string; by: string }[]>
  /** Alerts that a rule raised, as their texts. */
  told(): Promise<string[]>
}

/** Without a promise's warnings in between. */
export async function startRuleOffice(): Promise<RuleOffice> {
  const office = await startPromiseOffice()
  await office.ana.api.sla.policies.archive.mutate({ id: office.policyId })
  await office.server.services.recompute.settled()
  const settle = async () => {
    await office.server.services.timeRules.scan.settled()
    await office.server.services.schedule.settled()
  }
  const until = async (when: string) => {
    await office.until(when)
    await settle()
  }
  const toggle = async (id: string, enabled: boolean, backlog: SwitchRule['backlog'] = 'skip') => {
    await office.bruno.api.rules.setEnabled.mutate({ id, enabled, backlog })
    await settle()
  }
  return Object.defineProperties({} as RuleOffice, {
    ...Object.getOwnPropertyDescriptors(office),
    ...Object.getOwnPropertyDescriptors({
      toggle,
      until,
      async rule(
        { name = 'Regra', on = ['time'], ...draft }: Draft,
        backlog: SwitchRule['backlog'] = 'skip',
      ) {
        const { id } = await office.bruno.api.rules.create.mutate({ name, on, ...draft })
        await toggle(id, true, backlog)
        return id
      },
      async change(ticketId: string, changes: Parameters<RuleOffice['change']>[1]) {
        const { version } = await office.carla.api.tickets.get.query({ id: ticketId })
        await office.carla.api.tickets.update.mutate({ ticketId, version, changes })
        await settle()
      },
      async messages(ticketId: string) {
        const { messages } = await office.ana.api.tickets.get.query({ id: ticketId })
        return messages
          .filter(({ kind }) => kind === 'public')
          .map(({ text, author }) => ({ text, by: author.type }))
      },
      async told() {
        const { items } = await office.ana.api.alerts.list.query({ scope: 'all' })
        return items.flatMap(({ reason, data }) => (reason.startsWith('rule.') ? [String(data['text'])] : []))
      },
      async restart() {
        await office.restart()
        await settle()
      },
    }),
  })
}
