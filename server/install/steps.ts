/** What installing does to a machine, as data: it can be shown, staged in a folder, or carried out. */

export type Step =
  /** Copies the program's folder to `to`, in the place of what is there. */
  | { readonly do: 'program'; readonly from: string; readonly to: string }
  | { readonly do: 'folder'; readonly path: string; readonly mode: number }
  | {
      readonly do: 'write'
      readonly path: string
      readonly content: string
      /** Task Scheduler reads UTF-16 with its mark at the front. */
      readonly encoding?: 'utf16le'
    }
  | { readonly do: 'link'; readonly path: string; readonly target: string }
  /** A file or a whole folder; nothing when it isn't there. */
  | { readonly do: 'remove'; readonly path: string }
  | {
      readonly do: 'run'
      readonly command: readonly [string, ...string[]]
      readonly mayFail?: boolean
      /** How often at most, a second apart; once when left out. */
      readonly tries?: number
    }

/** What went wrong, in one line, with what the process ends with. */
export class InstallError extends Error {
  override name = 'InstallError'
  readonly exitCode: number

  constructor(exitCode: number, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

/** What a command of this room ends with; 0 is success. `notRunning` is the answer of `status`. */
export const INSTALL_EXIT = { notRunning: 1, badFlag: 2, noRights: 5, noManager: 6, stepFailed: 7 }

/** One line for a person. */
export function describe(step: Step): string {
  switch (step.do) {
    case 'program':
      return `copy    ${step.from} to ${step.to}`
    case 'folder':
      return `folder  ${step.path}`
    case 'write':
      return `write   ${step.path}`
    case 'link':
      return `link    ${step.path} to ${step.target}`
    case 'remove':
      return `remove  ${step.path}`
    case 'run':
      return `run     ${step.command.map(quoted).join(' ')}`
  }
}

const quoted = (word: string) => (/^[\w./:=@,%*()+\\-]+$/.test(word) ? word : `"${word}"`)
