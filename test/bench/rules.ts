import { constants, copyFile, mkdtemp, rm } from 'node:fs/promises'
import { serverCommand } from '../../build/server-command.ts'
import type { NewRule, RulePreview } from '../../server/rules/contract.ts'
import { startServerProcess } from '../support/server-process.ts'
import { Agent } from './agent.ts'
import { databaseFile } from './fill.ts'
import { HttpClient } from './http-client.ts'
import { readLandmarks } from './landmarks.ts'
import { timeCalls } from './measure.ts'
import { logIn } from './office.ts'
import { dataOf, mutation, query, writeOperations } from './operations.ts'
import type { BenchOptions } from './options.ts'
import { RARE_WORD } from './phrases.ts'
import type { RulesResult } from './report-rules.ts'

const RULES = 200
/** Rules besides that do something to every ticket. */
const ACTING = 2
const CALM_ROUNDS = 200
const PREVIEW_DAYS = 90

/** What rules cost those who work at the desk: on each new ticket, and while one is tried out on the last ninety days. */
export async function measureRules(filledDir: string, options: BenchOptions): Promise<RulesResult> {
  const dataDir = await mkdtemp(`${filledDir}-run-`)
  try {
    await copyFile(databaseFile(filledDir), databaseFile(dataDir), constants.COPYFILE_FICLONE)
    return await measureServer(dataDir, options)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measureServer(dataDir: string, { samples, cpuProfile }: BenchOptions): Promise<RulesResult> {
  const landmarks = readLandmarks(databaseFile(dataDir))
  const server = await startServerProcess([
    ...(cpuProfile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfile}`]),
    ...[...serverCommand, '--data-dir', dataDir, '--port', '0', '--host', '127.0.0.1', '--log-level', 'warn'],
  ])
  try {
    const desk = new HttpClient(server.url, { authorization: `Bearer ${await logIn(server.url)}` })
    const { create } = writeOperations(landmarks)
    const sample = { warmUp: 60, samples }
    const preview = await timePreview(desk, new Agent(desk, landmarks))
    const without = await timeCalls(desk, create.desk, sample)
    for (let index = 0; index < RULES; index++)
      await desk.send(mutation('rules.create', ruleOf(index, false)))
    const asked = await timeCalls(desk, create.desk, sample)
    for (let index = 0; index < ACTING; index++)
      await desk.send(mutation('rules.create', ruleOf(RULES + index, true)))
    const acting = await timeCalls(desk, create.desk, sample)
    const result = { rules: RULES, acting: ACTING, create: { without, asked, acting }, preview }
    desk.close()
    return result
  } finally {
    await server.stop()
  }
}

/**
 * Five conditions of which none holds, so that each has to be asked, and every kind of work among them: words in the message, a
 * row, the channel. One that `holds` tags the ticket.
 */
function ruleOf(index: number, holds: boolean): NewRule {
  return {
    name: `Regra ${index + 1}`,
    on: ['ticket.created', 'message.received'],
    when: {
      any: [
        { field: 'message', op: 'containsWord', value: [`palavra${index}`, `expressão rara ${index}`] },
        { field: 'subject', op: 'contains', value: `assunto${index}` },
        { field: 'message.channel', op: 'is', value: 'chat' },
        { field: 'status', op: 'is', value: 'closed' },
        { field: 'statusClass', op: holds ? 'is' : 'isNot', value: 'new' },
      ],
    },
    then: [{ do: 'addTags', value: ['regra de prova'] }],
    after: null,
    stop: false,
    enabled: true,
  }
}

async function timePreview(desk: HttpClient, agent: Agent): Promise<RulesResult['preview']> {
  const before = await agent.work((rounds) => rounds < CALM_ROUNDS)
  const rule = {
    name: 'Palavra rara',
    on: ['ticket.created', 'message.received'],
    when: { all: [{ field: 'message', op: 'containsWord', value: RARE_WORD }] },
    then: [
      { do: 'setPriority', value: 'urgent' },
      { do: 'addNote', value: 'Cliente {{ customer.name }} citou a palavra.' },
    ],
  }
  let isDone = false
  const started = performance.now()
  const asked = desk.send(query('rules.preview', { rule, days: PREVIEW_DAYS })).then(({ json }) => {
    isDone = true
    return { ms: performance.now() - started, answer: dataOf(json) as RulePreview }
  })
  const during = await agent.work(() => !isDone)
  const { ms, answer } = await asked
  return { ms, ...{ tickets: answer.tickets, events: answer.events, total: answer.total }, before, during }
}
