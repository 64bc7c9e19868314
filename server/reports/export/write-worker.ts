import { parentPort, workerData } from 'node:worker_threads'
import type { ExportFormat } from '../export.contract.ts'
import type { Cell, SheetColumn, Writing } from './table.ts'
import { openWriter } from './writers.ts'

/** What the thread is given to begin with. */
export interface WriteTask {
  format: ExportFormat
  path: string
  table: { title: string; columns: SheetColumn[]; writing: Writing }
}

/** What it is told, one at a time: whoever tells waits for the answer before the next. */
export type WriteWord = { rows: Cell[][] } | { end: true }
export type WriteAnswer = { written: number } | { size: number } | { fault: string }

/** The thread in which a file is written: the server goes on answering meanwhile. */
const { format, path, table } = workerData as WriteTask
const port = parentPort
if (!port) throw new Error('This is a thread of the server.')
const writer = openWriter(format, path, table)
const say = (answer: WriteAnswer) => port.postMessage(answer)

async function take(word: WriteWord): Promise<void> {
  try {
    if ('rows' in word) {
      await writer.write(word.rows)
      say({ written: word.rows.length })
    } else {
      say({ size: await writer.end() })
      port?.close()
    }
  } catch (error) {
    say({ fault: error instanceof Error ? error.message : String(error) })
    await writer.abandon()
    port?.close()
  }
}

port.on('message', (word: WriteWord) => void take(word))
