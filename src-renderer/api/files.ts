import type { FileView } from '../../server/files/contract.ts'
import type { ShelfView } from '../../server/updates/contract.ts'
import { failureOf, FailureError, offline } from './errors.ts'

interface UploadOptions {
  /** From 0 to 1. */
  onProgress?(share: number): void
  signal?: AbortSignal
}

export interface Files {
  /** Answers when the server has the file safely on disk; its `id` then goes into a reply's `attachments`. @throws FailureError */
  upload(file: File, options?: UploadOptions): Promise<FileView>
  /** Fetches a file's content with the session's rights. @throws FailureError */
  download(id: string, signal?: AbortSignal): Promise<Blob>
  /** Fetches a file that the server has written for this person. @throws FailureError */
  exported(id: string): Promise<Blob>
  /** Puts one file of a client's release on the server's shelf. @throws FailureError */
  shelve(file: File, options?: UploadOptions): Promise<ShelfView>
}

export interface FilesOptions {
  baseUrl(): string
  getToken(): string | null
  onUnauthenticated(token: string): void
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export function createFiles(options: FilesOptions): Files {
  return {
    upload(file, watched) {
      const form = new FormData()
      form.append('file', file, file.name)
      return send<FileView>(options, '/files', form, watched)
    },

    // As octets and nothing else: the server streams them to its disk.
    shelve: (file, watched) =>
      send<ShelfView>(
        options,
        `/updates/${encodeURIComponent(file.name)}`,
        new Blob([file], { type: 'application/octet-stream' }),
        watched,
      ),

    download: (id, signal) => receive(options, `/files/${id}`, signal),
    exported: (id) => receive(options, `/exports/${id}`),
  }
}

async function receive(options: FilesOptions, path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await options.fetch(path, signal ? { signal } : {}).catch(() => {
    throw new FailureError(offline(signal?.aborted ? 'client.cancelled' : undefined))
  })
  if (!response.ok) throw refusal(parse(await response.text()))
  return response.blob()
}

/** Posts a body whose progress is seen. fetch doesn't tell how much has been sent; a phone on a weak link needs to see it move. */
function send<T>(
  options: FilesOptions,
  path: string,
  body: FormData | Blob,
  { onProgress, signal }: UploadOptions = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const token = options.getToken()
    request.open('POST', options.baseUrl() + path)
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0)
    request.onload = () => {
      if (request.status === 401 && token) options.onUnauthenticated(token)
      const answer = parse(request.responseText)
      if (request.status === 200 || request.status === 201) resolve(answer as T)
      else reject(refusal(answer))
    }
    request.onerror = () => reject(new FailureError(offline()))
    request.onabort = () => reject(new FailureError(offline('client.cancelled')))
    if (signal?.aborted) return reject(new FailureError(offline('client.cancelled')))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

/** The server answers errors of files in tRPC's form; anything else comes from something in between. */
function refusal(answer: unknown): FailureError {
  const data = (answer as { error?: { data?: Record<string, unknown> } } | null)?.error?.data
  return new FailureError(data ? failureOf(data) : offline())
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
