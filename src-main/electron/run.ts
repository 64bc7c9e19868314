import { execFile } from 'node:child_process'

const PATIENCE_MS = 1_500

/** What a program prints. @throws when it is not there, fails or takes longer than 1.5 s. */
export function run(program: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: PATIENCE_MS, windowsHide: true }, (error, stdout) => {
      if (error) reject(error)
      else resolve(stdout)
    })
  })
}
