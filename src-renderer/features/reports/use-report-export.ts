import { useI18n } from 'vue-i18n'
import { toUserMessage } from '../../api/errors.ts'
import { showToast } from '../../ui/toasts.ts'
import { usePaper } from '../desktop/use-paper.ts'
import { useSaveFile } from '../desktop/use-save-file.ts'

interface ExportedReport {
  title: () => string
  /** Which time it is about, for a file's name. */
  days: () => string
  /** Which time and which tickets it is about, in whole. */
  about: () => string
  /** Undefined while there is no chart. */
  toPng: (subtitle: string) => Promise<Blob> | undefined
}

/** A report as a picture, on paper and as a PDF. */
export function useReportExport({ title, days, about, toPng }: ExportedReport) {
  const { t } = useI18n()
  const saveFile = useSaveFile()
  // A question mark has no place in a file's name.
  const fileName = () =>
    t('reports.export.file', { title: title(), days: days() }).replace(/[\\/:*?"<>|]/g, '')
  const paper = usePaper(fileName)

  async function savePng(): Promise<void> {
    try {
      const picture = await toPng(`${title()} ${about()}`)
      if (picture) await saveFile(`${fileName()}.png`, picture)
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
    }
  }

  return { ...paper, savePng }
}
