import { useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type {
  NewRule,
  RuleDefinition,
  RuleFile,
  RuleView,
  SwitchRule,
} from '../../../../../server/rules/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import type { CommandInput, CommandName } from '../../../../outbox/procedures.ts'
import { withRow } from '../../../../stores/catalog-answers.ts'
import { useOutboxStore } from '../../../../stores/outbox.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../../stores/use-submit.ts'
import { expectedRules } from './expected-rules.ts'

const KEY = ['rules']

/** The desk's rules with what is on its way laid over, and everything that can be done to them. */
export function useRules() {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const outbox = useOutboxStore()
  const submit = useSubmit()

  const query = useQuery<RuleView[]>({ key: KEY, query: () => trpc.rules.list.query() })
  // What rules do shows in how often they acted.
  useFreshQuery(KEY, ({ type, actor }) => type.startsWith('rule.') || actor.type === 'rule')

  const rules = computed(() => (query.data.value ? expectedRules(query.data.value, outbox.waiting) : null))

  /** Keeps what the server answered until the next reading. Answers whether there was an answer. */
  function keep(answer: RuleView | null): boolean {
    if (answer) cache.setQueryData<RuleView[]>(KEY, (old) => withRow(old ?? [], answer))
    return answer !== null
  }

  /** Refusals of what goes this way stand in the outbox, and `RefusedWrites` shows them. */
  async function write<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<unknown> {
    const { answer } = await outbox.enqueue(name, input)
    return answer
  }

  async function one(name: 'rules.archive' | 'rules.restore', id: string): Promise<void> {
    keep((await write(name, { id })) as RuleView)
  }

  return {
    rules,
    error: query.error,
    refetch: query.refetch,
    /** The rule as it is saved now, asked for afresh. */
    async read(id: string): Promise<RuleView | null> {
      await query.refetch()
      return query.data.value?.find((rule) => rule.id === id) ?? null
    },
    archive: (id: string) => one('rules.archive', id),
    restore: (id: string) => one('rules.restore', id),
    /** A draft that says the same. Answers null when it waits for a network. @throws what the server refuses */
    async duplicate(id: string): Promise<RuleView | null> {
      const copy = await submit('rules.duplicate', { id })
      keep(copy)
      return copy
    },
    /** @throws what the server refuses, such as a rule that names what is gone */
    setEnabled: async (input: SwitchRule) => keep(await submit('rules.setEnabled', input)),
    async reorder(ids: string[]): Promise<void> {
      const input = { ids }
      const { id, answer } = await outbox.enqueue('rules.reorder', input)
      await answer.catch(() => undefined)
      cache.setQueryData<RuleView[]>(KEY, (old) =>
        expectedRules(old ?? [], [{ id, procedure: 'rules.reorder', input }]),
      )
    },
    /**
     * Answers false when the write waits for a network.
     * @throws what the server refuses, for the form to show
     */
    create: async (rule: NewRule) => keep(await submit('rules.create', rule)),
    /** As `create`; `version` is the one that the changes were made on. */
    update: async (id: string, version: number, changes: Partial<RuleDefinition>) =>
      keep(await submit('rules.update', { id, version, changes })),
    /** The text of a file of these rules, with the names of what they speak of. */
    fileOf: async (ids: string[]) => `${JSON.stringify(await trpc.rules.export.query({ ids }), null, 2)}\n`,
    /** All of them come as drafts. @throws what the server refuses */
    async importRules(file: Pick<RuleFile, 'rules' | 'names'>): Promise<boolean> {
      const answer = await submit('rules.import', { format: 'balcao.rules', version: 1, ...file })
      await query.refetch()
      return answer !== null
    },
  }
}
