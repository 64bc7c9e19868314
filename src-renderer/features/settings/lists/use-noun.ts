import { computed } from 'vue'
import { useCatalogStore } from '../../../stores/catalog.ts'
import { useOutboxStore } from '../../../stores/outbox.ts'
import { useTiersStore } from '../../../stores/tiers.ts'
import { useWrapUpCodesStore } from '../../../stores/wrap-up-codes.ts'
import { useSubmit } from '../../../stores/use-submit.ts'
import { expectedRows, nouns, toNounRow, type NounDraft, type NounName, type NounRow } from './nouns.ts'
import type { Move } from './tree.ts'

/** The rows of one noun with what is on its way laid over, and everything that can be done to them. */
export function useNoun(name: NounName) {
  const store = useCatalogStore()
  const outbox = useOutboxStore()
  const submit = useSubmit()
  const tiers = useTiersStore()

  const codes = name === 'wrapUpCodes' ? useWrapUpCodesStore() : null

  const views = computed(() => {
    if (name === 'wrapUpCodes') return codes?.rows
    return name === 'tiers' ? tiers.rows : store.catalog?.[name]
  })
  /** Null until they are known. */
  const rows = computed<NounRow[] | null>(() =>
    views.value ? expectedRows(name, views.value.map(toNounRow), outbox.queue) : null,
  )

  /** @throws what the server refuses, for the form to show */
  async function create(draft: NounDraft): Promise<void> {
    await creators[name](draft)
  }

  const creators: Record<NounName, (draft: NounDraft) => Promise<unknown>> = {
    types: ({ name, icon }) => submit('types.create', { name, icon }),
    categories: ({ name, parentId }) => submit('categories.create', { name, parentId }),
    statuses: ({ name, class: statusClass }) => submit('statuses.create', { name, class: statusClass }),
    priorities: ({ name, weight, color, criteria, procedure }) =>
      submit('priorities.create', { name, weight, color, criteria, procedure }),
    tags: ({ name, color, public: isPublic }) => submit('tags.create', { name, color, public: isPublic }),
    fields: ({ name, kind, options }) => submit('fields.create', { name, kind, options }),
    teams: ({ name, calendarId }) => submit('teams.create', { name, calendarId }),
    tiers: ({ name, weight }) => submit('tiers.create', { name, weight }),
    wrapUpCodes: ({ name }) => submit('wrapUpCodes.create', { name }),
  }

  /** @throws what the server refuses, for the form to show */
  async function update(id: string, changes: Partial<NounDraft>): Promise<void> {
    await submit(`${name}.update`, { id, changes })
  }

  /** Refusals of these stand in the outbox, and `RefusedWrites` shows them. */
  const archive = (id: string) => outbox.enqueue(`${name}.archive`, { id })
  const restore = (id: string) => outbox.enqueue(`${name}.restore`, { id })

  async function move({ id, parentId, siblings }: Move): Promise<void> {
    if (name === 'categories' && rows.value?.find((row) => row.id === id)?.parentId !== parentId)
      await outbox.enqueue('categories.update', { id, changes: { parentId } })
    if (siblings.length < 2) return
    if (name === 'teams' || name === 'tiers') await place(name, siblings)
    else if (name !== 'tags') await outbox.enqueue(`${name}.reorder`, { ids: siblings })
  }

  /** Nouns without a `reorder` take a position each. */
  async function place(noun: 'teams' | 'tiers', ids: readonly string[]): Promise<void> {
    for (const [position, id] of ids.entries())
      if (rows.value?.find((row) => row.id === id)?.position !== position)
        await outbox.enqueue(`${noun}.update`, { id, changes: { position } })
  }

  return { noun: nouns[name], rows, create, update, archive, restore, move }
}
