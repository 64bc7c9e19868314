import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { WrapUpCodeView } from '../../server/phone/contract.ts'
import { useApi } from '../api/provide.ts'
import { reordered, withRow } from './catalog-answers.ts'
import { useConnectionStore } from './connection.ts'
import { useOutboxStore } from './outbox.ts'

/** The office's words for how calls end, kept fresh by events. */
export const useWrapUpCodesStore = defineStore('wrapUpCodes', () => {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  /** In the office's order, archived ones included; null until they are known. */
  const rows = shallowRef<WrapUpCodeView[] | null>(null)

  async function load(): Promise<void> {
    await connection.whenFollowing()
    rows.value = await trpc.wrapUpCodes.list.query()
  }

  connection.onEvent(({ type }) => {
    if (type.startsWith('wrapUpCode.')) void load().catch(() => undefined)
  })
  connection.onResync(load)
  connection.onBack(() => void (rows.value ?? load().catch(() => undefined)))
  useOutboxStore().onAnswer(({ procedure }, answer) => {
    if (!rows.value || !procedure.startsWith('wrapUpCodes.')) return
    rows.value =
      procedure === 'wrapUpCodes.reorder'
        ? reordered(rows.value, (answer as { ids: string[] }).ids)
        : withRow(rows.value, answer as WrapUpCodeView)
  })
  void load().catch(() => undefined)

  return { rows, load, offered: computed(() => (rows.value ?? []).filter(({ archived }) => !archived)) }
})
