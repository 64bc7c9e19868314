import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { announce } from './announce.ts'
import { createApp } from './app.ts'
import { createHttpServer } from './api/http-server.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { DemoClock } from './demo/demo-clock.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { startHousekeeping } from './housekeeping.ts'
import { AddressError, listen } from './api/listen.ts'
import { createLogOutput } from './log-output.ts'
import { createLogger } from './logger.ts'
import { webRoot } from './places.ts'
import { lockDataDir } from './store/data-dir-lock.ts'
import { StoreError } from './store/upgrade.ts'
import { readOfficeIdentity, TlsError, type TlsIdentity } from './tls/identity.ts'
import { isLoopbackAddress } from './tls/names.ts'
import { TwoProtocolServer } from './tls/two-protocols.ts'

/** What the process ends with, as scripts may rely on. */
const EXIT = { badConfig: 2, badStore: 3, portTaken: 4 }

const STOP_PATIENCE_MS = 5_000
/** What stands in the log by then is still to go out, if anybody takes it. */
const LAST_WORDS_MS = 500

/** Serves until it is told to stop; ends the process when it can't. */
export async function start(config: Readonly<Config>): Promise<void> {
  try {
    await serve(config)
  } catch (error) {
    const reason = whyNot(error)
    if (reason === null) throw error
    // A service without a terminal has nothing but its log to say why.
    if (config.logFile !== null) createLogger('fatal', config.logFile).fatal(reason.message)
    exitWith(reason.code, reason.message)
  }
}

function whyNot(error: unknown): { code: number; message: string } | null {
  if (error instanceof StoreError) return { code: EXIT.badStore, message: error.message }
  if (error instanceof TlsError)
    return { code: error.source === 'own' ? EXIT.badStore : EXIT.badConfig, message: error.message }
  if (error instanceof AddressError)
    return { code: error.isTaken ? EXIT.portTaken : EXIT.badConfig, message: error.message }
  return null
}

async function serve(config: Config): Promise<void> {
  const { dataDir, host, port, logLevel, logFile, demo, tlsCert, tlsKey } = config
  if (tlsCert !== null && tlsKey !== null)
    readOfficeIdentity({ cert: tlsCert, key: tlsKey }, systemClock.now())
  const lock = lockDataDir(dataDir)
  const output = createLogOutput(process.stdout)
  const logger = createLogger(logLevel, logFile, output)
  const clock = new DemoClock()
  const services = await createApp({ dataDir }, demo ? clock : systemClock)
  const encryption = {
    identity: await services.network.open(config),
    plainHttp: { allowHttp: config.allowHttp, isLoopback: isLoopbackAddress },
  }
  const server = await createHttpServer(services, logger, webRoot, encryption)
  const demoLogins = demo ? await seedDemo(services, clock) : null
  const stopHousekeeping = startHousekeeping(services, logger)
  await services.updates.prepare()
  await services.exports.prepare()
  await services.dueReports.prepare()
  services.schedule.start(logger)
  services.recompute.start(logger)
  services.ruleEngine.logTo(logger)
  services.liveDesk.logTo(logger)
  services.dueReports.logTo(logger)
  services.exports.logTo(logger)
  services.timeRules.scan.start(logger)
  services.facts.start(logger)
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
    await services.network.stop()
    // Requests in hand may finish; a client that never reads its answer must not keep the office waiting.
    const impatience = setTimeout(() => server.server.closeAllConnections(), STOP_PATIENCE_MS)
    await server.close()
    clearTimeout(impatience)
    await services.exports.stop()
    await services.schedule.stop()
    await services.jobRunner.stop()
    await services.recompute.stop()
    await services.timeRules.scan.stop()
    await services.facts.stop()
    await services.reportThreads.stop()
    await services.store.close()
    lock.release()
    await output.flushed(LAST_WORDS_MS)
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
  // The desktop program that this server belongs to lets go of it, or is gone; Windows knows no signal that would say so.
  process.once('disconnect', () => void stop())

  await listen(server, { host, port })
  await services.network.start(portOf(server), renewWith(server), logger)
  announce(server, {
    dataDir,
    network: services.network.view(),
    setupToken: (await services.setup.isNeeded()) ? services.setup.token : null,
    demoLogins,
  })
}

function portOf(server: FastifyInstance): number {
  return (server.server.address() as AddressInfo).port
}

function renewWith({ server }: FastifyInstance) {
  return (identity: TlsIdentity): void => {
    if (server instanceof TwoProtocolServer) server.renew(identity)
  }
}

function exitWith(code: number, message: string): never {
  process.stderr.write(`balcao: ${message}\n`)
  process.exit(code)
}
