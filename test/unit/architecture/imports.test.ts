import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

interface Import {
  from: string
  to: string
  /** Erased before anything runs. */
  isType: boolean
}

/** One direction that imports may not run in, and what to do instead. */
interface Rule {
  name: string
  forbids: (edge: Import) => boolean
  instead: string
}

const isContract = (path: string) => /(^|[./])contract\.ts$/.test(path)
const pureFiles = [
  'server/tickets/ticket-state.ts',
  'server/tickets/lifecycle.ts',
  'server/tickets/message-body.ts',
  'server/tickets/snippet.ts',
  'server/access/viewer.ts',
  'server/alerts/recipients.ts',
  'server/alerts/telling.ts',
  'server/alerts/private-alerts.ts',
  'server/dashboards/office-day.ts',
  'server/dashboards/scope.ts',
  'server/dashboards/snapshot-of.ts',
  'server/sla/zone.ts',
  'server/sla/calendar.ts',
  'server/sla/business-time.ts',
  'server/sla/brazilian-names.ts',
  'server/sla/clock-view.ts',
  'server/sla/explain.ts',
  'server/sla/levels.ts',
  'server/sla/facts.ts',
  'server/sla/clock.ts',
  'server/sla/policy.ts',
  'server/sla/policy-check.ts',
  'server/sla/policy-order.ts',
  'server/sla/policy-refs.ts',
  'server/sla/presets.ts',
  'server/conditions/condition-refs.ts',
  'server/conditions/condition-text.ts',
  'server/conditions/leaf-tests.ts',
  'server/conditions/patterns.ts',
  'server/conditions/row-names.ts',
  'server/conditions/conditions.ts',
  'server/conditions/contradictions.ts',
  'server/conditions/trees.ts',
  'server/rules/time/wait.ts',
  'server/rules/preview/history.ts',
  'server/rules/preview/overlay.ts',
  'server/rules/preview/replay.ts',
  'server/rules/preview/preview-tally.ts',
  'server/rules/named-changes.ts',
  'server/templates/engine.ts',
  'server/templates/moment.ts',
  'server/templates/templates.ts',
  'server/macros/effects.ts',
  'server/macros/macro-check.ts',
  'server/rules/planner.ts',
  'server/rules/round.ts',
  'server/rules/draft.ts',
  'server/rules/rule-loops.ts',
  'server/rules/property-actions.ts',
  'server/rules/compiled-rules.ts',
  'server/rules/rule.ts',
  'server/rules/rule-check.ts',
  'server/rules/rule-file.ts',
  'server/rules/rule-order.ts',
  'server/rules/rule-refs.ts',
  'server/reports/columns.ts',
  'server/reports/ordered-counts.ts',
  'server/reports/tally.ts',
  'server/reports/ticket-facts.ts',
  'server/reports/wall-clock.ts',
]

/** What of the page's code runs in the main process too, and so may know neither Vue nor a document. */
const sharedWithMain = [
  'src-renderer/api/transport.ts',
  'src-renderer/api/live.ts',
  'src-renderer/api/live-feed.ts',
  'src-renderer/api/errors.ts',
  'src-renderer/i18n/format.ts',
]

