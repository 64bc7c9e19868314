import { join } from 'node:path'
import { announce } from './announce.ts'
import { createApp } from './app.ts'
import { createHttpServer } from './api/http-server.ts'
import { systemClock } from './clock.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { DemoClock } from './demo/demo-clock.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { startHousekeeping } from './housekeeping.ts'
import { AddressError, listen } from './api/listen.ts'
import { createLogger } from './logger.ts'
import { lockDataDir } from './store/data-dir-lock.ts'
import { StoreError } from './store/upgrade.ts'

/** What the process ends with, as scripts may rely on. */
const EXIT = { badConfig: 2, badStore: 3, portTaken: 4 }

const STOP_PATIENCE_MS = 5_000

const config = readConfigOrExit()
try {
  await serve(config)
} catch (error) {
  if (error instanceof StoreError) exitWith(EXIT.badStore, error.message)
  if (error instanceof AddressError) exitWith(error.isTaken ? EXIT.portTaken : EXIT.badConfig, error.message)
  throw error
}

async function serve({ dataDir, host, port, logLevel, demo }: Config): Promise<void> {
  const lock = lockDataDir(dataDir)
  const logger = createLogger(logLevel)
  const clock = new DemoClock()
  const services = await createApp({ dataDir }, demo ? clock : systemClock)
  const server = await createHttpServer(services, logger, join(import.meta.dirname, '../out/renderer'))
  const demoLogins = demo ? await seedDemo(services, clock) : null
  const stopHousekeeping = startHousekeeping(services, logger)
  services.schedule.start(logger)
  services.recompute.start(logger)
  services.ruleEngine.logTo(logger)
  services.timeRules.scan.start(logger)
  for (const policyId of (await services.book.current()).unreadable)
    logger.error({ policyId }, 'a policy can’t be read and promises nothing')
  for (const ruleId of (await services.ruleBook.current()).unreadable)
    logger.error({ ruleId }, 'a rule can’t be read and does nothing')

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    stopHousekeeping()
    services.shutdown.abort()
    // Requests in hand may finish; a client that never reads its answer must not keep the office waiting.
    const impatience = setTimeout(() => server.server.closeAllConnections(), STOP_PATIENCE_MS)
    await server.close()
    clearTimeout(impatience)
    await services.schedule.stop()
    await services.jobRunner.stop()
    await services.recompute.stop()
    await services.timeRules.scan.stop()
    await services.store.close()
    lock.release()
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())

  await listen(server, { host, port })
  announce(server, {
    dataDir,
    setupToken: (await services.setup.isNeeded()) ? services.setup.token : null,
    demoLogins,
  })
}

function readConfigOrExit(): Readonly<Config> {
  try {
    return readConfig(process.argv.slice(2), process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    exitWith(EXIT.badConfig, error.message)
  }
}

function exitWith(code: number, message: string): never {
  process.stderr.write(`balcao: ${message}\n`)
  process.exit(code)
}
