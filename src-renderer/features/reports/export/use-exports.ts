import { onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DrillDown, RunReport } from '../../../../server/reports/contract.ts'
import type { ExportFormat, ExportView } from '../../../../server/reports/export.contract.ts'
import { toFailure, toUserMessage } from '../../../api/errors.ts'
import { useApi } from '../../../api/provide.ts'
import type { Locale } from '../../../i18n/locales.ts'
import { newId } from '../../../outbox/new-id.ts'
import { showToast } from '../../../ui/toasts.ts'
import { useSaveFile } from '../../desktop/use-save-file.ts'

type Wanted =
  { what: 'table'; question: RunReport } | { what: 'tickets'; question: Omit<DrillDown, 'cursor' | 'limit'> }

const ASK_EVERY_MS = 700

/** Files that this person asked for: written on the server, fetched when they are done, whether or not somebody waits. */
export function useExports() {
  const { trpc, files } = useApi()
  const { t, locale } = useI18n()
  const saveFile = useSaveFile()
  const exports = ref<ExportView[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let isGone = false
  onScopeDispose(() => {
    isGone = true
    clearTimeout(timer)
  })

  const running = () => exports.value.filter(({ state }) => state === 'running')
  const fail = (error: unknown) => void showToast({ tone: 'danger', text: toUserMessage(error, t) })

  function put(view: ExportView): void {
    const others = exports.value.filter(({ id }) => id !== view.id)
    exports.value = [view, ...others].sort((a, b) => b.startedAt.localeCompare(a.startedAt))
  }

  async function start(wanted: Wanted, format: ExportFormat): Promise<void> {
    try {
      put(await trpc.exports.start.mutate({ ...wanted, id: newId(), format, locale: locale.value as Locale }))
      watchThem()
    } catch (error) {
      fail(error)
    }
  }

  function watchThem(): void {
    clearTimeout(timer)
    if (!isGone && running().length > 0) timer = setTimeout(() => void look().then(watchThem), ASK_EVERY_MS)
  }

  const isUnknown = (error: unknown) => toFailure(error).code === 'NOT_FOUND'

  /** Null while the server can't be asked. What it knows no more of, as after a restart, will never be done. */
  const progressOf = (file: ExportView): Promise<ExportView | null> =>
    trpc.exports.progress
      .query({ id: file.id })
      .catch((error: unknown) => (isUnknown(error) ? { ...file, state: 'failed' as const } : null))

  async function look(): Promise<void> {
    for (const file of running()) {
      const view = await progressOf(file)
      // Meanwhile it may have been cancelled here, or fetched.
      if (isGone || !view || !running().some(({ id }) => id === file.id)) continue
      put(view)
      if (view.state === 'done') await fetchFile(view)
    }
  }

  async function fetchFile({ id, fileName }: ExportView): Promise<void> {
    try {
      await saveFile(fileName, await files.exported(id))
    } catch (error) {
      fail(error)
    }
  }

  /** Ends it, or throws its file away. */
  async function cancel({ id }: ExportView): Promise<void> {
    try {
      await trpc.exports.cancel.mutate({ id })
    } catch (error) {
      if (!isUnknown(error)) return fail(error)
    }
    exports.value = exports.value.filter((each) => each.id !== id)
  }

  async function load(): Promise<void> {
    const known = await trpc.exports.list.query().catch(() => [])
    exports.value = known.filter(({ state }) => state !== 'cancelled')
    watchThem()
  }

  return { exports, start, cancel, fetchFile, load }
}
