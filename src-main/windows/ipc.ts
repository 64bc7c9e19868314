/** What the page may ask of its window and of the system around it. */
import { z } from 'zod'

/** A name to suggest; the folder is for the person to choose. */
const fileName = z.string().min(1).max(200)
/** As large as the server's largest file, and some. */
const LARGEST_FILE = 512 * 1024 * 1024

export const windowsArguments = {
  /** Opens the ticket alone in a window of its own. */
  'windows.ticket': z.tuple([z.uuid()]),
  /** Shows an address of the page in the main window. */
  'windows.main': z.tuple([z.string().startsWith('/').max(500)]),
  /** Closes the window that asks. */
  'windows.close': z.tuple([]),
  'windows.print': z.tuple([]),
  /** What the page prints, as a file. */
  'windows.pdf': z.tuple([fileName]),
  'files.save': z.tuple([fileName, z.instanceof(Uint8Array).refine(({ length }) => length <= LARGEST_FILE)]),
  /** Shows in the file manager what was saved in this run, and nothing else. */
  'files.reveal': z.tuple([z.string().max(4096)]),
} as const

export interface WindowsAnswers {
  'windows.ticket': void
  'windows.main': void
  'windows.close': void
  'windows.print': void
  'windows.pdf': string | null
  'files.save': string | null
  'files.reveal': void
}

export interface WindowsApi {
  openTicket(ticketId: string): Promise<void>
  openMain(path: string): Promise<void>
  close(): Promise<void>
  print(): Promise<void>
  /** Asks where to; the path it was saved at, or null when the person thought better of it. */
  savePdf(name: string): Promise<string | null>
  /** Likewise, for what the page has got. */
  saveFile(name: string, content: Uint8Array<ArrayBuffer>): Promise<string | null>
  reveal(path: string): Promise<void>
}

/** To a window that was hidden when it should have said so itself. */
export interface WindowsMessage {
  readonly kind: 'still-here' | 'disk-full'
}
