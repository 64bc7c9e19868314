/** The client's discovery in a process of its own, so that it can run in another network: says as JSON lines what it finds and where the server went. */
import { createDiscovery } from '../../src-main/discovery/discovery.ts'
import { openSettings } from '../../src-main/settings/settings.ts'

const [folder = '', known = '{}'] = process.argv.slice(2)
const say = (line: unknown) => void process.stdout.write(`${JSON.stringify(line)}\n`)
const settings = openSettings(folder, say)
settings.update(JSON.parse(known) as object)

const discovery = createDiscovery({
  settings,
  tell: say,
  onMoved: (url) => {
    settings.update({ serverUrl: url })
    say({ kind: 'moved', url })
  },
  ports: {
    log: say,
    clock: {
      now: () => Date.now(),
      after(ms, act) {
        // What takes ten seconds on a desk takes one here.
        const timer = setTimeout(act, ms / 10)
        return () => clearTimeout(timer)
      },
    },
  },
})
discovery.show(true)
discovery.search()
process.once('SIGTERM', () => {
  discovery.stop()
  process.exit(0)
})
