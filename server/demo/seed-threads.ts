import type { Viewer } from '../access/viewer.ts'
import type { Services } from '../app.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { DemoClock } from './demo-clock.ts'
import { passTime } from './pass-time.ts'
import { customers } from './people.ts'
import type { Step, Thread, TicketTouch } from './script.ts'
import type { DemoOffice } from './seed-office.ts'
import { instantOf } from './when.ts'

/** No promise that is given in this time falls due in it. */
const TOGETHER_MS = 20 * 60_000

interface Deed {
  at: number
  do(): Promise<void>
}

/** Plays all threads in the order of their instants, so that the log, the numbers and the dates agree. */
export async function seedThreads(
  services: Services,
  clock: DemoClock,
  office: DemoOffice,
  threads: readonly Thread[],
  now: number,
): Promise<void> {
  const deeds = threads
    .flatMap((thread) => deedsOf(services, office, thread, now))
    .toSorted((a, b) => a.at - b.at)
  for (let done = 0; done < deeds.length;) {
    const { at = now } = deeds[done] ?? {}
    const nextDueAt = await passTime(services, clock, at)
    const together = deeds.slice(done).findIndex((each) => each.at > Math.min(at + TOGETHER_MS, nextDueAt))
    const batch = together === -1 ? deeds.slice(done) : deeds.slice(done, done + Math.max(1, together))
    await Promise.all(batch.map((deed) => writeAt(services, clock, deed)))
    done += batch.length
  }
  await passTime(services, clock, now)
}

/** Deeds that stand together share a commit, each at its own time. */
const writeAt = ({ store }: Services, clock: DemoClock, { at, do: deed }: Deed): Promise<void> =>
  store.write(() => {
    clock.set(at)
    return deed()
  })

/** What has happened of a thread by now. */
function deedsOf(services: Services, office: DemoOffice, thread: Thread, now: number): Deed[] {
  let ticketId = ''
  let at = instantOf(thread.at, now, now)
  const open = async () => {
    ticketId = await openTicket(services, office, thread, now)
  }
  const deeds: Deed[] = [{ at, do: open }]
  for (const step of thread.then ?? []) {
    at = instantOf(step.at, at, now)
    if (at > now) break
    deeds.push({ at, do: () => takeStep(services, office, { step, thread, ticketId, now }) })
  }
  return deeds
}

async function openTicket(
  services: Services,
  office: DemoOffice,
  thread: Thread,
  now: number,
): Promise<string> {
  const { by, from, channel, subject, text, type, urgency = null, impact = null } = thread
  const { id } = await services.tickets.create(office.viewers[by], {
    ...propertiesOf(office, thread, now),
    subject,
    body: text,
    bodyKind: 'public',
    requester: { id: required(office.customerIds[from], from) },
    channel,
    typeId: type,
    urgency,
    impact,
  })
  return id
}

interface Scene {
  step: Step
  thread: Thread
  ticketId: string
  now: number
}

async function takeStep(
  services: Services,
  office: DemoOffice,
  { step, thread, ticketId, now }: Scene,
): Promise<void> {
  const { tickets } = services
  if (step.does === 'answers') {
    const statusId = step.status && office.statusRef(step.status)
    await tickets.reply(office.viewers[step.by], {
      ticketId,
      kind: 'public',
      body: step.text,
      ...(statusId && { statusId }),
      ...(step.macro && { macroIds: [required(office.macroIds.get(step.macro), step.macro)] }),
    })
  } else if (step.does === 'notes') {
    await tickets.reply(office.viewers[step.by], { ticketId, kind: 'note', body: step.text })
  } else if (step.does === 'writes') {
    const { text, channel } = step
    const viewer = office.viewers[thread.agent ?? thread.by]
    const actor = { type: 'agent', id: viewer.agentId } as const
    await tickets.receive(actor, { ticketId, text, ...(channel && { channel }) })
  } else if (step.does === 'changes') {
    const ticket = await services.store.write(({ db }) => findTicket(db, ticketId))
    const { version } = required(ticket, ticketId)
    const changes = propertiesOf(office, step.changes, now)
    await tickets.update(office.viewers[step.by], { ticketId, version, changes })
  } else if (step.does === 'calls') {
    await takeCall(services, office.viewers[step.by], ticketId, thread, step)
  } else {
    const { by, kind, score, text: comment } = step
    await services.feedback.record(office.viewers[by], { ticketId, kind, score, comment })
  }
}

async function takeCall(
  { calls }: Services,
  viewer: Viewer,
  ticketId: string,
  { from }: Thread,
  { talkMinutes, wrapUpSeconds }: { talkMinutes: number; wrapUpSeconds: number },
): Promise<void> {
  const number = customers[from]?.phone
  const talkMs = talkMinutes * 60_000
  const { id: callId } = await calls.report(viewer, { event: 'ended', direction: 'in', number, talkMs })
  await calls.link(viewer, { callId, ticketId })
  await calls.wrapUp(viewer, { callId, note: '', ms: wrapUpSeconds * 1_000, noteToTicket: false })
}

/** A script's names as the ids and keys that the desk takes; what the script leaves out is left out. */
function propertiesOf(office: DemoOffice, touch: TicketTouch, now: number) {
  const { status, priority, team, agent, category, tags, fields, due } = touch
  return {
    ...(status && { statusId: office.statusRef(status) }),
    ...(priority && { priorityId: priority }),
    ...(team !== undefined && { teamId: team && office.teamIds[team] }),
    ...(agent !== undefined && { agentId: agent && office.viewers[agent].agentId }),
    ...(category && { categoryId: required(office.categoryIds.get(category), category) }),
    ...(tags && { tags }),
    ...(fields && { fields }),
    ...(due && { dueAt: new Date(now + due.inMinutes * 60_000).toISOString(), dueReason: due.reason }),
  }
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The demonstration office has no "${name}".`)
  return value
}
