import { shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { MAX_FILE_SIZE } from '../../../../server/files/contract.ts'
import { toFailure, toUserMessage } from '../../../api/errors.ts'
import { useApi } from '../../../api/provide.ts'
import { newId } from '../../../outbox/new-id.ts'
import { rememberFile, type FileName } from '../uploaded-files.ts'
import { useFileSize } from '../use-file-size.ts'
import type { Mode } from './composer-draft.ts'

/** The server takes no more with one message. */
const MAX_FILES = 20

export interface Upload {
  key: string
  /** The text that the file will go with. */
  mode: Mode
  file: File
  /** From 0 to 1. */
  progress: number
  /** Why it failed, in words. */
  error: string | null
  /** Trying again makes sense. */
  retryable: boolean
}

/** Sends chosen files to the server at once, so that the reply itself only names them. */
export function useUploads(options: {
  count: (mode: Mode) => number
  onDone: (file: FileName, mode: Mode) => void
}) {
  const { t } = useI18n()
  const { files } = useApi()
  const fileSize = useFileSize()
  const uploads = shallowReactive(new Map<string, Upload>())
  const aborts = new Map<string, AbortController>()

  const put = (upload: Upload) => uploads.set(upload.key, upload)

  const under = (mode: Mode) =>
    [...uploads.values()].filter((upload) => upload.mode === mode && upload.error === null)

  function add(chosen: Iterable<File>, mode: Mode): void {
    for (const file of chosen) {
      const upload: Upload = { key: newId(), mode, file, progress: 0, error: null, retryable: false }
      const isTooMany = options.count(mode) + under(mode).length >= MAX_FILES
      if (isTooMany) put({ ...upload, error: t('ticket.file.tooMany', { max: MAX_FILES }) })
      else if (file.size > MAX_FILE_SIZE)
        put({ ...upload, error: t('ticket.file.tooLarge', { max: fileSize(MAX_FILE_SIZE) }) })
      else void start(upload)
    }
  }

  async function start(upload: Upload): Promise<void> {
    const abort = new AbortController()
    aborts.set(upload.key, abort)
    put({ ...upload, progress: 0, error: null, retryable: false })
    try {
      const sent = await files.upload(upload.file, {
        signal: abort.signal,
        onProgress: (progress) => uploads.has(upload.key) && put({ ...upload, progress }),
      })
      rememberFile(sent)
      if (uploads.delete(upload.key)) options.onDone(sent, upload.mode)
    } catch (error) {
      if (!uploads.has(upload.key)) return
      put({ ...upload, error: toUserMessage(error, t), retryable: toFailure(error).kind !== 'refused' })
    } finally {
      aborts.delete(upload.key)
    }
  }

  /** Stops an upload, or takes a failed one off the list. */
  function cancel(key: string): void {
    uploads.delete(key)
    aborts.get(key)?.abort()
  }

  function retry(key: string): void {
    const upload = uploads.get(key)
    if (upload) void start(upload)
  }

  return {
    uploadsOf: (mode: Mode) => [...uploads.values()].filter((upload) => upload.mode === mode),
    isUploading: (mode: Mode) => under(mode).length > 0,
    add,
    cancel,
    retry,
  }
}
