import { parentPort, workerData } from 'node:worker_threads'
import { foldName } from '../catalog/fold-name.ts'
import { openReader } from '../store/reader.ts'
import { answer } from './answer.ts'
import { select } from './select.ts'
import { ticketCells } from './ticket-cells.ts'
import type { Answer, Question, Selected, Selection } from './question.ts'
import type { Cell } from './ticket-stream.contract.ts'

/** What a thread can be asked, and what it says to each. */
export interface Work {
  answer: { asked: Question; said: Answer }
  select: { asked: Selection; said: Selected }
  cells: { asked: number[]; said: (Cell[] | null)[] }
}

export type Order = { [Kind in keyof Work]: { kind: Kind; asked: Work[Kind]['asked'] } }[keyof Work]
export type Word = { said: Work[keyof Work]['said'] } | { fault: Error }

/** A thread that adds up reports, one order after the other, on a connection of its own: the server goes on answering meanwhile. */
const { file } = workerData as { file: string }
const reader = openReader(file, { fold: foldName })
const say = (word: Word) => parentPort?.postMessage(word)

parentPort?.on('message', (order: Order) => {
  try {
    say({ said: carryOut(order) })
  } catch (fault) {
    say({ fault: fault instanceof Error ? fault : new Error(String(fault)) })
  }
})

function carryOut(order: Order): Work[keyof Work]['said'] {
  if (order.kind === 'answer') return answer(reader, order.asked)
  return order.kind === 'select' ? select(reader, order.asked) : ticketCells(reader, order.asked)
}
