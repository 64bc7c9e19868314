import { dialog } from 'electron'
import type { Questions } from '../ports.ts'

export const questions: Questions = {
  async ask({ message, detail, yes, no }) {
    const { response } = await dialog.showMessageBox({
      ...{ type: 'question', message, detail, noLink: true },
      buttons: [yes, no],
      // Who presses Enter or Escape without reading changes nothing.
      ...{ defaultId: 1, cancelId: 1 },
    })
    return response === 0
  },
}
