import { nextTick, onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { toUserMessage } from '../../api/errors.ts'
import { useDesk } from '../../stores/desk.ts'
import { showToast } from '../../ui/toasts.ts'
import { useTellSaved } from './use-save-file.ts'

/** Something on paper: `isWanted` says when the page has to be drawn for it, `fileName` what it is called as a PDF. */
export function usePaper(fileName: () => string) {
  const { t } = useI18n()
  const { windows } = useDesk()
  const tellSaved = useTellSaved()
  const isWanted = ref(false)

  // Also when the browser's own menu prints. What is drawn here is there before the printer looks.
  const draw = (): void => void (isWanted.value = true)
  const putAway = (): void => void (isWanted.value = false)
  window.addEventListener('beforeprint', draw)
  window.addEventListener('afterprint', putAway)
  onScopeDispose(() => {
    window.removeEventListener('beforeprint', draw)
    window.removeEventListener('afterprint', putAway)
  })

  async function print(): Promise<void> {
    draw()
    await nextTick()
    if (windows) await windows.print()
    else window.print()
  }

  async function savePdf(): Promise<void> {
    draw()
    await nextTick()
    try {
      tellSaved((await windows?.savePdf(`${fileName()}.pdf`)) ?? null)
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
    } finally {
      putAway()
    }
  }

  return { isWanted, print, savePdf, canSavePdf: windows !== null }
}
