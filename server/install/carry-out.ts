import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, INSTALL_EXIT, InstallError, type Step } from './steps.ts'

export interface CarryOutOptions {
  /** Everything is put below this folder, and no command runs; null: this machine itself. */
  readonly root: string | null
  readonly say: (line: string) => void
}

/** Windows lets go of a program that has just ended after a moment. */
const PATIENT = { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }

const BETWEEN_TRIES_MS = 1_000

/** In order; what was done stays done when a step fails. @throws InstallError naming the step. */
export function carryOut(steps: readonly Step[], { root, say }: CarryOutOptions): void {
  for (const step of steps) {
    if (step.do === 'run' && root !== null) continue
    say(describe(step))
    try {
      act(step, (path) => (root === null ? path : join(root, path)))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new InstallError(INSTALL_EXIT.stepFailed, `${describe(step).replaceAll(/ +/g, ' ')}: ${why}`)
    }
  }
}

function act(step: Step, at: (path: string) => string): void {
  switch (step.do) {
    case 'program':
      return replaceFolder(step.from, at(step.to))
    case 'folder':
      mkdirSync(at(step.path), { recursive: true })
      return chmodSync(at(step.path), step.mode)
    case 'write':
      return writeText(at(step.path), step)
    case 'link':
      mkdirSync(dirname(at(step.path)), { recursive: true })
      rmSync(at(step.path), { force: true })
      return symlinkSync(step.target, at(step.path))
    case 'remove':
      return rmSync(at(step.path), PATIENT)
    case 'run':
      return run(step)
  }
}

/** Complete beside the old one before that goes: a full disk leaves what was there. */
function replaceFolder(from: string, to: string): void {
  const aside = `${to}.new`
  rmSync(aside, PATIENT)
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, aside, { recursive: true, mode: constants.COPYFILE_FICLONE })
  rmSync(to, PATIENT)
  renameSync(aside, to)
}

function writeText(path: string, { content, encoding }: Extract<Step, { do: 'write' }>): void {
  mkdirSync(dirname(path), { recursive: true })
  // A link that somebody put there must not lead the writing elsewhere.
  if (existsSync(path) && lstatSync(path).isSymbolicLink()) rmSync(path)
  if (encoding === 'utf16le') writeFileSync(path, `\uFEFF${content}`, 'utf16le')
  else writeFileSync(path, content, { mode: 0o644 })
}

function run({
  command: [program, ...args],
  mayFail = false,
  tries = 1,
}: Extract<Step, { do: 'run' }>): void {
  const { status, error, stderr, stdout } = spawnSync(program, args, { encoding: 'utf8', windowsHide: true })
  if (mayFail || status === 0) return
  if (tries > 1) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BETWEEN_TRIES_MS)
    return run({ do: 'run', command: [program, ...args], tries: tries - 1 })
  }
  const words = error?.message ?? (stderr.trim() || stdout.trim() || `ended with ${String(status)}`)
  throw new Error(words.replaceAll(/\s*\n\s*/g, ' '))
}
