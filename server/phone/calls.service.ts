import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import { headSeq } from '../events/feed.ts'
import { newId } from '../ids.ts'
import type { Db, Tx } from '../store/store.ts'
import type { MessageView, Reply } from '../tickets/contract.ts'
import { plainTextToHtml } from '../tickets/message-body.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { ownLine, shapeOf, type CallFacts } from './call-facts.ts'
import { CallBook, type CallBookDeps } from './call-book.ts'
import { listCalls, missedToHandle } from './call-list.ts'
import {
  customersNamed,
  deleteCallsBefore,
  findCall,
  linesOf,
  openFor,
  takeLines,
  toWrapUp,
  type LineRow,
} from './call-rows.ts'
import { mayClaim, popOf, roleOf, tookPart, wrapUpMs, type ViewDeps } from './call-view.ts'
import type {
  CallPage,
  CallPop,
  CallState,
  CurrentCalls,
  HandleCall,
  LinkCall,
  ListCalls,
  MissedCalls,
  OwnCallReport,
  WrapUp,
} from './contract.ts'
import { DueCalls } from './due-calls.ts'
import type { CallRow } from './entities.ts'
import { agentAt, extensionOfAgent } from './extensions.service.ts'
import type { HookReport } from './hook-fields.contract.ts'
import type { PhoneKeys } from './keys.service.ts'
import { settleAlert, type MissedDeps } from './missed-calls.ts'

const DAY_MS = 24 * 60 * 60_000
/** Recordings must be findable for 90 days where federal rules for call centres hold, records for two years. */
const KEPT_MS = 731 * DAY_MS
const TESTS_KEPT_MS = DAY_MS
/** Reserved for stories: nobody has it. */
const TEST_NUMBER = '+55 11 5550-0100'

export interface CallsDeps extends CallBookDeps, MissedDeps, Omit<ViewDeps, 'tickets'> {
  keys: PhoneKeys
  list: ViewDeps['tickets']
  reply: (viewer: Viewer, input: Reply) => Promise<MessageView>
}

/** Calls: what exchanges tell of them, whose they are, and what people put to them. */
export class Calls {
  readonly #deps: CallsDeps
  readonly #views: ViewDeps
  readonly #book: CallBook
  /** What falls due of calls, for the scheduler. */
  readonly due: DueCalls

