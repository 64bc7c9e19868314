import type { Services } from '../app.ts'
import type { DemoClock } from './demo-clock.ts'
import { passTime } from './pass-time.ts'
import type { Step, Thread, TicketTouch } from './script.ts'
import type { DemoOffice } from './seed-office.ts'
import { instantOf } from './when.ts'

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
  const deeds = threads.flatMap((thread) => deedsOf(services, office, thread, now))
  for (const deed of deeds.toSorted((a, b) => a.at - b.at)) {
    await passTime(services, clock, deed.at)
    await deed.do()
  }
  await passTime(services, clock, now)
}

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
    })
  } else if (step.does === 'notes') {
    await tickets.reply(office.viewers[step.by], { ticketId, kind: 'note', body: step.text })
  } else if (step.does === 'writes') {
    const { text, channel } = step
    const viewer = office.viewers[thread.agent ?? thread.by]
    const actor = { type: 'agent', id: viewer.agentId } as const
    await tickets.receive(actor, { ticketId, text, ...(channel && { channel }) })
  } else {
    const viewer = office.viewers[step.by]
    const { version } = await tickets.reader.detail(viewer, { id: ticketId })
    await tickets.update(viewer, { ticketId, version, changes: propertiesOf(office, step.changes, now) })
  }
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
