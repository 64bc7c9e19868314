import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { MacroView } from '../../server/macros/contract.ts'
import { useApi } from '../api/provide.ts'
import { reordered, withRow } from './catalog-answers.ts'
import { useConnectionStore } from './connection.ts'
import { useOutboxStore } from './outbox.ts'
import { useWorkspaceStore } from './workspace.ts'

const CACHE_KEY = 'macros'

/** The office's ready answers, at hand without a network once they were read on this PC. */
export const useMacrosStore = defineStore('macros', () => {
  const { trpc } = useApi()
  const workspace = useWorkspaceStore()
  const connection = useConnectionStore()
  /** In the library's order, archived ones included; null until they are known. */
  const rows = shallowRef<MacroView[] | null>(null)
  let isFresh = false

  async function load(): Promise<void> {
    const { cache } = await workspace.whenOpen()
    rows.value ??= await cache.get<MacroView[]>(CACHE_KEY)
    await connection.whenFollowing()
    keep(await trpc.macros.list.query())
    isFresh = true
  }

  function keep(read: MacroView[]): void {
    rows.value = read
    void workspace.current?.cache.put(CACHE_KEY, read)
  }

  const loadQuietly = () => void load().catch(() => undefined)

  connection.onEvent(({ type }) => {
    // Which ones an agent is offered goes by their teams.
    if (type.startsWith('macro.') || type === 'agent.updated') loadQuietly()
  })
  connection.onResync(load)
  connection.onBack(() => !isFresh && loadQuietly())
  workspace.onOpen(loadQuietly)
  workspace.onClose(() => {
    rows.value = null
    isFresh = false
  })
  useOutboxStore().onAnswer(({ procedure }, answer) => {
    if (!rows.value || !changesLibrary.has(procedure)) return
    keep(
      procedure === 'macros.reorder'
        ? reordered(rows.value, (answer as { ids: string[] }).ids)
        : withRow(rows.value, answer as MacroView),
    )
  })

  return {
    rows,
    load,
    /** What can be used now. */
    offered: computed(() => (rows.value ?? []).filter(({ archived }) => !archived)),
  }
})

const changesLibrary: ReadonlySet<string> = new Set([
  'macros.create',
  'macros.update',
  'macros.archive',
  'macros.restore',
  'macros.reorder',
])
