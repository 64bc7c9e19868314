import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { TierView } from '../../server/customers/contract.ts'
import { useApi } from '../api/provide.ts'
import { withRow } from './catalog-answers.ts'
import { useConnectionStore } from './connection.ts'
import { useOutboxStore } from './outbox.ts'

/** The office's levels of service, kept fresh by events. */
export const useTiersStore = defineStore('tiers', () => {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  /** In the office's order, archived ones included; null until they are known. */
  const rows = shallowRef<TierView[] | null>(null)

  async function load(): Promise<void> {
    await connection.whenFollowing()
    rows.value = await trpc.tiers.list.query()
  }

  connection.onEvent(({ type }) => {
    if (type.startsWith('tier.')) void load().catch(() => undefined)
  })
  connection.onResync(load)
  connection.onBack(() => void (rows.value ?? load().catch(() => undefined)))
  useOutboxStore().onAnswer(({ procedure }, answer) => {
    if (rows.value && procedure.startsWith('tiers.')) rows.value = withRow(rows.value, answer as TierView)
  })
  void load().catch(() => undefined)

  return {
    rows,
    load,
    offered: computed(() => (rows.value ?? []).filter(({ archivedAt }) => archivedAt === null)),
  }
})