  constructor(deps: CallsDeps) {
    this.#deps = deps
    this.#views = { read: deps.read, people: deps.people, tickets: deps.list }
    this.#book = new CallBook(deps)
    this.due = new DueCalls(deps, this.#book)
  }

  /** What an exchange told, under the key that it showed. */
  hook(keyId: string, report: HookReport): Promise<{ callId: string; state: CallState }> {
    const { store, keys } = this.#deps
    return store.write(async (tx) => {
      await keys.used(tx, keyId)
      const lines = []
      for (const extension of report.extensions)
        lines.push({ line: extension, agentId: await agentAt(tx.db, extension) })
      const actor = { type: 'system' } as const
      const { id, state } = await this.#book.tell(tx, { ...report, lines, actor, source: `key:${keyId}` })
      return { callId: id, state }
    })
  }

  /** What the viewer's own computer or phone program told. */
  report(viewer: Viewer, report: OwnCallReport): Promise<CallPop> {
    const { agentId } = viewer
    return this.#deps.store.write(async (tx) => {
      const call = await this.#book.tell(tx, {
        ...{ source: `agent:${agentId}`, actor: agentOf(viewer), event: report.event },
        ...{
          callId: report.callId || null,
          number: report.number ?? '',
          direction: report.direction ?? null,
        },
        ...{ recordingUrl: report.recordingUrl ?? null, at: report.at ?? null },
        ...{ talkMs: report.talkMs ?? 0, isKept: true },
        lines: [await this.#lineOf(tx.db, viewer)],
      })
      return this.#pop(tx.db, viewer, call)
    })
  }

  /** A call that nobody made rings at the viewer's phone for half a minute. */
  test(viewer: Viewer): Promise<CallPop> {
    return this.#deps.store.write(async (tx) => {
      const call = await this.#book.tell(tx, {
        ...{ source: `test:${viewer.agentId}`, actor: agentOf(viewer), event: 'incoming', callId: newId() },
        ...{ number: TEST_NUMBER, direction: 'in', recordingUrl: null, at: null, isTest: true },
        lines: [await this.#lineOf(tx.db, viewer)],
      })
      return this.#pop(tx.db, viewer, call)
    })
  }

  async current(viewer: Viewer): Promise<CurrentCalls> {
    const { read, options, clock } = this.#deps
    const seq = await headSeq(read)
    const settings = await options.get()
    const now = clock.now()
    const rows = [
      ...(await openFor(read, viewer.agentId)),
      ...(await toWrapUp(read, viewer.agentId, now - wrapUpMs(settings.wrapUp))),
    ]
    const items: CallPop[] = []
    for (const row of rows)
      if (roleOf(viewer, row, await linesOf(read, [row.seq]), settings, now) !== null)
        items.push(await popOf(this.#views, read, viewer, row, settings, now))
    const isLast = (call: CallPop) => Number(call.role === 'unclaimed')
    return { items: items.toSorted((a, b) => isLast(a) - isLast(b)), seq }
  }

  list(viewer: Viewer, wanted: ListCalls): Promise<CallPage> {
    return listCalls(this.#views, viewer, wanted)
  }

  async missed(viewer: Viewer): Promise<MissedCalls> {
    return { mine: await missedToHandle(this.#deps.read, viewer) }
  }

  /** @throws NOT_FOUND `call.not_found` */
  async get(viewer: Viewer, { callId }: { callId: string }): Promise<CallPop> {
    const call = await this.#visible(this.#deps.read, viewer, callId)
    return this.#pop(this.#deps.read, viewer, call)
  }

  /**
   * Takes a call of which no phone of anybody here was named, or that rings at the viewer's: it counts as answered by the viewer. Again it changes nothing.
   * @throws NOT_FOUND `call.not_found`; CONFLICT `call.taken` with `agent`, `call.over`
   */
  claim(viewer: Viewer, { callId }: { callId: string }): Promise<CallPop> {
    const { store, clock, people, options } = this.#deps
    return store.write(async (tx) => {
      const call = await findCall(tx.db, callId)
      if (!call) throw notFound('call')
      if (call.state === 'answered' && call.agentId === viewer.agentId) return this.#pop(tx.db, viewer, call)
      // Told also to those who were a moment too late and may not see it any more: it was everybody's.
      if (call.state === 'answered' && call.agentId !== null) {
        const agent = (await people.current()).agents.get(call.agentId)
        throw new AppError('CONFLICT', 'call.taken', {
          details: { agent: agent && { id: agent.id, name: agent.name } },
        })
      }
      const isAtOwnPhone = (await linesOf(tx.db, [call.seq])).some(
        ({ agentId }) => agentId === viewer.agentId,
      )
      if (!mayClaim(viewer, call, (await options.get()).unclaimed) && !isAtOwnPhone) throw notFound('call')
      if (call.state !== 'ringing' && call.state !== 'answered') throw new AppError('CONFLICT', 'call.over')
      // Who takes a call at a phone that is nobody's sits there: what the exchange tells of that phone is then about them.
      if (call.isUnclaimed === 1) await takeLines(tx, call.seq, viewer.agentId)
      const line = await this.#ownLineOf(tx, viewer, call)
      const fact = { event: 'answered', line: line.line, at: clock.now() } as const
      const after = await this.#book.put(tx, call, [fact], agentOf(viewer), { lines: [line] })
      return this.#pop(tx.db, viewer, after)
    })
  }

  /** @throws NOT_FOUND `call.not_found`, `ticket.not_found`, `customer.not_found` */
  link(viewer: Viewer, { callId, ticketId, customerId }: LinkCall): Promise<CallPop> {
    return this.#deps.store.write(async (tx) => {
      const call = await this.#visible(tx.db, viewer, callId)
      const ticket = ticketId === undefined ? undefined : await findTicket(tx.db, ticketId)
      if (ticketId !== undefined && (!ticket || !maySeeTicket(viewer, ticket))) throw notFound('ticket')
      const wanted = ticket?.requesterId ?? customerId ?? call.customerId
      if (wanted && !(await customersNamed(tx.db, [wanted])).has(wanted)) throw notFound('customer')
      const changes = { ticketId: ticket?.id ?? call.ticketId, customerId: wanted }
      if (changes.ticketId === call.ticketId && changes.customerId === call.customerId)
        return this.#pop(tx.db, viewer, call)
      return this.#pop(tx.db, viewer, await this.#book.amend(tx, call, agentOf(viewer), changes))
    })
  }

  /**
   * How the viewer's own call ended, in the office's words. A call whose end nobody told ends with it; again it replaces what was said.
   * @throws NOT_FOUND `call.not_found`; FORBIDDEN `call.not_yours`; VALIDATION at `codeId` `call.code_required`, `call.code_unknown`, at
   * `noteToTicket` `call.no_ticket`
   */
  wrapUp(viewer: Viewer, { callId, codeId, note, ms, noteToTicket }: WrapUp): Promise<CallPop> {
    const { store, clock, options, reply } = this.#deps
    return store.write(async (tx) => {
      const call = await this.#visible(tx.db, viewer, callId)
      if (call.agentId !== viewer.agentId) throw new AppError('FORBIDDEN', 'call.not_yours')
      const { required } = (await options.get()).wrapUp
      if (required && !codeId) throw invalid('codeId', 'call.code_required')
      if (codeId && !(await isCode(tx, codeId))) throw invalid('codeId', 'call.code_unknown')
      const { ticketId } = call
      if (noteToTicket && ticketId === null) throw invalid('noteToTicket', 'call.no_ticket')
      const now = clock.now()
      const changes = { wrapUpCodeId: codeId ?? null, wrapUpNote: note, wrapUpMs: ms, wrapUpAt: now }
      const ended = await this.#ended(tx, call, viewer, now)
      const after = await this.#book.amend(tx, ended, agentOf(viewer), changes)
      if (noteToTicket && ticketId !== null && note !== '')
        await reply(viewer, { ticketId, kind: 'note', body: plainTextToHtml(note), channel: 'phone' })
      return this.#pop(tx.db, viewer, after)
    })
  }

  /**
   * Somebody took care of a missed call, so that the desk does nothing more about it and its alert is quiet; or it is to be taken care of after all.
   * @throws NOT_FOUND `call.not_found`; CONFLICT `call.not_missed`
   */
  handle(viewer: Viewer, { callId, handled }: HandleCall): Promise<CallPop> {
    return this.#deps.store.write(async (tx) => {
      const call = await this.#visible(tx.db, viewer, callId)
      if (call.state !== 'missed') throw new AppError('CONFLICT', 'call.not_missed')
      if ((call.wrapUpAt !== null) === handled) return this.#pop(tx.db, viewer, call)
      const changes = handled
        ? { wrapUpAt: this.#deps.clock.now(), wrapUpMs: 0 }
        : { wrapUpAt: null, wrapUpMs: null }
      const after = await this.#book.amend(tx, call, agentOf(viewer), changes)
      if (handled) await settleAlert(this.#deps, tx, after, agentOf(viewer))
      return this.#pop(tx.db, viewer, after)
    })
  }

  /** Forgets calls of long ago, and tests of yesterday. */
  async sweep(now: number): Promise<void> {
    await this.#deps.store.write((tx) => deleteCallsBefore(tx, now - KEPT_MS, now - TESTS_KEPT_MS))
  }

  async #ended(tx: Tx, call: CallRow, viewer: Viewer, now: number): Promise<CallRow> {
    if (call.state !== 'answered') return call
    return this.#book.put(tx, call, [{ event: 'ended', line: '', at: now }], agentOf(viewer))
  }

  /** Of the viewer's phones that the call is at the one that has it, or any; else the viewer's own. */
  async #ownLineOf(tx: Tx, viewer: Viewer, call: CallRow): Promise<Omit<LineRow, 'callSeq'>> {
    const known = (await linesOf(tx.db, [call.seq])).filter(({ agentId }) => agentId === viewer.agentId)
    const { holder } = shapeOf(JSON.parse(call.facts) as CallFacts, call.direction)
    return known.find(({ line }) => line === holder) ?? known[0] ?? (await this.#lineOf(tx.db, viewer))
  }

  async #lineOf(db: Db, { agentId }: Viewer): Promise<Omit<LineRow, 'callSeq'>> {
    return { line: (await extensionOfAgent(db, agentId)) ?? ownLine(agentId), agentId }
  }

  /** One's own, one that is nobody's yet, or one of a ticket that may be seen. @throws NOT_FOUND `call.not_found` */
  async #visible(db: Db, viewer: Viewer, id: string): Promise<CallRow> {
    const call = await findCall(db, id)
    if (!call) throw notFound('call')
    const lines = await linesOf(db, [call.seq])
    if (tookPart(viewer, call, lines)) return call
    if (mayClaim(viewer, call, (await this.#deps.options.get()).unclaimed)) return call
    const ticket = call.ticketId === null ? undefined : await findTicket(db, call.ticketId)
    if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('call')
    return call
  }

  async #pop(db: Db, viewer: Viewer, call: CallRow): Promise<CallPop> {
    const { options, clock } = this.#deps
    return popOf(this.#views, db, viewer, call, await options.get(), clock.now())
  }
}

const agentOf = ({ agentId }: Viewer) => ({ type: 'agent', id: agentId }) as const

async function isCode(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx.db.sql<
    { id: string }[]
  >`SELECT id FROM wrap_up_code WHERE id = ${id} AND archivedAt IS NULL`
  return row !== undefined
}
