/** Bytes; what an office's mail server lets through as well. */
export const MAX_FILE_SIZE = 25 * 1024 * 1024

/** A file as uploading answers it and messages list it. */
export interface FileView {
  id: string
  name: string
  /** Bytes. */
  size: number
  /** Found by looking at the content, not by trusting the name. */
  type: string
  sha256: string
}

/** Pictures that `GET /files/:id?inline=1` gives to be shown and not saved: formats that can't hold a script. */
export const inlineTypes: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]
