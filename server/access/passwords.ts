import { hash, verify } from '@node-rs/argon2'
import { newSecret } from './secrets.ts'

/** Argon2id with the library's costs (19 MiB, two passes). Takes tens of milliseconds: never inside a transaction. */
export const hashPassword = (password: string): Promise<string> => hash(password)

let nobodysHash: Promise<string> | undefined

/**
 * Whether the password is the one behind `passwordHash`. Without a hash (no such agent, or none chosen yet) it takes as
 * long and is false, so that the time of an answer does not tell which e-mails have an account.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hash(newSecret())
  const matches = await verify(passwordHash || (await nobodysHash), password)
  return matches && Boolean(passwordHash)
}
