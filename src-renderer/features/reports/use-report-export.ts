import { useI18n } from 'vue-i18n'
import { toUserMessage } from '../../api/errors.ts'
import { showToast } from '../../ui/toasts.ts'
import { usePaper } from '../desktop/use-paper.ts'
import { useSaveFile } from '../desktop/use-save-file.ts'

interface ExportedReport {
  title: () => string
  /** Which time it is about, in whole. */
  subtitle: () => string
  /** The same for a file's name. */
  days: () => string
  /** Undefined while there is no chart. */
  toPng: (title: string, subtitle: string) => Promise<Blob> | undefined
}

/** A report as a picture, on paper and as a PDF. */
export function useReportExport({ title, subtitle, days, toPng }: ExportedReport) {
  const { t } = useI18n()
  const saveFile = useSaveFile()
  // A question mark has no place in a file's name.
  const fileName = () =>
    t('reports.export.file', { title: title(), days: days() }).replace(/[\\/:*?"<>|]/g, '')
  const paper = usePaper(fileName)

  async function savePng(): Promise<void> {
    try {
      const picture = await toPng(title(), subtitle())
      if (picture) await saveFile(`${fileName()}.png`, picture)
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
    }
  }

  return { ...paper, savePng }
}
