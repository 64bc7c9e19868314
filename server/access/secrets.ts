import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, safe in a URL's fragment. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What the store keeps of a secret. Its 256 bits can't be guessed, so a fast hash is enough. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** Compares without telling, by the time it takes, how much was right. */
export const sameSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest())
