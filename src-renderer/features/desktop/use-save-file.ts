import { useI18n } from 'vue-i18n'
import { useDesk } from '../../stores/desk.ts'
import { showToast } from '../../ui/toasts.ts'

/** Offers files to keep; on the desktop it then says where, and leads there. */
export function useSaveFile(): (name: string, content: Blob) => Promise<void> {
  const desk = useDesk()
  const tellSaved = useTellSaved()
  return async (name, content) => tellSaved(await desk.saveFile(name, content))
}

/** Says that a file was saved at `path`; nothing when the person thought better of it. */
export function useTellSaved(): (path: string | null) => void {
  const { t } = useI18n()
  const { windows } = useDesk()
  return (path) => {
    if (path === null || !windows) return
    const name = path.split(/[\\/]/).at(-1) ?? path
    showToast({
      tone: 'success',
      text: t('windows.saved', { name }),
      action: { label: t('windows.reveal'), run: () => windows.reveal(path) },
    })
  }
}
