/** What is written into files, whichever their format. Pure. */

/**
 * How a column is to be read. Instants are milliseconds UTC, durations milliseconds, shares between 0 and 1, days `YYYY-MM-DD`.
 */
export type ColumnKind =
  'text' | 'count' | 'signed' | 'score' | 'share' | 'duration' | 'instant' | 'day' | 'flag'

export interface SheetColumn {
  title: string
  kind: ColumnKind
}

export type Cell = string | number | boolean | null

/** How a file is written for its readers. */
export interface Writing {
  locale: 'pt-BR' | 'en' | 'es'
  /** In which instants are written. */
  timezone: string
  /** What stands for a flag. */
  yes: string
  no: string
}

/** Writes a table row by row; nothing but the row in hand is kept. */
export interface TableWriter {
  /** Resolves when the disk has taken enough to go on. */
  write(rows: readonly (readonly Cell[])[]): Promise<void>
  /** Completes the file. Answers its size in octets. */
  end(): Promise<number>
  /** Lets go of the file where it is. */
  abandon(): Promise<void>
}