const rules: Rule[] = [
  {
    name: 'the server knows no client',
    forbids: ({ from, to }) => from.startsWith('server/') && /^(src-main|src-renderer|test|build)\//.test(to),
    instead: 'Put what both need into a contract.ts of the server.',
  },
  {
    name: 'clients take only types, contracts and ids of the server',
    forbids: ({ from, to, isType }) =>
      /^src-(main|renderer)\//.test(from) &&
      to.startsWith('server/') &&
      !isType &&
      !isContract(to) &&
      to !== 'server/ids.ts' &&
      to !== 'server/phone/token-bucket.ts',
    instead: 'Import a type, or move the schema into the domain’s contract.ts.',
  },
  {
    name: 'contracts stand on contracts alone, for clients are built with them',
    forbids: ({ from, to, isType }) =>
      from.startsWith('server/') &&
      isContract(from) &&
      !isType &&
      to !== 'zod' &&
      to !== 'server/ids.ts' &&
      !isContract(to),
    instead: 'Keep a contract to zod schemas and types.',
  },
  {
    name: 'the store is the ground: it knows no domain',
    forbids: ({ from, to, isType }) =>
      from.startsWith('server/store/') && !isType && /^server\/(?!store\/)/.test(to),
    instead: 'Hand what the store needs in as a parameter.',
  },
  {
    name: 'domains know routers of no other domain, and nobody but the composition knows app.ts at run time',
    forbids: ({ from, to, isType }) =>
      from.startsWith('server/') && to === 'server/app.ts' && !isType && from !== 'server/serve.ts',
    instead: 'Take the service as a dependency.',
  },
  {
    name: 'services know no HTTP',
    forbids: ({ from, to }) =>
      from.startsWith('server/') &&
      !/^server\/(api\/|serve|announce|listen|app)|routes\.ts$/.test(from) &&
      /^(fastify|@fastify\/)/.test(to),
    instead: 'HTTP belongs to server/api and *.routes.ts.',
  },
  {
    name: 'only the store opens a database',
    forbids: ({ from, to, isType }) =>
      from.startsWith('server/') && !from.startsWith('server/store/') && !isType && to === 'better-sqlite3',
    instead: 'Use store.read and store.write.',
  },
  {
    name: 'pure decisions know neither store nor clock nor HTTP',
    forbids: ({ from, to, isType }) =>
      pureFiles.includes(from) && !isType && /^(typeorm|fastify|node:|server\/(store|clock|app))/.test(to),
    instead: 'Pass in what is needed as plain values.',
  },
  {
    name: 'only the adapters and the preload know Electron',
    forbids: ({ from, to, isType }) =>
      to === 'electron' && !isType && !/^(src-main\/(electron|preload)\/|test\/|build\/)/.test(from),
    instead: 'Add what you need to src-main/ports.ts and adapt it in src-main/electron/.',
  },
  {
    name: 'the client’s building blocks know no store and no server',
    forbids: ({ from, to }) =>
      from.startsWith('src-renderer/ui/') && /^src-renderer\/(stores|api|outbox|features|shell)\//.test(to),
    instead: 'Properties in, events out.',
  },
  {
    // The main process follows the server itself, as the page does: one way to talk to it, and one wording of an alert.
    name: 'main process and page share the server’s contracts, the way to the server, and words; the bridge’s types alone besides',
    forbids: ({ from, to, isType }) =>
      (from.startsWith('src-main/') &&
        to.startsWith('src-renderer/') &&
        !isType &&
        !sharedWithMain.includes(to) &&
        !/^src-renderer\/i18n\/messages\/.*\.json$/.test(to)) ||
      (from.startsWith('src-renderer/') && to.startsWith('src-main/') && !isType),
    instead: 'Speak through the desk bridge.',
  },
]

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.(ts|vue|mjs)$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const statements = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?([^'";]*?from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
  )
  return [...statements].map(([, , typeKeyword, names = '', path = '', dynamic = '']) => {
    const target = path || dynamic
    const to = target.startsWith('.')
      ? relative(root, resolve(root, dirname(file), target))
          .split(sep)
          .join('/')
      : target
    const named = /^\{([^}]*)\}/
      .exec(names.trim())?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean)
    return {
      from: file,
      to,
      isType:
        Boolean(typeKeyword) || Boolean(named?.length && named.every((name) => name.startsWith('type '))),
    }
  })
}

const edges = ['server', 'src-main', 'src-renderer', 'build', 'test'].flatMap(sources).flatMap(importsOf)

describe('import directions', () => {
  it('are read from the real tree', () => {
    expect(edges.length).toBeGreaterThan(200)
    expect(edges).toContainEqual({ from: 'server/serve.ts', to: 'server/app.ts', isType: false })
  })

  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, { forbids, instead }) => {
    const wrong = edges.filter(forbids).map(({ from, to }) => `${from} imports ${to}. ${instead}`)
    expect(wrong).toEqual([])
  })
})

describe('transactions', () => {
  it('are opened by the writer and by nobody else', () => {
    // `DEFERRED` is how a thread reads many things of one moment; its connection can't write.
    const opener = /\.transaction\(|startTransaction|\bBEGIN\b(?! EXCLUSIVE| DEFERRED)|SAVEPOINT/
    const openers = sources('server').filter((file) => opener.test(readFileSync(join(root, file), 'utf8')))
    expect(openers).toEqual(['server/store/writer.ts'])
  })
})
